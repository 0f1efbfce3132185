"""What `descent release` writes besides the assignments: nbgrader's configuration."""

CONFIGURATION = """\
# Made by `descent release`. Yours to change: a changed file is never overwritten.
c = get_config()  # noqa: F821

# The name under which the exchange keeps this course.
c.CourseDirectory.course_id = "first_descent"

# Collect ordinary files alone: nbgrader itself follows links that students put into the exchange.
# An exchange that is no folder, such as ngshare, has a collector of its own: take this out then.
c.ExchangeFactory.collect = "autograder.nbgrader.collect.CollectFiles"

# What stands in an answer to a reflection question until the student writes one.
c.ClearSolutions.text_stub = "{unanswered}"

# Read what was handed in as data, put moved, copied, deleted or retyped cells right, and keep of
# other files the modules alone. Nothing that was released or handed in is copied over them.
c.Autograde.pre_convert_hook = "autograder.nbgrader.autograde_input.expect_notebook"
c.Autograde.exporter_class = "autograder.nbgrader.autograde_input.SubmittedNotebooks"

# Run no cell: each check cell gets its card and its points from the sandboxed grader.
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader.preprocessors.GradeInSandbox",  # in the place of nbgrader's Execute
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "autograder.nbgrader.preprocessors.SaveScores",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Seeds the hidden inputs, together with each student's name. It is never released.
c.GradeInSandbox.secret_file = "{secret}"
"""


def configuration_text(secret: str, unanswered: str) -> str:
    """The text of ``nbgrader_config.py``.

    Parameters
    ----------
    secret : str
        The name of the file that holds the secret, in the course's folder.
    unanswered : str
        What stands in an answer that nobody has written yet.
    """
    return CONFIGURATION.format(secret=secret, unanswered=unanswered)
