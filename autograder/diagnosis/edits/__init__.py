"""All ways to change a solution in one place: what a learner's slip may have done to it."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.diagnosis.edits import (
    arithmetic,
    calls,
    conditions,
    double_slips,
    loops,
    names_and_numbers,
    object_state,
    parameters,
    returns,
    statements,
)
from autograder.diagnosis.edits.change import Change, Scope, is_conversion, locate

OPERATORS = (
    *double_slips.OPERATORS,
    *object_state.OPERATORS,
    *loops.OPERATORS,
    *returns.OPERATORS,
    *arithmetic.OPERATORS,
    *calls.OPERATORS,
    *conditions.OPERATORS,
    *names_and_numbers.OPERATORS,
    *statements.OPERATORS,
    *parameters.OPERATORS,
)

__all__ = ["Change", "Places", "changes"]


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


class Places:
    """Where each part of a function or class stands, to put something else there for a while.

    Parameters
    ----------
    tree : ast.FunctionDef or ast.ClassDef
        The whole.
    """

    def __init__(self, tree: ast.FunctionDef | ast.ClassDef) -> None:
        self._tree = tree
        self._found: dict[int, tuple[ast.AST, str, int | None]] = {}
        self._methods: dict[int, ast.FunctionDef] = {}
        for line in tree.body:
            for node in ast.walk(line):
                if isinstance(tree, ast.ClassDef) and isinstance(line, ast.FunctionDef):
                    self._methods[id(node)] = line
        for node in ast.walk(tree):
            for name, value in ast.iter_fields(node):
                self._found[id(value)] = (node, name, None)
                if isinstance(value, list):
                    self._found |= {id(e): (node, name, n) for n, e in enumerate(value)}

    @contextmanager
    def changed(self, change: Change) -> Iterator[ast.FunctionDef | ast.ClassDef]:
        """The function, or the method of the class, with one change made, as long as it lasts."""
        node, name, position = self._found[id(change.old)]
        whole = getattr(node, name)
        new = change.new
        if position is not None:
            new = [*whole[:position], change.new, *whole[position + 1 :]]
        locate(change.new)
        setattr(node, name, new)
        yield self._methods.get(id(node), self._tree)
        setattr(node, name, whole)
