"""A time limit for the learner's code that also works outside the main thread.

Messages from an experiment arrive in a thread of the kernel, where signals cannot interrupt
anything. `limited` therefore asks the interpreter to raise `OutOfTime` in the thread that runs the
learner's function. The interpreter does so between two instructions of Python code, hence:

- loops written in Python stop, also those with `except Exception` inside;
- one long call into compiled code (``numpy.linalg.inv`` of a huge matrix, ``time.sleep(60)``) is
  cut only when it returns;
- a loop that swallows everything with a bare ``except:`` is hit again and again, at growing
  intervals, until one hit lands outside its ``try``.

The cell that the learner is running in the main thread is never touched.
"""

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


class OutOfTime(BaseException):
    """Raised in the learner's code when its time is up; no ``except Exception`` catches it."""


class _Watchdog(threading.Thread):
    """Raises `OutOfTime` in one thread once the time is up, until told to stop."""

    MOST_HITS = 40

    def __init__(self, seconds: float) -> None:
        super().__init__(daemon=True, name="time limit of the learner's code")
        self._target_thread = ctypes.c_ulong(threading.get_ident())
        self._seconds = seconds
        self._stopped = threading.Event()
        self._armed = threading.Lock()

    def run(self) -> None:
        pause = self._seconds
        for hit in range(self.MOST_HITS):
            if self._stopped.wait(pause):
                return
            with self._armed:
                if not self._stopped.is_set():
                    _raise_in(self._target_thread, OutOfTime)
            pause = 0.02 * 1.2**hit

    def stop(self) -> None:
        """Stop raising, and take back what is on its way; may be called twice."""
        with self._armed:
            self._stopped.set()
        _raise_in(self._target_thread, None)


def _raise_in(thread: ctypes.c_ulong, exception: type[BaseException] | None) -> None:
    pending = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, pending)


def limited(work: Callable[[], Result], seconds: float) -> Result:
    """Return ``work()``, or raise `OutOfTime` if it takes longer than `seconds`.

    Parameters
    ----------
    work : callable
        Takes no arguments.
    seconds : float
        The time that it may take, in seconds of wall time.

    Raises
    ------
    OutOfTime
        If `work` was still running when its time was up.

    Examples
    --------
    >>> limited(lambda: 2 + 2, seconds=1)
    4
    """
    watchdog = _Watchdog(seconds)
    watchdog.start()
    try:
        try:
            return work()
        finally:
            watchdog.stop()
    except OutOfTime:
        watchdog.stop()  # the first call may itself have been interrupted
        raise
