"""What the kernel sends back for a request of the front end: answers, in one message."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lab.widget.error_panel import Trouble


@dataclass(frozen=True)
class Answer:
    """What one run of the learner's code gives to draw.

    Attributes
    ----------
    arrays : tuple of arrays
        Sent as float32; made finite by `drawable` first.
    note : dict
        Anything small that JSON holds: a verdict, a count.
    aside : dict
        The same, of what need not agree with the reference: the learner's own lines.
    """

    arrays: tuple[NDArray[np.float32], ...]
    note: dict[str, Any] = field(default_factory=dict)
    aside: dict[str, Any] = field(default_factory=dict)


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


class Reply:
    """Answers to the settings of one request, gathered one after the other.

    Parameters
    ----------
    request : dict
        As the front end sent it.
    version : int
        Version of the learner's code when the request came. Answers of newer code may have
        an older version, never the other way round, so that nothing stale is taken for new.

    Attributes
    ----------
    view : str or None
        The view that asked.
    """

    def __init__(self, request: Mapping[str, Any], version: int) -> None:
        self.view = request.get("view")
        self._seq = request.get("seq")
        self._settings: Sequence[Mapping[str, Any]] = request["settings"]
        self._version = version
        self._began = time.perf_counter()
        self._items: list[dict[str, Any] | None] = []
        self._data: list[bytes] = []
        self._slow = False

    @property
    def seconds(self) -> float:
        """Since the request came."""
        return time.perf_counter() - self._began

    @property
    def following(self) -> Mapping[str, Any] | None:
        """The settings to be answered next, None if all are."""
        done = len(self._items)
        return self._settings[done] if done < len(self._settings) else None

    def add(
        self,
        arrays: Sequence[NDArray[np.float32]] | None,
        note: Mapping[str, Any],
        trouble: Trouble | None = None,
    ) -> None:
        """Add the answer to `following`: its arrays, or None if there are none."""
        if arrays is None:
            self._items.append(None)
        else:
            self._items.append({"shapes": [a.shape for a in arrays], "note": note})
            self._data += [np.ascontiguousarray(a, "<f4").tobytes() for a in arrays]
        self._slow = self._slow or bool(trouble and trouble.kind == "time")

    def message(self, trouble: Trouble | None = None) -> tuple[dict[str, Any], list[bytes]]:
        """The message and its one buffer."""
        head = {
            "type": "answer",
            "view": self.view,
            "seq": self._seq,
            "version": self._version,
            "items": self._items,
            "ms": 1000 * self.seconds,
            "slow": self._slow,
            "trouble": trouble.message() if trouble else None,
        }
        return head, [b"".join(self._data)]
