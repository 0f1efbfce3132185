"""Work beside the kernel, with threads and without: the same pieces, and an end when asked."""

import asyncio
import threading

import pytest

from lab.widget import background
from lab.widget.background import Background


@pytest.fixture(params=[True, False], ids=["threads", "no-threads"])
def threads(request, monkeypatch):
    monkeypatch.setattr(background, "THREADS", request.param)
    return request.param


def counting(done, work):
    while len(done) < 1000 and not work[0].stop.is_set():
        done.append(threading.current_thread())
        yield 0.001


def begun(done, pieces=counting):
    work = []
    work.append(Background(pieces(done, work), "counting"))
    work[0].start()
    return work[0]


async def until(condition):
    async with asyncio.timeout(300):
        while not condition():
            await asyncio.sleep(0.001)


def test_start_returns_before_the_work_is_done_and_what_comes_meanwhile_is_heard(threads):
    async def kernel():
        done = []
        work = begun(done)
        assert len(done) < 1000
        await until(lambda: len(done) > 2)  # this coroutine gets its turn as well
        work.stop.set()
        work.finish(300)
        assert 2 < len(done) < 1000
        assert (done[0] is threading.main_thread()) is not threads
        seen = len(done)
        await asyncio.sleep(0.01)
        assert len(done) == seen

    asyncio.run(kernel())


def test_work_ends_by_itself(threads):
    def pieces(done, work):
        done.append(1)
        yield 0.0
        done.append(2)

    async def kernel():
        done = []
        begun(done, pieces)
        await until(lambda: done == [1, 2])

    asyncio.run(kernel())


def test_finish_takes_the_rest_where_there_are_no_threads(monkeypatch):
    monkeypatch.setattr(background, "THREADS", False)

    async def kernel():
        done = []
        work = begun(done)
        work.finish(300)
        assert len(done) == 1000
        await asyncio.sleep(0.01)
        assert len(done) == 1000

    asyncio.run(kernel())
