"""Slips in a comparison or a choice: the border, the side, a case too few."""

import ast
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.arithmetic import instead
from autograder.diagnosis.edits.changes import Change, Scope, code

BORDERS: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(), ast.NotEq: ast.Eq(),
}
SIDES: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.Gt(), ast.LtE: ast.GtE(), ast.Gt: ast.Lt(), ast.GtE: ast.LtE(),
}


def other_comparisons(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """The border on the other side, or the sides exchanged."""
    if not isinstance(node, ast.Compare):
        return
    for position, op in enumerate(node.ops):
        for table, rank in ((BORDERS, 0), (SIDES, 1)):
            if type(op) in table:
                ops = [*node.ops]
                ops[position] = table[type(op)]
                yield instead(node, ast.Compare(node.left, ops, node.comparators), rank)
    if len(node.ops) > 1:
        first = ast.Compare(node.left, node.ops[:1], node.comparators[:1])
        yield instead(node, first, 0)
        yield instead(node, ast.Compare(node.comparators[0], node.ops[1:], node.comparators[1:]), 0)


def other_conditions(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A part of a condition left out, turned round, or joined otherwise."""
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            rest = [each for each in node.values if each is not part]
            new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield Change(node, new, f"without {code(part)} in the condition {code(node)}", 0)
        other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        yield instead(node, ast.BoolOp(other, node.values), 1)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield instead(node, node.operand, 2)


def other_branches(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A case that is not told apart, or always taken."""
    if isinstance(node, ast.If):
        parent = scope.parent(node)
        body = getattr(parent, "body", [])
        if node in body:
            place = body.index(node)
            without = [*body[:place], *body[place + 1 :]]
            if without:
                yield Change(body, without, f"without the case {code(node.test)}", 0)
        turned = ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        yield Change(node, turned, f"when the case {code(node.test)} is turned round", 2)
    if isinstance(node, ast.IfExp):
        turned_choice = ast.IfExp(node.test, node.orelse, node.body)
        yield instead(node, turned_choice, 0, ": the two change places")
        yield instead(node, node.body, 1)
        yield instead(node, node.orelse, 1)


def other_order_of_cases(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two cases asked for in the other order."""
    body = getattr(node, "body", None)
    if not isinstance(body, list):
        return
    cases = [each for each in body if isinstance(each, ast.If)]
    for one, other in zip(cases, cases[1:], strict=False):
        turned = [other if each is one else one if each is other else each for each in body]
        says = f"when {code(other.test)} is asked before {code(one.test)}"
        yield Change(body, turned, says, 1)


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    other_comparisons,
    other_conditions,
    other_branches,
    other_order_of_cases,
)
