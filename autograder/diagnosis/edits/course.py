"""Slips in the course of a function: names, numbers, comparisons, arguments, lines, results."""

import ast
import copy
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

from autograder.diagnosis.edits.change import (
    CONVERSIONS,
    COUNTS,
    Change,
    Operator,
    Whole,
    answers,
    called,
    expression,
    is_conversion,
)
from autograder.diagnosis.edits.formulas import FORMULAS

# What may have been done to a parameter before anything else.
TREATED = {
    "np.abs(p)": "the sign of `{}` is lost",
    "np.sign(p)": "only the sign of `{}` counts",
    "-np.asarray(p, dtype=float)": "`{}` has the opposite sign",
    "np.asarray(p, dtype=float).T": "`{}` is transposed where it should not be, or not where it "
    "should be",
    "p / np.linalg.norm(p)": "`{}` is brought to length 1",
    "np.asarray(p, dtype=int)": "`{}` is cut to whole numbers",
    "np.asarray(p, dtype=float)[::-1]": "`{}` is taken in reverse order",
    "1 - np.asarray(p, dtype=float)": "`{}` is taken from 1",
    "p + 1": "`{}` is one larger",
    "p - 1": "`{}` is one smaller",
}
Operators = dict[type[ast.cmpop], type[ast.cmpop]]
BORDERS: Operators = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
}
SIDES: Operators = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}
EQUAL: Operators = {ast.LtE: ast.Eq, ast.GtE: ast.Eq}


