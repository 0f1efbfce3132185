"""Under this name, configurations that were released before `plugins` find what they name."""

from autograder.nbgrader.plugins import CollectFiles

__all__ = ["CollectFiles"]
