"""Slips in the course of a function: a line too few, lines in another order, inside or outside a loop."""

import ast
import copy
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.arithmetic import instead
from autograder.diagnosis.edits.changes import (
    Change,
    Scope,
    called,
    code,
    expression,
    is_conversion,
)

Body = list[ast.stmt]


def missing_lines(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A line left out."""
    for body in _bodies(node):
        for place, line in enumerate(body):
            if len(body) == 1 or isinstance(line, (ast.Return, ast.If, ast.For, ast.FunctionDef)):
                continue
            if isinstance(line, ast.Assign) and is_conversion(line.value):
                continue
            if not _is_docstring(line):
                says = f"without the line {code(line)}"
                yield Change(body, [*body[:place], *body[place + 1 :]], says, 1)


def other_order(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two lines in the other order, and a result computed before the memory is renewed."""
    for body in _bodies(node):
        for place, (line, following) in enumerate(zip(body, body[1:], strict=False)):
            if _is_docstring(line) or isinstance(line, (ast.If, ast.FunctionDef)):
                continue
            start, end = body[:place], body[place + 2 :]
            if isinstance(following, ast.Return):
                if following.value is not None and _renewed(line):
                    early: Body = [
                        ast.Assign([ast.Name("_early", ast.Store())], following.value),
                        line,
                        ast.Return(ast.Name("_early", ast.Load())),
                    ]
                    says = f"when {code(following.value)} is computed before {code(line)}: with the old values"
                    yield Change(body, [*start, *early], says, 0)
                continue
            says = f"when {code(following)} comes before {code(line)}"
            yield Change(body, [*start, following, line, *end], says, 1)


def inside_the_loop(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A line that stands before a loop is done anew in each round, or one behind it in each round."""
    for body in _bodies(node):
        for place, loop in enumerate(body):
            if not isinstance(loop, ast.For):
                continue
            for before, line in enumerate(body[:place]):
                if isinstance(line, (ast.Assign, ast.AugAssign)) and not is_conversion(line.value):
                    inside = ast.For(loop.target, loop.iter, [line, *loop.body], loop.orelse)
                    new = [*body[:before], line, *body[before + 1 : place], inside, *body[place + 1 :]]
                    yield Change(body, new, f"when {code(line)} is done anew in each round of the loop", 0)
            if place + 1 < len(body) and not isinstance(body[place + 1], ast.Return):
                line = body[place + 1]
                inside = ast.For(loop.target, loop.iter, [*loop.body, line], loop.orelse)
                new = [*body[:place], inside, *body[place + 2 :]]
                yield Change(body, new, f"when {code(line)} stands inside the inner loop", 0)
            for first, line in enumerate(loop.body):
                if isinstance(line, (ast.Assign, ast.AugAssign, ast.Expr)) and len(loop.body) > 1:
                    rest = [*loop.body[:first], *loop.body[first + 1 :]]
                    without = ast.For(loop.target, loop.iter, rest, loop.orelse)
                    new = [*body[:place], line, without, *body[place + 1 :]]
                    yield Change(body, new, f"when {code(line)} is done once, before the loop", 1)
                    new = [*body[:place], without, line, *body[place + 1 :]]
                    yield Change(body, new, f"when {code(line)} is done once, after the loop", 1)


def once_for_all(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What is computed in each round of a loop, computed in the first round only."""
    if not isinstance(node, ast.FunctionDef):
        return
    for loop in (each for each in ast.walk(node) if isinstance(each, ast.For)):
        for call in (each for line in loop.body for each in ast.walk(line)):
            if isinstance(call, ast.Call) and called(call) and not is_conversion(call):
                name = ast.Constant(ast.unparse(call))
                kept = expression(
                    "_kept[name] if name in _kept else _kept.setdefault(name, x)", name=name, x=call
                )
                body = _replaced(node.body, call, kept)
                new = [*ast.parse("_kept = {}").body, *body]
                says = f"when {code(call)} is computed once and used in every round of the loop"
                yield Change(node.body, new, says, 1)


def other_ranges(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A loop with one round more or less, or that starts at 1."""
    if isinstance(node, ast.Call) and called(node) == "range" and len(node.args) == 1:
        for pattern in ("range(n - 1)", "range(n + 1)", "range(1, n)", "range(1, n + 1)"):
            yield instead(node, expression(pattern, n=node.args[0]), 0)


def other_results(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Something else returned: a value on the way, parts in another order, one part alone."""
    if not isinstance(node, ast.Return) or node.value is None:
        return
    value = node.value
    if isinstance(value, ast.Tuple):
        for one in range(len(value.elts)):
            says = f"when {code(value.elts[one])} alone is returned, not {code(value)}"
            yield Change(value, value.elts[one], says, 0)
            for other in range(one + 1, len(value.elts)):
                parts = [*value.elts]
                parts[one], parts[other] = parts[other], parts[one]
                turned = ast.Tuple(parts, ast.Load())
                yield instead(value, turned, 0, ": the parts stand in another order")
        if len(value.elts) > 2:
            parts = [*value.elts[1:], value.elts[0]]
            yield instead(value, ast.Tuple(parts, ast.Load()), 0, ": the parts stand in another order")
    for name in dict.fromkeys(scope.locals):
        yield Change(value, ast.Name(name, ast.Load()), f"when {code(name)} is returned, not {code(value)}", 2)
    for part in ast.walk(value):
        if isinstance(part, (ast.BinOp, ast.Call, ast.Attribute)) and part is not value:
            if not isinstance(scope.parent(part), ast.Attribute) and not (
                isinstance(scope.parent(part), ast.Call) and scope.parent(part).func is part
            ):
                yield Change(value, part, f"when {code(part)} is returned, not {code(value)}", 1)


def other_renewals(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A variable replaced where it is added to, or moved the other way."""
    if isinstance(node, ast.AugAssign):
        for op in (ast.Add(), ast.Sub()):
            if type(op) is not type(node.op):
                new: ast.stmt = ast.AugAssign(node.target, op, node.value)
                yield Change(node, new, f"with {code(new)} in place of {code(node)}", 0)
        new = ast.Assign([node.target], node.value)
        yield Change(node, new, f"with {code(new)} in place of {code(node)}", 1)


def forgotten_memory(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What an object should keep is set back at each call, or replaced by a value on the way."""
    if not isinstance(node, ast.ClassDef):
        return
    methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    starts = [
        line for line in methods[0].body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
    ]
    for method in methods[1:]:
        memory = [*starts] if len(starts) > 1 else []
        for line in starts:
            says = f"when {code(line.targets[0])} starts from {code(line.value)} again at each call: keep it on the object"
            yield Change(method.body, [line, *method.body], says, 0)
        if memory:
            yield Change(method.body, [*memory, *method.body], "when nothing is kept from one call to the next", 0)
        kept: list[ast.stmt] = []
        for place, line in enumerate(method.body):
            if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
                continue
            used = [each for each in ast.walk(line.value) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load)]
            memories = [each for each in used if ast.unparse(each) in [ast.unparse(s.targets[0]) for s in starts]]
            if memories:
                target = copy.deepcopy(memories[0])
                target.ctx = ast.Store()
                keep = ast.Assign([target], ast.Name(line.targets[0].id, ast.Load()))
                kept.append(keep)
                new = [*method.body[: place + 1], keep, *method.body[place + 1 :]]
                yield Change(method.body, new, f"when {code(line.targets[0])} is kept as {code(memories[0])} for the next call", 1)
        if len(kept) > 1:
            new = [*method.body[:-1], *kept, method.body[-1]]
            names = " and ".join(code(each.value) for each in kept)
            yield Change(method.body, new, f"when {names} are kept for the next call, already corrected", 1)


def other_parameters(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Parameters that change places, are not used, or are changed before they are used."""
    if not isinstance(node, ast.FunctionDef):
        return
    names = [each.arg for each in node.args.args if each.arg != "self"]
    start = 1 if node.body and _is_docstring(node.body[0]) else 0
    head, body = node.body[:start], node.body[start:]
    for first, one in enumerate(names):
        default = scope.parameters.get(one)
        if default is not None:
            fixed = ast.Assign([ast.Name(one, ast.Store())], default)
            says = f"when the argument {code(one)} is not used, and always {code(default)} stands in its place"
            yield Change(node.body, [*head, fixed, *body], says, 0)
        for other in names[first + 1 :]:
            turned = ast.parse(f"{one}, {other} = {other}, {one}").body
            yield Change(node.body, [*head, *turned, *body], f"when {code(one)} and {code(other)} change places", 1)
        for pattern, what, rank in TREATED:
            treated = ast.parse(f"{one} = {pattern.format(one)}").body
            yield Change(node.body, [*head, *treated, *body], f"when {what.format(code(one))}", rank)


TREATED = (
    ("np.zeros_like({0}, dtype=float)", "{0} counts as 0: is it used?", 1),
    ("np.abs({0})", "the sign of {0} is lost", 2),
    ("-np.asarray({0}, dtype=float)", "{0} has the opposite sign", 2),
    ("np.asarray({0}, dtype=float).T", "{0} is transposed", 2),
    ("np.asarray({0}, dtype=float)[::-1]", "{0} is taken in reverse order", 3),
    ("np.asarray({0}, dtype=float).ravel()", "{0} is flattened", 3),
    ("np.asarray({0}, dtype=np.float32)", "{0} is kept in single precision, about 7 digits", 3),
    ("np.asarray({0}, dtype=int)", "{0} is cut to whole numbers", 3),
    ("np.clip({0}, -500, 500)", "{0} is clipped to a range, so that large values count alike", 3),
    ("np.clip({0}, -100, 100)", "{0} is clipped to a range, so that large values count alike", 3),
    ("np.clip({0}, -50, 50)", "{0} is clipped to a range, so that large values count alike", 3),
    ("np.clip({0}, -20, 20)", "{0} is clipped to a range, so that large values count alike", 3),
    ("np.clip({0}, -10, 10)", "{0} is clipped to a range, so that large values count alike", 3),
    ("{0} / np.linalg.norm({0})", "{0} is brought to length 1", 2),
    ("{0} + 1", "{0} is one larger", 3),
    ("{0} - 1", "{0} is one smaller", 3),
)


def _bodies(node: ast.AST) -> Iterator[Body]:
    for field in ("body", "orelse"):
        body = getattr(node, field, None)
        if isinstance(body, list) and not isinstance(node, (ast.Module, ast.ClassDef)):
            yield body


def _is_docstring(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _renewed(line: ast.stmt) -> bool:
    """Whether a line renews something that lasts, or a variable that the loop carries."""
    targets = line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AugAssign) else []
    return any(isinstance(each, ast.Attribute) for each in targets)


def _replaced(body: Body, old: ast.AST, new: ast.AST) -> Body:
    return copy.deepcopy(body, {id(old): new})


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    missing_lines,
    other_order,
    inside_the_loop,
    once_for_all,
    other_ranges,
    other_results,
    other_renewals,
    forgotten_memory,
    other_parameters,
)
