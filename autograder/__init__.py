"""The grader of First Descent: checks what learners write and says what holds and why."""

from autograder.learner.check import check

__all__ = ["check"]
