"""The base of all experiments: a widget whose every picture runs the learner's own functions.

To add an experiment
--------------------
1. ``lab/experiments/<name>.py``: ``class …(Experiment, folder="<name>")``, which states its
   `FUNCTIONS`, `CONFIG`, `SETTINGS`, `CHALLENGES` and `PREDICTION`; `compute`, which runs the
   learner's functions for one dictionary of settings and returns an `Answer`; and `picture`, the
   static picture for notebooks without a kernel. Below it, the function that lessons call, whose
   docstring says which of the learner's functions it takes. The example to follow is
   ``lab/experiments/learning_rate.py``.
2. ``lab/static/experiments/<name>/main.js``: ``export default experiment("<name>", "<title>",
   { Panel, Drawing, Round }, …)``; what the three classes are for, and what the frame offers them,
   is described in ``static/shared/frame.js``; the round's ``compare(given)`` says how a prediction
   turned out (``static/shared/prediction.js``). ``style.css`` beside it if it needs one.
3. Name the function in ``lab/__init__.py``.
4. Raise `Unusable` from `compute` when a returned value cannot be drawn, with a sentence that says
   what came and what was expected. Other exceptions need no care: the base shows them in place.
5. Tests: `compute` and `picture` in ``tests/lab``, drawing logic in ``tests/javascript``, one
   look in a real browser in ``tests/browser``.

How it talks
------------
One message each way for an update. The front end sends ``{"type": "run", "view", "seq",
"settings": [...], "now"}`` and keeps at most one request in flight, of which only the newest waits.
The reply is ``{"type": "answer", "view", "seq", "version", "items", "ms", "slow", "trouble"}`` with
one buffer of float32. ``now`` asks for one picture; otherwise the settings are guesses of where
the slider goes next (speculation), of which as many are computed as fit into `BATCH` seconds, a few
at a time: a request for a picture that arrives meanwhile is answered first, the guesses after it.
``{"type": "look"}`` asks for the version of the learner's code, ``{"type": "predicted"}`` reports a
prediction, and ``{"type": "achieved"}`` a challenge with the settings on screen. It counts if the
learner's functions agree there with the reference; the answer says so.
"""

import asyncio
import datetime
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

import anywidget
import numpy as np
import traitlets

from lab.reference_functions import references
from lab.widget.background import PACE, THREADS
from lab.widget.error_panel import Trouble, Unusable, attempted
from lab.widget.javascript import script, style_of_experiment
from lab.widget.kept import Kept
from lab.widget.learner_functions import LearnerFunctions, quiet
from lab.widget.prediction import KIND as PREDICTIONS
from lab.widget.prediction import Prediction
from lab.widget.reply import Answer, Reply, drawable
from lab.widget.returned_values import alike
from lab.widget.still_copy import show_below_copy
from lab.widget.time_limit import Returned, TimeLimit

__all__ = [
    "Answer",
    "Challenge",
    "Experiment",
    "Prediction",
    "Unusable",
    "drawable",
]

Settings = Mapping[str, Any]
SAVED = "Saved picture: run the lesson again to play with it."


@dataclass(frozen=True)
class Challenge:
    """A goal of an experiment; its `name` is the key in the file of challenges met."""

    name: str
    title: str
    text: str


