"""All ways to change a solution in one place: what a learner's slip may have done to it."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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
from autograder.diagnosis.edits.change import Change, Operator, Scope, is_conversion, locate

FORMULAS = (arithmetic, calls, conditions, names_and_numbers)
FAMILIES = (double_slips, object_state, loops, returns, *FORMULAS, statements, parameters)
OPERATORS: list[Operator] = [operator for family in FAMILIES for operator in family.OPERATORS]
BY_KIND = {  # those that may change a node of a kind
    kind: tuple(
        operator for operator in OPERATORS if issubclass(kind, getattr(operator, "roots", ast.AST))
    )
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}

__all__ = ["Change", "Places", "changes"]


def changes(tree: ast.AST) -> Iterator[Change]:
    """Every change of one place, except for messages of exceptions and conversions to arrays."""
    scope = Scope(tree)
    for node in ast.walk(tree):
        above = [*scope.above(node)]
        if any(isinstance(part, (ast.JoinedStr, ast.Raise)) for part in (node, *above)):
            continue
        if any(isinstance(part, ast.Assign) and is_conversion(part.value) for part in above[1:]):
            continue
        for operator in BY_KIND[type(node)]:
            yield from operator(node, scope)


class Places:
    """Where each part of a function or class is, to put something else there for a while."""

    def __init__(self, tree: ast.FunctionDef | ast.ClassDef) -> None:
        self._found: dict[int, tuple[Any, ast.AST, str, int | None]] = {}
        for whole in tree.body if isinstance(tree, ast.ClassDef) else [tree]:
            for node in ast.walk(whole):
                for name, value in ast.iter_fields(node):
                    self._found[id(value)] = (whole, node, name, None)
                    for place, item in enumerate(value if isinstance(value, list) else ()):
                        self._found[id(item)] = (whole, node, name, place)

    @contextmanager
    def changed(self, change: Change) -> Iterator[ast.FunctionDef | ast.ClassDef]:
        """The function, or the method of the class, with one change made, as long as it lasts."""
        whole, node, name, place = self._found[id(change.old)]
        before = getattr(node, name)
        after = change.new if place is None else [*before]
        if place is not None:
            after[place] = change.new
        locate(change.new)
        setattr(node, name, after)
        yield whole
        setattr(node, name, before)
