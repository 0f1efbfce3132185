"""What learners get wrong about losses."""

import math
from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from solutions import losses as solution

SQUARES = "Lesson 1, “A number to predict: mean squared error”"
SLOPE = "Lesson 1, “Which way is down?”"
SIGMOID = "Lesson 1, “One of two classes: a probability”"
BINARY = "Lesson 1, “How surprised are you? Binary cross-entropy”"
TWO_STEPS = "Lesson 1, “Two steps, one slope”"
SOFTMAX = "Lesson 1, “Three classes or more: softmax”"
CATEGORICAL = "Lesson 1, “Categorical cross-entropy”"
SAME_SLOPE = "Lesson 1, “The same slope again?”"
CHOICE = "Lesson 1, “Which loss for which task?”"


mean_squared_error = Mistakes(solution.mean_squared_error, read=SQUARES)
mean_squared_error.slip(
    "mean_squared_error_halved",
    {"return float": "return 0.5 * float"},
    says="This is half of the mean squared error. Some books put a ½ in front; here there is none: "
    "take the factor 0.5 out.",
)
mean_squared_error.slip(
    "mean_squared_error_as_a_sum",
    {"np.mean": "np.sum"},
    says="The squared differences are added up and not averaged. Divide by the number of elements: "
    "`np.mean` instead of `np.sum`.",
)
mean_squared_error.slip(
    "mean_absolute_error",
    {"(predictions - targets) ** 2": "np.abs(predictions - targets)"},
    says="This is the mean absolute error. Square the differences, `** 2`, instead of taking "
    "`np.abs` of them.",
)
mean_squared_error.slip(
    "root_mean_squared_error",
    {"return float": "return np.sqrt"},
    says="This is the root of the mean squared error. Leave the square root out.",
)
mean_squared_error.slip(
    "squared_mean_error",
    {"(predictions - targets) ** 2)": "predictions - targets) ** 2"},
    says="The mean is squared here, so that misses to both sides cancel. Square each difference "
    "first, then take the mean.",
)
mean_squared_error.slip(
    "mean_error",
    {"(predictions - targets) ** 2": "predictions - targets"},
    says="The difference is not squared, so that misses to both sides cancel. Take `** 2` of each "
    "difference before the mean.",
)
mean_squared_error.slip(
    "mean_squared_error_less_one",
    {"np.mean(": "np.sum(", "** 2)": "** 2) / max(targets.size - 1, 1)"},
    says="The sum is divided by the number of elements less one, as for a sample's variance. A "
    "mean divides by all of them.",
)
mean_squared_error.slip(
    "mean_squared_error_stretched",
    {"predictions.shape != targets.shape": "False"},
    says="NumPy stretches arrays of different shapes against each other. Compare the two `.shape`s "
    "first and raise `ValueError` if they differ.",
)
mean_squared_error.slip(
    "mean_squared_error_of_equal_sizes",
    {"predictions.shape != targets.shape": "predictions.size != targets.size"},
    says="The numbers of elements are compared, not the shapes: (3,) and (3, 1) have three each. "
    "Compare `predictions.shape` with `targets.shape`.",
)
mean_squared_error.slip(
    "mean_squared_error_of_each_column",
    {"float(": "(", "** 2)": "** 2, axis=0 if targets.ndim else None)"},
    says="The mean runs over the rows only, so that one number for each column is left. `np.mean` "
    "without `axis` runs over all elements.",
)
mean_squared_error.slip(
    "mean_squared_error_of_arrays_only",
    {
        "np.asarray(predictions, dtype=float)": "predictions",
        "np.asarray(targets, dtype=float)": "targets",
        "predictions.shape != targets.shape": "np.shape(predictions) != np.shape(targets)",
    },
    says="Lists can't be subtracted. Make float arrays first: "
    "`predictions = np.asarray(predictions, dtype=float)`, and the same for the targets.",
)
mean_squared_error.slip(
    "mean_squared_error_in_place",
    {"return": "predictions -= targets\n    return", "(predictions - targets)": "predictions"},
    says="`predictions -= targets` writes into the caller's array. Make a new one: "
    "`differences = predictions - targets`.",
)
mean_squared_error.slip(
    "mean_squared_error_in_single_precision",
    {
        "np.asarray(predictions, dtype=float)": "np.asarray(predictions, dtype=np.float32)",
        "np.asarray(targets, dtype=float)": "np.asarray(targets, dtype=np.float32)",
    },
    says="Single precision keeps about 7 digits, too few for small differences of large numbers. "
    "Compute in float64: `dtype=float`.",
)
mean_squared_error.slip(
    "root_of_the_sum_over_n",
    {
        "np.mean((predictions - targets) ** 2)": (
            "np.sqrt(np.sum((predictions - targets) ** 2)) / targets.size"
        ),
    },
    says="This is the root of the sum of squares, divided by n. There is no root: `np.mean` of "
    "the squares.",
)
mean_squared_error.slip(
    "length_of_the_misses",
    {"np.mean((predictions - targets) ** 2)": "np.linalg.norm(predictions - targets)"},
    says="This is the length of the difference, the root of the sum of the squares. Take the "
    "mean of the squares, without a root.",
)
mean_squared_error.slip(
    "mean_of_two_squares",
    {"(predictions - targets) ** 2": "predictions**2 - targets**2"},
    says="Predictions and targets are squared separately. Subtract first, then square the "
    "difference.",
)

