"""Work that is done in a fork of this process, which is thrown away."""

import ctypes
import os
import signal
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import NoReturn, TypeVar

Result = TypeVar("Result")
SET_DEATH_SIGNAL = 1  # prctl(2)


def result_of_fork(work: Callable[[], Result]) -> Result | None:
    """What some work returns, done in a fork; None if the fork ended without a result.

    The fork ends with this thread, and before this function returns or raises.
    """
    receiving, sending = Pipe(duplex=False)
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _work(work, sending, parent)
    try:
        sending.close()
        result: Result = receiving.recv()
        return result
    except (EOFError, OSError):
        return None
    finally:
        receiving.close()
        os.kill(pid, signal.SIGKILL)  # it has nothing more to do; until it is waited for, it is it
        os.waitpid(pid, 0)


def _work(work: Callable[[], Result], sending: Connection, parent: int) -> NoReturn:
    """What the fork does."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent:  # else it has ended just before
            sending.send(work())
    finally:
        os._exit(0)
