"""Functions of our own that may answer as a learner's does.

A candidate is the solution changed in one place, or a known mistake. Work is counted in calls,
never in time, and counted the same whether kept or done again: the same answers always get the same
diagnosis.
"""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from autograder.checking.in_process import InProcessSession
from autograder.diagnosis.evidence.answers import Answer, given
from autograder.sandbox.session import Verdict

MAX_MISSES = 0.2  # the part of all answers that may have another cause, one at least
LOOK_AT_CLOCK = 16  # once in so many times that calls are spent


class Differs(Verdict):
    """A function answers differently from the learner's."""


class Exhausted(Verdict):
    """No more calls may be made in search of a cause."""


class Budget:
    """How many calls may still be made, unless time runs out before: that only hostile code does.

    Parameters
    ----------
    left : int
        How many.
    over : callable
        Whether time has run out.
    """

    def __init__(self, left: int, over: Callable[[], bool] = lambda: False) -> None:
        self.left, self._over, self._spent = left, over, 0

    def spend(self, calls: int = 1) -> None:
        """Take calls from what is left; where nothing is left, the search ends."""
        self.left -= calls
        self._spent += 1
        out_of_time = self._spent % LOOK_AT_CLOCK == 0 and self._over()
        if self.left < 0 or out_of_time:
            raise Exhausted("the search took too many calls")


class Candidate:
    """One function that may be the learner's.

    `home` makes the solutions of its module, with one function exchanged, as a new module. A
    candidate that is `known` may have more of the wrong answers for chance.
    """

    def __init__(self, home: Callable[[], ModuleType], module: str, *, known: bool) -> None:
        self._home, self._module, self.known = home, module, known
        self.courses: dict[str, Any] = {}  # how it fared with criteria: see `courses`

    def session(self) -> InProcessSession:
        """A session on its own module."""
        return InProcessSession({self._module: self._home()}, None)

    def misses(self, answered: Sequence[Sequence[Answer]], budget: Budget) -> float | None:
        """The part of a learner's answers that it does not give; None where it misses too many.

        That is a fifth of all and, as a change could fit the right ones by chance, a third of the
        wrong ones if it is no known mistake.
        """
        every = [answer for answers in answered for answer in answers]
        missed, most = 0, max(1, MAX_MISSES * len(every))
        if not self.known:
            most = min(most, (sum(not answer.right for answer in every) - 1) // 3)
        try:
            for answers in answered:
                ours = given(answers, self.session().perform)
                for theirs, mine in zip(answers, ours, strict=True):
                    budget.spend(theirs.calls)
                    missed += not theirs.agrees(mine.got)
                    if missed > most:
                        return None
        except Differs:  # it runs on and on
            return None
        return missed / max(1, len(every))


Fits = Callable[[Candidate], float | None]  # how badly it fits: 0 is best, None not at all