mean_squared_error_gradient = Mistakes(solution.mean_squared_error_gradient, read=SLOPE)
mean_squared_error_gradient.slip(
    "squared_error_slope_without_two",
    {"2 * (predictions": "(predictions"},
    says="This is half of the gradient. The derivative of a square brings a factor 2 down: "
    "2 (p − t), divided by the number of elements.",
)
mean_squared_error_gradient.slip(
    "squared_error_slope_of_the_sum",
    {" / predictions.size": ""},
    says="This is the gradient of the sum, not of the mean. Divide by `predictions.size`.",
)
mean_squared_error_gradient.slip(
    "squared_error_slope_backwards",
    {"predictions - targets": "targets - predictions"},
    says="The sign is flipped: where a prediction is too high the loss grows with it, so the "
    "gradient is positive. Subtract the targets from the predictions.",
)
mean_squared_error_gradient.slip(
    "squared_error_slope_in_one_number",
    {"return 2": "return float(np.mean(2", " / predictions.size": "))"},
    says="The slopes of all predictions are averaged into one number. A gradient has one element "
    "for each prediction: no `np.mean`, only the division by the size.",
)
mean_squared_error_gradient.slip(
    "squared_error_slope_without_signs",
    {"(predictions - targets)": "np.abs(predictions - targets)"},
    says="The size of the differences is taken, so that the direction is lost. Leave `np.abs` out: "
    "the sign says which way the loss grows.",
)
mean_squared_error_gradient.slip(
    "squared_error_slope_by_rows",
    {"predictions.size": "(len(predictions) if predictions.ndim else 1)"},
    says="`len(predictions)` is the number of rows. The mean runs over all elements: divide by "
    "`predictions.size`.",
)
mean_squared_error_gradient.slip(
    "squared_error_slope_of_arrays_only",
    {
        "np.asarray(predictions, dtype=float)": "predictions",
        "np.asarray(targets, dtype=float)": "targets",
    },
    says="Lists can't be subtracted. Make float arrays of both arguments first, with "
    "`np.asarray(..., dtype=float)`.",
    read=SQUARES,
)
mean_squared_error_gradient.slip(
    "squared_error_slope_in_place",
    {"return 2 * (predictions - targets)": "predictions -= targets\n    return 2 * predictions"},
    says="`-=` and `*=` write into the caller's array. Put the formula into one expression: its "
    "value is a new array.",
)
mean_squared_error_gradient.slip(
    "squared_error_slope_of_squares",
    {"(predictions - targets)": "(predictions - targets) ** 2"},
    says="The differences are squared here. The derivative of e² is 2 e: no square is left.",
)

sigmoid = Mistakes(solution.sigmoid, read=SIGMOID)
sigmoid.slip(
    "sigmoid_that_overflows",
    {"np.where(logits >= 0, 1.0, decay) / (1.0 + decay)": "1 / (1 + np.exp(-logits))"},
    says="`np.exp` gets a large positive exponent and overflows (`np.where` computes both of its "
    "branches). Compute `np.exp(-np.abs(logits))` once and write both forms with it.",
)
sigmoid.slip(
    "sigmoid_of_infinities",
    {"np.where(logits >= 0, 1.0, decay) / (1.0 + decay)": "np.exp(logits) / (1 + np.exp(logits))"},
    says="exp(z) / (1 + exp(z)) becomes infinity over infinity, nan, for large logits. Use this "
    "form below 0 only, with the exponent −|z|.",
)
sigmoid.slip(
    "sigmoid_falling",
    {"logits >= 0": "logits < 0"},
    says="The curve falls instead of rising: the exponent has the other sign. It is "
    "1 / (1 + exp(−z)).",
)
sigmoid.slip(
    "sigmoid_as_tanh",
    {"np.where(logits >= 0, 1.0, decay) / (1.0 + decay)": "np.tanh(logits)"},
    says="tanh runs from −1 to 1, a probability from 0 to 1. The sigmoid is 1 / (1 + exp(−z)).",
)


