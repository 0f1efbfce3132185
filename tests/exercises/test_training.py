"""The criteria of lesson 5: every right answer passes, nothing else earns a point."""

import random as python_random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.checking.expectations import Unmet
from autograder.exercises.manifest import exercise, exercises_in
from autograder.exercises.oracles.recorded_training import RecordedTraining, exact_losses
from solutions import training as solution

NAMES = [each.name for each in exercises_in("training")]


def floats(*values: Any) -> list[Any]:
    """Float arrays of all values."""
    return [np.array(value, dtype=float) for value in values]


# -- right answers of all kinds -------------------------------------------------------------------


def dense_by_loops(inputs: Any, weights: Any, bias: Any) -> Any:
    x, w, b = floats(inputs, weights, bias)
    outputs = np.zeros((len(x), w.shape[1]))
    for n, o in np.ndindex(outputs.shape):
        outputs[n, o] = b[o] + sum(x[n, i] * w[i, o] for i in range(len(w)))
    return outputs


def dense_by_einsum(inputs: Any, weights: Any, bias: Any) -> Any:
    return np.einsum("ni,io->no", inputs, weights) + np.asarray(bias)


def dense_in_extended_precision(inputs: Any, weights: Any, bias: Any) -> Any:
    return np.dot(np.asarray(inputs, dtype=np.longdouble), np.asarray(weights)) + bias


def dense_with_a_column_of_ones(inputs: Any, weights: Any, bias: Any) -> Any:
    x, w, b = floats(inputs, weights, bias)
    return np.hstack([x, np.ones((len(x), 1))]) @ np.vstack([w, b])


def dense_backward_by_einsum(output_gradient: Any, inputs: Any, weights: Any) -> Any:
    g, x, w = floats(output_gradient, inputs, weights)
    return [
        np.einsum("no,io->ni", g, w),
        np.einsum("ni,no->io", x, g),
        np.einsum("no->o", g),
    ]


def dense_backward_by_examples(output_gradient: Any, inputs: Any, weights: Any) -> Any:
    g, x, w = floats(output_gradient, inputs, weights)
    rows = list(zip(g, x, strict=True))
    back = np.stack([w @ blame for blame, _ in rows])
    return back, sum(np.outer(row, blame) for blame, row in rows), sum(blame for blame, _ in rows)


def dense_backward_with_ones(output_gradient: Any, inputs: Any, weights: Any) -> Any:
    g, x, w = floats(output_gradient, inputs, weights)
    return (w @ g.T).T, (g.T @ x).T, np.ones(len(g)) @ g


def relu_by_a_mask(inputs: Any) -> Any:
    (x,) = floats(inputs)
    return x * (x > 0)


def relu_by_absolute_values(inputs: Any) -> Any:
    (x,) = floats(inputs)
    return (x + abs(x)) / 2


def relu_by_clip(inputs: Any) -> Any:
    return np.clip(np.asarray(inputs, dtype=float), 0, None)


def relu_on_a_copy(inputs: Any) -> Any:
    (x,) = floats(inputs)
    x[x < 0] = 0
    return x


def relu_backward_by_a_mask(output_gradient: Any, inputs: Any) -> Any:
    return np.asarray(output_gradient, dtype=float) * (np.asarray(inputs) > 0)


def relu_backward_by_heaviside(output_gradient: Any, inputs: Any) -> Any:
    return np.multiply(output_gradient, np.heaviside(np.asarray(inputs, dtype=float), 0.0))


def relu_backward_on_a_copy(output_gradient: Any, inputs: Any) -> Any:
    gradient, x = floats(output_gradient, inputs)
    gradient[np.logical_not(x > 0)] = 0
    return gradient


def refuse_bad_tables(inputs: Any, targets: Any, batch_size: int) -> None:
    if len(inputs) != len(targets) or batch_size < 1:
        raise ValueError("these cannot be cut into batches")


