"""What learners get wrong about reading loss curves, and about the capstone."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

import solutions.loss_curves
from autograder.checking.expectations import Array
from autograder.exercises.registry import mistake

SMOOTHING = "Lesson 6, “Smoothing: the moving average”"
RULE = "Lesson 6, “Flat, by a rule”"
WORDS = "Lesson 6, “A diagnosis in four words”"
ACCURACY = "Lesson 6, “Accuracy: the number that people ask for”"
CAPSTONE = "Lesson 6, “A plan for the capstone”"

solution: Any = solutions.loss_curves


# -- moving_average -------------------------------------------------------------------------------


@mistake(
    "moving_average",
    says='The ends are padded with zeros, as np.convolve does with mode="same". Keep the whole '
    'runs only: mode="valid".',
    read=SMOOTHING,
)
def average_with_padded_ends(losses: ArrayLike, window: int) -> Array:
    solution.moving_average(losses, window)
    return np.convolve(np.asarray(losses, dtype=float), np.ones(window) / window, mode="same")


@mistake(
    "moving_average",
    says="The losses of a run are added up: divide the sum by window.",
    read=SMOOTHING,
)
def average_of_sums(losses: ArrayLike, window: int) -> Array:
    return np.asarray(solution.moving_average(losses, window) * window)


@mistake(
    "moving_average",
    says="The last run is missing: there are n − window + 1 of them.",
    read="Lesson 6, “Write it: moving_average”",
)
def average_without_the_last_run(losses: ArrayLike, window: int) -> Array:
    return np.asarray(solution.moving_average(losses, window)[:-1])


@mistake(
    "moving_average",
    says="Each result is the mean of all losses so far. Take the mean of window losses alone.",
    read=SMOOTHING,
)
def average_of_all_so_far(losses: ArrayLike, window: int) -> Array:
    values = np.asarray(losses, dtype=float)
    return (np.cumsum(values) / np.arange(1, len(values) + 1))[window - 1 :]


@mistake(
    "moving_average",
    says="The runs do not overlap: the next one starts one loss further, not a whole window.",
    read=SMOOTHING,
)
def average_of_blocks(losses: ArrayLike, window: int) -> Array:
    return np.asarray(solution.moving_average(losses, window)[::window])


@mistake(
    "moving_average",
    says="Shorter runs stand at the start. Keep whole runs only: the first result is the mean of "
    "the first window losses.",
    read=SMOOTHING,
)
def average_with_short_runs(losses: ArrayLike, window: int) -> Array:
    values = np.asarray(losses, dtype=float)
    solution.moving_average(values, window)
    ends = range(1, len(values) + 1)
    return np.array([np.mean(values[max(0, end - window) : end]) for end in ends])


@mistake(
    "moving_average",
    says="A window of all losses is refused. It is allowed, and gives one mean: raise unless "
    "1 <= window <= len(losses).",
    read="Lesson 6, “Write it: moving_average”",
)
def average_that_refuses_the_whole(losses: Any, window: int) -> Array:
    if window >= len(losses):
        raise ValueError("window must be shorter than losses")
    return np.asarray(solution.moving_average(losses, window))


@mistake(
    "moving_average",
    says="The window is not checked: raise ValueError unless 1 <= window <= len(losses).",
    read="Lesson 6, “Write it: moving_average”",
)
def average_without_a_check(losses: Any, window: int) -> Array:
    values = np.asarray(losses, dtype=float)
    runs = range(len(values) - window + 1)
    return np.array([values[first : first + window].sum() / (window or 1) for first in runs])


# -- has_converged --------------------------------------------------------------------------------


@mistake(
    "has_converged",
    says="It looks one step less far back: the loss of window steps ago is losses[-1 - window].",
    read=RULE,
)
def converged_one_step_short(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) <= window:
        return False
    then, now = float(losses[-window]), float(losses[-1])
    return abs(then - now) <= tolerance * abs(then)


@mistake(
    "has_converged",
    says="The change is compared with the tolerance itself. It is a share: compare with "
    "tolerance * abs(then).",
    read=RULE,
)
def converged_by_an_absolute_change(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) <= window:
        return False
    return abs(float(losses[-1 - window]) - float(losses[-1])) <= tolerance


@mistake(
    "has_converged",
    says="The change is measured against the newest loss: measure it against then, the older one.",
    read=RULE,
)
def converged_against_now(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) <= window:
        return False
    then, now = float(losses[-1 - window]), float(losses[-1])
    return abs(then - now) <= tolerance * abs(now)


@mistake(
    "has_converged",
    says="A loss that rises counts as converged, because then − now is negative. Take abs of it.",
    read=RULE,
)
def converged_where_it_rises(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) <= window:
        return False
    then, now = float(losses[-1 - window]), float(losses[-1])
    return then - now <= tolerance * abs(then)


@mistake(
    "has_converged",
    says="A change of exactly the tolerance counts as converged too: <=, not <.",
    read=RULE,
)
def converged_without_the_border(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) <= window:
        return False
    then, now = float(losses[-1 - window]), float(losses[-1])
    return abs(then - now) < tolerance * abs(then)


@mistake(
    "has_converged",
    says="The limit is negative where the losses are: take abs(then) on the right side too.",
    read=RULE,
)
def converged_for_positive_losses(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) <= window:
        return False
    then, now = float(losses[-1 - window]), float(losses[-1])
    return abs(then - now) <= tolerance * then


@mistake(
    "has_converged",
    says="Too few losses count as converged. It is too early to tell: return False.",
    read="Lesson 6, “Write it: has_converged”",
)
def converged_too_early(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    return len(losses) <= window or bool(solution.has_converged(losses, window, tolerance))


@mistake(
    "has_converged",
    says="window losses are not enough to look window steps back: it takes one more. Return False "
    "where len(losses) <= window.",
    read="Lesson 6, “Write it: has_converged”",
)
def converged_with_one_loss_too_few(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) < window:
        return False
    return bool(solution.has_converged([*losses[:1], *losses], window, tolerance))


@mistake(
    "has_converged",
    says="All losses of the window are compared. Only two count: the last, and the one window "
    "steps before it.",
    read=RULE,
)
def converged_all_along(losses: Any, window: int = 10, tolerance: float = 0.01) -> bool:
    if len(losses) <= window:
        return False
    run = np.asarray(losses[-1 - window :], dtype=float)
    return bool(np.all(np.abs(run - run[0]) <= tolerance * abs(run[0])))


@mistake(
    "has_converged",
    says="The default of tolerance is 0.001 here. It is 0.01, a change of 1 %.",
    read="Lesson 6, “Write it: has_converged”",
)
def converged_with_another_default(losses: Any, window: int = 10, tolerance: float = 0.001) -> bool:
    return bool(solution.has_converged(losses, window, tolerance))


# -- diagnose -------------------------------------------------------------------------------------


@mistake(
    "diagnose",
    says="The target is asked about before the slope. A curve that still falls is still improving, "
    "however low it is.",
    read=WORDS,
)
def diagnosis_by_the_target_first(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    said: str = solution.diagnose(losses, target, window, tolerance)
    return "converged" if said == "still improving" and losses[-1] <= target else said


@mistake(
    "diagnose",
    says="The last loss is compared with the one before it. It is the first that counts: noise "
    "goes up and down.",
    read=WORDS,
)
def diagnosis_by_the_last_step(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    if not np.isfinite(losses[-1]) or losses[-1] > losses[-min(2, len(losses))]:
        return "diverging"
    return str(solution.diagnose([max(losses), *losses], target, window, tolerance))


@mistake(
    "diagnose",
    says="A nan or an infinity in the middle counts as divergence here. The last loss alone "
    "decides.",
    read=WORDS,
)
def diagnosis_of_any_nan(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    if not np.all(np.isfinite(losses)):
        return "diverging"
    return str(solution.diagnose(losses, target, window, tolerance))


@mistake(
    "diagnose",
    says="A nan does not count as divergence: no comparison with it holds. Ask np.isfinite first.",
    read=WORDS,
)
def diagnosis_blind_to_nan(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    if not np.isnan(losses[-1]):
        return str(solution.diagnose(losses, target, window, tolerance))
    return "still improving"


@mistake(
    "diagnose",
    says="Minus infinity passes for a loss. Ask np.isfinite, which knows nan and both infinities.",
    read=WORDS,
)
def diagnosis_blind_to_minus_infinity(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    if losses[-1] != -np.inf:
        return str(solution.diagnose(losses, target, window, tolerance))
    return "still improving"


@mistake(
    "diagnose",
    says="A last loss equal to the first counts as divergence. It has to be greater: >, not >=.",
    read=WORDS,
)
def diagnosis_of_equals_as_divergence(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    if losses[-1] >= losses[0]:
        return "diverging"
    return str(solution.diagnose(losses, target, window, tolerance))


@mistake(
    "diagnose",
    says="A loss that equals the target is good enough: at most the target, <=.",
    read=WORDS,
)
def diagnosis_below_the_target_only(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    said: str = solution.diagnose(losses, target, window, tolerance)
    return "stuck" if said == "converged" and losses[-1] == target else said


@mistake(
    "diagnose",
    says="window is not handed on: call has_converged(losses, window, tolerance).",
    read="Lesson 6, “Write it: diagnose”",
)
def diagnosis_with_the_default_window(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    return str(solution.diagnose(losses, target, tolerance=tolerance))


@mistake(
    "diagnose",
    says="tolerance is not handed on: call has_converged(losses, window, tolerance).",
    read="Lesson 6, “Write it: diagnose”",
)
def diagnosis_with_the_default_tolerance(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    return str(solution.diagnose(losses, target, window))


@mistake(
    "diagnose",
    says="“stuck” and “converged” have changed places: converged is at the target or below it.",
    read=WORDS,
)
def diagnosis_with_swapped_words(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    said: str = solution.diagnose(losses, target, window, tolerance)
    return {"stuck": "converged", "converged": "stuck"}.get(said, said)


# -- accuracy -------------------------------------------------------------------------------------


@mistake(
    "accuracy",
    says="argmax runs down the columns. The answer of a row stands along axis 1.",
    read=ACCURACY,
)
def accuracy_of_columns(probabilities: ArrayLike, targets: ArrayLike) -> float:
    return float(np.mean(np.argmax(probabilities, axis=0) == np.argmax(targets, axis=0)))


@mistake(
    "accuracy",
    says="The result is in percent: return a share from 0 to 1.",
    read=ACCURACY,
)
def accuracy_in_percent(probabilities: ArrayLike, targets: ArrayLike) -> float:
    return 100 * float(solution.accuracy(probabilities, targets))


@mistake(
    "accuracy",
    says="The right rows are counted: divide by the number of all rows.",
    read=ACCURACY,
)
def accuracy_as_a_count(probabilities: ArrayLike, targets: ArrayLike) -> int:
    hits = np.argmax(probabilities, axis=1) == np.argmax(targets, axis=1)
    return int(np.sum(hits))


@mistake(
    "accuracy",
    says="This is the share of rows that are not right: compare with ==.",
    read=ACCURACY,
)
def accuracy_of_misses(probabilities: ArrayLike, targets: ArrayLike) -> float:
    return 1 - float(solution.accuracy(probabilities, targets))


@mistake(
    "accuracy",
    says="Rounded probabilities are compared with all entries of the targets, the many zeros too. "
    "Compare where the largest of each row stands.",
    read=ACCURACY,
)
def accuracy_of_entries(probabilities: ArrayLike, targets: ArrayLike) -> float:
    return float(np.mean(np.round(np.asarray(probabilities)) == np.asarray(targets)))


@mistake(
    "accuracy",
    says="This is the mean probability of the right class. Accuracy counts the rows whose largest "
    "is at the right class.",
    read=ACCURACY,
)
def accuracy_as_a_mean_probability(probabilities: ArrayLike, targets: ArrayLike) -> float:
    chosen = np.asarray(probabilities, dtype=float) * np.asarray(targets, dtype=float)
    return float(np.mean(chosen.sum(axis=1)))


@mistake(
    "accuracy",
    says="A row counts only where its probability is above one half. The largest of the row is "
    "enough, however small it is.",
    read=ACCURACY,
)
def accuracy_above_one_half(probabilities: ArrayLike, targets: ArrayLike) -> float:
    sure = np.asarray(probabilities, dtype=float) > 0.5
    return float(np.mean(np.any(sure & (np.asarray(targets) == 1), axis=1)))


# -- capstone -------------------------------------------------------------------------------------

Classify = Callable[[Any], Any]


def nearest(images: Any, labels: Any) -> Classify:
    """A classifier that takes the label of the nearest training image."""
    known = np.asarray(images, dtype=float)
    answers = np.asarray(labels, dtype=int)
    squares = np.sum(known**2, axis=1)

    def classify(images: Any) -> Any:
        distances = squares - 2 * np.asarray(images, dtype=float) @ known.T
        return answers[np.argmin(distances, axis=1)]

    return classify


@mistake(
    "train_classifier",
    says="The classifier guesses: nothing in it depends on the images that it is asked about.",
    read=CAPSTONE,
)
def classifier_that_guesses(images: Any, labels: Any, seed: int = 0) -> Classify:
    def classify(images: Any) -> Any:
        return np.random.default_rng(seed).integers(10, size=len(images))

    return classify


@mistake(
    "train_classifier",
    says="Every image gets the most frequent label. The prediction must come from the image: take "
    "the class with the largest output.",
    read=CAPSTONE,
)
def classifier_of_the_majority(images: Any, labels: Any, seed: int = 0) -> Classify:
    most = int(np.argmax(np.bincount(np.asarray(labels, dtype=int))))

    def classify(images: Any) -> Any:
        return np.full(len(images), most)

    return classify


@mistake(
    "train_classifier",
    says="The network was never trained: its weights are still the random ones of the start. Put "
    "the updated weights back at each step.",
    read=CAPSTONE,
)
def classifier_that_never_trained(images: Any, labels: Any, seed: int = 0) -> Classify:
    rng = np.random.default_rng(seed)
    first, second = rng.normal(size=(64, 128)), rng.normal(size=(128, 10))

    def classify(images: Any) -> Any:
        hidden = np.maximum(0.0, (np.asarray(images, dtype=float) / 8 - 1) @ first)
        return np.argmax(hidden @ second, axis=1)

    return classify


@mistake(
    "train_classifier",
    says="Images seen in training are looked up, all others get a 0. Unseen images are close to "
    "seen ones, never equal: learn weights, or take the nearest.",
    read=CAPSTONE,
)
def classifier_that_looks_up(images: Any, labels: Any, seed: int = 0) -> Classify:
    rows = np.asarray(images, dtype=float)
    known = {row.tobytes(): int(label) for row, label in zip(rows, labels, strict=True)}

    def classify(images: Any) -> Any:
        return np.array([known.get(row.tobytes(), 0) for row in np.asarray(images, dtype=float)])

    return classify


@mistake(
    "train_classifier",
    says="classify returns a row of ten numbers for each image. Return the number of the largest: "
    "np.argmax(…, axis=1).",
    read=CAPSTONE,
)
def classifier_that_returns_rows(images: Any, labels: Any, seed: int = 0) -> Classify:
    classify = nearest(images, labels)
    return lambda images: np.eye(10)[classify(images)]


@mistake(
    "train_classifier",
    says="train_classifier returns labels. Return a function, classify(images), that predicts them "
    "later.",
    read="Lesson 6, “Write it: train_classifier”",
)
def classifier_that_is_no_function(images: Any, labels: Any, seed: int = 0) -> Any:
    return nearest(images, labels)(images)


@mistake(
    "train_classifier",
    says="The labels come back as floats. They are numbers of classes: return integers, as "
    "np.argmax does.",
    read="Lesson 6, “Write it: train_classifier”",
)
def classifier_of_floats(images: Any, labels: Any, seed: int = 0) -> Classify:
    classify = nearest(images, labels)
    return lambda images: classify(images).astype(float)


@mistake(
    "train_classifier",
    says="A single image gets a bare number. Return an array of one label: leave out squeeze and "
    "item.",
    read="Lesson 6, “Write it: train_classifier”",
)
def classifier_that_squeezes(images: Any, labels: Any, seed: int = 0) -> Classify:
    classify = nearest(images, labels)
    return lambda images: np.squeeze(classify(images))


@mistake(
    "train_classifier",
    says="Each image gets the digit whose typical image is nearest: one template for each digit. A "
    "hidden layer tells the ways of writing a digit apart.",
    read=CAPSTONE,
)
def classifier_of_typical_images(images: Any, labels: Any, seed: int = 0) -> Classify:
    rows, right = np.asarray(images, dtype=float), np.asarray(labels, dtype=int)
    typical = np.array([np.median(rows[right == digit], axis=0) for digit in np.unique(right)])

    def classify(images: Any) -> Any:
        misses = np.abs(np.asarray(images, dtype=float)[:, np.newaxis] - typical)
        return np.unique(right)[np.argmin(misses.sum(axis=-1), axis=1)]

    return classify


@mistake(
    "train_classifier",
    says="One linear layer fitted to one-hot targets by least squares reaches about 93 %. Add a "
    "hidden layer with ReLU, and train with cross-entropy.",
    read=CAPSTONE,
)
def classifier_by_least_squares(images: Any, labels: Any, seed: int = 0) -> Classify:
    def table(images: Any) -> Array:
        rows = np.asarray(images, dtype=float) / 16
        return np.hstack([rows, np.ones((len(rows), 1))])

    targets = np.eye(10)[np.asarray(labels, dtype=int)]
    weights = np.linalg.lstsq(table(images), targets, rcond=None)[0]
    return lambda images: np.argmax(table(images) @ weights, axis=1)
