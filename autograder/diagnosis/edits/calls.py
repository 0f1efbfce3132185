"""Slips around a call: another function, another axis, an argument too few or in another place."""

import ast
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.arithmetic import instead
from autograder.diagnosis.edits.changes import Change, Scope, called, code, expression, is_conversion

# What is called, and the calls that stand in its place: the first argument is x, the second y, …
SIBLINGS: dict[str, tuple[tuple[str, int], ...]] = {
    "np.mean": (("np.sum(x)", 0), ("np.median(x)", 3), ("np.max(x)", 3), ("np.mean(x, axis=0)", 1),
                ("np.sum(x) / (np.size(x) - 1)", 1), ("np.std(x)", 4)),
    "np.sum": (("np.mean(x)", 0), ("np.max(x)", 2), ("np.prod(x)", 3)),
    ".sum": (("x.mean()", 0), ("x.max()", 2)),
    ".mean": (("x.sum()", 0), ("x.max()", 2)),
    "np.max": (("np.min(x)", 0), ("np.mean(x)", 1), ("np.sum(x)", 2), ("x[0]", 1), ("x[-1]", 1)),
    "np.min": (("np.max(x)", 0),),
    "np.maximum": (("np.minimum(x, y)", 0), ("np.max(y)", 1), ("np.max(x)", 2), ("x + y", 0),
                   ("np.clip(x, y, 1 - y)", 0), ("np.abs(y)", 1), ("np.where(y > 0, 1.0, 0.0)", 1),
                   ("np.where(y > 0, y, 0.01 * y)", 2), ("np.where(y > 0, y, 0.1 * y)", 2)),
    "np.minimum": (("np.maximum(x, y)", 0),),
    "np.clip": (("np.maximum(x, y)", 0), ("np.minimum(x, z)", 0), ("x + y", 0), ("np.clip(x, y, 1)", 1)),
    "np.where": (("np.where(x, z, y)", 0), ("np.where(x, 1.0, 0.0)", 0), ("y + 0 * z", 0)),
    "np.log": (("np.log2(x)", 0), ("np.log10(x)", 0), ("np.log1p(x)", 2), ("np.exp(x)", 3)),
    "np.log1p": (("np.log(x)", 3), ("np.log2(1 + x)", 3)),
    "np.exp": (("2.0 ** x", 2), ("np.exp2(x)", 2), ("np.expm1(x)", 3)),
    "np.cos": (("np.sin(x)", 1), ("np.cos(2 * x)", 1), ("np.cos(np.degrees(x))", 1),
               ("np.cos(x / 2)", 2), ("1 - 2 * x / np.pi", 1)),
    "np.sqrt": (("np.abs(x)", 2),),
    "np.abs": (("(x) ** 2", 1), ("np.maximum(0.0, x)", 3)),
    "np.linalg.norm": (("np.sum(np.abs(x))", 0), ("np.max(np.abs(x))", 0), ("np.sum(x ** 2)", 0),
                       ("np.sqrt(np.mean(x ** 2))", 0), ("np.mean(np.abs(x))", 1), ("np.mean(x ** 2)", 1),
                       ("np.max(x)", 1), ("np.abs(np.sum(x))", 2), ("np.linalg.norm(x, axis=0).max()", 4)),
    "np.linalg.eigvalsh": (("np.sort(np.diag(x))", 0), ("np.linalg.eigvals(x)", 0), ("np.ravel(x)", 1),
                           ("np.sort(np.ravel(x))", 1), ("np.array([np.min(x), np.max(x)])", 1),
                           ("np.array([np.sum(np.abs(x), axis=1).min(), np.sum(np.abs(x), axis=1).max()])", 2),
                           ("np.array([np.linalg.norm(x)])", 1), ("np.array([np.trace(x)])", 0),
                           ("np.array([np.trace(x) / len(x)])", 1), ("np.array([np.linalg.det(x)])", 2),
                           ("np.diag(x)", 1), ("np.abs(np.linalg.eigvalsh(x))[::-1]", 0)),
    "np.argmax": (("np.argmin(x)", 0), ("np.max(x)", 2)),
    "np.isfinite": (("~np.isnan(x)", 0), ("~np.isinf(x)", 0)),
    "np.all": (("np.any(x)", 0),),
    "np.any": (("np.all(x)", 0),),
    "len": (("np.size(x)", 0), ("np.shape(x)[-1]", 0), ("len(x) - 1", 1), ("1", 2)),
    "max": (("min(x, y)", 1), ("x", 0), ("y", 0)),
    "abs": (("x", 0), ("(x) ** 2", 1)),
    "softmax": (("1 / (1 + np.exp(-np.asarray(x)))", 0),),
    "sigmoid": (("np.tanh(x)", 1), ("np.maximum(0.0, x)", 2)),
}
PLAIN = ("np.sqrt", "np.abs", "np.mean", "np.sum", "np.max", "np.exp", "np.log", "sigmoid", "softmax",
         "np.linalg.norm", "np.cos", "np.clip", "np.maximum", "np.minimum", "np.argmax", "float", "abs")  # fmt: skip
AXES = ("0", "1", "-1", "None")