@sigmoid.instead(says="This is the slope of the sigmoid, p (1 − p). Return p itself.")
def sigmoid_slope(given: Given) -> Any:
    probabilities = given.right()
    return probabilities * (1 - probabilities)


sigmoid.slip(
    "sigmoid_clipped",
    {"np.asarray(logits, dtype=float)": "np.clip(np.asarray(logits, dtype=float), -10, 10)"},
    says="The logits are clipped, so that large ones all get the same probability. No clipping is "
    "needed: `np.exp(-np.abs(logits))` never overflows.",
)


@sigmoid.instead(
    says="The loop takes one list of numbers only. NumPy's operations work on every shape at once: "
    "`np.asarray(logits, dtype=float)` first, then no loop."
)
def sigmoid_of_one_row(given: Given) -> Any:
    return np.array(
        [
            1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
            for z in given.logits
        ]
    )


sigmoid.slip(
    "sigmoid_in_place",
    {
        "decay =": "positive = logits >= 0\n    decay =",
        "abs(logits))": "abs(logits), out=logits)",
        "logits >= 0,": "positive,",
    },
    says="`out=` or `*=` writes into the caller's array. Let the expression make a new array.",
)
sigmoid.slip(
    "sigmoid_without_brackets",
    {"np.where(logits >= 0, 1.0, decay) / (1.0 + decay)": "1 / 1 + np.exp(-logits)"},
    says="Brackets are missing: `1 / 1 + x` is 1 + x. Put 1 + e^−z in brackets, as the "
    "denominator.",
)

binary_cross_entropy = Mistakes(solution.binary_cross_entropy, read=BINARY)
binary_cross_entropy.slip(
    "binary_cross_entropy_negative",
    {"-np.mean": "np.mean"},
    says="The minus sign is missing: logarithms of probabilities are negative, the loss is not.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_of_yes_or_no",
    {
        "targets * np.log(p) + (1 - targets) * np.log1p(-p)": (
            "np.where(targets == 1, np.log(p), np.log1p(-p))"
        )
    },
    says="One of the two terms is chosen, as if every target were 0 or 1. A target may be in "
    "between: weight both terms with it, t ln(p) + (1 − t) ln(1 − p).",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_in_tens",
    {"np.log(p)": "np.log10(p)", "np.log1p(-p)": "np.log10(1 - p)"},
    says="`np.log10` is the logarithm to base 10. The loss uses the natural one, `np.log`.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_in_bits",
    {"np.log(p)": "np.log2(p)", "np.log1p(-p)": "np.log2(1 - p)"},
    says="`np.log2` measures in bits. The loss uses the natural logarithm, `np.log`.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_of_the_other",
    {"np.clip(probabilities": "np.clip(1 - probabilities"},
    says="Where yes is right, its probability p counts, and where no is right, 1 − p: here it is "
    "the other way round. It is t ln(p) + (1 − t) ln(1 − p).",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_of_yes_only",
    {" + (1 - targets) * np.log1p(-p)": ""},
    says="Only the first term is there, so that targets of 0 cost nothing. Add (1 − t) ln(1 − p).",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_without_brackets",
    {"-np.mean(targets": "np.mean(-targets"},
    says="The two terms are subtracted, so that targets of 0 lower the loss. Both belong inside "
    "the brackets: −[t ln(p) + (1 − t) ln(1 − p)].",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_as_a_sum",
    {"np.mean": "np.sum"},
    says="The losses of all elements are added up and not averaged. Write `np.mean` instead of "
    "`np.sum`.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_unclipped",
    {"np.clip(probabilities, epsilon, 1 - epsilon)": "probabilities"},
    says="Probabilities of 0 and 1 reach the logarithm, which gives infinity or nan. Clip first: "
    "`np.clip(probabilities, epsilon, 1 - epsilon)`.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_clipped_below",
    {"np.clip(probabilities, epsilon, 1 - epsilon)": "np.maximum(probabilities, epsilon)"},
    says="The probabilities are clipped from below only, so that ln(1 − p) is infinite at p = 1. "
    "Clip to [epsilon, 1 − epsilon].",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_with_epsilon_added",
    {
        "np.clip(probabilities, epsilon, 1 - epsilon)": "probabilities",
        "np.log(p)": "np.log(p + epsilon)",
        "np.log1p(-p)": "np.log(1 - p + epsilon)",
    },
    says="epsilon is added inside the logarithms, which moves every probability. Clip instead: "
    "`np.clip` moves only those beyond epsilon and 1 − epsilon.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_with_a_fixed_epsilon",
    {"np.clip(probabilities, epsilon, 1 - epsilon)": "np.clip(probabilities, 1e-12, 1 - 1e-12)"},
    says="The clipping ignores the argument `epsilon` and always takes 1e-12. Write the name, not "
    "the number.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_stretched",
    {"probabilities.shape != targets.shape": "False"},
    says="NumPy stretches arrays of different shapes against each other. Compare the two `.shape`s "
    "first and raise `ValueError` if they differ.",
    read=SQUARES,
)
binary_cross_entropy.slip(
    "binary_cross_entropy_in_place",
    {"1 - epsilon)": "1 - epsilon, out=probabilities)"},
    says="The clipped probabilities are written into the caller's array. Without `out=` and "
    "without assigning to elements, `np.clip` returns a new one.",
)
binary_cross_entropy.slip(
    "binary_cross_entropy_of_a_sigmoid",
    {"np.clip(probabilities,": "np.clip(sigmoid(probabilities),"},
    says="The sigmoid is applied to the probabilities. They are probabilities already.",
)

