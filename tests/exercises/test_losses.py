"""The criteria of lesson 1: every right answer passes, nothing else earns a point."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exercises.manifest import exercise
from autograder.exercises.registry import mistakes_in


def exact(values: Any) -> Any:
    """Values in extended precision."""
    return np.asarray(values, dtype=np.longdouble)


def compared(one: Any, other: Any) -> tuple[Any, Any]:
    """Two arrays of one shape."""
    first, second = np.array(one, dtype=float), np.array(other, dtype=float)
    if first.shape != second.shape:
        raise ValueError(f"{first.shape} is not {second.shape}")
    return first, second


# -- right answers of all kinds -------------------------------------------------------------------


def mse_by_a_loop(predictions: Any, targets: Any) -> Any:
    first, second = compared(predictions, targets)
    total = 0.0
    for p, t in zip(first.ravel(), second.ravel(), strict=True):
        total += (p - t) * (p - t)
    return total / first.size


def mse_by_a_product(predictions: Any, targets: Any) -> Any:
    misses = np.subtract(*compared(predictions, targets)).ravel()
    return misses @ misses / len(misses)


def mse_expanded(predictions: Any, targets: Any) -> Any:
    p, t = compared(predictions, targets)
    return np.mean(p**2 - 2 * p * t + t**2)


def mse_in_extended_precision(predictions: Any, targets: Any) -> Any:
    p, t = compared(predictions, targets)
    return np.asarray(np.mean((exact(p) - exact(t)) ** 2), dtype=float)


def mse_by_variance(predictions: Any, targets: Any) -> Any:
    misses = np.subtract(*compared(predictions, targets))
    return misses.var() + misses.mean() ** 2


def mse_slope_by_a_loop(predictions: Any, targets: Any) -> Any:
    p, t = compared(predictions, targets)
    gradient = np.zeros(p.shape)
    for index in np.ndindex(p.shape):
        gradient[index] = (p[index] - t[index]) * 2 / p.size
    return gradient


def mse_slope_in_extended_precision(predictions: Any, targets: Any) -> Any:
    difference = exact(predictions) - exact(targets)
    return difference / (exact(difference.size) / 2)


def mse_slope_by_nudges(predictions: Any, targets: Any) -> Any:
    p, t = compared(predictions, targets)
    gradient = np.zeros(p.shape)
    for index in np.ndindex(p.shape):
        nudge = np.zeros(p.shape)
        nudge[index] = 0.5
        gradient[index] = mse_by_a_loop(p + nudge, t) - mse_by_a_loop(p - nudge, t)
    return gradient


def sigmoid_by_tanh(logits: Any) -> Any:
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(logits, dtype=float)))


def sigmoid_by_masks(logits: Any) -> Any:
    z = np.array(logits, dtype=float)
    result = np.empty_like(z)
    result[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    result[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return result


def sigmoid_by_a_loop(logits: Any) -> Any:
    z = np.asarray(logits, dtype=float)
    values = [
        1 / (1 + math.exp(-each)) if each > 0 else math.exp(each) / (1 + math.exp(each))
        for each in z.ravel()
    ]
    return np.array(values).reshape(z.shape)


def sigmoid_by_logarithms(logits: Any) -> Any:
    return np.exp(-np.logaddexp(0, -np.asarray(logits, dtype=float)))


def sigmoid_with_silence(logits: Any) -> Any:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(logits, dtype=float)))


def sigmoid_clipped_far_out(logits: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(np.asarray(logits, dtype=float), -500, 500)))


def bce_by_a_loop(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
    p, t = compared(probabilities, targets)
    total = 0.0
    for each, target in zip(p.ravel(), t.ravel(), strict=True):
        kept = min(max(each, epsilon), 1 - epsilon)
        total -= target * math.log(kept) + (1 - target) * math.log(1 - kept)
    return total / p.size


def bce_in_two_parts(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
    p, t = compared(probabilities, targets)
    p = np.minimum(np.maximum(p, epsilon), 1 - epsilon)
    return -np.average(t * np.log(p)) - np.average((1 - t) * np.log(1 - p))


def bce_in_extended_precision(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
    p, t = compared(probabilities, targets)
    p = np.clip(exact(p), exact(epsilon), 1 - exact(epsilon))
    return float(-(t * np.log(p) + (1 - t) * np.log(1 - p)).mean())


def sigmoid_slope_by_masks(logits: Any, targets: Any) -> Any:
    z, t = compared(logits, targets)
    return (sigmoid_by_masks(z) - t) / z.size


def sigmoid_slope_in_two_terms(logits: Any, targets: Any) -> Any:
    z, t = compared(logits, targets)
    p = sigmoid_by_tanh(z)
    return ((1 - t) * p - t * (1 - p)) / z.size


def sigmoid_slope_in_extended_precision(logits: Any, targets: Any) -> Any:
    z = exact(logits)
    return (np.exp(-np.logaddexp(exact(0), -z)) - exact(targets)) / z.size


def softmax_by_a_loop(logits: Any) -> Any:
    z = np.asarray(logits, dtype=float)
    result = np.empty_like(z)
    for index in np.ndindex(z.shape[:-1]):
        powers = [math.exp(each - max(z[index])) for each in z[index]]
        result[index] = [each / sum(powers) for each in powers]
    return result


def softmax_by_logarithms(logits: Any) -> Any:
    z = np.asarray(logits, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


def softmax_along_an_axis(logits: Any) -> Any:
    def row(z: Any) -> Any:
        powers = np.exp(z - z.max())
        return powers / powers.sum()

    return np.apply_along_axis(row, -1, np.asarray(logits, dtype=float))


def softmax_by_pairs(logits: Any) -> Any:
    z = exact(logits)
    return 1 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)


def cce_by_labels(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
    p, t = compared(probabilities, targets)
    chosen = p[np.arange(len(p)), t.argmax(axis=1)]
    return -np.log(np.where(chosen < epsilon, epsilon, chosen)).mean()


def cce_by_einsum(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
    p, t = compared(probabilities, targets)
    return -np.einsum("ij,ij", t, np.log(np.clip(p, epsilon, None))) / len(p)


def cce_by_a_loop(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
    p, t = compared(probabilities, targets)
    total = 0.0
    for row, right in zip(p, t, strict=True):
        total -= sum(y * math.log(max(x, epsilon)) for x, y in zip(row, right, strict=True))
    return np.float64(total / len(p))


def softmax_slope_by_labels(logits: Any, targets: Any) -> Any:
    gradient = softmax_by_a_loop(logits)
    gradient[np.arange(len(gradient)), np.argmax(targets, axis=1)] -= 1
    return gradient / len(gradient)


def softmax_slope_by_jacobians(logits: Any, targets: Any) -> Any:
    p, t = softmax_by_logarithms(logits), np.asarray(targets, dtype=float)
    rows = [-t[i] + p[i] * t[i].sum() for i in range(len(p))]
    return np.array(rows) / p.shape[0]


def softmax_slope_in_extended_precision(logits: Any, targets: Any) -> Any:
    return (exact(softmax_along_an_axis(logits)) - exact(targets)) / len(targets)


def choice_by_conditions(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        if output_type == "continuous number":
            return losses.mean_squared_error
        if output_type == "two classes":
            return losses.binary_cross_entropy
        if output_type == "three or more classes":
            return losses.categorical_cross_entropy
        message = "one of 'continuous number', 'two classes' and 'three or more classes', please"
        raise ValueError(message)

    return choose_loss


class UnknownOutput(ValueError):
    """A ValueError of the learner's own."""


