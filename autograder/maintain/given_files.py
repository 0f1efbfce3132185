"""A learner's folder: what it is given at first, and what a new version of the course brings.

What was given is kept in ``.descent/given``, so that an update can tell what a person has written
since. Where both changed a file, the changes are merged; where they touch the same lines, both
versions are kept side by side. No line that a person wrote is lost.
"""

import difflib
import hashlib
import json
from collections import Counter, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import autograder
from autograder.atomic_files import write_in_one_step
from autograder.exercises.manifest import MODULES
from autograder.maintain.make import Made, keep, made_files, solution_text, stub
from autograder.refused import Refused

HOUSE = Path(autograder.__file__).parents[1]  # a clone, or what is installed
GIVEN = Path(".descent") / "given"
INIT = '"""The only code that learners write: one module for each lesson."""\n'
NEW = ".new"  # before the suffix of a version that is put beside a person's

T = TypeVar("T", bound=Hashable)


class NotAFolderForThis(Refused):
    """A folder cannot be begun or updated; the message says why, and what to do."""


class Fate(StrEnum):
    """What an update did with a file."""

    ADDED = "added"
    UPDATED = "updated"
    MERGED = "updated; what you wrote is still in it"
    BESIDE = "yours stays, because you and the course changed the same lines; the new one is"
    REPLACED = "updated; yours, with changes in the same places, is"


@dataclass(frozen=True)
class Updated:
    """A file that an update changed, or beside which it put another."""

    name: str
    fate: Fate
    beside: str = ""


def given_files() -> dict[str, str]:
    """The text of each file that a learner's folder is given, by its path in it."""
    made = made_files(HOUSE)
    return {"course/__init__.py": INIT} | {
        file.path.relative_to(HOUSE).as_posix(): file.content for file in made
    }


def given_as_shipped() -> dict[str, str]:
    """The same from what is made already, where nothing can be made: notebooks as they are here."""
    notebooks = sorted((HOUSE / "lessons").glob("*.ipynb"))
    return {
        "course/__init__.py": INIT,
        **{f"course/{module}.py": stub(solution_text(module), module) for module in MODULES},
        **{f"lessons/{path.name}": path.read_text(encoding="utf-8") for path in notebooks},
    }


def fingerprint(given: dict[str, str]) -> str:
    """What tells the given files of one version from those of another."""
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:12]


def begin(root: Path) -> list[str]:
    """Make a learner's folder; the names of its files.

    Raises
    ------
    NotAFolderForThis
        If there is a ``course`` or ``lessons`` already.
    """
    for name in ("course", "lessons"):
        if (root / name).exists():
            raise NotAFolderForThis(
                f"There is a {name} in {root} already, and nothing of it is overwritten. "
                "`descent update` in that folder brings new lessons."
            )
    given = given_files()
    for name, text in given.items():
        _write(root / name, text)
        _write(root / GIVEN / name, text)
    return list(given)


def update(root: Path, given: dict[str, str] | None = None) -> list[Updated]:
    """Bring what is new into a learner's folder; what was done, file by file.

    Parameters
    ----------
    root : Path
        The learner's folder.
    given : dict, optional
        The files of the new version, if not `given_files`.

    Raises
    ------
    NotAFolderForThis
        If something else renews this folder.
    """
    if root.resolve() == HOUSE.resolve():
        raise NotAFolderForThis("This folder is a clone of the project: `git pull` updates it.")
    if not (root / "lessons").is_dir() and list(root.glob("[0-9]_*.ipynb")):
        raise NotAFolderForThis(
            "This folder is an assignment that nbgrader fetched: your instructor renews it."
        )
    done = []
    for name, new in (given or given_files()).items():
        renew = _renew_notebook if name.endswith(".ipynb") else _renew_module
        found = renew(root, name, new, _text(root / GIVEN / name))
        _write(root / GIVEN / name, new)
        if found:
            done.append(found)
    return done


def assume_given(root: Path, given: dict[str, str]) -> None:
    """Take what is given now for what a folder was given, wherever it does not say."""
    for name, text in given.items():
        if (root / name).is_file() and not (root / GIVEN / name).is_file():
            _write(root / GIVEN / name, text)


