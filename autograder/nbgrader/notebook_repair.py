"""A notebook that was handed in, repaired: every cell that nbgrader knows is there, once.

What a student wrote is kept: answers, and their own cells. What belongs to the release is put back
as it was released, and each repair is reported in a sentence.
"""

import copy
import re
from dataclasses import dataclass
from itertools import count
from typing import Any

from autograder.nbgrader import safe_markdown
from autograder.nbgrader.cells import (
    UNANSWERED,
    Cell,
    Notebook,
    checked_exercise,
    grade_id,
    is_answer,
    source_of,
)

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
STUBS = (UNANSWERED, "YOUR ANSWER HERE")  # ours, and what nbgrader puts there
NOTICE_ID = "what-was-repaired"
MAX_OWN = 200  # a student's own cells, and
MAX_RENDERED = 40_000  # letters of Markdown in them that are shown as such
TYPES = ("code", "markdown", "raw")


@dataclass(frozen=True)
class Repaired:
    """A repaired notebook in format 4.5 without outputs.

    Attributes
    ----------
    notebook : dict
        The notebook.
    notices : list of str
        A sentence for each repair.
    answered : bool
        Whether something is written in the cell of an answer.
    doubt : str
        Why nothing in that cell does not mean that nothing was answered; else empty.
    """

    notebook: Notebook
    notices: list[str]
    answered: bool = False
    doubt: str = ""


def repaired(
    handed_in: Notebook | None, released: Notebook, reason: str = "", *, doubtful: bool = False
) -> Repaired:
    """Repair a notebook.

    Parameters
    ----------
    handed_in : dict or None
        The student's notebook; None where there is none that can be read.
    released : dict
        The notebook in the course's ``source/``.
    reason : str, optional
        A sentence on how the notebook was found, or why it was not.
    doubtful : bool, optional
        Whether that is a reason for a person to look.

    Returns
    -------
    Repaired
        The notebook to grade.
    """
    notices = [reason] if reason else []
    doubt = reason if doubtful or handed_in is None else ""
    if handed_in is None:
        cells = [_clean(cell) for cell in copy.deepcopy(released["cells"])]
    else:
        cells, found = _repaired_cells(handed_in, released, notices)
        doubt = doubt or found
    answered = any(map(_is_answered, cells))
    if notices:
        cells.insert(0, _notice(notices))
    _give_ids(cells)
    metadata = copy.deepcopy(released.get("metadata", {}))
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return Repaired(notebook, notices, answered, doubt)


def _is_answered(cell: Cell) -> bool:
    return bool(grade_id(cell) and is_answer(cell) and source_of(cell).strip() not in STUBS)


def _repaired_cells(
    handed_in: Notebook, released: Notebook, notices: list[str]
) -> tuple[list[Cell], str]:
    """The cells, and why a person has to look for the answer; else nothing."""
    known = {name: cell for cell in released["cells"] if (name := grade_id(cell))}
    theirs = [cell for cell in map(well_formed, handed_in["cells"]) if cell is not None]
    places = _places(theirs, known, notices)
    names = {index: name for name, index in places.items()}
    texts = {source_of(cell) for cell in released["cells"]}
    ids = frozenset(known)
    cells: list[Cell] = []
    own = letters = typed = prose = 0
    for index, cell in enumerate(theirs):
        name = names.get(index)
        made = _restored(cell, known[name], notices) if name else _own(cell)
        ours = cell["source"] in texts
        texts.discard(cell["source"])  # another copy is the student's own
        if name is None and not ours:
            own += 1
            prose += cell["cell_type"] != "code" and cell["source"].strip() not in ("", *STUBS)
            letters += len(cell["source"]) * (cell["cell_type"] != "code")
            if own > MAX_OWN:
                continue
            typed += _made_harmless(made, ids, rendered=letters <= MAX_RENDERED)
        elif name and is_answer(made):
            typed += _made_harmless(made, ids, rendered=True)
        cells.append(made)
    if own > MAX_OWN:
        notices.append(f"{own - MAX_OWN} cells were left out: it held {own} of the student's own.")
    if typed:
        noun = "cell is" if typed == 1 else "cells are"
        notices.append(
            f"{typed} {noun} shown as typed: HTML, diagrams, pictures that are not attached, links "
            "that lead to no other site, and what goes beyond "
            f"{safe_markdown.MAX_LETTERS:,} characters."
        )
    _put_back_missing(cells, known, places, notices)
    return cells, _doubt(known, places, cells, prose, notices)


def _doubt(
    known: dict[str, Cell],
    places: dict[str, int],
    cells: list[Cell],
    prose: int,
    notices: list[str],
) -> str:
    """Why the answer may be elsewhere than in its cell."""
    answers = {name for name, cell in known.items() if is_answer(cell)}
    if answers - {*places}:
        return f"{_called(known[min(answers - {*places})])} was missing; its cell was put back."
    if not prose or all(_is_answered(cell) for cell in cells if grade_id(cell) in answers):
        return ""
    what = "another cell of text is" if prose == 1 else f"{prose} other cells of text are"
    doubt = f"Nothing is written in the cell for the answer, but {what} the student's own."
    notices.append(f"{doubt} Look there for the answer.")
    return doubt


