"""One function or one notebook as it was given out, and a learner's answer beside ours."""

import ast
import difflib
from itertools import zip_longest
from typing import Any

from autograder.exercises.manifest import Exercise, Lesson
from autograder.learner.folder import LearnerFolder
from autograder.maintain.make import keep, solution_text, stub
from autograder.maintain.reset import definition, reset_notebook
from autograder.refused import Refused

CONTEXT = 3  # lines shown around a difference


class NotNow(Refused):
    """What was asked for does not go; the message says why, and what does."""


def fresh_function(folder: LearnerFolder, exercise: Exercise) -> dict[str, Any]:
    """The unwritten text of a function, after its module was copied.

    Returns
    -------
    dict
        The ``text``, and in ``kept`` the name of the copy, for the editor to replace the function:
        there, one undo takes it back.
    """
    path = folder.root / "course" / f"{exercise.module}.py"
    if not path.is_file():
        raise NotNow(f"There is no {path.name}: `descent reset {exercise.module}` writes it.")
    text = _definition(stub(solution_text(exercise.module), exercise.module), exercise.name)
    return {"text": text, "kept": f"course/{keep(path).name}"}


def fresh_notebook(folder: LearnerFolder, lesson: Lesson) -> dict[str, Any]:
    """Write a lesson's notebook as it was given out; the name of the copy of what was there."""
    copy = reset_notebook(folder.root, lesson)
    return {"kept": copy.relative_to(folder.root).as_posix() if copy else ""}


def comparison(folder: LearnerFolder, exercise: Exercise) -> dict[str, Any]:
    """The code of a learner's function and ours line by line; refused until theirs holds."""
    if folder.progress().get(exercise.name, {}).get("outcome") != "passed":
        raise NotNow(f"Our {exercise.name} is shown once yours holds.")
    path = folder.root / "course" / f"{exercise.module}.py"
    mine = _definition(path.read_text(encoding="utf-8"), exercise.name)
    ours = _definition(solution_text(exercise.module), exercise.name)
    return {"rows": compared(_code(mine), _code(ours))}


def compared(mine: list[str], ours: list[str]) -> list[dict[str, Any]]:
    """Lines of two texts side by side; of what is the same, only the neighbors of differences.

    Examples
    --------
    >>> compared(["a", "b"], ["a", "c", "d"])[1:]
    [{'mine': 'b', 'ours': 'c', 'same': False}, {'mine': None, 'ours': 'd', 'same': False}]
    """
    rows: list[dict[str, Any]] = []
    groups = difflib.SequenceMatcher(None, mine, ours, autojunk=False).get_grouped_opcodes(CONTEXT)
    end = 0
    for group in groups:
        if skipped := group[0][1] - end:
            rows.append({"skipped": skipped})
        for kind, first, last, other_first, other_last in group:
            pairs = zip_longest(mine[first:last], ours[other_first:other_last])
            rows += [
                {"mine": left, "ours": right, "same": kind == "equal"} for left, right in pairs
            ]
            end = last
    if skipped := len(mine) - end:
        rows.append({"skipped": skipped})
    return rows


def _code(text: str) -> list[str]:
    """The lines of a definition but its docstrings, which say what is asked, not how it is done."""
    said: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.FunctionDef(body=[first, *_]) | ast.ClassDef(body=[first, *_]):
                if ast.get_docstring(node, clean=False) is not None:
                    said.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return [line for number, line in enumerate(text.splitlines(), 1) if number not in said]


def _definition(source: str, name: str) -> str:
    """The lines of a function or class, with its decorators."""
    try:
        place = definition(source, name)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise NotNow(f"The module cannot be read ({error}). Correct that first.") from None
    if place is None:
        raise NotNow(f"There is no {name} in the module. `descent reset {name}` puts it back.")
    return "\n".join(source.splitlines()[slice(*place)]) + "\n"
