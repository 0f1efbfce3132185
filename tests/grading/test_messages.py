"""What a learner reads about common slips: what is so, where, and what to do, said once."""

import re
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment
from autograder.diagnosis.diagnose import Cause
from autograder.exercises.manifest import exercise, exercises_of
from autograder.exercises.registry import criteria_of
from autograder.grading.grade import grade
from autograder.grading.messages import message_for
from autograder.grading.results import SubmissionResult
from autograder.learner.card import card_html, card_text
from autograder.maintain.make import solution_text, stub
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission

SOLUTION = solution_text("losses")
SLIP = "The numbers are right, but it is a list: work on the array, or return `np.array(…)`."


@pytest.fixture(scope="module")
def backend() -> Iterator[UnwalledBackend]:
    with closing(UnwalledBackend()) as opened:
        yield opened


def graded(
    backend: UnwalledBackend, text: str, *names: str, module: str = "losses"
) -> SubmissionResult:
    chosen = [exercise(name) for name in names] or list(exercises_of("1_loss_functions"))
    return grade(Submission("", {f"course/{module}.py": text.encode()}), backend, chosen)


def messages(result: SubmissionResult) -> list[str]:
    return [one.message for each in result.exercises for one in each.criteria if one.message]


def instead(name: str, body: str) -> str:
    """The solution with another body for a function, at the end of the file."""
    (parameters,) = re.findall(rf"(?m)^def {name}\(([^)]*)\)", SOLUTION)
    return f"{SOLUTION}\n\nright_{name} = {name}\n\n\ndef {name}({parameters}):\n    {body}\n"


@pytest.mark.parametrize("name", ["sigmoid", "softmax", "mean_squared_error_gradient"])
def test_list_with_the_right_numbers_is_called_one(backend: UnwalledBackend, name: str) -> None:
    (parameters,) = re.findall(rf"(?m)^def {name}\(([^)]*)\)", SOLUTION)
    names = ", ".join(re.findall(r"(\w+)(?=,|$|:|=)", parameters))
    found = messages(graded(backend, instead(name, f"return right_{name}({names}).tolist()"), name))
    spoken = [text for text in found if "expected an array" in text]
    assert spoken
    assert SLIP in "\n".join(spoken)
    for text in spoken:
        last = text.splitlines()[-1]
        assert last == SLIP or last.startswith("It is a list: work on the array")


def test_list_with_other_numbers_is_not_called_right(backend: UnwalledBackend) -> None:
    body = "return [value + 1 for value in np.ravel(logits).tolist()]"
    found = messages(graded(backend, instead("sigmoid", body), "sigmoid"))
    assert any("the result is a list".capitalize() in text for text in found)
    assert SLIP not in "\n".join(found)


@pytest.mark.filterwarnings("error")
def test_complex_numbers_are_not_called_right_for_their_real_part() -> None:
    entry = exercise("sigmoid")
    criterion = criteria_of("sigmoid", "losses")[0]
    cause = Cause("There is a square root of a negative number.", compares=True)
    error = Unmet("the result is wrong", got=np.array([0.5, 1j + 1]), expected=np.array([0.5, 1]))
    judgment = Judgment(criterion, Outcome.FAILED, error)
    assert cause.text in message_for(judgment, entry, None, cause)


def test_what_was_printed_instead_of_returned_is_said(backend: UnwalledBackend) -> None:
    text = "print('loaded')\n\n\ndef distance(prediction, target):\n"
    text += "    print(abs(prediction - target))\n"
    first, second = messages(graded(backend, text, "distance", module="welcome"))
    assert first.splitlines()[-1] == "You printed 3 but returned nothing: use `return`."
    assert second.splitlines() == [
        "distance(prediction=12.5, target=10)",
        "The function returns None. Expected 2.5.",
        "You printed 2.5 but returned nothing: use `return`.",
    ]
    silent = (
        "print('loaded')\n\n\ndef distance(prediction, target):\n    abs(prediction - target)\n"
    )
    (first, *_) = messages(graded(backend, silent, "distance", module="welcome"))
    assert first.splitlines()[-1].startswith("Is there a `return`")


BROKEN = SOLUTION + "\nhalf = (1\n"
CONFLICT = SOLUTION.replace(
    "def softmax(",
    "<<<<<<< HEAD\nhalf = 1\n=======\nhalf = 2\n>>>>>>> 3e9fb10 (The course of May)\ndef softmax(",
    1,
)
NOT_DEFINED = "epsilon = epsilom\n" + SOLUTION


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(
    ("text", "first", "lines"),
    [
        (BROKEN, r"course/losses\.py, line \d+, cannot be read: '\(' was never closed\.", 3),
        (
            CONFLICT,
            r"course/losses\.py: git has left a conflict in lines (\d+) to (\d+)\.",
            2,
        ),
        (NOT_DEFINED, r"NameError: name 'epsilom' is not defined", 3),
    ],
    ids=["a bracket", "a merge conflict", "a name"],
)
def test_module_that_does_not_load_is_said_once(
    backend: UnwalledBackend, text: str, first: str, lines: int
) -> None:
    result = graded(backend, text)
    said = messages(result)[0]
    found = re.fullmatch(first, said.splitlines()[0])
    assert found, said
    assert len(said.splitlines()) == lines
    if found.groups():
        begin, end = map(int, found.groups())
        assert text.splitlines()[begin - 1].startswith("<<<<<<<")
        assert text.splitlines()[end - 1].startswith(">>>>>>>")
        assert "Keep one side of it, and delete the three marked lines" in said
    card = card_text(result)
    assert card.count(said.splitlines()[0]) == 1
    assert card.count("for the same reason") == len(result.exercises) - 1
    assert len(card.splitlines()) < 25
    page = card_html(result)
    assert page.count("for the same reason") == len(result.exercises) - 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("return (logits - 0.5) ^ 2", "`^` is not a power in Python: write `**`."),
        ("return 1 / (1 + np.exp(-logit))", "There is no `logit` here. Did you mean `logits`?"),
        ("return 1 / (1 + np.expp(-logits))", "There is no `expp` here. Did you mean `exp`?"),
        ("return math.exp(-logits)", "Write `import math` at the top of the file."),
        ("raise ValuError", "There is no `ValuError` here. Did you mean `ValueError`?"),
        ("return landing", "look for a spelling slip or a missing import."),  # not `Warning`
    ],
)
def test_slips_of_the_keyboard_get_their_remedy(
    backend: UnwalledBackend, body: str, sentence: str
) -> None:
    found = messages(graded(backend, instead("sigmoid", body), "sigmoid"))
    assert found[0].splitlines()[-1].endswith(sentence)


def test_what_is_not_written_is_said_once(backend: UnwalledBackend) -> None:
    result = graded(backend, stub(SOLUTION, "losses"), "softmax")
    for card in (card_text(result), card_html(result)):
        assert card.count("not written yet") == 1
        assert card.lower().count("write `softmax` in course/losses.py") == 1
