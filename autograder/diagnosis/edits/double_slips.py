"""Slips in a formula that show in two places at once: the same part left out twice."""

import ast
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.change import Change, Scope, called, expression
from autograder.diagnosis.edits.replacement import Part, replaced

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
        new = replaced(node.body, {id(each): each.left for each in same})
        yield Change(node.body, new, 0, "without the power in {} and {}", (same[0], same[1]))
    if len(corrections) > 1:
        new = replaced(node.body, {id(each): each.left for each in corrections})
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
    yield Change(node.body, replaced(node.body, parts), 1, form, (square, root))


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
    parts: dict[int, Part] = {id(bound): value}
    for each in logarithms:
        assert isinstance(each, ast.Call)
        moved = expression("x + y", x=each.args[0], y=small)
        parts[id(each)] = ast.Call(each.func, [moved], each.keywords)
    form = "when {} is added inside each logarithm, and {} is left out"
    yield Change(node.body, replaced(node.body, parts), 1, form, (small, bound))


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


def added_too_early(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A setting added to what a value on the way is computed from, not at the end."""
    if not isinstance(node, ast.FunctionDef):
        return
    lines = [each for each in node.body if isinstance(each, ast.Assign)]
    quotients = [
        each.value
        for each in lines
        if isinstance(each.value, ast.BinOp) and isinstance(each.value.op, ast.Div)
    ]
    for each in (inner for line in node.body for inner in ast.walk(line)):
        if not isinstance(each, ast.BinOp) or not isinstance(each.op, ast.Add):
            continue
        if ast.unparse(each.right) not in scope.settings():
            continue
        yield from _under_the_root(each, lines)
        for quotient in quotients:
            early = ast.BinOp(
                ast.BinOp(quotient.left, ast.Add(), each.right), ast.Div(), quotient.right
            )
            parts: dict[int, Part] = {id(each): each.left, id(quotient): early}
            if any(inner is each for inner in ast.walk(quotient)):
                continue
            form = "when {} is added to {} already, not to {}"
            words = (each.right, quotient.left, each.left)
            yield Change(node.body, replaced(node.body, parts), 1, form, words)


def _under_the_root(node: ast.BinOp, lines: list[ast.Assign]) -> Iterator[Change]:
    """√(x / c) + e, where x / c has a name, as (√x + e) / √c."""
    if called(node.left) != "np.sqrt" or not isinstance(node.left, ast.Call):
        return
    name = ast.unparse(node.left.args[0])
    for line in lines:
        quotient = line.value
        if ast.unparse(line.targets[0]) == name and isinstance(quotient, ast.BinOp):
            parts = {"x": quotient.left, "c": quotient.right, "e": node.right}
            early = expression("(np.sqrt(x) + e) / np.sqrt(c)", **parts)
            form = "when {} is added to the root of {} before that is divided by {}"
            words = (node.right, quotient.left, quotient.right)
            yield Change(node, early, 1, form, words)


def _is_square(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Pow)
        and ast.unparse(node.right) == SQUARE
    )


def _power_inside(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow) for each in ast.walk(node)
    )


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    missing_everywhere,
    missing_square_and_root,
    bounds_inside_logarithms,
    slopes_too_many,
    waves_from_minus_one,
    added_too_early,
)
