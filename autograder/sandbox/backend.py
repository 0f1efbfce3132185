"""What opens sessions: the sandbox, or the backend without walls for self-checks."""

from typing import Protocol

from autograder.sandbox.session import Session


class Backend(Protocol):
    """Where sessions are opened."""

    def open(self, files: dict[str, bytes]) -> Session:
        """A session with a submission loaded."""
