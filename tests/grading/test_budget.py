"""What a submission uses up in all: nothing more is asked then, and what was judged counts."""

from typing import Any

import pytest

from autograder.exercises.manifest import EXERCISES
from autograder.grading import budget as budgets
from autograder.grading.budget import Amounts, Budget
from autograder.grading.grade import grade
from autograder.grading.results import ExerciseResult
from autograder.maintain.make import solution_text
from autograder.sandbox.limits import MIB
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

LOSSES = [exercise for exercise in EXERCISES if exercise.module == "losses"]
FIRST = LOSSES[0].name
ENOUGH = Amounts(1e6, 1e6, 1 << 40)


class Session:
    """A session that uses up what it is told to."""

    def __init__(self) -> None:
        self.kept, self.seconds = 0, 0.0

    def cpu_seconds(self) -> float:
        """The seconds of computing that were set."""
        return self.seconds


def wrapped(code: str) -> dict[str, bytes]:
    """Right answers, but each call of every function but the first does something before."""
    tail = f"""
import time


def _slowed(right):
    def slow(*arguments, **keywords):
        {code}
        return right(*arguments, **keywords)

    return slow


for _name in __all__:
    if _name != {FIRST!r}:
        globals()[_name] = _slowed(globals()[_name])
"""
    return {"course/losses.py": (solution_text("losses") + tail).encode()}


def graded(
    files: dict[str, bytes], most: Amounts, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> dict[str, ExerciseResult]:
    monkeypatch.setattr("autograder.grading.grade.SUBMISSION", most)
    result = grade(Submission("ada", files), sandbox, LOSSES)
    return {each.name: each for each in result.exercises}


def assert_used_up(found: dict[str, ExerciseResult], outcome: Outcome, what: str) -> None:
    """Assert that the first exercise has its points, and the last was not asked any more."""
    assert found[FIRST].passed
    last = [*found.values()][-1]
    assert last.outcome is outcome
    assert last.score == 0.0
    assert what in last.criteria[0].message
    assert "are used up, most of them by `" in last.criteria[0].message


def test_budget_of_computing_is_for_all_calls(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = wrapped(
        "end = time.process_time() + 0.1\n        while time.process_time() < end: pass"
    )
    found = graded(files, ENOUGH._replace(computing=1.0), sandbox, monkeypatch)
    assert_used_up(found, Outcome.TIMED_OUT, "the 1 seconds of computing of a submission")


def test_budget_by_the_clock_is_for_all_calls(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever the machine is doing: it never takes four seconds until the first is judged.
    found = graded(wrapped("time.sleep(1)"), ENOUGH._replace(clock=4.0), sandbox, monkeypatch)
    assert_used_up(found, Outcome.TIMED_OUT, "the 4 seconds by the clock of a submission")


def test_budget_of_memory_is_for_all_sessions(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = wrapped("return [[]] * 7000")  # 7 kB on the way, half a megabyte in the grader
    found = graded(files, ENOUGH._replace(kept=2 * MIB), sandbox, monkeypatch)
    assert_used_up(found, Outcome.OUT_OF_MEMORY, "the 2 MiB that the grader keeps of a submission")


@pytest.mark.parametrize("repairs", [False, True], ids=["lessons 1 to 6", "lesson 7"])
def test_budget_of_a_right_submission_leaves_most_of_it(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, *, repairs: bool
) -> None:
    made: list[Budget] = []

    class Noted(Budget):
        def __init__(self, sessions: Any, most: Amounts) -> None:
            super().__init__(sessions, most)
            made.append(self)

    monkeypatch.setattr("autograder.grading.grade.Budget", Noted)
    files = {
        f"course/{module}.py": solution_text(module).encode()
        for module in {exercise.module for exercise in EXERCISES}
    }
    exercises = [
        exercise
        for exercise in EXERCISES
        if not exercise.bonus and (exercise.module == "broken_runs") is repairs
    ]
    result = grade(Submission("ada", files), sandbox, exercises)
    assert result.score == result.max_score
    left = made[0].left()
    assert budgets.SUBMISSION.kept - left.kept < budgets.SUBMISSION.kept / 10
    assert left.computing > budgets.SUBMISSION.computing / 2  # on a busy machine, too


def test_budget_rests_between_its_blocks_and_names_who_used_most() -> None:
    session = Session()
    budget = Budget([session], ENOUGH._replace(computing=10.0))
    with budget.spent_on("sigmoid"):
        session.seconds += 4.0
    session.seconds += 100.0  # somebody else's
    assert budget.over() is None
    with budget.spent_on("softmax"):
        session.seconds += 5.0
        assert budget.over() is None
        session.seconds += 3.0
        ended = budget.over()
    assert ended is not None
    assert ended.outcome is Outcome.TIMED_OUT
    assert ended.message == (
        "the 10 seconds of computing of a submission are used up, most of them by `softmax`"
    )
    assert budget.over() is not None  # and it stays used up
