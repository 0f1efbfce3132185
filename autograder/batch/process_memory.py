"""Memory that is given back: a process that works for hours should not grow."""

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Return free memory to the system: the C library keeps it in case it is needed again."""
    with suppress(OSError, AttributeError):  # another C library keeps less, or has another name
        ctypes.CDLL(None).malloc_trim(0)
