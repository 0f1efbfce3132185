"""`check`, as the notebooks of a release call it: for learners and for an nbgrader of any kind."""

import os
from pathlib import Path

from autograder.exercises.manifest import EXERCISES, MODULES
from autograder.exercises.selection import UnknownExercise, selected
from autograder.grading.grade import grade
from autograder.learner import check as selfcheck
from autograder.learner.card import Card
from autograder.learner.check import warm_backend
from autograder.learner.folder import LearnerFolder
from autograder.submissions.submission import Submission


class ReleasedCard(Card):
    """A card whose plain-text form is what nbgrader takes as the cell's score.

    A bonus is not part of it: nbgrader refuses a score above the points of its cell.
    """

    @property
    def points(self) -> float:
        """Points earned, without bonus."""
        bonus = {exercise.name for exercise in EXERCISES if exercise.bonus}
        return sum(graded.score for graded in self.result.exercises if graded.name not in bonus)


def check(*names: str) -> Card | None:
    """Check what you have written so far and show what holds, what does not, and why.

    When nbgrader autogrades a notebook without the configuration of `descent release`, it first
    puts the released modules over the learner's. What was handed in is still next to it, and that
    is what is checked then.

    Parameters
    ----------
    *names : str
        Exercises, modules or lessons, as for `autograder.check`, which returns the same card.

    Returns
    -------
    Card or None
        None where all names are an instructor's own exercises whose checks are not here.
    """
    try:
        return _checked(names)
    except UnknownExercise:
        if not _only_instructor_knows(names):
            raise
    print(f"{', '.join(names)}: checked once you have handed in.")
    return None


def _checked(names: tuple[str, ...]) -> Card:
    handed_in = _handed_in(Path.cwd())
    if handed_in is None:
        card = selfcheck.check(*names)
        return ReleasedCard(card.result, card.notes)
    files = LearnerFolder(handed_in).files()
    return ReleasedCard(grade(Submission("", files), warm_backend(), selected(names)))


def _handed_in(here: Path) -> Path | None:
    """The submission that nbgrader is autograding in this process, if it is."""
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        return None
    folder = here.parents[2] / "submitted" / here.parent.name / here.name
    return folder if (folder / "course").is_dir() else None


def _only_instructor_knows(names: tuple[str, ...]) -> bool:
    """Whether names are of modules in ``course/`` that are not ours, and nothing is graded now."""
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        return False  # where nothing is shown, nbgrader gives full marks
    files = LearnerFolder.find().files()
    theirs = [text for path, text in files.items() if Path(path).stem not in (*MODULES, "__init__")]
    return all(
        any(f"{kind} {name}".encode() in text for kind in ("def", "class") for text in theirs)
        for name in names
    )
