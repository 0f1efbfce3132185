"""What an experiment asks of the learner before it shows what their functions do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lab.widget.kept import Kept

KIND = "predictions"


@dataclass(frozen=True)
class Prediction:
    """A question that comes first; the answer is kept, and the truth is laid over it.

    While it is open, the front end holds back every answer of the kernel, so that nothing can show
    the result; what it does then is described in ``static/shared/prediction.js``.

    Attributes
    ----------
    name : str
        The key in the file of predictions, such as ``"wave.curve"``.
    question : str
        What will happen? One or two sentences.
    kind : str
        ``"choice"``: one of `options`, by a click or its number's key. ``"number"``: a number that
        is typed. ``"curve"``: drawn on one of the experiment's plots. ``"place"``: a place on one
        of its pictures, a cell of a map for instance.
    options : sequence of (value, text)
        Of a choice.
    unit : str
        Of a number, behind it; ``"×"`` stands before it, for a factor.
    shows_run : bool
        Whether the run may be seen meanwhile: the experiment itself hides what is asked about.
    """

    name: str
    question: str
    kind: str = "choice"
    options: Sequence[tuple[Any, str]] = ()
    unit: str = ""
    shows_run: bool = False

    def message(self, kept: Kept) -> dict[str, Any]:
        """For the front end, with the answer that was given last; None if there is none."""
        before = kept.entries(KIND).get(self.name)
        given = before[-1].get("given") if isinstance(before, list) and before else None
        return asdict(self) | {"given": given}
