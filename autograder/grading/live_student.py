"""A submission's sessions: a new one is opened when the last has ended."""

from collections.abc import Mapping
from contextlib import suppress

from autograder.checking.student import Student
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import NotThere, Raised
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
        self._backend, self._files = backend, files
        self._replacements = dict(replacements or {})
        self._session: Session | None = None
        self._student: Student | None = None
        self._printed: list[str] = []

    def student(self) -> Student:
        """The submission in a session that is alive."""
        if self._session is not None and self._session.ended:
            self._leave()
        if self._session is None or self._student is None:
            self._session = self._backend.open(self._files)
            self._student = Student(self._session)
            for (module, name), function in self._replacements.items():
                with suppress(Raised, NotThere):  # a broken module: the criterion will say so
                    self._session.replace(module, name, function)
        return self._student

    def close(self) -> str:
        """End the session; what the submission printed in all of them."""
        self._leave()
        return "".join(self._printed)[:MAX_PRINTED]

    def _leave(self) -> None:
        if self._session is not None:
            self._session.close()
            self._printed.append(self._session.printed())
            self._session = self._student = None
