"""The criteria of lesson 4: every right answer passes, nothing else earns a point."""

import random as python_random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.checking.expectations import Unmet
from autograder.exercises.manifest import exercises_in
from autograder.exercises.oracles import trajectories
from autograder.exercises.oracles.example_order import Examples, expect_index
from solutions import optimizers
from solutions import optimizers as solution

NAMES = [each.name for each in exercises_in("optimizers")]
CLASSES = NAMES[1:]


def floats(*values: Any) -> list[Any]:
    """Float arrays of all values."""
    return [np.array(value, dtype=float) for value in values]


# -- right answers of all kinds -------------------------------------------------------------------


def descent_with_the_old_generator(
    example_gradient: Any, start: Any, n_examples: int, learning_rate: float, epochs: int, seed=0
) -> Any:
    generator = np.random.RandomState(seed)
    order = np.arange(n_examples)
    (weights,) = floats(start)
    path = [weights]
    for _ in range(epochs):
        generator.shuffle(order)
        for i in order:
            weights = weights - learning_rate * np.asarray(example_gradient(weights, i))
        path.append(weights)
    return np.stack(path)


def descent_with_python_alone(
    example_gradient: Any, start: Any, n_examples: int, learning_rate: float, epochs: int, seed=0
) -> Any:
    shuffler = python_random.Random(seed)
    (weights,) = floats(start)
    path = np.empty((epochs + 1, *weights.shape))
    path[0] = weights
    for k in range(epochs):
        for i in shuffler.sample(range(n_examples), n_examples):
            gradient = example_gradient(i=i, weights=weights.copy())
            weights = np.subtract(weights, np.multiply(learning_rate, gradient))
        path[k + 1] = weights
    return path


def descent_with_the_global_generator(
    example_gradient: Any, start: Any, n_examples: int, learning_rate: float, epochs: int, seed=0
) -> Any:
    np.random.seed(seed)  # noqa: NPY002 - global generators are allowed
    (weights,) = floats(start)
    path = [weights.copy()]
    for _ in range(epochs):
        for i in np.argsort(np.random.rand(n_examples)):  # noqa: NPY002
            weights -= learning_rate * example_gradient(weights, i)
        path.append(weights.copy())
    return np.array(path)


class SGDByALoop:
    def __init__(self, learning_rate: float) -> None:
        self.rate = learning_rate

    def update(self, weights: Any, gradient: Any) -> Any:
        moved = np.array(weights, dtype=float)
        for index, slope in np.ndenumerate(np.asarray(gradient, dtype=float)):
            moved[index] -= self.rate * slope
        return moved


class SGDInExtendedPrecision:
    def __init__(self, learning_rate: float) -> None:
        self.rate = np.longdouble(learning_rate)

    def update(self, weights: Any, gradient: Any) -> Any:
        step = self.rate * np.asarray(gradient, dtype=np.longdouble)
        return np.asarray(weights, dtype=np.longdouble) - step


class SGDOnACopy:
    def __init__(self, learning_rate: float, unused: object = None) -> None:
        self.settings = {"rate": learning_rate}

    def update(self, weights: Any, gradient: Any) -> Any:
        (moved,) = floats(weights)
        moved += np.multiply(gradient, -self.settings["rate"])
        return moved


class MomentumWithTheRateInside:
    """The learning rate never changes here, so it may stand in the velocity."""

    def __init__(self, learning_rate: float, momentum: float = 0.9) -> None:
        self.rate, self.momentum, self.v = learning_rate, momentum, None

    def update(self, weights: Any, gradient: Any) -> Any:
        w, g = floats(weights, gradient)
        self.v = self.rate * g if self.v is None else self.momentum * self.v + self.rate * g
        return w - self.v


class MomentumInPlace:
    """The memory is an array of its own, so it may be changed in place."""

    def __init__(self, learning_rate: float, momentum: float = 0.9) -> None:
        self.rate, self.momentum, self.v = learning_rate, momentum, None

    def update(self, weights: Any, gradient: Any) -> Any:
        w, g = floats(weights, gradient)
        if self.v is None:
            self.v = np.zeros_like(w)
        self.v *= self.momentum
        self.v += g
        return w - self.rate * self.v


