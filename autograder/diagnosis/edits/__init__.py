"""All ways to change a solution in one place: what a learner's slip may have done to it."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.diagnosis.edits import (
    arithmetic,
    calls,
    conditions,
    signatures,
    statements,
    values,
)
from autograder.diagnosis.edits.changes import Change, Scope, is_conversion

OPERATORS = (
    *arithmetic.OPERATORS,
    *calls.OPERATORS,
    *conditions.OPERATORS,
    *values.OPERATORS,
    *statements.OPERATORS,
    *signatures.OPERATORS,
)

__all__ = ["Change", "changed", "changes"]


def changes(tree: ast.AST) -> Iterator[Change]:
    """Every change of one place, but for messages of exceptions and conversions to arrays."""
    scope = Scope.of(tree)
    for node in ast.walk(tree):
        above = [*scope.above(node)]
        if any(isinstance(each, (ast.JoinedStr, ast.Raise)) for each in (node, *above)):
            continue
        if any(isinstance(each, ast.Assign) and is_conversion(each.value) for each in above[1:]):
            continue
        for operator in OPERATORS:
            yield from operator(node, scope)


@contextmanager
def changed(tree: ast.AST, change: Change) -> Iterator[ast.AST]:
    """The function or class with one change made, for as long as the context lasts."""
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is change.old:
                setattr(node, name, change.new)
                yield tree
                setattr(node, name, value)
                return
            if isinstance(value, list) and any(each is change.old for each in value):
                new = [change.new if each is change.old else each for each in value]
                setattr(node, name, new)
                yield tree
                setattr(node, name, value)
                return
    raise ValueError("the change belongs to another tree")
