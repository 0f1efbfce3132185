"""The base of all experiments: a widget whose every picture runs the learner's own functions.

To add an experiment
--------------------
1. ``lab/<name>.py``: a subclass of `Experiment` with ``_esm = script("<name>")`` and
   ``_css = style("<name>")``; a constructor that hands ``Learner(…)`` and a plain ``config`` to
   `Experiment`; `compute`, which runs the learner's functions for one dictionary of settings and
   returns an `Answer`; `picture`, the static picture for notebooks without a kernel. Below it, the
   function that lessons call, which takes the learner's functions. ``lab/learning_rate.py`` is
   the example to follow.
2. ``lab/static/<name>.js``: ``export default experiment("<title>", (lab) => {…})``; what ``lab``
   offers is described in ``static/experiment.js``. ``lab/static/<name>.css`` if it needs one.
3. Name the function in ``lab/__init__.py``.
4. Raise `Unusable` from `compute` when a result cannot be drawn, with a sentence that says what
   came and what was expected. Other exceptions need no care: the base shows them in place.
5. Tests: `compute` and `picture` in ``tests/lab``, drawing logic in ``tests/javascript``, one
   look in a real browser in ``tests/browser``.

How it talks
------------
One message each way for an update. The front end sends ``{"type": "run", "view", "seq",
"settings": [...], "now"}`` and keeps at most one request in flight, of which only the newest waits.
The reply is ``{"type": "answer", "view", "seq", "version", "items", "ms", "slow", "trouble"}`` with
one buffer of float32. ``now`` asks for one picture; otherwise the settings are guesses of where
the slider goes next (speculation), of which as many are computed as fit into `BATCH` seconds.
``{"type": "look"}`` asks for the version of the learner's code, ``{"type": "achieved"}`` reports a
challenge.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import anywidget
import numpy as np
import traitlets
from numpy.typing import ArrayLike, NDArray

from lab.learner import Learner
from lab.practice import Practice
from lab.trouble import Attempt, Trouble, Unusable

__all__ = ["Answer", "Challenge", "Experiment", "Learner", "Unusable", "drawable"]

Settings = Mapping[str, Any]

# Where a saved notebook is opened again without a kernel, JupyterLab looks for the widget and, in
# its place, below the picture, reports an error that would alarm whoever reads it.
QUIET = (
    "<style>.jp-OutputArea-child:has(> .jp-OutputArea-output > .descent-still)"
    " + .jp-OutputArea-child:not(:has(.descent)) { display: none; }</style>"
)


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
    """A goal of an experiment; its `name` is the key in the practice file."""

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
    """A widget that draws what the learner's functions do.

    Parameters
    ----------
    learner : Learner
        The functions that it runs.
    config : dict
        What the front end needs to know, fixed for this widget; JSON values only.
    challenges : iterable of Challenge
        The goals, in order.
    practice : Practice, optional
        Where met challenges are kept; beside the nearest ``course/`` by default.

    Attributes
    ----------
    settings : dict
        The settings of the picture last left on screen, for use in the notebook.
    """

    LIMIT = 2.0  # seconds that one picture may take
    BATCH = 0.012  # seconds that a batch of guesses may take

    config = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        learner: Learner,
        config: dict[str, Any],
        settings: dict[str, Any],
        challenges: Iterable[Challenge] = (),
        practice: Practice | None = None,
    ) -> None:
        self.learner = learner
        self.practice = practice or Practice.beside_course()
        done = self.practice.done()
        goals = [
            {"name": c.name, "title": c.title, "text": c.text, "done": c.name in done}
            for c in challenges
        ]
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
        attempt = Attempt(seconds, self._files)
        answer: Answer | None = None
        with attempt, np.errstate(all="ignore"):
            answer = attempt.call(lambda: self.compute(settings, self.learner.fresh()))
        return answer, attempt.trouble

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
        now = bool(request.get("now"))
        started = time.perf_counter()
        version = self.learner.look()
        items: list[dict[str, Any] | None] = []
        data: list[bytes] = []
        trouble: Trouble | None = None
        for settings in request["settings"]:
            answer, trouble = self.attempt(settings, self.LIMIT if now else self.LIMIT / 8)
            if answer is None:
                items.append(None)
            else:
                items.append({"shapes": [a.shape for a in answer.arrays], "note": answer.note})
                data += [np.ascontiguousarray(a, "<f4").tobytes() for a in answer.arrays]
            if not now and time.perf_counter() - started > self.BATCH:
                break
        head = {
            "type": "answer",
            "view": request.get("view"),
            "seq": request.get("seq"),
            "version": version,
            "items": items,
            "ms": 1000 * (time.perf_counter() - started),
            "slow": bool(trouble and trouble.kind == "time"),
            "trouble": trouble.message() if trouble and now else None,
        }
        self.send(head, buffers=[b"".join(data)])

    def _achieve(self, challenge: str) -> None:
        goals = self.config["challenges"]
        if any(goal["name"] == challenge for goal in goals):
            self.practice.record(challenge)
            marked = [{**g, "done": g["done"] or g["name"] == challenge} for g in goals]
            self.config = {**self.config, "challenges": marked}

    def _ipython_display_(self, **_: Any) -> None:
        """Show a static picture, then the widget.

        The widget's style sheet, there only while the widget lives, hides the picture; a saved,
        exported or reopened notebook shows the picture with its alt text.
        """
        from IPython.display import display

        answer, trouble = self.attempt(self.settings, self.LIMIT)
        if answer is not None:
            still = self.picture(answer)
            html = f'{QUIET}<div class="descent-still">{still._repr_html_()}</div>'
            display({"text/html": html, "text/plain": still.alt}, raw=True)
        if trouble is not None:
            said = trouble.title.replace("`", "")
            html = f'{QUIET}<p class="descent-still">{escape(said)}</p>'
            display({"text/html": html, "text/plain": said}, raw=True)
        made: Any = self._repr_mimebundle_()
        bundle, metadata = made if isinstance(made, tuple) else (made, {})
        display({**bundle, "text/plain": ""}, metadata=metadata, raw=True)
