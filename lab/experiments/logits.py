"""Three logits under the hand, the learner's softmax of them, and what the answer costs."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lab.widget.experiment import Answer, Challenge, Experiment, Prediction, drawable
from lab.widget.returned_values import as_number, shaped

CLASSES = ("cat", "dog", "bird")
HUGE = 1e9  # the largest loss that is sent
FAR_UP = 1000.0  # beyond what the exponential can take


class LogitsExperiment(Experiment, folder="logits"):
    """Logits of a cat, a dog and a bird, their softmax, and the loss for one of them."""

    FUNCTIONS = ("softmax", "categorical_cross_entropy")
    CONFIG = {
        "classes": list(CLASSES),
        "logits": {"low": -6, "high": 6, "step": 0.05},
        "shifts": {"low": -6, "high": 6, "step": 0.1},
        "far": FAR_UP,
        "goal": [0.70, 0.20, 0.10],
        "asked": 2.0,
    }
    SETTINGS = {"logits": [2.0, 1.0, 0.0], "shift": 0.0, "target": 0}
    CHALLENGES = (
        Challenge(
            "logits.cat",
            "Give cat, dog and bird the probabilities 0.70, 0.20 and 0.10",
            "To two decimal places.",
        ),
        Challenge(
            "logits.huge",
            "Add 1,000 to all three logits and keep the probabilities",
            "If yours become nan, fix your softmax: the experiment follows when you save.",
        ),
    )
    PREDICTION = Prediction(
        "logits.raise",
        "The dog's logit rises from 1 to 2. What becomes of the cat's probability and of the "
        "bird's?",
        options=(
            ("ratio", "both shrink by the same factor"),
            ("equal", "both lose the same amount"),
            ("cat", "only the larger one shrinks"),
        ),
    )

    def compute(self, settings: Mapping[str, Any], functions: Mapping[str, Any]) -> Answer:
        """Return the probabilities of the shifted logits, and the loss for the target."""
        logits = np.array([settings["logits"]], float) + float(settings["shift"])
        returned = functions["softmax"](logits.copy())
        probabilities = shaped(returned, logits.shape, "softmax", "probabilities")
        target = np.eye(len(CLASSES))[[int(settings["target"])]]
        returned = functions["categorical_cross_entropy"](probabilities.copy(), target)
        loss = as_number(returned, "categorical_cross_entropy")
        return Answer(
            arrays=(drawable(probabilities[0], HUGE), drawable([loss], HUGE)),
            note={
                "probabilities": [float(p) if np.isfinite(p) else None for p in probabilities[0]],
                "sum": float(probabilities.sum()) if np.isfinite(probabilities).all() else None,
                "loss": loss if np.isfinite(loss) else None,
            },
        )

    def picture(self, answer: Answer) -> Any:
        """Logits and probabilities as bars, drawn with Matplotlib."""
        from lab.pictures.colors import BLUE, INK, ORANGE, SOFT
        from lab.pictures.style import Picture, drawing, note

        logits = np.array(self.settings["logits"]) + self.settings["shift"]
        chosen = CLASSES[self.settings["target"]]
        probabilities, (loss,) = answer.arrays
        colors = [BLUE if name == chosen else SOFT for name in CLASSES]
        with drawing((8.4, 3.4), 1, 2) as (figure, (before, after)):
            before.bar(CLASSES, logits, color=ORANGE)
            before.axhline(0, color=INK, linewidth=1)
            before.margins(y=0.15)
            before.set(title="Logits", ylabel="logit")
            after.bar(CLASSES, probabilities, color=colors)
            after.set(ylim=(0, 1.1), ylabel="probability")
            after.set_title(f"After softmax: a {chosen} costs {loss:.3f}")
            for axes, values in ((before, logits), (after, probabilities)):
                for place, value in enumerate(values):
                    offset = (0, -14 if value < 0 else 4)
                    note(axes, f"{value:.2f}", (place, value), offset, INK, "center")
        rows = ", ".join(
            f"{name} {z:.2f} to {p:.2f}"
            for name, z, p in zip(CLASSES, logits, probabilities, strict=True)
        )
        return Picture(
            figure,
            f"Softmax turns three logits into probabilities: {rows}. If it is a {chosen}, the "
            f"cross-entropy is {loss:.3f}.",
        )


def drag_logits(
    softmax: Callable[[ArrayLike], Any],
    categorical_cross_entropy: Callable[[ArrayLike, ArrayLike], Any],
) -> LogitsExperiment:
    """Open the three logits on the learner's ``softmax`` and ``categorical_cross_entropy``.

    Parameters
    ----------
    softmax : callable
        ``softmax(logits)``, as written in ``course/losses.py``.
    categorical_cross_entropy : callable
        ``categorical_cross_entropy(probabilities, targets)``, from the same file; edits of the
        file show at once.
    """
    return LogitsExperiment(softmax, categorical_cross_entropy)
