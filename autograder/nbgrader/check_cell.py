"""`check`, as the notebooks of a release call it: for learners and for an nbgrader of any kind."""

import os
from pathlib import Path

from autograder.exercises.manifest import EXERCISES
from autograder.exercises.selection import selected
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


def check(*names: str) -> Card:
    """Check what you have written so far and show what holds, what does not, and why.

    When nbgrader autogrades a notebook without the configuration of `descent release`, it first
    puts the released modules over the learner's. What was handed in is still next to it, and that
    is what is checked then.

    Parameters
    ----------
    *names : str
        Exercises, modules or lessons, as for `autograder.check`, which returns the same card.
    """
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
