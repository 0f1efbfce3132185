"""What learners get wrong about losses."""

import math
from typing import Any

import numpy as np

import solutions.losses
from autograder.exercises.registry import mistake

solution: Any = solutions.losses

SQUARES = "Lesson 1, “A number to predict: mean squared error”"
SLOPE = "Lesson 1, “Which way is down?”"
SIGMOID = "Lesson 1, “One of two classes: a probability”"
BINARY = "Lesson 1, “How surprised are you? Binary cross-entropy”"
TWO_STEPS = "Lesson 1, “Two steps, one slope”"
SOFTMAX = "Lesson 1, “Three classes or more: softmax”"
CATEGORICAL = "Lesson 1, “Categorical cross-entropy”"
SAME_SLOPE = "Lesson 1, “The same slope again”"
CHOICE = "Lesson 1, “Which loss for which task?”"


def _floats(*values: Any) -> list[Any]:
    return [np.asarray(value, dtype=float) for value in values]


def _alike(one: Any, other: Any) -> list[Any]:
    """Both as float arrays, with their shapes compared."""
    first, second = _floats(one, other)
    if first.shape != second.shape:
        raise ValueError("the shapes differ")
    return [first, second]


# -- mean_squared_error ---------------------------------------------------------------------------


@mistake(
    "mean_squared_error",
    says="This is half of the mean squared error. Some books put a ½ in front; here there is none: "
    "take the factor 0.5 out.",
    read=SQUARES,
)
def mean_squared_error_halved(predictions: Any, targets: Any) -> Any:
    return solution.mean_squared_error(predictions, targets) / 2


