"""Draw a digit: the network that the learner's own code trains reads it while it is drawn."""

import time
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from lab.data import Array
from lab.data.handwriting import as_image, drawn_by_hand
from lab.data.network import LAYERS, Network
from lab.data.tables import load_digits
from lab.experiments.live_run import Stopped
from lab.widget.background import Background
from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, Unusable, drawable
from lab.widget.learner_functions import quiet
from lab.widget.returned_values import shaped

Module = ModuleType | SimpleNamespace

HIDDEN = 48
PAPER_AND_INK = (4.9, 6.0)  # mean and standard deviation of all grey levels of the table
LONGEST = 120.0  # seconds that a training may take
EVERY = 0.06  # seconds between two looks at the network in training
SLOWLY = 0.002  # seconds that each step rests while somebody wants to watch
AT_FIRST = 0.1  # seconds that the first steps rest, since most happens then


class DigitNetwork(Network):
    """A network of the learner's layers that reads images as they are in the table, 0 to 16.

    Parameters
    ----------
    functions : mapping
        The learner's layers, by name.
    watch : callable, optional
        Called whenever new weights are set.
    """

    def __init__(
        self, functions: Mapping[str, Any], watch: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__((64, HIDDEN, 10), *(functions[name] for name in LAYERS))
        self.watch = watch

    def forward(self, inputs: Any) -> Array:
        """Logits (n, 10) for images (n, 64) of grey levels."""
        mean, deviation = PAPER_AND_INK
        return super().forward((np.asarray(inputs, float) - mean) / deviation)

    def set_weights(self, weights: Any) -> None:
        """Replace the weights, and tell who watches."""
        super().set_weights(weights)
        self.watch()


class DrawDigitExperiment(Experiment, folder="draw_digit"):
    """A pad, and a network that learns to read what is drawn there.

    The front end sends ``{"type": "train", "slowly"}`` and ``{"type": "stop"}``. It gets
    ``{"type": "training", "state", "steps", "loss", "trouble", "shapes"}`` with one buffer: the
    step of every look so far, and the held-out accuracy there. `compute`
    reads with the weights of the latest look.
    """

    FUNCTIONS = ("train_classifier", "softmax", *LAYERS)
    CONFIG = {
        "examples": [[s.round(3).tolist() for s in drawn_by_hand(digit)] for digit in range(10)],
        "held_out": len(load_digits().test.features),
        "sure": 0.99,
    }
    SETTINGS = {"strokes": CONFIG["examples"][3], "look": 0}
    CHALLENGES = (
        Challenge(
            "draw_digit.ten",
            "Draw all ten digits",
            "Train your network first; then see how many of yours it reads.",
        ),
        Challenge(
            "draw_digit.fool",
            "Make it 99% sure of something that is no digit",
            "Draw nonsense, then press the button.",
        ),
    )
    PREDICTION = Prediction(
        "draw_digit.ten",
        "Your train_classifier trains a network on 1,348 digits by other hands. Of new digits by "
        "those hands, a good network reads 97 in 100. Then you draw ten digits here. How many will "
        "it read?",
        options=((3, "3 or fewer"), (6, "4 to 6"), (8, "7 or 8"), (9, "9"), (10, "all ten")),
    )

    def __init__(
        self, train_classifier: Callable[..., Any], losses: Module, training: Module, **options: Any
    ) -> None:
        self._weights: Array | None = None
        self._training: ClassifierRun | None = None
        layers = (getattr(training, name) for name in LAYERS)
        super().__init__(train_classifier, losses.softmax, *layers, **options)

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Return the image of the strokes and the probability of each digit."""
        network = DigitNetwork(functions)
        if self._weights is not None:
            network.set_weights(self._weights)
        image = as_image(settings["strokes"])
        logits = network.forward(image[None])
        probabilities = shaped(functions["softmax"](logits), (1, 10), "softmax", "probabilities")
        return Answer((drawable(image, 16), drawable(probabilities[0], 1)))

    def picture(self, answer: Answer) -> Any:
        """The image that the network sees beside its probabilities, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE
        from lab.pictures.style import Picture, drawing

        image, probabilities = answer.arrays
        trained = "trained by your code" if self._weights is not None else "not trained yet"
        with drawing((7, 3), 1, 2) as (figure, (seen, bars)):
            seen.imshow(image.reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
            seen.set(title="What the network sees", xticks=[], yticks=[])
            seen.grid(False)
            bars.bar(np.arange(10), probabilities, color=BLUE)
            bars.set(title=f"What it reads ({trained})", xticks=np.arange(10), ylim=(0, 1))
        return Picture(
            figure,
            f"A drawn digit as an image of 8 by 8 pixels, and the ten probabilities of a network, "
            f"{trained}: most likely {probabilities.argmax()}, {probabilities.max():.0%}.",
        )

    def _receive(self, widget: Any, content: Any, buffers: Any) -> None:
        if content.get("type") == "train":
            self._stop()
            self._training = ClassifierRun(self, bool(content.get("slowly")))
            self._training.work.start()
        elif content.get("type") == "stop":
            self._stop()
        elif content.get("type") == "state":
            if self._training:
                self._training.report()
        else:
            super()._receive(widget, content, buffers)

    def _stop(self) -> None:
        if self._training:
            self._training.work.stop.set()

    def close(self) -> None:
        """Stop the training and close the widget."""
        self._stop()
        super().close()

    def show_weights(self, weights: Array) -> None:
        """Read with these weights from now on."""
        self._weights = weights


class ClassifierRun:
    """One call of the learner's ``train_classifier``, looked at as it goes.

    Parameters
    ----------
    experiment : DrawDigitExperiment
        Gets the weights of every look, and sends what is known of the run.
    slowly : bool
        Whether the training shall take long enough to be watched.
    """

    def __init__(self, experiment: DrawDigitExperiment, slowly: bool) -> None:
        self.experiment = experiment
        self.slowly = slowly
        self.state, self.steps = "running", 0
        self.trouble: dict[str, str] | None = None
        self.looks: list[tuple[int, float]] = []  # at which step, and the held-out accuracy there
        self.loss: float | None = None
        self._looked = 0.0
        self.work = Background(self._train(), "training to read")

    def _train(self) -> Iterator[float]:
        yield 0.0  # a call cannot be left and taken up again: this is the only piece
        try:
            with quiet(), np.errstate(all="ignore"):
                _, trouble = self.experiment._attempted(self._trained, LONGEST)
        except Stopped:
            trouble, self.state = None, "stopped"
        if trouble:
            self.state, self.trouble = "trouble", trouble.message()
        self.report()

    def _trained(self) -> None:
        functions = self.experiment.learner.fresh()
        table = load_digits()
        self.images = np.rint(table.raw(table.test.features))
        self.labels = table.test.targets.argmax(axis=1)
        self.network = DigitNetwork(functions, self._watch)
        self.reader = DigitNetwork(functions)
        self._look()
        images = np.rint(table.raw(table.train.features))
        means = functions["train_classifier"](
            self.network, images, table.train.targets.argmax(axis=1)
        )
        self._look()
        if means is None or not np.size(means):
            raise Unusable(
                "`train_classifier` returned no losses; expected the mean of each epoch."
            )
        self.loss = float(np.ravel(means)[-1])
        self.state = "finished"

    def _watch(self) -> None:
        """After each step: stop if that was asked, look now and then."""
        if self.work.stop.is_set():
            raise Stopped
        self.steps += 1
        if self.slowly:
            time.sleep(SLOWLY + AT_FIRST / (1 + self.steps / 10))
        if time.perf_counter() - self._looked > EVERY:
            self._look()
            self.report()

    def _look(self) -> None:
        """Measure the accuracy on the held-out digits, and read with the present weights."""
        weights = self.network.get_weights()
        self.reader.set_weights(weights)
        guesses = self.reader.forward(self.images).argmax(axis=1)
        self.looks.append((self.steps, float(np.mean(guesses == self.labels))))
        self.experiment.show_weights(weights)
        self._looked = time.perf_counter()

    def report(self) -> None:
        """Tell the front end how far the training is."""
        if self is not self.experiment._training:
            return
        looks = drawable(np.reshape(self.looks, (-1, 2)).T, 1e6)
        head = {
            "type": "training",
            "state": self.state,
            "steps": self.steps,
            "loss": self.loss if self.loss is not None and np.isfinite(self.loss) else None,
            "trouble": self.trouble,
            "shapes": [row.shape for row in looks],
        }
        self.experiment.send(head, buffers=[looks.tobytes()])


def draw_digit(
    train_classifier: Callable[..., Any], losses: Module, training: Module
) -> DrawDigitExperiment:
    """Open the pad, read by a network that the learner's own code trains.

    In a lesson: ``draw_digit(capstone.train_classifier, earlier(losses), earlier(training))``.

    Parameters
    ----------
    train_classifier : callable
        As written in ``course/capstone.py``.
    losses, training : module or namespace
        ``course.losses`` and ``course.training``, or what ``lab.earlier`` returns for them: the
        network's layers and its softmax. Edits of the files show at once.
    """
    return DrawDigitExperiment(train_classifier, losses, training)
