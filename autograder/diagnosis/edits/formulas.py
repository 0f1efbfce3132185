"""Slips in a formula: another function, a term or a factor lost, signs, brackets, axes."""

import ast
import copy
import re
from collections.abc import Iterator

from autograder.diagnosis.edits.change import (
    COUNTS,
    Change,
    Operator,
    Whole,
    called,
    expression,
    is_conversion,
)

# What is there instead of a function of the arguments x, y and z; the likelier slips come first.
INSTEAD = """
mean      np.sum(x); np.mean(x, axis=0); np.mean(x, axis=-1); np.sum(x) / len(x); x
mean      np.sqrt(np.sum(x)) / np.size(x)
mean      np.all(x); np.sum(x) / (np.size(x) - 1); np.max(x); np.median(x); np.std(x)
sum       np.mean(x); np.max(x); np.linalg.norm(x); x
max       np.linalg.norm(x); np.min(x); np.mean(x); np.max(np.abs(x)); np.sum(x); np.prod(x)
maximum   np.minimum(x, y); x + y; np.clip(x, y, 1 - y); np.where(y > 0, 1.0, 0.0); y; np.abs(y)
maximum   np.where(y > 0, y, 0.01 * y)
clip      x; np.maximum(x, y); np.minimum(x, z); x + y; np.clip(x, 0, 1)
where     np.where(x, z, y); np.where(x, 1.0, 0.0); y + 0 * z
log       np.log2(x); np.log10(x); np.log1p(x); x
log1p     np.log2(1 + x); np.log10(1 + x); x
exp       2.0 ** x; np.expm1(x); x
cos       np.sin(x); np.cos(2 * x); np.cos(x / 2); np.cos(np.degrees(x)); 1 - 2 * x / np.pi
abs       x; x ** 2; -x; np.maximum(0.0, x)
norm      np.sum(np.abs(x)); np.max(np.abs(x)); np.sum(x ** 2); np.sqrt(np.mean(x ** 2))
norm      np.mean(np.abs(x)); np.max(x)
eigvalsh  np.sort(np.diag(x)); np.array([np.trace(x)]); np.array([np.linalg.norm(x)])
eigvalsh  np.linalg.eigvalsh(x)[-1:]; np.linalg.eigvalsh(x)[:1]; np.linalg.eigvals(x)
eigvalsh  np.linalg.eigvalsh(x)[::-1]; np.array([np.linalg.det(x)]); np.array([np.linalg.cond(x)])
eigvalsh  np.array([np.max(np.linalg.eigh(x)[1])])
argmax    np.argmin(x)
isfinite  ~np.isnan(x); ~np.isinf(x)
all       np.any(x)
len       np.size(x); np.shape(x)[-1]; (len(x) - 1); 1
softmax   1 / (1 + np.exp(-x)); softmax(softmax(x)); x
sigmoid   np.tanh(x); sigmoid(sigmoid(x)); x
sqrt      x
"""
# What may be done to the whole result.
AROUND = {
    "np.sqrt(r)": "a root is taken of it",
    "r ** 2": "it is squared",
    "np.abs(r)": "its sign gets lost",
    "-r": "its sign is turned",
    "1 - r": "it is taken from 1",
    "1 / r": "it is in the denominator",
    "2 * r": "a factor 2 is too many",
    "r / 2": "a factor 2 is missing",
    "np.exp(r)": "an exponential is taken of it",
    "np.log(r)": "a logarithm is taken of it",
    "np.sum(r)": "its elements are added up",
    "np.mean(r)": "its elements are averaged",
    "np.sign(r)": "only its sign is kept",
    "np.maximum(0.0, r)": "negative values are cut off",
    "np.minimum(1.0, r)": "it is held at 1",
    "r * (1 - r)": "it is multiplied by what it lacks to 1",
    "r / np.linalg.norm(r)": "it is brought to length 1",
    "np.float64(np.float32(r))": "single precision keeps about 7 digits of it",
}
# The likelier sign comes first.
OTHER_SIGNS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Div),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
KINDS = {ast.Add: "a term", ast.Sub: "a term", ast.Mult: "a factor", ast.Div: "a division"}
KINDS |= {ast.Pow: "a power", ast.MatMult: "a factor"}
SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}
NUMPY = ("np", "np.linalg")