class MomentumOfTheWholeHistory:
    def __init__(self, learning_rate: float, momentum: float = 0.9) -> None:
        self.rate, self.momentum, self.gradients = learning_rate, momentum, []

    def update(self, weights: Any, gradient: Any) -> Any:
        self.gradients.append(np.array(gradient, dtype=np.longdouble))
        powers = self.momentum ** np.arange(len(self.gradients))[::-1]
        velocity = sum(power * each for power, each in zip(powers, self.gradients, strict=True))
        return np.asarray(weights, dtype=float) - self.rate * velocity


class RMSpropByDifferences:
    def __init__(
        self, learning_rate: float = 0.01, decay: float = 0.99, epsilon: float = 1e-8
    ) -> None:
        self.rate, self.decay, self.epsilon, self.s = learning_rate, decay, epsilon, 0.0

    def update(self, weights: Any, gradient: Any) -> Any:
        w, g = floats(weights, gradient)
        self.s = self.s + (1 - self.decay) * (g * g - self.s)
        return w - self.rate / (self.s**0.5 + self.epsilon) * g


class RMSpropInPlace:
    def __init__(
        self, learning_rate: float = 0.01, decay: float = 0.99, epsilon: float = 1e-8
    ) -> None:
        self.rate, self.decay, self.epsilon, self.s = learning_rate, decay, epsilon, None

    def update(self, weights: Any, gradient: Any) -> Any:
        w, g = floats(weights, gradient)
        if self.s is None:
            self.s = np.zeros(w.shape)
        self.s *= self.decay
        self.s += (1 - self.decay) * np.square(g)
        return np.subtract(w, self.rate * np.divide(g, np.sqrt(self.s) + self.epsilon))


class RMSpropByALoop:
    def __init__(
        self, learning_rate: float = 0.01, decay: float = 0.99, epsilon: float = 1e-8
    ) -> None:
        self.rate, self.decay, self.epsilon, self.s = learning_rate, decay, epsilon, {}

    def update(self, weights: Any, gradient: Any) -> Any:
        moved = np.array(weights, dtype=float)
        for index, g in np.ndenumerate(np.asarray(gradient, dtype=float)):
            self.s[index] = self.decay * self.s.get(index, 0.0) + (1 - self.decay) * g**2
            moved[index] -= self.rate * g / (self.s[index] ** 0.5 + self.epsilon)
        return moved


class AdamWithOneFactor:
    """The corrections drawn into one factor, and epsilon scaled with them."""

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8) -> None:
        self.rate, self.b1, self.b2, self.epsilon = learning_rate, beta1, beta2, epsilon
        self.m = self.v = 0.0
        self.t = 0

    def update(self, weights: Any, gradient: Any) -> Any:
        w, g = floats(weights, gradient)
        self.t += 1
        self.m = self.b1 * self.m + (1 - self.b1) * g
        self.v = self.b2 * self.v + (1 - self.b2) * g * g
        root = np.sqrt(1 - self.b2**self.t)
        rate = self.rate * root / (1 - self.b1**self.t)
        return w - rate * self.m / (np.sqrt(self.v) + self.epsilon * root)


class AdamWithRunningProducts:
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8) -> None:
        self.rate, self.betas, self.epsilon = learning_rate, (beta1, beta2), epsilon
        self.products, self.means = [1.0, 1.0], [None, None]

    def update(self, weights: Any, gradient: Any) -> Any:
        w, g = floats(weights, gradient)
        corrected = []
        for k, (beta, new) in enumerate(zip(self.betas, (g, g**2), strict=True)):
            if self.means[k] is None:
                self.means[k] = np.zeros_like(g)
            self.means[k] += (1 - beta) * (new - self.means[k])
            self.products[k] *= beta
            corrected.append(self.means[k] / (1 - self.products[k]))
        return w - self.rate * corrected[0] / (corrected[1] ** 0.5 + self.epsilon)


class AdamOfTheWholeHistory:
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8) -> None:
        self.rate, self.b1, self.b2, self.epsilon = learning_rate, beta1, beta2, epsilon
        self.gradients: list[Any] = []

    def update(self, weights: Any, gradient: Any) -> Any:
        self.gradients.append(np.array(gradient, dtype=np.longdouble))
        ages = np.arange(len(self.gradients))[::-1]
        history = np.array(self.gradients)
        mean = np.average(history, axis=0, weights=np.longdouble(self.b1) ** ages)
        square = np.average(history**2, axis=0, weights=np.longdouble(self.b2) ** ages)
        step = self.rate * mean / (np.sqrt(square) + self.epsilon)
        return np.asarray(weights, dtype=float) - step.astype(float)


