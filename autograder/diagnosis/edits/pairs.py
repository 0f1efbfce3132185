"""Slips that show in two places at once: the same part left out twice, a value that is stale."""

import ast
import copy
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.changes import Change, Scope, called, expression, is_conversion
from autograder.diagnosis.edits.statements import is_docstring

SQUARE = "2"
LOGARITHMS = ("np.log", "np.log1p")
BOUNDS = ("np.clip", "np.maximum")
PROBABILITIES = ("sigmoid", "softmax")


def missing_everywhere(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """The same power, or the division by the same kind of number, left out wherever it stands."""
    if not isinstance(node, ast.FunctionDef):
        return
    powers: dict[str, list[ast.BinOp]] = {}
    corrections: list[ast.BinOp] = []
    for each in ast.walk(node):
        if not isinstance(each, ast.BinOp):
            continue
        if isinstance(each.op, ast.Pow) and ast.unparse(each.right) != SQUARE:
            powers.setdefault(ast.unparse(each.right), []).append(each)
        if isinstance(each.op, ast.Div) and _power_inside(each.right):
            corrections.append(each)
    for same in [each for each in powers.values() if len(each) > 1]:
        new = _replaced(node.body, {id(each): each.left for each in same})
        yield Change(node.body, new, 0, "without the power in {} and {}", (same[0], same[1]))
    if len(corrections) > 1:
        new = _replaced(node.body, {id(each): each.left for each in corrections})
        parts = (corrections[0].right, corrections[1].right)
        yield Change(node.body, new, 0, "without the divisions by {} and by {}", parts)


def missing_square_and_root(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A square and the root that undoes it, both left out: sizes are averaged, not squares."""
    if not isinstance(node, ast.FunctionDef):
        return
    squares = [each for each in ast.walk(node) if _is_square(each)]
    roots = [each for each in ast.walk(node) if called(each) == "np.sqrt"]
    if len(squares) != 1 or len(roots) != 1:
        return
    (square,), (root,) = squares, roots
    assert isinstance(square, ast.BinOp)
    assert isinstance(root, ast.Call)
    parts = {id(square): expression("np.abs(x)", x=square.left), id(root): root.args[0]}
    form = "without the square in {} and the root in {}"
    yield Change(node.body, _replaced(node.body, parts), 1, form, (square, root))


def bounds_inside_logarithms(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A small number added inside each logarithm, where values should be held above it."""
    if not isinstance(node, ast.FunctionDef):
        return
    bounds = [each for each in ast.walk(node) if called(each) in BOUNDS]
    logarithms = [each for each in ast.walk(node) if called(each) in LOGARITHMS]
    if len(bounds) != 1 or len(logarithms) < 2:
        return
    (bound,) = bounds
    assert isinstance(bound, ast.Call)
    value, small = bound.args[:2]
    parts: dict[int, ast.AST] = {id(bound): value}
    for each in logarithms:
        assert isinstance(each, ast.Call)
        moved = expression("x + y", x=each.args[0], y=small)
        parts[id(each)] = ast.Call(each.func, [moved], each.keywords)
    form = "when {} is added inside each logarithm, and {} is left out"
    yield Change(node.body, _replaced(node.body, parts), 1, form, (small, bound))


def slopes_too_many(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """The slope of a sigmoid multiplied in where it has cancelled already."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Sub):
        return
    for part in (node.left, node.right):
        if called(part) in PROBABILITIES:
            new = expression("x * (p * (1 - p))", x=node, p=part)
            form = "with the factor `p * (1 - p)`, p being {}, around {}: a slope too many"
            yield Change(node, new, 1, form, (part, node))


def waves_from_minus_one(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value brought from −1 … 1 to 0 … 1, left as it is: a · ½ · (1 + x) without ½ and 1."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult):
        return
    one, other = node.left, node.right
    halved = isinstance(one, ast.BinOp) and isinstance(one.right, ast.Constant)
    raised = isinstance(other, ast.BinOp) and isinstance(other.left, ast.Constant)
    if halved and raised and isinstance(one, ast.BinOp) and isinstance(other, ast.BinOp):
        new = ast.BinOp(one.left, ast.Mult(), other.right)
        form = "without the factor {} and without {} in {}"
        yield Change(node, new, 0, form, (one.right, other.left, node))


def renewed_twice(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A memory renewed once more in the result than it is kept: a look ahead."""
    if not isinstance(node, ast.FunctionDef) or not isinstance(node.body[-1], ast.Return):
        return
    last = node.body[-1]
    for line in node.body[:-1]:
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Attribute):
            continue
        memory = ast.unparse(line.targets[0])
        uses = [each for each in ast.walk(last) if _reads(each, memory)]
        if uses and any(_reads(each, memory) for each in ast.walk(line.value)):
            new = _replaced(node.body, {id(each): line.value for each in uses})
            form = "when {} is applied twice, once to what is kept and once more in the result"
            yield Change(node.body, new, 1, form, (line.value,))


def corrected_memories(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A moving mean divided by what it lacks at its start, where it should be used as it is."""
    if not isinstance(node, ast.FunctionDef) or "self.updates" in ast.unparse(node):
        return
    for place, line in enumerate(node.body):
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Attribute):
            continue
        memory, share = ast.unparse(line.targets[0]), _share(line.value)
        after = node.body[place + 1 :]
        uses = [each for tail in after for each in ast.walk(tail) if _reads(each, memory)]
        if share is None or not uses:
            continue
        count = ast.parse("self._count = getattr(self, '_count', 0) + 1").body
        pattern = "m / (1 - s ** self._count)"
        parts: dict[int, ast.AST] = {
            id(each): expression(pattern, m=each, s=share)
            for each in uses
            if isinstance(each, ast.Attribute)
        }
        new = [*node.body[: place + 1], *count, *_replaced(after, parts)]
        form = "when {} is divided by 1 - {} to the number of updates, to correct its start"
        yield Change(node.body, new, 2, form, (uses[0], share))


def stale_values(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value that an inner loop renews, read as it was before that loop."""
    if not isinstance(node, ast.FunctionDef):
        return
    for outer in (each for each in ast.walk(node) if isinstance(each, ast.For)):
        for inner in (each for each in outer.body if isinstance(each, ast.For)):
            for line in inner.body:
                if isinstance(line, ast.AugAssign) and isinstance(line.target, ast.Name):
                    yield from _stale(node, inner, line, line.target.id)


def _stale(
    node: ast.FunctionDef, inner: ast.For, line: ast.AugAssign, name: str
) -> Iterator[Change]:
    uses = [
        each
        for each in ast.walk(line.value)
        if isinstance(each, ast.Call)
        and any(isinstance(a, ast.Name) and a.id == name for a in each.args)
    ]
    if len(uses) != 1:
        return
    (call,) = uses
    old = ast.Name("_old", ast.Load())
    arguments = [
        old if isinstance(each, ast.Name) and each.id == name else each for each in call.args
    ]
    read = ast.Call(call.func, arguments, call.keywords)
    keep = ast.parse(f"_old = {name} + 0.0").body
    form = "when {} is asked for at the value that `" + name + "` had before the inner loop"
    value = ast.fix_missing_locations(copy.deepcopy(line.value, {id(call): read}))
    once = ast.For(inner.target, inner.iter, [ast.AugAssign(line.target, line.op, value)], [])
    new = _replaced(node.body, {id(inner): [*keep, once]})
    yield Change(node.body, new, 1, form, (call,))
    rounds = inner.iter
    if isinstance(rounds, ast.Call) and rounds.args:
        share = expression("x / n", x=value, n=rounds.args[0])
        mean = ast.For(inner.target, inner.iter, [ast.AugAssign(line.target, line.op, share)], [])
        new = _replaced(node.body, {id(inner): [*keep, mean]})
        form = "with one step for each round of the outer loop, along the mean of all {}"
        yield Change(node.body, new, 1, form, (call,))


def computed_at_the_end(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What is returned computed at the end, from what has changed since."""
    if not isinstance(node, ast.FunctionDef) or not isinstance(node.body[-1], ast.Return):
        return
    result = node.body[-1].value
    lines = {
        line.targets[0].id: line
        for line in node.body
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
    }
    if not isinstance(result, ast.Name) or result.id not in lines:
        return
    line = lines[result.id]
    anew: ast.expr = line.value
    for name, other in lines.items():
        if name != result.id and not is_conversion(other.value):
            anew = expression(ast.unparse(anew), **{name: other.value})
    rest = [each for each in node.body[:-1] if each is not line]
    form = "when {} is computed at the end, after what changes it"
    yield Change(node.body, [*rest, ast.Return(anew)], 1, form, (anew,))


def shared_copies(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two names of one array where each should have a copy."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Tuple):
        return
    copies = node.value.elts
    names = node.targets[0]
    if not isinstance(names, ast.Tuple) or any(called(each) != ".copy" for each in copies):
        return
    first = copies[0]
    assert isinstance(first, ast.Call)
    assert isinstance(first.func, ast.Attribute)
    plain = ast.Tuple([first.func.value] * len(copies), ast.Load())
    shared = expression("(lambda a: (a, a))(x)", x=first)
    form = "when {} are names of one array: take a copy for each"
    for new in (plain, shared):
        yield Change(node, ast.Assign(node.targets, new), 1, form, (names,))


def judged_too_late(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A case asked for after the step that it should prevent, and the rounds counted from 1."""
    if not isinstance(node, ast.For):
        return
    for place, line in enumerate(node.body[:-1]):
        step = node.body[place + 1]
        if not isinstance(line, ast.If) or not isinstance(step, ast.Assign):
            continue
        turned = [*node.body[:place], step, line, *node.body[place + 2 :]]
        rounds = [node.iter]
        if isinstance(node.iter, ast.Call) and len(node.iter.args) == 1:
            rounds.append(expression("range(1, n + 1)", n=node.iter.args[0]))
        for each in rounds:
            new = ast.For(node.target, each, turned, node.orelse)
            yield Change(node, new, 1, "when {} comes before {} is asked", (step, line.test))


def _replaced(body: list[ast.stmt], parts: dict[int, ast.AST] | dict[int, ast.expr]) -> list[ast.stmt]:
    """The lines with some parts replaced; a part may be replaced by several lines."""

    class Replaced(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            new = parts.get(id(node))
            if new is None:
                return self.generic_visit(_copy(node))
            if id(node) in {id(each) for each in ast.walk(new)} if isinstance(new, ast.AST) else ():
                return new  # it stands inside what replaces it
            return self.visit(new) if isinstance(new, ast.AST) else new

    lines: list[ast.stmt] = []
    for line in body:
        new = line if is_docstring(line) else Replaced().visit(line)
        lines += new if isinstance(new, list) else [new]
    return [ast.fix_missing_locations(each) for each in lines]


def _copy(node: ast.AST) -> ast.AST:
    """The node itself anew, with lists of its own: what is below it is the same."""
    new = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if isinstance(value, list):
            setattr(new, name, [*value])
    return new


def _reads(node: ast.AST, memory: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and ast.unparse(node) == memory
    )


def _is_square(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Pow)
        and ast.unparse(node.right) == SQUARE
    )


def _power_inside(node: ast.AST) -> bool:
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow) for each in ast.walk(node))


def _share(value: ast.expr) -> ast.expr | None:
    """The share a in a·x + (1 − a)·y."""
    if isinstance(value, ast.BinOp) and isinstance(value.left, ast.BinOp):
        share = value.left.left
        if f"1 - {ast.unparse(share)}" in ast.unparse(value.right):
            return share
    return None


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    missing_everywhere,
    missing_square_and_root,
    bounds_inside_logarithms,
    slopes_too_many,
    waves_from_minus_one,
    renewed_twice,
    corrected_memories,
    stale_values,
    computed_at_the_end,
    shared_copies,
    judged_too_late,
)
