"""What a check can ask of a learner's function beyond calling it once."""

import types
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.checking.in_process import InProcessSession
from autograder.checking.student import Student
from autograder.sandbox.outcomes import Outcome, Raised, SessionEnded


def student_of(**functions: Any) -> Student:
    """A submission with one module, `training`, of these functions."""
    home = types.ModuleType("training")
    vars(home).update(functions)
    return Student(InProcessSession({"training": home}))


class Answering:
    """A performer that notes what it is asked and gives one answer to everything."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.seconds: list[float | None] = []

    def perform(self, operation: str, *operands: Any, seconds: float | None = None) -> Any:
        """Note the time limit."""
        self.seconds.append(seconds)
        return self.answer


def countdown(start: int) -> Iterator[int]:
    yield from range(start, 0, -1)


def test_collected_returns_the_items_of_a_generator() -> None:
    assert student_of(countdown=countdown).training.countdown.collected(3) == [3, 2, 1]


def test_observe_collected_sees_what_a_generator_does_to_its_arguments() -> None:
    def emptying(values: list[int]) -> Iterator[int]:
        while values:
            yield values.pop()

    seen = student_of(emptying=emptying).training.emptying.observe_collected([1, 2])
    assert seen.result == [2, 1]
    assert seen.arguments == ([],)


def test_fold_overwriting_spoils_a_memory_that_is_an_argument() -> None:
    class Keeping:
        kept: Any = 0.0

        def update(self, weights: Any, gradient: Any) -> Any:
            weights = weights - self.kept
            self.kept = gradient
            return weights

    gradients = [[np.array([1.0])], [np.array([2.0])], [np.array([4.0])]]
    for overwriting, expected in ((False, [5.0, 4.0, 2.0]), (True, [5.0, np.nan, np.nan])):
        keeping = student_of(Keeping=Keeping).training.Keeping()
        results = keeping.update.fold(np.array([5.0]), gradients, overwriting=overwriting)
        np.testing.assert_array_equal(np.concatenate(results), expected)


def test_fold_overwriting_leaves_results_as_they_were_returned() -> None:
    def halve(weights: Any, gradient: Any) -> Any:
        weights /= 2
        return weights

    results = student_of(halve=halve).training.halve.fold(
        np.array([8.0]), [[np.zeros(1)], [np.zeros(1)]], overwriting=True
    )
    assert np.concatenate(results).tolist() == [4.0, 2.0]


def test_within_hands_its_seconds_to_the_session() -> None:
    performer = Answering([1.0, None, None, None])
    function = Student(performer).training.train
    function()
    function.within(20)()
    function()
    assert performer.seconds == [None, 20, None]


def test_once_keeps_the_first_result() -> None:
    student, made = student_of(), iter("ab")
    assert [student.once("long run", lambda: next(made)) for _ in range(2)] == ["a", "a"]
    assert student.once("other run", lambda: next(made)) == "b"


@pytest.mark.parametrize("answer", [None, 5, [1.0], {}, "abcd"])
def test_answers_of_no_known_form_end_the_criterion(answer: Any) -> None:
    train = Student(Answering(answer)).training.train
    for ask in (
        lambda: train(1.0),
        lambda: train.collected(1.0),
        lambda: train.observe(1.0),
        lambda: train.each([[1.0], [2.0]]),
        lambda: train.fold(0.0, [[1.0], [2.0]]),
    ):
        with pytest.raises(SessionEnded) as caught:
            ask()
        assert caught.value.outcome is Outcome.PROTOCOL_VIOLATION


def test_objects_are_shown_with_the_numbers_they_were_made_of() -> None:
    class Momentum:
        def __init__(self, *settings: Any, **named: Any) -> None:
            self.settings = settings, named

        def update(self, weights: Any) -> Any:
            return weights

    student = student_of(Momentum=Momentum)
    transcript = student._start()
    student.training.Momentum(0.25, [1.0], momentum=0.5).update(3.0)
    assert transcript[-1].target == "Momentum(0.25, …, momentum=0.5).update"


def walk(start: float, tolerance: float = 1e-6, *, most: int = 3) -> float:
    return start


def test_default_is_the_number_that_a_signature_shows() -> None:
    walked = student_of(walk=walk).training.walk
    assert walked.default("tolerance") == 1e-6
    assert walked.default("start") is None
    assert walked.default("most") is None  # by name only: none of the course's parameters is
    assert student_of(walk=walk.__call__).training.walk.default("tolerance") is None
    assert student_of().training.walk.default("tolerance") is None


@pytest.mark.parametrize("answer", [None, 1, [], [[1.0]], ["a", "b"], {"a": 1}, -1.5])
def test_default_takes_no_word_for_granted(answer: Any) -> None:
    assert Student(Answering(answer)).training.walk.default("tolerance") is None


# -- announced calls ------------------------------------------------------------------------------


class Several(InProcessSession):
    """A session that counts how often it is asked."""

    asked = 0

    def perform(self, operation: Any, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation."""
        self.asked += 1
        return super().perform(operation, *operands)

    def announce(self, operations: Any, seconds: float | None = None) -> None:
        """Note operations."""
        self.asked += 1
        super().announce(operations)

    def following(self, seconds: float | None = None) -> Any:
        """Do the next of them."""
        self.asked -= 1
        return super().following()


def root(value: float) -> float:
    if value < 0:
        raise ValueError("below zero")
    return float(value**0.5)


def announcing() -> tuple[Several, Student, Any]:
    home = types.ModuleType("training")
    home.root = root  # type: ignore[attr-defined]
    performer = Several({"training": home})
    student = Student(performer)
    return performer, student, student.training.root


def test_ahead_asks_once_and_notes_call_by_call() -> None:
    performer, student, function = announcing()
    function.ahead([(4.0,), (-1.0,), (9.0,)])
    assert function(4.0) == 2.0
    assert [call.arguments for call in student.transcript] == [(4.0,)]
    with pytest.raises(Raised, match="below zero"):
        function(-1.0)
    assert function(9.0) == 3.0
    assert performer.asked == 1
    assert [call.result for call in student.transcript] == [2.0, None, 3.0]
    assert function(16.0) == 4.0
    assert performer.asked == 2


def test_ahead_is_forgotten_where_another_call_is_made() -> None:
    performer, _, function = announcing()
    function.ahead([(4.0,), (9.0,)])
    assert [function(4.0), function(25.0), function(9.0)] == [2.0, 5.0, 3.0]
    assert performer.asked == 3
    array = np.array(4.0)
    function.ahead([(array,)])
    assert function(np.array(9.0)) == 3.0  # no other array is taken for the one that was announced
    function.ahead([(4.0,)])
    assert function(value=9.0) == 3.0
    function.ahead([(4.0,)])
    assert function.observe(9.0).result == 3.0
    function.ahead([(4.0,)])
    student_start(function)
    assert function(4.0) == 2.0
    assert performer.asked == 7


def student_start(function: Any) -> None:
    """Begin the next criterion."""
    function._student._start()


def test_ahead_takes_names_observations_and_folds() -> None:
    performer, _, function = announcing()
    function.ahead([()], keywords={"value": 4.0})
    function.ahead([(9.0,)], observed=True)
    function.fold_ahead(256.0, [[], []])
    assert function(value=4.0) == 2.0
    assert function.observe(9.0).result == 3.0
    assert function.fold(256.0, [[], []]) == [16.0, 4.0]
    assert performer.asked == 1
