"""Slips in a formula: signs, factors, terms, brackets, powers."""

import ast
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.changes import Change, Scope, code, expression

OTHER_WAY: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
}
ADDITIVE, MULTIPLICATIVE = (ast.Add, ast.Sub), (ast.Mult, ast.Div, ast.MatMult)
PARTS = {ast.Mult: "the factor ", ast.Div: "the division by ", ast.FloorDiv: "the division by "}


def instead(old: ast.expr, new: ast.expr, rank: int, why: str = "") -> Change:
    """The change that puts one expression in the place of another."""
    return Change(old, new, f"with {code(new)} in place of {code(old)}{why}", rank)


def other_operators(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Plus for minus, times for divided by, and the two sides the other way round."""
    if not isinstance(node, ast.BinOp):
        return
    left, op, right = node.left, node.op, node.right
    if type(op) in OTHER_WAY:
        rank = 0 if isinstance(op, ADDITIVE) else 2
        why = "" if rank else ": the sign is the other one"
        yield instead(node, ast.BinOp(left, OTHER_WAY[type(op)], right), rank, why)
    if isinstance(op, (ast.Sub, ast.Div, ast.MatMult, ast.Pow)):
        yield instead(node, ast.BinOp(right, op, left), 1, ": the two change places")
    if isinstance(op, ast.FloorDiv):
        yield instead(node, ast.BinOp(left, ast.Div(), right), 2)


def missing_parts(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A term, a factor, a divisor, a power or a minus left out."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        if not isinstance(node.operand, ast.Constant):
            yield Change(node, node.operand, f"without the minus of {code(node)}", 0)
        return
    if not isinstance(node, ast.BinOp):
        return
    left, op, right = node.left, node.op, node.right
    if isinstance(op, ast.Pow):
        what = "the square" if ast.unparse(right) == "2" else "the power"
        yield Change(node, left, f"without {what} in {code(node)}", 0)
        if ast.unparse(right) == "2":
            absolute = expression("np.abs(x)", x=left)
            yield instead(node, absolute, 0)
            yield instead(node, expression("x ** 3", x=left), 4)
        return
    kind = PARTS.get(type(op), "")
    yield Change(node, left, f"without {kind}{code(right)} in {code(node)}", 0)
    if isinstance(op, ast.Sub):
        yield Change(node, expression("-x", x=right), f"without {code(left)} in {code(node)}", 2)
        yield Change(node, right, f"with {code(right)} alone, in place of {code(node)}", 1)
    elif isinstance(op, ast.Div):
        yield Change(node, expression("1 / x", x=right), f"without {code(left)} in {code(node)}", 1)
    else:
        kind = "the factor " if isinstance(op, ast.Mult) else ""
        yield Change(node, right, f"without {kind}{code(left)} in {code(node)}", 0)


def other_brackets(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """The same terms and factors with brackets elsewhere: a + b·c as (a + b)·c, and back."""
    if not isinstance(node, ast.BinOp):
        return
    left, op, right = node.left, node.op, node.right
    for side, other, rebuilt in (
        (left, right, lambda inner: ast.BinOp(inner.left, inner.op, ast.BinOp(inner.right, op, right))),
        (right, left, lambda inner: ast.BinOp(ast.BinOp(left, op, inner.left), inner.op, inner.right)),
    ):
        if not isinstance(side, ast.BinOp) or not isinstance(op, (*ADDITIVE, *MULTIPLICATIVE)):
            continue
        mixed = isinstance(side.op, ADDITIVE) != isinstance(op, ADDITIVE)
        turned = isinstance(side.op, ast.Div) or isinstance(op, ast.Div)
        minus = side is right and isinstance(op, ast.Sub) and isinstance(side.op, ADDITIVE)
        if mixed or minus or (turned and side is right):
            yield instead(node, rebuilt(side), 1, ": the brackets stand elsewhere")
        if isinstance(side.op, ast.Pow) and isinstance(op, (*ADDITIVE, ast.Mult)):
            squared = ast.BinOp(
                ast.BinOp(side.left, op, other) if side is left else ast.BinOp(left, op, side.left),
                ast.Pow(),
                side.right,
            )
            yield instead(node, squared, 1, ": the brackets stand elsewhere")


def moved_inside(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What is added after a function or a square is added before it, and the other way round."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (*ADDITIVE, *MULTIPLICATIVE)):
        for side in (node.left, node.right):
            if isinstance(side, ast.Call) and len(side.args) == 1 and not side.keywords:
                inner = side.args[0]
                pair = (inner, node.right) if side is node.left else (node.left, inner)
                moved = ast.Call(side.func, [ast.BinOp(pair[0], node.op, pair[1])], [])
                yield instead(node, moved, 1)
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        inner = node.args[0]
        if isinstance(inner, ast.BinOp):
            if isinstance(inner.op, ast.Pow):
                outside: ast.expr = ast.BinOp(
                    ast.Call(node.func, [inner.left], []), inner.op, inner.right
                )
                yield instead(node, outside, 0, ": the two are done in the other order")
            elif not isinstance(inner.op, ast.MatMult):
                outside = ast.BinOp(ast.Call(node.func, [inner.left], []), inner.op, inner.right)
                yield instead(node, outside, 2)
                outside = ast.BinOp(inner.left, inner.op, ast.Call(node.func, [inner.right], []))
                yield instead(node, outside, 2)
        if isinstance(inner, ast.Call) and len(inner.args) == 1 and not inner.keywords:
            turned = ast.Call(inner.func, [ast.Call(node.func, inner.args, [])], [])
            yield instead(node, turned, 0, ": the two are done in the other order")


def too_much(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A root, square, size, sign, inverse or factor too many around a part of the formula."""
    if not isinstance(node, (ast.BinOp, ast.Call, ast.Name, ast.Attribute)):
        return
    parent = scope.parent(node)
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return
    if isinstance(parent, (ast.Attribute, ast.keyword, ast.Subscript)):
        return
    if isinstance(parent, ast.Call) and parent.func is node:
        return
    for pattern, what, rank in ADDED:
        new = expression(pattern, x=node)
        yield Change(node, new, f"with {code(new)} in place of {code(node)}{what}", rank)


ADDED = (
    ("np.sqrt(x)", ": a root too many", 2),
    ("x ** 2", ": a square too many", 2),
    ("np.abs(x)", ": the sign gets lost", 2),
    ("-x", ": a minus too many", 2),
    ("1 - x", "", 3),
    ("1 / x", "", 3),
    ("2 * x", ": a factor 2 too many", 3),
    ("x / 2", ": a factor ½ too many", 3),
    ("x - 1", "", 3),
    ("x + 1", "", 3),
    ("x * (1 - x)", "", 3),
    ("100 * x", "", 3),
    ("np.exp(x)", ": an exponential too many", 3),
    ("np.log(x)", ": a logarithm too many", 3),
    ("np.log10(x)", ": a logarithm too many", 4),
    ("np.sum(x)", ": a sum too many", 3),
    ("np.mean(x)", ": a mean too many", 3),
    ("np.max(x)", "", 3),
    ("np.round(x, 4)", ": it is rounded", 3),
    ("np.round(x, 3)", ": it is rounded", 3),
    ("np.round(x, 2)", ": it is rounded", 4),
    ("np.round(x)", ": it is rounded", 3),
    ("np.sign(x)", ": its size gets lost", 3),
    ("x / np.linalg.norm(x)", ": it is brought to length 1", 3),
    ("np.maximum(0.0, x)", ": negative values are cut off", 3),
    ("np.minimum(1.0, x)", ": it is held at 1", 3),
    ("np.maximum(x, 1e-12)", "", 4),
    ("np.tanh(x)", "", 3),
    ("1 / (1 + np.exp(-x))", ": a sigmoid too many", 3),
    ("np.float64(np.float32(x))", ": single precision keeps about 7 digits", 3),
    ("np.clip(x, -500, 500)", ": large values are clipped", 4),
    ("np.clip(x, -100, 100)", ": large values are clipped", 4),
    ("np.clip(x, -10, 10)", ": large values are clipped", 4),
    ("np.clip(x, -1, 1)", ": large values are clipped", 4),
    ("np.clip(x, 1e-12, None)", "", 5),
)
OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    other_operators,
    missing_parts,
    other_brackets,
    moved_inside,
    too_much,
)
