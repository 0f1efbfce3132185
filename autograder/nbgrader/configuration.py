"""What `descent release` writes besides the assignments: nbgrader's configuration."""

import json
from pathlib import Path
from typing import Any

from autograder.nbgrader.cells import UNANSWERED

SECRET = "secret.txt"
RECORD = ".first_descent.json"  # what earlier releases made here, and which lessons are exams
CONFIGURATION = f"""\
# Made by `descent release`. Yours to change: a changed file is never overwritten.
c = get_config()  # noqa: F821

# The name under which the exchange keeps this course.
c.CourseDirectory.course_id = "first_descent"

# Collect only ordinary files: nbgrader itself follows links that students put into the exchange.
# An exchange that is not a folder, such as ngshare, has its own collector: take this out then.
c.ExchangeFactory.collect = "autograder.nbgrader.plugins.CollectFiles"

# What is in an answer to a reflection question until the student writes one.
c.ClearSolutions.text_stub = "{UNANSWERED}"

# Read what was handed in as data, repair moved, copied, deleted or retyped cells, and keep of
# other files only the modules. Nothing that was released or handed in is copied over them.
c.Autograde.pre_convert_hook = "autograder.nbgrader.plugins.expect_notebook"
c.Autograde.exporter_class = "autograder.nbgrader.plugins.SubmittedNotebooks"

# Run no cell: each check cell gets its card and its points from the sandboxed grader.
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader.plugins.GradeInSandbox",  # instead of nbgrader's Execute
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "autograder.nbgrader.plugins.SaveScores",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Of an exam there are no pages until `descent release DIR --feedback`.
c.GenerateFeedback.exporter_class = "autograder.nbgrader.plugins.FeedbackPages"

# Seeds the hidden inputs, together with each student's name. It is never released.
c.GradeInSandbox.secret_file = "{SECRET}"
"""


def recorded(folder: Path) -> dict[str, Any]:
    """What earlier releases noted in a course's folder; nothing where that cannot be read."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def was_released(folder: Path, lesson: str) -> bool:
    """Whether `descent release` wrote an assignment of this name into a course's folder."""
    files = recorded(folder).get("files", {})
    return isinstance(files, dict) and f"source/{lesson}/{lesson}.ipynb" in files


def withheld_lessons(folder: Path) -> list[str]:
    """The lessons of a course that are exams whose feedback is not released."""
    found = recorded(folder)
    exams, released = found.get("exams", []), found.get("feedback released", [])
    known = exams if isinstance(exams, list) else []
    return [str(name) for name in known if not isinstance(released, list) or name not in released]
