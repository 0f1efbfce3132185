"""What learners do to the six broken programs, short of repairing them."""

from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from autograder.exercises.manifest import BUGS
from solutions import broken_runs as solution

SHAPES = "Lesson 7, “The flat line”"
SUM = "Lesson 7, “The loss that jumps”"
PAIRS = "Lesson 7, “The classifier that guesses”"
MEMORY = "Lesson 7, “Momentum that does nothing”"
COUNT = "Lesson 7, “Adam out of step”"
NAMES = "Lesson 7, “The best weights, lost”"


def bug(name: str) -> dict[str, str]:
    """The bug that the learner's copy came with, as a change of the solution."""
    return dict([BUGS[name]])


fit_line = Mistakes(solution.fit_line, read=SHAPES)
fit_line.slip(
    "line_still_flat",
    bug("fit_line"),
    says="The bug is still there: n inputs and n targets make n² errors. Print errors.shape.",
)
fit_line.slip(
    "line_half_repaired",
    {".reshape(-1, 1)": "", "slope * inputs + intercept": "slope * inputs[:, 0] + intercept"},
    says="The errors are right now, and have shape (n,). But errors * inputs meets the column "
    "again: that product still has n² numbers.",
)
fit_line.slip(
    "line_that_reshapes_its_callers_targets",
    {
        ".reshape(-1, 1)\n": "\n    targets.shape = (-1, 1)\n",
    },
    says="`targets.shape = …` changes the array of the caller, because np.asarray makes no copy of "
    "an array. `targets.reshape(-1, 1)` makes a new one.",
)
fit_line.slip(
    "line_by_sums",
    {
        "2 * np.mean(errors * inputs)": "np.sum(errors * inputs)",
        "2 * np.mean(errors)": "np.sum(errors)",
    },
    says="The gradients are sums over the examples, which agree for two of them only. Take 2 times "
    "the mean.",
)
fit_line.slip(
    "line_without_the_two",
    {
        "2 * np.mean(errors * inputs)": "np.mean(errors * inputs)",
        "2 * np.mean(errors)\n": "np.mean(errors)\n",
    },
    says="The steps are half as long as they should be: the slope of a square is 2 times the "
    "error.",
)
fit_line.slip(
    "line_uphill",
    {"slope * inputs + intercept - targets": "targets - (slope * inputs + intercept)"},
    says="The errors have changed their sign, so each step goes uphill: prediction − target.",
)
fit_line.slip(
    "line_with_a_late_intercept",
    {
        "        intercept_gradient = 2 * np.mean(errors)\n": "",
        "learning_rate * intercept_gradient": (
            "learning_rate * 2 * np.mean(slope * inputs + intercept - targets)"
        ),
    },
    says="The intercept's gradient is taken after the slope has moved. Find both gradients first, "
    "then move both.",
)
fit_line.slip(
    "line_of_one_step_less",
    {"range(steps)": "range(1, steps)"},
    says="One step is missing: range(steps) makes as many as are asked for.",
)


@fit_line.instead(
    says="This is the best line, found without any steps. Return where the descent is after that "
    "many steps."
)
def line_by_formula(given: Given) -> Any:
    inputs = np.ravel(np.asarray(given.inputs, dtype=float))
    rows = np.column_stack([inputs, np.ones(len(inputs))])
    slope, intercept = np.linalg.lstsq(rows, np.asarray(given.targets, dtype=float))[0]
    return float(slope), float(intercept)


logistic_regression = Mistakes(solution.logistic_regression, read=SUM)
logistic_regression.slip(
    "classes_still_by_a_sum",
    bug("logistic_regression"),
    says="The bug is still there: the gradient grows with the number of examples. Compare it with "
    "central differences of the mean loss.",
)
logistic_regression.slip(
    "classes_by_all_numbers",
    {"len(targets)": "features.size"},
    says="The sum is divided by all numbers of the table. A mean over the examples divides by how "
    "many examples there are.",
)
logistic_regression.slip(
    "classes_by_features",
    {"len(targets)": "len(weights)"},
    says="The sum is divided by the number of features, not by that of the examples.",
)
logistic_regression.slip(
    "classes_by_a_shrinking_rate",
    {
        " / len(targets)": "",
        "        weights = weights": (
            "        learning_rate = learning_rate / len(targets)\n        weights = weights"
        ),
    },
    says="The learning rate is divided inside the loop, so it shrinks with each step. Divide the "
    "gradient.",
)
logistic_regression.slip(
    "classes_by_steps_of_one_length",
    {" / len(targets)": "", "* gradient": "* gradient / np.linalg.norm(gradient)"},
    says="The gradient is divided by its own length. That hides its size: divide "
    "the sum by the number of examples.",
)
logistic_regression.slip(
    "classes_by_squared_errors",
    {"errors / len": "(errors * probabilities * (1 - probabilities)) / len"},
    says="The slope of the sigmoid is multiplied in: that is the squared error's gradient. In that "
    "of the cross-entropy it cancels.",
)
logistic_regression.slip(
    "classes_by_decisions",
    {"probabilities - targets": "(probabilities > 0.5) - targets"},
    says="The errors are those of decisions, 0 or 1. The gradient needs the probabilities.",
)
logistic_regression.slip(
    "classes_by_one_slope",
    {"features.T @ errors / len(targets)": "np.mean(features.T @ errors)"},
    says="One number moves all weights: the mean runs over the features. Each weight has its own "
    "slope, divided by the number of examples: features.T @ errors / len(targets).",
)
logistic_regression.slip(
    "classes_by_a_mean_twice",
    {"len(targets)": "len(targets) ** 2"},
    says="The sum is divided by the number of examples twice: the steps are far too short.",
)
logistic_regression.slip(
    "classes_uphill",
    {"weights - learning_rate": "weights + learning_rate"},
    says="The steps go uphill: subtract learning_rate times the gradient.",
)

