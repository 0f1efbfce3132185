"""What a batch grades, and the result of a submission that could not be judged."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from autograder.exercises.selection import graded_exercises
from autograder.grading.results import SubmissionResult
from autograder.sandbox.wall import Wall


@dataclass(frozen=True)
class Assignment:
    """What is graded, and how.

    Attributes
    ----------
    name : str
        A lesson, or ``"all"``.
    secret : str
        Seeds the random inputs, with the student's name.
    wall : Wall
        The isolation.
    hidden : tuple of str
        Folders and files that submissions must not be able to see.
    """

    name: str = "all"
    secret: str = ""
    wall: Wall = Wall.NAMESPACES
    hidden: tuple[str, ...] = ()


def draw_secret(path: Path) -> bool:
    """Draw an assignment's secret unless there is one; only its owner can read it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
    return True


def unscored(
    student: str, status: str, reason: str, assignment: Assignment, seconds: float = 0.0
) -> SubmissionResult:
    """The result of a submission that no judgment was completed for."""
    most = float(
        sum(exercise.points for exercise in graded_exercises(assignment.name) if not exercise.bonus)
    )
    return SubmissionResult(student, status, None, most, 0.0, reason, seconds, ())
