"""`nbgrader autograde` as it comes, with our configuration, and `descent grade`, side by side.

The same lesson, the same submissions (correct, wrong and unwritten ones in turn), one run. Wall
time and CPU time of all processes, start-up included, where control groups can be had: else CPU
time counts only processes that were waited for, and the output says so. Run it with
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
GROUPS = {
    Path("/sys/fs/cgroup/cpuacct"): ("cpuacct.usage", lambda text: int(text) / 1e9),
    Path("/sys/fs/cgroup"): ("cpu.stat", lambda text: int(text.split()[1]) / 1e6),
}


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


def copied(course: Path, name: str, count: int | None = None) -> Path:
    """A copy of the course, with fewer submissions if so asked."""
    copy = course.with_name(name)
    shutil.copytree(course, copy)
    for folder in sorted((copy / "submitted").iterdir())[count:] if count else ():
        shutil.rmtree(folder)
    return copy


def main() -> None:
    """Print what each way costs, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=24)
    parser.add_argument("--many", type=int, default=240, help="for `descent grade` alone")
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
        course = made_course(root, many, environment)
        autograde = ["nbgrader", "autograde", LESSON]
        grade = ["descent", "grade", "submitted", "--assignment", LESSON]
        into = [*grade, "--gradebook", "gradebook.db"]
        ours = copied(course, "ours", few)
        stock = copied(course, "stock", few)
        (stock / "nbgrader_config.py").unlink()
        fast, bare = copied(course, "fast", few), copied(course, "bare", few)
        rows: list[tuple[str, int, Cost]] = []

        def measure(name: str, command: list[str], place: Path, count: int) -> None:
            cost = measured(command, place, environment)
            rows.append((name, count, cost))
            print(
                f"{name}: {cost.wall:.1f} s, {cost.wall / count * 1e3:.0f} ms of wall and "
                f"{cost.cpu / count * 1e3:.0f} ms of CPU a submission",
                flush=True,
            )

        measure("nbgrader autograde, our configuration", autograde, ours, few)
        measure("nbgrader autograde, stock", autograde, stock, few)
        measure("descent grade --gradebook", into, fast, few)
        measure("descent grade", [*grade, "--out", "results.json"], bare, few)
        measure(f"descent grade --gradebook, {many}", into, copied(course, "fast-many"), many)
        measure(f"descent grade, {many}", [*grade, "--out", "r.json"], copied(course, "m"), many)
    (_, _, mine), (_, _, theirs) = rows[:2]
    print(f"autograde: {theirs.wall / mine.wall:.1f} times as fast as stock by the clock")
    for name, count, cost in rows[2:]:
        print(f"{name}: {theirs.cpu / few / (cost.cpu / count):.0f} times in CPU time per core")


if __name__ == "__main__":
    main()
