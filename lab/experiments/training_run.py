"""A training run of the small network by the learner's functions, and one that goes on by itself.

A `TrainingRun` advances by an epoch when asked; a `LiveRun` does so in its own thread, while the
experiment shows how far it is.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lab.data import Array
from lab.data.network import Network
from lab.data.tables import load_digits, load_tumors
from lab.widget.error_panel import Trouble
from lab.widget.experiment import drawable
from lab.widget.learner_functions import quiet
from lab.widget.returned_values import as_number, shaped

Functions = Mapping[str, Any]
Attempted = Callable[[Callable[[], None]], tuple[None, Trouble | None]]

OPTIMIZERS = ("SGD", "Momentum", "RMSprop", "Adam")
LAYERS = ("dense_forward", "dense_backward", "relu_forward", "relu_backward")
HIDDEN = {"tumors": 16, "digits": 32}

EPOCHS = 30
MAX_LOSS = 1e6  # the largest loss that is sent
EPOCH_LIMIT = 10.0  # seconds that one epoch may take
WATCHABLE = 0.15  # seconds that an epoch takes at least, while somebody wants to watch it
EVERY = 0.05  # seconds between two messages at least
PATIENCE = 0.25  # seconds after which a stop no longer waits for the end of the epoch


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
    answers : ndarray
        The probabilities of the held-out examples, as they are now.
    """

    def __init__(
        self,
        task: LearningTask,
        functions: Functions,
        optimizer: str,
        learning_rate: float,
        batch_size: int,
    ) -> None:
        self.task = task
        self.functions = functions
        self.batch_size = batch_size
        sizes = (task.inputs.shape[1], HIDDEN[task.name], task.targets.shape[1])
        self.network = Network(sizes, *(functions[name] for name in LAYERS))
        self.optimizer = functions[optimizer](learning_rate=learning_rate)
        self.losses: list[float] = []
        self.held_out: list[float] = []
        self.accuracies: list[float] = []
        self.batches: list[float] = []
        self.answers = np.zeros((0, sizes[-1]))

    @property
    def epoch(self) -> int:
        """Epochs done."""
        return len(self.losses)

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


class Stopped(BaseException):
    """Raised within a long epoch when the learner presses stop."""


class LiveRun:
    """One run in its own thread, and whether it shall go on.

    Parameters
    ----------
    request : dict
        What the front end asked for.
    run : TrainingRun
        New, or one that was stopped between two epochs.
    seconds : float
        How long the learner's code has taken for `run` so far.
    """

    def __init__(self, request: Mapping[str, Any], run: TrainingRun, seconds: float) -> None:
        self.id = str(request.get("id"))
        self.settings = dict(request["settings"])
        self.watch = bool(request.get("watch", True))
        self.run = run
        self.stop = threading.Event()
        self.state = "running"
        self.seconds = seconds
        self.trouble: dict[str, str] | None = None
        self.thread: threading.Thread | None = None
        self._reported = 0.0  # when the front end last got a message

    def start(self, attempted: Attempted, report: Callable[[], None]) -> None:
        """Begin to train; each epoch is `attempted`, then `report` is called."""
        self.thread = threading.Thread(
            target=self._train, args=(attempted, report), daemon=True, name="live training"
        )
        self.thread.start()

    def rested(self) -> bool:
        """Whether the run was stopped between two epochs, so that it can go on."""
        if self.thread:
            self.thread.join(1.0)  # the last epoch may still be under way
        return self.state == "stopped"

    def message(self) -> tuple[dict[str, Any], list[bytes]]:
        """The whole record so far, with its one buffer."""
        self._reported = time.perf_counter()
        run = self.run
        per_epoch = self.seconds / max(1, run.epoch)
        losses, held_out = drawable(run.losses, MAX_LOSS), drawable(run.held_out, MAX_LOSS)
        shares, batches = drawable(run.accuracies, 1), drawable(run.batches, MAX_LOSS)
        arrays = [losses, held_out, shares, batches, drawable(run.answers, 1)]
        head = {
            "type": "training",
            "id": self.id,
            "state": self.state,
            "settings": self.settings,
            "epoch": run.epoch,
            "seconds": self.seconds,
            "left": (EPOCHS - run.epoch) * (max(per_epoch, WATCHABLE) if self.watch else per_epoch),
            "finite": bool(np.isfinite(run.losses).all()),
            "trouble": self.trouble,
            "shapes": [array.shape for array in arrays],
        }
        return head, [b"".join(array.tobytes() for array in arrays)]

    def _train(self, attempted: Attempted, report: Callable[[], None]) -> None:
        """Advance epoch by epoch, and report after each one, until done or stopped."""
        with quiet():
            while self.state == "running":
                took = self._advance(attempted)
                late = time.perf_counter() - self._reported > EVERY
                if self.state in ("finished", "trouble") or (self.state == "running" and late):
                    report()
                pause = WATCHABLE - took if self.watch else 0.002
                if self.state == "running" and self.stop.wait(max(pause, 0.002)):
                    self.state = "stopped"
            if self.state in ("stopped", "cut"):
                report()

    def _advance(self, attempted: Attempted) -> float:
        """Train for one epoch, and return the seconds that it took."""
        began = time.perf_counter()

        def interrupt() -> None:
            if self.stop.is_set() and time.perf_counter() - began > PATIENCE:
                raise Stopped

        try:
            with np.errstate(all="ignore"):
                _, trouble = attempted(lambda: self.run.advance(interrupt))
        except Stopped:
            self.state = "cut"
            return 0.0
        took = time.perf_counter() - began
        self.seconds += took
        if trouble:
            self.state, self.trouble = "trouble", trouble.message()
        elif self.run.epoch >= EPOCHS:
            self.state = "finished"
        return took
