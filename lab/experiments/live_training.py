"""Live training: the learner's losses, optimizers and training loop on tumors and on digits."""

from collections.abc import Callable, Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from lab.data.landscapes import RUNNERS
from lab.data.network import LAYERS
from lab.data.tables import load_digits
from lab.experiments import live_run
from lab.experiments.live_run import LiveRun
from lab.experiments.training_run import EPOCHS, MAX_LOSS, WINDOW, TrainingRun, digits, tumors
from lab.widget.error_panel import Trouble
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.time_limit import Returned

Module = ModuleType | SimpleNamespace

USED = {
    "losses": (
        "sigmoid",
        "binary_cross_entropy",
        "sigmoid_cross_entropy_gradient",
        "softmax",
        "categorical_cross_entropy",
        "softmax_cross_entropy_gradient",
    ),
    "optimizers": RUNNERS,
    "training": (*LAYERS, "train"),
    "loss_curves": ("accuracy", "early_stopping", "moving_average"),
    "learning_rate": ("cosine_schedule",),
}


class LiveTrainingExperiment(Experiment, folder="live_training"):
    """The small network learns while one watches; everything that learns is the learner's.

    The front end sends ``{"type": "start", "id", "settings", "watch", "resume"}``, and
    ``{"type": "stop"}``, ``{"type": "reset"}`` or ``{"type": "state"}``. While a run goes on, and
    once when it ends, it gets ``{"type": "training", "id", "state", "settings", "epoch",
    "seconds", "left", "finite", "trouble", "shapes"}`` with one buffer: the whole record so far.
    """

    LIMIT = 5.0  # seconds; the static picture is a whole run
    FUNCTIONS = tuple(name for names in USED.values() for name in names)
    CONFIG = {
        "epochs": EPOCHS,
        "optimizers": list(RUNNERS),
        "window": WINDOW,
        "rates": {"low": -4, "high": 0, "step": 0.25},
        "batch_sizes": [8, 16, 32, 64, 128],
        "patience": 5,
        "goal": {"accuracy": 0.95, "sprint": 5, "overfit": 2},
    }
    SETTINGS = {
        "task": "tumors",
        "optimizer": "SGD",
        "learning_rate": 0.001,
        "batch_size": 32,
        "schedule": False,
        "patience": 0,
        "epochs": EPOCHS,
    }
    CHALLENGES = (
        Challenge(
            "live_training.digits",
            "Read 95% of the held-out digits",
            "449 digits that the network has never seen.",
        ),
        Challenge(
            "live_training.sprint",
            "Read 95% of them after at most 5 epochs",
            "What makes more of each epoch: the optimizer, the learning rate, the batch size?",
        ),
        Challenge(
            "live_training.overfit",
            "Let the held-out loss end at twice its lowest value or more",
            "While the training loss still falls.",
        ),
    )
    PREDICTION = Prediction(
        "live_training.sgd",
        "Tumors, plain SGD, learning rate 0.001, batches of 32: guessing costs 0.693. Where will "
        "the training loss be after 30 epochs?",
        options=(("high", "above 0.4"), ("middle", "0.1 to 0.4"), ("low", "below 0.1")),
    )

    def __init__(
        self,
        losses: Module,
        optimizers: Module,
        training: Module,
        loss_curves: Module,
        learning_rate: Module | None = None,
        **options: Any,
    ) -> None:
        modules = (losses, optimizers, training, loss_curves, learning_rate)
        functions = [
            getattr(module, name, None) or _absent(name)
            for module, names in zip(modules, USED.values(), strict=True)
            for name in names
        ]
        self.tasks = {task.name: task for task in (tumors(), digits())}
        self._live: LiveRun | None = None
        described = {name: self._described(name) for name in self.tasks}
        super().__init__(*functions, tasks=described, **options)

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
            bool(settings.get("schedule")),
            int(settings.get("patience", 0)),
        )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Train for the epochs of the settings, at once."""
        run = self._new_run(settings)
        while run.epoch < int(settings["epochs"]) and not run.done:
            run.advance()
        losses, held_out = drawable(run.losses, MAX_LOSS), drawable(run.held_out, MAX_LOSS)
        return Answer((losses, held_out, drawable(run.accuracies, 1)))

    def agrees(self, settings: Mapping[str, Any]) -> bool:
        """Whether two epochs by the learner's functions go as by the reference."""
        return super().agrees({**settings, "epochs": 2})

    def picture(self, answer: Answer) -> Any:
        """Training and held-out loss beside the accuracy, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, GREEN, ORANGE, SOFT
        from lab.pictures.style import Picture, drawing

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
        reached = f" and the accuracy {100 * accuracies[-1]:.1f}%" if len(accuracies) else ""
        return Picture(
            figure,
            f"Training on {settings['task']} with {said} and batches of {settings['batch_size']}: "
            f"after {len(train)} epochs the training loss is {train[-1]:.3g}, the held-out loss "
            f"{held[-1]:.3g}{reached}.",
        )

    def _receive(self, widget: Any, content: Any, buffers: Any) -> None:
        kind = content.get("type")
        live = self._live
        if kind == "start":
            self._start(content)
        elif kind in ("stop", "reset"):
            if live:
                live.stop()
            if kind == "reset":
                self._live = None
        elif kind == "state":
            if live:
                self._report(live)
        else:
            super()._receive(widget, content, buffers)

    def _start(self, request: Mapping[str, Any]) -> None:
        old = self._live
        if old:
            old.stop()
        if request.get("resume") and old and old.rested():
            run, seconds = old.run, old.seconds
        else:
            made, trouble = self._in_time(lambda: self._new_run(request["settings"]))
            if made is None:
                said = trouble.message() if trouble else None
                reply = {"type": "training", "state": "trouble", "trouble": said}
                self.send({**reply, "id": request.get("id")})
                return
            run, seconds = made, 0.0
        live = self._live = LiveRun(request, run, seconds)
        live.start(self._in_time, lambda: self._report(live))

    def _in_time(self, work: Callable[[], Returned]) -> tuple[Returned | None, Trouble | None]:
        return self._attempted(work, live_run.EPOCH_LIMIT)

    def _report(self, live: LiveRun) -> None:
        if live is self._live:  # else a newer run has begun, or all was reset
            head, buffers = live.message()
            self.send(head, buffers=buffers)

    def close(self) -> None:
        """Stop the run and close the widget."""
        if self._live:
            self._live.stop()
        super().close()


def _absent(name: str) -> Callable[..., Any]:
    """Stand-in for a function that the module lacks."""

    def absent(*_: Any, **__: Any) -> Any:
        raise NotImplementedError(f"{name}: not written yet")

    return absent


def watch_training(
    losses: Module,
    optimizers: Module,
    training: Module,
    loss_curves: Module,
    learning_rate: Module | None = None,
) -> LiveTrainingExperiment:
    """Open the live training on the learner's own losses, optimizers, training and accuracy.

    Parameters
    ----------
    losses, optimizers, training, loss_curves, learning_rate : module or namespace
        ``course.losses`` and so on, or what ``lab.earlier`` returns for them. While
        ``accuracy`` is not written, the training runs and its place says so. The schedule is
        ``cosine_schedule`` of `learning_rate`, the stop is ``early_stopping`` of `loss_curves`.
    """
    return LiveTrainingExperiment(losses, optimizers, training, loss_curves, learning_rate)
