"""What learners get wrong about optimizers."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autograder.checking.expectations import Array
from autograder.exercises.registry import mistake
from solutions import optimizers

ExampleGradient = Callable[[Any, int], Any]

BY_EXAMPLE = "Lesson 4, “Write it: stochastic_gradient_descent”"
WHY_ONE = "Lesson 4, “Why one example is enough, on average”"
MEMORY = "Lesson 4, “An optimizer is an object with a memory”"
BALL = "Lesson 4, “The ravine, and a heavy ball”"
RECENT = "Lesson 4, “RMSprop: divide by the recent size”"
BOTH = "Lesson 4, “Adam: both memories, and a correction”"
FIRST_STEP = "Lesson 4, “Adam's first step, in numbers”"

stochastic: Any = optimizers.stochastic_gradient_descent


# -- stochastic_gradient_descent ------------------------------------------------------------------


def descend(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    learning_rate: float,
    orders: list[Any],
) -> Array:
    """Steps in given orders: what most of the mistakes below share with the right answer."""
    weights = np.array(start, dtype=float)
    path = [weights]
    for order in orders:
        for i in order:
            weights = weights - learning_rate * example_gradient(weights, int(i))
        path.append(weights)
    return np.array(path)


@mistake(
    "stochastic_gradient_descent",
    says="The weights are kept after every single step. Keep them once for each epoch: "
    "append after the inner loop, not inside it.",
    read=BY_EXAMPLE,
)
def weights_after_every_step(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    weights = np.array(start, dtype=float)
    path = [weights]
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for i in rng.permutation(n_examples):
            weights = weights - learning_rate * example_gradient(weights, int(i))
            path.append(weights)
    return np.array(path)


@mistake(
    "stochastic_gradient_descent",
    says="The start is missing: row 0 of the result is the start, then one row for each epoch.",
    read=BY_EXAMPLE,
)
def path_without_start(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    path: Array = stochastic(example_gradient, start, n_examples, learning_rate, epochs, seed)
    return path[1:]


@mistake(
    "stochastic_gradient_descent",
    says="Only the last weights are returned: return the weights after each epoch, the start "
    "first, as one array.",
    read=BY_EXAMPLE,
)
def last_weights_only(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    path: Array = stochastic(example_gradient, start, n_examples, learning_rate, epochs, seed)
    return path[-1]


@mistake(
    "stochastic_gradient_descent",
    says="All rows are one and the same array, changed in place: `weights -= …` also changes what "
    "was kept. Write `weights = weights - …`, or keep a copy.",
    read=BY_EXAMPLE,
)
def rows_that_are_one_array(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    weights = np.array(start, dtype=float)
    path = [weights]
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for i in rng.permutation(n_examples):
            weights -= learning_rate * example_gradient(weights, int(i))
        path.append(weights)
    return np.array(path)


@mistake(
    "stochastic_gradient_descent",
    says="The steps go uphill: subtract the gradient, do not add it.",
    read=BY_EXAMPLE,
)
def sgd_uphill(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    path: Array = stochastic(example_gradient, start, n_examples, -learning_rate, epochs, seed)
    return path


@mistake(
    "stochastic_gradient_descent",
    says="An epoch makes a single step here, with the mean of all gradients. Step after each "
    "example instead.",
    read=WHY_ONE,
)
def one_step_an_epoch(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    weights = np.array(start, dtype=float)
    path = [weights]
    for _ in range(epochs):
        gradients = [example_gradient(weights, i) for i in range(n_examples)]
        weights = weights - learning_rate * np.mean(gradients, axis=0)
        path.append(weights)
    return np.array(path)


@mistake(
    "stochastic_gradient_descent",
    says="All gradients of an epoch are taken at the weights of its start. Take each one at the "
    "newest weights: call example_gradient inside the inner loop.",
    read=BY_EXAMPLE,
)
def gradients_at_the_epochs_start(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    weights = np.array(start, dtype=float)
    path = [weights]
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        at = weights
        for i in rng.permutation(n_examples):
            weights = weights - learning_rate * example_gradient(at, int(i))
        path.append(weights)
    return np.array(path)


@mistake(
    "stochastic_gradient_descent",
    says="Examples are drawn with replacement, so some come twice and others not at all. Shuffle "
    "them: rng.permutation(n_examples) holds each number once.",
    read=WHY_ONE,
)
def examples_drawn_with_a_die(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    rng = np.random.default_rng(seed)
    orders = [rng.integers(n_examples, size=n_examples) for _ in range(epochs)]
    return descend(example_gradient, start, learning_rate, orders)


@mistake(
    "stochastic_gradient_descent",
    says="The generator is made anew in each epoch, so it deals the same order every time. Make "
    "it once, before the loop over epochs.",
    read=BY_EXAMPLE,
)
def same_order_in_each_epoch(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    orders = [np.random.default_rng(seed).permutation(n_examples) for _ in range(epochs)]
    return descend(example_gradient, start, learning_rate, orders)


@mistake(
    "stochastic_gradient_descent",
    says="The examples come in the order of the table. Shuffle them anew for each epoch: "
    "rng.permutation(n_examples).",
    read=WHY_ONE,
)
def examples_in_the_tables_order(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    return descend(example_gradient, start, learning_rate, [range(n_examples)] * epochs)


@mistake(
    "stochastic_gradient_descent",
    says="The generator gets no seed, so that no run can be repeated: np.random.default_rng(seed).",
    read=BY_EXAMPLE,
)
def orders_without_a_seed(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    rng = np.random.default_rng()
    orders = [rng.permutation(n_examples) for _ in range(epochs)]
    return descend(example_gradient, start, learning_rate, orders)


@mistake(
    "stochastic_gradient_descent",
    says="The orders are the same for all seeds: hand the argument on, "
    "np.random.default_rng(seed).",
    read=BY_EXAMPLE,
)
def orders_of_one_seed(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    rng = np.random.default_rng(0)
    orders = [rng.permutation(n_examples) for _ in range(epochs)]
    return descend(example_gradient, start, learning_rate, orders)


@mistake(
    "stochastic_gradient_descent",
    says="The steps write into the caller's start. np.asarray makes no copy of a float array: "
    "begin with np.array(start, dtype=float).",
    read=BY_EXAMPLE,
)
def start_that_moves(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    weights = np.asarray(start, dtype=float)
    path = [weights.copy()]
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        for i in rng.permutation(n_examples):
            weights -= learning_rate * example_gradient(weights, int(i))
        path.append(weights.copy())
    return np.array(path)


@mistake(
    "stochastic_gradient_descent",
    says="A path made from a start of whole numbers holds whole numbers only, and cuts the rest "
    "off. Turn the start into floats first: np.array(start, dtype=float).",
    read=BY_EXAMPLE,
)
def path_of_whole_numbers(
    example_gradient: ExampleGradient,
    start: ArrayLike,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    path: Array = stochastic(example_gradient, start, n_examples, learning_rate, epochs, seed)
    return path.astype(np.asarray(start).dtype)


@mistake(
    "stochastic_gradient_descent",
    says="The path has a column for each weight of a vector, and so works for vectors alone. Its "
    "shape is (epochs + 1, *start.shape): np.array of a list of weights has it.",
    read=BY_EXAMPLE,
)
def path_of_a_vector_only(
    example_gradient: ExampleGradient,
    start: Any,
    n_examples: int,
    learning_rate: float,
    epochs: int,
    seed: int = 0,
) -> Array:
    path = np.zeros((epochs + 1, len(start)))
    path[:] = stochastic(example_gradient, start, n_examples, learning_rate, epochs, seed)
    return path


# -- SGD ------------------------------------------------------------------------------------------


@mistake(
    "SGD",
    says="The step goes uphill: subtract the gradient, do not add it.",
    read="Lesson 4, “Write it: SGD”",
)
class ClimbingSGD(optimizers.SGD):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        return np.asarray(weights, float) + self.learning_rate * np.asarray(gradient, float)


@mistake(
    "SGD",
    says="The step alone is returned: subtract it from the weights, and return those.",
    read="Lesson 4, “Write it: SGD”",
)
class SGDReturnsTheStep(optimizers.SGD):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        return np.asarray(self.learning_rate * np.asarray(gradient, float))


@mistake(
    "SGD",
    says="`weights -= …` writes into the caller's array. Write `return weights - …`, which makes a "
    "new one.",
    read=MEMORY,
)
class SGDInPlace(optimizers.SGD):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        moved = np.asarray(weights, dtype=float)
        moved -= self.learning_rate * np.asarray(gradient, dtype=float)
        return moved


@mistake(
    "SGD",
    says="The learning rate is kept on the class, so the newest optimizer sets it for all. Keep "
    "it on the object: self.learning_rate.",
    read=MEMORY,
    takes_module=True,
)
def sgd_with_one_rate_for_all(module: Any) -> type:
    class SGD(optimizers.SGD):
        def __init__(self, learning_rate: float) -> None:
            SGD.learning_rate = learning_rate

    return SGD


@mistake(
    "SGD",
    says="The gradient is divided by its length, so its size no longer counts. SGD takes the "
    "gradient as it is.",
    read="Lesson 4, “Write it: SGD”",
)
class NormalizedSGD(optimizers.SGD):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        gradient = np.asarray(gradient, dtype=float)
        length = np.linalg.norm(gradient) or 1.0
        return np.asarray(weights, float) - self.learning_rate * gradient / length


@mistake(
    "SGD",
    says="The gradient is cut to sizes of at most 100. SGD takes every gradient as it is, however "
    "large.",
    read="Lesson 4, “Write it: SGD”",
)
class ClippedSGD(optimizers.SGD):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        clipped = np.clip(np.asarray(gradient, dtype=float), -100, 100)
        return np.asarray(np.asarray(weights, float) - self.learning_rate * clipped)


# -- Momentum -------------------------------------------------------------------------------------


class Rolling(optimizers.Momentum):
    """A velocity and a step, each with a rule that subclasses change."""

    def renewed(self, gradient: Array) -> Any:
        return self.momentum * self.velocity + gradient

    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        self.velocity = self.renewed(np.asarray(gradient, dtype=float))
        return np.asarray(weights, dtype=float) - self.learning_rate * self.velocity


@mistake(
    "Momentum",
    says="The gradient comes into the velocity with the factor 1 − momentum. Here, as in PyTorch, "
    "its factor is 1.",
    read=BALL,
)
class DampedMomentum(Rolling):
    def renewed(self, gradient: Array) -> Any:
        return self.momentum * self.velocity + (1 - self.momentum) * gradient


@mistake(
    "Momentum",
    says="The momentum multiplies the gradient too. It multiplies the old velocity alone: "
    "momentum * velocity + gradient.",
    read=BALL,
)
class MomentumOfTheSum(Rolling):
    def renewed(self, gradient: Array) -> Any:
        return self.momentum * (self.velocity + gradient)


@mistake(
    "Momentum",
    says="The velocity is added up without a loss: multiply the old one by momentum first.",
    read=BALL,
)
class MomentumWithoutFriction(Rolling):
    def renewed(self, gradient: Array) -> Any:
        return self.velocity + gradient


@mistake(
    "Momentum",
    says="The velocity is forgotten between two updates: keep it on the object, self.velocity.",
    read=MEMORY,
)
class ForgetfulMomentum(Rolling):
    def renewed(self, gradient: Array) -> Any:
        return gradient


@mistake(
    "Momentum",
    says="The step is made with the old velocity, and the velocity renewed afterwards. Renew it "
    "first: the first step equals that of SGD.",
    read="Lesson 4, “Write it: Momentum”",
)
class MomentumOneStepLate(Rolling):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        moved = np.asarray(weights, dtype=float) - self.learning_rate * self.velocity
        self.velocity = self.renewed(np.asarray(gradient, dtype=float))
        return moved + np.zeros(np.shape(gradient))


@mistake(
    "Momentum",
    says="This is Nesterov's momentum, which looks ahead. Step along the velocity itself: "
    "weights − learning_rate · velocity.",
    read=BALL,
)
class NesterovMomentum(Rolling):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        gradient = np.asarray(gradient, dtype=float)
        self.velocity = self.renewed(gradient)
        ahead = gradient + self.momentum * self.velocity
        return np.asarray(np.asarray(weights, dtype=float) - self.learning_rate * ahead)


@mistake(
    "Momentum",
    says="The learning rate multiplies twice: in the velocity and again in the step. It belongs "
    "in the step alone.",
    read=BALL,
)
class MomentumWithTheRateTwice(Rolling):
    def renewed(self, gradient: Array) -> Any:
        return self.momentum * self.velocity + self.learning_rate * gradient


@mistake(
    "Momentum",
    says="The velocity is kept on the class, so all optimizers share one. Set it in __init__: "
    "self.velocity = 0.0.",
    read=MEMORY,
    takes_module=True,
)
def momentum_that_is_shared(module: Any) -> type:
    class Momentum(Rolling):
        shared: Any = 0.0

        def renewed(self, gradient: Array) -> Any:
            before = Momentum.shared if np.shape(Momentum.shared) == gradient.shape else 0.0
            Momentum.shared = self.momentum * before + gradient
            return Momentum.shared

    return Momentum


@mistake(
    "Momentum",
    says="`self.velocity = gradient` gives the caller's array a second name, and its changes reach "
    "the velocity. Start from 0.0, and make a new array at each update.",
    read=MEMORY,
)
class MomentumThatKeepsTheGradient(optimizers.Momentum):
    kept: Any = None

    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        if self.kept is None:
            self.kept = np.asarray(gradient, dtype=float)
        else:
            self.kept = self.momentum * self.kept + np.asarray(gradient, dtype=float)
        return np.asarray(np.asarray(weights, dtype=float) - self.learning_rate * self.kept)


@mistake(
    "Momentum",
    says="momentum has no default: write `def __init__(self, learning_rate, momentum=0.9)`.",
    read=BALL,
)
class MomentumWithoutADefault(optimizers.Momentum):
    def __init__(self, learning_rate: float, momentum: float) -> None:
        self.learning_rate, self.momentum, self.velocity = learning_rate, momentum, 0.0


# -- RMSprop --------------------------------------------------------------------------------------


class Sizing(optimizers.RMSprop):
    """A mean square and a step, each with a rule that subclasses change."""

    def renewed(self, gradient: Array) -> Any:
        return self.decay * self.mean_square + (1 - self.decay) * gradient**2

    def step(self, gradient: Array) -> Any:
        return gradient / (np.sqrt(self.mean_square) + self.epsilon)

    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        gradient = np.asarray(gradient, dtype=float)
        self.mean_square = self.renewed(gradient)
        return np.asarray(np.asarray(weights, float) - self.learning_rate * self.step(gradient))


@mistake(
    "RMSprop",
    says="Epsilon stands under the root. Here, as in PyTorch, it is added after the root is taken: "
    "np.sqrt(mean_square) + epsilon.",
    read=RECENT,
)
class RMSpropWithEpsilonInside(Sizing):
    def step(self, gradient: Array) -> Any:
        return gradient / np.sqrt(self.mean_square + self.epsilon)


@mistake(
    "RMSprop",
    says="Without epsilon a weight whose gradient was always 0 gets 0/0: divide by "
    "np.sqrt(mean_square) + epsilon.",
    read=RECENT,
)
class RMSpropWithoutEpsilon(Sizing):
    def step(self, gradient: Array) -> Any:
        return gradient / np.sqrt(self.mean_square)


@mistake(
    "RMSprop",
    says="The gradient is divided by the mean square itself: take its root first, np.sqrt.",
    read=RECENT,
)
class RMSpropWithoutRoot(Sizing):
    def step(self, gradient: Array) -> Any:
        return gradient / (self.mean_square + self.epsilon)


@mistake(
    "RMSprop",
    says="The squares are added up and never forgotten, as in Adagrad. Multiply the old mean by "
    "decay, and the new square by 1 − decay.",
    read=RECENT,
)
class RMSpropThatSums(Sizing):
    def renewed(self, gradient: Array) -> Any:
        return self.mean_square + gradient**2


@mistake(
    "RMSprop",
    says="The new square comes in with the factor 1, so that the mean grows too large: its factor "
    "is 1 − decay.",
    read=RECENT,
)
class RMSpropWithWholeSquares(Sizing):
    def renewed(self, gradient: Array) -> Any:
        return self.decay * self.mean_square + gradient**2


@mistake(
    "RMSprop",
    says="The two shares have changed places: decay multiplies the old mean, 1 − decay the new "
    "square.",
    read=RECENT,
)
class RMSpropWithSwappedShares(Sizing):
    def renewed(self, gradient: Array) -> Any:
        return (1 - self.decay) * self.mean_square + self.decay * gradient**2


@mistake(
    "RMSprop",
    says="The sizes of the gradients are averaged, not their squares: average gradient**2, and "
    "divide by the root of that mean.",
    read=RECENT,
)
class RMSpropOfAbsoluteValues(Sizing):
    def renewed(self, gradient: Array) -> Any:
        return self.decay * self.mean_square + (1 - self.decay) * np.abs(gradient)

    def step(self, gradient: Array) -> Any:
        return gradient / (self.mean_square + self.epsilon)


@mistake(
    "RMSprop",
    says="One size is measured for all weights together. Keep one for each weight: gradient**2 "
    "element by element, without a sum.",
    read=RECENT,
)
class RMSpropOfTheWholeGradient(Sizing):
    def renewed(self, gradient: Array) -> Any:
        return self.decay * self.mean_square + (1 - self.decay) * np.sum(gradient**2)


@mistake(
    "RMSprop",
    says="The mean square is corrected for its start from zeros, as in Adam. RMSprop has no such "
    "correction: its first step is long.",
    read=RECENT,
)
class RMSpropWithCorrection(Sizing):
    count = 0

    def step(self, gradient: Array) -> Any:
        self.count += 1
        corrected = self.mean_square / (1 - self.decay**self.count)
        return gradient / (np.sqrt(corrected) + self.epsilon)


@mistake(
    "RMSprop",
    says="The gradient is divided by the mean square of the last update. Renew the mean square "
    "first, then divide.",
    read="Lesson 4, “Write it: RMSprop”",
)
class RMSpropOneStepLate(Sizing):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        gradient = np.asarray(gradient, dtype=float)
        step = self.step(gradient)
        self.mean_square = self.renewed(gradient)
        return np.asarray(np.asarray(weights, float) - self.learning_rate * step)


@mistake(
    "RMSprop",
    says="The mean square is kept on the class, so all optimizers share one. Set it in __init__: "
    "self.mean_square = 0.0.",
    read=MEMORY,
    takes_module=True,
)
def rmsprop_that_is_shared(module: Any) -> type:
    class RMSprop(Sizing):
        shared: Any = 0.0

        def renewed(self, gradient: Array) -> Any:
            before = RMSprop.shared if np.shape(RMSprop.shared) == gradient.shape else 0.0
            RMSprop.shared = self.decay * before + (1 - self.decay) * gradient**2
            return RMSprop.shared

    return RMSprop


@mistake(
    "RMSprop",
    says="`weights -= …` writes into the caller's array. Write `return weights - …`, which makes a "
    "new one.",
    read=MEMORY,
)
class RMSpropInPlace(Sizing):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        moved = np.asarray(weights, dtype=float)
        moved[...] = super().update(moved, gradient)
        return moved


@mistake(
    "RMSprop",
    says="The default of decay is that of Hinton's lecture, 0.9. Here, as in PyTorch, it is 0.99.",
    read=RECENT,
)
class RMSpropOfTheLecture(optimizers.RMSprop):
    def __init__(
        self, learning_rate: float = 0.01, decay: float = 0.9, epsilon: float = 1e-8
    ) -> None:
        self.learning_rate, self.decay, self.epsilon = learning_rate, decay, epsilon
        self.mean_square = 0.0


# -- Adam -----------------------------------------------------------------------------------------


class Adapting(optimizers.Adam):
    """Two means, their correction and a step, each with a rule that subclasses change."""

    def renew(self, gradient: Array) -> None:
        self.updates += 1
        self.mean = self.beta1 * self.mean + (1 - self.beta1) * gradient
        self.mean_square = self.beta2 * self.mean_square + (1 - self.beta2) * gradient**2

    def corrected(self) -> tuple[Any, Any]:
        mean = self.mean / (1 - self.beta1**self.updates)
        return mean, self.mean_square / (1 - self.beta2**self.updates)

    def step(self, gradient: Array) -> Any:
        mean, square = self.corrected()
        return mean / (np.sqrt(square) + self.epsilon)

    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        gradient = np.asarray(gradient, dtype=float)
        self.renew(gradient)
        return np.asarray(np.asarray(weights, float) - self.learning_rate * self.step(gradient))


@mistake(
    "Adam",
    says="The bias correction is missing: divide the mean by 1 − beta1**t and the mean square by "
    "1 − beta2**t before the step.",
    read=BOTH,
)
class AdamWithoutCorrection(Adapting):
    def corrected(self) -> tuple[Any, Any]:
        return self.mean, self.mean_square


@mistake(
    "Adam",
    says="The mean is corrected, but the mean square is not: divide it by 1 − beta2**t.",
    read=BOTH,
)
class AdamWithACorrectedMeanOnly(Adapting):
    def corrected(self) -> tuple[Any, Any]:
        return self.mean / (1 - self.beta1**self.updates), self.mean_square


@mistake(
    "Adam",
    says="The mean square is corrected, but the mean is not: divide it by 1 − beta1**t.",
    read=BOTH,
)
class AdamWithACorrectedSquareOnly(Adapting):
    def corrected(self) -> tuple[Any, Any]:
        return self.mean, self.mean_square / (1 - self.beta2**self.updates)


@mistake(
    "Adam",
    says="The correction is the same at every step: it lacks the power. Count the updates, and "
    "divide by 1 − beta**t.",
    read=BOTH,
)
class AdamWithoutThePower(Adapting):
    def corrected(self) -> tuple[Any, Any]:
        return self.mean / (1 - self.beta1), self.mean_square / (1 - self.beta2)


@mistake(
    "Adam",
    says="The corrected means are kept as the memory, and so are corrected again and again. Keep "
    "the uncorrected ones, and correct into new variables.",
    read="Lesson 4, “Write it: Adam”",
)
class AdamThatKeepsTheCorrected(Adapting):
    def corrected(self) -> tuple[Any, Any]:
        self.mean, self.mean_square = super().corrected()
        return self.mean, self.mean_square


@mistake(
    "Adam",
    says="The count is 1 too large at each update: it is 1 at the first one. Add 1 to it once, "
    "before the correction.",
    read=BOTH,
)
class AdamThatCountsFromTwo(Adapting):
    def corrected(self) -> tuple[Any, Any]:
        t = self.updates + 1
        return self.mean / (1 - self.beta1**t), self.mean_square / (1 - self.beta2**t)


@mistake(
    "Adam",
    says="At the first update the count is still 0, and 1 − beta**0 is 0. Add 1 to the count "
    "before the correction.",
    read=BOTH,
)
class AdamThatCountsFromZero(Adapting):
    def corrected(self) -> tuple[Any, Any]:
        t = self.updates - 1
        return self.mean / np.float64(1 - self.beta1**t), self.mean_square / np.float64(
            1 - self.beta2**t
        )


@mistake(
    "Adam",
    says="beta1 and beta2 have changed places: beta1 belongs to the mean, beta2 to the mean "
    "square.",
    read=BOTH,
)
class AdamWithSwappedBetas(Adapting):
    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        self.learning_rate, self.beta1, self.beta2 = learning_rate, beta2, beta1
        self.epsilon, self.updates, self.mean, self.mean_square = epsilon, 0, 0.0, 0.0


@mistake(
    "Adam",
    says="The mean takes the gradient with the factor 1, as a velocity does. Adam's is a true "
    "mean: its factor is 1 − beta1.",
    read=BOTH,
)
class AdamWithAVelocity(Adapting):
    def renew(self, gradient: Array) -> None:
        before = self.mean
        super().renew(gradient)
        self.mean = self.beta1 * before + gradient


@mistake(
    "Adam",
    says="The step is made with this gradient alone. Above the fraction line stands the corrected "
    "mean of the gradients.",
    read=BOTH,
)
class AdamWithoutItsMean(Adapting):
    def step(self, gradient: Array) -> Any:
        return gradient / (np.sqrt(self.corrected()[1]) + self.epsilon)


@mistake(
    "Adam",
    says="The mean is divided by the mean square itself: take its root first, np.sqrt.",
    read=FIRST_STEP,
)
class AdamWithoutRoot(Adapting):
    def step(self, gradient: Array) -> Any:
        mean, square = self.corrected()
        return mean / (square + self.epsilon)


@mistake(
    "Adam",
    says="Epsilon stands under the root. It is added after the root is taken: "
    "np.sqrt(corrected_mean_square) + epsilon.",
    read=BOTH,
)
class AdamWithEpsilonInside(Adapting):
    def step(self, gradient: Array) -> Any:
        mean, square = self.corrected()
        return mean / np.sqrt(square + self.epsilon)


@mistake(
    "Adam",
    says="Epsilon is added before the mean square is corrected. Correct it first, then take the "
    "root, then add epsilon.",
    read=BOTH,
)
class AdamWithEpsilonTooEarly(Adapting):
    def step(self, gradient: Array) -> Any:
        t = self.updates
        rate = np.sqrt(1 - self.beta2**t) / (1 - self.beta1**t)
        return rate * self.mean / (np.sqrt(self.mean_square) + self.epsilon)


@mistake(
    "Adam",
    says="Without epsilon a weight whose gradient was always 0 gets 0/0: divide by "
    "np.sqrt(corrected_mean_square) + epsilon.",
    read=BOTH,
)
class AdamWithoutEpsilon(Adapting):
    def step(self, gradient: Array) -> Any:
        mean, square = self.corrected()
        return mean / np.sqrt(square)


@mistake(
    "Adam",
    says="The count of the updates is kept on the class, so the second optimizer does not start "
    "from 0. Set it in __init__, on the object.",
    read=MEMORY,
    takes_module=True,
)
def adam_with_one_count_for_all(module: Any) -> type:
    class Adam(Adapting):
        count = 0

        def renew(self, gradient: Array) -> None:
            Adam.count += 1
            super().renew(gradient)
            self.updates = Adam.count

    return Adam


@mistake(
    "Adam",
    says="The first mean is the caller's own array, and changes with it. Start from 0.0, and make "
    "a new array at each update.",
    read=MEMORY,
)
class AdamThatKeepsTheGradient(Adapting):
    first: Any = None

    def renew(self, gradient: Array) -> None:
        if self.first is not None:
            self.mean = (1 - self.beta1) * self.first
            self.first = None
        elif self.updates == 0:
            self.first = gradient
        super().renew(gradient)


@mistake(
    "Adam",
    says="`weights -= …` writes into the caller's array. Write `return weights - …`, which makes a "
    "new one.",
    read=MEMORY,
)
class AdamInPlace(Adapting):
    def update(self, weights: ArrayLike, gradient: ArrayLike) -> Array:
        moved = np.asarray(weights, dtype=float)
        moved[...] = super().update(moved, gradient)
        return moved


@mistake(
    "Adam",
    says="The default of beta2 is 0.99 here. It is 0.999, as in the paper: the mean square has "
    "the longer memory.",
    read=BOTH,
)
class AdamWithAShortMemory(optimizers.Adam):
    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.99,
        epsilon: float = 1e-8,
    ) -> None:
        self.learning_rate, self.beta1, self.beta2 = learning_rate, beta1, beta2
        self.epsilon, self.updates, self.mean, self.mean_square = epsilon, 0, 0.0, 0.0