softmax_regression = Mistakes(solution.softmax_regression, read=PAIRS)
softmax_regression.slip(
    "rows_still_torn",
    bug("softmax_regression"),
    says="The bug is still there: rows are shuffled and their answers are not. Follow one example.",
)
softmax_regression.slip(
    "rows_in_two_orders",
    {"targets[order]": "targets[rng.permutation(len(targets))]"},
    says="Rows and answers are shuffled in two orders. Draw one, and use it for both.",
)
softmax_regression.slip(
    "rows_never_shuffled",
    {"rng.permutation(len(features))": "np.arange(len(features))"},
    says="Nothing is shuffled any more: that keeps the pairs, and all batches are the same in each "
    "epoch. Keep the order, and use it twice.",
)
softmax_regression.slip(
    "rows_in_one_order_for_all_epochs",
    {
        "    for _ in range(epochs):\n        order = rng.permutation(len(features))\n": (
            "    order = rng.permutation(len(features))\n    for _ in range(epochs):\n"
        ),
    },
    says="One order is drawn for all epochs: draw a new one at the top of each.",
)
softmax_regression.slip(
    "rows_by_sums",
    {" / len(batch)": ""},
    says="Each step adds up its batch: divide by the number of its examples.",
)
softmax_regression.slip(
    "rows_by_the_batch_size",
    {"/ len(batch)": "/ batch_size"},
    says="Every batch is divided by batch_size. The last one may be smaller: divide by len(batch).",
)
softmax_regression.slip(
    "rows_left_over",
    {"range(0, len(rows), batch_size)": "range(0, len(rows) - batch_size + 1, batch_size)"},
    says="The last, smaller batch is left out: keep what is left over.",
)
softmax_regression.slip(
    "rows_by_old_weights",
    {
        "        for first in": "        before = weights\n        for first in",
        "batch @ weights": "batch @ before",
    },
    says="All batches of an epoch take their gradients at the weights with which it began. Take "
    "each at the newest weights.",
)
softmax_regression.slip(
    "rows_shared_out_by_columns",
    {"powers.sum(axis=1, keepdims=True)": "powers.sum(axis=0, keepdims=True)"},
    says="The probabilities sum to 1 down the columns. Each row is one example: axis=1.",
)
softmax_regression.slip(
    "rows_uphill",
    {"weights - learning_rate": "weights + learning_rate"},
    says="The steps go uphill: subtract learning_rate times the gradient.",
)

train_with_momentum = Mistakes(solution.train_with_momentum, read=MEMORY)
train_with_momentum.slip(
    "velocity_still_forgotten",
    bug("train_with_momentum"),
    says="The bug is still there: the velocity is zero at the start of every step, so momentum "
    "times it is zero. Print it at the top of the loop.",
)
train_with_momentum.slip(
    "velocity_as_a_mean",
    {"+ gradient(weights)": "+ (1 - momentum) * gradient(weights)"},
    says="The gradient is multiplied by 1 − momentum. Here it is added as it is, as in lesson 4.",
)
train_with_momentum.slip(
    "velocity_that_looks_ahead",
    {"gradient(weights)": "gradient(weights - learning_rate * momentum * velocity)"},
    says="The gradient is taken ahead of the weights, as Nesterov's does. Take it at the weights.",
)
train_with_momentum.slip(
    "velocity_with_a_head_start",
    {"np.zeros_like(weights)": "np.array(gradient(weights), dtype=float)"},
    says="The velocity starts as the first gradient, so that the first step counts it twice. It "
    "starts at zero.",
)
train_with_momentum.slip(
    "velocity_without_new_slopes",
    {
        "    path = [weights]\n": "    path, slope = [weights], gradient(weights)\n",
        "+ gradient(weights)": "+ slope",
    },
    says="The gradient of the start is used in every step: ask for it inside the loop.",
)
train_with_momentum.slip(
    "path_of_one_array",
    {"weights = weights - learning_rate * velocity": "weights -= learning_rate * velocity"},
    says="`-=` changes one array in place, and the path holds it many times: all rows are the last "
    "weights.",
    read=NAMES,
)
train_with_momentum.slip(
    "path_that_moves_its_start",
    {
        "np.array(start": "np.asarray(start",
        "path = [weights]": "path = [weights.copy()]",
        "weights = weights - learning_rate * velocity": "weights -= learning_rate * velocity",
        "path.append(weights)": "path.append(weights.copy())",
    },
    says="The caller's start moves along: np.asarray makes no copy of an array, and `-=` writes "
    "into it.",
    read=NAMES,
)
train_with_momentum.slip(
    "velocity_uphill",
    {"weights - learning_rate": "weights + learning_rate"},
    says="The steps go uphill: subtract learning_rate times the velocity.",
)
train_with_momentum.slip(
    "velocity_with_the_rate_twice",
    {"+ gradient(weights)": "+ learning_rate * gradient(weights)"},
    says="The learning rate comes in twice, in the velocity and in the step. Once is enough: in "
    "the step.",
)

