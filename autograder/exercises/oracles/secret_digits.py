"""The digits of the capstone: real images, changed so that only learning helps."""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking.expectations import (
    Array,
    Unmet,
    expect,
    expect_array,
    expect_numbers,
    expect_object,
)
from autograder.checking.student import LearnerObject, Student

BRIGHTEST = 16.0
MAX_NOISE = 0.5
SPLIT_SEED = 2000
GUESSED = 0.2  # one image in ten is classified right by chance
LEARNED_BY_HEART = 0.05  # how much better than the unseen images those of the training are

# Training and test may take 20 seconds of computing; by the clock twice as much, because other
# submissions may be graded on the same cores.
TRAINING_SECONDS = 40.0
TEST_SECONDS = 10.0

Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Digits:
    """Images and labels to learn from, and others to judge by.

    Attributes
    ----------
    images, labels : ndarray of shape (n, 64) and (n,)
        What a learner's function gets.
    unseen_images, unseen_labels : ndarray of shape (m, 64) and (m,)
        What its classifier is judged by; these labels stay in the grader.
    """

    images: Array
    labels: Labels
    unseen_images: Array
    unseen_labels: Labels


def secret_digits(random: np.random.Generator) -> Digits:
    """The 1,797 digits with pixels and labels in a secret order, a little noise, and in two parts.

    Two random thirds are to learn from, the last third is to judge by: the same for all secrets,
    so that no assignment is harder than another. The noise is at most half a gray level, and gray
    levels stay from 0 to 16.
    """
    pixels, digits = _shipped_digits()
    noise = random.uniform(-MAX_NOISE, MAX_NOISE, pixels.shape)
    images = np.clip(pixels[:, random.permutation(64)] + noise, 0.0, BRIGHTEST)
    labels = random.permutation(10)[digits]
    order = np.random.default_rng(SPLIT_SEED).permutation(len(images))
    split = 2 * len(images) // 3
    seen, unseen = order[:split], order[split:]
    return Digits(images[seen], labels[seen], images[unseen], labels[unseen])


def trained(student: Student, digits: Digits) -> LearnerObject:
    """The learner's classifier, trained once for all criteria that look at it."""

    def train() -> LearnerObject:
        train_classifier = student.loss_curves.train_classifier.within(TRAINING_SECONDS)
        classify = train_classifier(digits.images, digits.labels, seed=0)
        return expect_object(classify, "a function that classifies images")

    classify: LearnerObject = student.once("classifier", train)
    return classify


def predicted(student: Student, digits: Digits) -> Labels:
    """The labels that the learner's classifier predicts for the unseen images."""

    def predict() -> Any:
        return trained(student, digits).within(TEST_SECONDS)(digits.unseen_images)

    return expect_labels(student.once("predicted labels", predict), len(digits.unseen_labels))


def expect_labels(returned: Any, count: int) -> Labels:
    """Expect so many integers from 0 to 9."""
    values = expect_numbers(returned, length=count)
    expect(
        all(isinstance(each, (int, np.integer)) for each in list(returned)),
        "the predicted labels are not integers",
        advice="np.argmax along axis 1 returns the number of each row's largest value.",
    )
    expect(np.all((values >= 0) & (values <= 9)), "a predicted label is not one of 0 … 9")
    return values.astype(np.int64)


def expect_share(student: Student, digits: Digits, least: float) -> None:
    """Expect that a share of the unseen images at least is classified right."""
    share = float(np.mean(predicted(student, digits) == digits.unseen_labels))
    # Cut, not rounded, to tenths of a percent: 94.99 % is not 95 %.
    shown = np.floor(1000 * share) / 10
    if share < least:
        raise Unmet(
            f"{shown:.1f} % of the unseen images are classified right, "
            f"expected {100 * least:.0f} % or more",
            advice=_advice(student, digits, share),
        )


def _advice(student: Student, digits: Digits, share: float) -> str:
    """What to try, from how the images are classified that it was trained with."""
    if share < GUESSED:
        return (
            "That is hardly better than guessing. Print what `train` returns: does the loss fall? "
            "And is each image's label the column of its largest output?"
        )
    classify = trained(student, digits).within(TEST_SECONDS)
    labels = expect_labels(classify(digits.images), len(digits.labels))
    known = float(np.mean(labels == digits.labels))
    said = f"Of the images that it was trained with, {100 * known:.0f} % are: "
    if known < share + LEARNED_BY_HEART:
        return said + "it has not learned enough yet. Try more epochs, or a larger learning rate."
    return said + "it knows those by heart. Try fewer epochs, or a network with fewer weights."


@cache
def _shipped_digits() -> tuple[Array, Labels]:
    library = find_spec("sklearn")  # not imported: that takes five seconds of computing
    if library is None or library.origin is None:
        raise ModuleNotFoundError("the digits come with scikit-learn: install it")
    table = Path(library.origin).parent / "datasets" / "data" / "digits.csv.gz"
    rows = np.loadtxt(table, delimiter=",")
    return expect_array(rows[:, :-1]), rows[:, -1].astype(np.int64)