def other_arguments(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """Two arguments exchanged, one not handed on, a range one longer or shorter."""
    if not isinstance(node, ast.Call) or any(isinstance(a, ast.Starred) for a in node.args):
        return
    name = called(node)
    if name == "range":
        for formula in ("n - 1", "n + 1"):
            last = expression(formula, n=node.args[-1])
            says = f"with a round too {'few' if '-' in formula else 'many'}"
            yield Change(node, ast.Call(node.func, [*node.args[:-1], last], []), 0, says)
        if len(node.args) == 1:
            starts = ast.Call(node.func, [ast.Constant(1), *node.args], [])
            yield Change(node, starts, 0, "when the loop begins at 1")
    elif name not in CONVERSIONS:
        for place, (left, right) in enumerate(pairwise(node.args)):
            turned = [*node.args[:place], right, left, *node.args[place + 2 :]]
            says = f"when two arguments of `{name}` have changed places"
            yield Change(node, ast.Call(node.func, turned, node.keywords), 0, says)
        for place in range(1, len(node.args)) if name not in FORMULAS else ():
            after = [
                ast.keyword(ast.unparse(argument), argument) for argument in node.args[place + 1 :]
            ]
            if all(keyword.arg in whole.values for keyword in after):
                new = ast.Call(node.func, node.args[:place], [*after, *node.keywords])
                says = f"when `{ast.unparse(node.args[place])}` is not handed on to `{name}`"
                yield Change(node, new, 0, says)


def other_comparisons(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """The border or the side of a comparison, a condition turned round or left out."""
    if isinstance(node, ast.Compare):
        kinds: list[Any] = [*map(type, node.ops)]
        for place, kind in enumerate(kinds):
            for rank, table in enumerate((BORDERS, SIDES, EQUAL)):
                if other := table.get(kind):
                    ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                    says = f"with `{COMPARED[other]}` where `{COMPARED[kind]}` belongs"
                    yield Change(node, ast.Compare(node.left, ops, node.comparators), rank, says)
    if isinstance(node, ast.BoolOp) and len(node.values) == 2:
        for kept in node.values:
            yield Change(node, kept, 0, "when only one of two conditions is asked for")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change(node, node.operand, 2, "without a `not`")


def other_names(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """A name for another, a number for a name, what an object keeps for something else."""
    parent = whole.above.get(id(node))
    yield from _other_attributes(node, whole)
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    if node.id not in whole.values or not isinstance(
        parent, (ast.BinOp, ast.Compare, ast.Call, ast.Slice, ast.Return, ast.Assign)
    ):
        return
    if isinstance(parent, ast.Call) and (is_conversion(parent) or parent.func is node):
        return
    others: list[tuple[ast.expr, int]] = [
        (ast.Name(name, ast.Load()), 1 if name in whole.parameters else 2)
        for name in whole.values
        if name != node.id
    ]
    others += [(ast.Constant(number), 2) for number in (0, 1)]
    others += [(expression(formula, x=node), 2) for formula in ("x + 1", "x - 1")]
    if (default := whole.parameters.get(node.id)) is not None:
        others.insert(0, (default, 0))
    belongs = whole.said(node)
    for other, rank in others:
        said = whole.said(other)
        if (said or belongs) and said != belongs:
            says = f"with {said or 'another value'} where {belongs or 'another'} belongs"
            yield Change(node, other, rank, says)


def _other_attributes(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """What an object keeps for an array, or for something else that it keeps."""
    if not isinstance(node, (ast.Name, ast.Attribute)) or not isinstance(node.ctx, ast.Load):
        return
    name, kept = ast.unparse(node), whole.kept
    in_formula = isinstance(whole.above.get(id(node)), ast.BinOp)
    for other in kept if in_formula and (name in kept or name == "gradient") else ():
        if other != name:
            belongs = f"`{name}`" if name == "gradient" else "another"
            says = f"with another value where {belongs} belongs"
            yield Change(node, expression(other), 2, says)


def other_numbers(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """Another number, another place in a sequence, another answer."""
    if isinstance(node, ast.Subscript) and (place := _index(node.slice)) is not None:
        for entry in {0, -1, place + 1, place - 1, -place} - {place}:
            says = f"with the entry at {entry} where that at {place} belongs"
            changed = ast.Subscript(node.value, ast.Constant(entry), node.ctx)
            yield Change(node, changed, 1, says)
    parent = whole.above.get(id(node))
    above = whole.above.get(id(parent))
    if not isinstance(node, ast.Constant) or isinstance(parent, ast.Subscript):
        return
    if isinstance(parent, ast.UnaryOp) and isinstance(above, ast.Subscript):
        return
    value: Any = node.value
    if isinstance(value, bool) and isinstance(parent, (ast.Return, ast.IfExp)):
        yield Change(node, ast.Constant(not value), 0, f"with `{not value}` for `{value}`")
    elif isinstance(value, (int, float)) and not isinstance(parent, (ast.keyword, ast.arguments)):
        others = (value + 1, value - 1, 0, 1, -value, 2 * value, value / 2, 10 * value, value / 10)
        for rank, other in enumerate(dict.fromkeys(others)):
            if other != value and not (isinstance(value, int) and other != int(other)):
                number: float = int(other) if isinstance(value, int) else float(other)
                says = f"with `{number}` where `{value}` belongs"
                yield Change(node, ast.Constant(number), 1 if rank < 4 else 2, says)
    elif isinstance(value, str) and isinstance(parent, (ast.Return, ast.IfExp)):
        for answer in answers(whole):
            if answer != value:
                says = f"with “{answer}” where “{value}” belongs"
                yield Change(node, ast.Constant(answer), 1, says)


def _index(node: ast.AST) -> int | None:
    """A whole number that is written as it is, with its sign."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return value if type(value) is int else None


def other_parameters(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """A parameter without effect, two exchanged, or one changed before anything else."""
    if not isinstance(node, ast.FunctionDef):
        return
    names = [argument.arg for argument in node.args.args if argument.arg != "self"]

    def begun(line: str, rank: int, says: str) -> Change:
        return Change(node.body, [*ast.parse(line).body, *node.body], rank, f"when {says}")

    for name in names:
        if (default := whole.parameters.get(name)) is not None:
            text = ast.unparse(default)
            says = f"the argument `{name}` has no effect, and {text} is always used instead"
            yield begun(f"{name} = {text}", 0, says)
        for formula, what in TREATED.items():
            if name not in COUNTS or formula[-1] == "1":
                yield begun(
                    f"{name} = {ast.unparse(expression(formula, p=ast.Name(name)))}",
                    2,
                    what.format(name),
                )
    for first, second in combinations(names, 2):
        if not second.endswith("seed"):
            says = f"`{first}` and `{second}` have changed places"
            yield begun(f"{first}, {second} = {second}, {first}", 1, says)


def other_lines(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """A line left out, too late or too early; answers exchanged."""
    body = getattr(node, "body", None)
    if not isinstance(node, (ast.FunctionDef, ast.For, ast.If)) or body is None:
        return
    for place, line in enumerate(body):
        rest = [*body[:place], *body[place + 1 :]]
        if isinstance(line, ast.If) and rest:
            yield Change(body, rest, 0, "when one case is not asked for")
        if not isinstance(line, (ast.Assign, ast.AugAssign)) or is_conversion(line.value):
            continue
        target = line.targets[0] if isinstance(line, ast.Assign) else line.target
        if rest:
            name = ast.unparse(target).removeprefix("self.")
            says = f"when `{name}` is not brought up to date" if name in whole.parameters else ""
            yield Change(body, rest, 1, says or "when one step is left out")
        if isinstance(line, ast.Assign) and ast.unparse(target) in map(
            ast.unparse, ast.walk(line.value)
        ):
            added = ast.AugAssign(line.targets[0], ast.Add(), line.value)  # type: ignore[arg-type]  # it is read, too
            says = "when the new value is added to the old one (`+=`) instead of replacing it"
            yield Change(line, added, 0, says)
        if place + 1 < len(body) and not isinstance(body[place + 1], ast.Return):
            turned = [*body[:place], body[place + 1], line, *body[place + 2 :]]
            yield Change(body, turned, 1, "when two steps come in the other order")
        elif place + 1 < len(body):
            early = ast.Assign([ast.Name("early", ast.Store())], body[place + 1].value)
            last = ast.Return(ast.Name("early", ast.Load()))
            yield Change(
                body,
                [*body[:place], early, line, last],
                0,
                "when the result is computed before the last step, from the old value",
            )
    words = [inner for inner in ast.walk(node) if isinstance(inner, ast.Constant)]
    for first, second in combinations(answers(whole), 2) if node is whole.tree else ():
        turn = {first: ast.Constant(second), second: ast.Constant(first)}
        swap = {id(word): turn[word.value] for word in words if word.value in (first, second)}
        says = f"when “{first}” and “{second}” have changed places"
        yield Change(body, copy.deepcopy(body, swap), 0, says)


def other_results(node: ast.AST, whole: Whole) -> Iterator[Change]:
    """A value on the way returned, or parts in another order."""
    if (
        not isinstance(node, ast.Return)
        or node.value is None
        or isinstance(node.value, ast.Constant)
    ):
        return
    value = node.value
    if isinstance(value, ast.Tuple):
        for first, second in combinations(range(len(value.elts)), 2):
            parts = [*value.elts]
            parts[first], parts[second] = parts[second], parts[first]
            says = f"when parts {first + 1} and {second + 1} of the result have changed places"
            yield Change(value, ast.Tuple(parts, ast.Load()), 0, says)
    else:
        for part in ast.walk(value):
            inner = isinstance(part, (ast.BinOp, ast.Call)) and part is not value
            if inner and (said := whole.said(part)):
                says = f"when {said} is returned, and nothing done with it"
                yield Change(value, part, 1, says)


OPERATORS: tuple[Operator, ...] = (
    *(other_arguments, other_comparisons, other_names, other_numbers),
    *(other_parameters, other_lines, other_results),
)
