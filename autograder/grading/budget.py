"""What one submission may use up in all: computing, time by the clock, the grader's memory.

Grader and learner are counted together, so it does not matter whose side is made to work. It is
looked at before calls, a hundred times a second at most; where something is used up, nothing more
is asked.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import add, sub
from typing import NamedTuple, Protocol

from autograder.sandbox.limits import MIB
from autograder.sandbox.outcomes import Outcome, SessionEnded


class Amounts(NamedTuple):
    """Seconds of computing, seconds by the clock, and bytes that the grader keeps."""

    computing: float = 0.0
    clock: float = 0.0
    kept: float = 0.0


KEPT = 64 * MIB  # a right submission makes it keep three
SUBMISSION = Amounts(20.0, 60.0, KEPT)  # a right one computes for a third of a second
BONUS = Amounts(20.0, 90.0, KEPT)  # it trains for seconds: the contract gives it twenty
DIAGNOSIS = Amounts(2.0, 6.0, KEPT)  # of one exercise
ALL_DIAGNOSES = Amounts(6.0, 20.0, KEPT)


class Used(Protocol):
    """Whoever uses it up: a session of the learner's."""

    kept: int

    def cpu_seconds(self) -> float:
        """The seconds that it has computed so far."""


class Budget:
    """Amounts that may be used up, and for what they are.

    Parameters
    ----------
    sessions : sequence of Used
        The learner's sessions, ended ones too; more may be added to it.
    most : Amounts
        How much there is.
    """

    def __init__(self, sessions: Sequence[Used], most: Amounts) -> None:
        self._sessions, self._most = sessions, most
        self._used, self._spent = Amounts(), dict[str, Amounts]()  # in all, and by name
        self._name = ""
        self._end = most  # of the block: where what is counted must not come

    @contextmanager
    def spent_on(self, name: str) -> Iterator[None]:
        """Count what is used up in this block, for a name; outside of it nothing is counted."""
        left, start = self.left(), self._now()
        self._name, self._end = name, Amounts(*map(add, start, left))
        try:
            yield
        finally:
            used = Amounts(*map(sub, left, self.left()))
            self._used = Amounts(*map(add, self._used, used))
            self._spent[name] = Amounts(*map(add, self._spent.get(name, Amounts()), used))
            self._name = ""

    def left(self) -> Amounts:
        """What is left; less than nothing where more was used."""
        if self._name:
            return Amounts(*map(sub, self._end, self._now()))
        return Amounts(*map(sub, self._most, self._used))

    def over(self) -> SessionEnded | None:
        """Why nothing more may be asked; None while something is left of everything."""
        left = self.left()
        if min(left) >= 0:
            return None
        kind = next(kind for kind in Amounts._fields if getattr(left, kind) < 0)
        most = getattr(self._most, kind)
        what = {
            "computing": f"the {most:g} seconds of computing of a submission",
            "clock": f"the {most:g} seconds by the clock of a submission",
            "kept": f"the {most / MIB:g} MiB that the grader keeps of a submission",
        }[kind]
        used = {name: getattr(amounts, kind) for name, amounts in self._spent.items()}
        if self._name:
            before = most - sum(used.values())  # what was left as this block began
            now = used.get(self._name, 0.0) + before - getattr(left, kind)
            used[self._name] = now
        worst = max(used, key=used.__getitem__)
        outcome = Outcome.OUT_OF_MEMORY if kind == "kept" else Outcome.TIMED_OUT
        return SessionEnded(outcome, f"{what} are used up, most of them by `{worst}`")

    def _now(self) -> Amounts:
        computing, kept = time.process_time(), 0
        for session in self._sessions:
            computing += session.cpu_seconds()
            kept += session.kept
        return Amounts(computing, time.monotonic(), kept)
