"""What grading one correct submission of all lessons costs, against the floor, in the same run.

The floor has no walls and no second process: a warm interpreter forks, imports the same files and
runs the same criteria in the fork. Both are measured on one core, as `descent grade` gives one to
each grader and its sandbox where it keeps all cores busy, and free to move between cores. It exits
with 1 where the CPU time on one core is more than three times the floor. Run it with
``uv run python benchmarks/grading_cost.py``.
"""

import argparse
import importlib
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from autograder.batch.fork import result_of_fork
from autograder.checking.in_process import InProcessSession
from autograder.checking.judge import Seed, judge
from autograder.checking.student import Student
from autograder.exercises.registry import criteria_of
from autograder.exercises.selection import graded_exercises
from autograder.grading.grade import grade
from autograder.grading.warmth import Warmth
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

ROOT = Path(__file__).parents[1]
MOST = 3.0
Cost = tuple[float, float]  # seconds by the clock, and of computing


def solved() -> dict[str, bytes]:
    """A correct submission: the solutions as a learner's course."""
    paths = sorted((ROOT / "solutions").glob("*.py"))
    return {f"course/{path.name}": path.read_bytes() for path in paths}


def floor_once(files: dict[str, bytes], assignment: str) -> None:
    """Fork, import the files, run the criteria on them in the fork."""
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        if status:
            sys.exit("the floor's run failed")
        return
    code = 1
    try:
        folder = tempfile.mkdtemp()
        for path, content in files.items():
            where = Path(folder) / path
            where.parent.mkdir(exist_ok=True)
            where.write_bytes(content)
        sys.path.insert(0, folder)
        exercises = [each for each in graded_exercises(assignment) if not each.bonus]
        names = {each.module for each in exercises}
        modules = {name: importlib.import_module(f"course.{name}") for name in names}
        student = Student(InProcessSession(modules))
        seed = Seed("", "ada")
        held = [
            judge(criterion, student, seed).passed
            for each in exercises
            for criterion in criteria_of(each.name, each.module)
        ]
        shutil.rmtree(folder)
        code = 0 if all(held) else 1
    finally:
        os._exit(code)


def sandboxed_once(files: dict[str, bytes], assignment: str, sandbox: Sandbox) -> float:
    """Grade once in the sandbox, in a fork as a grading process does; the learner's seconds."""
    exercises = [each for each in graded_exercises(assignment) if not each.bonus]
    before = sandbox.cpu_seconds()
    graded = result_of_fork(
        lambda: (grade(Submission("ada", files), sandbox, exercises), sandbox.cpu_seconds())
    )
    if graded is None:
        sys.exit("the fork that grades ended without a result")
    result, after = graded
    if result.score != result.max_score:
        sys.exit(f"the solutions got {result.score} of {result.max_score} points")
    return after - before


def cost(run: Callable[[], float | None]) -> Cost:
    """What one run costs: this process, its children that ended, and what it says of others."""

    def computed() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(each.ru_utime + each.ru_stime for each in used)

    started, before = time.perf_counter(), computed()
    others = run() or 0.0
    return time.perf_counter() - started, computed() - before + others


def ratio(name: str, ours: list[Cost], floor: list[Cost]) -> float:
    """Print the medians of both, and return the ratio of their CPU times."""
    ratios = []
    for position, kind in enumerate(("wall", "CPU")):
        mine = statistics.median(each[position] for each in ours)
        least = statistics.median(each[position] for each in floor)
        ratios.append(mine / least)
        print(
            f"{name}, {kind}: sandboxed {mine * 1e3:.0f} ms, floor {least * 1e3:.0f} ms, "
            f"ratio {mine / least:.2f}"
        )
    return ratios[-1]


def main() -> None:
    """Print the costs and their ratios, on one core and on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assignment", default="all")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    assignment, files = arguments.assignment, solved()
    everywhere = os.sched_getaffinity(0)
    ways = {"on one core, as descent grade": {max(everywhere)}, "on all cores": everywhere}
    Warmth(graded_exercises(assignment))
    sandboxes: dict[str, Sandbox] = {}
    ours: dict[str, list[Cost]] = {way: [] for way in ways}
    floor: dict[str, list[Cost]] = {way: [] for way in ways}
    try:
        for number in range(arguments.rounds + 1):
            for way, cores in ways.items():
                os.sched_setaffinity(0, cores)
                sandbox = sandboxes.get(way)
                if sandbox is None:
                    sandbox = sandboxes[way] = Sandbox(secrets=[ROOT])
                least = cost(partial(floor_once, files, assignment))
                mine = cost(partial(sandboxed_once, files, assignment, sandbox))
                if number:  # the first warms up
                    floor[way].append(least)
                    ours[way].append(mine)
    finally:
        for each in sandboxes.values():
            each.close()
    print(f"{assignment}, medians of {arguments.rounds} rounds")
    ratios = [ratio(way, ours[way], floor[way]) for way in ways]
    if ratios[0] > MOST:
        sys.exit(f"more than {MOST:g} times the floor")


if __name__ == "__main__":
    main()
