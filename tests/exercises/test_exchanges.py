"""How often a right submission and its grader have to wait for each other: a count, not a time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from autograder.checking.judge import Seed, judge
from autograder.checking.student import Student
from autograder.exercises.registry import criteria_of
from autograder.exercises.selection import graded_exercises
from autograder.protocol.channel import Channel
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.session import Session
from autograder.sandbox.unwalled import UnwalledProcess

SOLUTIONS = Path(__file__).parents[2] / "solutions"
MOST_IN_ALL = 380
MOST = 12  # of one criterion


def opened(limits: Limits, **changed: str) -> Session:
    """A session with the solutions, some modules of which have other texts."""
    files = {f"course/{path.name}": path.read_bytes() for path in SOLUTIONS.glob("*.py")}
    files |= {f"course/{name}.py": text.encode() for name, text in changed.items()}
    return Session(UnwalledProcess(limits), limits, files)


@pytest.fixture
def exchanges(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How many frames the grader sends for each criterion: each waits for one that comes back."""
    counted: Counter[str] = Counter()
    sent: list[object] = []
    send = Channel.send

    def count(channel: Channel, message: object, *others: Any, **named: Any) -> None:
        sent.append(message)
        send(channel, message, *others, **named)

    monkeypatch.setattr(Channel, "send", count)
    with closing(opened(Limits())) as session:
        student = Student(session)
        for each in graded_exercises("all"):
            for criterion in () if each.bonus else criteria_of(each.name, each.module):
                sent.clear()
                judged = judge(criterion, student, Seed("", "ada"))
                assert judged.passed, (criterion.name, judged.error)
                counted[criterion.name] = len(sent)
        yield counted


def test_right_submissions_cost_few_exchanges(exchanges: Counter[str]) -> None:
    assert not {name: count for name, count in exchanges.items() if count > MOST}
    assert exchanges.total() <= MOST_IN_ALL


def test_the_call_that_does_not_end_is_the_one_that_is_shown() -> None:
    unchecked = (SOLUTIONS / "training.py").read_text(encoding="utf-8")
    unchecked = unchecked.replace(
        "if batch_size < 1:", "while batch_size == 0: pass\n    if False:"
    )
    (criterion,) = (
        one
        for one in criteria_of("minibatches", "training")
        if one.name == "minibatches_raise_for_bad_input"
    )
    with closing(opened(Limits(call_seconds=0.5), training=unchecked)) as session:
        judged = judge(criterion, Student(session), Seed("", "ada"))
    assert judged.outcome is Outcome.TIMED_OUT
    assert judged.call is not None
    assert judged.call.arguments[-1] == 0
