"""Work in a fork: its result comes back, whatever it does to itself, and nothing of it stays."""

import os
import signal
import time

import psutil
import pytest

from autograder.batch.fork import result_of_fork

KEPT: list[int] = []


def test_result_of_fork_comes_back() -> None:
    assert result_of_fork(lambda: os.getpid()) not in (None, os.getpid())


def test_result_of_fork_leaves_this_process_as_it_was() -> None:
    def work() -> int:
        KEPT.extend(range(1000))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return len(KEPT)

    before = signal.getsignal(signal.SIGINT)
    assert result_of_fork(work) == 1000
    assert KEPT == []
    assert signal.getsignal(signal.SIGINT) is before


def test_result_of_fork_is_none_where_it_ends_without_one() -> None:
    def raising() -> None:
        raise ZeroDivisionError

    assert result_of_fork(raising) is None
    assert result_of_fork(lambda: os.kill(os.getpid(), signal.SIGKILL)) is None


def test_result_of_fork_leaves_no_process_and_no_descriptor() -> None:
    def counts() -> tuple[int, int]:
        this = psutil.Process()
        return len(this.children(recursive=True)), this.num_fds()

    before = counts()
    for _ in range(5):
        result_of_fork(lambda: None)
    assert counts() == before


def test_result_of_fork_is_ended_where_the_waiting_is() -> None:
    class Enough(Exception):
        """What ends the waiting."""

    def ring(_number: int, _frame: object) -> None:
        raise Enough

    children = psutil.Process().children(recursive=True)
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(Enough):
            result_of_fork(lambda: time.sleep(600))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert psutil.Process().children(recursive=True) == children
