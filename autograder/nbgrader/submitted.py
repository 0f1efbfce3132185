"""Under this name, configurations that were released before `plugins` find what they name."""

from autograder.nbgrader.plugins import SubmittedNotebooks, expect_notebook

__all__ = ["SubmittedNotebooks", "expect_notebook"]
