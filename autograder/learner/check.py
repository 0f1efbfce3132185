"""`check`: what a learner calls in a notebook, and `descent check` in the terminal."""

import atexit
from dataclasses import replace
from functools import cache

from autograder.exercises.manifest import Exercise
from autograder.exercises.selection import selected
from autograder.grading.grade import grade
from autograder.grading.results import SubmissionResult
from autograder.learner.card import Card
from autograder.learner.course_import import other_course, written_in_notebook
from autograder.learner.exam import is_exam, withheld
from autograder.learner.folder import LearnerFolder
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.file_trees import OnDisk
from autograder.submissions.look_alikes import notes_on
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
        notes = (*card.notes, other_course(folder), *written_in_notebook(card.result))
        return replace(card, notes=tuple(filter(None, notes)))
    finally:
        backend.warm_up()


def check_folder(folder: LearnerFolder, exercises: tuple[Exercise, ...], backend: Backend) -> Card:
    """Check exercises of a learner's folder and record the results as progress."""
    files = folder.files()
    result = grade(Submission("", files), backend, exercises)
    if is_exam(folder.root):
        result = withheld(result)
    not_kept = folder.remember(result.exercises, files)
    notes = [not_kept] if not_kept else []
    return Card(result, (*notes, *_look_alikes(folder, result, files)))


def _look_alikes(
    folder: LearnerFolder, result: SubmissionResult, files: dict[str, bytes]
) -> list[str]:
    """What is in the folder that may be meant, where something is not written."""
    unwritten = {
        graded.module for graded in result.exercises if graded.outcome is Outcome.NOT_WRITTEN
    }
    if not unwritten:
        return []
    top = OnDisk(str(folder.root))
    course = OnDisk(str(folder.root / "course"), "course")
    found = notes_on([top], course, files, kept=False)  # who starts over was told of the copy
    return [note.text for note in found if note.about in unwritten]


@cache
def warm_backend() -> UnwalledBackend:
    """The backend of this process, with an interpreter that waits for the next check."""
    backend = UnwalledBackend()
    atexit.register(backend.close)
    return backend