def _made_harmless(cell: Cell, ids: frozenset[str], *, rendered: bool) -> bool:
    """Give a cell a text that can only be read; whether that is another one."""
    before = cell["source"]
    if cell["cell_type"] == "code":
        cell["source"] = safe_markdown.cut(before)
    elif rendered and cell["cell_type"] == "markdown":
        cell["source"] = safe_markdown.harmless(before, cell.get("attachments"), ids)
    else:
        cell |= {"cell_type": "markdown", "source": safe_markdown.verbatim(before)}
    return bool(cell["source"] != before)


def _places(theirs: list[Cell], known: dict[str, Cell], notices: list[str]) -> dict[str, int]:
    """Where each known cell is: by its metadata, else by its id, else by what it checks."""
    by_id = {cell.get("id"): name for name, cell in known.items()}
    by_exercise = {checked_exercise(cell): name for name, cell in known.items()}
    by_exercise.pop(None, None)
    found: dict[str, int] = {}
    for naming in (
        grade_id,
        lambda cell: by_id.get(cell.get("id")),
        lambda cell: by_id.get(str(cell["metadata"].get("id"))),  # where Colab keeps it
        lambda cell: by_exercise.get(checked_exercise(cell)),
    ):
        claims: dict[str, list[int]] = {}
        for index, cell in enumerate(theirs):
            name = naming(cell)
            if name in known and name not in found and index not in found.values():
                claims.setdefault(name, []).append(index)
        for name, indices in claims.items():
            found[name] = _chosen(indices, theirs, known[name])
            if len(indices) > 1:
                notices.append(f"{_called(known[name])} was there {len(indices)} times.")
    return found


def _chosen(indices: list[int], theirs: list[Cell], cell: Cell) -> int:
    """The last of several, or the last in which an answer is written."""
    if is_answer(cell):
        written = [index for index in indices if theirs[index]["source"].strip() not in STUBS]
        indices = written or indices
    return indices[-1]


def _restored(theirs: Cell, ours: Cell, notices: list[str]) -> Cell:
    made = _clean(copy.deepcopy(ours))
    if theirs["cell_type"] != ours["cell_type"]:
        notices.append(
            f"{_called(ours)} had become a {theirs['cell_type']} cell; it is a "
            f"{ours['cell_type']} cell again."
        )
    if is_answer(ours):
        made["source"] = theirs["source"]
        if "attachments" in theirs:
            made["attachments"] = theirs["attachments"]
    elif theirs["source"].strip() != made["source"].strip():
        notices.append(f"{_called(ours)} had been changed; it reads as released again.")
    return made


def _put_back_missing(
    cells: list[Cell], known: dict[str, Cell], places: dict[str, int], notices: list[str]
) -> None:
    """Put what is missing after the known cell that it followed in the release."""
    before = None
    for name, cell in known.items():
        if name not in places:
            names = [grade_id(there) for there in cells]
            index = names.index(before) + 1 if before else 0
            cells.insert(index, _clean(copy.deepcopy(cell)))
            notices.append(
                f"{_called(cell)} was missing; its cell was put back. Look elsewhere for it."
                if is_answer(cell)
                else f"{_called(cell)} was missing; it was put back."
            )
        before = name


def well_formed(cell: Any) -> Cell | None:
    """A cell with a known type and a text, or None."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in TYPES:
        return None
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    metadata, name = cell.get("metadata"), cell.get("id")
    kept: Cell = {
        "cell_type": cell["cell_type"],
        "id": None if isinstance(name, (dict, list)) else name,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": source.encode("utf-8", "replace").decode(),
    }
    if cell["cell_type"] == "markdown" and (
        attached := safe_markdown.pictures(cell.get("attachments"))
    ):
        kept["attachments"] = attached
    return kept


def _own(cell: Cell) -> Cell:
    """A student's own cell, or a copy: nbgrader knows nothing of it."""
    return _clean({**cell, "metadata": {}})


def _clean(cell: Cell) -> Cell:
    """A cell without outputs, its text in one piece."""
    cell["source"] = source_of(cell)
    if cell["cell_type"] == "code":
        cell |= {"execution_count": None, "outputs": []}
        cell.pop("attachments", None)
    else:
        cell.pop("execution_count", None)
        cell.pop("outputs", None)
    return cell


def _notice(notices: list[str]) -> Cell:
    lines = "\n".join(f"- {safe_markdown.as_prose(notice)}" for notice in notices)
    return {
        "cell_type": "markdown",
        "id": NOTICE_ID,
        "metadata": {},
        "source": f"**Before grading, this notebook was repaired.**\n\n{lines}",
    }


def _give_ids(cells: list[Cell]) -> None:
    """Give every cell an id that no other has, those of the release first."""
    seen: set[str] = set()
    free = (fresh for number in count(1) if (fresh := f"cell-{number}") not in seen)
    for cell in sorted(cells, key=lambda cell: grade_id(cell) is None):
        name = cell.get("id")
        if not isinstance(name, str) or not CELL_ID.fullmatch(name) or name in seen:
            name = next(free)
        cell["id"] = name
        seen.add(name)


def _called(cell: Cell) -> str:
    exercise = checked_exercise(cell)
    if exercise:
        return f"The check cell of {exercise.name}"
    if is_answer(cell):
        return "The answer to the question"
    return f"The cell “{grade_id(cell)}”"