def other_functions(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """Another function, or none."""
    if not isinstance(node, ast.Call) or called(node) not in FORMULAS:
        return
    arguments = node.args
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) not in NUMPY:
        arguments = [node.func.value, *arguments]
    parts = dict(zip("xyz", arguments, strict=False))
    for rank, formula in enumerate(FORMULAS[called(node)]):
        if _letters(formula) <= parts.keys():
            new = expression(formula, **parts)
            if isinstance(new, ast.Call) and not new.keywords and new not in arguments:
                new = ast.Call(new.func, new.args, node.keywords)
            what = formula.replace("np.linalg.", "").replace("np.", "")
            what = what.removeprefix("array([").removesuffix("])")
            says = f"with `{what}` where `{called(node)}({', '.join(parts)})` belongs"
            alone = f"without `{called(node)}`"
            yield Change(node, new, min(rank // 2, 3), alone if formula in "xyz" else says)


def left_out(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """A term, a factor, a divisor or a power left out."""
    if not isinstance(node, ast.BinOp):
        return
    kind = KINDS.get(type(node.op), "a part")
    right, left = whole.said(node.right), whole.said(node.left)
    yield Change(node, node.left, 0, f"without {kind}{right and f', {right}'}")
    if isinstance(node.op, (ast.Mult, ast.Add, ast.MatMult)):
        yield Change(node, node.right, 0, f"without {kind}{left and f', {left}'}")
    elif isinstance(node.op, ast.Sub):
        if ast.unparse(node.left) == "1":
            yield Change(node, node.right, 0, f"without `1 −`{right and f' before {right}'}")
        negative = ast.UnaryOp(ast.USub(), node.right)
        yield Change(node, negative, 2, f"without a term{left and f', {left}'}")
    elif isinstance(node.op, ast.Div):
        inverse = ast.BinOp(ast.Constant(1), ast.Div(), node.right)
        yield Change(node, inverse, 1, f"without a numerator{left and f', {left}'}")
    elif ast.unparse(node.right) == "2":
        size = expression("np.abs(x)", x=node.left)
        yield Change(node, size, 0, "with `abs` where a square belongs")


def other_signs(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """Another operator, or its sides exchanged."""
    if not isinstance(node, ast.BinOp):
        return
    for rank, other in enumerate(OTHER_SIGNS.get(type(node.op), ()), start=1):
        right = whole.said(node.right)
        says = f"with {SIGNS[other]} for {SIGNS[type(node.op)]}{right and f' before {right}'}"
        yield Change(node, ast.BinOp(node.left, other(), node.right), rank, says)
    if isinstance(node.op, ast.Mult):
        turned = ast.BinOp(node.right, ast.Div(), node.left)
        yield Change(node, turned, 1, f"with / for * beside {whole.said(node.left) or 'a part'}")
    if isinstance(node.op, ast.Add):
        says = f"with − for +, the first part taken from the second{right and f', {right}'}"
        yield Change(node, ast.BinOp(node.right, ast.Sub(), node.left), 1, says)
    if isinstance(node.op, (ast.MatMult, ast.Sub, ast.Div)):
        says = f"when the two sides of {SIGNS[type(node.op)]} have changed places"
        yield Change(node, ast.BinOp(node.right, node.op, node.left), 1, says)
    if isinstance(node.op, ast.Pow):
        yield Change(node, ast.BinOp(node.left, ast.Mult(), node.right), 1, "with * for **")


def other_order(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """Brackets elsewhere, and a function before instead of after an operation."""
    new: ast.expr
    first: ast.expr
    pair: tuple[ast.expr, ast.expr]
    if isinstance(node, ast.BinOp):
        if not isinstance(whole.above.get(id(node)), ast.BinOp):
            for text in _without_a_pair_of_brackets(ast.unparse(node)):
                yield Change(node, expression(text), 2, "when a pair of brackets is missing")
        for side, is_left in ((node.left, True), (node.right, False)):
            if isinstance(side, ast.BinOp) and type(side.op) is not type(node.op):
                inner = (side.right, node.right) if is_left else (node.left, side.left)
                first = ast.BinOp(inner[0], node.op, inner[1])
                pair = (side.left, first) if is_left else (first, side.right)
                new = ast.BinOp(pair[0], side.op, pair[1])
                yield Change(node, new, 1, "with the brackets elsewhere")
            if isinstance(side, ast.Call) and len(side.args) == 1 and not side.keywords:
                pair = (side.args[0], node.right) if is_left else (node.left, side.args[0])
                new = ast.Call(side.func, [ast.BinOp(pair[0], node.op, pair[1])], [])
                says = f"when `{called(side)}` is taken of what comes after it, too"
                yield Change(node, new, 1, says)
    if isinstance(node, ast.Call) and len(node.args) == 1 and not is_conversion(node):
        (inside,) = node.args
        if isinstance(inside, ast.BinOp) and not isinstance(inside.op, ast.MatMult):
            first = ast.Call(node.func, [inside.left], node.keywords)
            says = f"when `{called(node)}` is taken first, and the rest after it"
            yield Change(node, ast.BinOp(first, inside.op, inside.right), 1, says)


def around_the_result(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """Something done to the result."""
    parent = whole.above.get(id(node))
    if isinstance(parent, ast.Return) and isinstance(node, ast.expr):
        for formula, what in AROUND.items():
            yield Change(node, expression(formula, r=node), 2, f"when {what} in the end")


def extra_factors(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """A factor or a divisor too many: a setting, what it lacks to 1, the number of rows."""
    parent = whole.above.get(id(node))
    term = isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Add, ast.Sub))
    result = isinstance(parent, (ast.Return, ast.Assign)) and isinstance(node, ast.BinOp)
    if not isinstance(node, ast.expr) or not (term or result):
        return
    is_class = isinstance(whole.tree, ast.ClassDef)
    for name, default in whole.parameters.items():
        setting = expression(f"self.{name}" if is_class else name)
        number = default is not None or name in ("learning_rate", "step", "peak")
        if number and name not in COUNTS:
            for formula, what in (("p * x", "{}"), ("(1 - p) * x", "1 − {}")):
                says = f"with a factor `{what.format(name)}` too many"
                yield Change(node, expression(formula, p=setting, x=node), 3, says)
        elif not is_class and name not in COUNTS:
            for formula, what in (("x / len(p)", "divided"), ("x * len(p)", "multiplied")):
                says = f"when it is {what} by the number of rows of `{name}`"
                yield Change(node, expression(formula, p=setting, x=node), 3, says)


def other_axes(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """Another axis, or none, in a call or in all; a keyword left out."""
    keywords = [
        inner for inner in ast.walk(node) if isinstance(inner, ast.keyword) and inner.arg == "axis"
    ]
    everywhere = isinstance(node, ast.FunctionDef) and len(keywords) > 1
    if isinstance(node, ast.Call) and not is_conversion(node):
        for left in node.keywords:
            others = [keyword for keyword in node.keywords if keyword is not left]
            says = f"when `{ast.unparse(left)}` is left out of `{called(node)}`"
            yield Change(node, ast.Call(node.func, node.args, others), 1, says)
        keywords = [keyword for keyword in node.keywords if keyword.arg == "axis"]
    elif not everywhere:
        return
    for axis in ("0", "1", "-1", "None") if keywords else ():
        if axis != (old := ast.unparse(keywords[0].value)):
            new = {id(keyword.value): expression(axis) for keyword in keywords}
            changed = node.body if isinstance(node, ast.FunctionDef) else node
            where = "everywhere" if everywhere else f"in `{called(node)}`"  # type: ignore[arg-type]
            says = f"with `axis={axis}` for `axis={old}` {where}"
            yield Change(changed, copy.deepcopy(changed, new), 1, says)


def _without_a_pair_of_brackets(text: str) -> Iterator[str]:
    """A formula's text with one pair of its brackets left out, each in turn."""
    for opening in re.finditer(r"(?<![\w\]])\(", text):
        closing, depth = opening.end(), 1
        while depth and closing < len(text):
            depth += {"(": 1, ")": -1}.get(text[closing], 0)
            closing += 1
        inside = text[opening.end() : closing - 1]
        if "," not in inside:
            yield text[: opening.start()] + inside + text[closing:]


def _letters(formula: str) -> set[str]:
    names = ast.walk(ast.parse(formula, mode="eval"))
    return {name.id for name in names if isinstance(name, ast.Name)} & set("xyz")


def _formulas() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in INSTEAD.strip().splitlines():
        name, formulas = line.split(maxsplit=1)
        found.setdefault(name, []).extend(formulas.split("; "))
    return found


FORMULAS = _formulas()
OPERATORS: tuple[Operator, ...] = (
    *(other_functions, left_out, other_signs, other_order),
    *(around_the_result, extra_factors, other_axes),
)