def other_functions(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A sibling of the function that is asked for."""
    name = called(node)
    if name not in SIBLINGS or not isinstance(node, ast.Call):
        return
    method = isinstance(node.func, ast.Attribute) and name.startswith(".")
    arguments = [node.func.value, *node.args] if method else node.args
    parts = dict(zip("xyz", arguments, strict=False))
    for pattern, rank in SIBLINGS[name]:
        if any(letter not in parts for letter in _letters(pattern)):
            continue
        new = expression(pattern, **parts)
        if isinstance(new, ast.Call) and not new.keywords and node.keywords and new.args:
            new = ast.Call(new.func, new.args, node.keywords)
        yield instead(node, new, rank)


def missing_functions(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A function that is not applied: its argument stands there as it is."""
    if isinstance(node, ast.Call) and called(node) in PLAIN and node.args:
        if not is_conversion(node):
            inner = node.args[-1] if called(node) == "np.maximum" else node.args[0]
            for each in (inner, *((node.args[0],) if inner is not node.args[0] else ())):
                yield Change(node, each, f"with {code(each)} in place of {code(node)}", 0)


def other_axes(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Another axis, or none, and a dimension that is not kept."""
    if not isinstance(node, ast.Call):
        return
    for position, keyword in enumerate(node.keywords):
        others = [*node.keywords[:position], *node.keywords[position + 1 :]]
        if keyword.arg == "axis":
            for axis in AXES:
                if axis != ast.unparse(keyword.value):
                    given = ast.keyword("axis", ast.parse(axis, mode="eval").body)
                    new = ast.Call(node.func, node.args, [given, *others])
                    yield Change(node, new, f"with `axis={axis}` in place of `axis={ast.unparse(keyword.value)}` in {code(node)}", 0)
        else:
            new = ast.Call(node.func, node.args, others)
            yield Change(node, new, f"when {code(ast.unparse(keyword))} is left out of {code(node)}", 1)


def other_arguments(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Arguments that change places, and arguments that are not handed on."""
    if not isinstance(node, ast.Call) or called(node) in ("np.array", "np.asarray", "range"):
        return
    plain = [each for each in node.args if not isinstance(each, ast.Starred)]
    if len(plain) == len(node.args) and len(plain) > 1:
        for first in range(len(plain) - 1):
            turned = [*plain]
            turned[first], turned[first + 1] = turned[first + 1], turned[first]
            new = ast.Call(node.func, turned, node.keywords)
            yield instead(node, new, 0, ": the arguments change places")
        if called(node) not in SIBLINGS:
            for last in range(1, len(plain)):
                rest = [each for place, each in enumerate(plain) if place != last]
                new = ast.Call(node.func, rest, node.keywords)
                yield Change(node, new, f"when {code(plain[last])} is not handed on in {code(node)}", 0)
                if last < len(plain) - 1:
                    named = [*node.keywords, *(ast.keyword(name, value) for name, value in
                             zip([each.id for each in plain[last + 1:] if isinstance(each, ast.Name)],
                                 plain[last + 1:], strict=False))]
                    new = ast.Call(node.func, plain[:last], named)
                    yield Change(node, new, f"when {code(plain[last])} is not handed on in {code(node)}", 0)
    if called(node) not in SIBLINGS and plain and all(isinstance(p, ast.Name) for p in plain):
        for position, given in enumerate(plain):
            assert isinstance(given, ast.Name)
            for other in dict.fromkeys([*scope.parameters, *scope.locals]):
                if other != given.id and other not in [p.id for p in plain if isinstance(p, ast.Name)]:
                    turned = [*plain]
                    turned[position] = ast.Name(other, ast.Load())
                    yield instead(node, ast.Call(node.func, turned, node.keywords), 3)
    for position, given in enumerate(node.args):
        if isinstance(given, ast.Call) and called(given) not in SIBLINGS and given.args and not is_conversion(given):
            for inner in given.args:
                if isinstance(inner, ast.Name):
                    turned = [*node.args]
                    turned[position] = inner
                    new = ast.Call(node.func, turned, node.keywords)
                    yield instead(node, new, 1)


def whole_numbers(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Arrays that are not made float, or in single precision, or no copies."""
    if not is_conversion(node) or not isinstance(node, ast.Call) or not node.args:
        return
    name = called(node)
    if name in ("np.array", "np.asarray"):
        what = code(node.args[0])
        plain = ast.Call(node.func, node.args, [])
        yield Change(node, plain, f"when {what} stays an array of whole numbers where it is one: make it float", 1)
        yield Change(node, expression("np.asarray(x, dtype=np.float32)", x=node.args[0]),
                     f"when {what} is kept in single precision, about 7 digits", 2)
        yield Change(node, expression("np.asarray(x, dtype=int)", x=node.args[0]),
                     f"when {what} is cut to whole numbers", 2)
    if name == "np.array":
        yield Change(node, expression("np.asarray(x, dtype=float)", x=node.args[0]),
                     f"when no copy of {code(node.args[0])} is made first: it is changed in place", 2)


def _letters(pattern: str) -> set[str]:
    tree = ast.parse(pattern, mode="eval")
    return {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)} & set("xyz")


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    other_functions,
    missing_functions,
    other_axes,
    other_arguments,
    whole_numbers,
)
