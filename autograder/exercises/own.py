"""Exercises of an instructor's own, from a private folder beside the project.

The environment variable `DESCENT_EXERCISES` names the folder. It holds ``exercises.toml``, and for
each module ``<module>/checks.py``, ``<module>/mistakes.py`` and ``solutions/<module>.py``, which
are found as if they lay in the project.
"""

import importlib
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from autograder.exercises.exercise import Exercise, Lesson
from autograder.refused import Refused

VARIABLE = "DESCENT_EXERCISES"
LESSON = {"name": str, "title": str, "module": str, "exercise": list}
EXERCISE = {"name": str, "title": str, "points": int | float}


@cache
def own_folder() -> Path | None:
    """The folder with an instructor's own exercises; None where there is none.

    Raises
    ------
    Refused
        If the variable names something else.
    """
    named = os.environ.get(VARIABLE, "")
    if not named:
        return None
    folder = Path(named).expanduser().resolve()
    if not (folder / "exercises.toml").is_file():
        raise Refused(f"{VARIABLE} names {folder}, but there is no exercises.toml in it.")
    return folder


@cache
def own_lessons() -> tuple[Lesson, ...]:
    """The lessons that the folder's ``exercises.toml`` describes."""
    return tuple(
        Lesson(lesson["name"], lesson["title"], lesson["module"], int(lesson.get("minutes", 0)))
        for lesson in _described()
    )


@cache
def own_exercises() -> tuple[Exercise, ...]:
    """Their exercises."""
    return tuple(
        Exercise(
            name=described["name"],
            module=lesson["module"],
            lesson=lesson["name"],
            points=float(described["points"]),
            title=described["title"],
            hints=tuple(described["hints"]),
            builds_on=tuple(described.get("builds_on", ())),
        )
        for lesson in _described()
        for described in lesson["exercise"]
    )


@cache
def _described() -> tuple[dict[str, Any], ...]:
    """What ``exercises.toml`` says, looked through."""
    folder = own_folder()
    if folder is None:
        return ()
    place = folder / "exercises.toml"
    try:
        found = tomllib.loads(place.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused(f"{place} cannot be read: {error}.") from None
    listed = found.get("lesson", [])
    if not isinstance(listed, list):
        raise Refused(f"{place}: write [[lesson]] above each lesson.")
    lessons = tuple(_table(table, LESSON, f"{place}: a lesson") for table in listed)
    for lesson in lessons:
        for exercise in lesson["exercise"]:
            _table(exercise, EXERCISE, f"{place}: an exercise of {lesson['name']}")
            hints = exercise.setdefault("hints", ["", "", ""])
            if not isinstance(hints, list) or len(hints) != 3:
                raise Refused(f"{place}: {exercise['name']} has three hints, or none.")
    return lessons


def find_own_modules() -> None:
    """Let the folder's checks, mistakes and solutions be imported where the project's are."""
    folder = own_folder()
    if folder is None:
        return
    for package, place in (("autograder.exercises", folder), ("solutions", folder / "solutions")):
        path = importlib.import_module(package).__path__
        if str(place) not in path:
            path.append(str(place))


def refuse_names_of_ours(kind: str, names: list[str]) -> None:
    """Refuse a name that is there twice: one of ours would stand for both."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refused(f"{own_folder()}: there is another {kind} called {', '.join(twice)}.")


def _table(found: Any, keys: dict[str, Any], where: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Refused(f"{where} is a table.")
    for key, kind in keys.items():
        if not isinstance(found.get(key), kind):
            raise Refused(f"{where} needs {key!r}: see the guide on own exercises.")
    return found
