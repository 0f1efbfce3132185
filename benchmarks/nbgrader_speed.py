"""`nbgrader autograde` as it comes, with our configuration, and `descent grade`, side by side.

The same lesson, the same submissions (correct, wrong and unwritten ones in turn), one run. Wall
time and CPU time of all processes, start-up included, where control groups can be had: else CPU
time counts only processes that were waited for, and the output says so. Each way is tried on one
submission first, so that Python's bytecode is there for all. Run it with
``uv run python benchmarks/nbgrader_speed.py``; stock nbgrader takes minutes.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LESSON = "1_loss_functions"
OURS, STOCK = "nbgrader autograde with our configuration", "stock nbgrader autograde"
GROUPS = {
    Path("/sys/fs/cgroup/cpuacct"): ("cpuacct.usage", lambda text: int(text) / 1e9),
    Path("/sys/fs/cgroup"): ("cpu.stat", lambda text: int(text.split()[1]) / 1e6),
}


# Runs `nbgrader autograde` and prints how long starting took, and how long the grading itself.
TIMED = """
import sys, time
start = time.perf_counter()
from nbgrader.apps import NbGraderApp
from autograder.nbgrader.preprocessors import GradeInSandbox
ready, within, grade = time.perf_counter(), [], GradeInSandbox.preprocess
def timed(self, *given):
    begin = time.perf_counter()
    try:
        return grade(self, *given)
    finally:
        within.append(time.perf_counter() - begin)
GradeInSandbox.preprocess = timed
NbGraderApp.launch_instance(["autograde", sys.argv[1]])
print(ready - start, sum(within), time.perf_counter() - ready - sum(within))
"""


@dataclass(frozen=True)
class Cost:
    """What one command used, in seconds."""

    wall: float
    cpu: float


def measured(command: list[str], folder: Path, environment: dict[str, str]) -> Cost:
    """Run a command; what it and all its descendants used."""
    for base, (name, seconds) in GROUPS.items():
        group = base / f"first-descent-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        if not (group / name).exists():
            group.rmdir()
            continue
        entered = [
            "sh",
            "-c",
            f'echo $$ > {group}/cgroup.procs && exec "$@"',
            "sh",
            *command,
        ]
        wall = run(entered, folder, environment)
        cpu = seconds((group / name).read_text())
        while (group / "cgroup.procs").read_text().strip():
            time.sleep(0.1)
        group.rmdir()
        return Cost(wall, cpu)
    print("No control group: CPU time of processes that nobody waited for is missing.")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = run(command, folder, environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu)


def where_time_goes(folder: Path, environment: dict[str, str]) -> tuple[float, ...]:
    """Seconds for starting, grading, and all else that nbgrader does, with our configuration."""
    command = [sys.executable, "-c", TIMED, LESSON]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return tuple(map(float, done.stdout.split()[-3:]))


def run(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """Run a command; the seconds that it took."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-3000:])
    return time.perf_counter() - start


def made_course(root: Path, count: int, environment: dict[str, str]) -> Path:
    """A released course with so many submissions."""
    course = root / "course"
    run(["descent", "release", "course", "--lesson", LESSON], root, environment)
    run(["nbgrader", "generate_assignment", LESSON], course, environment)
    solution = (ROOT / "solutions" / "losses.py").read_text(encoding="utf-8")
    wrong = solution.replace("np.max(logits, axis=-1, keepdims=True)", "0.0")
    unwritten = (course / "release" / LESSON / "course" / "losses.py").read_text(encoding="utf-8")
    for number in range(count):
        folder = course / "submitted" / f"student-{number:04}" / LESSON
        shutil.copytree(course / "release" / LESSON, folder)
        text = (solution, wrong, unwritten)[number % 3]
        (folder / "course" / "losses.py").write_text(text, encoding="utf-8")
    return course


def copied(course: Path, name: str, count: int) -> Path:
    """A copy of the course with so many of its submissions."""
    copy = course.with_name(name)
    shutil.copytree(course, copy)
    for folder in sorted((copy / "submitted").iterdir())[count:]:
        shutil.rmtree(folder)
    return copy


def ways() -> dict[str, list[str]]:
    """The commands, by what they are called in the output."""
    grade = ["descent", "grade", "submitted", "--assignment", LESSON]
    return {
        OURS: ["nbgrader", "autograde", LESSON],
        STOCK: ["nbgrader", "autograde", LESSON],
        "descent grade": [*grade, "--out", "results.json"],
        "descent grade --gradebook": [*grade, "--gradebook", "gradebook.db"],
    }


def prepared(course: Path, name: str, count: int) -> Path:
    """A copy of the course with so many submissions, for one way of grading it."""
    copy = copied(course, f"{name} {count}".replace(" ", "-"), count)
    if name == STOCK:
        (copy / "nbgrader_config.py").unlink()
    return copy


def main() -> None:
    """Print what each way costs, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=24)
    parser.add_argument("--many", type=int, default=240, help="for the command, without nbgrader")
    arguments = parser.parse_args()
    few, many = arguments.submissions, arguments.many
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": folder,
            "JUPYTER_CONFIG_DIR": str(root / "config"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        course = made_course(root, many, environment)
        costs: dict[tuple[str, int], Cost] = {}
        for name, command in ways().items():
            run(command, prepared(course, name, 1), environment)
            for count in (few,) if name in (OURS, STOCK) else (few, many):
                cost = measured(command, prepared(course, name, count), environment)
                costs[name, count] = cost
                print(
                    f"{name}, {count} submissions: {cost.wall:.1f} s; for each "
                    f"{cost.wall / count * 1e3:.0f} ms of wall and "
                    f"{cost.cpu / count * 1e3:.0f} ms of CPU time",
                    flush=True,
                )
        start, grading, rest = where_time_goes(prepared(course, "timed", few), environment)
    ours, stock = costs.pop((OURS, few)), costs.pop((STOCK, few))
    print(
        f"{OURS}, where the time goes: {start:.1f} s to start nbgrader, "
        f"{grading / few * 1e3:.0f} ms a submission for grading, "
        f"{rest / few * 1e3:.0f} ms for nbgrader's own conversion"
    )
    print(
        f"{OURS}: {stock.wall / ours.wall:.1f} times as fast as stock by the clock, "
        f"{stock.cpu / ours.cpu:.1f} in CPU time"
    )
    for (name, count), cost in costs.items():
        ratio = stock.cpu / few / (cost.cpu / count)
        print(f"{name}, {count} submissions: {ratio:.0f} times as fast as stock in CPU time")


if __name__ == "__main__":
    main()
