"""The time limit stops Python loops in any thread, and touches nothing after its block."""

import contextlib
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from lab.widget import time_limit
from lab.widget.time_limit import OutOfTime, TimeLimit


def spin():
    while True:
        pass


def spin_catching_exceptions():
    while True:
        try:
            [1 / 0 for _ in range(3)]
        except Exception:  # noqa: BLE001 - a learner's loop that catches everything it can
            continue


PATIENCE = 300  # seconds: nothing here takes as long, unless the machine is very busy


@pytest.fixture
def watchdogs():
    """Gives the watchdogs that are alive; those of earlier tests are not among them."""
    before = threading.enumerate()

    def alive():
        started = [thread for thread in threading.enumerate() if thread not in before]
        return [thread for thread in started if thread.name.startswith("time limit")]

    return alive


@pytest.fixture
def limit(monkeypatch, watchdogs):
    """A time limit whose watchdog ends soon, and has ended after the test."""
    monkeypatch.setattr(TimeLimit, "IDLE", 0.05)
    limit = TimeLimit()
    yield limit
    limit._bell.put(None)  # it need not sleep until the last call would have been due
    for watchdog in watchdogs():
        watchdog.join(PATIENCE)
    assert watchdogs() == []


def spin_catching_everything():
    while True:
        try:
            while True:
                pass
        except:  # noqa: E722 - the loop of a learner who means well
            continue


LOOPS = [spin, spin_catching_exceptions]


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__name__)
def test_run_stops_an_endless_loop_in_a_thread(limit, loop):
    caught = []

    def work():
        try:
            limit.run(loop, 0.05)
        except OutOfTime as error:
            caught.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert len(caught) == 1


def test_run_stops_an_endless_loop_in_the_main_thread(limit):
    with pytest.raises(OutOfTime):
        limit.run(spin, 0.05)


def test_run_with_a_short_limit_does_not_wait_for_a_long_one_begun_before(limit, watchdogs):
    release = threading.Event()
    waiting = threading.Thread(target=limit.run, args=(release.wait, 2 * PATIENCE))
    waiting.start()
    while not watchdogs():
        time.sleep(0.001)
    began = time.monotonic()
    with pytest.raises(OutOfTime):
        limit.run(spin, 0.05)
    assert time.monotonic() - began < PATIENCE
    release.set()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    # The watchdog would look at the long call again much later; a short one wakes it.
    with pytest.raises(OutOfTime):
        limit.run(spin, 0.05)


def test_run_stops_two_loops_in_two_threads(limit):
    caught = []

    def work():
        try:
            limit.run(spin, 0.05)
        except OutOfTime as error:
            caught.append(error)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(caught) == 2


def test_run_returns_the_result_and_leaves_no_exception_behind(limit, monkeypatch):
    with monkeypatch.context() as patch:
        clock = SimpleNamespace(now=0.0, monotonic=lambda: clock.now)
        clock.process_time = clock.monotonic
        patch.setattr(time_limit, "time", clock)  # however busy the machine is, no time passes
        for _ in range(50):
            assert limit.run(lambda: 7, 0.001) == 7
        clock.now = 1.0  # all calls would be due, were they not over
        while limit._calls:
            sum(range(1000))  # a late exception would surface here


def test_run_survives_work_that_ends_just_as_its_time_does(limit):
    """Whichever wins the race, the outcome is one of the two, and nothing follows."""
    outcomes = set()
    for pause in range(40):
        end = time.perf_counter() + 0.004 + pause * 0.00005

        def work(end=end):
            while time.perf_counter() < end:
                pass
            return "done"

        try:
            outcomes.add(limit.run(work, 0.005))
        except OutOfTime:
            outcomes.add("out of time")
    sum(range(100_000))
    assert outcomes <= {"done", "out of time"}


