"""What learners get wrong about layers, minibatches and the training step."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

import solutions.training
from autograder.checking.expectations import Array
from autograder.exercises.registry import mistake

Batch = tuple[Array, Array]

FORWARD = "Lesson 5, “Forward, in numbers”"
WRITE_FORWARD = "Lesson 5, “Write it: dense_forward”"
SHAPES = "Lesson 5, “A batch, and its shapes”"
GATE = "Lesson 5, “The ReLU is a gate”"
EPOCHS = "Lesson 5, “Batches and epochs”"
WRITE_BATCHES = "Lesson 5, “Write it: minibatches”"
ORDER = "Lesson 5, “The order of the moves”"
WRITE_STEP = "Lesson 5, “Write it: training_step”"
LOOP = "Lesson 5, “The whole loop”"

solution: Any = solutions.training


# -- dense_forward --------------------------------------------------------------------------------


@mistake(
    "dense_forward",
    says="The bias is missing: add it to the weighted sums, inputs @ weights + bias.",
    read=FORWARD,
)
def dense_without_bias(inputs: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    return np.asarray(inputs, dtype=float) @ np.asarray(weights, dtype=float)


@mistake(
    "dense_forward",
    says="The bias is subtracted: add it.",
    read=FORWARD,
)
def dense_minus_bias(inputs: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    return dense_without_bias(inputs, weights, bias) - np.asarray(bias, dtype=float)


@mistake(
    "dense_forward",
    says="The weights are transposed, as in torch.nn.Linear. Here their shape is (n_in, n_out) "
    "already: inputs @ weights.",
    read=WRITE_FORWARD,
)
def dense_with_transposed_weights(inputs: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    return np.asarray(inputs, dtype=float) @ np.asarray(weights, dtype=float).T + np.asarray(bias)


@mistake(
    "dense_forward",
    says="The weighted inputs are averaged: a dense layer adds them up.",
    read=FORWARD,
)
def dense_of_means(inputs: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    means = dense_without_bias(inputs, weights, bias) / np.shape(weights)[0]
    return means + np.asarray(bias, dtype=float)


@mistake(
    "dense_forward",
    says="The layer ends in a ReLU here. The ReLU is a layer of its own: return the sums as they "
    "are, negative ones too.",
    read=WRITE_FORWARD,
)
def dense_with_relu(inputs: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    return np.maximum(0.0, dense_without_bias(inputs, weights, bias) + np.asarray(bias))


@mistake(
    "dense_forward",
    says="The bias is put up as a column, one for each example. It is one for each output: NumPy "
    "adds the (n_out,) array to every row by itself.",
    read=SHAPES,
)
def dense_with_a_column_of_biases(inputs: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Array:
    return dense_without_bias(inputs, weights, bias) + np.asarray(bias, dtype=float)[:, np.newaxis]


# -- dense_backward -------------------------------------------------------------------------------


@mistake(
    "dense_backward",
    says="The three gradients come in another order. It is that of the layer: inputs, weights, "
    "bias.",
    read="Lesson 5, “Write it: dense_backward”",
)
def dense_backward_in_another_order(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, third = solution.dense_backward(output_gradient, inputs, weights)
    return second, third, first


@mistake(
    "dense_backward",
    says="The gradient of the weights is transposed: it has the shape of the weights, so it is "
    "inputs.T @ output_gradient.",
    read=SHAPES,
)
def dense_backward_with_transposed_weights_gradient(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, third = solution.dense_backward(output_gradient, inputs, weights)
    return first, second.T, third


@mistake(
    "dense_backward",
    says="The gradient of the weights is divided by the number of examples. It is a sum: the mean "
    "is in the output gradient already.",
    read=SHAPES,
)
def dense_backward_with_a_mean_for_the_weights(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, third = solution.dense_backward(output_gradient, inputs, weights)
    return first, second / len(first), third


@mistake(
    "dense_backward",
    says="The gradient of the bias is a mean over the examples. It is a sum: the mean is in the "
    "output gradient already.",
    read=SHAPES,
)
def dense_backward_with_a_mean_for_the_bias(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, third = solution.dense_backward(output_gradient, inputs, weights)
    return first, second, third / len(first)


@mistake(
    "dense_backward",
    says="The gradients of the weights and of the bias are both divided by the number of examples. "
    "They are sums: the mean is in the output gradient already.",
    read=SHAPES,
)
def dense_backward_with_means(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, third = solution.dense_backward(output_gradient, inputs, weights)
    return first, second / len(first), third / len(first)


@mistake(
    "dense_backward",
    says="The gradient of the bias is summed over the outputs. Sum over the examples, the rows: "
    "output_gradient.sum(axis=0).",
    read=SHAPES,
)
def dense_backward_with_the_other_axis(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, _ = solution.dense_backward(output_gradient, inputs, weights)
    return first, second, np.asarray(output_gradient, dtype=float).sum(axis=1)


@mistake(
    "dense_backward",
    says="The gradient of the bias still has a row for each example: sum it over axis 0.",
    read=SHAPES,
)
def dense_backward_without_the_sum(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, _ = solution.dense_backward(output_gradient, inputs, weights)
    return first, second, np.array(output_gradient, dtype=float)


@mistake(
    "dense_backward",
    says="The blame passes each example's mean weight, not its own weights: the input gradient is "
    "output_gradient @ weights.T.",
    read="Lesson 5, “Backward: who is to blame?”",
)
def dense_backward_with_mean_blame(
    output_gradient: ArrayLike, inputs: ArrayLike, weights: ArrayLike
) -> tuple[Array, ...]:
    first, second, third = solution.dense_backward(output_gradient, inputs, weights)
    return first / len(third), second, third


# -- relu_forward and relu_backward ---------------------------------------------------------------


@mistake(
    "relu_forward",
    says="np.max looks for the largest element of the whole array. np.maximum(0.0, inputs) "
    "compares element by element.",
    read=GATE,
)
def relu_of_the_largest(inputs: ArrayLike) -> float:
    return max(0.0, float(np.max(np.asarray(inputs, dtype=float))))


@mistake(
    "relu_forward",
    says="Negative inputs come out positive. They become 0: np.maximum(0.0, inputs).",
    read=GATE,
)
def relu_of_absolute_values(inputs: ArrayLike) -> Array:
    return np.abs(np.asarray(inputs, dtype=float))


@mistake(
    "relu_forward",
    says="A hundredth of each negative input leaks through. The plain ReLU makes it 0.",
    read=GATE,
)
def relu_that_leaks(inputs: ArrayLike) -> Array:
    inputs = np.asarray(inputs, dtype=float)
    return np.where(inputs > 0, inputs, 0.01 * inputs)


@mistake(
    "relu_forward",
    says="The result is where the inputs are positive, not how large they are: multiply by the "
    "inputs, or take np.maximum(0.0, inputs).",
    read=GATE,
)
def relu_of_signs(inputs: ArrayLike) -> Array:
    return (np.asarray(inputs, dtype=float) > 0).astype(float)


@mistake(
    "relu_forward",
    says="np.minimum keeps the negative inputs. np.maximum(0.0, inputs) keeps the positive ones.",
    read=GATE,
)
def relu_upside_down(inputs: ArrayLike) -> Array:
    return np.minimum(0.0, np.asarray(inputs, dtype=float))


@mistake(
    "relu_forward",
    says="Zeros are written into the caller's array: `inputs[inputs < 0] = 0`. Make a new one, "
    "np.maximum(0.0, inputs).",
    read="Lesson 5, “Write it: relu_forward”",
)
def relu_in_place(inputs: ArrayLike) -> Array:
    outputs = np.asarray(inputs, dtype=float)
    outputs[outputs < 0] = 0.0
    return outputs


@mistake(
    "relu_backward",
    says="The sign of the gradient decides here. That of the inputs does: negative gradients pass "
    "too.",
    read=GATE,
)
def relu_backward_by_the_gradients_sign(output_gradient: ArrayLike, inputs: ArrayLike) -> Array:
    return np.maximum(0.0, np.asarray(output_gradient, dtype=float))


@mistake(
    "relu_backward",
    says="The result is the gate alone, ones and zeros: multiply it by output_gradient.",
    read=GATE,
)
def relu_backward_of_the_gate_alone(output_gradient: ArrayLike, inputs: ArrayLike) -> Array:
    return (np.asarray(inputs, dtype=float) > 0).astype(float)


@mistake(
    "relu_backward",
    says="The gradient is multiplied by the inputs. The slope of the ReLU is 1 where they are "
    "positive, so it passes unchanged.",
    read=GATE,
)
def relu_backward_times_inputs(output_gradient: ArrayLike, inputs: ArrayLike) -> Array:
    outputs = np.maximum(0.0, np.asarray(inputs, dtype=float))
    return np.asarray(output_gradient, dtype=float) * outputs


@mistake(
    "relu_backward",
    says="The gradient passes everywhere. Where the input was not positive the output was 0 "
    "anyway, so the gradient there is 0.",
    read=GATE,
)
def relu_backward_with_an_open_gate(output_gradient: ArrayLike, inputs: ArrayLike) -> Array:
    return np.array(output_gradient, dtype=float)


@mistake(
    "relu_backward",
    says="At an input of exactly 0 the gate is open here. Take 0 there: inputs > 0, not >=.",
    read=GATE,
)
def relu_backward_open_at_zero(output_gradient: ArrayLike, inputs: ArrayLike) -> Array:
    gate = np.asarray(inputs, dtype=float) >= 0
    return np.where(gate, np.asarray(output_gradient, dtype=float), 0.0)


@mistake(
    "relu_backward",
    says="Zeros are written into the caller's gradient. Make a new array: "
    "np.where(inputs > 0, output_gradient, 0.0).",
    read="Lesson 5, “Write it: relu_backward”",
)
def relu_backward_in_place(output_gradient: ArrayLike, inputs: ArrayLike) -> Array:
    gradient = np.asarray(output_gradient, dtype=float)
    gradient[np.asarray(inputs, dtype=float) <= 0] = 0.0
    return gradient


# -- minibatches ----------------------------------------------------------------------------------


def cut(
    inputs: ArrayLike, targets: ArrayLike, batch_size: int, order: Any, other: Any = None
) -> list[Batch]:
    """Batches of examples in a given order, and of targets in another one where there is one."""
    rows = np.asarray(inputs, dtype=float)[order]
    results = np.asarray(targets, dtype=float)[order if other is None else other]
    firsts = range(0, len(rows), batch_size)
    return [
        (rows[first : first + batch_size], results[first : first + batch_size]) for first in firsts
    ]


def checked(inputs: Any, targets: Any, batch_size: int) -> int:
    """The number of examples, once the arguments are known to be as they should."""
    if len(inputs) != len(targets) or batch_size < 1:
        raise ValueError("inputs and targets differ in length, or batch_size is less than 1")
    return len(inputs)


@mistake(
    "minibatches",
    says="Inputs and targets are shuffled apart, so that examples lose their targets. Draw one "
    "order and use it for both.",
    read=WRITE_BATCHES,
)
def batches_of_torn_pairs(inputs: Any, targets: Any, batch_size: int, seed: int = 0) -> list[Batch]:
    count, rng = checked(inputs, targets, batch_size), np.random.default_rng(seed)
    return cut(inputs, targets, batch_size, rng.permutation(count), rng.permutation(count))


@mistake(
    "minibatches",
    says="Only the inputs are shuffled, and their targets stay behind. Use the same order for "
    "both.",
    read=WRITE_BATCHES,
)
def batches_with_targets_left_behind(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    count = checked(inputs, targets, batch_size)
    order = np.random.default_rng(seed).permutation(count)
    return cut(inputs, targets, batch_size, order, np.arange(count))


@mistake(
    "minibatches",
    says="The last batch is dropped where it is smaller. Keep it: slices stop at the end by "
    "themselves, so step through range(0, n, batch_size).",
    read=EPOCHS,
)
def batches_without_the_rest(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    batches: list[Batch] = solution.minibatches(inputs, targets, batch_size, seed)
    return [batch for batch in batches if len(batch[0]) == batch_size]


@mistake(
    "minibatches",
    says="batch_size is taken for the number of batches. It is the number of examples in each.",
    read=EPOCHS,
)
def batches_by_number(inputs: Any, targets: Any, batch_size: int, seed: int = 0) -> list[Batch]:
    count = checked(inputs, targets, batch_size)
    order = np.random.default_rng(seed).permutation(count)
    inputs, targets = np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)
    return [(inputs[rows], targets[rows]) for rows in np.array_split(order, batch_size)]


@mistake(
    "minibatches",
    says="An empty batch comes last where the examples divide evenly: let the range end at n, "
    "range(0, n, batch_size).",
    read=WRITE_BATCHES,
)
def batches_with_an_empty_one(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    batches: list[Batch] = solution.minibatches(inputs, targets, batch_size, seed)
    if len(inputs) % batch_size == 0:
        batches.append((np.asarray(inputs, float)[:0], np.asarray(targets, float)[:0]))
    return batches


@mistake(
    "minibatches",
    says="The examples keep the order of the table: draw an order with "
    "np.random.default_rng(seed).permutation(n).",
    read=EPOCHS,
)
def batches_in_the_tables_order(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    return cut(inputs, targets, batch_size, np.arange(checked(inputs, targets, batch_size)))


@mistake(
    "minibatches",
    says="Ready-made batches are shuffled, so that neighbors stay together. Shuffle the examples, "
    "then cut.",
    read=WRITE_BATCHES,
)
def batches_shuffled_as_blocks(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    count = checked(inputs, targets, batch_size)
    batches = cut(inputs, targets, batch_size, np.arange(count))
    full = count // batch_size
    order = [*np.random.default_rng(seed).permutation(full), *range(full, len(batches))]
    return [batches[int(number)] for number in order]


@mistake(
    "minibatches",
    says="The order does not follow from the seed: hand it on, np.random.default_rng(seed).",
    read=WRITE_BATCHES,
)
def batches_without_a_seed(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    order = np.random.default_rng().permutation(checked(inputs, targets, batch_size))
    return cut(inputs, targets, batch_size, order)


@mistake(
    "minibatches",
    says="All seeds give the same order: hand the argument on, np.random.default_rng(seed).",
    read=WRITE_BATCHES,
)
def batches_of_one_seed(inputs: Any, targets: Any, batch_size: int, seed: int = 0) -> list[Batch]:
    return list(solution.minibatches(inputs, targets, batch_size, 0))


@mistake(
    "minibatches",
    says="The caller's tables are shuffled in place. Draw an order, and index with it: that makes "
    "new arrays.",
    read=WRITE_BATCHES,
)
def batches_that_shuffle_the_tables(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    checked(inputs, targets, batch_size)
    inputs, targets = np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)
    np.random.default_rng(seed).shuffle(inputs)
    np.random.default_rng(seed).shuffle(targets)
    return cut(inputs, targets, batch_size, slice(None))


@mistake(
    "minibatches",
    says="Tables of different lengths are let through. Compare the lengths first, and raise "
    "ValueError.",
    read=WRITE_BATCHES,
)
def batches_of_unequal_tables(
    inputs: Any, targets: Any, batch_size: int, seed: int = 0
) -> list[Batch]:
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}")
    count = min(len(inputs), len(targets))
    return list(solution.minibatches(inputs[:count], targets[:count], batch_size, seed))


@mistake(
    "minibatches",
    says="A batch_size of 0 or less is let through: raise ValueError if it is less than 1.",
    read=WRITE_BATCHES,
)
def batches_of_no_size(inputs: Any, targets: Any, batch_size: int, seed: int = 0) -> list[Batch]:
    if batch_size < 1:
        return []
    return list(solution.minibatches(inputs, targets, batch_size, seed))


# -- training_step --------------------------------------------------------------------------------

Loss = Callable[[Any, Any], Any]


@mistake(
    "training_step",
    says="The new weights never reach the network: hand them to network.set_weights.",
    read=ORDER,
)
def step_that_sets_nothing(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    outputs = network.forward(inputs)
    before = float(loss(outputs, targets))
    gradient = network.backward(loss_gradient(outputs, targets))
    optimizer.update(network.get_weights(), gradient)
    return before


@mistake(
    "training_step",
    says="The loss is computed again after the update. Return the one from before it: keep it "
    "when it is computed.",
    read=ORDER,
)
def step_that_returns_the_later_loss(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    outputs = network.forward(inputs)
    gradient = network.backward(loss_gradient(outputs, targets))
    network.set_weights(optimizer.update(network.get_weights(), gradient))
    return float(loss(network.forward(inputs), targets))


@mistake(
    "training_step",
    says="The forward pass is made twice, once for the loss and once for its gradient. Keep the "
    "outputs of the first.",
    read=ORDER,
)
def step_with_two_forward_passes(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    before = float(loss(network.forward(inputs), targets))
    gradient = network.backward(loss_gradient(network.forward(inputs), targets))
    network.set_weights(optimizer.update(network.get_weights(), gradient))
    return before


@mistake(
    "training_step",
    says="The loss is computed after the backward pass. Compute it right after the forward pass.",
    read=ORDER,
)
def step_with_a_late_loss(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    outputs = network.forward(inputs)
    gradient = network.backward(loss_gradient(outputs, targets))
    network.set_weights(optimizer.update(network.get_weights(), gradient))
    return float(loss(outputs, targets))


@mistake(
    "training_step",
    says="backward gets the outputs. It takes the gradient of the loss with respect to them: "
    "loss_gradient(outputs, targets).",
    read="Lesson 5, “Five moves”",
)
def step_that_sends_outputs_back(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    outputs = network.forward(inputs)
    before = float(loss(outputs, targets))
    gradient = network.backward(outputs)
    network.set_weights(optimizer.update(network.get_weights(), gradient))
    return before


@mistake(
    "training_step",
    says="loss_gradient gets the targets first, which turns its sign: the order is outputs, "
    "targets.",
    read=WRITE_STEP,
)
def step_with_a_swapped_gradient(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    outputs = network.forward(inputs)
    before = float(loss(outputs, targets))
    gradient = network.backward(loss_gradient(np.asarray(targets, dtype=float), outputs))
    network.set_weights(optimizer.update(network.get_weights(), gradient))
    return before


@mistake(
    "training_step",
    says="loss gets the targets first: the order is outputs, targets. The squared error hides it, "
    "cross-entropy does not.",
    read=WRITE_STEP,
)
def step_with_a_swapped_loss(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    outputs = network.forward(inputs)
    before = float(loss(np.asarray(targets, dtype=float), outputs))
    gradient = network.backward(loss_gradient(outputs, targets))
    network.set_weights(optimizer.update(network.get_weights(), gradient))
    return before


@mistake(
    "training_step",
    says="update gets the gradient first: the order is weights, gradient.",
    read=WRITE_STEP,
)
def step_with_a_swapped_update(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    outputs = network.forward(inputs)
    before = float(loss(outputs, targets))
    gradient = network.backward(loss_gradient(outputs, targets))
    network.set_weights(optimizer.update(gradient, network.get_weights()))
    return before


@mistake(
    "training_step",
    says="The loss is divided by the number of examples once more. It is a mean already: return "
    "what loss returned.",
    read=WRITE_STEP,
)
def step_that_averages_again(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> float:
    arguments = network, loss, loss_gradient, optimizer, inputs, targets
    return float(solution.training_step(*arguments) / len(inputs))


@mistake(
    "training_step",
    says="The new weights are returned, not the loss: keep the loss, and return it at the end.",
    read=WRITE_STEP,
)
def step_that_returns_weights(
    network: Any, loss: Loss, loss_gradient: Loss, optimizer: Any, inputs: Any, targets: Any
) -> Any:
    outputs = network.forward(inputs)
    loss(outputs, targets)
    gradient = network.backward(loss_gradient(outputs, targets))
    weights = optimizer.update(network.get_weights(), gradient)
    network.set_weights(weights)
    return weights


# -- train ----------------------------------------------------------------------------------------


def epochs_of(
    parts: tuple[Any, ...], inputs: Any, targets: Any, batch_size: int, seeds: list[int]
) -> list[list[tuple[int, float]]]:
    """Size and loss of each batch, one list for each epoch, whose order has a seed of its own."""
    return [
        [
            (len(batch[0]), float(solution.training_step(*parts, *batch)))
            for batch in solution.minibatches(inputs, targets, batch_size, seed)
        ]
        for seed in seeds
    ]


def weighted(epoch: list[tuple[int, float]]) -> float:
    """The mean loss of an epoch, weighted by batch size."""
    return sum(size * loss for size, loss in epoch) / sum(size for size, _ in epoch)


def seeds_of(seed: int | None, epochs: int) -> list[int]:
    """A seed for each epoch, drawn as in the lesson."""
    rng = np.random.default_rng(seed)
    return [int(rng.integers(2**32)) for _ in range(epochs)]


@mistake(
    "train",
    says="All batches count alike, the small last one too. Weight each loss by its number of "
    "examples, and divide by n.",
    read=LOOP,
)
def train_with_plain_means(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, batch_size, seeds_of(seed, epochs))
    return [float(np.mean([loss for _, loss in epoch])) for epoch in run]


@mistake(
    "train",
    says="The losses of an epoch are added up: divide the weighted sum by the number of examples.",
    read=LOOP,
)
def train_with_sums(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, batch_size, seeds_of(seed, epochs))
    return [sum(size * loss for size, loss in epoch) for epoch in run]


@mistake(
    "train",
    says="Only the loss of each epoch's last batch is kept. Add up all of them, weighted by size.",
    read=LOOP,
)
def train_with_last_losses(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, batch_size, seeds_of(seed, epochs))
    return [epoch[-1][1] for epoch in run]


@mistake(
    "train",
    says="A loss is kept for each batch. Keep one for each epoch: the mean over its batches.",
    read=LOOP,
)
def train_with_a_loss_for_each_batch(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, batch_size, seeds_of(seed, epochs))
    return [loss for epoch in run for _, loss in epoch]


@mistake(
    "train",
    says="Every epoch has the same order, because minibatches gets the same seed each time. Draw "
    "a new seed for each epoch.",
    read=LOOP,
)
def train_in_one_order(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, batch_size, [seed] * epochs)
    return [weighted(epoch) for epoch in run]


@mistake(
    "train",
    says="The seed is not used, so that all seeds give the same run. Make the generator of the "
    "epochs' seeds from it.",
    read=LOOP,
)
def train_with_numbered_epochs(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, batch_size, list(range(epochs)))
    return [weighted(epoch) for epoch in run]


@mistake(
    "train",
    says="Every epoch is a single step with the whole table: cut it into batches of batch_size.",
    read=LOOP,
)
def train_on_the_whole_table(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, len(inputs), seeds_of(seed, epochs))
    return [weighted(epoch) for epoch in run]


@mistake(
    "train",
    says="The mean losses are rounded. Return them as they are, and round where they are shown.",
    read=LOOP,
)
def train_with_rounded_losses(
    network: Any,
    loss: Loss,
    loss_gradient: Loss,
    optimizer: Any,
    inputs: Any,
    targets: Any,
    epochs: int,
    batch_size: int,
    seed: int = 0,
) -> list[float]:
    parts = network, loss, loss_gradient, optimizer
    run = epochs_of(parts, inputs, targets, batch_size, seeds_of(seed, epochs))
    return [round(weighted(epoch), 4) for epoch in run]
