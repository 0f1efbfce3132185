"""The criteria of robust_loss and its gradient: whatever obeys the laws is right, nothing else."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.checking.student import Function
from autograder.exercises.manifest import exercise
from autograder.exercises.oracles.robust_losses import expect_a_mean_of_costs
from autograder.exercises.registry import solved_student
from autograder.sandbox.outcomes import Outcome

LOSS, GRADIENT = exercise("robust_loss"), exercise("robust_loss_gradient")
Curve = Callable[[Any], Any]


def huber(threshold: float, factor: float = 1.0) -> tuple[Curve, Curve]:
    """Huber's cost and its slope."""
    d = threshold
    return (
        lambda e: factor * np.where(np.abs(e) <= d, e**2 / 2, d * (np.abs(e) - d / 2)),
        lambda e: factor * np.clip(e, -d, d),
    )


def pseudo_huber(threshold: float) -> tuple[Curve, Curve]:
    """The smooth cost that is like Huber's, and its slope."""
    d = threshold
    return (
        lambda e: d**2 * (np.sqrt(1 + (e / d) ** 2) - 1),
        lambda e: e / np.sqrt(1 + (e / d) ** 2),
    )


def fair(scale: float) -> tuple[Curve, Curve]:
    """Fair's cost and its slope."""
    return (
        lambda e: scale**2 * (np.abs(e) / scale - np.log(1 + np.abs(e) / scale)),
        lambda e: e / (1 + np.abs(e) / scale),
    )


# Costs as a learner would write them, with their slopes.
LAWFUL: dict[str, tuple[Curve, Curve]] = {
    "Huber, threshold 0.1": huber(0.1),
    "Huber": huber(1.0),
    "Huber, threshold 4": huber(4.0),
    "Huber, a million times as large": huber(1.345, 1e6),
    "Huber, a millionth": huber(2.0, 1e-6),
    "pseudo-Huber": pseudo_huber(1.0),
    "pseudo-Huber, threshold 2": pseudo_huber(2.0),
    "log cosh": (lambda e: np.logaddexp(e, -e) - np.log(2), np.tanh),
    "log cosh by its size": (
        lambda e: np.abs(e) + np.log1p(np.exp(-2 * np.abs(e))) - np.log(2),
        np.tanh,
    ),
    "ln(1 + e²)": (lambda e: np.log(1 + e**2), lambda e: 2 * e / (1 + e**2)),
    "Cauchy's": (lambda e: 2 * np.log1p((e / 2.385) ** 2), lambda e: 4 * e / (2.385**2 + e**2)),
    "Fair's": fair(1.4),
    "the area below the arctangent": (
        lambda e: e * np.arctan(e) - np.log1p(e**2) / 2,
        np.arctan,
    ),
    "the arctangent of the square": (lambda e: np.arctan(e**2), lambda e: 2 * e / (1 + e**4)),
    "e² / (1 + e²)": (lambda e: e**2 / (1 + e**2), lambda e: 2 * e / (1 + e**2) ** 2),
    "a parabola and a line with a bend": (
        lambda e: np.where(np.abs(e) < 2, e**2, 2 * np.abs(e)),
        lambda e: np.where(np.abs(e) < 2, 2 * e, 2 * np.sign(e)),
    ),
}
UNLAWFUL: dict[str, tuple[Curve, str]] = {
    "the square": (np.square, "robust_loss_has_slow_growth"),
    "Huber, threshold 10": (huber(10.0)[0], "robust_loss_has_slow_growth"),
    "|e| to the power of 1.5": (lambda e: np.abs(e) ** 1.5, "robust_loss_has_slow_growth"),
    "the absolute value": (np.abs, "robust_loss_has_a_round_bottom"),
    "the root": (lambda e: np.sqrt(np.abs(e)), "robust_loss_has_a_round_bottom"),
    "ln(1 + |e|)": (lambda e: np.log1p(np.abs(e)), "robust_loss_has_a_round_bottom"),
    "log cosh that overflows": (lambda e: np.log(np.cosh(e)), "robust_loss_has_finite_costs"),
    "cut off": (lambda e: np.minimum(e**2, 25.0), "robust_loss_has_slow_growth"),
    "Welsch's": (lambda e: 1 - np.exp(-(e**2) / 162), "robust_loss_has_a_rise_without_jumps"),
    "not 0 at 0": (lambda e: np.sqrt(1 + e**2), "robust_loss_of_right_predictions"),
    "with its sign": (lambda e: e, "robust_loss_of_right_predictions"),
    "dearer above": (
        lambda e: np.where(e > 0, 2, 1) * huber(1.0)[0](e),
        "robust_loss_has_a_mean_of_costs",
    ),
} | {
    f"pieces that do not meet at {d}": (
        lambda e, d=d: np.where(np.abs(e) <= d, e**2 / 2, d * np.abs(e)),
        "robust_loss_has_a_rise_without_jumps",
    )
    for d in (0.01, 0.5, 1.0, 2.0, 4.0, 7.0)
}


