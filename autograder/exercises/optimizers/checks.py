"""Criteria of lesson 4: descent one example at a time, and five optimizers."""

from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import (
    expect,
    expect_array,
    expect_in_turn,
    expect_unchanged,
)
from autograder.checking.student import Student
from autograder.exercises.oracles import trajectories
from autograder.exercises.oracles.example_order import (
    Examples,
    expect_shuffled,
    neighbors_together,
    visits,
)
from autograder.exercises.oracles.optimizer_laws import (
    expect_first_steps,
    expect_memory_of_its_own,
    expect_near,
    expect_new_weights,
    follow,
    optimizer,
    optimizers,
)
from autograder.exercises.oracles.walks import expect_no_other_calls
from autograder.sandbox.session import Constant, with_formula

STEPS = 200
LARGE = 4_000_000_000  # its square is too large for an int64
ONE_GENERATOR = (
    "Make the generator once, before the first epoch, and draw an order from it in each epoch."
)
BY_SEED = "All that is random must follow from the seed: np.random.default_rng(seed)."


stochastic = Criteria("stochastic_gradient_descent")


@stochastic.example(0.75, "keeps the weights after each epoch of two steps that halve them")
def test_two_examples_halve_the_weights(student: Student) -> None:
    def example_gradient(weights: Any, i: Any) -> Any:
        return weights

    path = student.optimizers.stochastic_gradient_descent(
        example_gradient, [16.0], 2, learning_rate=0.5, epochs=2
    )
    expect_array(path, [[16.0], [4.0], [1.0]])


@stochastic.order(0.5, "takes every example exactly once in each epoch")
def test_every_example_once_an_epoch(student: Student, random: np.random.Generator) -> None:
    count = int(random.integers(6, 12))
    for epoch in visits(student, count, 3, seed=int(random.integers(1000))):
        expect(
            sorted(epoch) == list(range(count)),
            "an epoch takes some example more than once and another not at all",
            advice="Shuffle the numbers of all examples, and go through them.",
        )


@stochastic.order(
    0.75,
    "draws a fresh order for each epoch, and the same orders for the same seed",
    needs=("every_example_once_an_epoch",),
)
def test_fresh_order_for_each_epoch(student: Student, random: np.random.Generator) -> None:
    # Two random orders of 12 agree once in 5 · 10⁸ times. Neighbors stay side by side about twice
    # in a random order, and 10 times in fewer than one of a million orders; where a fixed order is
    # only turned round or moved on, 10 times or 11.
    seed, *others = map(int, 1 + random.choice(999, 5, replace=False))
    runs = {drawn: visits(student, 12, 4, seed=drawn) for drawn in (seed, *others)}
    first, second, third, _ = runs[seed]
    together = neighbors_together(first)
    expect(together < 10, "the examples are taken in a fixed order, not in a shuffled one")
    expect(first != second, "the first two epochs have the same order", advice=ONE_GENERATOR)
    expect(
        second != third, "the second and the third epoch have the same order", advice=ONE_GENERATOR
    )
    again = visits(student, 12, 1, seed=seed)
    expect(again == [first], "the same seed gives another order at the second call", advice=BY_SEED)
    for other in others:
        expect(runs[other][0] != first, "another seed gives the same order", advice=BY_SEED)
    zero = visits(student, 12, 1, seed=0)
    expect(visits(student, 12, 1) == zero, "without a seed the order is another than for seed 0")
    expect_shuffled([order for run in runs.values() for order in run], ONE_GENERATOR)


@stochastic.reference(
    1.5,
    "makes every step at the newest weights, for weights of any shape",
    needs=("every_example_once_an_epoch",),
)
def test_steps_at_the_newest_weights(student: Student, random: np.random.Generator) -> None:
    for shape in ((3,), (2, 2), ()):
        examples = Examples(random, 5, shape)
        start, learning_rate = random.normal(0.0, 1.0, shape), random.uniform(0.02, 0.1)
        path = student.optimizers.stochastic_gradient_descent(
            examples.gradient, start, 5, learning_rate, 3, int(random.integers(1000))
        )
        expect_no_other_calls(student, len(examples.order), "example_gradient")
        expect(
            sorted(examples.order) == sorted([*range(5)] * 3)
            and all(sorted(examples.order[k : k + 5]) == [*range(5)] for k in (0, 5, 10)),
            "an epoch does not take each example once",
        )
        before, kept = examples.path(start, learning_rate)
        for seen, newest in zip(examples.places, before, strict=True):
            expect_near(seen, newest, "an example's gradient is not taken at the newest weights")
        expect_array(path, kept.astype(float))


