"""What learners get wrong about reading loss curves."""

from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from solutions import loss_curves as solution

SMOOTHING = "Lesson 6, “Smoothing: the moving average”"
RULE = "Lesson 6, “Flat, by a rule”"
WORDS = "Lesson 6, “A diagnosis in four words”"
ACCURACY = "Lesson 6, “Accuracy: the number that people ask for”"


moving_average = Mistakes(solution.moving_average, read=SMOOTHING)
moving_average.slip(
    "average_with_padded_ends",
    {"runs.mean(axis=-1)": 'np.convolve(losses, np.ones(window) / window, mode="same")'},
    says='The ends are padded with zeros, as np.convolve does with mode="same". Keep the whole '
    'runs only: mode="valid".',
)
moving_average.slip(
    "average_of_sums",
    {"runs.mean": "runs.sum"},
    says="The losses of a run are added up: divide the sum by window.",
)
moving_average.slip(
    "average_without_the_last_run",
    {"axis=-1)": "axis=-1)[:-1]"},
    says="The last run is missing: there are n − window + 1 of them.",
    read="Lesson 6, “Write it: moving_average”",
)


@moving_average.instead(
    says="Each result is the mean of all losses so far. Take the mean of window losses only."
)
def average_of_all_so_far(given: Given) -> Any:
    means = np.cumsum(given.losses) / np.arange(1, len(given.losses) + 1)
    return means[given.window - 1 :]


moving_average.slip(
    "average_of_blocks",
    {"mean(axis=-1)": "mean(axis=-1)[::window]"},
    says="The runs do not overlap: the next one starts one loss further, not a whole window.",
)
moving_average.slip(
    "average_with_short_runs",
    {
        "return": "ends = range(1, len(losses) + 1)\n    return",
        "runs.mean(axis=-1)": "np.array([losses[max(0, k - window) : k].mean() for k in ends])",
    },
    says="There are shorter runs at the start. Keep whole runs only: the first result is the mean "
    "of the first window losses.",
)
moving_average.slip(
    "average_that_refuses_the_whole",
    {
        "<= len(losses)": "< len(losses)",
        "is {window}, and must be from 1 to {len(losses)}": "must be shorter than losses",
    },
    says="A window of all losses is refused. It is allowed, and gives one mean: raise unless "
    "1 <= window <= len(losses).",
    read="Lesson 6, “Write it: moving_average”",
)


@moving_average.instead(
    says="The window is not checked: raise ValueError unless 1 <= window <= len(losses).",
    read="Lesson 6, “Write it: moving_average”",
)
def average_without_a_check(given: Given) -> Any:
    values, window = np.asarray(given.losses, dtype=float), given.window
    runs = range(len(values) - window + 1)
    return np.array([values[first : first + window].sum() / (window or 1) for first in runs])


moving_average.slip(
    "average_with_all_overlaps",
    {"runs.mean(axis=-1)": "np.convolve(losses, np.ones(window) / window)"},
    says='The ends are padded with zeros, as np.convolve does by itself (mode="full"). Keep the '
    'whole runs only: mode="valid".',
)
moving_average.slip(
    "average_of_the_middle",
    {"runs.mean(axis=-1)": "np.median(runs, axis=-1)"},
    says="This is the median of each run. Take the mean.",
)

has_converged = Mistakes(solution.has_converged, read=RULE)
has_converged.slip(
    "converged_one_step_short",
    {"-1 - window": "-window"},
    says="It looks one step less far back: the loss of window steps ago is losses[-1 - window].",
)
has_converged.slip(
    "converged_by_an_absolute_change",
    {" * abs(then)": ""},
    says="The change is compared with the tolerance itself. It is a share: compare with "
    "tolerance * abs(then).",
)
has_converged.slip(
    "converged_against_now",
    {"* abs(then)": "* abs(now)"},
    says="The change is measured against the newest loss: measure it against then, the older one.",
)
has_converged.slip(
    "converged_where_it_rises",
    {"abs(then - now)": "then - now"},
    says="A loss that rises counts as converged, because then − now is negative. Take abs of it.",
)
has_converged.slip(
    "converged_without_the_border",
    {"<= tolerance": "< tolerance"},
    says="A change of exactly the tolerance counts as converged too: <=, not <.",
)
has_converged.slip(
    "converged_for_positive_losses",
    {"* abs(then)": "* then"},
    says="The limit is negative where the losses are: take abs(then) on the right side too.",
)
has_converged.slip(
    "converged_too_early",
    {"return False": "return True"},
    says="Too few losses count as converged. It is too early to tell: return False.",
    read="Lesson 6, “Write it: has_converged”",
)
has_converged.slip(
    "converged_with_one_loss_too_few",
    {
        "len(losses) <= window": "len(losses) < window",
        "losses[-1 - window]": "losses[max(-1 - window, -len(losses))]",
    },
    says="window losses are not enough to look window steps back: it takes one more. Return False "
    "where len(losses) <= window.",
    read="Lesson 6, “Write it: has_converged”",
)
has_converged.slip(
    "converged_all_along",
    {
        "return abs(then - now) <= tolerance * abs(then)": (
            "run = np.asarray(losses[-1 - window :], dtype=float)\n"
            "    return bool(np.all(np.abs(run - then) <= tolerance * abs(then)))"
        )
    },
    says="All losses of the window are compared. Only two count: the last, and the one window "
    "steps before it.",
)
has_converged.slip(
    "converged_with_another_default",
    {"tolerance=0.01": "tolerance=0.001"},
    says="The default of tolerance is 0.001 here. It is 0.01, a change of 1%.",
    read="Lesson 6, “Write it: has_converged”",
)

