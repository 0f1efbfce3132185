"""What must agree, for maintainers: each disagreement with its place and its remedy."""

from pathlib import Path

from autograder.maintain.verify import (
    attacks,
    bugs,
    course,
    exercises,
    experiments,
    lessons,
    minutes,
    pages,
)
from autograder.maintain.verify.disagreement import Disagreement

__all__ = ["Disagreement", "disagreements"]


def disagreements(root: Path) -> list[Disagreement]:
    """Everything in the project that does not agree; empty where all is well."""
    parts = (course, exercises, bugs, lessons, minutes, experiments, attacks, pages)
    found = [disagreement for part in parts for disagreement in part.disagreements(root)]
    return list(dict.fromkeys(found))  # a module that is not Python disturbs several parts
