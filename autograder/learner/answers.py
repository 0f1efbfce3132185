"""What a page asks about one exercise or lesson, and what it is answered."""

from collections.abc import Callable
from typing import Any

from autograder.exercises.manifest import exercise, lesson
from autograder.learner.folder import LearnerFolder
from autograder.refused import Refused


def answer(what: str, folder: LearnerFolder, name: str) -> dict[str, Any]:
    """The thing that was asked for, or ``refused`` and a sentence.

    Raises
    ------
    KeyError
        If there is no such question, exercise or lesson.
    """
    try:
        return ANSWERS[what](folder, name)
    except Refused as reason:
        return {"refused": str(reason)}


def _hint(folder: LearnerFolder, name: str) -> dict[str, Any]:
    hints = exercise(name).hints
    return {"hints": hints[: folder.hints_shown(name, more=True)], "of": len(hints)}


def _fresh_function(folder: LearnerFolder, name: str) -> dict[str, Any]:
    from autograder.learner.starting_over import fresh_function

    return fresh_function(folder, exercise(name))


def _fresh_notebook(folder: LearnerFolder, name: str) -> dict[str, Any]:
    from autograder.learner.starting_over import fresh_notebook

    return fresh_notebook(folder, lesson(name))


def _comparison(folder: LearnerFolder, name: str) -> dict[str, Any]:
    from autograder.learner.starting_over import comparison

    return comparison(folder, exercise(name))


def _place(folder: LearnerFolder, name: str) -> dict[str, Any]:
    folder.remember_place(exercise(name).name)
    return {}


ANSWERS: dict[str, Callable[[LearnerFolder, str], dict[str, Any]]] = {
    "hint": _hint,
    "fresh-function": _fresh_function,
    "fresh-notebook": _fresh_notebook,
    "comparison": _comparison,
    "place": _place,
}
