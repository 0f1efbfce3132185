"""A learner's process as its session sees it, and how its end is read."""

import socket
import time
from dataclasses import dataclass
from typing import Protocol

from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome

KILLED = -9  # by a signal that only the kernel and the grader can send


@dataclass(frozen=True)
class Ending:
    """How a learner's process came to its end."""

    code: int  # exit status, or minus the number of the signal that killed it
    cpu_seconds: float = 0.0


class Process(Protocol):
    """A learner's process, with walls or without."""

    connection: socket.socket

    def kill(self) -> Ending:
        """End it and everything it started; afterwards it is gone."""

    def cpu_seconds(self) -> float:
        """The seconds that it has computed so far, as far as the system tells."""

    def printed(self) -> str:
        """What is kept of what it wrote to standard output and standard error."""


def computed_by(pid: int) -> float:
    """The seconds that a running process has computed so far, as far as the system tells."""
    try:
        # The number of the clock of another process, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime((~pid << 3) | 2)
    except (AttributeError, OSError, OverflowError):  # it has ended, or this is another system
        return 0.0


def hung_up(connection: socket.socket) -> bool:
    """Whether the other end of a connection is closed, as by a process that exits."""
    try:
        connection.setblocking(False)
        return connection.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return False


def read_ending(ending: Ending, limits: Limits) -> tuple[Outcome, str]:
    """How a process that went away has to be judged, and the reason."""
    # The kernel's limit goes by ticks of its clock, which the sum that it reports need not match.
    if ending.code == KILLED and ending.cpu_seconds > 0.7 * limits.cpu_seconds:
        return Outcome.TIMED_OUT, f"{limits.cpu_seconds} seconds of computing were used up"
    if ending.code < 0:
        return Outcome.CRASHED, f"the process was killed by signal {-ending.code}"
    return Outcome.CRASHED, f"the process ended itself with exit status {ending.code}"
