"""All ways to change a solution in one place: what a learner's slip may have done to it."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import replace

from autograder.diagnosis.edits import arithmetic, calls, conditions, statements, values
from autograder.diagnosis.edits.changes import Change, Scope, is_conversion

OPERATORS = (
    *arithmetic.OPERATORS,
    *calls.OPERATORS,
    *conditions.OPERATORS,
    *values.OPERATORS,
    *statements.OPERATORS,
)

__all__ = ["Change", "changed", "changes"]


def changes(tree: ast.AST) -> Iterator[Change]:
    """Every change of one place, but for messages of exceptions and conversions to arrays."""
    scope = Scope.of(tree)
    for node in ast.walk(tree):
        above = [*scope.above(node)]
        if any(isinstance(each, (ast.JoinedStr, ast.Raise)) for each in (node, *above)):
            continue
        converted = any(is_conversion(each) for each in above if isinstance(each, ast.expr)) and any(
            isinstance(each, ast.Assign) and is_conversion(each.value) for each in above
        )
        if converted:
            continue
        for operator in OPERATORS:
            for change in operator(node, scope):
                yield replace(change, operator=operator.__name__)


def changed(tree: ast.AST, change: Change) -> ast.AST:
    """A copy of a function or class with one change made."""
    return copy.deepcopy(tree, {id(change.old): change.new})
