"""How grading many submissions scales: with processes on this machine, and on a Dask cluster.

The same made-up class is graded by one process, by two, and by a cluster of two workers, in turns.
What counts is the time from the first result to the last, without starting and stopping; the
figures are ratios of the medians over the rounds.

By the clock, two processes gain on one only where two cores are free. So that something can be said
on a busy machine too, the computing time of all processes is counted as well: the parts of a batch
with one process take turns, so that on idle cores its time would be its computing time, and that of
two processes half of theirs. The share of the process that gives out the work says how many
grading processes it could keep busy.

`nbgrader_speed.py` compares with nbgrader; this program compares ways of `descent grade` with one
another. Run it with ``uv run python benchmarks/batch.py``.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

import made_class
import psutil

from autograder.batch.assignment import Assignment
from autograder.batch.dask_cluster import Cluster
from autograder.batch.grade_folder import Progress, grade_folder
from autograder.batch.journal import Journal
from autograder.batch.pool import Graders, Pool
from autograder.exercises.manifest import LESSONS
from autograder.submissions.handed_in import handed_in
from autograder.submissions.reading import Handed

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
import asyncio, os, sys
from distributed import Worker

os.sched_setaffinity(0, {int(sys.argv[2])})  # as on another machine, which has one core

async def main():
    async with Worker(sys.argv[1], host="127.0.0.1", nthreads=1, dashboard=False) as worker:
        print(worker.address, flush=True)
        await worker.finished()

asyncio.run(main())
"""


@contextmanager
def local_cluster(workers: int) -> Iterator[tuple[str, set[int]]]:
    """A scheduler and so many workers of one thread: its address, and the numbers of all."""
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
            cores = sorted(os.sched_getaffinity(0))
            for number in range(workers):
                started(WORKER, address, str(cores[number % len(cores)]))
            yield address, {process.pid for process in running}
        finally:
            for process in reversed(running):
                process.terminate()
            for process in running:
                process.wait(30)


@dataclass(frozen=True)
class Cost:
    """What one submission took, between the first result and the last, in seconds.

    Attributes
    ----------
    wall : float
        By the clock.
    giving : float
        Computing time of the process that gives out the work.
    whole : float
        Computing time of all processes that took part.
    """

    wall: float
    giving: float
    whole: float


def computed(left_out: Set[int]) -> tuple[float, float]:
    """Computing time so far: of this process, and of it and all that descend from it.

    Parameters
    ----------
    left_out : set of int
        Numbers of children that are left out, with all that descends from them.
    """
    own = resource.getrusage(resource.RUSAGE_SELF)
    giving = below = own.ru_utime + own.ru_stime
    for child in psutil.Process().children():
        if child.pid not in left_out:
            for process in [child, *child.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    below += sum(process.cpu_times()[:4])  # with that of children that have ended
    return giving, below


def cost_each(
    handed: list[Handed],
    assignment: Assignment,
    graders: Callable[[int], AbstractContextManager[Graders]],
    left_out: Set[int],
) -> Cost:
    """What a submission costs in a batch; see `computed` for the last parameter."""
    moments: list[tuple[float, float, float]] = []

    def on_progress(progress: Progress) -> None:
        if progress.graded in (1, len(handed)):
            moments.append((time.perf_counter(), *computed(left_out)))

    with (
        tempfile.TemporaryDirectory() as place,
        closing(Journal(Path(place) / "journal")) as journal,
    ):
        grade_folder(handed, assignment, journal, graders, on_progress)
    first, last = moments
    return Cost(*((b - a) / (len(handed) - 1) for a, b in zip(first, last, strict=True)))


def main() -> None:
    """Print the rates and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assignment", default="1_loss_functions")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    assignment = Assignment(arguments.assignment)
    lessons = [lesson.name for lesson in LESSONS]
    lessons = lessons if assignment.name == "all" else [assignment.name]
    costs: dict[str, list[Cost]] = {"one process": [], "two processes": [], "two workers": []}
    with tempfile.TemporaryDirectory() as place, local_cluster(2) as (address, cluster):
        folder = Path(place)
        for student, files in made_class.made_class(arguments.count, 1, lessons):
            made_class.write(folder / student, files)
        handed = handed_in(folder)
        ways: dict[str, Callable[[int], AbstractContextManager[Graders]]] = {
            "one process": lambda _: Pool(1, assignment),
            "two processes": lambda _: Pool(2, assignment),
            "two workers": lambda _: Cluster(address, assignment),
        }
        for _ in range(arguments.rounds):
            for name, graders in ways.items():
                left_out = set() if name == "two workers" else cluster
                costs[name].append(cost_each(handed, assignment, graders, left_out))
    for name, taken in costs.items():
        spread = ", ".join(f"{60 / seconds.wall:.0f}" for seconds in taken)
        wall = statistics.median(seconds.wall for seconds in taken)
        print(f"{assignment.name}, {name}: {60 / wall:.0f} a minute ({spread})")
    one, two, workers = (_middle(taken) for taken in costs.values())
    print(f"two processes against one, by the clock: {one.wall / two.wall:.2f} (goal: {SCALING})")
    print(f"by computing time, as on idle cores: {2 * one.whole / two.whole:.2f}")
    print(
        f"computing time of a submission: {1e3 * two.whole:.0f} ms; of that, to give it out and "
        f"keep the result: {1e3 * two.giving:.1f} ms, {two.whole / two.giving:.0f} times less"
    )
    by_clock, by_computing = workers.wall / two.wall, workers.whole / two.whole
    print(
        f"two Dask workers against two processes, by the clock: {by_clock:.2f} (goal: {OVERHEAD})"
    )
    print(f"by computing time: {by_computing:.2f}")


def _middle(taken: list[Cost]) -> Cost:
    """The medians."""
    return Cost(*map(statistics.median, zip(*map(astuple, taken), strict=True)))


if __name__ == "__main__":
    main()
