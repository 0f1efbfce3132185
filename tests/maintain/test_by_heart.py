"""What `descent verify` measures: points for who knows the answers to what was asked of others."""

from typing import Any

import numpy as np
import pytest

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import expect_array, expect_truth
from autograder.exercises.manifest import exercise
from autograder.maintain.verify import by_heart


def measured(monkeypatch: pytest.MonkeyPatch, name: str, *checks: Any) -> dict[str, float]:
    """What a table earns where an exercise has these criteria."""
    criteria = tuple(check.criterion for check in checks)
    monkeypatch.setattr(by_heart, "criteria_of", lambda name, module: criteria)
    return by_heart.points_by_heart.__wrapped__(exercise(name))


def test_points_by_heart_are_those_of_criteria_that_draw_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sigmoid = Criteria("sigmoid")

    @sigmoid.example(0.75, "is open")
    def test_open(student: Any) -> None:
        expect_array(student.losses.sigmoid([0.0]), [0.5])

    @sigmoid.law(1.25, "is drawn")
    def test_drawn(student: Any, random: Any) -> None:
        logit = random.uniform(1, 2)
        expect_array(student.losses.sigmoid([logit]), [1 / (1 + np.exp(-logit))])

    assert set(measured(monkeypatch, "sigmoid", test_open, test_drawn).values()) == {0.75}


def test_points_by_heart_follow_from_answers_that_come_in_one_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    converged = Criteria("has_converged")

    @converged.law(3, "draws its curves, and not their order")
    def test_curves(student: Any, random: Any) -> None:
        for flat in (True, False, False, True, False):
            losses = [1.0, 1.0 if flat else float(random.uniform(0.1, 0.9))]
            losses.insert(0, float(random.uniform(2, 3)))
            expect_truth(student.loss_curves.has_converged(losses, 1), flat)

    found = measured(monkeypatch, "has_converged", test_curves)
    assert found["the answer at this place"] == 3
    assert found["the commonest answer"] == found["an error"] == 0


def test_points_by_heart_take_calls_of_handed_over_functions_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    descent = Criteria("gradient_descent")

    @descent.example(4, "counts calls of an open function")
    def test_calls(student: Any) -> None:
        points: list[Any] = []

        def gradient(weights: Any) -> Any:
            points.append(weights)
            return weights

        path = student.gradient_descent.gradient_descent(gradient, [8.0], 0.5, 2)
        expect_array(path, [[8.0], [4.0], [2.0]])
        expect_truth(len(points) == 2, expected=True)

    assert set(measured(monkeypatch, "gradient_descent", test_calls).values()) == {4}
