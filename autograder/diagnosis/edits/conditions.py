"""Slips in a comparison or a choice: the border, the side, a case too few."""

import ast
from collections.abc import Callable, Iterator
from itertools import pairwise

from autograder.diagnosis.edits.arithmetic import instead
from autograder.diagnosis.edits.change import Change, Scope, expression

BORDERS: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
}
SIDES: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.Gt(),
    ast.LtE: ast.GtE(),
    ast.Gt: ast.Lt(),
    ast.GtE: ast.LtE(),
}


def other_comparisons(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """The border on the other side, or the sides exchanged, or one of two bounds left out."""
    if not isinstance(node, ast.Compare):
        return
    for position, op in enumerate(node.ops):
        for table, rank in ((BORDERS, 0), (SIDES, 1)):
            if type(op) in table:
                ops = [*node.ops]
                ops[position] = table[type(op)]
                yield instead(node, ast.Compare(node.left, ops, node.comparators), rank)
    if len(node.ops) > 1:
        left = ast.Compare(node.left, node.ops[:1], node.comparators[:1])
        right = ast.Compare(node.comparators[0], node.ops[1:], node.comparators[1:])
        for part in (left, right):
            yield Change(node, part, 0, "with {} alone, in place of {}", (part, node))


def other_conditions(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A part of a condition left out, turned round, or joined otherwise."""
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            rest = [each for each in node.values if each is not part]
            new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield Change(node, new, 0, "without {} in the condition {}", (part, node))
        other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        yield instead(node, ast.BoolOp(other, node.values), 1)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield instead(node, node.operand, 2)


def conditions_on_all(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A question about one value asked about all values of an argument."""
    if not isinstance(node, ast.Call) or not isinstance(scope.parent(node), ast.UnaryOp):
        return
    if len(node.args) == 1 and isinstance(node.args[0], ast.Name):
        for name in scope.parameters:
            parts = {"f": node.func, "x": ast.Name(name, ast.Load())}
            if node.args[0].id != name:
                yield instead(node, expression("np.all(f(x))", **parts), 2)


def other_branches(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A case that is not told apart, or always taken."""
    if isinstance(node, ast.If):
        body = getattr(scope.parent(node), "body", [])
        if node in body:
            without = [each for each in body if each is not node]
            if without:
                form = "without the case {}: nothing asks for it"
                yield Change(body, without, 0, form, (node.test,))
        turned = ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        yield Change(node, turned, 2, "when the case {} is turned round", (node.test,))
    if isinstance(node, ast.IfExp):
        exchanged = ast.IfExp(node.test, node.orelse, node.body)
        yield instead(node, exchanged, 0, ": the two have changed places")
        for branch in (node.body, node.orelse):
            form = "with {} always, and never asking for {}"
            yield Change(node, branch, 1, form, (branch, node.test))


def other_order_of_cases(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two cases asked for in the other order."""
    body = getattr(node, "body", None)
    if not isinstance(body, list):
        return
    for one, other in pairwise([each for each in body if isinstance(each, ast.If)]):
        turned = [other if each is one else one if each is other else each for each in body]
        form = "when {} is asked for before {}"
        yield Change(body, turned, 1, form, (other.test, one.test))
        if isinstance(body[-1], ast.Return) and isinstance(body[-1].value, ast.IfExp):
            choice = body[-1].value
            early = ast.If(choice.test, [ast.Return(choice.body)], [])
            late = [*body[:-1], ast.Return(choice.orelse)]
            late.insert(late.index(other), early)
            yield Change(body, late, 1, form, (choice.test, other.test))


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    other_comparisons,
    other_conditions,
    conditions_on_all,
    other_branches,
    other_order_of_cases,
)
