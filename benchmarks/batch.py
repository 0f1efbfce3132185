"""How grading many submissions scales: with processes on this machine, and on a Dask cluster.

The same made-up class is graded by one process, by two, and by a cluster of two workers, in turns.
What counts is the time from the first result to the last, without starting and stopping; the
figures are ratios of the medians over the rounds. Both processors of two have to be free for the
ratio of two to one to mean anything.

Run it with ``uv run python benchmarks/batch.py``.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import made_class

from autograder.batch import Assignment, Graders, Pool, Progress, grade_folder
from autograder.cluster import Cluster
from autograder.journal import Journal
from autograder.submissions import Handed, handed_in

SCALING, OVERHEAD = 1.7, 1.15  # the goals
SCHEDULER = """
import asyncio
from distributed import Scheduler

async def main():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()

asyncio.run(main())
"""
WORKER = """
import asyncio, sys
from distributed import Worker

async def main():
    async with Worker(sys.argv[1], host="127.0.0.1", nthreads=1, dashboard=False) as worker:
        print(worker.address, flush=True)
        await worker.finished()

asyncio.run(main())
"""


@contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """A scheduler and so many workers of one thread, each a process; the scheduler's address."""
    running: list[subprocess.Popen[str]] = []
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "DASK_TEMPORARY_DIRECTORY": scratch}

        def started(program: str, *arguments: str) -> str:
            process = subprocess.Popen(
                [sys.executable, "-c", program, *arguments],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=environment,
            )
            running.append(process)
            assert process.stdout is not None
            return process.stdout.readline().strip()

        try:
            address = started(SCHEDULER)
            for _ in range(workers):
                started(WORKER, address)
            yield address
        finally:
            for process in reversed(running):
                process.terminate()
            for process in running:
                process.wait(30)


def seconds_each(
    handed: list[Handed],
    assignment: Assignment,
    graders: Callable[[int], AbstractContextManager[Graders]],
) -> float:
    """Seconds for each submission, between the first result and the last."""
    moments: list[float] = []

    def told(progress: Progress) -> None:
        if progress.graded:
            moments.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as place, Journal(Path(place) / "journal") as journal:
        grade_folder(handed, assignment, journal, graders, told)
    return (moments[-1] - moments[0]) / (len(moments) - 1)


def main() -> None:
    """Print the rates and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assignment", default="1_loss_functions")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    assignment = Assignment(arguments.assignment)
    taken: dict[str, list[float]] = {"one process": [], "two processes": [], "two workers": []}
    with tempfile.TemporaryDirectory() as place, local_cluster(2) as address:
        folder = Path(place)
        for student, files in made_class.made_class(arguments.count, 1, [arguments.assignment]):
            made_class.write(folder / student, files)
        handed = handed_in(folder)
        ways: dict[str, Callable[[int], AbstractContextManager[Graders]]] = {
            "one process": lambda _: Pool(1, assignment),
            "two processes": lambda _: Pool(2, assignment),
            "two workers": lambda _: Cluster(address, assignment),
        }
        for _ in range(arguments.rounds):
            for name, graders in ways.items():
                taken[name].append(seconds_each(handed, assignment, graders))
    middle = {name: statistics.median(each) for name, each in taken.items()}
    for name, seconds in middle.items():
        spread = ", ".join(f"{60 / each:.0f}" for each in taken[name])
        print(f"{arguments.assignment}, {name}: {60 / seconds:.0f} a minute ({spread})")
    scaling = middle["one process"] / middle["two processes"]
    overhead = middle["two workers"] / middle["two processes"]
    print(f"two processes against one: {scaling:.2f} (goal: at least {SCALING})")
    print(
        f"two Dask workers, time against two processes: {overhead:.2f} (goal: at most {OVERHEAD})"
    )


if __name__ == "__main__":
    main()
