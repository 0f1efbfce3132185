"""The probable cause of a wrong answer, and the known mistake behind it where there is one."""

from autograder.diagnosis.exceptions import cause_of_exception
from autograder.diagnosis.relations.shapes import probable_cause

__all__ = ["cause_of_exception", "probable_cause"]