class Experiment(anywidget.AnyWidget):
    """A widget that draws what the learner's functions do, as the last line of a cell.

    Parameters
    ----------
    *functions : callable
        The learner's, in the order of `FUNCTIONS`.
    kept : Kept, optional
        Where met challenges and predictions are kept; beside the nearest ``course/`` by default.
    **config
        What the front end needs to know of this widget, beside `CONFIG`.

    Attributes
    ----------
    settings : dict
        The settings of the picture last left on screen, for use in the notebook.
    """

    FUNCTIONS: tuple[str, ...] = ()  # names of the learner's functions that it runs
    CONFIG: Settings = {}  # what the front end needs to know; JSON values only
    SETTINGS: Settings = {}  # at the start
    STILL: Settings = {}  # what the static picture shows instead, where the start would tell all
    CHALLENGES: tuple[Challenge, ...] = ()  # the goals, in order
    PREDICTION: Prediction | None = None  # asked before anything is shown
    OWN_DESIGN: tuple[str, ...] = ()  # functions that have no reference: each learner's is another
    LIMIT = 2.0  # seconds that one picture may take
    # seconds after which guesses are sent: in a browser each request costs a tenth of a second
    BATCH = 0.04 if THREADS else 0.4
    SLICE = 0.001  # seconds after which guesses pause
    PAUSE = 0.001  # seconds of that pause
    LATE = 0.05  # seconds by which guesses follow a picture that has overtaken them

    config = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, folder: str = "", **options: Any) -> None:
        """Give an experiment the front end in ``static/experiments/<folder>``."""
        if folder:
            cls._esm = script(f"experiments/{folder}/main")
            cls._css = style_of_experiment(folder)
        super().__init_subclass__(**options)

    def __init__(self, *functions: Any, kept: Kept | None = None, **config: Any) -> None:
        self.learner = LearnerFunctions(**dict(zip(self.FUNCTIONS, functions, strict=True)))
        self._limit = TimeLimit()
        self._guesses: dict[str | None, Reply] = {}  # for each view, what is being computed ahead
        self.kept = kept or Kept.beside_course()
        met = self.kept.entries("practice")
        goals = [asdict(goal) | {"done": goal.name in met} for goal in self.CHALLENGES]
        config = {**self.CONFIG, **config, "challenges": goals}
        if self.PREDICTION:
            config["prediction"] = self.PREDICTION.message(self.kept)
        super().__init__(config=config, settings=dict(self.SETTINGS))
        self.on_msg(self._receive)

    # ---- for the experiments to write ----

    def compute(self, settings: Settings, functions: Mapping[str, Any]) -> Answer:
        """Run the learner's `functions` for one dictionary of settings."""
        raise NotImplementedError

    def picture(self, answer: Answer) -> Any:
        """The static picture, a `lab.pictures.Picture`, of the answer to the present settings.

        What `STILL` names is as it says there.
        """
        raise NotImplementedError

    # ---- what all share ----

    def attempt(
        self, settings: Settings, seconds: float, *, look: bool = True
    ) -> tuple[Answer | None, Trouble | None]:
        """Return the answer for `settings`, or what to tell the learner instead.

        Without a `look` at the files, the functions are those last seen. Many runs need no more
        than one look, and in a browser a look takes longer than a run.
        """

        def answer() -> Answer:
            return self.compute(settings, self.learner.fresh(look=look))

        with quiet(), np.errstate(all="ignore"):
            return self._attempted(answer, seconds)

    def _attempted(
        self, work: Callable[[], Returned], seconds: float
    ) -> tuple[Returned | None, Trouble | None]:
        return attempted(work, self._limit, PACE * seconds, self._files)

    def _files(self) -> list[str]:
        folder = self.learner.folder
        members = [
            member
            for given in self.learner.given()
            for member in (given, *(vars(given).values() if isinstance(given, type) else ()))
        ]
        codes = [getattr(member, "__code__", None) for member in members]
        return [str(folder)] * bool(folder) + [code.co_filename for code in codes if code]

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("type")
        if kind == "run":
            self._run(content)
        elif kind == "look":
            self.send({"type": "version", "version": self.learner.look()})
        elif kind == "achieved":
            self._achieve(str(content.get("challenge")), content.get("settings") or self.settings)
        elif kind == "predicted":
            self._predicted(str(content.get("prediction")), content.get("given"))

    def _run(self, request: Mapping[str, Any]) -> None:
        reply = Reply(request, self.learner.look())
        guessed = self._guesses.pop(reply.view, None)
        if request.get("now"):
            self._deliver(reply, self._answer(reply, self.LIMIT))
        if guessed:  # what there is of it; the rest is no longer asked for
            self._after(self.LATE, self._deliver, guessed)
        if not request.get("now"):
            self._guesses[reply.view] = reply
            self._guess_on(reply)

    def _answer(self, reply: Reply, seconds: float) -> Trouble | None:
        """Add the answer to the next settings of a request."""
        settings = reply.following
        if settings is None:
            return None
        answer, trouble = self.attempt(settings, seconds, look=False)  # seen when the request came
        if answer is None:
            reply.add(None, {}, trouble)
        else:
            reply.add(answer.arrays, answer.note | answer.aside, trouble)
        return trouble

    def _guess_on(self, reply: Reply) -> None:
        """Answer a few of the guesses, then let in what has come meanwhile, and go on.

        A request for a picture thus waits for `SLICE` seconds and one run of the learner's code at
        most; in the pause the kernel's other threads, which receive and send, get their turn.
        Without an event loop, outside a kernel, one guess follows the other.
        """
        if self._guesses.get(reply.view) is not reply:
            return  # a newer request has ended it
        began = time.perf_counter()
        self._answer(reply, self.LIMIT / 8)
        while reply.following is not None and time.perf_counter() - began < self.SLICE:
            self._answer(reply, self.LIMIT / 8)
        if reply.following is None or reply.seconds > self.BATCH:
            del self._guesses[reply.view]
            self._deliver(reply)
        else:
            self._after(self.PAUSE, self._guess_on, reply)

    @staticmethod
    def _after(seconds: float, act: Callable[[Reply], None], reply: Reply) -> None:
        """Call ``act(reply)`` a little later in the same thread; at once where no loop runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            act(reply)
        else:
            loop.call_later(seconds, act, reply)

    def _deliver(self, reply: Reply, trouble: Trouble | None = None) -> None:
        head, buffers = reply.message(trouble)
        self.send(head, buffers=buffers)

    def agrees(self, settings: Settings) -> bool:
        """Whether the learner's functions do what the reference does, for what is on screen."""
        mine, _ = self.attempt(settings, self.LIMIT)
        names = [name for name in self.learner.names if name not in self.OWN_DESIGN]
        with np.errstate(all="ignore"):
            right = self.compute(settings, self.learner.fresh() | references(names))
        return mine is not None and alike((mine.arrays, mine.note), (right.arrays, right.note))

    def _achieve(self, challenge: str, settings: Settings) -> None:
        """Keep that a challenge was met, if it was met by functions that are right."""
        goals = self.config["challenges"]
        if not any(goal["name"] == challenge for goal in goals):
            return
        agrees = self.agrees(settings)
        if agrees:
            today = datetime.date.today().isoformat()
            self.kept.change("practice", challenge, lambda met: met or {"done": today})
            marked = [goal | {"done": goal["done"] or goal["name"] == challenge} for goal in goals]
            self.config = {**self.config, "challenges": marked}
        self.send({"type": "achieved", "challenge": challenge, "agrees": agrees})

    def _predicted(self, name: str, given: Any) -> None:
        """Keep a prediction behind the earlier ones of the same name."""
        entry = {"given": given, "day": datetime.date.today().isoformat()}
        self.kept.change(PREDICTIONS, name, lambda before: [*(before or []), entry])
        asked = self.config.get("prediction")
        if asked and asked["name"] == name:
            self.config = {**self.config, "prediction": asked | {"given": given}}

    def _ipython_display_(self, **_: Any) -> None:
        """Show a static picture with its alt text, or what went wrong, then the widget."""
        answer, trouble = self.attempt({**self.settings, **self.STILL}, self.LIMIT)
        if answer is not None:
            picture = self.picture(answer)
            shown, text = picture._repr_html_(), picture.alt
        else:
            text = "When this was last run: " + (trouble.title.replace("`", "") if trouble else "")
            shown = f"<p>{escape(text)}</p>"
        copy = f'<div class="descent-still">{shown}<p><em>{SAVED}</em></p></div>'
        show_below_copy(self, copy, text, still="descent-still", live="descent")