@stochastic.law(
    0.5, "takes a start of whole numbers, leaves it alone, and returns it where epochs is 0"
)
def test_start_is_kept(student: Student, random: np.random.Generator) -> None:
    half = Constant(np.full(2, 0.5), "weights", "i")
    example_gradient = with_formula(half, name="example_gradient")
    descend = student.optimizers.stochastic_gradient_descent
    start = np.array([4.0, 2.0])
    seen = descend.observe(example_gradient, start, 2, 0.5, 1)
    expect_array(seen.result, [[4.0, 2.0], [3.5, 1.5]])
    expect_unchanged(seen, [example_gradient, start, 2, 0.5, 1])
    expect_array(descend(example_gradient, [4, 2], 1, 0.5, 1), [[4.0, 2.0], [3.75, 1.75]])
    expect_array(descend(example_gradient, [4, 2], 3, 0.5, 0), [[4.0, 2.0]])
    whole, rate = random.integers(-9, 9, 2), float(random.uniform(0.1, 0.9))
    path = descend(example_gradient, whole.tolist(), 3, rate, 2)
    expect_array(path, whole - 1.5 * rate * np.arange(3)[:, np.newaxis])


sgd = Criteria("SGD")


@sgd.example(0.25, "steps against the gradient of the example")
def test_sgd_makes_one_step(student: Student) -> None:
    updated = optimizer(student, "SGD", learning_rate=0.25).update([3.0, 1.0], [2.0, -4.0])
    expect_array(updated, [2.5, 2.0])


@sgd.reference(1.25, "follows 200 gradients of changing size, for weights of any shape")
def test_sgd_follows_the_exact_path(student: Student, random: np.random.Generator) -> None:
    shapes: tuple[tuple[tuple[int, ...], int], ...] = (((3,), STEPS), ((), 20), ((2, 2), 20))
    runs: list[Any] = [(shape, steps, [random.uniform(0.001, 0.01)], {}) for shape, steps in shapes]
    follow(student, "SGD", trajectories.sgd, random, *runs)


@sgd.law(0.5, "returns new weights and writes into nothing that it was given")
def test_sgd_returns_new_weights(student: Student, random: np.random.Generator) -> None:
    expect_new_weights(student, "SGD", trajectories.sgd, 4, learning_rate=0.5)
    expect_memory_of_its_own(student, "SGD", trajectories.sgd, random, learning_rate=0.5)


momentum = Criteria("Momentum")


@momentum.example(0.5, "rolls through the three steps of the example")
def test_momentum_rolls_on(student: Student) -> None:
    steps = [([10.0], [4.0]), ([9.0], [4.0]), ([7.5], [0.0])]
    settings = {"learning_rate": 0.25, "momentum": 0.5}
    made, other = optimizers(student, "Momentum", settings, settings | {"momentum": 0.75})
    made.update.ahead(steps)
    other.update.ahead(steps[:1])
    returned = [made.update(*step) for step in steps]  # all of them tell mistakes apart
    returned.append(other.update(*steps[0]))
    for weights, expected in zip(returned, ([9.0], [7.5], [6.75], [9.0]), strict=True):
        expect_array(weights, expected)


@momentum.reference(1.5, "follows 200 gradients of changing size, for weights of any shape")
def test_momentum_follows_the_exact_path(student: Student, random: np.random.Generator) -> None:
    share = random.uniform(0.6, 0.95)
    follow(
        *(student, "Momentum", trajectories.momentum, random),
        ((3,), STEPS, [], {"learning_rate": 0.002, "momentum": share}),
        ((2, 2), 30, [0.003, share], {}),
        ((), 30, [0.001], {}),
    )


@momentum.law(1, "keeps a velocity of its own, and returns new weights")
def test_momentum_keeps_its_velocity(student: Student, random: np.random.Generator) -> None:
    exact = trajectories.momentum
    expect_new_weights(student, "Momentum", exact, 4, learning_rate=0.5, momentum=0.5)
    expect_memory_of_its_own(student, "Momentum", exact, random, learning_rate=0.5, momentum=0.5)