train_with_adam = Mistakes(solution.train_with_adam, read=COUNT)
train_with_adam.slip(
    "adam_still_at_one",
    bug("train_with_adam"),
    says="The bug is still there: the count is 1 in every step, so all steps are corrected like "
    "the first. Print it.",
)
train_with_adam.slip(
    "adam_a_step_ahead",
    {"count = 0": "count = 1"},
    says="The count is 2 in the first step: it starts at 0, and grows before it is used.",
)
train_with_adam.slip(
    "adam_counted_at_the_end",
    {
        "        count += 1\n": "",
        "        path.append(weights)\n": "        path.append(weights)\n        count += 1\n",
    },
    says="The count is 0 in the first step, and 1 − beta⁰ is 0. Let it grow before it is used.",
)
train_with_adam.slip(
    "adam_counted_for_the_mean_only",
    {"1 - beta2**count": "1 - beta2"},
    says="Only the mean of the gradients is corrected for the steps so far: correct that of their "
    "squares in the same way.",
)
train_with_adam.slip(
    "adam_uncorrected",
    {"mean / (1 - beta1**count)": "mean", "square / (1 - beta2**count)": "square"},
    says="Nothing is corrected any more. The means start from zeros: divide each by 1 − beta to "
    "the power of the count.",
)
train_with_adam.slip(
    "adam_corrected_for_good",
    {
        "corrected_mean = mean / (1 - beta1**count)": "mean = mean / (1 - beta1**count)",
        "learning_rate * corrected_mean": "learning_rate * mean",
    },
    says="The corrected mean takes the place of the mean, and is corrected again in the next step. "
    "Keep the two apart.",
)
train_with_adam.slip(
    "adam_with_changed_betas",
    {"beta1, beta2, epsilon = 0.9, 0.999, 1e-8": "beta1, beta2, epsilon = 0.999, 0.9, 1e-8"},
    says="The betas have changed places: 0.9 for the gradients, 0.999 for their squares.",
)
train_with_adam.slip(
    "adam_without_the_square_root",
    {"np.sqrt(corrected_square)": "corrected_square"},
    says="The step is divided by the mean square itself: divide by its root.",
)
train_with_adam.slip(
    "adam_uphill",
    {"weights - step": "weights + step"},
    says="The steps go uphill: subtract the step.",
)

train_until_worse = Mistakes(solution.train_until_worse, read=NAMES)
train_until_worse.slip(
    "best_still_moving",
    bug("train_until_worse"),
    says="The bug is still there: the best weights have no array of their own, so they move on. "
    "Print them in each step.",
)
train_until_worse.slip(
    "best_are_the_last",
    {"return best": "return weights"},
    says="The last weights come back, not the best: return what was kept.",
)
train_until_worse.slip(
    "best_below_the_start",
    {"now, 0": "lowest, 0"},
    says="The lowest loss is never renewed, so that every loss below the first one counts as the "
    "best.",
)
train_until_worse.slip(
    "best_without_the_start",
    {"weights.copy(), loss(weights)": "weights.copy(), np.inf"},
    says="The start counts too, and its loss is never looked at.",
)
train_until_worse.slip(
    "best_of_equals_is_the_last",
    {"now < lowest": "now <= lowest"},
    says="An equal loss counts as better. Of equal ones the first counts: compare with <.",
)
train_until_worse.slip(
    "best_without_new_patience",
    {"now, 0": "now, waited"},
    says="The steps without improvement are never counted from 0 again: each better loss starts "
    "the count again.",
)
train_until_worse.slip(
    "best_by_the_last_loss",
    {"waited += 1": "waited, lowest = waited + 1, now"},
    says="Each loss is compared with the one before it, not with the lowest so far.",
)
train_until_worse.slip(
    "best_a_step_too_late",
    {"waited == patience": "waited > patience"},
    says="It waits one step more than `patience`: stop once that many steps brought nothing.",
)
train_until_worse.slip(
    "best_that_moves_its_start",
    {"np.array(start": "np.asarray(start"},
    says="The caller's start moves along: np.asarray makes no copy of an array, and `-=` writes "
    "into it.",
)
train_until_worse.slip(
    "best_uphill",
    {"weights -=": "weights +="},
    says="The steps go uphill: subtract learning_rate times the gradient.",
)