def batches_as_they_come(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> Iterator[tuple[Any, Any]]:
    refuse_bad_tables(inputs, targets, batch_size)
    x, y = floats(inputs, targets)
    order = np.random.RandomState(seed).permutation(len(x))
    while len(order):
        rows, order = order[:batch_size], order[batch_size:]
        yield x[rows], y[rows]


def batches_by_zip(inputs: Any, targets: Any, batch_size: int, seed: int = 0) -> Any:
    refuse_bad_tables(inputs, targets, batch_size)
    order = list(range(len(inputs)))
    python_random.Random(seed).shuffle(order)
    cuts = range(batch_size, len(order), batch_size)
    x, y = np.asarray(inputs), np.asarray(targets)  # whole numbers may stay whole numbers
    return zip(np.split(x[order], cuts), np.split(y[order], cuts), strict=True)


def batches_of_lists(inputs: Any, targets: Any, batch_size: int, seed: int = 0) -> Any:
    refuse_bad_tables(inputs, targets, batch_size)
    np.random.seed(seed)  # noqa: NPY002 - global generators are allowed
    x, y = floats(inputs, targets)
    order = np.random.permutation(len(x))  # noqa: NPY002
    x, y = np.take(x, order, axis=0), np.take(y, order, axis=0)
    count = -(-len(x) // batch_size)
    return [[part[k * batch_size :][:batch_size] for part in (x, y)] for k in range(count)]


def step_with_an_early_gradient(
    network: Any, loss: Any, loss_gradient: Any, optimizer: Any, inputs: Any, targets: Any
) -> Any:
    weights = network.get_weights()
    outputs = network.forward(inputs)
    slope = loss_gradient(outputs, targets)
    before = loss(outputs, targets)
    network.set_weights(optimizer.update(weights, network.backward(slope)))
    return before


def step_by_names(
    network: Any, loss: Any, loss_gradient: Any, optimizer: Any, inputs: Any, targets: Any
) -> Any:
    outputs = network.forward(inputs=inputs)
    before = loss(outputs=outputs, targets=targets)
    slope = loss_gradient(outputs=outputs, targets=targets)
    gradient = network.backward(output_gradient=slope)
    moved = optimizer.update(gradient=gradient, weights=network.get_weights())
    network.set_weights(weights=moved)
    return np.float64(before)


def step_that_asks_twice(
    network: Any, loss: Any, loss_gradient: Any, optimizer: Any, inputs: Any, targets: Any
) -> Any:
    size = np.asarray(network.get_weights()).size
    outputs = np.asarray(network.forward(np.asarray(inputs, dtype=float)))
    before = np.asarray(loss(outputs, np.asarray(targets, dtype=float)))
    gradient = np.asarray(network.backward(loss_gradient(outputs, targets))).reshape(size)
    network.set_weights(list(optimizer.update(network.get_weights(), gradient)))
    return before


def loop_of_its_own(
    network: Any,
    loss: Any,
    loss_gradient: Any,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> Any:
    x, y = floats(inputs, targets)
    generator = np.random.RandomState(seed)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = generator.permutation(len(x))
        seen: list[float] = []
        for first in range(0, len(x), batch_size):
            rows = order[first : first + batch_size]
            parts = network, loss, loss_gradient, optimizer, x[rows], y[rows]
            seen += [float(step_with_an_early_gradient(*parts))] * len(rows)
        losses[epoch] = np.mean(seen)
    return losses


def loop_by_average(
    network: Any,
    loss: Any,
    loss_gradient: Any,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> Any:
    losses = []
    for epoch in range(epochs):
        batches = list(batches_as_they_come(inputs, targets, batch_size, seed + 1000 * epoch))
        parts = network, loss, loss_gradient, optimizer
        seen = [step_by_names(*parts, *batch) for batch in batches]
        losses.append(np.average(seen, weights=[len(rows) for rows, _ in batches]))
    return tuple(losses)


def loop_with_a_seed_for_each_epoch(
    network: Any,
    loss: Any,
    loss_gradient: Any,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> Any:
    parts = network, loss, loss_gradient, optimizer, inputs, targets
    seeds = [(seed + 1) * 7919 + epoch for epoch in range(epochs)]
    return [loop_by_average(*parts, 1, batch_size, each)[0] for each in seeds]


def loop_in_one_shuffled_table(
    network: Any,
    loss: Any,
    loss_gradient: Any,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> Any:
    x, y = floats(inputs, targets)
    generator, losses = np.random.default_rng(seed), []
    for _ in range(epochs):
        order = generator.permutation(len(x))
        x, y = x[order], y[order]
        total, first = 0.0, 0
        while first < len(x):
            batch = x[first : first + batch_size], y[first : first + batch_size]
            total += step_that_asks_twice(network, loss, loss_gradient, optimizer, *batch) * len(
                batch[1]
            )
            first += batch_size
        losses.append(total / len(y))
    return losses


def curvature_by_flat_vectors(
    gradient: Any, weights: Any, steps: int, seed: int = 0, nudge: float = 1e-4
) -> Any:
    at = np.array(weights, dtype=float)
    along = np.random.default_rng(seed).uniform(-1, 1, at.size)
    found = 0.0
    for _ in range(steps):
        along /= np.linalg.norm(along)
        step = (nudge * along).reshape(at.shape)
        below = np.ravel(gradient(at - step)).copy()
        turned = (np.ravel(gradient(at + step)) - below) / 2 / nudge
        if not turned.any():
            return 0
        found, along = along @ turned, turned
    return found


def curvature_with_pythons_generator(
    gradient: Any, weights: Any, steps: int, seed: int = 0, nudge: float = 1e-4
) -> Any:
    dice = python_random.Random(seed)
    at = np.asarray(weights, dtype=float)
    along = np.array([dice.gauss(0, 1) for _ in range(at.size)]).reshape(at.shape)
    along = along / np.sqrt((along**2).sum())
    estimates = []
    for _ in range(steps):
        ends = [gradient(at + side * nudge * along) + 0.0 for side in (1, -1)]
        turned = np.subtract(*ends) / (2 * nudge)
        estimates.append(np.vdot(along, turned))
        length = np.linalg.norm(np.ravel(turned))
        along = turned / length if length else along
    return np.asarray(estimates[-1])


RIGHT = {
    "dense_forward": (
        dense_by_loops,
        dense_by_einsum,
        dense_in_extended_precision,
        dense_with_a_column_of_ones,
    ),
    "dense_backward": (
        dense_backward_by_einsum,
        dense_backward_by_examples,
        dense_backward_with_ones,
    ),
    "relu_forward": (relu_by_a_mask, relu_by_absolute_values, relu_by_clip, relu_on_a_copy),
    "relu_backward": (
        relu_backward_by_a_mask,
        relu_backward_by_heaviside,
        relu_backward_on_a_copy,
    ),
    "minibatches": (batches_as_they_come, batches_by_zip, batches_of_lists),
    "training_step": (step_with_an_early_gradient, step_by_names, step_that_asks_twice),
    "train": (
        loop_of_its_own,
        loop_by_average,
        loop_with_a_seed_for_each_epoch,
        loop_in_one_shuffled_table,
    ),
    "largest_curvature": (curvature_by_flat_vectors, curvature_with_pythons_generator),
}


# -- nothing for nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        lambda inputs, targets, batch_size, seed=0: [],
        lambda inputs, targets, batch_size, seed=0: [(inputs, targets)],
        lambda inputs, targets, batch_size, seed=0: iter([(np.array(1.0), np.array(2.0))]),
        lambda inputs, targets, batch_size, seed=0: [(np.zeros((2, 1)), np.zeros(2))] * 3,
    ],
    ids=["no batch", "the whole table", "numbers", "zeros"],
)
def test_criteria_give_nothing_to_batches_that_are_none(
    answer: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    assert (
        marks("training", {"minibatches": answer}, only=["minibatches"])["minibatches"].score == 0
    )


def test_criteria_give_nothing_to_a_known_loss_without_a_step(
    marks: Callable[..., dict[str, Any]],
) -> None:
    changed = {"training_step": lambda *parts: 4.0, "train": lambda *parts, **named: [2.5, 2.5]}
    results = marks("training", changed)
    assert results["training_step"].score == 0
    assert results["train"].score == 0


@pytest.mark.parametrize("orders", [2, 20])
def test_train_notices_orders_that_come_back(
    orders: int, marks: Callable[..., dict[str, Any]]
) -> None:
    def in_turn(*parts: Any, epochs: int, batch_size: int, seed: int = 0) -> Any:
        losses = []
        for epoch in range(epochs):
            losses += loop_by_average(*parts, 1, batch_size, seed + 1000 * (epoch % orders))
        return losses

    def answer(*arguments: Any, **named: Any) -> Any:
        names = dict(zip(("epochs", "batch_size", "seed"), arguments[6:], strict=False))
        return in_turn(*arguments[:6], **names, **named)

    result = marks("training", {"train": answer}, only=["train"])["train"]
    short = [each for each in result.criteria if not each.passed]
    assert [each.name for each in short] == ["train_takes_fresh_batches"]
    assert "orders of earlier epochs come back" in short[0].message.lower()


@pytest.mark.filterwarnings("error")
def test_train_with_an_empty_batch_warns_nobody(judged: Callable[..., list[Any]]) -> None:
    def train(*parts: Any, **named: Any) -> Any:
        parts[1](np.zeros((0, 1)), np.zeros(0))  # the check's own loss: a mean of nothing
        return solution.train(*parts, **named)

    example, *_ = judged(exercise("train"), train)
    assert example.passed


# -- the same verdict for everybody ---------------------------------------------------------------


def test_train_on_made_up_examples_earns_only_the_worked_example(
    marks: Callable[..., dict[str, Any]],
) -> None:
    def train(*arguments: Any, **named: Any) -> Any:
        parts, inputs, rest = arguments[:4], np.asarray(arguments[4], dtype=float), arguments[5:]
        if inputs.shape[1] > 1:  # where losses are compared: nothing to learn, and quick
            inputs = np.zeros_like(inputs)
        return solution.train(*parts, inputs, *rest, **named)

    result = marks("training", {"train": train}, only=["train"])["train"]
    failed = [each.name for each in result.criteria if not each.passed]
    assert failed == ["train_follows_the_exact_losses"]


# -- what one exercise needs of another -----------------------------------------------------------


def test_train_is_judged_with_supplied_parts_where_others_do_not_hold(
    marks: Callable[..., dict[str, Any]],
) -> None:
    def broken(*arguments: Any, **named: Any) -> Any:
        raise NotImplementedError("not written yet")

    results = marks("training", {"minibatches": broken, "training_step": broken})
    assert results["minibatches"].score == results["training_step"].score == 0
    assert results["train"].score == 2


# -- the recorder ---------------------------------------------------------------------------------


def recorded(*order: str) -> RecordedTraining:
    """A training whose parts were called in an order."""
    training = RecordedTraining(np.array([3.0, 1.0]), learning_rate=0.5)
    training.forward(np.ones((4, 2)))
    training.calls.clear()
    arguments = {
        "forward": [np.ones((4, 2))],
        "loss": [np.ones(4), np.ones(4)],
        "loss_gradient": [np.ones(4), np.ones(4)],
        "backward": [np.ones(4)],
        "get_weights": [],
        "update": [np.ones(2), np.ones(2)],
        "set_weights": [np.ones(2)],
    }
    for name in order:
        getattr(training, name)(*arguments[name])
    return training


IN_ORDER = ("forward", "loss", "loss_gradient", "backward", "get_weights", "update", "set_weights")


def test_recorded_steps_accept_the_right_order_and_the_gradient_before_the_loss() -> None:
    early = ("get_weights", "forward", "loss_gradient", "loss", "backward", "update", "set_weights")
    assert len(recorded(*IN_ORDER, *early).steps()) == 2


@pytest.mark.parametrize("left_out", range(len(IN_ORDER)))
def test_recorded_steps_refuse_a_step_with_a_part_left_out(left_out: int) -> None:
    training = recorded(*(name for k, name in enumerate(IN_ORDER) if k != left_out))
    with pytest.raises(Unmet):
        training.steps()


@pytest.mark.parametrize("twice", ["forward", "loss", "backward", "update", "set_weights"])
def test_recorded_steps_refuse_a_part_called_twice(twice: str) -> None:
    order = [each for name in IN_ORDER for each in [name] * (1 + (name == twice))]
    with pytest.raises(Unmet):
        recorded(*order).steps()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("forward", [np.ones((4, 3))]),
        ("forward", [3.0]),
        ("backward", [np.ones((4, 1))]),
        ("loss", [np.ones(4), np.ones((4, 1))]),
        ("loss_gradient", [np.ones(3), np.ones(4)]),
        ("update", [np.ones(2), np.ones(3)]),
        ("set_weights", [None]),
    ],
)
def test_recorded_parts_refuse_arguments_of_another_shape(name: str, arguments: list[Any]) -> None:
    with pytest.raises(Unmet):
        getattr(recorded(), name)(*arguments)


def test_recorded_backward_is_the_slope_of_the_loss() -> None:
    random = np.random.default_rng(2)
    inputs, targets, weights = random.normal(size=(5, 2)), random.normal(size=5), np.ones(2)

    def loss_at(weights: Any) -> float:
        training = RecordedTraining(weights, learning_rate=0.1)
        return training.loss(training.forward(inputs), targets)

    training = RecordedTraining(weights, learning_rate=0.1)
    gradient = training.backward(training.loss_gradient(training.forward(inputs), targets))
    # the loss is a parabola: central differences are exact except for rounding
    steps = 1e-3 * np.eye(2)
    slopes = [(loss_at(weights + step) - loss_at(weights - step)) / 2e-3 for step in steps]
    np.testing.assert_allclose(gradient, slopes, rtol=1e-9)


def test_exact_losses_agree_with_a_training_in_floats() -> None:
    random = np.random.default_rng(4)
    batches = [(random.normal(size=(n, 3)), random.normal(size=n)) for n in (4, 1, 3, 4, 2, 4)]
    training = RecordedTraining(np.ones(3), learning_rate=0.05, momentum=0.5)
    losses = []
    for inputs, targets in batches:
        outputs = training.forward(inputs)
        losses.append(training.loss(outputs, targets))
        gradient = training.backward(training.loss_gradient(outputs, targets))
        training.set_weights(training.update(training.get_weights(), gradient))
    exact = exact_losses(np.ones(3), batches, 0.05, 0.5)
    np.testing.assert_allclose(losses, exact.astype(float), rtol=1e-12)