diagnose = Mistakes(solution.diagnose, read=WORDS)
diagnose.slip(
    "diagnosis_by_the_target_first",
    {"if not has": "if last > target and not has"},
    says="The target is asked about before the slope. A curve that still falls is still improving, "
    "however low it is.",
)
diagnose.slip(
    "diagnosis_by_the_last_step",
    {"last > first": "last > losses[-min(2, len(losses))]"},
    says="The last loss is compared with the one before it. It is the first that counts: noise "
    "goes up and down.",
)
diagnose.slip(
    "diagnosis_of_any_nan",
    {"np.isfinite(last)": "np.all(np.isfinite(losses))"},
    says="A nan or an infinity in the middle counts as divergence here. Only the last loss "
    "decides.",
)
diagnose.slip(
    "diagnosis_blind_to_nan",
    {"not np.isfinite(last)": "np.isinf(last)"},
    says="A nan does not count as divergence: no comparison with it holds. Ask np.isfinite first.",
)
diagnose.slip(
    "diagnosis_blind_to_minus_infinity",
    {"not np.isfinite(last)": "np.isnan(last) or last == np.inf"},
    says="Minus infinity passes for a loss. Ask np.isfinite, which knows nan and both infinities.",
)
diagnose.slip(
    "diagnosis_of_equals_as_divergence",
    {"last > first": "last >= first"},
    says="A last loss equal to the first counts as divergence. It has to be greater: >, not >=.",
)
diagnose.slip(
    "diagnosis_below_the_target_only",
    {"<= target": "< target"},
    says="A loss that equals the target is good enough: at most the target, <=.",
)
diagnose.slip(
    "diagnosis_with_the_default_window",
    {"losses, window, tolerance)": "losses, tolerance=tolerance)"},
    says="window is not handed on: call has_converged(losses, window, tolerance).",
    read="Lesson 6, “Write it: diagnose”",
)
diagnose.slip(
    "diagnosis_with_the_default_tolerance",
    {"losses, window, tolerance)": "losses, window)"},
    says="tolerance is not handed on: call has_converged(losses, window, tolerance).",
    read="Lesson 6, “Write it: diagnose”",
)
diagnose.slip(
    "diagnosis_with_swapped_words",
    {'"converged" if last <= target else "stuck"': '"stuck" if last <= target else "converged"'},
    says="“stuck” and “converged” have changed places: converged is at the target or below it.",
)

accuracy = Mistakes(solution.accuracy, read=ACCURACY)
accuracy.slip(
    "accuracy_of_columns",
    {
        "probabilities, dtype=float), axis=1": "probabilities, dtype=float), axis=0",
        "targets, dtype=float), axis=1": "targets, dtype=float), axis=0",
    },
    says="argmax runs down the columns. The answer of a row is along axis 1.",
)
accuracy.slip(
    "accuracy_in_percent",
    {"return float": "return 100 * float"},
    says="The result is in percent: return a share from 0 to 1.",
)
accuracy.slip(
    "accuracy_as_a_count",
    {"float(np.mean(": "int(np.sum("},
    says="The right rows are counted: divide by the number of all rows.",
)
accuracy.slip(
    "accuracy_of_misses",
    {"==": "!="},
    says="This is the share of rows that are not right: compare with ==.",
)
accuracy.slip(
    "accuracy_of_entries",
    {"predicted == right": "np.round(probabilities) == np.asarray(targets)"},
    says="Rounded probabilities are compared with all entries of the targets, the many zeros too. "
    "Compare where the largest of each row is.",
)
accuracy.slip(
    "accuracy_as_a_mean_probability",
    {"predicted == right": "np.sum(np.asarray(probabilities) * targets, axis=1)"},
    says="This is the mean probability of the right class. Accuracy counts the rows whose largest "
    "is at the right class.",
)
accuracy.slip(
    "accuracy_above_one_half",
    {
        "return": "sure = np.asarray(probabilities) > 0.5\n    return",
        "predicted == right": "np.any(sure & (np.asarray(targets) == 1), axis=1)",
    },
    says="A row counts only where its probability is above one half. The largest of the row is "
    "enough, however small it is.",
)

