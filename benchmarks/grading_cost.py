"""What grading one correct submission of all lessons costs, against the floor, in the same run.

The floor has no walls and no second process: a warm interpreter forks, imports the same files and
runs the same criteria in the fork. Both are measured on one core, as `descent grade` gives one to
each grader and its sandbox where it keeps all cores busy, and free to move between cores. Beside
them, what other submissions cost on one core: nothing, the stubs, and a third of the functions
wrong, each with a slip of the catalogue in it. It exits with 1 where the CPU time on one core is
more than 2.1 times the floor, or that of another submission more than its share of a right one. Run
it with ``uv run python benchmarks/grading_cost.py``.
"""

import argparse
import importlib
import inspect
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
from autograder.checking.mistake import Slip
from autograder.checking.student import Student
from autograder.exercises.registry import criteria_of, mistakes_of, solution
from autograder.exercises.selection import graded_exercises
from autograder.grading.grade import grade
from autograder.grading.warmth import Warmth
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

ROOT = Path(__file__).parents[1]
MOST = 2.1
MAX_SHARES = {"nothing written": 0.5, "stubs": 0.5, "a third wrong": 1.4}  # of a right one
ONE_CORE = "on one core, as descent grade"
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
        exercises = [exercise for exercise in graded_exercises(assignment) if not exercise.bonus]
        names = {exercise.module for exercise in exercises}
        modules = {name: importlib.import_module(f"course.{name}") for name in names}
        student = Student(InProcessSession(modules))
        seed = Seed("", "ada")
        held = [
            judge(criterion, student, seed).passed
            for exercise in exercises
            for criterion in criteria_of(exercise.name, exercise.module)
        ]
        shutil.rmtree(folder)
        code = 0 if all(held) else 1
    finally:
        os._exit(code)


def with_slips(assignment: str) -> dict[str, bytes]:
    """The solutions, with a slip of the catalogue in each third function that has one."""
    texts = {path: content.decode() for path, content in solved().items()}
    exercises = [exercise for exercise in graded_exercises(assignment) if not exercise.bonus]
    for exercise in exercises[::3]:
        known = mistakes_of(exercise.name, exercise.module)
        slip = next((mistake.answer for mistake in known if isinstance(mistake.answer, Slip)), None)
        if slip is not None:
            right = inspect.getsource(getattr(solution(exercise.module), exercise.name))
            path = f"course/{exercise.module}.py"
            texts[path] = texts[path].replace(right, f"{slip.text}\n")
    return {path: text.encode() for path, text in texts.items()}


def others(assignment: str) -> dict[str, dict[str, bytes]]:
    """Submissions that are not right, by what is wrong with them."""
    stubs = {f"course/{path.name}": path.read_bytes() for path in (ROOT / "course").glob("*.py")}
    return dict(zip(MAX_SHARES, ({}, stubs, with_slips(assignment)), strict=True))


def sandboxed_once(
    files: dict[str, bytes], assignment: str, sandbox: Sandbox, warmth: Warmth | None = None
) -> float:
    """Grade once in the sandbox, in a fork as a grading process does; the learner's seconds.

    A submission that need not be right leaves what a grading process keeps of it.
    """
    exercises = [exercise for exercise in graded_exercises(assignment) if not exercise.bonus]
    before = sandbox.cpu_seconds()
    graded = result_of_fork(
        lambda: (grade(Submission("ada", files), sandbox, exercises), sandbox.cpu_seconds())
    )
    if graded is None:
        sys.exit("the fork that grades ended without a result")
    result, after = graded
    if warmth is not None:
        warmth.after(result)
    elif result.score != result.max_score:
        sys.exit(f"the solutions got {result.score} of {result.max_score} points")
    return after - before


def cost(run: Callable[[], float | None]) -> Cost:
    """What one run costs: this process, its children that ended, and what it says of others."""

    def computed() -> float:
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(process.ru_utime + process.ru_stime for process in used)

    started, before = time.perf_counter(), computed()
    others = run() or 0.0
    return time.perf_counter() - started, computed() - before + others


def ratio(name: str, ours: list[Cost], floor: list[Cost]) -> float:
    """Print the medians of both, and return the ratio of their CPU times."""
    ratios = []
    for position, kind in enumerate(("wall", "CPU")):
        mine = statistics.median(seconds[position] for seconds in ours)
        least = statistics.median(seconds[position] for seconds in floor)
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
    ways = {ONE_CORE: {max(everywhere)}, "on all cores": everywhere}
    warmth = Warmth(graded_exercises(assignment))
    wrong = others(assignment)
    theirs: dict[str, list[Cost]] = {name: [] for name in wrong}
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
            os.sched_setaffinity(0, ways[ONE_CORE])
            for name, handed_in in wrong.items():
                run = partial(sandboxed_once, handed_in, assignment, sandboxes[ONE_CORE], warmth)
                spent = cost(run)
                if number:
                    theirs[name].append(spent)
    finally:
        for sandbox_of in sandboxes.values():
            sandbox_of.close()
    print(f"{assignment}, medians of {arguments.rounds} rounds")
    ratios = [ratio(way, ours[way], floor[way]) for way in ways]
    right = statistics.median(seconds for _, seconds in ours[ONE_CORE])
    shares = {
        name: statistics.median(seconds for _, seconds in spent) / right
        for name, spent in theirs.items()
    }
    for name, share in shares.items():
        most = MAX_SHARES[name]
        print(f"{name}: {right * share * 1e3:.0f} ms of CPU, {share:.2f} of a right one ({most})")
    if ratios[0] > MOST:
        sys.exit(f"more than {MOST:g} times the floor")
    if any(share > MAX_SHARES[name] for name, share in shares.items()):
        sys.exit("another submission costs more than its share")


if __name__ == "__main__":
    main()
