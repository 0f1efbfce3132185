"""What each broken program shows to who looks, as a number: far apart for a sound run and its own.

`descent verify` measures both. The figures are those of lesson 7.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

Program = Callable[..., Any]


@dataclass(frozen=True)
class Symptom:
    """A number that tells a sound program from its broken copy.

    Attributes
    ----------
    what : str
        What is measured.
    measured : callable
        Takes the program and returns the number.
    sound, broken : tuple of two float
        The number of either is between these.
    """

    what: str
    measured: Callable[[Program], float]
    sound: tuple[float, float]
    broken: tuple[float, float]


def slope_of_a_line(fit_line: Program) -> float:
    """The slope that is fitted to fifty points near a line of slope 2."""
    random = np.random.default_rng(7)
    inputs = random.normal(size=(50, 1))
    targets = 2 * inputs[:, 0] + 1 + random.normal(0.0, 0.3, 50)
    slope, _ = fit_line(inputs, targets, 0.1, 200)
    return float(slope)


def rises(logistic_regression: Program) -> float:
    """In what share of 40 steps the loss of 300 examples rises."""
    random = np.random.default_rng(7)
    features = np.column_stack([random.normal(size=(300, 2)), np.ones(300)])
    targets = np.heaviside(features @ [2.0, -1.0, 0.5] + random.normal(size=300), 0.0)
    signs = 1 - 2 * targets
    losses = [
        np.mean(
            np.logaddexp(0, signs * (features @ logistic_regression(features, targets, 1.0, k)))
        )
        for k in range(41)
    ]
    return float(np.mean(np.diff(losses) > 0))


def loss_of_three_classes(softmax_regression: Program) -> float:
    """The loss of 300 examples of three classes that lie apart; that of guessing is ln 3 = 1.1."""
    random = np.random.default_rng(7)
    labels = np.arange(300) % 3
    centers = np.array([[3.0, 0.0], [-1.5, 2.6], [-1.5, -2.6]])
    features = np.column_stack([centers[labels] + random.normal(size=(300, 2)), np.ones(300)])
    logits = features @ softmax_regression(features, np.eye(3)[labels], 0.1, 20, 16)
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(300), labels]
    return float(np.mean(losses))


def what_momentum_changes(train_with_momentum: Program) -> float:
    """How far apart the descents with momentum 0.9 and with none are after 20 steps."""

    def gradient(weights: Any) -> Any:
        return np.array([1.0, 30.0]) * weights

    ends = [train_with_momentum(gradient, [9.0, 1.0], 0.02, share, 20)[-1] for share in (0.9, 0.0)]
    return float(np.linalg.norm(ends[0] - ends[1]))


def tenth_step(train_with_adam: Program) -> float:
    """How many learning rates long the tenth step on a constant slope is."""

    def gradient(weights: Any) -> Any:
        return np.array([4.0])

    path = np.ravel(train_with_adam(gradient, [0.0], 0.5, 10))
    return float(abs(path[10] - path[9]) / 0.5)


def loss_above_the_lowest(train_until_worse: Program) -> float:
    """How far the loss of the weights that come back is above the lowest that was seen."""
    seen = []

    def loss(weights: Any) -> float:
        value = float(np.sum((np.asarray(weights) - 3) ** 2))
        seen.append(value)
        return value

    def gradient(weights: Any) -> Any:
        return np.full(1, -1.0)

    best = train_until_worse(gradient, loss, [0.0], 0.5, 50, 4)
    return float(np.sum((np.asarray(best) - 3) ** 2)) - min(seen)


SYMPTOMS: Mapping[str, Symptom] = MappingProxyType(
    {
        "fit_line": Symptom("the slope", slope_of_a_line, (1.9, 2.1), (-1e-9, 1e-9)),
        "logistic_regression": Symptom("the share of rises", rises, (0, 0), (0.3, 1)),
        "softmax_regression": Symptom("the loss", loss_of_three_classes, (0, 0.1), (1, 1.2)),
        "train_with_momentum": Symptom("the difference", what_momentum_changes, (1, 9), (0, 0)),
        "train_with_adam": Symptom("the tenth step", tenth_step, (0.999, 1.001), (2.0, 2.1)),
        "train_until_worse": Symptom("the loss lost", loss_above_the_lowest, (0, 0), (3.9, 4.1)),
    }
)
