"""What is said of a module that does not load, once for all its exercises, and of unknown names."""

import ast
import builtins
import difflib
import re
from collections.abc import Iterator, Mapping

import numpy as np

from autograder.checking.value_text import printable
from autograder.sandbox.outcomes import Raised

IMPORTS = {"np": "import numpy as np", "numpy": "import numpy", "math": "import math"}
BEGINS, BETWEEN, ENDS = "<<<<<<< ", "=======", ">>>>>>> "  # what git writes into a file


def while_loading(error: Raised) -> bool:
    """Whether an exception came while a module was loaded, before any of its functions ran."""
    return bool(error.frames) and error.frames[0][2] in ("", "<module>")


def unreadable_lines(error: Raised, files: Mapping[str, bytes]) -> list[str]:
    """What is said of a file that is not Python: where, why, and what to do; else nothing."""
    if "SyntaxError" not in error.kinds or not while_loading(error) or error.frames[-1][2]:
        return []
    path, line, _, source = error.frames[-1]
    name = printable(str(path))
    if said := conflict(str(path), files):
        return [
            f"{name}: {said}.",
            "Keep one side of it, and delete the three marked lines: "
            f"{BEGINS.strip()}, {BETWEEN}, {ENDS.strip()}.",
        ]
    place = f"{name}, line {line}," if line else name
    lines = [f"{place} cannot be read: {printable(error.message)}."]
    if source:
        lines.append(f"    {printable(str(source), 120)}")
    return [*lines, "Look at this line, and at the end of the line above."]


def conflict(path: str, files: Mapping[str, bytes]) -> str:
    """Where git has left a conflict in a file; empty where it has left none."""
    text = files.get(path, b"").decode("utf-8", "replace")
    found = list(_conflicts(text.splitlines()))
    if not found:
        return ""
    (first, last), more = found[0], len(found) - 1
    others = f", and {more} more below" if more else ""
    return f"git has left a conflict in lines {first} to {last}{others}"


def _conflicts(lines: list[str]) -> Iterator[tuple[int, int]]:
    """First and last line of each conflict, counted from 1."""
    first = middle = 0
    for number, line in enumerate(lines, start=1):
        if line.startswith(BEGINS):
            first, middle = number, 0
        elif line == BETWEEN and first:
            middle = number
        elif line.startswith(ENDS) and middle:
            yield first, number
            first = middle = 0


def meant_name(error: Raised, files: Mapping[str, bytes]) -> str:
    """A sentence on what an unknown name was meant to be; empty where nothing is near."""
    if "NameError" in error.kinds and "UnboundLocalError" not in error.kinds:
        found = re.match(r"name '(\w+)' is not defined", error.message)
        if found is None or not error.frames:
            return ""
        if found[1] in IMPORTS:
            return f"Write `{IMPORTS[found[1]]}` at the top of the file."
        if hasattr(np, found[1]):
            return f"`{found[1]}` is NumPy's: write `np.{found[1]}`."
        text = files.get(str(error.frames[-1][0]), b"").decode("utf-8", "replace")
        capital = found[1][0].isupper()  # `landing` was not meant to be `Warning`
        python = {name for name in dir(builtins) if name[0].isupper() == capital}
        return _near(found[1], {*_bound(text), *python})
    found = re.match(r"module 'numpy' has no attribute '(\w+)'", error.message)
    return _near(found[1], set(dir(np))) if found else ""


def _near(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known - {name}), n=1, cutoff=0.7)
    return f"There is no `{printable(name)}` here. Did you mean `{close[0]}`?" if close else ""


def _bound(text: str) -> Iterator[str]:
    """Names that a module's text gives to something, in any of its functions."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
