"""A submission's sessions: a new one is opened when the last has ended, within a budget."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment
from autograder.checking.student import LearnerObject, Student
from autograder.grading.budget import Amounts, Budget
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded
from autograder.sandbox.session import Session

MAX_PRINTED = 20_000
LOOK_SECONDS = 0.01  # how often a budget is looked at: it costs as much as a tenth of a call


class Spending:
    """All sessions of a submission, and the budget that they are spending at the moment."""

    def __init__(self) -> None:
        self.sessions: list[Session] = []
        self._budget: Budget | None = None
        self._left, self._is_over = Amounts(), False
        self._looked = 0.0

    @contextmanager
    def of(self, budget: Budget, name: str) -> Iterator[None]:
        """Spend this budget in the block, on the exercise of that name."""
        before, self._budget = self._budget, budget
        try:
            with budget.spent_on(name):
                self._look()
                yield
        finally:
            self._budget = before

    def perform(
        self, session: Session, act: Callable[..., Any], *operands: Any, seconds: float | None
    ) -> Any:
        """Have something done in a session if something is left, for as long as there is."""
        if over := self.over():
            raise over
        limit = session.limits.call_seconds if seconds is None else seconds
        session.keep_at_most(session.kept + int(self._left.kept))
        try:
            return act(*operands, seconds=min(limit, self._left.clock))
        except SessionEnded as ended:
            if ended.outcome is Outcome.TIMED_OUT:
                self._look()
                raise self.over() or ended from None
            raise

    def over(self) -> SessionEnded | None:
        """Why nothing more may be asked; None while something is left of everything."""
        if time.monotonic() > self._looked + LOOK_SECONDS:
            self._look()
        assert self._budget is not None
        return self._budget.over() if self._is_over else None

    def _look(self) -> None:
        assert self._budget is not None
        self._left, self._looked = self._budget.left(), time.monotonic()
        self._is_over = min(self._left) < 0


class WithinBudget:
    """A session whose operations are refused once the budget is used up."""

    def __init__(self, session: Session, spending: Spending) -> None:
        self._session, self._spending = session, spending

    def perform(self, operation: Any, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation; see `autograder.sandbox.session.Session.perform`."""
        act = self._session.perform
        return self._spending.perform(self._session, act, operation, *operands, seconds=seconds)

    def announce(self, operations: Sequence[Sequence[Any]]) -> None:
        """Ask for several operations at once; see `autograder.sandbox.session.Session`."""
        self._spending.perform(self._session, self._session.announce, operations, seconds=None)

    def following(self, seconds: float | None = None) -> Any:
        """What came of the next of them."""
        return self._spending.perform(self._session, self._session.following, seconds=seconds)


class LiveStudent:
    """One submission's sessions: a new one is opened when the last has ended.

    Parameters
    ----------
    backend : Backend
        Where to open them.
    files : dict
        The submission.
    spending : Spending
        What they use up.
    replacements : mapping
        Functions of the grader to put instead of the learner's, by module and name.
    """

    def __init__(
        self,
        backend: Backend,
        files: dict[str, bytes],
        spending: Spending,
        replacements: Mapping[tuple[str, str], object] | None = None,
    ) -> None:
        self._backend, self._files, self._spending = backend, files, spending
        self._replacements = dict(replacements or {})
        self._session: Session | None = None
        self._student: Student | None = None
        self._printed: list[str] = []

    def student(self) -> Student:
        """The submission in a session that is alive."""
        if self._session is not None:
            with suppress(SessionEnded):  # by what was announced, and is not judged any more
                self._session.settle()
            if self._session.ended:
                self._leave()
        if self._session is None or self._student is None:
            self._session = self._backend.open(self._files)
            self._spending.sessions.append(self._session)
            self._student = Student(WithinBudget(self._session, self._spending))
            for (module, name), function in self._replacements.items():
                with suppress(Raised, NotThere):  # a broken module: the criterion will say so
                    self._session.replace(module, name, function)
        return self._student

    def printed_instead(self, module: str, judgment: Judgment) -> str:
        """The last line that a function prints where it returned nothing; empty for anything else.

        It is called once more, to tell its own lines from those of other calls.
        """
        call, error = judgment.call, judgment.error
        nothing = isinstance(error, Unmet) and error.got is None
        if not nothing or judgment.criterion.hidden or call is None or call.kind != "call":
            return ""
        operands = [*call.arguments, *call.keywords.values()]
        if "." in call.target or any(isinstance(operand, LearnerObject) for operand in operands):
            return ""  # their object may be another by now
        with suppress(Raised, NotThere, SessionEnded):
            student = self.student()
            before = self._session.printed() if self._session else ""
            getattr(getattr(student, module), call.target)(*call.arguments, **call.keywords)
            after = self._session.printed() if self._session else ""
            lines = after.removeprefix(before).strip().splitlines()
            return lines[-1].strip() if lines else ""
        return ""

    def close(self) -> str:
        """End the session; what the submission printed in all of them."""
        self._leave()
        return "".join(self._printed)[:MAX_PRINTED]

    def _leave(self) -> None:
        if self._session is not None:
            self._session.close()
            self._printed.append(self._session.printed())
            self._session = self._student = None


class TwoSides:
    """One submission in two processes: what hidden criteria ask is asked in the other one.

    Nothing that they ask can come back in what the first one answers or prints.

    Parameters
    ----------
    backend, files, spending, replacements
        See `LiveStudent`.
    """

    def __init__(
        self,
        backend: Backend,
        files: dict[str, bytes],
        spending: Spending,
        replacements: Mapping[tuple[str, str], object] | None = None,
    ) -> None:
        self._open, self._hidden = (
            LiveStudent(backend, files, spending, replacements) for _ in range(2)
        )

    def student(self, *, hidden: bool) -> Student:
        """The submission in a session that is alive, for open or for hidden questions."""
        return (self._hidden if hidden else self._open).student()

    def printed_instead(self, module: str, judgment: Judgment) -> str:
        """See `LiveStudent.printed_instead`."""
        return self._open.printed_instead(module, judgment)

    def close(self) -> str:
        """End both; what was printed while nothing hidden was asked."""
        try:
            return self._open.close()
        finally:
            self._hidden.close()
