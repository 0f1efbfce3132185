"""Slips in a formula: signs, factors, terms, brackets, powers."""

import ast
import re
from collections.abc import Iterator
from itertools import product

from autograder.diagnosis.edits.change import (
    Change,
    Operator,
    Scope,
    called,
    counts,
    instead,
    is_conversion,
)
from autograder.diagnosis.edits.pattern import INSTEAD, Rule, expression

ADDITIVE, MULTIPLICATIVE = (ast.Add, ast.Sub), (ast.Mult, ast.Div, ast.MatMult)
KINDS = dict.fromkeys("+-@", "") | {"*": "the factor ", "/": "the division by "}
REDUCED = "elements are added up or averaged that should stay apart"
# What may be around any part of a formula …
AROUND = (
    ("np.sqrt({})", "a root too many", 2),
    ("{} ** 2", "a square too many", 2),
    ("np.abs({})", "the sign gets lost", 2),
    ("-{}", "a minus too many", 2),
)
# … around a sum, a product or a power …
AROUND_TERMS = (
    ("np.sum({})", REDUCED, 3),
    ("np.mean({})", "elements are averaged that should stay apart", 3),
)
# … around the result of a line …
AROUND_LINES = (
    ("1 - {}", "1 minus it", 3),
    ("1 / {}", "it is below the fraction line", 3),
    ("2 * {}", "a factor 2 too many", 3),
    ("{} / 2", "a factor ½ too many", 3),
    ("np.exp({})", "an exponential too many", 3),
    ("np.log({})", "a logarithm too many", 3),
    *AROUND_TERMS,
    ("{}.sum(axis=0)", REDUCED, 3),
    ("{}.sum(axis=-1)", REDUCED, 3),
    ("np.sign({})", "its size gets lost", 3),
    ("{} / np.linalg.norm({})", "it is brought to length 1", 3),
    ("np.maximum(0.0, {})", "negative values are cut off", 3),
    ("np.minimum(1.0, {})", "it is held at 1", 3),
    ("np.clip({}, -1, 1)", "large values are cut off", 4),
)
# … and around the whole result, where no relation says it.
AROUND_RESULTS = (
    *AROUND_LINES,
    ("{} - 1", "1 too little", 3),
    ("{} + 1", "1 too much", 3),
    ("{} * (1 - {})", "the slope of the sigmoid", 3),
    ("np.max({})", "only the largest", 3),
    ("{}.ravel()", "it is flattened", 3),
    ("np.clip({}, 0, 1)", "it is held between 0 and 1", 4),
    ("np.tanh({})", "a tanh too many", 3),
    ("np.float64(np.float32({}))", "single precision keeps about 7 digits", 3),
)


# What is missing comes first: it may come out the same as what has the other sign.
MISSING = (
    Rule("A ** 2", "A", 0, "without the square in {OLD}"),
    Rule("A ** B", "A * B", 1),
    Rule("A ** 2", "np.abs(A)", 0),
    *(
        Rule(f"A {sign} B", "A", 0, f"without {kind}{{B}} in {{OLD}}")
        for sign, kind in KINDS.items()
    ),
    Rule("A - B", "-B", 2, "without {A} in {OLD}"),
    Rule("A - B", "B", 1, "with only {B} in place of {OLD}"),
    Rule("A / B", "1 / B", 1, "without {A} in {OLD}"),
    Rule("A * B", "B", 0, "without the factor {A} in {OLD}"),
    *(Rule(f"A {sign} B", "B", 0, "without {A} in {OLD}") for sign in ("+", "@")),
)
OTHER = (
    *(
        Rule(f"A {old} B", f"A {new} B", rank, f"with `{new}` in place of `{old}` before {{B}}")
        for old, new, rank in (("+", "-", 0), ("-", "+", 0), ("*", "/", 2), ("/", "*", 2))
    ),
    Rule("A @ B", "B @ A", 1, "when {A} and {B} have changed places around `@`"),
    Rule("A + B", "B - A", 1),
    Rule("A[I] + A[J]", "np.sum(A)", 1),
    Rule("A * B", "B / A", 2),
)
SUMS, PRODUCTS = ("+", "-"), ("*", "/", "@")
MIXED = [*product(SUMS, PRODUCTS), *product(PRODUCTS, SUMS)]
BRACKETS = tuple(
    Rule(old, new, 1, f"{INSTEAD}: the brackets are elsewhere")
    for old, new in (
        *((f"(A {first} B) {second} C", f"A {first} (B {second} C)") for first, second in MIXED),
        *((f"A {first} (B {second} C)", f"(A {first} B) {second} C") for first, second in MIXED),
        ("A - B ** C", "(A - B) ** C"),
    )
)
AVERAGE = "A * X + (1 - A) * Y"
ADDED_UP = "without the shares {A} and {1 - A}: all is added up and nothing forgotten"
SHARES = (
    Rule(AVERAGE, "(1 - A) * X + A * Y", 0, "when the shares {A} and {1 - A} have changed places"),
    Rule(AVERAGE, "X + Y", 1, ADDED_UP),
)