early_stopping = Mistakes(solution.early_stopping, read="Lesson 6, “Write it: early_stopping”")


@early_stopping.instead(
    says="Each loss is compared with the one before it. Compare it with the best so far: after a "
    "bad epoch a little less is still no improvement."
)
def stopping_by_the_last_loss(given: Given) -> Any:
    best, failed = 0, 0
    given.right()
    for epoch in range(1, len(given.losses)):
        if given.losses[epoch] < given.losses[epoch - 1] - given.min_improvement:
            best, failed = epoch, 0
        else:
            failed += 1
        if failed == given.patience:
            return best, epoch
    return best, len(given.losses) - 1


@early_stopping.instead(
    says="All epochs without improvement are counted together. Only those in a row count: each "
    "improvement sets the count back to 0."
)
def stopping_after_failures_in_all(given: Given) -> Any:
    best, failed = 0, 0
    given.right()
    for epoch in range(1, len(given.losses)):
        if given.losses[epoch] < given.losses[best] - given.min_improvement:
            best = epoch
        else:
            failed += 1
        if failed == given.patience:
            return best, epoch
    return best, len(given.losses) - 1


early_stopping.slip(
    "stopping_with_the_best_of_all",
    {"return best_epoch, epoch": "return int(np.nanargmin(losses)), epoch"},
    says="The best epoch is looked for in all losses, those after the stop included. Nothing after "
    "the stop was ever trained: remember the best on the way.",
)
early_stopping.slip(
    "stopping_one_epoch_late",
    {">= patience": "> patience"},
    says="Training goes on for one epoch too many: it stops at the patience-th epoch in a row "
    "without improvement, not at the one after.",
)
early_stopping.slip(
    "stopping_for_equal_losses",
    {"if loss < losses": "if loss <= losses"},
    says="A loss equal to the best counts as an improvement here. It must be below: `<`, not `<=`.",
)
early_stopping.slip(
    "stopping_without_min_improvement",
    {" - min_improvement": ""},
    says="min_improvement is not used: every loss below the best counts. Compare with the best "
    "loss − min_improvement.",
)
early_stopping.slip(
    "stopping_with_min_improvement_added",
    {" - min_improvement": " + min_improvement"},
    says="min_improvement is added, so that even a worse loss counts. An improvement must go "
    "further down: below the best loss − min_improvement.",
)
early_stopping.slip(
    "stopping_by_the_lowest_loss",
    {
        "best_epoch = 0": "best_epoch, lowest = 0, losses[0]",
        "losses[best_epoch] - min": "lowest - min",
        "        elif": (
            "        lowest = min(lowest, loss)\n"
            "        if best_epoch == epoch:\n            pass\n        elif"
        ),
    },
    says="Losses are compared with less than the best so far − min_improvement: with the lowest of "
    "all, or a share of the best. The best so far is the loss of the last epoch that improved.",
)
early_stopping.slip(
    "stopping_with_the_first_epoch_counted",
    {"epoch - best_epoch >=": "epoch - best_epoch + (best_epoch == 0) >="},
    says="Epoch 0 is counted as one without improvement, because it is compared with itself. It "
    "is the best so far: begin to count after it.",
)
early_stopping.slip(
    "stopping_with_the_loss",
    {
        "return best_epoch, epoch": "return losses[best_epoch], epoch",
        "return best_epoch, len": "return losses[best_epoch], len",
    },
    says="The best loss is returned, where its epoch is asked for: the place in the list, counted "
    "from 0.",
)
early_stopping.slip(
    "stopping_in_the_other_order",
    {
        "return best_epoch, epoch": "return epoch, best_epoch",
        "return best_epoch, len(losses) - 1": "return len(losses) - 1, best_epoch",
    },
    says="The two results have changed places: the best epoch comes first, then the stop.",
)
early_stopping.slip(
    "stopping_counted_from_one",
    {
        "return best_epoch, epoch": "return best_epoch + 1, epoch + 1",
        "return best_epoch, len(losses) - 1": "return best_epoch + 1, len(losses)",
    },
    says="The epochs are counted from 1. Here the first one is epoch 0, as in the list.",
)
early_stopping.slip(
    "stopping_where_nan_improves",
    {"loss < losses[best_epoch]": "not loss >= losses[best_epoch]"},
    says="A nan counts as an improvement: every comparison with it is false, so `not … >= …` is "
    "true. Ask with `<`.",
)
early_stopping.slip(
    "stopping_without_refusal",
    {"len(losses) == 0 or patience < 1": "False"},
    says="Without losses there is no best epoch, and a patience of 0 never lets training begin. "
    "Raise `ValueError` for both first.",
)