def test_run_does_not_count_the_time_in_which_nothing_is_computed(limit, monkeypatch):
    """As on a busy machine, where the thread waits for its turn."""
    monkeypatch.setattr(TimeLimit, "WAITING", PATIENCE / 0.1)

    def work():
        time.sleep(0.3)
        return sum(range(1000))

    assert limit.run(work, 0.1) == 499_500


def test_run_stops_a_loop_that_only_waits(limit, monkeypatch):
    monkeypatch.setattr(TimeLimit, "WAITING", 2.0)

    def wait():
        while True:
            time.sleep(0.001)

    with pytest.raises(OutOfTime):
        limit.run(wait, 0.05)


def test_run_passes_the_error_of_the_work_on(limit):
    with pytest.raises(ZeroDivisionError):
        limit.run(lambda: 1 / 0, PATIENCE)


def test_run_leaves_no_hit_behind_when_hits_come_thick_and_fast(limit, monkeypatch, watchdogs):
    """Hits that land between the end of the work and the return must not outlive the block."""
    monkeypatch.setattr(time_limit._Call, "AGAIN", 2e-5)
    monkeypatch.setattr(time_limit._Call, "GROWTH", 1.0)
    monkeypatch.setattr(time_limit._Call, "MAX_HITS", 2000)
    outcomes = []
    with monkeypatch.context() as patch:
        patch.setattr(TimeLimit, "IDLE", PATIENCE)
        for _ in range(300):
            with pytest.raises(OutOfTime):
                limit.run(spin, 0.0003)
            try:
                outcomes.append(len(watchdogs()))
                sum(1 for _ in range(2000))  # where a stray hit would surface
            except OutOfTime:
                outcomes.append("stray")
    assert set(outcomes) == {1}  # the same watchdog all the time


def test_run_may_be_out_of_time_before_it_begins(limit, watchdogs):
    """A limit of no time at all: either outcome, and one watchdog for all."""
    for _ in range(200):
        with contextlib.suppress(OutOfTime):
            assert limit.run(lambda: 7, 0) == 7
        assert len(watchdogs()) <= 1


def test_watchdog_serves_call_after_call_ends_when_idle_and_comes_back(
    limit, monkeypatch, watchdogs
):
    with monkeypatch.context() as patch:
        patch.setattr(TimeLimit, "IDLE", PATIENCE)
        limit.run(lambda: 1, PATIENCE)
        (first,) = watchdogs()
        limit.run(lambda: 1, PATIENCE)
        assert watchdogs() == [first]
    limit._bell.put(None)  # it looks again, and will end soon
    first.join(PATIENCE)
    assert watchdogs() == []
    with pytest.raises(OutOfTime):
        limit.run(spin, 0.05)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="there, Python always has threads")
@pytest.mark.parametrize("loop", [*LOOPS, spin_catching_everything], ids=lambda loop: loop.__name__)
def test_run_stops_an_endless_loop_where_there_are_no_threads(loop, monkeypatch, watchdogs):
    monkeypatch.setattr(time_limit, "THREADS", False)
    limit = TimeLimit()
    with pytest.raises(OutOfTime):
        limit.run(loop, 0.05)
    assert watchdogs() == []
    sum(1 for _ in range(2000))  # where a stray hit would surface
    assert limit.run(lambda: 7, PATIENCE) == 7
    with pytest.raises(ZeroDivisionError):
        limit.run(lambda: 1 / 0, PATIENCE)


@pytest.mark.parametrize("loops", [False, True], ids=["in time", "out of time"])
def test_code_can_be_traced_after_a_call(loops):
    """In Python 3.11 a hit that is taken back hangs every tracer."""
    code = (
        "import contextlib, sys\n"
        "from lab.widget.time_limit import OutOfTime, TimeLimit\n"
        "def work():\n"
        f"    while {loops}:\n"
        "        pass\n"
        "with contextlib.suppress(OutOfTime):\n"
        f"    TimeLimit().run(work, {0.01 if loops else PATIENCE})\n"
        "sys.setprofile(lambda *_: None)\n"
        "(lambda: None)()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=PATIENCE, check=False)
    assert done.returncode == 0
