"""Of a hidden criterion nothing is shown in which a learner's code could write its inputs."""

import pytest

from autograder.checking.criterion import Criterion
from autograder.checking.judge import Judgment, Seed, judge
from autograder.checking.student import Student
from autograder.exercises.manifest import exercise
from autograder.grading.grade import grade
from autograder.grading.results import CriterionResult, SubmissionResult
from autograder.maintain.make import solution_text
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

HIDDEN = "softmax_on_fresh_logits"
MARK = "marked"  # what a submission writes, where it is asked what is hidden
# A process in which open criteria are asked is asked for the worked example first: three logits.
WRAPPED = """

def _write(right):
    import numpy as np

    asked = []

    def is_hidden(logits):
        asked.append(np.size(logits))
        return asked[0] > 3

    def softmax(logits):
        if is_hidden(logits):
            TELL
        return right(logits)

    return softmax


softmax = _write(softmax)
"""


def graded(tell: str, sandbox: Sandbox, *, prelude: str = "") -> SubmissionResult:
    code = solution_text("losses") + prelude + WRAPPED.replace("TELL", tell)
    submission = Submission("ada", {"course/losses.py": code.encode()})
    return grade(submission, sandbox, [exercise("softmax")], "secret")


def shown(result: SubmissionResult) -> str:
    """All that the result says."""
    messages = [one.message for each in result.exercises for one in each.criteria]
    return "\n".join([*messages, result.printed])


def hidden(result: SubmissionResult) -> CriterionResult:
    return next(one for one in result.exercises[0].criteria if one.name == HIDDEN)


@pytest.mark.parametrize(
    ("tell", "says"),
    [
        ('raise ValueError("marked")', "ValueError is raised."),
        ('raise type("marked", (KeyError,), {})', "KeyError is raised."),
        ('raise type("marked", (BaseException,), {})', "BaseException is raised."),
        ('return type("marked", (), {})()', "The result is an object, expected an array."),
        ("return right(logits)[:1, :1].repeat(77)", "The result has another shape."),
        ("import os; os._exit(77)", "The call did not come back: the process ended."),
    ],
)
def test_hidden_criterion_shows_nothing_that_was_written(
    tell: str, says: str, sandbox: Sandbox
) -> None:
    result = graded(tell, sandbox)
    criterion = hidden(result)
    assert not criterion.passed
    assert criterion.message.startswith(says)
    quoted = [line for line in criterion.message.splitlines() if not line.startswith("course/")]
    assert MARK not in "\n".join(quoted)
    assert "77" not in "\n".join(quoted)


def test_hidden_criterion_quotes_the_file_that_was_handed_in(sandbox: Sandbox) -> None:
    forge = (
        "import linecache; linecache.cache.update({__file__: (9, None, ['marked\\n'] * 999, "
        "__file__)}); raise ValueError"
    )
    line = hidden(graded(forge, sandbox)).message.splitlines()[1]
    assert line.startswith("course/losses.py, line ")
    assert line.endswith(forge)


def test_hidden_inputs_do_not_come_back_in_open_answers_or_prints(sandbox: Sandbox) -> None:
    result = graded('print("marked", flush=True); KEPT.append(1)', sandbox, prelude="\nKEPT = []\n")
    assert result.score == result.max_score
    assert MARK not in shown(result)


def test_hidden_inputs_are_others_at_the_next_attempt(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[float] = []

    def noted(criterion: Criterion, student: Student, seed: Seed) -> Judgment:
        if criterion.name == HIDDEN:
            drawn.append(seed.generator(HIDDEN).random())
        return judge(criterion, student, seed)

    monkeypatch.setattr("autograder.grading.grade.judge", noted)
    for tell in ("pass", "pass", "pass  # typed in again"):
        graded(tell, sandbox)
    assert drawn[0] == drawn[1] != drawn[2]
