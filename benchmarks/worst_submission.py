"""What the worst submissions cost, through the command that grades them.

Each attack of ``tests/attacks/resources``, and a few slow programs of honest beginners, is handed
in beside a right submission and graded by ``descent grade`` with one process. The table has seconds
by the clock and CPU seconds beyond those of the right one, the most memory that all processes held
at once (resident, what they share counted for each), and how the submission ended. Time and memory
are looked at thirty times a second: what ends between two looks is not seen. It exits with 1 where
one of them takes more than the budget of a submission and its start, where a neighbor's result is
another than alone, or where a submission ends as the grader's fault. Run it with
``uv run python benchmarks/worst_submission.py``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import made_class
import psutil

from autograder.exercises.manifest import exercise
from autograder.grading.budget import SUBMISSION
from autograder.maintain.make import solution_text
from autograder.maintain.verify.attacks import attacks

DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
LOOK_SECONDS = 0.03
START_SECONDS = 10.0  # of the command and its processes, on a busy machine
SLOW = {  # what is handed over: the module, and what its functions do before they answer
    "counts to a hundred thousand": ("losses", "list(range(100_000))"),
    "adds up in a loop": ("losses", "sum(i * i for i in range(100_000))"),
    "makes a table of a million": ("losses", "np.ones((1000, 1000))"),
    "sorts at every step": ("optimizers", "sorted(range(100_000), key=lambda i: -i)"),
    "prints at every call": ("training", "print('step', *range(200))"),
    "sleeps for the screen": ("gradient_descent", "__import__('time').sleep(0.05)"),
}
SLOWED = """

import functools

def _slowed(function):
    @functools.wraps(function)
    def changed(*arguments, **keywords):
        {does}
        return function(*arguments, **keywords)
    return changed

for _name, _one in list(globals().items()):
    if callable(_one) and getattr(_one, "__module__", "") == __name__ and not _name.startswith("_"):
        if not isinstance(_one, type):
            globals()[_name] = _slowed(_one)
"""


@dataclass(frozen=True)
class Spent:
    """What a run of the command used up, and the results by student."""

    clock: float
    cpu: float
    memory: int
    results: dict[str, Any]


def handed_in() -> dict[str, tuple[str, dict[str, bytes]]]:
    """The lesson and the files of each submission, by its name."""
    found = {}
    for attack in attacks(made_class.ROOT):
        if attack.family == "resources":
            lesson = exercise(next(iter(attack.outcomes))).lesson
            found[attack.name] = (lesson, attack.submission())
    for name, (module, does) in SLOW.items():
        text = "import numpy as np\n" + solution_text(module) + SLOWED.format(does=does)
        lesson = next(
            exercise.lesson for exercise in made_class.EXERCISES if exercise.module == module
        )
        found[name] = (lesson, {f"course/{module}.py": text.encode()})
    return found


def graded(submissions: dict[str, dict[str, bytes]], lesson: str) -> Spent:
    """Grade some submissions of a lesson by the command."""
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place, "submissions"), Path(place, "results.json")
        for student, files in submissions.items():
            for path, content in files.items():
                where = folder / student / path
                where.parent.mkdir(parents=True, exist_ok=True)
                where.write_bytes(content)
        started, computed = time.perf_counter(), dict[int, float]()
        command = [*DESCENT, "grade", str(folder), "--assignment", lesson, "--jobs", "1"]
        memory = 0
        with subprocess.Popen(
            [*command, "--out", str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            while running.poll() is None:
                memory = max(memory, held_by(running.pid, computed))
                time.sleep(LOOK_SECONDS)
        clock, cpu = time.perf_counter() - started, sum(computed.values())
        results = json.loads(out.read_text(encoding="utf-8"))["submissions"]
    by_student = {result["student"]: {**result, "seconds": None} for result in results}
    return Spent(clock, cpu, memory, by_student)


def held_by(pid: int, computed: dict[int, float]) -> int:
    """The resident memory of a process and all that it started; what they computed is noted."""
    total = 0
    try:
        process = psutil.Process(pid)
        for member in (process, *process.children(recursive=True)):
            try:
                total += member.memory_info().rss
                times = member.cpu_times()
                computed[member.pid] = times.user + times.system
            except psutil.Error:
                continue
    except psutil.Error:
        return 0
    return total


def ending(result: dict[str, Any]) -> str:
    """How a submission ended, in a few words."""
    outcomes = Counter(exercise["outcome"] for exercise in result["exercises"])
    listed = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    return f"{result['score']:g} of {result['max_score']:g}: {listed}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of submissions")
    arguments = parser.parse_args()
    alone: dict[str, Spent] = {}
    wrong = []
    for name, (lesson, files) in handed_in().items():
        if arguments.only and name not in arguments.only:
            continue
        right = {path: text.encode() for path, text in made_class.correct([lesson]).items()}
        if lesson not in alone:
            alone[lesson] = graded({"neighbor": right}, lesson)
        spent = graded({"neighbor": right, name.replace(" ", "-"): files}, lesson)
        result = spent.results[name.replace(" ", "-")]
        print(
            f"{name:34s} {spent.clock - alone[lesson].clock:6.1f} s by the clock, "
            f"{spent.cpu - alone[lesson].cpu:6.1f} s of CPU, {spent.memory >> 20:5d} MiB, "
            f"{ending(result)}",
            flush=True,
        )
        same = spent.results["neighbor"] == alone[lesson].results["neighbor"]
        print(f"{'':34s} its neighbor has {'the same' if same else 'another'} result", flush=True)
        if not same:
            wrong.append(f"{name}: its neighbor has another result")
        if result["status"] != "graded":
            wrong.append(f"{name}: {result['status']}")
        if spent.clock - alone[lesson].clock > SUBMISSION.clock + START_SECONDS:
            wrong.append(f"{name}: it took {spent.clock:.0f} s")
    print(f"a right submission alone: {[f'{taken.clock:.1f} s' for taken in alone.values()]}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