@mistake(
    "mean_squared_error",
    says="The squared differences are added up and not averaged. Divide by the number of elements: "
    "`np.mean` in place of `np.sum`.",
    read=SQUARES,
)
def mean_squared_error_as_a_sum(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    return float(np.sum((predictions - targets) ** 2))


@mistake(
    "mean_squared_error",
    says="This is the mean absolute error. Square the differences, `** 2`, instead of taking "
    "`np.abs` of them.",
    read=SQUARES,
)
def mean_absolute_error(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    return float(np.mean(np.abs(predictions - targets)))


@mistake(
    "mean_squared_error",
    says="This is the root of the mean squared error. Leave the square root out.",
    read=SQUARES,
)
def root_mean_squared_error(predictions: Any, targets: Any) -> Any:
    return math.sqrt(solution.mean_squared_error(predictions, targets))


@mistake(
    "mean_squared_error",
    says="The mean is squared here, so that misses to both sides cancel. Square each difference "
    "first, then take the mean.",
    read=SQUARES,
)
def squared_mean_error(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    return float(np.mean(predictions - targets) ** 2)


@mistake(
    "mean_squared_error",
    says="The difference is not squared, so that misses to both sides cancel. Take `** 2` of each "
    "difference before the mean.",
    read=SQUARES,
)
def mean_error(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    return float(np.mean(predictions - targets))


@mistake(
    "mean_squared_error",
    says="The sum is divided by the number of elements less one, as for a sample's variance. A "
    "mean divides by all of them.",
    read=SQUARES,
)
def mean_squared_error_less_one(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    squares = (predictions - targets) ** 2
    return float(squares.sum() / max(squares.size - 1, 1))


@mistake(
    "mean_squared_error",
    says="NumPy stretches arrays of different shapes against each other. Compare the two `.shape`s "
    "first and raise `ValueError` if they differ.",
    read=SQUARES,
)
def mean_squared_error_stretched(predictions: Any, targets: Any) -> Any:
    predictions, targets = _floats(predictions, targets)
    return float(np.mean((predictions - targets) ** 2))


@mistake(
    "mean_squared_error",
    says="The numbers of elements are compared, not the shapes: (3,) and (3, 1) have three each. "
    "Compare `predictions.shape` with `targets.shape`.",
    read=SQUARES,
)
def mean_squared_error_of_equal_sizes(predictions: Any, targets: Any) -> Any:
    predictions, targets = _floats(predictions, targets)
    if predictions.size != targets.size:
        raise ValueError("the sizes differ")
    return float(np.mean((predictions - targets) ** 2))


@mistake(
    "mean_squared_error",
    says="The mean runs over the rows only, so that one number for each column is left. `np.mean` "
    "without `axis` runs over all elements.",
    read=SQUARES,
)
def mean_squared_error_of_each_column(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    return np.mean((predictions - targets) ** 2, axis=0 if predictions.ndim else None)


@mistake(
    "mean_squared_error",
    says="Lists know no minus. Make float arrays first: "
    "`predictions = np.asarray(predictions, dtype=float)`, and the same for the targets.",
    read=SQUARES,
)
def mean_squared_error_of_arrays_only(predictions: Any, targets: Any) -> Any:
    if np.shape(predictions) != np.shape(targets):
        raise ValueError("the shapes differ")
    return float(np.mean((predictions - targets) ** 2))


@mistake(
    "mean_squared_error",
    says="`predictions -= targets` writes into the caller's array. Make a new one: "
    "`differences = predictions - targets`.",
    read=SQUARES,
)
def mean_squared_error_in_place(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    predictions -= targets
    return float(np.mean(predictions**2))


@mistake(
    "mean_squared_error",
    says="Single precision keeps about 7 digits, too few for small differences of large numbers. "
    "Compute in float64: `dtype=float`.",
    read=SQUARES,
)
def mean_squared_error_in_single_precision(predictions: Any, targets: Any) -> Any:
    predictions, targets = _alike(predictions, targets)
    return float(np.mean((predictions.astype(np.float32) - targets.astype(np.float32)) ** 2))


# -- mean_squared_error_gradient ------------------------------------------------------------------


@mistake(
    "mean_squared_error_gradient",
    says="This is half of the gradient. The derivative of a square brings a factor 2 down: "
    "2 (p − t), divided by the number of elements.",
    read=SLOPE,
)
def squared_error_slope_without_two(predictions: Any, targets: Any) -> Any:
    return solution.mean_squared_error_gradient(predictions, targets) / 2


@mistake(
    "mean_squared_error_gradient",
    says="This is the gradient of the sum, not of the mean. Divide by `predictions.size`.",
    read=SLOPE,
)
def squared_error_slope_of_the_sum(predictions: Any, targets: Any) -> Any:
    predictions, targets = _floats(predictions, targets)
    return 2 * (predictions - targets)


@mistake(
    "mean_squared_error_gradient",
    says="The sign is turned round: where a prediction is too high the loss grows with it, so the "
    "gradient is positive. Subtract the targets from the predictions.",
    read=SLOPE,
)
def squared_error_slope_backwards(predictions: Any, targets: Any) -> Any:
    return -solution.mean_squared_error_gradient(predictions, targets)


@mistake(
    "mean_squared_error_gradient",
    says="The slopes of all predictions are averaged into one number. A gradient has one element "
    "for each prediction: no `np.mean`, only the division by the size.",
    read=SLOPE,
)
def squared_error_slope_in_one_number(predictions: Any, targets: Any) -> Any:
    predictions, targets = _floats(predictions, targets)
    return float(np.mean(2 * (predictions - targets)))


@mistake(
    "mean_squared_error_gradient",
    says="The size of the differences is taken, so that the direction is lost. Leave `np.abs` out: "
    "the sign says which way the loss grows.",
    read=SLOPE,
)
def squared_error_slope_without_signs(predictions: Any, targets: Any) -> Any:
    return np.abs(solution.mean_squared_error_gradient(predictions, targets))


@mistake(
    "mean_squared_error_gradient",
    says="`len(predictions)` is the number of rows. The mean runs over all elements: divide by "
    "`predictions.size`.",
    read=SLOPE,
)
def squared_error_slope_by_rows(predictions: Any, targets: Any) -> Any:
    predictions, targets = _floats(predictions, targets)
    return 2 * (predictions - targets) / (len(predictions) if predictions.ndim else 1)


@mistake(
    "mean_squared_error_gradient",
    says="Lists know no minus. Make float arrays of both arguments first, with "
    "`np.asarray(..., dtype=float)`.",
    read=SQUARES,
)
def squared_error_slope_of_arrays_only(predictions: Any, targets: Any) -> Any:
    return 2 * (predictions - targets) / np.size(predictions)


@mistake(
    "mean_squared_error_gradient",
    says="`-=` and `*=` write into the caller's array. Put the formula into one expression: its "
    "value is a new array.",
    read=SLOPE,
)
def squared_error_slope_in_place(predictions: Any, targets: Any) -> Any:
    predictions, targets = _floats(predictions, targets)
    predictions -= targets
    return 2 * predictions / predictions.size


# -- sigmoid --------------------------------------------------------------------------------------


@mistake(
    "sigmoid",
    says="`np.exp` gets a large positive exponent and overflows (`np.where` computes both of its "
    "branches). Compute `np.exp(-np.abs(logits))` once and write both forms with it.",
    read=SIGMOID,
)
def sigmoid_that_overflows(logits: Any) -> Any:
    (logits,) = _floats(logits)
    return 1 / (1 + np.exp(-logits))


@mistake(
    "sigmoid",
    says="exp(z) / (1 + exp(z)) becomes infinity over infinity, nan, for large logits. Use this "
    "form below 0 only, with the exponent −|z|.",
    read=SIGMOID,
)
def sigmoid_of_infinities(logits: Any) -> Any:
    (logits,) = _floats(logits)
    return np.exp(logits) / (1 + np.exp(logits))


@mistake(
    "sigmoid",
    says="The curve falls instead of rising: the exponent has the other sign. It is "
    "1 / (1 + exp(−z)).",
    read=SIGMOID,
)
def sigmoid_falling(logits: Any) -> Any:
    return solution.sigmoid(-np.asarray(logits, dtype=float))


@mistake(
    "sigmoid",
    says="tanh runs from −1 to 1, a probability from 0 to 1. The sigmoid is 1 / (1 + exp(−z)).",
    read=SIGMOID,
)
def sigmoid_as_tanh(logits: Any) -> Any:
    return np.tanh(np.asarray(logits, dtype=float))


@mistake(
    "sigmoid",
    says="This is the slope of the sigmoid, p (1 − p). Here p itself is asked for.",
    read=SIGMOID,
)
def sigmoid_slope(logits: Any) -> Any:
    probabilities = solution.sigmoid(logits)
    return probabilities * (1 - probabilities)


@mistake(
    "sigmoid",
    says="The logits are clipped, so that large ones all get the same probability. No clipping is "
    "needed: `np.exp(-np.abs(logits))` never overflows.",
    read=SIGMOID,
)
def sigmoid_clipped(logits: Any) -> Any:
    return solution.sigmoid(np.clip(np.asarray(logits, dtype=float), -10, 10))


@mistake(
    "sigmoid",
    says="The loop takes one list of numbers only. NumPy's operations work on every shape at once: "
    "`np.asarray(logits, dtype=float)` first, then no loop.",
    read=SIGMOID,
)
def sigmoid_of_one_row(logits: Any) -> Any:
    return np.array(
        [1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z)) for z in logits]
    )


@mistake(
    "sigmoid",
    says="`out=` or `*=` writes into the caller's array. Let the expression make a new array.",
    read=SIGMOID,
)
def sigmoid_in_place(logits: Any) -> Any:
    (logits,) = _floats(logits)
    probabilities = solution.sigmoid(logits)
    if logits.ndim:
        np.exp(-np.abs(logits), out=logits)
    return probabilities


# -- binary_cross_entropy -------------------------------------------------------------------------


@mistake(
    "binary_cross_entropy",
    says="The minus sign is missing: logarithms of probabilities are negative, the loss is not.",
    read=BINARY,
)
def binary_cross_entropy_negative(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    return -solution.binary_cross_entropy(probabilities, targets, epsilon)


@mistake(
    "binary_cross_entropy",
    says="`np.log10` is the logarithm to base 10. The loss uses the natural one, `np.log`.",
    read=BINARY,
)
def binary_cross_entropy_in_tens(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    return solution.binary_cross_entropy(probabilities, targets, epsilon) / math.log(10)


@mistake(
    "binary_cross_entropy",
    says="`np.log2` measures in bits. The loss uses the natural logarithm, `np.log`.",
    read=BINARY,
)
def binary_cross_entropy_in_bits(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    return solution.binary_cross_entropy(probabilities, targets, epsilon) / math.log(2)


@mistake(
    "binary_cross_entropy",
    says="Where yes is right, its probability p counts, and where no is right, 1 − p: here it is "
    "the other way round. It is t ln(p) + (1 − t) ln(1 − p).",
    read=BINARY,
)
def binary_cross_entropy_of_the_other(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    return solution.binary_cross_entropy(1 - probabilities, targets, epsilon)


@mistake(
    "binary_cross_entropy",
    says="Only the first term is there, so that targets of 0 cost nothing. Add (1 − t) ln(1 − p).",
    read=BINARY,
)
def binary_cross_entropy_of_yes_only(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    return float(-np.mean(targets * np.log(np.clip(probabilities, epsilon, 1 - epsilon))))


@mistake(
    "binary_cross_entropy",
    says="The two terms are subtracted, so that targets of 0 lower the loss. Both belong inside "
    "the brackets: −[t ln(p) + (1 − t) ln(1 − p)].",
    read=BINARY,
)
def binary_cross_entropy_without_brackets(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    p = np.clip(probabilities, epsilon, 1 - epsilon)
    return float(np.mean(-targets * np.log(p) + (1 - targets) * np.log(1 - p)))


@mistake(
    "binary_cross_entropy",
    says="The losses of all elements are added up and not averaged. Write `np.mean` in place of "
    "`np.sum`.",
    read=BINARY,
)
def binary_cross_entropy_as_a_sum(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    return solution.binary_cross_entropy(probabilities, targets, epsilon) * np.size(targets)


@mistake(
    "binary_cross_entropy",
    says="Probabilities of 0 and 1 reach the logarithm, which gives infinity or nan. Clip first: "
    "`np.clip(probabilities, epsilon, 1 - epsilon)`.",
    read=BINARY,
)
def binary_cross_entropy_unclipped(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    p, targets = _alike(probabilities, targets)
    return float(-np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p)))


@mistake(
    "binary_cross_entropy",
    says="The probabilities are clipped from below only, so that ln(1 − p) is infinite at p = 1. "
    "Clip to [epsilon, 1 − epsilon].",
    read=BINARY,
)
def binary_cross_entropy_clipped_below(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    p = np.maximum(probabilities, epsilon)
    return float(-np.mean(targets * np.log(p) + (1 - targets) * np.log(1 - p)))


@mistake(
    "binary_cross_entropy",
    says="epsilon is added inside the logarithms, which moves every probability. Clip instead: "
    "`np.clip` moves only those beyond epsilon and 1 − epsilon.",
    read=BINARY,
)
def binary_cross_entropy_with_epsilon_added(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    p, targets = _alike(probabilities, targets)
    return float(-np.mean(targets * np.log(p + epsilon) + (1 - targets) * np.log(1 - p + epsilon)))


@mistake(
    "binary_cross_entropy",
    says="The clipping ignores the argument `epsilon` and always takes 1e-12. Write the name, not "
    "the number.",
    read=BINARY,
)
def binary_cross_entropy_with_a_fixed_epsilon(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    return solution.binary_cross_entropy(probabilities, targets)


@mistake(
    "binary_cross_entropy",
    says="NumPy stretches arrays of different shapes against each other. Compare the two `.shape`s "
    "first and raise `ValueError` if they differ.",
    read=SQUARES,
)
def binary_cross_entropy_stretched(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    probabilities, targets = np.broadcast_arrays(*_floats(probabilities, targets))
    return solution.binary_cross_entropy(probabilities, targets, epsilon)


@mistake(
    "binary_cross_entropy",
    says="The clipped probabilities are written into the caller's array. Without `out=` and "
    "without assigning to elements, `np.clip` returns a new one.",
    read=BINARY,
)
def binary_cross_entropy_in_place(probabilities: Any, targets: Any, epsilon: Any = 1e-12) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    np.clip(probabilities, epsilon, 1 - epsilon, out=probabilities)
    return solution.binary_cross_entropy(probabilities, targets, epsilon)


# -- sigmoid_cross_entropy_gradient ---------------------------------------------------------------


@mistake(
    "sigmoid_cross_entropy_gradient",
    says="The targets are subtracted from the logits themselves. Turn the logits into "
    "probabilities first: `sigmoid(logits) - targets`.",
    read=TWO_STEPS,
)
def logit_slope_without_sigmoid(logits: Any, targets: Any) -> Any:
    logits, targets = _floats(logits, targets)
    return (logits - targets) / logits.size


@mistake(
    "sigmoid_cross_entropy_gradient",
    says="This is the gradient of the sum, not of the mean. Divide by `logits.size`.",
    read=TWO_STEPS,
)
def logit_slope_of_the_sum(logits: Any, targets: Any) -> Any:
    return solution.sigmoid(logits) - np.asarray(targets, dtype=float)


@mistake(
    "sigmoid_cross_entropy_gradient",
    says="The sign is turned round. It is probability minus target: negative where the target "
    "is 1.",
    read=TWO_STEPS,
)
def logit_slope_backwards(logits: Any, targets: Any) -> Any:
    return -solution.sigmoid_cross_entropy_gradient(logits, targets)


@mistake(
    "sigmoid_cross_entropy_gradient",
    says="The factor p (1 − p) is too much: it is the slope of the sigmoid, and cancels against "
    "that of the logarithm. p − t is all that is left.",
    read=TWO_STEPS,
)
def logit_slope_with_the_sigmoid_slope(logits: Any, targets: Any) -> Any:
    p = solution.sigmoid(logits)
    return solution.sigmoid_cross_entropy_gradient(logits, targets) * p * (1 - p)


@mistake(
    "sigmoid_cross_entropy_gradient",
    says="The chain rule is computed step by step, and 0 / 0 appears where p is 0 or 1. "
    "Cancel on paper first: (sigmoid(z) − t) / size has no division by p.",
    read=TWO_STEPS,
)
def logit_slope_step_by_step(logits: Any, targets: Any) -> Any:
    p, (targets,) = solution.sigmoid(logits), _floats(targets)
    return (p - targets) / (p * (1 - p)) * (p * (1 - p)) / p.size


@mistake(
    "sigmoid_cross_entropy_gradient",
    says="`len(logits)` is the number of rows. The mean runs over all elements: divide by "
    "`logits.size`.",
    read=TWO_STEPS,
)
def logit_slope_by_rows(logits: Any, targets: Any) -> Any:
    return (solution.sigmoid(logits) - np.asarray(targets, dtype=float)) / len(logits)


@mistake(
    "sigmoid_cross_entropy_gradient",
    says="The difference is written into the caller's targets. Let the expression "
    "`sigmoid(logits) - targets` make a new array.",
    read=TWO_STEPS,
)
def logit_slope_in_place(logits: Any, targets: Any) -> Any:
    (targets,) = _floats(targets)
    targets *= -1
    targets += solution.sigmoid(logits)
    return targets / targets.size


# -- softmax --------------------------------------------------------------------------------------


@mistake(
    "softmax",
    says="`np.exp` overflows for large logits, and infinity over infinity is nan. Subtract the "
    "largest logit of each row first: that changes nothing else.",
    read=SOFTMAX,
)
def softmax_without_shift(logits: Any) -> Any:
    exponentials = np.exp(np.asarray(logits, dtype=float))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@mistake(
    "softmax",
    says="The exponentials are divided by the sum over all rows. Each row has its own sum: "
    "`axis=-1, keepdims=True`.",
    read=SOFTMAX,
)
def softmax_over_everything(logits: Any) -> Any:
    (logits,) = _floats(logits)
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum()


@mistake(
    "softmax",
    says="The columns sum to 1 here, not the rows. The classes lie along the last axis: `axis=-1` "
    "for the maximum and for the sum.",
    read=SOFTMAX,
)
def softmax_of_columns(logits: Any) -> Any:
    (logits,) = _floats(logits)
    exponentials = np.exp(logits - logits.max(axis=0, keepdims=True))
    return exponentials / exponentials.sum(axis=0, keepdims=True)


@mistake(
    "softmax",
    says="One maximum is subtracted from all rows: a row far below it becomes 0 / 0. Each row has "
    "its own maximum: `axis=-1, keepdims=True`.",
    read=SOFTMAX,
)
def softmax_with_one_maximum(logits: Any) -> Any:
    (logits,) = _floats(logits)
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@mistake(
    "softmax",
    says="The logits are divided by their sum without the exponential. Softmax takes `np.exp` "
    "first, which makes everything positive.",
    read=SOFTMAX,
)
def softmax_without_exponential(logits: Any) -> Any:
    (logits,) = _floats(logits)
    return logits / logits.sum(axis=-1, keepdims=True)


@mistake(
    "softmax",
    says="This is the logarithm of the softmax. Return the probabilities themselves.",
    read=SOFTMAX,
)
def softmax_logarithm(logits: Any) -> Any:
    return np.log(solution.softmax(logits))


@mistake(
    "softmax",
    says="Each logit goes through a sigmoid of its own, so that a row does not sum to 1. Divide "
    "each exponential by the sum of its row.",
    read=SOFTMAX,
)
def softmax_as_sigmoid(logits: Any) -> Any:
    return solution.sigmoid(logits)


@mistake(
    "softmax",
    says="`axis=1` exists in a table only. `axis=-1` is the last axis of any shape, a single row "
    "and a stack of tables included.",
    read=SOFTMAX,
)
def softmax_of_tables_only(logits: Any) -> Any:
    (logits,) = _floats(logits)
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    says="Without `keepdims=True` the maxima and sums of the rows do not line up with the rows. "
    "With it they stay a column that fits.",
    read=SOFTMAX,
)
def softmax_without_keepdims(logits: Any) -> Any:
    (logits,) = _floats(logits)
    exponentials = np.exp(logits - logits.max(axis=-1))
    return exponentials / exponentials.sum(axis=-1)


@mistake(
    "softmax",
    says="`logits -= ...` writes into the caller's array. Make a new one: "
    "`shifted = logits - ...`.",
    read=SOFTMAX,
)
def softmax_in_place(logits: Any) -> Any:
    (logits,) = _floats(logits)
    logits -= logits.max(axis=-1, keepdims=True)
    return solution.softmax(logits)


# -- categorical_cross_entropy --------------------------------------------------------------------


@mistake(
    "categorical_cross_entropy",
    says="The mean runs over all elements of the table, which makes the loss k times too small. "
    "Sum along each row, then take the mean over the rows.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_by_elements(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    loss = solution.categorical_cross_entropy(probabilities, targets, epsilon)
    return loss / np.shape(targets)[-1]


@mistake(
    "categorical_cross_entropy",
    says="The losses of the rows are added up and not averaged. Divide by the number of rows.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_as_a_sum(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    return solution.categorical_cross_entropy(probabilities, targets, epsilon) * len(targets)


@mistake(
    "categorical_cross_entropy",
    says="The minus sign is missing: logarithms of probabilities are negative, the loss is not.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_negative(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    return -solution.categorical_cross_entropy(probabilities, targets, epsilon)


@mistake(
    "categorical_cross_entropy",
    says="`np.log2` measures in bits. The loss uses the natural logarithm, `np.log`.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_in_bits(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    return solution.categorical_cross_entropy(probabilities, targets, epsilon) / math.log(2)


@mistake(
    "categorical_cross_entropy",
    says="Terms (1 − t) ln(1 − p) are added, as for two classes. With one-hot targets only the "
    "probability of the right class counts: −Σ t ln(p).",
    read=CATEGORICAL,
)
def categorical_cross_entropy_of_all_classes(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    loss = solution.binary_cross_entropy(probabilities, targets, epsilon)
    return loss * np.shape(targets)[-1]


@mistake(
    "categorical_cross_entropy",
    says="A probability of 0 reaches the logarithm, and 0 · ln(0) is nan. Raise the probabilities "
    "first: `np.maximum(probabilities, epsilon)`.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_unclipped(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    return float(-np.mean(np.sum(targets * np.log(probabilities), axis=-1)))


@mistake(
    "categorical_cross_entropy",
    says="The probabilities are clipped from above too. Here there is a lower bound only, epsilon: "
    "a certain and right answer costs exactly 0.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_clipped_above(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    clipped = np.clip(probabilities, epsilon, 1 - epsilon)
    return solution.categorical_cross_entropy(clipped, targets, epsilon)


@mistake(
    "categorical_cross_entropy",
    says="epsilon is added to every probability. Raise only the small ones: "
    "`np.maximum(probabilities, epsilon)`.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_with_epsilon_added(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    return solution.categorical_cross_entropy(probabilities + epsilon, targets, epsilon)


@mistake(
    "categorical_cross_entropy",
    says="NumPy stretches arrays of different shapes against each other. Compare the two `.shape`s "
    "first and raise `ValueError` if they differ.",
    read=SQUARES,
)
def categorical_cross_entropy_stretched(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = np.broadcast_arrays(*_floats(probabilities, targets))
    return solution.categorical_cross_entropy(probabilities, targets, epsilon)


@mistake(
    "categorical_cross_entropy",
    says="Assigning to elements of `probabilities` writes into the caller's array. `np.maximum` "
    "returns a new one.",
    read=CATEGORICAL,
)
def categorical_cross_entropy_in_place(
    probabilities: Any, targets: Any, epsilon: Any = 1e-12
) -> Any:
    probabilities, targets = _alike(probabilities, targets)
    probabilities[probabilities < epsilon] = epsilon
    return solution.categorical_cross_entropy(probabilities, targets, epsilon)


# -- softmax_cross_entropy_gradient ---------------------------------------------------------------


@mistake(
    "softmax_cross_entropy_gradient",
    says="This is the gradient of the sum over the rows, not of their mean. Divide by the number "
    "of rows, `len(logits)`.",
    read=SAME_SLOPE,
)
def row_slope_of_the_sum(logits: Any, targets: Any) -> Any:
    return solution.softmax(logits) - np.asarray(targets, dtype=float)


@mistake(
    "softmax_cross_entropy_gradient",
    says="`logits.size` counts all elements, and the loss is a mean over rows. Divide by the "
    "number of rows, `len(logits)`.",
    read=SAME_SLOPE,
)
def row_slope_by_elements(logits: Any, targets: Any) -> Any:
    return (solution.softmax(logits) - np.asarray(targets, dtype=float)) / np.size(logits)


@mistake(
    "softmax_cross_entropy_gradient",
    says="The sign is turned round: it is probability minus target, negative at the right class.",
    read=SAME_SLOPE,
)
def row_slope_backwards(logits: Any, targets: Any) -> Any:
    return -solution.softmax_cross_entropy_gradient(logits, targets)


@mistake(
    "softmax_cross_entropy_gradient",
    says="The sigmoid is for two classes. With one distribution a row it takes the softmax: "
    "(softmax(z) − t) / n.",
    read=SAME_SLOPE,
)
def row_slope_with_sigmoid(logits: Any, targets: Any) -> Any:
    return (solution.sigmoid(logits) - np.asarray(targets, dtype=float)) / len(logits)


@mistake(
    "softmax_cross_entropy_gradient",
    says="The targets are subtracted from the logits themselves. Turn the logits into "
    "probabilities first: `softmax(logits) - targets`.",
    read=SAME_SLOPE,
)
def row_slope_without_softmax(logits: Any, targets: Any) -> Any:
    logits, targets = _floats(logits, targets)
    return (logits - targets) / len(logits)


@mistake(
    "softmax_cross_entropy_gradient",
    says="`np.exp` overflows for large logits. Call your own `softmax`, which subtracts the "
    "largest logit of each row first.",
    read=SAME_SLOPE,
)
def row_slope_without_shift(logits: Any, targets: Any) -> Any:
    logits, targets = _floats(logits, targets)
    exponentials = np.exp(logits)
    return (exponentials / exponentials.sum(axis=-1, keepdims=True) - targets) / len(logits)


@mistake(
    "softmax_cross_entropy_gradient",
    says="A list of lists has no arithmetic. Make float arrays of both arguments first, with "
    "`np.asarray(..., dtype=float)`.",
    read=SQUARES,
)
def row_slope_of_arrays_only(logits: Any, targets: Any) -> Any:
    return (solution.softmax(logits) - targets) / logits.shape[0]


@mistake(
    "softmax_cross_entropy_gradient",
    says="`-=` writes into the caller's array. Make a new one: `probabilities = softmax(logits)` "
    "and then `probabilities - targets`.",
    read=SAME_SLOPE,
)
def row_slope_in_place(logits: Any, targets: Any) -> Any:
    logits, targets = _floats(logits, targets)
    logits -= logits.max(axis=-1, keepdims=True)
    return solution.softmax_cross_entropy_gradient(logits, targets)


# -- choose_loss ----------------------------------------------------------------------------------


@mistake(
    "choose_loss",
    says="The name of the loss is returned, as a string. Return the function itself: its name "
    "without quotation marks.",
    read=CHOICE,
)
def choose_loss_by_name(output_type: str) -> Any:
    return solution.choose_loss(output_type).__name__


@mistake(
    "choose_loss",
    says="The losses for two classes and for three or more are swapped. Binary means two.",
    read=CHOICE,
    takes_module=True,
)
def choose_loss_swapped(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        swapped = {
            "two classes": losses.categorical_cross_entropy,
            "three or more classes": losses.binary_cross_entropy,
        }
        return swapped.get(output_type) or _chosen(losses, output_type)

    return choose_loss


@mistake(
    "choose_loss",
    says="The gradient is returned for continuous numbers. What is asked for is the loss itself, "
    "`mean_squared_error`.",
    read=CHOICE,
    takes_module=True,
)
def choose_loss_as_a_gradient(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        if output_type == "continuous number":
            return losses.mean_squared_error_gradient
        return _chosen(losses, output_type)

    return choose_loss


@mistake(
    "choose_loss",
    says="A dictionary raises KeyError for an unknown key. Look with `in` first, and raise "
    "`ValueError` yourself.",
    read=CHOICE,
    takes_module=True,
)
def choose_loss_with_a_key_error(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        return _losses_by_type(losses)[output_type]

    return choose_loss


@mistake(
    "choose_loss",
    says="Every unknown output type gets a loss, a mistyped one too. Raise `ValueError` for all "
    "but the three strings of the table.",
    read=CHOICE,
    takes_module=True,
)
def choose_loss_with_a_default(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        return _losses_by_type(losses).get(output_type, losses.mean_squared_error)

    return choose_loss


@mistake(
    "choose_loss",
    says="An unknown output type gets None, and nobody notices. Raise `ValueError` instead.",
    read=CHOICE,
    takes_module=True,
)
def choose_loss_without_refusal(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        return _losses_by_type(losses).get(output_type)

    return choose_loss


@mistake(
    "choose_loss",
    says="A part of the string is enough here: “four classes” gets a loss. Compare the whole "
    "string, letter by letter.",
    read=CHOICE,
    takes_module=True,
)
def choose_loss_by_a_part(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        if "number" in output_type:
            return losses.mean_squared_error
        if "classes" in output_type and "two" not in output_type:
            return losses.categorical_cross_entropy
        return _chosen(losses, output_type)

    return choose_loss


@mistake(
    "choose_loss",
    says="The ValueError does not say what would have been right. Put the three output types into "
    "its message, as they are written in the table.",
    read=CHOICE,
    takes_module=True,
)
def choose_loss_with_a_terse_message(losses: Any) -> Any:
    def choose_loss(output_type: str) -> Any:
        if output_type not in _losses_by_type(losses):
            raise ValueError(f"unknown output type: {output_type}")
        return _losses_by_type(losses)[output_type]

    return choose_loss


def _losses_by_type(losses: Any) -> dict[str, Any]:
    return {
        "continuous number": losses.mean_squared_error,
        "two classes": losses.binary_cross_entropy,
        "three or more classes": losses.categorical_cross_entropy,
    }


def _chosen(losses: Any, output_type: str) -> Any:
    by_type = _losses_by_type(losses)
    if output_type not in by_type:
        raise ValueError(f"{output_type!r} is none of: {', '.join(by_type)}")
    return by_type[output_type]
