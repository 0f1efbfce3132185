"""What goes wrong when a learner's code trains the network of the capstone."""

from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from autograder.exercises.registry import solution as solution_of
from solutions import capstone as solution

PLAN = "Lesson 8, “A plan”"
ENDS = "Lesson 8, “Two ends to change”"
WRONG = "Lesson 8, “When it does not read”"
FEW = {"epochs=30": "epochs=2"}  # enough for each of them to show

train_classifier = Mistakes(solution.train_classifier, read=PLAN)


class Changed:
    """The network with one of its functions replaced."""

    def __init__(self, network: Any, **changed: Any) -> None:
        self._network = network
        for name, function in changed.items():
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)


@train_classifier.instead(
    says="The weights in the network never change: whatever the optimizer returns must go to "
    "network.set_weights.",
    read=WRONG,
)
def training_that_keeps_its_weights(given: Given) -> Any:
    network = given.network
    return given.right(
        network=Changed(network, set_weights=lambda weights: None),
        images=given.images[:64],
        labels=given.labels[:64],
    )


train_classifier.slip(
    "training_on_scaled_pixels",
    {**FEW, "        images,\n": "        np.asarray(images) / 16,\n"},
    says="The pixels are scaled before the network gets them, and it scales them itself. Later it "
    "is asked about images as they are: hand them over as they came.",
    read=ENDS,
)
train_classifier.slip(
    "training_with_labels_off_by_one",
    {**FEW, "np.asarray(labels, dtype=int)": "np.asarray(labels, dtype=int) - 1"},
    says="The columns of the one-hot targets are off by one: label c belongs to column c, counted "
    "from 0.",
    read=ENDS,
)
train_classifier.slip(
    "training_with_torn_labels",
    {
        **FEW,
        "    return train(": "    rng = np.random.default_rng(seed)\n    return train(",
        "        images,\n": "        rng.permutation(images),\n",
    },
    says="The images are shuffled and their labels are not, so that there is nothing to learn. "
    "Your train shuffles both together.",
    read=WRONG,
)


def trained_until(given: Given, loss_to_reach: float) -> list[float]:
    """The losses of steps with all images that end at a loss, however steeply it still falls."""
    losses, optimizer = solution_of("losses"), solution_of("optimizers").Adam(learning_rate=0.003)
    network, targets = given.network, np.eye(10)[np.asarray(given.labels, dtype=int)]
    reached: list[float] = []
    while True:
        logits = network.forward(given.images)
        reached.append(losses.categorical_cross_entropy(losses.softmax(logits), targets))
        if reached[-1] < loss_to_reach:
            return reached
        gradient = network.backward(losses.softmax_cross_entropy_gradient(logits, targets))
        network.set_weights(optimizer.update(network.get_weights(), gradient))


@train_classifier.instead(
    says="Training stops at the first loss below 1.55, not far from guessing. Let it run "
    "until the loss is flat.",
    read=WRONG,
)
def training_that_hardly_began(given: Given) -> Any:
    return trained_until(given, 1.55)


@train_classifier.instead(
    says="Training stops at the first loss below 1.36, and the curve is still steep there. Let it "
    "run until the loss is flat.",
    read=WRONG,
)
def training_that_stops_on_the_slope(given: Given) -> Any:
    return trained_until(given, 1.36)


train_classifier.slip(
    "training_uphill",
    {
        **FEW,
        "softmax_cross_entropy_gradient,\n        Adam": (
            "lambda z, t: -softmax_cross_entropy_gradient(z, t),\n        Adam"
        ),
    },
    says="The loss rises. Either the sign of the gradient is flipped, or it is given "
    "probabilities: softmax_cross_entropy_gradient takes the logits themselves.",
    read=WRONG,
)


@train_classifier.instead(
    says="The network is trained, but its losses do not come back: return the list of them.",
)
def training_that_returns_the_network(given: Given) -> Any:
    given.right(images=given.images[:64], labels=given.labels[:64])
    return given.network


@train_classifier.instead(
    says="The weights are found by formula and set once. It should be a descent: change "
    "them step by step along the gradients.",
)
def training_by_formula(given: Given) -> Any:
    network = given.network
    images = np.asarray(given.images, dtype=float)
    targets = np.eye(10)[np.asarray(given.labels, dtype=int)]
    logits = np.asarray(network.forward(images))
    weights = np.array(network.get_weights())
    weights[-10:] += targets.mean(axis=0) - logits.mean(axis=0)
    network.set_weights(weights)
    return [float(np.mean((targets - logits) ** 2))]
