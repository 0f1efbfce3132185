"""What a submission leaves is collected before the next, and older garbage in good time."""

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.batch.process_memory import UNTIL_ALL_COLLECTED, FlatMemory


class Cycle:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def python_as_before() -> Iterator[None]:
    """The thresholds of the garbage collection of this process."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_what_a_submission_left_is_collected_at_once() -> None:
    memory = FlatMemory()
    left = weakref.ref(Cycle())
    assert left() is not None
    memory.between_submissions()
    assert left() is None


def test_what_became_garbage_later_is_collected_within_a_hundred_submissions() -> None:
    memory = FlatMemory()
    kept: list[Any] = [Cycle()]
    left = weakref.ref(kept[0])
    memory.between_submissions()  # it is old now
    kept.clear()
    for _ in range(UNTIL_ALL_COLLECTED):
        memory.between_submissions()
    assert left() is None