def merged(base: Sequence[T], mine: Sequence[T], new: Sequence[T]) -> list[T] | None:
    """What comes of two changes of one sequence; None where they touch.

    Examples
    --------
    >>> merged(["a", "b", "c"], ["a", "mine", "b", "c"], ["a", "b", "new"])
    ['a', 'mine', 'b', 'new']
    >>> merged(["a", "b"], ["a", "mine"], ["a", "new"]) is None
    True
    """
    ours, theirs = _changes(base, mine), _changes(base, new)
    for start, end, items in ours:
        for other_start, other_end, others in theirs:
            same = (start, end, items) == (other_start, other_end, others)
            if not same and start <= other_end and other_start <= end:
                return None
    found = list(base)
    for start, end, items in sorted({*ours, *theirs}, reverse=True):
        found[start:end] = items
    written = Counter(mine) - Counter(base)
    return found if written <= Counter(found) else None


def _changes(base: Sequence[T], other: Sequence[T]) -> list[tuple[int, int, tuple[T, ...]]]:
    """Where `other` replaces a part of `base`, and by what."""
    matcher = difflib.SequenceMatcher(None, base, other, autojunk=False)
    return [
        (start, end, tuple(other[first:last]))
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
    ]


# -- modules --------------------------------------------------------------------------------------


def _renew_module(root: Path, name: str, new: str, base: str | None) -> Updated | None:
    path = root / name
    mine = _text(path)
    if mine is None and not path.exists():
        if base == new:
            return None  # somebody has deleted it, and nothing is new
        _write(path, new)
        return Updated(name, Fate.ADDED)
    if mine == new or base == new:
        return None
    if base is None and not Made(path, new, path).edited:
        base = mine
    if mine is not None and base is not None:
        lines = merged(base.splitlines(), mine.splitlines(), new.splitlines())
        if lines is not None and (mine == base or _reads(mine) <= _reads("\n".join(lines))):
            windows = b"\r\n" in path.read_bytes()
            _write(path, "\n".join([*lines, ""]), "\r\n" if windows else "\n")
            return Updated(name, Fate.UPDATED if mine == base else Fate.MERGED)
    beside = path.with_name(f"{path.stem}{NEW}{path.suffix}")
    _write(beside, new)
    return Updated(name, Fate.BESIDE, beside.relative_to(root).as_posix())


def _reads(text: str) -> bool:
    """Whether Python can read a text."""
    try:
        compile(text, "", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


# -- notebooks ------------------------------------------------------------------------------------


def _renew_notebook(root: Path, name: str, new: str, base: str | None) -> Updated | None:
    path = root / name
    if not path.exists():
        return _renew_module(root, name, new, base)
    mine_cells, new_cells = _cells(_text(path)), _cells(new)
    if base is None and not Made(path, new, path).edited:
        base = _text(path)
    base_cells = _cells(base)
    mine, wanted, before = (_keys(cells) for cells in (mine_cells, new_cells, base_cells))
    if mine_cells and (mine == wanted or before == wanted):
        return None
    keys = merged(before, mine, wanted) if mine_cells and base_cells else None
    if keys is None:
        kept = keep(path)
        _write(path, new)
        return Updated(name, Fate.REPLACED, kept.relative_to(root).as_posix())
    notebook = json.loads(new)
    notebook["cells"] = _chosen(keys, mine_cells, new_cells)
    _write(path, json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return Updated(name, Fate.UPDATED if mine == before else Fate.MERGED)


def what_is_written(text: str) -> str | list[tuple[str, str]]:
    """What of a file a person writes: of a notebook the cells, without what running them shows."""
    return _keys(_cells(text)) or text


def _cells(text: str | None) -> list[dict[str, Any]]:
    """The cells of a notebook; none where it is not one."""
    try:
        found = json.loads(text or "")["cells"]
        _keys(found)
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return list(found)


def _keys(cells: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What a person writes in each cell."""
    return [(str(cell["cell_type"]), "".join(cell["source"])) for cell in cells]


def _chosen(
    keys: list[tuple[str, str]], mine: list[dict[str, Any]], new: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The cells of a merged notebook: a person's own with their outputs, else the new ones."""
    waiting: dict[tuple[str, str], deque[dict[str, Any]]] = {}
    for cells in (mine, new):
        for key, cell in zip(_keys(cells), cells, strict=True):
            waiting.setdefault(key, deque()).append(cell)
    chosen, used = [], set()
    for key in keys:
        cell = dict(waiting[key].popleft())
        while cell.get("id", "") in used:
            cell["id"] = f"{cell['id']}-2"
        used.add(cell.get("id"))
        chosen.append(cell)
    return chosen


# -- files ----------------------------------------------------------------------------------------


def _text(path: Path) -> str | None:
    """The text of a file, with lines as Unix ends them; None where there is none."""
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, text: str, newline: str = "\n") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_in_one_step(path, [text.replace("\n", newline)], durable=False)
