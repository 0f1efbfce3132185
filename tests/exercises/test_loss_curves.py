"""The criteria of lesson 6: every right answer passes, nothing else earns a point."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment, Seed, judge
from autograder.exercises.loss_curves.mistakes import nearest
from autograder.exercises.manifest import exercise
from autograder.exercises.oracles.loss_curves import fresh_curve
from autograder.exercises.oracles.secret_digits import Digits, secret_digits
from autograder.exercises.registry import criteria_of, mistakes_of, solved_student
from autograder.sandbox.outcomes import Outcome

# -- right answers of all kinds -------------------------------------------------------------------


def average_by_convolution(losses: Any, window: int) -> Any:
    if window < 1 or window > len(losses):
        raise ValueError("no such window")
    return np.convolve(losses, np.full(window, 1 / window), mode="valid")


def average_by_running_sums(losses: Any, window: int) -> Any:
    if not 0 < window <= np.size(losses):
        raise ValueError("no such window")
    sums = np.concatenate([[0.0], np.cumsum(losses)])
    return (sums[window:] - sums[:-window]) / window


def average_as_a_list(losses: Any, window: int) -> Any:
    values = [float(loss) for loss in losses]
    if not 1 <= window <= len(values):
        raise ValueError("no such window")
    runs = [values[k : k + window] for k in range(len(values) - window + 1)]
    return tuple(math.fsum(run) / window for run in runs)


def converged_by_numpy(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
    values = np.asarray(losses, dtype=float)
    if values.size <= window:
        return np.False_
    return np.abs(values[-1 - window] - values[-1]) <= tolerance * np.abs(values[-1 - window])


def converged_by_isclose(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
    if len(losses) < window + 1:
        return False
    return bool(np.isclose(losses[-1], losses[-1 - window], rtol=tolerance, atol=0.0))


def converged_by_bounds(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
    newest = list(losses)[::-1]
    if window >= len(newest):
        return False
    allowed = tolerance * max(newest[window], -newest[window])
    return newest[window] - allowed <= newest[0] <= newest[window] + allowed


def diagnosis_of_its_own(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    curve = [float(loss) for loss in losses]
    if not (math.isfinite(curve[-1]) and curve[-1] <= curve[0]):
        return "diverging"
    flat = len(curve) > window and abs(curve[-1 - window] - curve[-1]) <= tolerance * abs(
        curve[-1 - window]
    )
    return ("converged" if curve[-1] <= target else "stuck") if flat else "still improving"


def diagnosis_by_match(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    values = np.asarray(losses, dtype=float)
    with np.errstate(invalid="ignore"):
        rising = not values[-1] <= values[0]
    match bool(rising or np.isinf(values[-1])), bool(converged_by_numpy(values, window, tolerance)):
        case True, _:
            return "diverging"
        case _, False:
            return "still improving"
    return ["stuck", "converged"][int(values[-1] <= target)]


def diagnosis_with_words_at_the_end(
    losses: Any, target: float, window: int = 10, tolerance: float = 0.01
) -> str:
    word = "stuck"
    if losses[-1] <= target:
        word = "converged"
    if not converged_by_bounds(losses, window, tolerance):
        word = "still improving"
    if losses[-1] > losses[0] or not np.isfinite(losses[-1]):
        word = "diverging"
    return word


def accuracy_by_a_loop(probabilities: Any, targets: Any) -> Any:
    hits = 0
    for row, target in zip(probabilities, targets, strict=True):
        row, target = list(row), list(target)
        hits += row.index(max(row)) == target.index(max(target))
    return hits / len(targets)


def accuracy_by_maxima(probabilities: Any, targets: Any) -> Any:
    p, t = np.asarray(probabilities, dtype=float), np.asarray(targets, dtype=float)
    return np.mean((p * t).sum(axis=1) == p.max(axis=1))


def accuracy_by_sorting(probabilities: Any, targets: Any) -> Any:
    best = np.argsort(probabilities, axis=1)[:, -1]
    return np.array(np.asarray(targets, dtype=float)[np.arange(len(best)), best].mean())


RIGHT = {
    "moving_average": (average_by_convolution, average_by_running_sums, average_as_a_list),
    "has_converged": (converged_by_numpy, converged_by_isclose, converged_by_bounds),
    "diagnose": (diagnosis_of_its_own, diagnosis_by_match, diagnosis_with_words_at_the_end),
    "accuracy": (accuracy_by_a_loop, accuracy_by_maxima, accuracy_by_sorting),
}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        pytest.param(name, answer, id=answer.__name__)
        for name, answers in RIGHT.items()
        for answer in answers
    ],
)
def test_criteria_give_full_marks_to_right_answers(
    name: str, answer: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    for student in ("ada", "grace", "emmy"):
        result = marks("loss_curves", {name: answer}, only=[name], student=student)[name]
        assert [each.message for each in result.criteria if not each.passed] == []
        assert result.score == exercise(name).points


# -- nothing for nothing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "constant"),
    [
        ("has_converged", True),
        ("has_converged", False),
        ("has_converged", np.True_),
        ("diagnose", "diverging"),
        ("diagnose", "still improving"),
        ("diagnose", "converged"),
        ("diagnose", "stuck"),
        ("accuracy", 0.5),
        ("accuracy", 2 / 3),
    ],
)
def test_criteria_give_nothing_to_constant_answers(
    name: str, constant: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    answer = {name: lambda *arguments, **named: constant}
    assert marks("loss_curves", answer, only=[name])[name].score == 0


# -- the same verdict for everybody ---------------------------------------------------------------


def test_diagnose_is_judged_with_a_supplied_has_converged(
    marks: Callable[..., dict[str, Any]],
) -> None:
    results = marks("loss_curves", {"has_converged": lambda *arguments: None})
    assert results["has_converged"].score == 0
    assert results["diagnose"].score == 3


def test_diagnose_keeps_points_that_it_earns_only_with_the_learners_own_has_converged(
    marks: Callable[..., dict[str, Any]],
) -> None:
    def converged_and_change(losses: Any, window: int = 10, tolerance: float = 0.01) -> Any:
        if len(losses) <= window:
            return False, 0.0
        change = abs(losses[-1 - window] - losses[-1])
        return bool(change <= tolerance * abs(losses[-1 - window])), change

    def with_own(module: Any) -> Any:
        def diagnose(losses: Any, target: float, window: int = 10, tolerance: float = 0.01) -> str:
            if not np.isfinite(losses[-1]) or losses[-1] > losses[0]:
                return "diverging"
            if not module.has_converged(losses, window, tolerance)[0]:  # no bool has a first item
                return "still improving"
            return "converged" if losses[-1] < target else "stuck"  # a slip: a tie is reached

        return diagnose

    with_own.takes_module = True  # type: ignore[attr-defined]
    results = marks("loss_curves", {"has_converged": converged_and_change, "diagnose": with_own})
    assert results["has_converged"].score < 3
    assert results["diagnose"].score == 2.5  # none, with a has_converged that returns a bool


def test_fresh_curves_keep_clear_of_the_border_and_below_their_start() -> None:
    random = np.random.default_rng(6)
    for flat in [True, False] * 50:
        losses, window, tolerance, said = fresh_curve(random, flat=flat)
        change = abs(losses[-1] - losses[-1 - window]) / losses[-1 - window] / tolerance
        assert said is flat
        assert change < 0.91 if flat else change > 1.09
        assert 0 < losses[-1] < losses[0]


# -- the capstone ---------------------------------------------------------------------------------


def capstone(train_classifier: Any, secret: str = "secret", student: str = "ada") -> list[Judgment]:
    """The judgments of a classifier."""
    submission = solved_student("loss_curves", {"train_classifier": train_classifier})
    judgments: dict[str, Judgment] = {}
    for each in criteria_of("train_classifier", "loss_curves"):
        if all(judgments[name].passed for name in each.needs):
            judgments[each.name] = judge(each, submission, Seed(secret, student))
        else:
            judgments[each.name] = Judgment(each, Outcome.NOT_RUN)
    return list(judgments.values())


def bonus(judgments: list[Judgment]) -> float:
    """The points that were earned."""
    return sum(each.criterion.points for each in judgments if each.passed)


def test_capstone_gives_full_marks_to_the_solution_and_trains_it_once() -> None:
    calls = []

    def counted(images: Any, labels: Any, seed: int = 0) -> Any:
        from solutions.loss_curves import train_classifier

        calls.append(len(images))
        return train_classifier(images, labels, seed)

    assert bonus(capstone(counted)) == 10
    assert calls == [1198]


@pytest.mark.parametrize("secret", ["", "secret", "another one"])
def test_capstone_gives_full_marks_to_neighbors_that_answer_in_a_list(secret: str) -> None:
    def neighbors(images: Any, labels: Any, seed: int = 0) -> Any:
        classify = nearest(images, labels)
        return lambda images: [int(label) for label in classify(images)]

    assert bonus(capstone(neighbors, secret)) == 10


EARNED = {
    "classifier_that_guesses": 0,
    "classifier_of_the_majority": 0,
    "classifier_that_never_trained": 0,
    "classifier_that_looks_up": 0,
    "classifier_that_returns_rows": 0,
    "classifier_that_is_no_function": 0,
    "classifier_of_floats": 0,
    "classifier_that_squeezes": 9,
    "classifier_of_typical_images": 4,
    "classifier_by_least_squares": 7,
}


@pytest.mark.parametrize(
    "known", mistakes_of("train_classifier", "loss_curves"), ids=lambda m: m.name
)
def test_capstone_gives_partial_credit_by_steps(known: Any) -> None:
    for secret in ("", "secret", "another one"):
        assert bonus(capstone(known.answer, secret)) == EARNED[known.name]


def _classifier_of(right: float, right_on_known: float) -> Any:
    """Classifies the training images and others right in two shares of the cases."""

    def train_classifier(images: Any, labels: Any, seed: int = 0) -> Any:
        known = np.asarray(images)

        def classify(images: Any) -> Any:
            found = nearest(known, labels)(images)
            share = right_on_known if len(images) == len(known) else right
            found[int(share * len(found)) :] = (found[int(share * len(found)) :] + 1) % 10
            return found

        return classify

    return train_classifier


@pytest.mark.parametrize(
    ("right", "right_on_known", "advice"),
    [
        (0.1, 0.1, "hardly better than guessing"),
        (0.6, 0.62, "it has not learned enough yet"),
        (0.8, 1.0, "it knows those by heart"),
    ],
    ids=["guesses", "has learned little", "overfits"],
)
def test_capstone_says_what_to_try(right: float, right_on_known: float, advice: str) -> None:
    error = capstone(_classifier_of(right, right_on_known))[0].error
    assert isinstance(error, Unmet)
    assert advice in error.advice


def test_capstone_gives_nothing_to_functions_that_do_nothing(idle: Callable[..., Any]) -> None:
    assert bonus(capstone(idle)) == 0
    assert bonus(capstone(lambda images, labels, seed=0: idle)) == 0


def test_capstone_gives_nothing_to_a_classifier_of_the_shipped_digits() -> None:
    pixels, digits = load_digits(return_X_y=True)

    def shipped(images: Any, labels: Any, seed: int = 0) -> Any:
        return nearest(pixels, digits)

    assert bonus(capstone(shipped)) == 0


def digits_of(secret: str) -> Digits:
    """The digits of an assignment."""
    return secret_digits(Seed(secret).generator("train_classifier"))


def test_secret_digits_are_split_into_two_thirds_and_one() -> None:
    digits = digits_of("secret")
    assert digits.images.shape == (1198, 64)
    assert digits.labels.shape == (1198,)
    assert digits.unseen_images.shape == (599, 64)
    for labels in (digits.labels, digits.unseen_labels):
        assert set(labels.tolist()) == set(range(10))
    for images in (digits.images, digits.unseen_images):
        assert images.min() >= 0
        assert images.max() <= 16


def test_secret_digits_are_the_shipped_ones_but_for_order_and_slight_noise() -> None:
    digits = digits_of("secret")
    pixels, _ = load_digits(return_X_y=True)
    images = np.vstack([digits.images, digits.unseen_images])
    # noise of at most 0.5 moves each sorted gray level by at most 0.5
    theirs, ours = (
        np.sort(np.sort(pixels, axis=1), axis=0),
        np.sort(np.sort(images, axis=1), axis=0),
    )
    assert np.abs(theirs - ours).max() <= 0.5
    assert np.abs(np.sort(pixels.sum(axis=0)) - np.sort(images.sum(axis=0))).max() < 0.5 * 1797
    assert np.all(images != np.round(images), axis=1).sum() == 0  # clipped at 0 somewhere
    assert np.mean(images != np.round(images)) > 0.5


def test_secret_digits_follow_from_the_secret_alone() -> None:
    one, same, other = digits_of("one"), digits_of("one"), digits_of("other")
    np.testing.assert_array_equal(one.images, same.images)
    np.testing.assert_array_equal(one.labels, same.labels)
    assert not np.array_equal(one.labels, other.labels)
    assert not np.allclose(one.images.mean(axis=0), other.images.mean(axis=0), atol=1.0)


def test_capstone_judges_all_students_by_the_same_images() -> None:
    seen = []

    def noting(images: Any, labels: Any, seed: int = 0) -> Any:
        seen.append(np.array(images))
        return nearest(images, labels)

    for student in ("ada", "grace"):
        assert bonus(capstone(noting, student=student)) == 10
    np.testing.assert_array_equal(*seen)
