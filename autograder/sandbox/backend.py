"""Where sessions are opened: behind walls, or without them for a learner's own code."""

from typing import Protocol

from autograder.sandbox.session import Session


class Room(Protocol):
    """Where sessions are opened: the sandbox, or the room for self-checks."""

    def open(self, files: dict[str, bytes]) -> Session:
        """A session with a submission loaded."""
