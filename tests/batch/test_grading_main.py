"""Each submission is graded in a fork, and a fault is written only if it comes again."""

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from autograder.batch import grading_main
from autograder.batch.assignment import Assignment
from autograder.batch.grading_main import graded_apart
from autograder.batch.pool import Pool
from autograder.exercises.manifest import exercise
from autograder.grading.results import GRADED, GRADER_FAULT, SubmissionResult, result_line
from autograder.maintain.make import solution_text
from autograder.submissions.submission import Submission

SOFTMAX = [exercise("softmax")]
ADA = Submission("ada", {})
FLOODING = b"""
import numpy as np


def train(network, loss, *others, **options):
    part = np.ones(2000, dtype=bool)
    while True:
        loss(part, part)


def training_step(network, *others):
    network.forward([0.0] * 1000)
    return [[] for _ in range(100_000)]
"""


class Restarted:
    """A sandbox that counts how often it is started again."""

    def __init__(self) -> None:
        self.restarts = 0

    def restart(self) -> None:
        """Count."""
        self.restarts += 1


def graded_after(
    monkeypatch: pytest.MonkeyPatch, *endings: Any
) -> tuple[SubmissionResult, Restarted]:
    """The grade where the tries end like this: an exception is a fault, SystemExit the end."""
    sandbox: Any = Restarted()

    def grade(*_: Any) -> SubmissionResult:
        ending = endings[sandbox.restarts]
        if isinstance(ending, BaseException):
            raise ending
        return SubmissionResult("ada", GRADED, ending, 3.0, 0.0, None, 0.1, ())

    monkeypatch.setattr(grading_main, "grade", grade)
    return graded_apart(ADA, sandbox, SOFTMAX, Assignment()), sandbox


def test_graded_apart_grades_once_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    result, sandbox = graded_after(monkeypatch, 3.0)
    assert (result.score, sandbox.restarts) == (3.0, 0)


@pytest.mark.parametrize("first", [ZeroDivisionError("of ours"), MemoryError(), SystemExit()])
def test_graded_apart_grades_again_after_a_fault(
    monkeypatch: pytest.MonkeyPatch, first: BaseException
) -> None:
    result, sandbox = graded_after(monkeypatch, first, 2.0)
    assert (result.status, result.score, sandbox.restarts) == (GRADED, 2.0, 1)


def test_graded_apart_reports_what_goes_wrong_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = ZeroDivisionError("of ours")
    result, _ = graded_after(monkeypatch, fault, fault)
    assert (result.status, result.score) == (GRADER_FAULT, None)
    assert result.reason == "The grader failed (ZeroDivisionError: of ours); no score is set."
    result, _ = graded_after(monkeypatch, SystemExit(), SystemExit())
    assert (result.status, result.score) == (GRADER_FAULT, None)
    assert result.reason == "The grading process ended twice on this submission; no score is set."


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
def test_neighbor_of_a_submission_that_does_harm_is_graded_as_if_alone() -> None:
    slip = solution_text("losses").replace("np.max(", "np.min(")
    neighbor = Submission("zoe", {"course/losses.py": slip.encode()})
    harmful = Submission("eve", {"course/training.py": FLOODING})
    with closing(Pool(1, Assignment("all", "secret"))) as pool:
        ((alone, _),) = pool.graded(iter([(neighbor, "key")]))
    with closing(Pool(1, Assignment("all", "secret"))) as pool:
        jobs = iter([(harmful, "first"), (neighbor, "second")])
        results = {key: result for result, key in pool.graded(jobs)}
    assert results["first"].status == GRADED
    assert alone.status == GRADED
    assert any(each.criteria[0].message for each in alone.exercises)
    assert as_text(results["second"]) == as_text(alone)


def as_text(result: SubmissionResult) -> str:
    return result_line(replace(result, seconds=0.0))
