"""Finding and reading the notebook of a submission: one file, of any name, in any state."""

import json
import os
from pathlib import Path
from typing import Any

from nbformat import from_dict

from autograder.nbgrader.cells import Notebook, grade_id
from autograder.nbgrader.notebook_repair import Repaired, repaired
from autograder.submissions.file_trees import Unreadable, opened

MAX_BYTES = 32 << 20
MAX_PARTS = 1_000_000  # lists and tables: each takes twenty times the room of its brackets


class Unusable(Exception):
    """A notebook cannot be read; the message is a sentence for its author."""


def released_notebook_in(course: Path, lesson: str) -> Notebook | None:
    """The notebook of an assignment in a course's ``source/``, if it is there."""
    try:
        return read_notebook(course / "source" / lesson / f"{lesson}.ipynb")
    except Unusable:
        return None


def submitted_notebook(folder: Path, lesson: str, released: Notebook) -> Repaired:
    """The notebook of a submission, repaired.

    A renamed one is taken where the right name is missing, and the released one where none can be
    read.
    """
    if folder.is_symlink():
        return repaired(None, released, "The submission is a link; the released notebook is shown.")
    expected = folder / f"{lesson}.ipynb"
    instead = "There is no notebook of this lesson; the released one is here instead."
    if os.path.lexists(expected):
        try:
            return repaired(read_notebook(expected), released)
        except Unusable as reason:
            instead = f"{reason} The released notebook is here instead."
    elif found := _renamed(folder, released):
        name, notebook = found
        return repaired(notebook, released, f"The notebook was handed in as {name!r}.")
    return repaired(None, released, instead)


def read_notebook(path: Path) -> Notebook:
    """A notebook as plain data.

    Raises
    ------
    Unusable
        If it is not an ordinary file, too large, or not a notebook.
    """
    if path.is_symlink():
        raise Unusable("The notebook is a link.")
    try:
        with opened(str(path), path.name) as file:
            content = file.read(MAX_BYTES + 1)
    except Unreadable as reason:
        raise Unusable(str(reason)) from None
    if len(content) > MAX_BYTES:
        raise Unusable(f"The notebook is larger than {MAX_BYTES >> 20} MiB.")
    if content.count(b"[") + content.count(b"{") > MAX_PARTS:
        raise Unusable(f"The notebook has more than {MAX_PARTS:,} parts.")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unusable("The notebook is damaged: it is not JSON.") from None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise Unusable("The file of the notebook holds no notebook of format 4.")
    return found


def as_node(plain: dict[str, Any]) -> Any:
    """A notebook, or a part of one, in the form that nbgrader works with."""
    return from_dict(plain)  # type: ignore[no-untyped-call]


def _renamed(folder: Path, released: Notebook) -> tuple[str, Notebook] | None:
    """The other notebook in the folder that has most of the lesson's cells, if one has any."""
    known = {grade_id(cell) for cell in released["cells"]} - {None}
    best: tuple[int, str, Notebook] | None = None
    for path in sorted(folder.glob("*.ipynb"))[:20]:
        try:
            notebook = read_notebook(path)
        except Unusable:
            continue
        names = {grade_id(cell) for cell in notebook["cells"] if isinstance(cell, dict)}
        if names & known and (best is None or len(names & known) > best[0]):
            best = (len(names & known), path.name, notebook)
    return best[1:] if best else None
