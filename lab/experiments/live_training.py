"""Live training: the learner's losses, optimizers and training loop on tumors and on digits."""

import threading
import time
from collections.abc import Callable, Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from lab.data.tables import load_digits
from lab.experiments.training_run import (
    LAYERS,
    OPTIMIZERS,
    Session,
    Stopped,
    TrainingRun,
    digits,
    tumors,
)
from lab.widget.error_panel import Attempt
from lab.widget.experiment import Answer, Challenge, Experiment, Learner, drawable
from lab.widget.javascript import script, style
from lab.widget.silent_print import quiet

Module = ModuleType | SimpleNamespace

EPOCHS = 30
HUGE = 1e6  # the largest loss that is sent
EPOCH_LIMIT = 10.0  # seconds that one epoch may take
WATCHABLE = 0.15  # seconds that an epoch takes at least, while somebody wants to watch it
EVERY = 0.05  # seconds between two messages at least
PATIENCE = 0.25  # seconds after which a stop no longer waits for the end of the epoch

USED = {
    "losses": (
        "sigmoid",
        "binary_cross_entropy",
        "sigmoid_cross_entropy_gradient",
        "softmax",
        "categorical_cross_entropy",
        "softmax_cross_entropy_gradient",
    ),
    "optimizers": OPTIMIZERS,
    "training": (*LAYERS, "train"),
    "loss_curves": ("accuracy",),
}

CHALLENGES = (
    Challenge(
        "live_training.digits",
        "Read 95 % of the held-out digits",
        "449 digits that the network has never seen.",
    ),
    Challenge(
        "live_training.sprint",
        "Read 95 % of them after at most 5 epochs",
        "What makes more of each epoch: the optimizer, the learning rate, the batch size?",
    ),
    Challenge(
        "live_training.overfit",
        "Let the held-out loss end at twice its lowest value or more",
        "While the training loss still falls.",
    ),
)