sigmoid_cross_entropy_gradient = Mistakes(solution.sigmoid_cross_entropy_gradient, read=TWO_STEPS)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_of_target_0_upside_down",
    {
        "sigmoid(logits) - targets": (
            "np.where(targets == 1, sigmoid(logits) - 1, 1 - sigmoid(logits))"
        )
    },
    says="For target 1 the slope is right. For target 0 the loss is ln(1 + eᶻ): follow the chain "
    "from z to the logarithm, and write what comes out with the second form of the sigmoid.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_without_sigmoid",
    {"sigmoid(logits)": "logits"},
    says="The targets are subtracted from the logits themselves. Turn the logits into "
    "probabilities first: `sigmoid(logits) - targets`.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_of_the_sum",
    {" / logits.size": ""},
    says="This is the gradient of the sum, not of the mean. Divide by `logits.size`.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_backwards",
    {"return (": "return -("},
    says="The sign is flipped. It is probability minus target: negative where the target is 1.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_with_the_sigmoid_slope",
    {"return (sigmoid(logits)": "p = sigmoid(logits)\n    return p * (1 - p) * (p"},
    says="The factor p (1 − p) doesn't belong here: it is the slope of the sigmoid, and cancels "
    "against that of the logarithm. p − t is all that is left.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_step_by_step",
    {
        "return": "p = sigmoid(logits)\n    return",
        " / logits.size": " / (p * (1 - p)) * (p * (1 - p)) / logits.size",
    },
    says="The chain rule is computed step by step, and 0 / 0 appears where p is 0 or 1. "
    "Cancel on paper first: (sigmoid(z) − t) / size has no division by p.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_by_rows",
    {"logits.size": "len(logits)"},
    says="`len(logits)` is the number of rows. The mean runs over all elements: divide by "
    "`logits.size`.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_in_place",
    {"return (sigmoid(logits) - targets)": "targets -= sigmoid(logits)\n    return -targets"},
    says="The difference is written into the caller's targets. Let the expression "
    "`sigmoid(logits) - targets` make a new array.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_of_two_sigmoids",
    {"sigmoid(logits)": "sigmoid(sigmoid(logits))"},
    says="The sigmoid is applied twice. Once turns the logits into probabilities.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_along_the_probability",
    {
        "(sigmoid(logits) - targets)": (
            "(sigmoid(logits) - targets) / (sigmoid(logits) * (1 - sigmoid(logits)))"
        ),
    },
    says="This is the slope along the probability, (p − t) / (p (1 − p)). Along the logit the "
    "factor p (1 − p) cancels: p − t is left.",
)
sigmoid_cross_entropy_gradient.slip(
    "logit_slope_of_decisions",
    {"sigmoid(logits)": "(sigmoid(logits) > 0.5)"},
    says="The probabilities are turned into decisions, 0 or 1, first. Subtract the targets from "
    "the probabilities themselves.",
)

