"""What the course map shows of a learner's folder: lessons, exercises, challenges, the next step.

It is read from files and imports no NumPy, because Jupyter Server asks for it when a page opens.
"""

import datetime
import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import autograder
from autograder.exercises.manifest import EXERCISES, LESSONS, Exercise, Lesson, exercises_of
from autograder.learner.folder import LearnerFolder
from autograder.learner.jupyterlab import notebook_of
from autograder.sandbox.outcomes import Outcome
from lab.reading.boxes import due
from lab.widget.kept import Kept

HOUSE = Path(autograder.__file__).parents[1]  # `maintain` knows it, too, but imports NumPy
FROM_LAB = re.compile(r"^from lab import ([\w, ]+)$", re.MULTILINE)
HOME_OF_NAME = re.compile(r'"(\w+)": "lab\.experiments\.(\w+)"')
CHALLENGE = re.compile(r'\bChallenge\(\s*"([\w.]+)",\s*"([^"]*)"')


@dataclass(frozen=True)
class LessonFacts:
    """What the notebook of a lesson says, as it was made.

    Attributes
    ----------
    start : str
        The first code cell: what all others need.
    challenges : dict
        The titles of the challenges in its experiments, by name.
    """

    start: str
    challenges: dict[str, str]


def course_map(folder: LearnerFolder) -> dict[str, Any]:
    """The course as the map shows it, as plain data."""
    known = folder.progress()
    kept = Kept(folder.root)
    met = kept.entries("practice")
    cards = _cards_due(kept)
    return {
        "lessons": [
            {
                "number": int(lesson.name.partition("_")[0]),
                "name": lesson.name,
                "title": lesson.title,
                "minutes": lesson.minutes,
                "notebook": notebook_of(folder, lesson),
                "module": f"course/{lesson.module}.py",
                "start": lesson_facts(lesson).start,
                "cardsDue": cards.get(lesson.name, 0),
                "challenges": [
                    {"name": name, "title": title, "met": name in met}
                    for name, title in lesson_facts(lesson).challenges.items()
                ],
                "exercises": [
                    _row(exercise, known.get(exercise.name, {}))
                    for exercise in exercises_of(lesson.name)
                ],
            }
            for lesson in LESSONS
        ],
        "place": _place(folder),
    }


def _row(exercise: Exercise, last: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "title": exercise.title,
        "points": exercise.points,
        "bonus": exercise.bonus,
        "repair": exercise.bug is not None,
        "outcome": last.get("outcome", str(Outcome.NOT_WRITTEN)),
        "holds": last.get("holds", 0),
        "of": last.get("of", 0),
    }


def _place(folder: LearnerFolder) -> str:
    place = folder.place()
    return place if any(exercise.name == place for exercise in EXERCISES) else ""


def _cards_due(kept: Kept) -> dict[str, int]:
    """How many flash cards that the learner has seen are due today, by lesson."""
    entries, today = kept.entries("cards"), datetime.date.today()
    asked = [name for name, entry in entries.items() if due(entry, today) <= today]
    return Counter(_lessons_of_terms()[name] for name in asked if name in _lessons_of_terms())


@cache
def _lessons_of_terms() -> dict[str, str]:
    terms = tomllib.loads(_text("lessons/glossary.toml")).get("terms", [])
    return {term["term"]: term["lesson"] for term in terms}


@cache
def lesson_facts(lesson: Lesson) -> LessonFacts:
    """What the made notebook of a lesson says; nothing where it is not there."""
    try:
        text = (HOUSE / "lessons" / f"{lesson.name}.ipynb").read_text(encoding="utf-8")
        cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"] if _is_code(cell)]
    except (OSError, ValueError, KeyError, TypeError):
        return LessonFacts("", {})
    shown = {
        name.strip()
        for cell in cells
        for names in FROM_LAB.findall(cell)
        for name in names.split(",")
    }
    return LessonFacts(
        cells[0] if cells else "",
        {key: title for name in sorted(shown) for key, title in _challenges(name).items()},
    )


def _is_code(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "code"


def _challenges(experiment: str) -> dict[str, str]:
    """The challenges of an experiment that `lab` names so."""
    module = dict(HOME_OF_NAME.findall(_text("lab/__init__.py"))).get(experiment)
    return dict(CHALLENGE.findall(_text(f"lab/experiments/{module}.py"))) if module else {}


@cache
def _text(path: str) -> str:
    try:
        return (HOUSE / path).read_text(encoding="utf-8")
    except OSError:
        return ""