class LiveTrainingExperiment(Experiment):
    """The small network learns while one watches; everything that learns is the learner's.

    The front end sends ``{"type": "start", "id", "settings", "watch", "resume"}``, and
    ``{"type": "stop"}``, ``{"type": "reset"}`` or ``{"type": "state"}``. While a run goes on, and
    once when it ends, it gets ``{"type": "training", "id", "state", "settings", "epoch",
    "seconds", "left", "finite", "trouble", "shapes"}`` with one buffer: the whole record so far.

    Parameters
    ----------
    losses, optimizers, training, loss_curves : module or namespace
        The learner's four modules, or what ``lab.earlier`` made of them.
    **options
        Handed on to `Experiment`.
    """

    LIMIT = 5.0  # seconds; the static picture is a whole run

    _esm = script("live_training")
    _css = style("live_training")

    def __init__(
        self,
        losses: Module,
        optimizers: Module,
        training: Module,
        loss_curves: Module,
        **options: Any,
    ) -> None:
        modules = (losses, optimizers, training, loss_curves)
        functions = {
            name: getattr(module, name, None) or _absent(name)
            for module, names in zip(modules, USED.values(), strict=True)
            for name in names
        }
        self.tasks = {task.name: task for task in (tumors(), digits())}
        self._session: Session | None = None
        super().__init__(
            Learner(**functions),
            config={
                "epochs": EPOCHS,
                "optimizers": list(OPTIMIZERS),
                "rates": {"low": -4, "high": 0, "step": 0.25},
                "batch_sizes": [8, 16, 32, 64, 128],
                "tasks": {name: self._described(name) for name in self.tasks},
                "goal": {"accuracy": 0.95, "sprint": 5, "overfit": 2},
            },
            settings={
                "task": "tumors",
                "optimizer": "Adam",
                "learning_rate": 0.001,
                "batch_size": 32,
                "epochs": EPOCHS,
            },
            challenges=CHALLENGES,
            **options,
        )

    def _described(self, name: str) -> dict[str, Any]:
        task = self.tasks[name]
        two = task.held_targets.shape[1] == 1
        labels = task.held_targets[:, 0] if two else task.held_targets.argmax(axis=1)
        described: dict[str, Any] = {
            "examples": len(task.inputs),
            "guessing": task.guessing,
            "labels": [int(label) for label in labels],
        }
        if not two:  # one letter a pixel: "a" is paper, "q" is ink
            grays = np.rint(load_digits().raw(task.held_inputs)).astype(int)
            described["images"] = ["".join(chr(97 + gray) for gray in row) for row in grays]
        return described

    def _new_run(self, settings: Mapping[str, Any]) -> TrainingRun:
        return TrainingRun(
            self.tasks[str(settings["task"])],
            self.learner.fresh(),
            str(settings["optimizer"]),
            float(settings["learning_rate"]),
            int(settings["batch_size"]),
        )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Train for the epochs of the settings, at once."""
        run = self._new_run(settings)
        for _ in range(int(settings["epochs"])):
            run.advance()
        return Answer(
            (drawable(run.losses, HUGE), drawable(run.held_out, HUGE), drawable(run.accuracies, 1))
        )

    def picture(self, answer: Answer) -> Any:
        """Training and held-out loss beside the accuracy, drawn with Matplotlib."""

        from lab.pictures.style import BLUE, GREEN, ORANGE, SOFT, Picture, drawing

        settings = self.settings
        train, held, accuracies = answer.arrays
        guessing = self.tasks[str(settings["task"])].guessing
        epochs = np.arange(len(held))
        said = f"{settings['optimizer']}, learning rate {settings['learning_rate']:.3g}"
        with drawing((9, 3.6), 1, 2) as (figure, (curve, share)):
            curve.semilogy(epochs[1:] - 0.5, np.maximum(train, 1e-9), color=BLUE, label="training")
            curve.semilogy(epochs, np.maximum(held, 1e-9), "--", color=ORANGE, label="held out")
            curve.axhline(guessing, color=SOFT, linewidth=1, linestyle=(0, (2, 2)))
            curve.set(xlabel="epoch", ylabel="loss", title=said, ylim=(1e-3, 10))
            curve.legend()
            share.plot(epochs[: len(accuracies)], 100 * accuracies, color=GREEN)
            share.set(xlabel="epoch", ylabel="held-out accuracy (%)", ylim=(0, 101))
        reached = f" and the accuracy {100 * accuracies[-1]:.1f} %" if len(accuracies) else ""
        return Picture(
            figure,
            f"Training on {settings['task']} with {said} and batches of {settings['batch_size']}: "
            f"after {len(train)} epochs the training loss is {train[-1]:.3g}, the held-out loss "
            f"{held[-1]:.3g}{reached}.",
        )

    # ---- the run in the background ----

    def _receive(self, widget: Any, content: Any, buffers: Any) -> None:
        kind = content.get("type")
        session = self._session
        if kind == "start":
            self._start(content)
        elif kind in ("stop", "reset"):
            if session:
                session.stop.set()
            if kind == "reset":
                self._session = None
        elif kind == "state":
            if session:
                self._report(session)
        else:
            super()._receive(widget, content, buffers)

    def _start(self, request: Mapping[str, Any]) -> None:
        old = self._session
        if old:
            old.stop.set()
        attempt = Attempt(self._limit, EPOCH_LIMIT, self._files)
        run: TrainingRun | None = None
        seconds = 0.0
        if request.get("resume") and old and old.rested():
            run, seconds = old.run, old.seconds
        else:
            with attempt:
                run = attempt.call(lambda: self._new_run(request["settings"]))
        if run is None:
            trouble = attempt.trouble.message() if attempt.trouble else None
            reply = {"type": "training", "state": "trouble", "trouble": trouble}
            self.send({**reply, "id": request.get("id")})
            return
        session = self._session = Session(request, run, seconds)
        session.thread = threading.Thread(
            target=self._train, args=(session,), daemon=True, name="live training"
        )
        session.thread.start()

    def _train(self, session: Session) -> None:
        """Advance epoch by epoch, and tell after each one, until done or stopped."""
        with quiet():
            self._advance(session)

    def _advance(self, session: Session) -> None:
        run = session.run
        while session.state == "running":
            began = time.perf_counter()

            def interrupt(began: float = began) -> None:
                if session.stop.is_set() and time.perf_counter() - began > PATIENCE:
                    raise Stopped

            attempt = Attempt(self._limit, EPOCH_LIMIT, self._files)
            try:
                with attempt, np.errstate(all="ignore"):
                    attempt.call(lambda: run.advance(interrupt))
            except Stopped:
                session.state = "cut"
                break
            took = time.perf_counter() - began
            session.seconds += took
            if attempt.trouble:
                session.state, session.trouble = "trouble", attempt.trouble.message()
            elif run.epoch >= EPOCHS:
                session.state = "finished"
            if session.state != "running" or time.perf_counter() - session.told > EVERY:
                self._report(session)
            pause = WATCHABLE - took if session.watch else 0.002
            if session.state == "running" and session.stop.wait(max(pause, 0.002)):
                session.state = "stopped"
        if session.state in ("stopped", "cut"):
            self._report(session)

    def _report(self, session: Session) -> None:
        if session is not self._session:
            return  # a newer run has begun, or all was reset
        session.told = time.perf_counter()
        run = session.run
        each = session.seconds / max(1, run.epoch)
        arrays = [
            drawable(run.losses, HUGE),
            drawable(run.held_out, HUGE),
            drawable(run.accuracies, 1),
            drawable(run.batches, HUGE),
            drawable(run.answers, 1),
        ]
        self.send(
            {
                "type": "training",
                "id": session.id,
                "state": session.state,
                "settings": session.settings,
                "epoch": run.epoch,
                "seconds": session.seconds,
                "left": (EPOCHS - run.epoch) * (max(each, WATCHABLE) if session.watch else each),
                "finite": bool(np.isfinite(run.losses).all()),
                "trouble": session.trouble,
                "shapes": [array.shape for array in arrays],
            },
            buffers=[b"".join(array.tobytes() for array in arrays)],
        )

    def close(self) -> None:
        """Stop the run and close the widget."""
        if self._session:
            self._session.stop.set()
        super().close()


def _absent(name: str) -> Callable[..., Any]:
    """Stand-in for a function that the module lacks."""

    def absent(*_: Any, **__: Any) -> Any:
        raise NotImplementedError(f"{name}: not written yet")

    return absent


def watch_training(
    losses: Module, optimizers: Module, training: Module, loss_curves: Module
) -> LiveTrainingExperiment:
    """Open the live training on the learner's own losses, optimizers, training and accuracy.

    Parameters
    ----------
    losses, optimizers, training, loss_curves : module or namespace
        ``course.losses`` and so on, or what ``lab.earlier`` returns for them. While
        ``accuracy`` is not written, the training runs and its place says so.

    Returns
    -------
    LiveTrainingExperiment
        A widget; shown when it is the last line of a cell.
    """
    return LiveTrainingExperiment(losses, optimizers, training, loss_curves)