softmax = Mistakes(solution.softmax, read=SOFTMAX)
softmax.slip(
    "softmax_without_shift",
    {"logits - highest": "logits"},
    says="`np.exp` overflows for large logits, and infinity over infinity is nan. Subtract the "
    "largest logit of each row first: that changes nothing else.",
)
softmax.slip(
    "softmax_over_everything",
    {
        "(logits, axis=-1, keepdims=True)": "(logits)",
        "(exponentials, axis=-1, keepdims=True)": "(exponentials)",
    },
    says="The exponentials are divided by the sum over all rows. Each row has its own sum: "
    "`axis=-1, keepdims=True`.",
)
softmax.slip(
    "softmax_of_columns",
    {"(logits, axis=-1": "(logits, axis=0", "(exponentials, axis=-1": "(exponentials, axis=0"},
    says="The columns sum to 1 here, not the rows. The classes are along the last axis: `axis=-1` "
    "for the maximum and for the sum.",
)
softmax.slip(
    "softmax_with_one_maximum",
    {"(logits, axis=-1, keepdims=True)": "(logits)"},
    says="One maximum is subtracted from all rows: a row far below it becomes 0 / 0. Each row has "
    "its own maximum: `axis=-1, keepdims=True`.",
)
softmax.slip(
    "softmax_without_exponential",
    {"np.exp(logits - highest)": "logits"},
    says="The logits are divided by their sum without the exponential. Softmax takes `np.exp` "
    "first, which makes everything positive.",
)


@softmax.instead(says="This is the logarithm of the softmax. Return the probabilities themselves.")
def softmax_logarithm(given: Given) -> Any:
    return np.log(given.right())


softmax.slip(
    "softmax_as_sigmoid",
    {"exponentials / np.sum(exponentials, axis=-1, keepdims=True)": "sigmoid(logits)"},
    says="Each logit goes through its own sigmoid, so that a row does not sum to 1. Divide "
    "each exponential by the sum of its row.",
)
softmax.slip(
    "softmax_of_tables_only",
    {"(logits, axis=-1": "(logits, axis=1", "(exponentials, axis=-1": "(exponentials, axis=1"},
    says="`axis=1` exists only in a table. `axis=-1` is the last axis of any shape, a single row "
    "and a stack of tables included.",
)
softmax.slip(
    "softmax_without_keepdims",
    {
        "(logits, axis=-1, keepdims=True)": "(logits, axis=-1)",
        "(exponentials, axis=-1, keepdims=True)": "(exponentials, axis=-1)",
    },
    says="Without `keepdims=True` the maxima and sums of the rows do not line up with the rows. "
    "With it they stay a column that fits.",
)
softmax.slip(
    "softmax_in_place",
    {"logits - highest": "logits", "    exponentials": "    logits -= highest\n    exponentials"},
    says="`logits -= ...` writes into the caller's array. Make a new one: "
    "`shifted = logits - ...`.",
)
softmax.slip(
    "softmax_with_zero_at_least",
    {
        "np.max(logits, axis=-1, keepdims=True)": (
            "np.maximum(0.0, np.max(logits, axis=-1, keepdims=True))"
        ),
    },
    says="Where all logits of a row are far below 0, 0 is subtracted here, and the row becomes 0 "
    "/ 0. Subtract the row's own maximum, also where it is negative.",
)
softmax.slip(
    "softmax_of_the_smallest",
    {"np.max(": "np.min("},
    says="What is subtracted is not the largest logit: the others can still overflow. Subtract the "
    "largest of the row.",
)
softmax.slip(
    "softmax_by_the_largest",
    {"np.sum(exponentials": "np.max(exponentials"},
    says="The exponentials are divided by the largest of their row. Divide by the sum of the "
    "row: then it sums to 1.",
)
softmax.slip(
    "softmax_in_the_other_direction",
    {"np.exp(logits - highest)": "np.exp(np.min(logits, axis=-1, keepdims=True) - logits)"},
    says="The largest logit gets the smallest probability: there is a minus sign before the "
    "logits. It is exp(z), not exp(−z).",
)
softmax.slip(
    "softmax_shifted_below_only",
    {"return exponentials /": "return np.exp(logits) /"},
    says="The maximum is subtracted only in the denominator, so that it does not cancel. Subtract "
    "it in the numerator, too: the same exponentials in both places.",
)