rmsprop = Criteria("RMSprop")


@rmsprop.example(0.75, "takes steps of one length for gradients of two sizes")
def test_rmsprop_evens_out_sizes(student: Student) -> None:
    # mean squares 1 and 4, then 0.75 · 1 + 0.25 · 1 = 1 and 0.75 · 4 + 0.25 · 4 = 4
    made = optimizer(student, "RMSprop", learning_rate=0.1, decay=0.75)
    steps = ([1.0, 1.0], [2.0, -4.0]), ([0.8, 1.2], [1.0, 2.0])
    made.update.ahead(steps)
    first, second = (made.update(*step) for step in steps)  # both of them tell mistakes apart
    expect_array(first, [0.8, 1.2])
    expect_array(second, [0.7, 1.1])


@rmsprop.law(0.75, "adds epsilon after the root, so that it halves a step as large as itself")
def test_rmsprop_adds_epsilon_after_the_root(student: Student, random: np.random.Generator) -> None:
    # the root of the mean square is 1/2 · 4 = 2: the step is 4 / (2 + 2), not 4 / √(4 + 2)
    gradient, epsilon = random.uniform(1, 5), float(random.uniform(0.5, 3))
    settings: list[dict[str, float]] = [
        {"learning_rate": 1.0, "decay": 0.75, "epsilon": 2.0},
        {"learning_rate": 1.0, "decay": 0.99},
        {"learning_rate": 1.0, "decay": 0.75, "epsilon": epsilon},
    ]
    cases = (
        (([5.0], [4.0]), [4.0]),
        (([7.0, 3.0], [1e-8, 0.0]), [7.0 - 10 / 11, 3.0]),
        (([5.0], [gradient]), [5 - gradient / (gradient / 2 + epsilon)]),
    )
    expect_first_steps(student, "RMSprop", settings, cases)


@rmsprop.reference(
    1.5,
    "follows 200 gradients of changing size, for weights of any shape",
    needs=("rmsprop_evens_out_sizes", "rmsprop_adds_epsilon_after_the_root"),
)
def test_rmsprop_follows_the_exact_path(student: Student, random: np.random.Generator) -> None:
    decay, epsilon = random.uniform(0.8, 0.98), random.uniform(0.001, 0.1)
    follow(
        *(student, "RMSprop", trajectories.rmsprop, random),
        ((3,), STEPS, [], {}),
        ((2, 2), 30, [0.05, decay, epsilon], {}),
        ((), 30, [], {"epsilon": epsilon, "learning_rate": 0.1, "decay": 0.25}),
    )


@rmsprop.law(1, "keeps a mean square of its own, and returns new weights")
def test_rmsprop_keeps_its_mean_square(student: Student, random: np.random.Generator) -> None:
    exact = trajectories.rmsprop
    expect_new_weights(student, "RMSprop", exact, LARGE, learning_rate=0.5, decay=0.75)
    expect_memory_of_its_own(student, "RMSprop", exact, random, learning_rate=0.5, decay=0.75)


adam = Criteria("Adam")


@adam.example(0.75, "takes a first step as long as the learning rate, whatever the gradient's size")
def test_adam_starts_with_the_learning_rate(student: Student) -> None:
    # epsilon shortens the second step by 1e-8 / 0.5, far less than the tolerance
    made = optimizer(student, "Adam", learning_rate=0.1)
    expect_array(made.update([1.0, 1.0], [1000.0, -0.5]), [0.9, 1.1])


@adam.law(0.75, "makes the second and third step from corrected means")
def test_adam_corrects_its_means(student: Student, random: np.random.Generator) -> None:
    # corrected means 2, (1/2 · 2 + 2) / (3/2) = 2 and (1/4 · 2 + 1/2 · 2 − 2) / (7/4) = −2/7;
    # the corrected mean square is 4 all along, as every gradient has the size 2
    settings = {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.75}
    gradients = random.uniform(1, 5, (3, 1)) * random.choice([-1, 1], (3, 1))
    path = trajectories.adam([3.0], gradients, **settings).astype(float)
    made, other = optimizers(student, "Adam", settings, settings)
    steps = (([3.0], [2.0]), [2.5]), (([2.5], [2.0]), [2.0]), (([2.0], [-2.0]), [2.0 + 1.0 / 14.0])
    expect_in_turn(made.update, steps, expect_array)
    drawn = [*zip(zip(path, gradients, strict=False), path[1:], strict=True)]
    expect_in_turn(other.update, drawn, expect_array)


