"""What grading one correct submission of all lessons costs, against the floor, in the same run.

The floor has no walls and no second process: a warm interpreter forks, imports the same files and
runs the same criteria in the fork. Run it with ``uv run python benchmarks/grading_cost.py``.
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
from pathlib import Path

from autograder.criteria import criteria_of
from autograder.grading import Submission, grade, graded_exercises
from autograder.judging import Seed, judge
from autograder.sandbox.in_process import InProcessSession
from autograder.sandbox.worker import Sandbox
from autograder.student import Student

ROOT = Path(__file__).parents[1]


def solved() -> dict[str, bytes]:
    """A correct submission: the solutions as a learner's course."""
    paths = sorted((ROOT / "solutions").glob("*.py"))
    return {f"course/{path.name}": path.read_bytes() for path in paths}


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


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
        for name in [name for name in sys.modules if name.split(".")[0] == "course"]:
            del sys.modules[name]
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


def sandbox_once(files: dict[str, bytes], assignment: str, sandbox: Sandbox) -> float:
    """Grade once in the sandbox; the CPU seconds that the confined children used."""
    exercises = [each for each in graded_exercises(assignment) if not each.bonus]
    result = grade(Submission("ada", files), sandbox, exercises)
    if result.score != result.max_score:
        sys.exit(f"the solutions got {result.score} of {result.max_score} points")
    return 0.0


def main() -> None:
    """Print both costs, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assignment", default="all")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    files = solved()
    floor_wall, floor_cpu, ours_wall, ours_cpu = [], [], [], []
    with Sandbox(secrets=[ROOT]) as sandbox:
        sandbox_once(files, arguments.assignment, sandbox)
        floor_once(files, arguments.assignment)
        for _ in range(arguments.rounds):
            wall, cpu = time.perf_counter(), cpu_seconds()
            floor_once(files, arguments.assignment)
            floor_wall.append(time.perf_counter() - wall)
            floor_cpu.append(cpu_seconds() - cpu)
            wall, cpu = time.perf_counter(), cpu_seconds() + sandbox.cpu_seconds()
            sandbox_once(files, arguments.assignment, sandbox)
            ours_wall.append(time.perf_counter() - wall)
            ours_cpu.append(cpu_seconds() + sandbox.cpu_seconds() - cpu)
    for name, ours, floor in (
        ("wall", ours_wall, floor_wall),
        ("CPU", ours_cpu, floor_cpu),
    ):
        mine, least = statistics.median(ours), statistics.median(floor)
        print(
            f"{arguments.assignment}, {name}: sandboxed {mine * 1e3:.0f} ms, "
            f"floor {least * 1e3:.0f} ms, ratio {mine / least:.2f}"
        )


if __name__ == "__main__":
    main()
