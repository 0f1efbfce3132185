"""Memory that is the same after the thousandth submission as after the first.

Left to themselves, Python finds garbage in cycles only when much of it has gathered, and the C
library keeps what was freed in case it is needed again. A process that grades for hours then holds
more and more. Between two submissions hardly anything is in use: that is the moment to tidy up.
"""

import ctypes
import gc
from contextlib import suppress

UNTIL_COLLECTED = 200_000  # new objects within one submission; a right one makes about 10,000
UNTIL_ALL_COLLECTED = 100  # submissions; all objects of all lessons take a tenth of a second


class FlatMemory:
    """Takes over from Python when this process collects garbage."""

    def __init__(self) -> None:
        gc.set_threshold(UNTIL_COLLECTED)
        self._submissions = 0

    def between_submissions(self) -> None:
        """Collect what the last submission left, and now and then what older ones did."""
        self._submissions += 1
        gc.collect(0 if self._submissions % UNTIL_ALL_COLLECTED else 2)
        give_back()


def give_back() -> None:
    """Return free memory to the system: one greedy submission must not be a burden forever."""
    with suppress(OSError, AttributeError):  # another C library keeps less, or has another name
        ctypes.CDLL(None).malloc_trim(0)
