"""A time limit for the learner's code that also works outside the main thread.

Messages from an experiment arrive in a thread of the kernel, where signals cannot interrupt
anything. `TimeLimit` therefore asks the interpreter to raise `OutOfTime` in the thread that runs
the learner's function. The interpreter does so between two instructions of Python code, hence:

- loops written in Python stop, also those with `except Exception` inside;
- one long call into compiled code (``numpy.linalg.inv`` of a huge matrix, ``time.sleep(60)``) is
  cut only when it returns;
- a loop that swallows everything with a bare ``except:`` is hit again and again, at growing
  intervals, until one hit lands outside its ``try``.

The cell that the learner is running in the main thread is never touched.

What counts is the time that the thread computes, because on a busy machine a function that is right
may wait for its turn longer than it runs. Code that waits by itself computes nothing: it is stopped
after `TimeLimit.WAITING` times as long by the clock on the wall.

One thread, the watchdog, serves all calls of a `TimeLimit`. Starting a thread for each call, and
waiting for its end, would be two changes of thread within every picture; on a busy machine each of
them waits for a turn on the processor. Where there are no threads, the interpreter looks at the
clock itself, at each call and each jump: the same stops, the same does not.
"""

import contextlib
import ctypes
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from lab.widget.background import THREADS

Returned = TypeVar("Returned")

TOOL = 4  # a number of `sys.monitoring` that is nobody else's


class OutOfTime(BaseException):
    """Raised in the learner's code when its time is up; no ``except Exception`` catches it."""


class _Call:
    """One run of the learner's code, and when it is to be hit."""

    MAX_HITS = 40
    AGAIN = 0.02  # seconds from the first hit to the second; each later pause is longer by GROWTH
    GROWTH = 1.2

    def __init__(self, seconds: float, patience: float) -> None:
        self._target_thread = ctypes.c_ulong(threading.get_ident())
        self._computed = _computing_clock()
        self._ends = self._computed() + seconds
        self._turn = threading.RLock()  # whoever holds it decides: one more hit, or no more
        self._hits = 0
        self._sent = False  # whether a hit was ever on its way
        now = time.monotonic()
        self.due = now + seconds  # earlier, it can't have computed for as long
        self._last = now + patience
        self.over = False

    def look(self, now: float) -> None:
        """Hit the call, or look again later where it waited for its turn."""
        try:
            left = self._ends - self._computed()
        except OSError:  # the thread has ended since, and the call with it
            self.over = True
            return
        if left > 0 and now < self._last and not self._hits:
            self.due = min(now + left, self._last)
        else:
            self.hit()

    def hit(self) -> None:
        """Raise `OutOfTime` in the thread of the call unless the call is over."""
        if not self._turn.acquire(blocking=False):
            return  # it is over at this moment
        try:
            if not self.over:
                self._sent = True
                _raise_in(self._target_thread)
        finally:
            self._turn.release()
        self.count()

    def count(self) -> None:
        """Let the next hit come later, and let there be an end of them."""
        self.due = time.monotonic() + self.AGAIN * self.GROWTH**self._hits
        self._hits += 1
        self.over = self.over or self._hits >= self.MAX_HITS

    def finish(self) -> None:
        """Let no further hit follow, and catch the one that may be on its way.

        For the thread of the call, once `over` is set. May be called again where a hit has cut it
        short: the lock is one that its owner can take twice, and it is never given back. There is
        room for one hit: the one that is sent here takes the place of another. It could be taken
        back instead, but in Python 3.11 the interpreter would then wait for it forever, and hang
        as soon as somebody debugs, profiles or measures coverage.
        """
        self._turn.acquire()
        if self._sent:
            with contextlib.suppress(OutOfTime):
                _raise_in(self._target_thread)
                while True:
                    pass