class AdamWInOneClass:
    """All of it in one class, without an Adam."""

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        self.rate, self.b1, self.b2, self.epsilon = learning_rate, beta1, beta2, epsilon
        self.decay, self.t, self.m, self.v = weight_decay, 0, 0.0, 0.0

    def update(self, weights: Any, gradient: Any) -> Any:
        w, g = np.array(weights, dtype=float), np.array(gradient, dtype=float)
        self.t += 1
        self.m = self.b1 * self.m + (1 - self.b1) * g
        self.v = self.b2 * self.v + (1 - self.b2) * g**2
        size = np.sqrt(self.v / (1 - self.b2**self.t)) + self.epsilon
        w -= self.rate * self.decay * w
        w -= self.rate * (self.m / (1 - self.b1**self.t)) / size
        return w


class AdamWByInheritance(solution.Adam):
    """An Adam whose weights decay."""

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(learning_rate, beta1, beta2, epsilon)
        self.weight_decay = weight_decay

    def update(self, weights: Any, gradient: Any) -> Any:
        less = np.multiply(weights, self.learning_rate * self.weight_decay)
        return super().update(weights - less, gradient)


class AdamWByTheStepFromZero:
    """Adam's step is where it comes to from zeros."""

    def __init__(self, learning_rate=0.001, *others: float, **named: float) -> None:
        self.decay = named.pop("weight_decay", others[3] if len(others) > 3 else 0.01)
        self.rate, self.adam = learning_rate, solution.Adam(learning_rate, *others[:3], **named)

    def update(self, weights: Any, gradient: Any) -> Any:
        w = np.asarray(weights, dtype=float)
        return w - self.rate * self.decay * w + self.adam.update(np.zeros_like(w), gradient)


RIGHT = {
    "stochastic_gradient_descent": (
        descent_with_the_old_generator,
        descent_with_python_alone,
        descent_with_the_global_generator,
    ),
    "SGD": (SGDByALoop, SGDInExtendedPrecision, SGDOnACopy),
    "Momentum": (MomentumWithTheRateInside, MomentumInPlace, MomentumOfTheWholeHistory),
    "RMSprop": (RMSpropByDifferences, RMSpropInPlace, RMSpropByALoop),
    "Adam": (AdamWithOneFactor, AdamWithRunningProducts, AdamOfTheWholeHistory),
    "AdamW": (AdamWInOneClass, AdamWByInheritance, AdamWByTheStepFromZero),
}


# -- nothing for nothing --------------------------------------------------------------------------


def idle_optimizer(update: Callable[..., Any]) -> type:
    """An optimizer whose update is a function without a memory."""

    class Idle:
        def __init__(self, *settings: float, **named: float) -> None:
            self.settings = settings, named

        def update(self, weights: Any, gradient: Any) -> Any:
            return update(np.array(weights, dtype=float), np.array(gradient, dtype=float))

    return Idle


def refuse(weights: Any, gradient: Any) -> Any:
    raise ValueError("not today")


IDLE = {
    "None": lambda weights, gradient: None,
    "the weights": lambda weights, gradient: weights,
    "the gradient": lambda weights, gradient: gradient,
    "their difference": lambda weights, gradient: weights - gradient,
    "zeros": lambda weights, gradient: np.zeros(weights.shape),
    "nans": lambda weights, gradient: np.full(weights.shape, np.nan),
    "one": lambda weights, gradient: 1.0,
    "ValueError": refuse,
}


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("update", IDLE.values(), ids=IDLE.keys())
def test_criteria_give_nothing_to_optimizers_that_do_nothing(
    name: str, update: Callable[..., Any], marks: Callable[..., dict[str, Any]]
) -> None:
    assert marks("optimizers", {name: idle_optimizer(update)}, only=[name])[name].score == 0


# -- memories that only a closer look finds out ---------------------------------------------------


class MomentumWithABuffer(optimizers.Momentum):
    """Hands out one and the same array at each update."""

    def update(self, weights: Any, gradient: Any) -> Any:
        moved = super().update(weights, gradient)
        if not hasattr(self, "buffer"):
            self.buffer = np.empty_like(moved)
        self.buffer[...] = moved
        return self.buffer


