"""`descent release`: a folder that nbgrader takes as a course, with one assignment for a lesson."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lessons as lessons_package
from autograder.atomic_files import write_json
from autograder.batch.assignment import draw_secret
from autograder.exercises.manifest import LESSONS, Lesson, exercises_of
from autograder.maintain.make import solution_text, stub
from autograder.nbgrader.cells import (
    UNANSWERED,
    Notebook,
    answer_metadata,
    check_metadata,
    checked_exercise,
    setup_metadata,
    source_of,
    tags_of,
)
from autograder.nbgrader.configuration import CONFIGURATION, SECRET
from autograder.refused import Refused

RECORD = ".first_descent.json"
FROM_HERE, IN_RELEASE = "from autograder import check", "from autograder.nbgrader import check"
PACKAGE_LINE = '"""The modules that you write: one for each lesson."""\n'


@dataclass(frozen=True)
class Released:
    """Which files a release wrote, new or changed, and whether it drew the secret."""

    written: tuple[Path, ...]
    new_secret: bool


def release(folder: Path, chosen: Sequence[Lesson], *, earlier: str = "stubs") -> Released:
    """Write a course folder for nbgrader.

    Parameters
    ----------
    folder : Path
        Where; it is made if it is not there.
    chosen : sequence of Lesson
        The lessons, each to become an assignment of its name.
    earlier : {"stubs", "solved"}, optional
        What is in the modules of earlier lessons: what learners start from, or the solutions.

    Raises
    ------
    Refused
        If a file that a person made or changed would be overwritten; nothing is written then.
    """
    wanted = {"nbgrader_config.py": CONFIGURATION}
    for lesson in chosen:
        wanted |= assignment_files(lesson, earlier=earlier)
    recorded = _recorded(folder)
    written = []
    for name in _outdated(folder, wanted, recorded):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8", newline="\n")
        written.append(path)
    made = {name: _fingerprint(text.encode()) for name, text in wanted.items()}
    write_json(folder / RECORD, {"made by": "descent release", "files": {**recorded, **made}})
    return Released(tuple(written), draw_secret(folder / SECRET))


def assignment_files(lesson: Lesson, *, earlier: str = "stubs") -> dict[str, str]:
    """The files of one assignment by their path in the course folder."""
    source = f"source/{lesson.name}"
    notebook = json.dumps(released_notebook(lesson), ensure_ascii=False, indent=1, sort_keys=True)
    files = {
        f"{source}/{lesson.name}.ipynb": notebook + "\n",
        f"{source}/course/__init__.py": PACKAGE_LINE,
    }
    for before in LESSONS[: LESSONS.index(lesson) + 1]:
        text = solution_text(before.module)
        if before is lesson or earlier == "stubs":
            text = stub(text, before.module)
        files[f"{source}/course/{before.module}.py"] = text
    return files


def released_notebook(lesson: Lesson) -> Notebook:
    """The lesson's notebook with nbgrader's ids and points, and how to hand it in."""
    path = Path(lessons_package.__file__ or "").parent / f"{lesson.name}.ipynb"
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    checked: set[str] = set()
    answers = 0
    for cell in notebook["cells"]:
        exercise = checked_exercise(cell)
        if exercise and exercise.lesson == lesson.name and exercise.name not in checked:
            checked.add(exercise.name)
            cell["metadata"]["nbgrader"] = check_metadata(exercise)
        elif "answer" in tags_of(cell):
            answers += 1
            cell["metadata"]["nbgrader"] = answer_metadata(answers)
            cell["source"] = UNANSWERED
        elif FROM_HERE in source_of(cell).splitlines():
            cell["source"] = source_of(cell).replace(FROM_HERE, IN_RELEASE)
            cell["metadata"]["nbgrader"] = setup_metadata()
    unchecked = [one.name for one in exercises_of(lesson.name) if one.name not in checked]
    if unchecked:
        names = ", ".join(unchecked)
        raise Refused(f"The notebook of {lesson.name} has no check cell for {names}.")
    handing_in = {
        "cell_type": "markdown",
        "id": "handing-in",
        "metadata": {},
        "source": handing_in_text(lesson, graded_answers=answers),
    }
    notebook["cells"].insert(1, handing_in)
    notebook["metadata"].pop("first_descent", None)
    return notebook


def handing_in_text(lesson: Lesson, *, graded_answers: int) -> str:
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
    names = ", ".join(f"`{before.module}.py`" for before in LESSONS[1 : LESSONS.index(lesson)])
    if names:
        text += (
            f"\n\nWhat you wrote in earlier lessons ({names}) may be copied into this folder's "
            "`course/`. It is not graded again, and where it is missing the lesson goes on with "
            "its own functions."
        )
    return text


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _recorded(folder: Path) -> dict[str, str]:
    """Fingerprints of the files that earlier releases made here."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {str(name): str(mark) for name, mark in found.items()}


def _outdated(folder: Path, wanted: dict[str, str], recorded: dict[str, str]) -> list[str]:
    """The files to write, after refusing to overwrite what a person made or changed."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; name a folder.")
    outdated, theirs = [], []
    for name, text in wanted.items():
        path, known = folder / name, recorded.get(name)
        found = path.read_bytes() if path.is_file() else b""
        if not path.exists() or (found != text.encode() and known == _fingerprint(found)):
            outdated.append(name)
        elif found != text.encode() and known != _fingerprint(text.encode()):
            theirs.append(name)  # else there is nothing new for what a person changed
    if theirs:
        raise Refused(
            f"{folder} holds files that a person made or changed: {', '.join(theirs)}. Move them "
            "away or choose another folder; nothing was written."
        )
    return outdated
