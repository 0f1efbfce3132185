"""How much the memory of a grader varies over a thousand submissions of every kind.

One grading process and its sandbox mark correct, mistaken, unfinished and hostile submissions, the
last those of ``tests/attacks``, one after the other, as in a batch. After each, what they hold is
added up: their own memory, and their part of what they share. Pages of files, which are
programs and libraries, are left out: how many others use them changes with whatever else runs. The
first hundred warm up whatever is kept on purpose: before them come answers to each exercise that
nothing explains, so that all is loaded that explains anything.

It exits with 1 where one of the others is more than five percent away from the median of them all,
or where the last quarter uses as much more than the second. Run it with
``uv run python benchmarks/memory.py``.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median

import made_class
import psutil

from autograder.batch.assignment import Assignment
from autograder.batch.grading_process import GradingProcess
from autograder.exercises.manifest import LESSONS, Exercise
from autograder.exercises.selection import graded_exercises
from autograder.maintain.make import solution_text
from autograder.maintain.verify.attacks import attacks
from autograder.submissions.submission import Submission

ATTACKS = attacks(made_class.ROOT)
SHARES = {"correct": 40, "mistaken": 40, "unfinished": 10, "hostile": 10}
MARKS = {b"@ROOT@": b"/srv", b"@BAIT@": b"/srv/class", b"@GRADER@": b"1"}
MOST = 0.05
STRANGE = """

import functools

def _strange(value):
    if isinstance(value, (list, tuple)):
        return type(value)(map(_strange, value))
    return "no idea" if isinstance(value, (str, bool)) or callable(value) else value * 1.2345 + 0.1

def _strangely(function):
    @functools.wraps(function)
    def changed(*arguments, **keywords):
        return _strange(function(*arguments, **keywords))
    return changed

if isinstance({name}, type):
    {name}.update = _strangely({name}.update)
else:
    {name} = _strangely({name})
"""


def submission(kind: str, number: int, lessons: list[str], drawn: random.Random) -> Submission:
    """One submission of a kind."""
    if kind == "hostile":
        files = drawn.choice(ATTACKS).submission()
        return Submission(f"s{number}", {path: _filled_in(text) for path, text in files.items()})
    if kind == "correct":
        texts = made_class.correct(lessons)
    else:
        attempt = 3 if kind == "mistaken" else -4  # the later the attempt, the more is written
        texts = made_class.learner(number, drawn.randrange(10**9), lessons, attempt)
    return Submission(f"s{number}", {path: text.encode() for path, text in texts.items()})


def strange(exercise: Exercise) -> Submission:
    """A submission with an answer to one exercise that no mistake explains."""
    text = solution_text(exercise.module) + STRANGE.format(name=exercise.name)
    return Submission(f"w-{exercise.name}", {f"course/{exercise.module}.py": text.encode()})


def _filled_in(text: bytes) -> bytes:
    for mark, place in MARKS.items():
        text = text.replace(mark, place)
    return text


def memory(grader: GradingProcess) -> int:
    """Bytes that the grading process and its sandbox hold, except for pages of files."""
    started = psutil.Process(grader._process.pid)
    return sum(_held(process.pid) for process in (started, *started.children(recursive=True)))


def _held(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return 1024 * sum(map(int, re.findall(r"^Pss_(?:Anon|Shmem): +(\d+) kB$", text, re.MULTILINE)))


def main() -> None:
    """Grade, and print how the memory went."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--warm-up", type=int, default=100)
    parser.add_argument("--assignment", default="all")
    parser.add_argument("--seed", type=int, default=20261123)
    arguments = parser.parse_args()
    drawn = random.Random(arguments.seed)
    lessons = [lesson.name for lesson in LESSONS if arguments.assignment in ("all", lesson.name)]
    grader = GradingProcess(Assignment(arguments.assignment, "secret"))
    used: list[int] = []
    kinds: Counter[str] = Counter()
    started = time.perf_counter()
    try:
        while not grader.ready:
            grader.take()
        process = grader._process.pid
        for exercise in graded_exercises(arguments.assignment):
            if not exercise.bonus:
                grader.grade(strange(exercise))
        for number in range(arguments.warm_up + arguments.count):
            (kind,) = drawn.choices(list(SHARES), weights=list(SHARES.values()))
            result = grader.grade(submission(kind, number, lessons, drawn))
            if result.status != "graded" or grader._process.pid != process:
                sys.exit(f"submission {number} ({kind}) ended as {result.status}: {result.reason}")
            kinds[kind] += 1
            used.append(memory(grader))
            if (number + 1) % 100 == 0:
                print(f"{number + 1:5}: {used[-1] / 2**20:.1f} MiB", flush=True)
    finally:
        grader.stop()
    seen = used[arguments.warm_up :]
    middle, part = median(seen), max(1, len(seen) // 4)
    away = max(abs(size / middle - 1) for size in seen)
    growth = median(seen[-part:]) / median(seen[part : 2 * part]) - 1
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    print(f"{len(used)} submissions ({counted}) in {time.perf_counter() - started:.0f} s")
    print(
        f"{arguments.assignment}: median {middle / 2**20:.1f} MiB, at most {away:.1%} away, "
        f"last quarter against second {growth:+.1%}"
    )
    if away > MOST or growth > MOST:
        sys.exit(f"more than {MOST:.0%}")


if __name__ == "__main__":
    main()
