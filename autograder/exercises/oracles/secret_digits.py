"""The digits of the capstone, changed so that only learning helps, and the network that learns."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import autograder
from autograder.checking.expectations import Array, Unmet, expect, expect_array
from autograder.sandbox.session import Unnoted

PIXELS, CLASSES = 64, 10
BRIGHTEST = 16.0
MAX_NOISE = 0.5
MIN_SHARE, MAX_SHARE = 0.2, 0.5  # of another image of the same class in each image
MIN_HIDDEN, MAX_HIDDEN = 32, 64
SPLIT_SEED = 2000
MAX_CALLS = 40_000

Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Digits:
    """Images and labels to learn from, and others to judge by.

    Attributes
    ----------
    images, labels : ndarray of shape (n, 64) and (n,)
        What a learner's function gets.
    unseen_images, unseen_labels : ndarray of shape (m, 64) and (m,)
        What its network is judged by; these never leave the grader.
    """

    images: Array
    labels: Labels
    unseen_images: Array
    unseen_labels: Labels


def secret_digits(random: np.random.Generator) -> Digits:
    """The 1,797 digits in a secret form: two thirds to learn from, a third to judge by.

    Pixels, labels and images are in a drawn order. Each image is mixed with another one of its
    class and its part: the sorted gray levels of a single one would name it in the public table.
    Noise of half a gray level at most is added. Which images are to learn from is the same for all
    secrets, so that no student's task is harder.
    """
    pixels, digits = _shipped_digits()
    renamed = random.permutation(CLASSES)[digits]
    order = np.random.default_rng(SPLIT_SEED).permutation(len(pixels))
    split = 2 * len(pixels) // 3
    columns = random.permutation(PIXELS)

    def part(numbers: Labels) -> tuple[Array, Labels]:
        rows = random.permutation(numbers)
        images = _mixed(random, pixels[rows], renamed[rows])[:, columns]
        noise = random.uniform(-MAX_NOISE, MAX_NOISE, images.shape)
        return np.clip(images + noise, 0.0, BRIGHTEST), renamed[rows]

    return Digits(*part(order[:split]), *part(order[split:]))


def _mixed(random: np.random.Generator, images: Array, labels: Labels) -> Array:
    """Each image with a drawn share of another one of its class."""
    others = np.empty_like(images)
    for label in range(CLASSES):
        (rows,) = np.nonzero(labels == label)
        circle = random.permutation(rows)
        others[circle] = images[np.roll(circle, 1)]
    shares = random.uniform(MIN_SHARE, MAX_SHARE, (len(images), 1))
    return np.asarray((1 - shares) * images + shares * others)


class SecretNetwork:
    """A dense layer, a ReLU and a dense layer, for a learner's function to train.

    It scales the pixels and turns them by a secret orthogonal matrix, which training does not
    notice: weights that fit the public images would not fit here. The last layer starts small, so
    that the first loss is that of guessing.

    Attributes
    ----------
    weights : ndarray
        All weights as one flat vector.
    calls : int
        How often its functions were called.
    brightest, darkest : float
        Of all pixels that `forward` got.
    """

    def __init__(self, random: np.random.Generator) -> None:
        self.hidden = int(random.integers(MIN_HIDDEN, MAX_HIDDEN + 1))
        self._turn, _ = np.linalg.qr(random.normal(size=(PIXELS, PIXELS)))
        first = random.normal(0.0, np.sqrt(2 / PIXELS), (PIXELS, self.hidden))
        last = random.normal(0.0, 0.1 * np.sqrt(2 / self.hidden), (self.hidden, CLASSES))
        zeros = np.zeros(self.hidden), np.zeros(CLASSES)
        self.weights = np.concatenate([first.ravel(), zeros[0], last.ravel(), zeros[1]])
        self.calls, self.darkest, self.brightest = 0, np.inf, -np.inf
        self.way = Way(self.weights)
        self._seen: tuple[Array, Array] | None = None
        self.to_train = Unnoted(
            forward=self._forward,
            backward=self._backward,
            get_weights=self._get_weights,
            set_weights=self._set_weights,
        )

    def logits(self, images: Array) -> Array:
        """The outputs for some images."""
        return self._pass(images)[1]

    def _layers(self) -> tuple[Array, Array, Array, Array]:
        sizes = PIXELS * self.hidden, self.hidden, self.hidden * CLASSES
        first, bias, last, last_bias = np.split(self.weights, np.cumsum(sizes))
        return first.reshape(PIXELS, -1), bias, last.reshape(-1, CLASSES), last_bias

    def _pass(self, images: Array) -> tuple[Array, Array, Array]:
        first, bias, last, last_bias = self._layers()
        inputs = (images / 8 - 1) @ self._turn
        active = np.maximum(0.0, inputs @ first + bias)
        return inputs, active @ last + last_bias, active

    def _forward(self, images: Any) -> Array:
        self._count()
        images = _numbers(images, "images")
        expect(
            images.ndim == 2 and images.shape[1] == PIXELS and len(images),
            f"forward gets images of shape {images.shape}, expected (n, {PIXELS})",
        )
        self.darkest = min(self.darkest, float(images.min()))
        self.brightest = max(self.brightest, float(images.max()))
        inputs, logits, active = self._pass(images)
        self._seen = inputs, active
        return logits

    def _backward(self, output_gradient: Any) -> Array:
        self._count()
        gradient = _numbers(output_gradient, "output gradients")
        if self._seen is None:
            raise Unmet("backward is called before forward")
        inputs, active = self._seen
        shape = len(inputs), CLASSES
        expect(
            gradient.shape == shape,
            f"backward gets an output gradient of shape {gradient.shape}, and the last forward "
            f"pass had outputs of shape {shape}",
        )
        back = (gradient @ self._layers()[2].T) * (active > 0)
        slopes = inputs.T @ back, back.sum(axis=0), active.T @ gradient, gradient.sum(axis=0)
        flat = np.concatenate([slope.ravel() for slope in slopes])
        self.way.ask(self.weights, flat)
        return flat

    def _get_weights(self) -> Array:
        self._count()
        return self.weights.copy()

    def _set_weights(self, weights: Any) -> None:
        self._count()
        weights = _numbers(weights, "weights")
        expect(
            weights.shape == self.weights.shape,
            f"set_weights gets weights of shape {weights.shape}, expected {self.weights.shape}",
        )
        self.weights = weights

    def _count(self) -> None:
        self.calls += 1
        if self.calls > MAX_CALLS:
            raise Unmet(
                f"the network is called more than {MAX_CALLS:,} times",
                advice="Larger batches or fewer epochs need fewer calls.",
            )


class Way:
    """The way that weights went from gradient to gradient, in a few numbers.

    Attributes
    ----------
    moves : int
        How often they had changed when a gradient was asked for.
    length, longest : float
        The length of the way, and of its longest move.
    downhill : float
        How far the moves went down along the gradients that were asked for before them.
    """

    def __init__(self, start: Array) -> None:
        self._here, self._gradient = start, np.zeros_like(start)
        self.moves, self.length, self.longest, self.downhill = 0, 0.0, 0.0, 0.0

    def ask(self, weights: Array, gradient: Array) -> None:
        """Note that a gradient was asked for at some weights."""
        self.end(weights)
        self._gradient = gradient

    def end(self, weights: Array) -> None:
        """Note where the weights are."""
        move = weights - self._here
        length = float(np.linalg.norm(move))
        self.moves += length > 0
        self.length += length
        self.longest = max(self.longest, length)
        self.downhill -= float(self._gradient @ move)
        self._here = weights


def _numbers(values: Any, what: str) -> Array:
    try:
        return np.array(values, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise Unmet(f"the network gets {what} that are not a table of numbers") from None


@cache
def _shipped_digits() -> tuple[Array, Labels]:
    table = Path(autograder.__file__).parents[1] / "lab" / "data" / "digits.csv.gz"
    rows = np.loadtxt(table, delimiter=",")
    return expect_array(rows[:, :-1]), rows[:, -1].astype(np.int64)