def misses_of(predictions: Any, targets: Any) -> Any:
    """The differences of arguments of one shape."""
    first, second = np.array(predictions, dtype=float), np.array(targets, dtype=float)
    if first.shape != second.shape:
        raise ValueError(f"{first.shape} is not {second.shape}")
    return first - second


def loss_of(cost: Curve) -> Callable[..., Any]:
    """The mean of a cost."""

    def robust_loss(predictions: Any, targets: Any) -> Any:
        with np.errstate(over="ignore"):
            return np.mean(cost(misses_of(predictions, targets)))

    return robust_loss


def gradient_of(slope: Curve) -> Callable[..., Any]:
    """The gradient of the mean of a cost with this slope."""

    def robust_loss_gradient(predictions: Any, targets: Any) -> Any:
        misses = misses_of(predictions, targets)
        return slope(misses) / misses.size

    return robust_loss_gradient


def gradient_by_nudges(cost: Curve) -> Callable[..., Any]:
    """The gradient of the mean of a cost, by central differences."""

    def robust_loss_gradient(predictions: Any, targets: Any) -> Any:
        misses = misses_of(predictions, targets)
        return (cost(misses + 1e-5) - cost(misses - 1e-5)) / 2e-5 / misses.size

    return robust_loss_gradient


def both(cost: Curve, slope: Curve) -> dict[str, Callable[..., Any]]:
    """A loss and its gradient."""
    return {LOSS.name: loss_of(cost), GRADIENT.name: gradient_of(slope)}


@pytest.mark.parametrize("name", LAWFUL)
def test_criteria_give_full_marks_to_every_lawful_loss(
    name: str, marks: Callable[..., dict[str, Any]]
) -> None:
    cost, slope = LAWFUL[name]
    for number in range(2):
        for gradient in (gradient_of(slope), gradient_by_nudges(cost)):
            answers = both(cost, slope) | {GRADIENT.name: gradient}
            results = marks("losses", answers, list(answers), f"student {number}")
            short = [
                f"{criterion.name}: {criterion.message}"
                for result in results.values()
                for criterion in result.criteria
                if not criterion.passed
            ]
            assert not short


@pytest.mark.parametrize("name", UNLAWFUL)
def test_criteria_tell_the_law_that_a_loss_breaks(
    name: str, judged: Callable[..., list[Any]]
) -> None:
    cost, law = UNLAWFUL[name]
    for number in range(3):
        judgments = judged(LOSS, loss_of(cost), f"student {number}")
        broken = [each.criterion.name for each in judgments if each.outcome is Outcome.FAILED]
        assert broken[0] == law, judgments
        assert all(each.error.advice for each in judgments if each.outcome is Outcome.FAILED)


@pytest.mark.parametrize("name", UNLAWFUL)
def test_gradient_is_not_judged_before_the_loss_obeys_its_laws(
    name: str, marks: Callable[..., dict[str, Any]]
) -> None:
    answers = {LOSS.name: loss_of(UNLAWFUL[name][0])}
    result = marks("losses", answers, [LOSS.name, GRADIENT.name])[GRADIENT.name]
    assert result.criteria[0].message.startswith("This is checked once your robust_loss obeys")
    assert result.score == 0
    assert result.outcome is Outcome.NOT_RUN


def test_gradient_is_not_judged_before_the_loss_is_written(
    marks: Callable[..., dict[str, Any]],
) -> None:
    def unwritten(predictions: Any, targets: Any) -> Any:
        raise NotImplementedError("robust_loss: not written yet")

    result = marks("losses", {LOSS.name: unwritten}, [LOSS.name, GRADIENT.name])[GRADIENT.name]
    assert result.outcome is Outcome.NOT_RUN
    assert "So far, it is not written yet." in result.criteria[0].message


def test_gradient_of_another_loss_is_refused(marks: Callable[..., dict[str, Any]]) -> None:
    answers = {LOSS.name: loss_of(huber(1.0)[0]), GRADIENT.name: gradient_of(np.tanh)}
    result = marks("losses", answers, list(answers))[GRADIENT.name]
    assert [each.passed for each in result.criteria] == [True, True, False]


def test_gradient_of_a_loss_that_is_never_the_same_is_refused(
    marks: Callable[..., dict[str, Any]],
) -> None:
    noise = np.random.default_rng(1)

    cost, slope = huber(1.0)
    answers = {
        LOSS.name: lambda p, t: (1 + 1e-10 * noise.normal()) * loss_of(cost)(p, t),
        GRADIENT.name: gradient_of(slope),
    }
    result = marks("losses", answers, list(answers))[GRADIENT.name]
    assert "no steady slope" in result.criteria[-1].message


def test_no_two_drawn_misses_are_equally_large() -> None:
    loss: Function = solved_student("losses", {}).losses.robust_loss
    for number in range(600):  # with ties, one draw in two hundred failed a right answer
        expect_a_mean_of_costs(loss, np.random.default_rng(number))
