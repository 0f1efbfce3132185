"""What learners get wrong about reading loss curves, and about the capstone."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from solutions import loss_curves as solution

SMOOTHING = "Lesson 6, “Smoothing: the moving average”"
RULE = "Lesson 6, “Flat, by a rule”"
WORDS = "Lesson 6, “A diagnosis in four words”"
ACCURACY = "Lesson 6, “Accuracy: the number that people ask for”"
CAPSTONE = "Lesson 6, “A plan for the capstone”"


moving_average = Mistakes(solution.moving_average, read=SMOOTHING)
moving_average.slip(
    "average_with_padded_ends",
    {"runs.mean(axis=-1)": 'np.convolve(losses, np.ones(window) / window, mode="same")'},
    says='The ends are padded with zeros, as np.convolve does with mode="same". Keep the whole '
    'runs only: mode="valid".',
)
moving_average.slip(
    "average_of_sums",
    {"mean": "sum"},
    says="The losses of a run are added up: divide the sum by window.",
)
moving_average.slip(
    "average_without_the_last_run",
    {"mean(axis=-1)": "mean(axis=-1)[:-1]"},
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
    says="The default of tolerance is 0.001 here. It is 0.01, a change of 1 %.",
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

train_classifier = Mistakes(solution.train_classifier, read=CAPSTONE)


def nearest(images: Any, labels: Any) -> Callable[[Any], Any]:
    """A classifier that takes the label of the nearest training image."""
    known = np.asarray(images, dtype=float)
    answers = np.asarray(labels, dtype=int)
    squares = np.sum(known**2, axis=1)

    def classify(images: Any) -> Any:
        distances = squares - 2 * np.asarray(images, dtype=float) @ known.T
        return answers[np.argmin(distances, axis=1)]

    return classify


@train_classifier.instead(
    says="The classifier guesses: nothing in it depends on the images that it is asked about."
)
def classifier_that_guesses(given: Given) -> Any:
    return lambda images: np.random.default_rng(given.seed).integers(10, size=len(images))


@train_classifier.instead(
    says="Every image gets the most frequent label. The prediction must come from the image: take "
    "the class with the largest output."
)
def classifier_of_the_majority(given: Given) -> Any:
    most = int(np.argmax(np.bincount(np.asarray(given.labels, dtype=int))))
    return lambda images: np.full(len(images), most)


@train_classifier.instead(
    says="The network was never trained: its weights are still the random ones of the start. Put "
    "the updated weights back at each step."
)
def classifier_that_never_trained(given: Given) -> Any:
    rng = np.random.default_rng(given.seed)
    first, second = rng.normal(size=(64, 128)), rng.normal(size=(128, 10))

    def classify(images: Any) -> Any:
        hidden = np.maximum(0.0, (np.asarray(images, dtype=float) / 8 - 1) @ first)
        return np.argmax(hidden @ second, axis=1)

    return classify


@train_classifier.instead(
    says="Images seen in training are looked up, all others get a 0. Unseen images are close to "
    "seen ones, never equal: learn weights, or take the nearest."
)
def classifier_that_looks_up(given: Given) -> Any:
    rows = np.asarray(given.images, dtype=float)
    known = {row.tobytes(): int(label) for row, label in zip(rows, given.labels, strict=True)}

    def classify(images: Any) -> Any:
        return np.array([known.get(row.tobytes(), 0) for row in np.asarray(images, dtype=float)])

    return classify


@train_classifier.instead(
    says="classify returns a row of ten numbers for each image. Return the number of the largest: "
    "np.argmax(…, axis=1)."
)
def classifier_that_returns_rows(given: Given) -> Any:
    classify = nearest(given.images, given.labels)
    return lambda images: np.eye(10)[classify(images)]


@train_classifier.instead(
    says="train_classifier returns labels. Return a function, classify(images), that predicts them "
    "later.",
    read="Lesson 6, “Write it: train_classifier”",
)
def classifier_that_is_no_function(given: Given) -> Any:
    return nearest(given.images, given.labels)(given.images)


@train_classifier.instead(
    says="The labels come back as floats. They are numbers of classes: return integers, as "
    "np.argmax does.",
    read="Lesson 6, “Write it: train_classifier”",
)
def classifier_of_floats(given: Given) -> Any:
    classify = nearest(given.images, given.labels)
    return lambda images: classify(images).astype(float)


@train_classifier.instead(
    says="A single image gets a bare number. Return an array of one label: leave out squeeze and "
    "item.",
    read="Lesson 6, “Write it: train_classifier”",
)
def classifier_that_squeezes(given: Given) -> Any:
    classify = nearest(given.images, given.labels)
    return lambda images: np.squeeze(classify(images))


@train_classifier.instead(
    says="Each image gets the digit whose typical image is nearest: one template for each digit. A "
    "hidden layer tells the ways of writing a digit apart."
)
def classifier_of_typical_images(given: Given) -> Any:
    rows, right = np.asarray(given.images, dtype=float), np.asarray(given.labels, dtype=int)
    typical = np.array([np.median(rows[right == digit], axis=0) for digit in np.unique(right)])

    def classify(images: Any) -> Any:
        misses = np.abs(np.asarray(images, dtype=float)[:, np.newaxis] - typical)
        return np.unique(right)[np.argmin(misses.sum(axis=-1), axis=1)]

    return classify


@train_classifier.instead(
    says="One linear layer fitted to one-hot targets by least squares reaches about 93 %. Add a "
    "hidden layer with ReLU, and train with cross-entropy."
)
def classifier_by_least_squares(given: Given) -> Any:
    def table(images: Any) -> Any:
        rows = np.asarray(images, dtype=float) / 16
        return np.hstack([rows, np.ones((len(rows), 1))])

    targets = np.eye(10)[np.asarray(given.labels, dtype=int)]
    weights = np.linalg.lstsq(table(given.images), targets, rcond=None)[0]
    return lambda images: np.argmax(table(images) @ weights, axis=1)