class MomentumThatKeepsWeights(optimizers.Momentum):
    """Takes the weights of the first update, and moves those from then on."""

    kept: Any = None

    def update(self, weights: Any, gradient: Any) -> Any:
        self.kept = super().update(weights if self.kept is None else self.kept, gradient)
        return self.kept.copy()


class MomentumThatKeepsTheResult(optimizers.Momentum):
    """Works out the velocity from the array that it handed out last."""

    last: Any = None

    def update(self, weights: Any, gradient: Any) -> Any:
        before = np.array(weights, dtype=float)
        if self.last is not None:
            self.velocity = (self.base - self.last) / self.learning_rate
        self.base, self.last = before, super().update(before, gradient)
        return self.last


@pytest.mark.parametrize(
    "answer", [MomentumWithABuffer, MomentumThatKeepsWeights, MomentumThatKeepsTheResult]
)
def test_momentum_keeps_its_velocity_fails_for_shared_arrays(
    answer: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    result = marks("optimizers", {"Momentum": answer}, only=["Momentum"])["Momentum"]
    assert not result.passed
    assert "momentum_keeps_its_velocity" in [c.name for c in result.criteria if not c.passed]


# -- the oracles ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "made", "settings"),
    [
        (trajectories.sgd, optimizers.SGD, {"learning_rate": 0.25}),
        (trajectories.momentum, optimizers.Momentum, {"learning_rate": 0.25, "momentum": 0.5}),
        (trajectories.rmsprop, optimizers.RMSprop, {"decay": 0.75, "epsilon": 0.125}),
        (trajectories.adam, optimizers.Adam, {"beta1": 0.5, "beta2": 0.75, "epsilon": 0.125}),
    ],
)
def test_trajectories_agree_with_stepping(exact: Any, made: Any, settings: Any) -> None:
    gradients = np.random.default_rng(3).normal(size=(40, 2, 3))
    stepping, weights = made(**settings), np.ones((2, 3))
    path = exact(weights, gradients, **settings)
    assert path.dtype == np.longdouble
    for gradient, expected in zip(gradients, path[1:], strict=True):
        weights = stepping.update(weights, gradient)
        # 40 steps of size 1 at most: rounding stays below 40 · 2⁻⁵³ · 10
        np.testing.assert_allclose(weights, expected.astype(float), rtol=0, atol=1e-13)


def test_trajectory_of_momentum_is_the_one_of_the_lesson() -> None:
    gradients = np.array([[4.0], [4.0], [0.0]])
    path = trajectories.momentum([10.0], gradients, learning_rate=0.25, momentum=0.5)
    assert path.astype(float).tolist() == [[10.0], [9.0], [7.5], [6.75]]


def test_trajectory_of_adam_starts_with_the_learning_rate() -> None:
    path = trajectories.adam([0.0, 0.0], np.array([[1e3, -1e-3]]), learning_rate=0.5, epsilon=0.0)
    assert path[1].astype(float).tolist() == [-0.5, 0.5]


def test_changing_gradients_change_by_six_powers_of_ten_and_pause() -> None:
    for seed in range(20):
        gradients = trajectories.changing_gradients(np.random.default_rng(seed), 200, (2, 2))
        sizes = np.abs(gradients[:, 1, 1])
        windows = np.median(sizes.reshape(20, 10), axis=1)
        assert windows.max() / windows[windows > 0].min() > 1e4
        assert np.all(gradients[:, 0, 0] == 0)
        assert 5 <= np.sum(np.all(gradients == 0, axis=(1, 2))) < 10


def test_examples_note_order_and_places() -> None:
    examples = Examples(np.random.default_rng(1), 3, (2,))
    first = np.array([1.0, -1.0])
    gradient = examples.gradient(first, 2)
    row, target = examples.features[2], examples.targets[2]
    assert np.allclose(gradient, (row @ first - target) * row)
    before, kept = examples.path(first, 0.5)
    assert examples.order == [2]
    assert before.astype(float).tolist() == [[1.0, -1.0]]
    assert len(kept) == 1  # one call of three: the epoch is not over


@pytest.mark.parametrize("index", [2.0, True, "1", None, -1, 3])
def test_expect_index_refuses_all_but_the_numbers_of_examples(index: Any) -> None:
    with pytest.raises(Unmet):
        expect_index(index, 3)
    assert expect_index(np.int64(2), 3) == 2
