"""The base of all experiments: a widget whose every picture runs the learner's own functions.

To add an experiment
--------------------
1. ``lab/experiments/<name>.py``: ``class …(Experiment, folder="<name>")`` with a constructor that
   hands ``LearnerFunctions(…)`` and a plain ``config`` to `Experiment`; `compute`, which runs the
   learner's functions for one dictionary of settings and returns an `Answer`; and `picture`, the
   static picture for notebooks without a kernel. Below it, the function that lessons call, whose
   docstring says which of the learner's functions it takes. The example to follow is
   ``lab/experiments/learning_rate.py``.
2. ``lab/static/experiments/<name>/main.js``: ``export default experiment("<name>", "<title>",
   { Panel, Drawing, Round }, …)``; what the three classes are for, and what the frame offers them,
   is described in ``static/shared/frame.js``. ``style.css`` beside it if it needs one.
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
``{"type": "look"}`` asks for the version of the learner's code, ``{"type": "achieved"}`` reports a
challenge.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

import anywidget
import numpy as np
import traitlets
from numpy.typing import ArrayLike, NDArray

from lab.widget.challenge_progress import ChallengeProgress
from lab.widget.error_panel import Trouble, Unusable, attempted
from lab.widget.javascript import script, style
from lab.widget.learner_functions import LearnerFunctions, quiet
from lab.widget.reply import Reply
from lab.widget.still_copy import show_below_copy
from lab.widget.time_limit import Returned, TimeLimit

__all__ = ["Answer", "Challenge", "Experiment", "LearnerFunctions", "Unusable", "drawable"]

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one run of the learner's code gives to draw.

    Attributes
    ----------
    arrays : tuple of arrays
        Sent as float32; made finite by `drawable` first.
    note : dict
        Anything small that JSON holds: a verdict, a count.
    """

    arrays: tuple[NDArray[np.float32], ...]
    note: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Challenge:
    """A goal of an experiment; its `name` is the key in the file of challenges met."""

    name: str
    title: str
    text: str


def drawable(values: ArrayLike, bound: float) -> NDArray[np.float32]:
    """Return `values` as float32, every one of them finite and within ±`bound`.

    nan and +infinity become `bound`, −infinity becomes −`bound`.

    Examples
    --------
    >>> drawable([1.0, float("nan"), -1e300], bound=100).tolist()
    [1.0, 100.0, -100.0]
    """
    array = np.nan_to_num(np.asarray(values, float), nan=bound, posinf=bound, neginf=-bound)
    return np.clip(array, -bound, bound).astype(np.float32)


class Experiment(anywidget.AnyWidget):
    """A widget that draws what the learner's functions do, as the last line of a cell.

    Parameters
    ----------
    learner : LearnerFunctions
        The functions that it runs.
    config : dict
        What the front end needs to know, fixed for this widget; JSON values only.
    challenges : iterable of Challenge
        The goals, in order.
    progress : ChallengeProgress, optional
        Where met challenges are kept; beside the nearest ``course/`` by default.

    Attributes
    ----------
    settings : dict
        The settings of the picture last left on screen, for use in the notebook.
    """

    LIMIT = 2.0  # seconds that one picture may take
    BATCH = 0.04  # seconds after which guesses are sent
    SLICE = 0.001  # seconds after which guesses pause
    PAUSE = 0.001  # seconds of that pause
    LATE = 0.05  # seconds by which guesses follow a picture that has overtaken them

    config = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, folder: str = "", **options: Any) -> None:
        """Give an experiment the front end in ``static/experiments/<folder>``."""
        if folder:
            cls._esm, cls._css = script(folder), style(folder)
        super().__init_subclass__(**options)

    def __init__(
        self,
        learner: LearnerFunctions,
        config: dict[str, Any],
        settings: dict[str, Any],
        challenges: Iterable[Challenge] = (),
        progress: ChallengeProgress | None = None,
    ) -> None:
        self.learner = learner
        self._limit = TimeLimit()
        self._guesses: dict[str | None, Reply] = {}  # for each view, what is being computed ahead
        self.progress = progress or ChallengeProgress.beside_course()
        met = self.progress.met()
        goals = [asdict(goal) | {"done": goal.name in met} for goal in challenges]
        super().__init__(config={**config, "challenges": goals}, settings=settings)
        self.on_msg(self._receive)

    # ---- for the experiments to write ----

    def compute(self, settings: Settings, functions: Mapping[str, Any]) -> Answer:
        """Run the learner's `functions` for one dictionary of settings."""
        raise NotImplementedError

    def picture(self, answer: Answer) -> Any:
        """The static picture, a `lab.pictures.Picture`, of the answer to the present settings."""
        raise NotImplementedError

    # ---- what all share ----

    def attempt(self, settings: Settings, seconds: float) -> tuple[Answer | None, Trouble | None]:
        """Return the answer for `settings`, or what to tell the learner instead."""
        with quiet(), np.errstate(all="ignore"):
            return self._attempted(lambda: self.compute(settings, self.learner.fresh()), seconds)

    def _attempted(
        self, work: Callable[[], Returned], seconds: float
    ) -> tuple[Returned | None, Trouble | None]:
        return attempted(work, self._limit, seconds, self._files)

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
            self._achieve(str(content.get("challenge")))

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
        answer, trouble = self.attempt(settings, seconds)
        if answer is None:
            reply.add(None, {}, trouble)
        else:
            reply.add(answer.arrays, answer.note, trouble)
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

    def _achieve(self, challenge: str) -> None:
        goals = self.config["challenges"]
        if any(goal["name"] == challenge for goal in goals):
            self.progress.record(challenge)
            marked = [goal | {"done": goal["done"] or goal["name"] == challenge} for goal in goals]
            self.config = {**self.config, "challenges": marked}

    def _ipython_display_(self, **_: Any) -> None:
        """Show a static picture with its alt text, or what went wrong, then the widget."""
        answer, trouble = self.attempt(self.settings, self.LIMIT)
        if answer is not None:
            picture = self.picture(answer)
            copy, text = f'<div class="descent-still">{picture._repr_html_()}</div>', picture.alt
        else:
            text = trouble.title.replace("`", "") if trouble else ""
            copy = f'<p class="descent-still">{escape(text)}</p>'
        show_below_copy(self, copy, text, still="descent-still", live="descent")
