"""The names in an instructor's `nbgrader_config.py`, which is never overwritten: a promise.

Whatever moves behind them, they stay here.
"""

from autograder.nbgrader.autograde_input import SubmittedNotebooks, expect_notebook
from autograder.nbgrader.collect import CollectFiles
from autograder.nbgrader.feedback_exporter import FeedbackPages
from autograder.nbgrader.gradebook_scores import CanvasExport
from autograder.nbgrader.preprocessors import GradeInSandbox, SaveScores

__all__ = [
    "CanvasExport",
    "CollectFiles",
    "FeedbackPages",
    "GradeInSandbox",
    "SaveScores",
    "SubmittedNotebooks",
    "expect_notebook",
]
