"""What is made: the learner's modules from the solutions, the notebooks from their text sources.

Made files say what made them and carry a fingerprint of their content, so that a file that a person
has changed is recognized and never overwritten.
"""

import ast
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.exercises.bugs import text_with_bug
from autograder.exercises.manifest import LESSONS, exercises_in
from autograder.refused import Refused

FIRST_LINE = re.compile(r"# .*\[(?P<print>[0-9a-f]{12})\]$")  # whatever an older release said there


MAX_COLUMNS = 72  # of the pane beside a lesson


class NotMade(Refused):
    """A file cannot be made; the message says which, and why."""


@dataclass(frozen=True)
class Made:
    """One made file and what it should hold."""

    path: Path
    content: str
    source: Path

    @property
    def current(self) -> bool:
        """Whether the file holds exactly this."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self.content

    @property
    def edited(self) -> bool:
        """Whether a person has changed the file since it was made."""
        if not self.path.is_file():
            return False
        text = self.path.read_text(encoding="utf-8", errors="replace")
        if self.path.suffix == ".ipynb":
            return _notebook_edited(text)
        first, _, rest = text.partition("\n")
        found = FIRST_LINE.match(first)
        return found is None or found["print"] != _fingerprint(rest)

    def write(self) -> None:
        """Write the file, and its folder where there is none."""
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(self.content, encoding="utf-8", newline="\n")


def made_files(root: Path) -> list[Made]:
    """Every made file of the project, modules first."""
    return [*_modules(root), *_notebooks(root)]


def make(root: Path, *, overwrite: bool = False) -> tuple[list[Path], list[Path]]:
    """Make what is not up to date: the files written, and those left as a person has changed them.

    To `overwrite` is to replace these too; what was there is kept next to them.
    """
    written, refused = [], []
    for made in made_files(root):
        if made.current:
            continue
        if made.edited and not overwrite:
            refused.append(made.path)
            continue
        if made.edited:
            keep(made.path)
        made.write()
        written.append(made.path)
    return written, refused


def keep(path: Path) -> Path:
    """Copy a file next to itself under a name that is not taken yet, and return the copy's path."""
    number = 1
    while (copy := path.with_name(f"{path.stem}.kept-{number}{path.suffix}")).exists():
        number += 1
    copy.write_bytes(path.read_bytes())
    return copy


def solution_text(module: str) -> str:
    """Source of a module of `solutions`."""
    import solutions

    places = [Path(path) / f"{module}.py" for path in solutions.__path__]
    place = next((place for place in places if place.is_file()), places[0])
    return place.read_text(encoding="utf-8")


def stub(solution: str, module: str) -> str:
    """The learner's copy of a solution's source: signatures and docstrings stay, bodies go.

    Programs to repair stay whole, with their bug in them.

    Raises
    ------
    NotMade
        If a public function or class has no docstring.

    Examples
    --------
    >>> print(stub('def half(x):\\n    "Return x / 2."\\n    return x / 2\\n', "demo"))
    # To begin again: `descent reset demo` [97a4fc1da74a]
    def half(x):
        "Return x / 2."
        raise NotImplementedError("half: not written yet")
    <BLANKLINE>
    """
    lines = solution.splitlines()
    bugs = {exercise.name: exercise.bug for exercise in exercises_in(module) if exercise.bug}
    kept: list[str] = []
    done = 0
    for node in ast.parse(solution).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            kept += lines[done : _start(node)]
            if node.name.startswith("_"):
                while kept and not kept[-1].strip():
                    kept.pop()
            elif node.name in bugs:
                text = "\n".join(lines[_start(node) : node.end_lineno])
                kept += text_with_bug(text, bugs[node.name]).splitlines()
            else:
                kept += _emptied(node, lines, node.name)
            done = node.end_lineno or 0
    kept += lines[done:]
    rest = "\n".join(kept).rstrip() + "\n"
    first = f"# To begin again: `descent reset {module}` [{_fingerprint(rest)}]"
    return f"{first}\n{rest}"


def _start(node: ast.FunctionDef | ast.ClassDef) -> int:
    """The index of the first line, that of a decorator where there are any."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1


def _emptied(node: ast.FunctionDef | ast.ClassDef, lines: list[str], exercise: str) -> list[str]:
    documented = ast.get_docstring(node) is not None
    if isinstance(node, ast.ClassDef):
        methods = [method for method in node.body if isinstance(method, ast.FunctionDef)]
        first = methods[0].lineno - 1 if methods else node.end_lineno
        kept = lines[_start(node) : first]
        for method in methods:
            if method is not methods[0]:
                kept.append("")
            kept += _emptied(method, lines, exercise)
        return kept
    if not documented and node.name != "__init__":
        raise NotMade(f"{exercise} has no docstring: it is the assignment")
    last = node.body[0].end_lineno if documented else node.body[0].lineno - 1
    indent = " " * node.body[0].col_offset
    says = f'"{exercise}: not written yet"'
    unwritten = [f"{indent}raise NotImplementedError({says})"]
    if len(unwritten[0]) > MAX_COLUMNS:
        unwritten = [f"{indent}raise NotImplementedError(", f"{indent}    {says}", f"{indent})"]
    return [*lines[_start(node) : last], *unwritten]


def _modules(root: Path) -> Iterable[Made]:
    for lesson in LESSONS:
        source = root / "solutions" / f"{lesson.module}.py"
        content = stub(source.read_text(encoding="utf-8"), lesson.module)
        yield Made(root / "course" / f"{lesson.module}.py", content, source)


def _notebooks(root: Path) -> Iterable[Made]:
    for source in sorted((root / "lessons" / "sources").glob("*.py")):
        yield Made(source.parents[1] / f"{source.stem}.ipynb", notebook(source), source)


def notebook(source: Path) -> str:
    """The notebook of a text source, as text; the same source gives the same bytes."""
    import jupytext

    made = jupytext.read(source, fmt="py:percent")
    made.metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    made.nbformat, made.nbformat_minor = 4, 5
    seen: dict[str, int] = {}
    for cell in made.cells:
        name = _fingerprint(cell.cell_type + cell.source)[:8]
        seen[name] = seen.get(name, 0) + 1
        cell["id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"
        cell.metadata.pop("lines_to_next_cell", None)
    made.metadata["first_descent"] = {
        "made_by": f"`descent make` from lessons/sources/{source.name}",
        "fingerprint": _cells_fingerprint(made.cells),
    }
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _notebook_edited(text: str) -> bool:
    try:
        found = json.loads(text)
        recorded = found["metadata"]["first_descent"]["fingerprint"]
        return bool(recorded != _cells_fingerprint(found["cells"]))
    except (ValueError, KeyError, TypeError):
        return True


def _cells_fingerprint(cells: Iterable[Any]) -> str:
    """Fingerprint of what a person could have changed: sources and order, and outputs if any."""
    parts = []
    for cell in cells:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        parts.append([cell["cell_type"], source, bool(cell.get("outputs"))])
    return _fingerprint(json.dumps(parts, ensure_ascii=False))


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