categorical_cross_entropy = Mistakes(solution.categorical_cross_entropy, read=CATEGORICAL)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_by_elements",
    {"np.sum(targets * surprise, axis=-1)": "targets * surprise"},
    says="The mean runs over all elements of the table, which makes the loss k times too small. "
    "Sum along each row, then take the mean over the rows.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_as_a_sum",
    {"np.mean": "np.sum"},
    says="The losses of the rows are added up and not averaged. Divide by the number of rows.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_negative",
    {"-np.log": "np.log"},
    says="The minus sign is missing: logarithms of probabilities are negative, the loss is not.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_in_bits",
    {"np.log": "np.log2"},
    says="`np.log2` measures in bits. The loss uses the natural logarithm, `np.log`.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_of_all_classes",
    {
        "surprise =": "p = np.clip(probabilities, epsilon, 1 - epsilon)\n    surprise =",
        "targets * surprise": "-targets * np.log(p) - (1 - targets) * np.log(1 - p)",
    },
    says="Terms (1 − t) ln(1 − p) are added, as for two classes. With one-hot targets only the "
    "probability of the right class counts: −Σ t ln(p).",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_unclipped",
    {"np.maximum(probabilities, epsilon)": "probabilities"},
    says="A probability of 0 reaches the logarithm, and 0 · ln(0) is nan. Raise the probabilities "
    "first: `np.maximum(probabilities, epsilon)`.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_clipped_above",
    {"np.maximum(probabilities, epsilon)": "np.clip(probabilities, epsilon, 1 - epsilon)"},
    says="The probabilities are clipped from above too. Here there is a lower bound only, epsilon: "
    "a certain and right answer costs exactly 0.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_with_epsilon_added",
    {"np.maximum(probabilities, epsilon)": "probabilities + epsilon"},
    says="epsilon is added to every probability. Raise only the small ones: "
    "`np.maximum(probabilities, epsilon)`.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_stretched",
    {"probabilities.shape != targets.shape": "False"},
    says="NumPy stretches arrays of different shapes against each other. Compare the two `.shape`s "
    "first and raise `ValueError` if they differ.",
    read=SQUARES,
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_in_place",
    {"surprise =": "probabilities[probabilities < epsilon] = epsilon\n    surprise ="},
    says="Assigning to elements of `probabilities` writes into the caller's array. `np.maximum` "
    "returns a new one.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_of_a_softmax",
    {"np.maximum(probabilities,": "np.maximum(softmax(probabilities),"},
    says="Softmax is applied to the probabilities. They are probabilities already.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_of_log_targets",
    {
        "np.maximum(probabilities,": "np.maximum(targets,",
        "targets * surprise": "probabilities * surprise",
    },
    says="Predictions and targets have changed places: the logarithm is taken of the "
    "probabilities, and multiplied by the targets.",
)
categorical_cross_entropy.slip(
    "categorical_cross_entropy_of_the_largest",
    {"np.sum(targets * surprise, axis=-1)": "np.min(surprise, axis=-1)"},
    says="The largest probability of each row counts here, whichever class is right. The targets "
    "pick the probability of the right one: targets * np.log(probabilities).",
)

softmax_cross_entropy_gradient = Mistakes(solution.softmax_cross_entropy_gradient, read=SAME_SLOPE)
softmax_cross_entropy_gradient.slip(
    "row_slope_of_the_sum",
    {" / len(logits)": ""},
    says="This is the gradient of the sum over the rows, not of their mean. Divide by the number "
    "of rows, `len(logits)`.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_by_elements",
    {"len(logits)": "logits.size"},
    says="`logits.size` counts all elements, and the loss is a mean over rows. Divide by the "
    "number of rows, `len(logits)`.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_of_the_right_class_only",
    {"(softmax(logits) - targets)": "(softmax(logits) - 1) * targets"},
    says="Only the right class has a slope here. Nudge the logit of another: the sum S moves, and "
    "ln S with it.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_backwards",
    {"softmax(logits) - targets": "targets - softmax(logits)"},
    says="The sign is flipped: it is probability minus target, negative at the right class.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_with_sigmoid",
    {"softmax(logits)": "sigmoid(logits)"},
    says="The sigmoid is for two classes. With one distribution a row it takes the softmax: "
    "(softmax(z) − t) / n.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_without_softmax",
    {"softmax(logits)": "logits"},
    says="The targets are subtracted from the logits themselves. Turn the logits into "
    "probabilities first: `softmax(logits) - targets`.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_without_shift",
    {
        "return": "exponentials = np.exp(logits)\n    return",
        "softmax(logits)": "exponentials / exponentials.sum(axis=-1, keepdims=True)",
    },
    says="`np.exp` overflows for large logits. Call your own `softmax`, which subtracts the "
    "largest logit of each row first.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_of_arrays_only",
    {
        "np.asarray(logits, dtype=float)": "logits",
        "np.asarray(targets, dtype=float)": "targets",
        "len(logits)": "logits.shape[0]",
    },
    says="Lists don't do arithmetic. Make float arrays of both arguments first, with "
    "`np.asarray(..., dtype=float)`.",
    read=SQUARES,
)
softmax_cross_entropy_gradient.slip(
    "row_slope_in_place",
    {"    return": "    logits -= logits.max(axis=-1, keepdims=True)\n    return"},
    says="`-=` writes into the caller's array. Make a new one: `probabilities = softmax(logits)` "
    "and then `probabilities - targets`.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_along_the_probabilities",
    {"(softmax(logits) - targets)": "-targets / np.maximum(softmax(logits), 1e-12)"},
    says="This is the slope along the probabilities, −t / p. Along the logits it is "
    "softmax(logits) − targets, divided by the number of rows.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_of_two_softmaxes",
    {"softmax(logits)": "softmax(softmax(logits))"},
    says="Softmax is applied twice. Once turns the logits into probabilities.",
)
softmax_cross_entropy_gradient.slip(
    "row_slope_with_the_sigmoid_slope",
    {
        "(softmax(logits) - targets)": (
            "(softmax(logits) - targets) * softmax(logits) * (1 - softmax(logits))"
        ),
    },
    says="The factor p (1 − p) doesn't belong here: it cancels against the slope of the logarithm. "
    "p − t is all that is left.",
)