def _computing_clock() -> Callable[[], float]:
    """A clock that says for how long this thread has computed; other threads may ask it."""
    if THREADS and hasattr(time, "pthread_getcpuclockid"):  # a browser may have it, and refuse
        clock = time.pthread_getcpuclockid(threading.get_ident())
        return lambda: time.clock_gettime(clock)
    return time.process_time  # of all threads together: macOS, Windows


def _raise_in(thread: ctypes.c_ulong) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(OutOfTime))


def _run_looking(call: _Call, work: Callable[[], Returned]) -> Returned:
    """Return ``work()``, in which the interpreter looks at the clock and hits the call itself."""
    if sys.version_info < (3, 12):
        raise NotImplementedError("needs threads, or Python 3.12")
    monitoring = sys.monitoring
    looked_at = (monitoring.events.PY_START, monitoring.events.PY_RESUME, monitoring.events.JUMP)

    def look(*_: object) -> None:
        if time.monotonic() >= call.due and not call.over:
            call.count()
            raise OutOfTime

    monitoring.use_tool_id(TOOL, "time limit of the learner's code")
    for event in looked_at:
        monitoring.register_callback(TOOL, event, look)
    try:
        monitoring.set_events(TOOL, sum(looked_at))
        return work()
    finally:
        call.over = True
        monitoring.set_events(TOOL, 0)
        monitoring.free_tool_id(TOOL)


class TimeLimit:
    """Runs the learner's code, each time with a limit, under the eyes of one watchdog.

    May be used from several threads, where there are any. The watchdog's thread starts with the
    first call and ends when there has been none for `IDLE` seconds.

    Examples
    --------
    >>> TimeLimit().run(lambda: 2 + 2, seconds=1)
    4
    """

    IDLE = 5.0
    WAITING = 10.0  # how much longer than it may compute a call may last

    def __init__(self) -> None:
        self._lock = threading.Lock()  # for the three that follow
        self._calls: list[_Call] = []
        self._watchdog: threading.Thread | None = None
        self._wakes = 0.0  # when the watchdog looks next
        self._bell: queue.SimpleQueue[None] = queue.SimpleQueue()  # wakes it earlier

    def run(self, work: Callable[[], Returned], seconds: float) -> Returned:
        """Return ``work()``, or raise `OutOfTime` if it takes longer than `seconds`.

        Parameters
        ----------
        work : callable
            Takes no arguments.
        seconds : float
            How long it may compute.

        Raises
        ------
        OutOfTime
            If `work` was still running when its time was up.
        """
        call = _Call(seconds, self.WAITING * seconds)
        if not THREADS:
            return _run_looking(call, work)
        try:
            self._watch(call)
            return work()
        finally:
            # The interpreter delivers hits at calls and backward jumps only, so nothing can come
            # between the end of the work and this line. After it, one hit may be on its way and
            # one more may follow; the third call is therefore left in peace.
            call.over = True
            try:
                call.finish()
            except OutOfTime:
                try:
                    call.finish()
                except OutOfTime:
                    call.finish()

    def _watch(self, call: _Call) -> None:
        """Have the watchdog look at a call; no hit can come while the lock is held."""
        with self._lock:
            self._calls.append(call)
            if self._watchdog is None:
                self._watchdog = threading.Thread(
                    target=self._look, daemon=True, name="time limit of the learner's code"
                )
                self._watchdog.start()
            elif call.due < self._wakes:
                self._bell.put(None)

    def _look(self) -> None:
        """The watchdog's work: sleep until a call is due, hit it, sleep again."""
        used = time.monotonic()
        while True:
            with self._lock:
                now = time.monotonic()
                self._calls = [call for call in self._calls if not call.over]
                if self._calls:
                    used = now
                elif now - used >= self.IDLE:
                    self._watchdog = None
                    return
                due = [call for call in self._calls if call.due <= now]
                self._wakes = min((call.due for call in self._calls), default=used + self.IDLE)
            for call in due:
                call.look(now)
            if not due:
                try:
                    self._bell.get(timeout=max(0.0, self._wakes - now))
                except queue.Empty:
                    continue
