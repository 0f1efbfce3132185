"""The probable cause of a wrong answer that no catalogued mistake explains."""

from autograder.diagnosis.structure import probable_cause

__all__ = ["probable_cause"]
