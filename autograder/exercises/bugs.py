"""Programs to repair: the solution with one bug put in, and whether a learner has touched it.

The manifest says what the bug is, as one replacement in the solution's text. So the program that a
learner gets and the solution cannot drift apart.
"""

import ast
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from itertools import starmap
from typing import Any

from autograder.checking.mistake import Slip
from autograder.exercises.manifest import Exercise
from autograder.exercises.registry import solution

MAX_BYTES = 200_000  # of a module that is looked into; one with all six programs has 10,000


def text_with_bug(text: str, bug: tuple[str, str]) -> str:
    """The text of a program with its bug put in.

    Examples
    --------
    >>> text_with_bug("count += 1", ("+= 1", "= 1"))
    'count = 1'
    """
    right, wrong = bug
    if text.count(right) != 1:
        raise ValueError(f"a bug replaces {right!r}, which must be in the program once")
    return text.replace(right, wrong)


def with_bug(exercise: Exercise) -> Slip:
    """The program of an exercise with its bug, to be made part of its module.

    Raises
    ------
    ValueError
        If the exercise has no bug.
    """
    if exercise.bug is None:
        raise ValueError(f"{exercise.name} is to be written, not to be repaired")
    return Slip(getattr(solution(exercise.module), exercise.name), dict([exercise.bug]))


def still_has_bug(exercise: Exercise, files: Mapping[str, bytes]) -> bool:
    """Whether a submission's program is the one to repair: comments and docstrings aside.

    Where its name is given to something else as well, that is what counts, and it is judged.
    """
    written = files.get(f"course/{exercise.module}.py")
    if exercise.bug is None or written is None or len(written) > MAX_BYTES:
        return False
    original = program_to_repair(exercise)
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        statements = _statements(written)
        found = [node for node in statements if _is_alike(node, original)]
        return len(found) == 1 and not any(
            exercise.name in _names_given(other) for other in statements if other is not found[0]
        )
    return False


@lru_cache(maxsize=1)
def _statements(written: bytes) -> list[ast.stmt]:
    """The statements of a module, its functions without their docstrings."""
    return [*map(_without_docstring, ast.parse(written).body)]


@cache
def program_to_repair(exercise: Exercise) -> ast.stmt:
    """The program with its bug, without its docstring."""
    (original,) = ast.parse(with_bug(exercise).text).body
    return _without_docstring(original)


def _names_given(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module may give to something."""
    given = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            given.add(node.id)
        elif isinstance(node, ast.alias):
            given.add(node.asname or node.name)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            given.add(node.name)
    return given


def _without_docstring(node: ast.stmt) -> ast.stmt:
    if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
        node.body = node.body[1:] or [ast.Pass()]
    return node


def _is_alike(one: Any, other: Any) -> bool:
    """Whether two trees are the same, except for places; most differ soon."""
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST):
        pairs = ((getattr(one, name, None), getattr(other, name, None)) for name in one._fields)
        return all(starmap(_is_alike, pairs))
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_is_alike, one, other))
    return bool(one == other)