choose_loss = Mistakes(solution.choose_loss, read=CHOICE)
choose_loss.slip(
    "choose_loss_by_name",
    {"losses[output_type]": "losses[output_type].__name__"},
    says="The name of the loss is returned, as a string. Return the function itself: its name "
    "without quotation marks.",
)
choose_loss.slip(
    "choose_loss_swapped",
    {
        '"two classes": binary': '"two classes": categorical',
        'more classes": categorical': 'more classes": binary',
    },
    says="The losses for two classes and for three or more are swapped. Binary means two.",
)
choose_loss.slip(
    "choose_loss_as_a_gradient",
    {"mean_squared_error": "mean_squared_error_gradient"},
    says="The gradient is returned for continuous numbers. Return the loss itself, "
    "`mean_squared_error`.",
)
choose_loss.slip(
    "choose_loss_with_a_key_error",
    {"output_type not in losses": "False"},
    says="A dictionary raises KeyError for an unknown key. Look with `in` first, and raise "
    "`ValueError` yourself.",
)
choose_loss.slip(
    "choose_loss_with_a_default",
    {
        "output_type not in losses": "False",
        "losses[output_type]": "losses.get(output_type, mean_squared_error)",
    },
    says="Every unknown output type gets a loss, a mistyped one too. Raise `ValueError` for all "
    "but the three strings of the table.",
)
choose_loss.slip(
    "choose_loss_without_refusal",
    {"output_type not in losses": "False", "losses[output_type]": "losses.get(output_type)"},
    says="An unknown output type gets None, and nobody notices. Raise `ValueError` instead.",
)


@choose_loss.instead(
    says="A part of the string is enough here: “four classes” gets a loss. Compare the whole "
    "string, letter by letter."
)
def choose_loss_by_a_part(given: Given) -> Any:
    output_type = given.output_type
    if "number" in output_type:
        return given.right(output_type="continuous number")
    if "classes" in output_type and "two" not in output_type:
        return given.right(output_type="three or more classes")
    return given.right()


choose_loss.slip(
    "choose_loss_with_a_terse_message",
    {"{output_type!r} is none of: {', '.join(losses)}": "unknown output type: {output_type}"},
    says="The ValueError does not say what would have been right. Put the three output types into "
    "its message, as they are written in the table.",
)


