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
    """Raises `OutOfTime` in one thread once the time is up, until told that the work is over."""

    MOST_HITS = 40
    AGAIN = 0.02  # seconds from the first hit to the second; each later pause is longer by GROWTH
    GROWTH = 1.2

    def __init__(self, seconds: float) -> None:
        super().__init__(daemon=True, name="time limit of the learner's code")
        self._target_thread = ctypes.c_ulong(threading.get_ident())
        self._seconds = seconds
        self._asleep = threading.Lock()
        self._asleep.acquire()
        self.over = False

    def run(self) -> None:
        pause = self._seconds
        for hit in range(self.MOST_HITS):
            if self._asleep.acquire(timeout=pause) or self.over:
                return
            _raise_in(self._target_thread, OutOfTime)
            pause = self.AGAIN * self.GROWTH**hit

    def finish(self) -> None:
        """Wait until this thread has ended and take back what is on its way.

        May be called again where a hit has cut it short.
        """
        if self._asleep.locked():
            self._asleep.release()
        if self.ident is not None:
            self.join()
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
    try:
        watchdog.start()
        return work()
    finally:
        # The interpreter delivers hits at calls and backward jumps only, so nothing can come
        # between the end of the work and this line. After it, one hit may be on its way and one
        # more may follow; the third call is therefore left in peace.
        watchdog.over = True
        try:
            watchdog.finish()
        except OutOfTime:
            try:
                watchdog.finish()
            except OutOfTime:
                watchdog.finish()
