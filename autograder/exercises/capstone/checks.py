"""Criteria of lesson 8: the learner's code trains the grader's network to read."""

from typing import Any

import numpy as np

from autograder.checking.criterion import Criteria
from autograder.checking.expectations import Unmet, expect, expect_numbers
from autograder.checking.student import LearnerObject, Student
from autograder.exercises.oracles.secret_digits import (
    BRIGHTEST,
    CLASSES,
    Digits,
    SecretNetwork,
    secret_digits,
)

# It may compute for 20 seconds: the budget of the bonus sees to that. By the clock it may take
# longer, because other submissions may be graded on the same cores.
TRAINING_SECONDS = 55.0
MIN_MOVES = 5
MAX_SHARE_OF_ONE_MOVE = 0.5
GUESSING = float(np.log(CLASSES))
BY_HEART = 0.05  # how much better than the unseen images those of the training are

train_classifier = Criteria("train_classifier")


@train_classifier.convergence(3, "trains the network to read 85% of digits that it has never seen")
def test_network_reads_85_percent(student: Student, exercise_random: np.random.Generator) -> None:
    expect_share(student, exercise_random, 0.85)


@train_classifier.convergence(3, "trains the network to read 90% of digits that it has never seen")
def test_network_reads_90_percent(student: Student, exercise_random: np.random.Generator) -> None:
    expect_share(student, exercise_random, 0.9)


@train_classifier.convergence(
    4,
    "trains the network to read 94% of digits that it has never seen",
    needs=("network_reads_90_percent",),
)
def test_network_reads_94_percent(student: Student, exercise_random: np.random.Generator) -> None:
    expect_share(student, exercise_random, 0.94)


def expect_share(student: Student, random: np.random.Generator, least: float) -> None:
    """Expect that the trained network reads a share of the unseen images at least."""

    def train() -> tuple[Digits, SecretNetwork]:
        return trained(student, random)

    digits, network = student.once("trained network", train)
    share = read_share(network, digits.unseen_images, digits.unseen_labels)
    if share < least:
        known = read_share(network, digits.images, digits.labels)
        raise Unmet(
            f"fewer than {100 * least:.0f} % of the unseen images are read right",
            advice=_advice(share, known),
        )


def trained(student: Student, random: np.random.Generator) -> tuple[Digits, SecretNetwork]:
    """Drawn digits, and a drawn network that the learner's function has trained with them."""
    digits, network = secret_digits(random), SecretNetwork(random)
    train_classifier = student.capstone.train_classifier.within(TRAINING_SECONDS)
    returned = train_classifier(
        network.to_train, digits.images, digits.labels, seed=int(random.integers(1000))
    )
    expect(
        not isinstance(returned, LearnerObject),
        "an object comes back instead of the losses",
        advice="Return the list of the mean losses, one for each epoch.",
    )
    losses = expect_numbers(returned)
    network.way.end(network.weights)
    expect(losses.ndim == 1 and losses.size, "no losses are returned", got=returned)
    expect(
        np.isfinite(losses).all() and np.isfinite(network.weights).all(),
        "a loss or a weight is nan or infinite",
        advice="The training diverges: try a learning rate that is ten times lower.",
    )
    expect_gradients_followed(network)
    expect_pixels_as_they_are(network)
    expect_learning(losses)
    return digits, network


def expect_gradients_followed(network: SecretNetwork) -> None:
    """Expect weights that went where they are step by step, as gradients said."""
    way = network.way
    expect(
        way.moves,
        "the weights of the network are never changed",
        advice="The optimizer returns new weights: hand them to network.set_weights.",
    )
    expect(
        way.moves >= MIN_MOVES and way.longest <= MAX_SHARE_OF_ONE_MOVE * way.length,
        "the weights are set, not trained: a few changes make up most of the way that they went",
        advice="Change the weights step by step, each time by what network.backward returns.",
    )
    expect(
        way.downhill > 0,
        "the weights go up along the gradients, not down",
        advice="A step is the weights minus the learning rate times the gradient.",
    )


def expect_pixels_as_they_are(network: SecretNetwork) -> None:
    """Expect images that were handed on in the gray levels in which they came."""
    expect(
        network.darkest >= -1 and BRIGHTEST / 2 <= network.brightest <= BRIGHTEST + 1,
        f"forward gets pixels from {network.darkest:.3g} to {network.brightest:.3g}, and those of "
        "the images are from 0 to 16",
        advice="The network scales the pixels itself: hand the images over as they are.",
    )


def expect_learning(losses: Any) -> None:
    """Expect losses that do not end where they began."""
    expect(
        losses.size == 1 or losses[-1] < losses[0],
        "the last loss is not below the first one",
        advice="Train for a few epochs only, and print the loss of every batch: does it fall?",
    )


def read_share(network: SecretNetwork, images: Any, labels: Any) -> float:
    """The share of images that the network reads right."""
    return float(np.mean(network.logits(images).argmax(axis=1) == labels))


def _advice(share: float, known: float) -> str:
    """What to try, from the shares of unseen images and of those that it was trained with."""
    # Cut, not rounded, to tenths of a percent: 93.99 % is not 94 %.
    shown = f"{np.floor(1000 * share) / 10:.1f} % of the unseen images are read right"
    if share < 2 / CLASSES:
        return (
            f"{shown}, hardly more than by guessing. Does each image stay beside its own label, "
            "and is label c the column c of the one-hot targets?"
        )
    said = f"{shown}, and {100 * known:.0f} % of those that it was trained with: "
    if known < share + BY_HEART:
        return said + "it has not learned enough yet. Try more epochs, or another learning rate."
    return said + "it knows those by heart. Try fewer epochs: stop early."
