"""What `descent release` writes besides the assignments: nbgrader's configuration."""

from autograder.nbgrader.cells import UNANSWERED

SECRET = "secret.txt"
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

# Seeds the hidden inputs, together with each student's name. It is never released.
c.GradeInSandbox.secret_file = "{SECRET}"
"""
