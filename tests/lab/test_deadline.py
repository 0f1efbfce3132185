"""The time limit stops Python loops in any thread, and touches nothing after its block."""

import contextlib
import threading
import time

import pytest

from lab import deadline
from lab.deadline import OutOfTime, limited


def spin():
    while True:
        pass


def spin_catching_exceptions():
    while True:
        try:
            [1 / 0 for _ in range(3)]
        except Exception:  # noqa: BLE001 - a learner's loop that catches everything it can
            continue


@pytest.mark.parametrize("loop", [spin, spin_catching_exceptions], ids=lambda loop: loop.__name__)
def test_limited_stops_an_endless_loop_in_a_thread(loop):
    caught = []

    def work():
        try:
            limited(loop, 0.05)
        except OutOfTime as error:
            caught.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert len(caught) == 1


def test_limited_stops_an_endless_loop_in_the_main_thread():
    with pytest.raises(OutOfTime):
        limited(spin, 0.05)


def test_limited_returns_the_result_and_leaves_no_exception_behind():
    for _ in range(50):
        assert limited(lambda: 7, 0.001) == 7
    time.sleep(0.02)  # a late exception would surface here


def test_limited_survives_work_that_ends_just_as_its_time_does():
    """Whichever wins the race, the outcome is one of the two, and nothing follows."""
    outcomes = set()
    for pause in range(40):
        end = time.perf_counter() + 0.004 + pause * 0.00005

        def work(end=end):
            while time.perf_counter() < end:
                pass
            return "done"

        try:
            outcomes.add(limited(work, 0.005))
        except OutOfTime:
            outcomes.add("out of time")
    sum(range(100_000))
    assert outcomes <= {"done", "out of time"}


def test_limited_passes_the_error_of_the_work_on():
    with pytest.raises(ZeroDivisionError):
        limited(lambda: 1 / 0, 1)


def test_limited_leaves_no_watchdog_running_when_hits_come_thick_and_fast(monkeypatch):
    """Hits that land between the end of the work and the return must not outlive the block."""
    monkeypatch.setattr(deadline._Watchdog, "AGAIN", 2e-5)
    monkeypatch.setattr(deadline._Watchdog, "GROWTH", 1.0)
    monkeypatch.setattr(deadline._Watchdog, "MOST_HITS", 2000)
    before = threading.active_count()
    outcomes = []
    for _ in range(300):
        with pytest.raises(OutOfTime):
            limited(spin, 0.0003)
        try:
            outcomes.append(threading.active_count() - before)
            sum(1 for _ in range(2000))  # where a stray hit would surface
        except OutOfTime:
            outcomes.append("stray")
    assert set(outcomes) == {0}


def test_limited_may_run_out_while_its_own_thread_starts():
    """A limit of no time at all: either outcome, and no thread is left behind."""
    before = threading.active_count()
    for _ in range(200):
        with contextlib.suppress(OutOfTime):
            assert limited(lambda: 7, 0) == 7
        assert threading.active_count() == before
