"""Finding and reading the notebook of a submission: one file, of any name, in any state."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from nbformat import from_dict

from autograder.nbgrader.cells import Notebook, grade_id, source_of
from autograder.nbgrader.notebook_repair import Repaired, repaired, well_formed
from autograder.submissions.file_kinds import MAX_NOTEBOOK
from autograder.submissions.file_trees import EntryKind, OnDisk, Unreadable
from autograder.submissions.notebooks import NotebookFile, notebooks_in
from autograder.submissions.reading import Handed

SHORT = 40  # letters: what is shorter may be anybody's
MAX_PARTS = 1_000_000  # lists and tables: each takes twenty times the room of its brackets


class Unusable(Exception):
    """A notebook cannot be read; the message is a sentence for its author."""


def released_notebook_in(course: Path, lesson: str) -> Notebook | None:
    """The notebook of an assignment in a course's ``source/``, if it is there."""
    try:
        return read_notebook(course / "source" / lesson / f"{lesson}.ipynb")
    except Unusable:
        return None


def submitted_notebook(handed: Handed, lesson: str, released: Notebook) -> Repaired:
    """The notebook of a submission, repaired.

    It comes from that student's own files only, be they in a zip file. Of several the one counts in
    which the question is answered, else the one of the right name; where none can be read, the
    released one is shown.
    """
    expected = f"{lesson}.ipynb"
    if handed.path.is_symlink() and not handed.files:
        return _released_instead(released, "The submission is a link.")
    if handed.refusal:
        return _released_instead(released, handed.refusal)
    found: list[_Candidate] = []
    refusals: list[str] = []
    for file in notebooks_in(handed, expected):
        try:
            notebook = _parsed(file)
        except Unusable as reason:
            refusals.append(str(reason) if file.name == expected else f"{file.name!r}: {reason}")
            continue
        common = _common(notebook, released)
        if common or file.name == expected:
            made = repaired(notebook, released)
            rank = (made.answered, file.name == expected, common)
            found.append(_Candidate(rank, file.name, notebook, made))
    if not found:
        instead = " ".join(refusals[:2]) or "There is no notebook of this lesson."
        return _released_instead(released, instead)
    best = max(found, key=lambda candidate: candidate.rank)
    if best.name == expected:
        return best.made
    how = f"The notebook was handed in as {best.name!r}."
    if refusals:
        how = f"{refusals[0]} {how}"
    elif any(candidate.name == expected for candidate in found):
        how = f"The answer is in {best.name!r}; in {expected!r} there is none."
    else:
        return repaired(best.notebook, released, how)
    return repaired(best.notebook, released, how, doubtful=True)


class _Candidate(NamedTuple):
    """A notebook that may be the one: of the highest rank is the one that is."""

    rank: tuple[bool, bool, int]
    name: str
    notebook: Notebook
    made: Repaired


def _released_instead(released: Notebook, reason: str) -> Repaired:
    return repaired(
        None,
        released,
        f"{reason} The released notebook is here instead; read what was handed in before you "
        "grade the answer.",
    )


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
        content = OnDisk(str(path), path.name, EntryKind.FILE).content(MAX_NOTEBOOK)
    except Unreadable as reason:
        raise Unusable(str(reason)) from None
    return _parsed(NotebookFile(path.name, content))


def _parsed(file: NotebookFile) -> Notebook:
    if file.refusal:
        raise Unusable(file.refusal)
    if file.content.count(b"[") + file.content.count(b"{") > MAX_PARTS:
        raise Unusable(f"The notebook has more than {MAX_PARTS:,} parts.")
    try:
        found = json.loads(file.content)  # which knows UTF-8 and UTF-16, with a mark or without
    except (ValueError, RecursionError):
        raise Unusable("The notebook is damaged: it is not JSON.") from None
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise Unusable("The file of the notebook holds no notebook of format 4.")
    return found


def as_node(plain: dict[str, Any]) -> Any:
    """A notebook, or a part of one, in the form that nbgrader works with."""
    return from_dict(plain)  # type: ignore[no-untyped-call]


def _common(notebook: Notebook, released: Notebook) -> int:
    """How many cells it has in common with the released one, by their name or their text."""
    names = {grade_id(cell) for cell in released["cells"]} - {None}
    texts = {text for cell in released["cells"] if len(text := source_of(cell)) > SHORT}
    cells = [cell for cell in map(well_formed, notebook["cells"]) if cell is not None]
    return len(names & {*map(grade_id, cells)}) + len(texts & {*map(source_of, cells)})
