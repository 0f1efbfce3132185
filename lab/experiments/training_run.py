"""A training run of the small network by the learner's functions, epoch by epoch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.data import Array
from lab.data.network import LAYERS, Network
from lab.data.tables import load_digits, load_tumors
from lab.widget.returned_values import as_number, shaped

Functions = Mapping[str, Any]

HIDDEN = {"tumors": 16, "digits": 32}

EPOCHS = 30
MAX_LOSS = 1e6  # the largest loss that is sent
WINDOW = 10  # batches whose losses the learner's `moving_average` averages


@dataclass(frozen=True, eq=False)
class LearningTask:
    """A table to learn from, and what kind of answer it asks for.

    Attributes
    ----------
    name : str
        ``"tumors"`` (two classes, one logit) or ``"digits"`` (ten classes, ten logits).
    inputs, targets : ndarray
        The training examples; targets (n, 1) or (n, 10).
    held_inputs, held_targets : ndarray
        The examples that are only looked at, never trained on.
    """

    name: str
    inputs: Array
    targets: Array
    held_inputs: Array
    held_targets: Array

    @property
    def guessing(self) -> float:
        """Loss of someone who gives each class the same probability: ln 2 or ln 10."""
        return float(np.log(max(2, self.targets.shape[1])))


def tumors() -> LearningTask:
    """Is a breast tumor malignant?"""
    train, test = load_tumors().train, load_tumors().test
    return LearningTask(
        "tumors", train.features, train.targets[:, None], test.features, test.targets[:, None]
    )


def digits() -> LearningTask:
    """Which digit is on the picture?"""
    train, test = load_digits().train, load_digits().test
    return LearningTask("digits", train.features, train.targets, test.features, test.targets)


@dataclass(eq=False)
class Scheduled:
    """An optimizer whose steps are a share as long as its own, whatever its attributes are called.

    The steps of all optimizers of lesson 4 are in proportion to their learning rates.
    """

    optimizer: Any
    name: str
    share: float = 1.0

    def update(self, weights: Array, gradient: Array) -> Array:
        """The new weights, on the way from the old ones to those of the optimizer."""
        before = weights.copy()
        moved = self.optimizer.update(weights, gradient)
        moved = shaped(moved, before.shape, f"{self.name}.update", "the new weights")
        return before + self.share * (moved - before)


class TrainingRun:
    """A network that learns one task, and the record of how it went.

    Parameters
    ----------
    task : LearningTask
        What it learns.
    functions : mapping
        The learner's functions of losses, optimizers, training and loss_curves, by name.
    optimizer : str
        Name of the optimizer's class.
    learning_rate : float
        Handed to the optimizer.
    batch_size : int
        Examples in a batch.
    schedule : bool
        Whether the learner's ``cosine_schedule`` lowers the learning rate from epoch to epoch.
    patience : int
        Of the learner's ``early_stopping``; 0 trains to the end.

    Attributes
    ----------
    losses : list of float
        The mean training loss of each epoch, as ``train`` returned it.
    held_out : list of float
        The held-out loss before the first epoch and after each one.
    accuracies : list of float
        The held-out accuracy at the same times; empty while ``accuracy`` is not written.
    batches : list of float
        The loss of each batch.
    trend : ndarray
        The learner's `moving_average` of these; empty while it is not written.
    answers : ndarray
        The probabilities of the held-out examples, as they are now.
    best : int or None
        The epoch to which early stopping would go back, once it has stopped the run.
    """

    def __init__(
        self,
        task: LearningTask,
        functions: Functions,
        optimizer: str,
        learning_rate: float,
        batch_size: int,
        schedule: bool = False,
        patience: int = 0,
    ) -> None:
        self.task = task
        self.functions = functions
        self.batch_size = batch_size
        self.learning_rate, self.schedule, self.patience = learning_rate, schedule, patience
        self.best: int | None = None
        sizes = (task.inputs.shape[1], HIDDEN[task.name], task.targets.shape[1])
        self.network = Network(sizes, *(functions[name] for name in LAYERS))
        self.optimizer = functions[optimizer](learning_rate=learning_rate)
        if schedule:
            self.optimizer = Scheduled(self.optimizer, optimizer)
        self.losses: list[float] = []
        self.held_out: list[float] = []
        self.accuracies: list[float] = []
        self.batches: list[float] = []
        self.trend = np.zeros(0)
        self.answers = np.zeros((0, sizes[-1]))

    @property
    def epoch(self) -> int:
        """Epochs done."""
        return len(self.losses)

    @property
    def done(self) -> bool:
        """Whether the training is over: all epochs are done, or it was stopped early."""
        return self.epoch >= EPOCHS or self.best is not None

    def probabilities(self, logits: Array) -> Array:
        """The learner's sigmoid of one logit, or softmax of ten."""
        name = "sigmoid" if logits.shape[1] == 1 else "softmax"
        return shaped(self.functions[name](logits), logits.shape, name, "probabilities")

    def loss(self, logits: Array, targets: Array) -> float:
        """The learner's cross-entropy of the task."""
        two = logits.shape[1] == 1
        name = "binary_cross_entropy" if two else "categorical_cross_entropy"
        return as_number(self.functions[name](self.probabilities(logits), targets), name)

    def look(self) -> None:
        """Measure loss and accuracy on the held-out examples."""
        task = self.task
        logits = self.network.forward(task.held_inputs)
        self.held_out.append(self.loss(logits, task.held_targets))
        probabilities, targets = self.probabilities(logits), task.held_targets
        self.answers = probabilities
        if targets.shape[1] == 1:  # one column for each class, as accuracy expects
            probabilities = np.hstack([1 - probabilities, probabilities])
            targets = np.hstack([1 - targets, targets])
        try:
            share = self.functions["accuracy"](probabilities, targets)
        except NotImplementedError:
            self.accuracies = []
        else:
            self.accuracies.append(as_number(share, "accuracy"))

    def advance(self, interrupt: Callable[[], None] = lambda: None) -> None:
        """Train for one epoch with the learner's ``train``, then look.

        `interrupt` is called at every batch; it may raise.
        """
        if not self.held_out:
            self.look()
        if self.schedule:
            rate = self.functions["cosine_schedule"](self.learning_rate, self.epoch, EPOCHS)
            self.optimizer.share = as_number(rate, "cosine_schedule") / self.learning_rate

        def recorded(logits: Array, targets: Array) -> float:
            interrupt()
            loss = self.loss(logits, targets)
            self.batches.append(loss)
            return loss

        kind = "sigmoid" if self.task.targets.shape[1] == 1 else "softmax"
        means = self.functions["train"](
            self.network,
            recorded,
            self.functions[f"{kind}_cross_entropy_gradient"],
            self.optimizer,
            self.task.inputs,
            self.task.targets,
            epochs=1,
            batch_size=self.batch_size,
            seed=self.epoch,
        )
        self.losses.append(float(shaped(means, (1,), "train", "one loss for each epoch")[0]))
        self.look()
        self._smooth()
        if self.patience:  # one more epoch without improvement tells a stop from the end so far
            said = self.functions["early_stopping"]([*self.held_out, np.inf], self.patience)
            best, stop = (
                int(epoch) for epoch in shaped(said, (2,), "early_stopping", "two epochs")
            )
            self.best = best if stop < len(self.held_out) else None

    def _smooth(self) -> None:
        """Average the losses of the batches with the learner's ``moving_average``."""
        count = len(self.batches) - WINDOW + 1
        if count < 1:
            return
        try:
            means = self.functions["moving_average"](np.array(self.batches), WINDOW)
        except NotImplementedError:
            return
        self.trend = shaped(means, (count,), "moving_average", "means")
