"""The names in an instructor's `nbgrader_config.py`, which is never overwritten: a promise.

Whatever moves behind them, they stay here.
"""

from autograder.nbgrader.autograde_input import SubmittedNotebooks, expect_notebook
from autograder.nbgrader.canvas_export import CanvasExport
from autograder.nbgrader.collect import CollectFiles
from autograder.nbgrader.preprocessors import GradeInSandbox, SaveScores

__all__ = [
    "CanvasExport",
    "CollectFiles",
    "GradeInSandbox",
    "SaveScores",
    "SubmittedNotebooks",
    "expect_notebook",
]