robust_loss = Mistakes(solution.robust_loss, read="Lesson 1, “Write it: robust_loss”")
robust_loss.slip(
    "robust_loss_squared",
    {"np.hypot(1.0, predictions - targets) - 1.0": "(predictions - targets) ** 2"},
    says="This is the squared error again: twice the miss costs four times as much. Far out the "
    "cost must grow like a straight line, or less.",
)
robust_loss.slip(
    "robust_loss_absolute",
    {"np.hypot(1.0, predictions - targets) - 1.0": "np.abs(predictions - targets)"},
    says="This is the absolute error: right far out, but with a corner at 0. Let the cost begin "
    "like e², for instance up to a threshold.",
)
robust_loss.slip(
    "robust_loss_in_pieces_that_do_not_meet",
    {
        "return": "e = np.abs(predictions - targets)\n    return",
        "np.hypot(1.0, predictions - targets) - 1.0": "np.where(e <= 1.0, 0.5 * e**2, e)",
    },
    says="At the threshold the cost jumps from 0.5 to 1: the line must begin where the parabola "
    "ends. Take threshold² / 2 off from threshold · |e|.",
)
robust_loss.slip(
    "robust_loss_in_pieces_the_wrong_way_round",
    {
        "return": "e = np.abs(predictions - targets)\n    return",
        "np.hypot(1.0, predictions - targets) - 1.0": "np.where(e <= 1.0, e - 0.5, 0.5 * e**2)",
    },
    says="The pieces have changed places: the parabola belongs to small misses, the straight line "
    "to large ones.",
)
robust_loss.slip(
    "robust_loss_not_zero_at_zero",
    {" - 1.0": ""},
    says="√(1 + e²) is 1 where e = 0, so right predictions cost something. Take the 1 off.",
)
robust_loss.slip(
    "robust_loss_cut_off",
    {
        "np.hypot(1.0, predictions - targets) - 1.0": (
            "np.minimum((predictions - targets) ** 2, 25.0)"
        )
    },
    says="The cost is cut off, so beyond the border a larger miss costs no more, and no slope "
    "leads back. Let it go on rising, slowly.",
)
robust_loss.slip(
    "robust_loss_by_an_overflowing_cosh",
    {"np.hypot(1.0, predictions - targets) - 1.0": "np.log(np.cosh(predictions - targets))"},
    says="cosh overflows from 710 on, though its logarithm is small. ln cosh e is also "
    "np.logaddexp(e, -e) − ln 2, which never overflows.",
)
robust_loss.slip(
    "robust_loss_as_a_sum",
    {"np.mean": "np.sum"},
    says="The costs are added up and not averaged, so that the loss grows with the number of "
    "examples. Write `np.mean` instead of `np.sum`.",
)
robust_loss.slip(
    "robust_loss_with_signs",
    {"np.hypot(1.0, predictions - targets) - 1.0": "np.arctan(predictions - targets)"},
    says="The cost keeps the sign of the miss, so that misses to both sides cancel. It must be "
    "the same for e and −e: use e² or |e|.",
)
robust_loss.slip(
    "robust_loss_stretched",
    {"predictions.shape != targets.shape": "False"},
    says="NumPy stretches arrays of different shapes against each other. Compare the two `.shape`s "
    "first and raise `ValueError` if they differ.",
    read=SQUARES,
)

robust_loss_gradient = Mistakes(
    solution.robust_loss_gradient, read="Lesson 1, “Write it: robust_loss_gradient”"
)
robust_loss_gradient.slip(
    "robust_slope_of_the_square",
    {"misses / np.hypot(1.0, misses)": "2 * misses"},
    says="This is the slope of the squared error: outliers pull in proportion to their miss. "
    "Take the derivative of your own cost.",
)
robust_loss_gradient.slip(
    "robust_slope_of_the_sum",
    {" / predictions.size": ""},
    says="This is the gradient of the sum, not of the mean. Divide by `predictions.size`.",
)
robust_loss_gradient.slip(
    "robust_slope_by_rows",
    {"predictions.size": "(len(predictions) if predictions.ndim else 1)"},
    says="`len(predictions)` is the number of rows. The mean runs over all elements: divide by "
    "`predictions.size`.",
)
robust_loss_gradient.slip(
    "robust_slope_backwards",
    {"predictions - targets": "targets - predictions"},
    says="The sign is flipped: where a prediction is too high the loss grows with it, so the "
    "slope is positive. Let e be prediction − target.",
)
robust_loss_gradient.slip(
    "robust_slope_without_signs",
    {"return misses": "return np.abs(misses)"},
    says="The slope has lost its sign: below 0 the cost falls as e grows. The derivative of |e| is "
    "`np.sign(e)`, that of e² is 2e.",
)
robust_loss_gradient.slip(
    "robust_slope_that_is_only_a_sign",
    {"misses / np.hypot(1.0, misses)": "np.sign(misses)"},
    says="Every miss pulls equally hard, as with the absolute error. Near 0 your cost is round, so "
    "its slope fades there.",
)
robust_loss_gradient.slip(
    "robust_slope_in_one_number",
    {"return misses": "return float(np.mean(misses", " / predictions.size": "))"},
    says="The slopes of all predictions are averaged into one number. A gradient has one element "
    "for each prediction: no `np.mean`, only the division by the size.",
)
robust_loss_gradient.slip(
    "robust_slope_is_the_cost",
    {"misses / np.hypot(1.0, misses)": "(np.hypot(1.0, misses) - 1.0)"},
    says="These are the costs themselves, shared out. The gradient holds their derivatives: how "
    "fast each cost grows with its prediction.",
)
robust_loss_gradient.slip(
    "robust_slope_of_arrays_only",
    {
        "np.asarray(predictions, dtype=float)": "predictions",
        "np.asarray(targets, dtype=float)": "targets",
    },
    says="Lists can't be subtracted. Make float arrays of both arguments first, with "
    "`np.asarray(..., dtype=float)`.",
    read=SQUARES,
)
