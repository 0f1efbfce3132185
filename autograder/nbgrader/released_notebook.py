"""The notebook of a lesson as students get it: nbgrader's ids and points, and how to hand it in."""

import json
from collections.abc import Mapping
from pathlib import Path

import lessons as lessons_package
from autograder.exercises.manifest import LESSONS, OWN, Lesson, exercises_of
from autograder.exercises.own import own_folder
from autograder.nbgrader.cells import (
    UNANSWERED,
    Cell,
    Notebook,
    answer_metadata,
    check_metadata,
    checked_exercise,
    setup_metadata,
    source_of,
    tags_of,
)
from autograder.refused import Refused

FROM_HERE, IN_RELEASE = "from autograder import check", "from autograder.nbgrader import check"
RELOADING = "%load_ext autoreload\n%autoreload 2"
MAX_ID = 64  # letters of a cell's id


def released_notebook(
    lesson: Lesson, points: Mapping[str, float] | None = None, *, exam: bool = False
) -> Notebook:
    """The lesson's notebook with nbgrader's ids and points, and how to hand it in."""
    notebook = _notebook_of(lesson)
    checked: set[str] = set()
    answers = 0
    for cell in notebook["cells"]:
        exercise = checked_exercise(cell)
        if exercise and exercise.lesson == lesson.name and exercise.name not in checked:
            checked.add(exercise.name)
            cell["metadata"]["nbgrader"] = check_metadata(
                exercise, (points or {}).get(exercise.name)
            )
        elif "answer" in tags_of(cell):
            answers += 1
            cell["metadata"]["nbgrader"] = answer_metadata(answers)
            cell["source"] = UNANSWERED
        elif FROM_HERE in source_of(cell).splitlines():
            cell["source"] = source_of(cell).replace(FROM_HERE, IN_RELEASE)
            cell["metadata"]["nbgrader"] = setup_metadata()
    unchecked = [
        exercise.name for exercise in exercises_of(lesson.name) if exercise.name not in checked
    ]
    if unchecked:
        names = ", ".join(unchecked)
        raise Refused(f"The notebook of {lesson.name} has no check cell for {names}.")
    handing_in = {
        "cell_type": "markdown",
        "id": "handing-in",
        "metadata": {},
        "source": handing_in_text(lesson, graded_answers=answers, exam=exam),
    }
    notebook["cells"].insert(1, handing_in)
    notebook["metadata"].pop("first_descent", None)
    return notebook


def _notebook_of(lesson: Lesson) -> Notebook:
    """The lesson as it stands; of an instructor's own, the private folder's or a plain one."""
    ours = Path(lessons_package.__file__ or "").parent
    folder = own_folder() if lesson.name in OWN else ours
    path = (folder or ours) / f"{lesson.name}.ipynb"
    if lesson.name in OWN and not path.is_file():
        return _plain_notebook(lesson)
    try:
        notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read as a notebook: {error}.") from None
    return notebook


def _plain_notebook(lesson: Lesson) -> Notebook:
    """A notebook that names the exercises of a lesson and checks each."""
    where = f"course/{lesson.module}.py"
    cells = [
        _cell("title", "markdown", f"# {lesson.title}"),
        _cell("load", "code", f"{RELOADING}\n{FROM_HERE}\nfrom course import {lesson.module}"),
    ]
    for asked in exercises_of(lesson.name):
        text = (
            f"## {asked.title[:1].upper()}{asked.title[1:]}\n\nWrite `{asked.name}` in `{where}`."
        )
        cells += [
            _cell(f"write-{asked.name}"[:MAX_ID], "markdown", text),
            _cell(f"check-{asked.name}"[:MAX_ID], "code", f'check("{asked.name}")'),
        ]
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {"kernelspec": python},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(name: str, kind: str, source: str) -> Cell:
    code: Cell = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source, **code}


def handing_in_text(lesson: Lesson, *, graded_answers: int, exam: bool = False) -> str:
    """What a student has to know about this assignment, in Markdown."""
    answer = ", and your answer to the question near the end, which a person reads"
    text = (
        "**This lesson is an assignment.** You write your functions in "
        f"`course/{lesson.module}.py`, in the folder of this notebook. Save the file, run its "
        "check cell, and go on until you are content; then hand in the whole folder: "
        f"*Nbgrader → Assignment List → Submit*, or `nbgrader submit {lesson.name}` in a "
        "terminal. You may hand in again until it is due; the last one counts.\n\n"
        f"Graded are the functions in `course/`{answer if graded_answers else ''}. Cells that you "
        "add to the notebook are not run for your grade. Some checks are made again with inputs "
        "that you do not see here."
    )
    if exam:
        text += (
            "\n\n**It is an exam.** A check says whether a function is written and whether its "
            "module can be imported, and no more: there are no points, reasons or hints. These "
            "come with the feedback, once everybody has handed in. Try your functions in cells of "
            "your own."
        )
    names = ", ".join(f"`{before.module}.py`" for before in LESSONS[1 : LESSONS.index(lesson)])
    if names and lesson.name not in OWN:
        text += (
            f"\n\nWhat you wrote in earlier lessons ({names}) may be copied into this folder's "
            "`course/`. It is not graded again, and where it is missing the lesson goes on with "
            "its own functions."
        )
    return text
