"""`check`: what a learner calls in a notebook, and `descent check` in the terminal."""

import atexit
import sys
from dataclasses import replace
from functools import cache

from autograder.exercises.manifest import Exercise
from autograder.exercises.selection import selected
from autograder.grading.grade import grade
from autograder.learner.card import Card
from autograder.learner.course_import import other_course
from autograder.learner.folder import LearnerFolder
from autograder.sandbox.outcomes import Outcome
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
        folder = LearnerFolder.find()
        card = check_folder(folder, selected(names), backend)
        notes = (*card.notes, other_course(folder), *written_in_notebook(card))
        return replace(card, notes=tuple(filter(None, notes)))
    finally:
        backend.warm_up()


def written_in_notebook(card: Card) -> list[str]:
    """A sentence for each unwritten exercise that a cell of the notebook defines instead."""
    here = vars(sys.modules["__main__"])
    return [
        f"`{result.name}` is defined in this notebook, but `check` reads "
        f"course/{result.module}.py: move it there, and save the file."
        for result in card.result.exercises
        if result.outcome is Outcome.NOT_WRITTEN
        and getattr(here.get(result.name), "__module__", None) == "__main__"
    ]


def check_folder(
    folder: LearnerFolder, exercises: tuple[Exercise, ...], backend: UnwalledBackend
) -> Card:
    """Check exercises of a learner's folder and record the results as progress."""
    files = folder.files()
    result = grade(Submission("", files), backend, exercises)
    not_kept = folder.remember(result.exercises, files)
    return Card(result, (not_kept,) if not_kept else ())


@cache
def warm_backend() -> UnwalledBackend:
    """The backend of this process, with an interpreter that waits for the next check."""
    backend = UnwalledBackend()
    atexit.register(backend.close)
    return backend
