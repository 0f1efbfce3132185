"""Who is to be looked at, and why; and what the card says of it."""

import json
import sys

import pytest

from autograder.exercises.manifest import exercises_of
from autograder.grading.grade import grade
from autograder.grading.results import SubmissionResult, submission_result
from autograder.learner.check import warm_backend
from autograder.maintain.make import solution_text, stub
from autograder.submissions.submission import Note, Submission

LESSON = "1_loss_functions"
RIGHT = solution_text("losses")
STUB = stub(RIGHT, "losses")
ALIKE = Note("losses", "This file may be meant: 'losses (1).py'. Only course/losses.py is graded.")


def graded(text: str | None, *notes: Note) -> SubmissionResult:
    files = {} if text is None else {"course/losses.py": text.encode()}
    files["course/__init__.py"] = b""
    return grade(Submission("ada", files, notes), warm_backend(), exercises_of(LESSON))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (STUB, "0 points: nothing that is asked for is written."),
        (None, "0 points: there is no course/losses.py."),
        ("", "0 points: nothing that is asked for is written."),
        (
            "import torch\n" + RIGHT,
            "course/losses.py cannot be imported: ModuleNotFoundError: No module named 'torch'.",
        ),
        (
            RIGHT.replace('"""', "“", 1),
            "course/losses.py cannot be imported: SyntaxError: invalid character '“' (U+201C).",
        ),
        (
            RIGHT + "\nsoftmax_of_nothing()\n",
            "course/losses.py cannot be imported: "
            "NameError: name 'softmax_of_nothing' is not defined.",
        ),
        (
            "<<<<<<< HEAD\n=======\n>>>>>>> 3e9fb10\n" + RIGHT,
            "course/losses.py cannot be imported: git has left a conflict in lines 1 to 3.",
        ),
    ],
    ids=["stub", "none", "empty", "torch", "quotes", "name", "conflict"],
)
def test_a_zero_has_a_reason(text: str | None, reason: str) -> None:
    result = graded(text)
    assert (result.score, result.look) == (0.0, (reason,))
    assert submission_result(json.loads(json.dumps(result.as_json()))) == result


def test_who_has_points_is_not_looked_at() -> None:
    half = RIGHT.replace("def softmax(", "def soft_max(")
    for text in (RIGHT, half):
        result = graded(text)
        assert (result.look, result.not_imported) == ((), ())
        assert not {"look", "not_imported"} & {*result.as_json()}


def test_a_look_alike_is_named_on_the_card_of_what_is_missing() -> None:
    result = graded(STUB, ALIKE)
    assert result.look == (ALIKE.text,)
    for exercise in result.exercises:
        assert exercise.criteria[0].message.endswith(ALIKE.text)


def test_a_look_alike_does_not_matter_where_everything_holds() -> None:
    late = Note("", "Handed in late.", always=True)
    assert graded(RIGHT, ALIKE).look == ()
    assert graded(RIGHT, ALIKE, late).look == (late.text,)


def test_a_function_in_the_notebook_is_named_on_its_own_card_only() -> None:
    note = Note("softmax", "There is a `softmax` in the notebook '1.ipynb'.")
    without = RIGHT.replace("def softmax(", "def soft_max(")
    result = graded(without, note)
    assert result.look == (note.text,)
    naming = [each.name for each in result.exercises if note.text in each.criteria[0].message]
    assert naming == ["softmax"]
    assert graded(RIGHT, note).look == ()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows the syntax")
@pytest.mark.sampled(every=3)
@pytest.mark.parametrize(
    "line", ["type Numbers = list", "def first[T](of: list[T]) -> T: ...", 'x = f"{"a" + "b"}"']
)
def test_newer_syntax_is_called_so(line: str) -> None:
    (reason,) = graded(f"{line}\n{RIGHT}").look
    ours = ".".join(map(str, sys.version_info[:2]))
    assert f"Python 3.12 may read this line; the grader runs Python {ours}" in reason


def test_an_ordinary_slip_is_not_called_newer_syntax() -> None:
    (reason,) = graded(f"def softmax(logits)\n{RIGHT}").look
    assert reason == "course/losses.py cannot be imported: SyntaxError: expected ':'."
