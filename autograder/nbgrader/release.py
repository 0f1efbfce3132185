"""`descent release`: a folder that nbgrader takes as a course, with one assignment for a lesson."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.atomic_files import write_json
from autograder.batch.assignment import draw_secret
from autograder.exercises.manifest import LESSONS, OWN, Lesson
from autograder.learner.exam import EXAM, NOTICE
from autograder.maintain.make import solution_text, stub
from autograder.nbgrader.configuration import (
    CONFIGURATION,
    RECORD,
    SECRET,
    recorded,
    withheld_lessons,
)
from autograder.nbgrader.released_notebook import released_notebook
from autograder.refused import Refused

PACKAGE_LINE = '"""The modules that you write: one for each lesson."""\n'


@dataclass(frozen=True)
class Released:
    """Which files a release wrote, new or changed, whether it drew the secret, and the exams."""

    written: tuple[Path, ...]
    new_secret: bool
    exams: tuple[str, ...] = ()


def release(
    folder: Path,
    chosen: Sequence[Lesson],
    *,
    earlier: str = "stubs",
    exam: bool = False,
    points: Mapping[str, float] | None = None,
) -> Released:
    """Write a course folder for nbgrader.

    Parameters
    ----------
    folder : Path
        Where; it is made if it is not there.
    chosen : sequence of Lesson
        The lessons, each to become an assignment of its name.
    earlier : {"stubs", "solved"}, optional
        What is in the modules of earlier lessons: what learners start from, or the solutions.
    exam : bool, optional
        Whether these lessons are exams; one that was released as an exam stays one.
    points : mapping, optional
        What exercises are worth, where it is something else than the manifest says; without it as
        at the last release.

    Raises
    ------
    Refused
        If a file that a person made or changed would be overwritten; nothing is written then.
    """
    before = recorded(folder)
    exams = {*before.get("exams", []), *(lesson.name for lesson in chosen if exam)}
    worth = before.get("points", {}) if points is None else points
    wanted = {"nbgrader_config.py": CONFIGURATION}
    for lesson in chosen:
        wanted |= assignment_files(lesson, earlier, worth, exam=lesson.name in exams)
    marks = {str(name): str(mark) for name, mark in before.get("files", {}).items()}
    written = []
    for name in _outdated(folder, wanted, marks):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8", newline="\n")
        written.append(path)
    made = {name: _fingerprint(text.encode()) for name, text in wanted.items()}
    kept = {**before, "made by": "descent release", "files": {**marks, **made}}
    if exams:
        kept["exams"] = sorted(exams)
    if worth:
        kept["points"] = dict(worth)
    write_json(folder / RECORD, kept)
    chosen_exams = tuple(lesson.name for lesson in chosen if lesson.name in exams)
    return Released(tuple(written), draw_secret(folder / SECRET), chosen_exams)


def release_feedback(folder: Path, chosen: Sequence[Lesson]) -> list[str]:
    """Let the feedback of exams be made; the assignments stay as they were handed out.

    Returns
    -------
    list of str
        The lessons whose feedback was withheld until now.

    Raises
    ------
    Refused
        If none of these lessons is an exam here.
    """
    before = recorded(folder)
    names = [lesson.name for lesson in chosen if lesson.name in before.get("exams", [])]
    if not names:
        raise Refused(f"None of these lessons is an exam in {folder}: there is nothing to release.")
    waiting = withheld_lessons(folder)
    released = sorted({*before.get("feedback released", []), *names})
    write_json(folder / RECORD, {**before, "feedback released": released})
    return [name for name in names if name in waiting]


def assignment_files(
    lesson: Lesson,
    earlier: str = "stubs",
    points: Mapping[str, float] | None = None,
    *,
    exam: bool = False,
) -> dict[str, str]:
    """The files of one assignment by their path in the course folder."""
    source = f"source/{lesson.name}"
    made = released_notebook(lesson, points, exam=exam)
    notebook = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
    files = {f"{source}/{EXAM}": NOTICE} if exam else {}
    files |= {
        f"{source}/{lesson.name}.ipynb": notebook + "\n",
        f"{source}/course/__init__.py": PACKAGE_LINE,
    }
    earlier_lessons = () if lesson.name in OWN else LESSONS[: LESSONS.index(lesson)]
    for before in (*earlier_lessons, lesson):
        text = solution_text(before.module)
        if before is lesson or earlier == "stubs":
            text = stub(text, before.module)
        files[f"{source}/course/{before.module}.py"] = text
    return files


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _outdated(folder: Path, wanted: dict[str, str], marks: dict[str, str]) -> list[str]:
    """The files to write, after refusing to overwrite what a person made or changed."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; name a folder.")
    outdated, theirs = [], []
    for name, text in wanted.items():
        path, known = folder / name, marks.get(name)
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