def choice_by_position(losses: Any) -> Any:
    types = ["three or more classes", "two classes", "continuous number"]
    functions = (losses.categorical_cross_entropy, losses.binary_cross_entropy)

    def choose_loss(output_type: str) -> Any:
        if output_type not in types:
            raise UnknownOutput(f"expected one of {types}")
        return (*functions, losses.mean_squared_error)[types.index(output_type)]

    return choose_loss


for each_choice in (choice_by_conditions, choice_by_position):
    each_choice.takes_module = True

RIGHT = {
    "mean_squared_error": (
        mse_by_a_loop,
        mse_by_a_product,
        mse_expanded,
        mse_in_extended_precision,
        mse_by_variance,
    ),
    "mean_squared_error_gradient": (
        mse_slope_by_a_loop,
        mse_slope_in_extended_precision,
        mse_slope_by_nudges,
    ),
    "sigmoid": (
        sigmoid_by_tanh,
        sigmoid_by_masks,
        sigmoid_by_a_loop,
        sigmoid_by_logarithms,
        sigmoid_with_silence,
        sigmoid_clipped_far_out,
    ),
    "binary_cross_entropy": (bce_by_a_loop, bce_in_two_parts, bce_in_extended_precision),
    "sigmoid_cross_entropy_gradient": (
        sigmoid_slope_by_masks,
        sigmoid_slope_in_two_terms,
        sigmoid_slope_in_extended_precision,
    ),
    "softmax": (
        softmax_by_a_loop,
        softmax_by_logarithms,
        softmax_along_an_axis,
        softmax_by_pairs,
    ),
    "categorical_cross_entropy": (cce_by_labels, cce_by_einsum, cce_by_a_loop),
    "softmax_cross_entropy_gradient": (
        softmax_slope_by_labels,
        softmax_slope_by_jacobians,
        softmax_slope_in_extended_precision,
    ),
    "choose_loss": (choice_by_conditions, choice_by_position),
}


# -- nothing for nothing --------------------------------------------------------------------------


def test_criteria_give_a_bare_choice_the_points_of_the_example_only(
    marks: Callable[..., dict[str, Any]],
) -> None:
    answer = next(
        m.answer for m in mistakes_in("losses") if m.name == "choose_loss_without_refusal"
    )
    assert (
        marks("losses", {"choose_loss": answer}, only=["choose_loss"])["choose_loss"].score == 0.5
    )


# -- the same verdict for everybody ---------------------------------------------------------------


def bce_with_something_added(added: float) -> Any:
    def loss(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
        p, t = compared(probabilities, targets)
        return -np.mean(t * np.log(p + added) + (1 - t) * np.log(1 - p + added))

    return loss


def cce_with_something_added(added: float) -> Any:
    def loss(probabilities: Any, targets: Any, epsilon: float = 1e-12) -> Any:
        p, t = compared(probabilities, targets)
        return -np.mean(np.sum(t * np.log(p + added), axis=1))

    return loss


@pytest.mark.parametrize("added", [1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15])
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("binary_cross_entropy", bce_with_something_added),
        ("categorical_cross_entropy", cce_with_something_added),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
def test_criteria_agree_on_logarithms_of_a_little_more(
    name: str, answer: Any, added: float, judged: Callable[..., list[Any]]
) -> None:
    """What is added moves a loss by more than the tolerance, or by far less, for everybody."""
    verdicts = {
        tuple(each.outcome for each in judged(exercise(name), answer(added), f"student {number}"))
        for number in range(20)
    }
    assert len(verdicts) == 1
