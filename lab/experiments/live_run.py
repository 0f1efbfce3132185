"""A training run that goes on by itself, beside the kernel, and reports how far it is."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from lab.experiments.training_run import EPOCHS, MAX_LOSS, TrainingRun
from lab.widget.background import Background
from lab.widget.error_panel import Trouble
from lab.widget.experiment import drawable
from lab.widget.learner_functions import quiet

Attempted = Callable[[Callable[[], None]], tuple[None, Trouble | None]]

EPOCH_LIMIT = 10.0  # seconds that one epoch may take
WATCHABLE = 0.15  # seconds that an epoch takes at least, while somebody wants to watch it
EVERY = 0.05  # seconds between two messages at least
PATIENCE = 0.25  # seconds after which a stop no longer waits for the end of the epoch


class Stopped(BaseException):
    """Raised within the learner's training when stop was pressed."""


class LiveRun:
    """One run, and whether it shall go on.

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
        self.state = "running"
        self.seconds = seconds
        self.trouble: dict[str, str] | None = None
        self.work: Background | None = None
        self._reported = 0.0  # when the front end last got a message

    def start(self, attempted: Attempted, report: Callable[[], None]) -> None:
        """Begin to train; each epoch is `attempted`, then `report` is called."""
        self.work = Background(self._train(attempted, report), "live training")
        self.work.start()

    def stop(self) -> None:
        """Let the run stop, as soon as it can."""
        if self.work:
            self.work.stop.set()

    def rested(self) -> bool:
        """Whether the run was stopped between two epochs, so that it can go on."""
        if self.work:
            self.work.finish(1.0)  # the last epoch may still be under way
        return self.state == "stopped"

    def message(self) -> tuple[dict[str, Any], list[bytes]]:
        """The whole record so far, with its one buffer."""
        self._reported = time.perf_counter()
        run = self.run
        per_epoch = self.seconds / max(1, run.epoch)
        losses, held_out = drawable(run.losses, MAX_LOSS), drawable(run.held_out, MAX_LOSS)
        shares, batches = drawable(run.accuracies, 1), drawable(run.batches, MAX_LOSS)
        trend = drawable(run.trend, MAX_LOSS)
        arrays = [losses, held_out, shares, batches, drawable(run.answers, 1), trend]
        head = {
            "type": "training",
            "id": self.id,
            "state": self.state,
            "settings": self.settings,
            "epoch": run.epoch,
            "best": run.best,
            "seconds": self.seconds,
            "left": (EPOCHS - run.epoch) * (max(per_epoch, WATCHABLE) if self.watch else per_epoch),
            "finite": bool(np.isfinite(run.losses).all()),
            "trouble": self.trouble,
            "shapes": [array.shape for array in arrays],
        }
        return head, [b"".join(array.tobytes() for array in arrays)]

    def _train(self, attempted: Attempted, report: Callable[[], None]) -> Iterator[float]:
        """Advance epoch by epoch, and report after each one, until done or stopped."""
        while self.state == "running":
            with quiet():
                took = self._advance(attempted)
            late = time.perf_counter() - self._reported > EVERY
            if self.state in ("finished", "trouble") or (self.state == "running" and late):
                report()
            if self.state == "running":
                yield max(WATCHABLE - took if self.watch else 0.0, 0.002)
                if self._stopping:
                    self.state = "stopped"
        if self.state in ("stopped", "cut"):
            report()

    @property
    def _stopping(self) -> bool:
        return self.work is not None and self.work.stop.is_set()

    def _advance(self, attempted: Attempted) -> float:
        """Train for one epoch, and return the seconds that it took."""
        began = time.perf_counter()

        def interrupt() -> None:
            if self._stopping and time.perf_counter() - began > PATIENCE:
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
        elif self.run.done:
            self.state = "finished"
        return took
