"""What one submission may use up in all: computing, time by the clock, the grader's memory.

Grader and learner are counted together, so it does not matter whose side is made to work. It is
looked at before every call; where something is used up, nothing more is asked.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from autograder.sandbox.limits import MIB
from autograder.sandbox.outcomes import Outcome, SessionEnded


@dataclass(frozen=True)
class Amounts:
    """Seconds of computing, seconds by the clock, and bytes that the grader keeps."""

    computing: float = 0.0
    clock: float = 0.0
    kept: float = 0.0

    def any_below(self, least: float) -> bool:
        """Whether one of them is less than so much."""
        return min(self.computing, self.clock, self.kept) < least

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.computing + other.computing, self.clock + other.clock, self.kept + other.kept
        )

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.computing - other.computing, self.clock - other.clock, self.kept - other.kept
        )


KEPT = 64 * MIB  # a right submission makes it keep two
SUBMISSION = Amounts(20.0, 60.0, KEPT)  # a right one computes for a third of a second
BONUS = Amounts(60.0, 90.0, KEPT)  # it trains for seconds, with its own limits for each call
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
        self._spent: dict[str, Amounts] = {}
        self._name, self._since = "", Amounts()

    @contextmanager
    def spent_on(self, name: str) -> Iterator[None]:
        """Count what is used up in this block, for a name; outside of it nothing is counted."""
        self._name, self._since = name, self._now()
        try:
            yield
        finally:
            self._spent, self._name = self.spent(), ""

    def spent(self) -> dict[str, Amounts]:
        """What is used up, by name."""
        if not self._name:
            return self._spent
        before = self._spent.get(self._name, Amounts())
        return {**self._spent, self._name: before + (self._now() - self._since)}

    def left(self) -> Amounts:
        """What is left; less than nothing where more was used."""
        return self._most - sum(self.spent().values(), Amounts())

    def over(self) -> SessionEnded | None:
        """Why nothing more may be asked; None while something is left of everything."""
        left = self.left()
        if not left.any_below(0):
            return None
        if left.computing < 0:
            what = f"the {self._most.computing:g} seconds of computing of a submission"
            return SessionEnded(Outcome.TIMED_OUT, self._reason(what, "computing"))
        if left.clock < 0:
            what = f"the {self._most.clock:g} seconds by the clock of a submission"
            return SessionEnded(Outcome.TIMED_OUT, self._reason(what, "clock"))
        what = f"the {self._most.kept / MIB:g} MiB that the grader keeps of a submission"
        return SessionEnded(Outcome.OUT_OF_MEMORY, self._reason(what, "kept"))

    def _reason(self, what: str, kind: str) -> str:
        used = {name: getattr(amounts, kind) for name, amounts in self.spent().items()}
        most = max(used, key=used.__getitem__)
        return f"{what} are used up, most of them by `{most}`"

    def _now(self) -> Amounts:
        learner = sum(session.cpu_seconds() for session in self._sessions)
        kept = sum(session.kept for session in self._sessions)
        return Amounts(time.process_time() + learner, time.monotonic(), kept)