@adam.law(0.5, "adds epsilon after the root of the corrected mean square")
def test_adam_adds_epsilon_after_the_root(student: Student, random: np.random.Generator) -> None:
    # corrected, the root of the mean square is 2: the step is 2 / (2 + 2)
    gradient, epsilon = random.uniform(1, 5), float(random.uniform(0.5, 3))
    settings: list[dict[str, float]] = [
        {"learning_rate": 1.0, "beta1": 0.5, "beta2": 0.75, "epsilon": 2.0},
        {"learning_rate": 1.0},
        {"learning_rate": 1.0, "beta1": 0.5, "beta2": 0.75, "epsilon": epsilon},
    ]
    cases = (
        (([5.0], [2.0]), [4.5]),
        (([7.0, 3.0], [1e-8, 0.0]), [6.5, 3.0]),
        (([5.0], [gradient]), [5 - gradient / (gradient + epsilon)]),
    )
    expect_first_steps(student, "Adam", settings, cases)


@adam.reference(
    1.75,
    "follows 200 gradients of changing size, for weights of any shape",
    needs=("adam_corrects_its_means", "adam_adds_epsilon_after_the_root"),
)
def test_adam_follows_the_exact_path(student: Student, random: np.random.Generator) -> None:
    beta1, beta2 = random.uniform(0.7, 0.95), random.uniform(0.96, 0.99)
    epsilon = random.uniform(0.001, 0.1)
    follow(
        *(student, "Adam", trajectories.adam, random),
        ((3,), STEPS, [], {}),
        ((2, 2), 30, [0.05, beta1, beta2, epsilon], {}),
        ((), 30, [], {"epsilon": epsilon, "beta2": 0.25, "beta1": beta1}),
    )


@adam.law(
    1.25,
    "keeps means and a count of its own, and returns new weights",
    needs=("adam_corrects_its_means",),
)
def test_adam_keeps_its_means(student: Student, random: np.random.Generator) -> None:
    settings = {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.75}
    expect_new_weights(student, "Adam", trajectories.adam, LARGE, **settings)
    expect_memory_of_its_own(student, "Adam", trajectories.adam, random, **settings)


adamw = Criteria("AdamW")


@adamw.example(0.5, "lets the weights decay first, and then makes Adam's step")
def test_adamw_decays_before_the_step(student: Student) -> None:
    # without a slope only 1 − 0.1 · 0.5 = 0.95 is left; with one, Adam's first step of 0.1 follows
    still = optimizer(student, "AdamW", 0.1, weight_decay=0.5).update([2.0, -4.0], [0.0, 0.0])
    moved = optimizer(student, "AdamW", 0.1, weight_decay=0.5).update([2.0], [8.0])
    expect_array(still, [1.9, -3.8])
    expect_array(moved, [1.8])


@adamw.reference(1, "follows 200 gradients of changing size, for weights of any shape")
def test_adamw_follows_the_exact_path(student: Student, random: np.random.Generator) -> None:
    beta1, beta2 = random.uniform(0.7, 0.95), random.uniform(0.96, 0.99)
    epsilon, decay = random.uniform(0.001, 0.1), random.uniform(0.1, 2)
    follow(
        *(student, "AdamW", trajectories.adamw, random),
        ((3,), STEPS, [], {}),
        ((2, 2), 30, [0.05, beta1, beta2, epsilon, decay], {}),
        ((), 30, [], {"epsilon": epsilon, "weight_decay": decay}),
    )


@adamw.law(0.5, "keeps means and a count of its own, and returns new weights")
def test_adamw_keeps_its_means(student: Student, random: np.random.Generator) -> None:
    settings = {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.75, "weight_decay": 0.25}
    expect_new_weights(student, "AdamW", trajectories.adamw, LARGE, **settings)
    expect_memory_of_its_own(student, "AdamW", trajectories.adamw, random, **settings)
