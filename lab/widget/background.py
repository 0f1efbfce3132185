"""Work that goes on beside the kernel: in its own thread, or between two messages.

Python that runs in a browser has no threads. There the kernel's event loop takes one piece of the
work after the other, and what arrives meanwhile is answered between two of them.
"""

import asyncio
import sys
import threading
from collections.abc import Iterator

THREADS = sys.platform not in ("emscripten", "wasi")
PACE = 1 if THREADS else 3  # how long Python takes for the same work, compiled to WebAssembly


class Background:
    """A piece of work that can be asked to stop.

    Parameters
    ----------
    pieces : iterator of float
        Does a piece at each step, and yields how many seconds to rest after it at most.
    name : str
        Of the thread.

    Attributes
    ----------
    stop : threading.Event
        Set by whoever wants the work to end; `pieces` look at it.
    """

    def __init__(self, pieces: Iterator[float], name: str) -> None:
        self._pieces, self._name = pieces, name
        self._thread: threading.Thread | None = None
        self.stop = threading.Event()

    def start(self) -> None:
        """Begin."""
        if THREADS:
            self._thread = threading.Thread(target=self._go_on, daemon=True, name=self._name)
            self._thread.start()
        else:
            asyncio.get_running_loop().call_soon(self._next)

    def finish(self, seconds: float) -> None:
        """Wait until the work has stopped, for so long at most."""
        if self._thread:
            self._thread.join(seconds)
        elif not THREADS:
            self._go_on()

    def _go_on(self) -> None:
        for rest in self._pieces:
            self.stop.wait(rest)

    def _next(self) -> None:
        rest = next(self._pieces, None)
        if rest is not None:
            asyncio.get_running_loop().call_later(rest, self._next)
