"""`check`: what a learner calls in a notebook, and `descent check` in the terminal."""

import atexit
import difflib
from functools import cache

from autograder.exercises.manifest import EXERCISES, LESSONS, Exercise
from autograder.grading.grade import Submission, grade
from autograder.grading.results import SubmissionResult
from autograder.learner.card import Card
from autograder.learner.folder import LearnerFolder
from autograder.sandbox.unwalled import UnwalledBackend


class UnknownExercise(ValueError):
    """There is no exercise, module or lesson of a name."""


def check(*names: str) -> Card:
    """Check what you have written so far and show what holds, what does not, and why.

    Parameters
    ----------
    *names : str
        Exercises, modules or lessons: ``check("softmax")``, ``check("losses")``. Nothing means all.

    Returns
    -------
    Card
        Shown in a notebook as a card, printed as text; its plain value is the number of points.

    Raises
    ------
    UnknownExercise
        If a name is none of these; the message names the nearest.
    NoCourse
        If there is no folder ``course/`` here or above.
    """
    backend = warm_backend()
    try:
        return Card(check_folder(LearnerFolder.find(), selected(names), backend))
    finally:
        backend.warm_up()


def check_folder(
    folder: LearnerFolder, exercises: tuple[Exercise, ...], backend: UnwalledBackend
) -> SubmissionResult:
    """Check exercises of a learner's folder and record the results as progress."""
    files = folder.files()
    result = grade(Submission("", files), backend, exercises)
    folder.remember(result.exercises, files)
    return result


def selected(names: tuple[str, ...]) -> tuple[Exercise, ...]:
    """The exercises that names of exercises, modules and lessons stand for, in course order."""
    if not names:
        return tuple(each for each in EXERCISES if not each.bonus)
    chosen: set[str] = set()
    for name in names:
        exact = {each.name for each in EXERCISES if each.name == name}
        several = {
            each.name for each in EXERCISES if name in (each.module, each.lesson) and not each.bonus
        }
        if not exact and not several:
            raise UnknownExercise(_unknown(name))
        chosen |= exact or several  # `gradient_descent` is both: it means the exercise
    return tuple(each for each in EXERCISES if each.name in chosen)


@cache
def warm_backend() -> UnwalledBackend:
    """The backend of this process, with an interpreter that waits for the next check."""
    backend = UnwalledBackend()
    atexit.register(backend.close)
    return backend


def _unknown(name: str) -> str:
    known = [each.name for each in EXERCISES]
    known += [part for lesson in LESSONS for part in (lesson.name, lesson.module)]
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"There is no exercise, module or lesson {name!r}.{hint}"
