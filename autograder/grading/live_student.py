"""A submission's sessions: a new one is opened when the last has ended."""

from collections.abc import Mapping
from contextlib import suppress

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment
from autograder.checking.student import LearnerObject, Student
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import NotThere, Raised, SessionEnded
from autograder.sandbox.session import Session

MAX_PRINTED = 20_000


class LiveStudent:
    """One submission's sessions: a new one is opened when the last has ended.

    Parameters
    ----------
    backend : Backend
        Where to open them.
    files : dict
        The submission.
    replacements : mapping
        Functions of the grader to put in the place of the learner's, by module and name.
    """

    def __init__(
        self,
        backend: Backend,
        files: dict[str, bytes],
        replacements: Mapping[tuple[str, str], object] | None = None,
    ) -> None:
        self._backend, self.files = backend, files
        self._replacements = dict(replacements or {})
        self._session: Session | None = None
        self._student: Student | None = None
        self._printed: list[str] = []

    def student(self) -> Student:
        """The submission in a session that is alive."""
        if self._session is not None and self._session.ended:
            self._leave()
        if self._session is None or self._student is None:
            self._session = self._backend.open(self.files)
            self._student = Student(self._session)
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
