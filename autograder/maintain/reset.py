"""What a learner starts over: a module, one function in it, or the notebook of a lesson.

What was there is kept in a copy next to the file, unless it was as it was given.
"""

import ast
import json
from pathlib import Path

from autograder.atomic_files import write_in_one_step
from autograder.exercises.manifest import Exercise, Lesson
from autograder.maintain.given_files import HOUSE
from autograder.maintain.make import keep, notebook, solution_text, stub
from autograder.refused import Refused


class NoReset(Refused):
    """What was asked for cannot be put back; the message says why, and what can."""


def reset_module(root: Path, module: str) -> Path | None:
    """Put an unwritten module back; the path of the copy of what was there, if there is one."""
    return _put(root / "course" / f"{module}.py", stub(solution_text(module), module))


def reset_function(root: Path, exercise: Exercise) -> Path | None:
    """Put one unwritten function or class back into its module; see `reset_module`.

    Where a module defines the name more than once, the last definition counts, as in Python. Where
    it doesn't, the function is put at the end.

    Raises
    ------
    NoReset
        If Python cannot read the module: where the function begins and ends is unknown then.
    """
    path = root / "course" / f"{exercise.module}.py"
    given = stub(solution_text(exercise.module), exercise.module)
    if not path.is_file():
        return reset_module(root, exercise.module)
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        place = definition(text, exercise.name)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = f", line {error.lineno}," if isinstance(error, SyntaxError) and error.lineno else ""
        raise NoReset(
            f"course/{path.name}{line} cannot be read: {getattr(error, 'msg', error)}. Correct "
            f"that first, or put the whole module back: `descent reset {path.name}`."
        ) from None
    lines, given_lines = text.split("\n"), given.split("\n")
    unwritten = definition(given, exercise.name)
    assert unwritten is not None
    fresh = given_lines[slice(*unwritten)]
    if place is None:
        lines = [*text.rstrip("\n").split("\n"), "", "", *fresh, ""]
    else:
        lines[slice(*place)] = fresh
    newline = "\r\n" if b"\r\n" in path.read_bytes() else "\n"
    return _put(path, "\n".join(lines), newline)


def reset_notebook(root: Path, lesson: Lesson) -> Path | None:
    """Put the notebook of a lesson back as it was made; see `reset_module`.

    Raises
    ------
    NoReset
        If the folder is an assignment of nbgrader's.
    """
    name = f"{lesson.name}.ipynb"
    if (root / name).is_file() and not (root / "lessons" / name).is_file():
        raise NoReset(
            f"{name} is an assignment that nbgrader fetched. To start over, rename its folder and "
            "fetch the assignment again."
        )
    source = HOUSE / "lessons" / "sources" / name.replace(".ipynb", ".py")
    made = HOUSE / "lessons" / name  # in a browser there are no sources
    text = notebook(source) if source.is_file() else made.read_text(encoding="utf-8")
    return _put(root / "lessons" / name, text)


def definition(text: str, name: str) -> tuple[int, int] | None:
    """The first line of the last function or class of a name, from 0, and the line after it.

    Examples
    --------
    >>> definition("import math\\n\\n@cached\\ndef f():\\n    return 1\\n\\nx = f()", "f")
    (2, 5)
    """
    found = None
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = min([node.lineno, *(inner.lineno for inner in node.decorator_list)])
            if node.name == name:
                found = first - 1, node.end_lineno or first
    return found


def _put(path: Path, text: str, newline: str = "\n") -> Path | None:
    content = text.replace("\n", newline).encode()
    copy = keep(path) if path.exists() and not _says(path, content) else None
    path.parent.mkdir(parents=True, exist_ok=True)
    write_in_one_step(path, [content.decode()], durable=False)
    return copy


def _says(path: Path, content: bytes) -> bool:
    """Whether a file holds nothing that this content would not bring back."""
    found = path.read_bytes().replace(b"\r\n", b"\n")
    if path.suffix != ".ipynb":
        return found == content.replace(b"\r\n", b"\n")
    try:
        return bool(json.loads(found) == json.loads(content))
    except ValueError:
        return False
