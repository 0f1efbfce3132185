"""`check`: what a learner calls in a notebook, and `descent check` in the terminal."""

import atexit
from functools import cache

from autograder.exercises.manifest import Exercise
from autograder.exercises.selection import selected
from autograder.grading.grade import grade
from autograder.grading.results import SubmissionResult
from autograder.learner.card import Card
from autograder.learner.folder import LearnerFolder
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission


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


@cache
def warm_backend() -> UnwalledBackend:
    """The backend of this process, with an interpreter that waits for the next check."""
    backend = UnwalledBackend()
    atexit.register(backend.close)
    return backend