def missing_brackets(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A pair of brackets left out, so that other operations come first."""
    if not isinstance(node, ast.BinOp) or isinstance(scope.parent(node), ast.BinOp):
        return
    text = ast.unparse(node)
    for opening in re.finditer(r"(?<![\w\]])\(", text):
        closing, depth = opening.end(), 1
        while depth and closing < len(text):
            depth += {"(": 1, ")": -1}.get(text[closing], 0)
            closing += 1
        inside = text[opening.end() : closing - 1]
        if "," not in inside:
            new = expression(text[: opening.start()] + inside + text[closing:])
            yield instead(node, new, 2, ": a pair of brackets is missing")


def moved_inside(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What is added after a function or a square is added before it, and the other way round."""
    order = ": the two are done in the other order"
    if isinstance(node, ast.BinOp) and isinstance(node.op, (*ADDITIVE, *MULTIPLICATIVE)):
        for side in (node.left, node.right):
            if isinstance(side, ast.Call) and len(side.args) == 1 and not side.keywords:
                inner = side.args[0]
                pair = (inner, node.right) if side is node.left else (node.left, inner)
                moved = ast.Call(side.func, [ast.BinOp(pair[0], node.op, pair[1])], [])
                yield instead(node, moved, 1)
    if not isinstance(node, ast.Call) or len(node.args) != 1 or is_conversion(node):
        return
    inner = node.args[0]
    if isinstance(inner, ast.BinOp) and not isinstance(inner.op, ast.MatMult):
        first = ast.Call(node.func, [inner.left], node.keywords)
        power = isinstance(inner.op, ast.Pow)
        outside = ast.BinOp(first, inner.op, inner.right)
        yield instead(node, outside, 0 if power else 2, order if power else "")
        if not power:
            second = ast.Call(node.func, [inner.right], node.keywords)
            yield instead(node, ast.BinOp(inner.left, inner.op, second), 2)
    if isinstance(inner, ast.Call) and len(inner.args) == 1 and not is_conversion(inner):
        turned = ast.Call(inner.func, [ast.Call(node.func, inner.args, node.keywords)], [])
        yield instead(node, turned, 1, order)


def too_much(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A root, square, size, sign, inverse or factor too many around a part of the formula."""
    if not isinstance(node, (ast.BinOp, ast.Call, ast.Name, ast.Attribute)):
        return
    parent = scope.parent(node)
    if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load) or isinstance(
        parent, (ast.Attribute, ast.keyword, ast.Subscript, ast.Starred)
    ):
        return
    if isinstance(parent, ast.Call) and parent.func is node:
        return
    if called(node) in ("np.asarray", "np.array", "np.empty", "range") or counts(node):
        return
    patterns = [*AROUND]
    if isinstance(node, ast.BinOp):
        patterns += AROUND_TERMS
    if scope.is_result(node) and not isinstance(node, ast.Name):
        patterns += AROUND_RESULTS if isinstance(parent, ast.Return) else AROUND_LINES
    for pattern, why, rank in patterns:
        new = expression(pattern.replace("{}", "x"), x=node)
        around = pattern.replace("{}", "…").replace("{", "{{").replace("}", "}}")
        whole = isinstance(parent, ast.Return)
        place, parts = ("the result", ()) if whole else ("{}", (node,))
        yield Change(node, new, rank, f"with `{around}` around {place}: {why}", parts)


def extra_factors(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A factor or a divisor too many: an argument, what it lacks to 1, or how many rows it has."""
    parent = scope.parent(node)
    term = isinstance(parent, ast.BinOp) and isinstance(parent.op, ADDITIVE)
    term = term or (isinstance(parent, ast.Compare) and isinstance(node, ast.Call))
    if not isinstance(node, ast.expr) or not (term or scope.is_result(node)):
        return
    if is_conversion(node) or (isinstance(node, (ast.Constant, ast.Name)) and not term):
        return
    for name in scope.settings() if term or isinstance(node, ast.BinOp) else ():
        setting = ast.parse(name, mode="eval").body
        for pattern, what in (("p * x", "{}"), ("(1 - p) * x", "1 - {}"), ("x / p", "1 / {}")):
            new = expression(pattern, p=setting, x=node)
            form = f"with the factor `{what.format(name.removeprefix('self.'))}` around {{}}"
            yield Change(node, new, 3, form, (node,))
    for name in scope.tables() if scope.is_result(node) or term else ():
        for pattern, form in (
            ("x / len(p)", f"when {{}} is divided by the number of rows of `{name}`"),
            ("x * len(p)", f"when {{}} is multiplied by the number of rows of `{name}`"),
        ):
            new = expression(pattern, p=ast.Name(name, ast.Load()), x=node)
            yield Change(node, new, 3, form, (node,))


OPERATORS: tuple[Operator, ...] = (
    *MISSING,
    *OTHER,
    *BRACKETS,
    missing_brackets,
    moved_inside,
    too_much,
    extra_factors,
    *SHARES,
)
