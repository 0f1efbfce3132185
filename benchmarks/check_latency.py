"""How long a check cell takes once warm, exercise by exercise.

Run it with ``uv run python benchmarks/check_latency.py``. The ratio is against a cold start of
``python -c "import numpy"``, which is what a check in a new process could not go below.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.exercises import EXERCISES
from autograder.feedback import Card
from autograder.learner_folder import LearnerFolder
from autograder.sandbox.practice import PracticeRoom
from autograder.self_check import check_folder

ROOT = Path(__file__).parents[1]
PAUSE = 1.0  # a learner reads before checking again; the next interpreter warms up meanwhile


def cold_start() -> float:
    """Seconds of a fresh interpreter that imports NumPy."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return time.perf_counter() - started


def main() -> None:
    """Print the median and the slowest, in seconds and against a cold start."""
    floor = statistics.median(cold_start() for _ in range(5))
    taken: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, PracticeRoom() as room:
        course = Path(folder) / "course"
        course.mkdir()
        for path in (ROOT / "solutions").glob("*.py"):
            (course / path.name).write_bytes(path.read_bytes())
        learner = LearnerFolder(Path(folder))
        for each in EXERCISES:
            if each.bonus:
                continue
            room.warm_up()
            time.sleep(PAUSE)
            started = time.perf_counter()
            Card(check_folder(learner, (each,), room))._repr_mimebundle_()
            taken[each.name] = time.perf_counter() - started
    middle, (slowest, longest) = (
        statistics.median(taken.values()),
        max(taken.items(), key=lambda x: x[1]),
    )
    print(f"check cell, warm: median {middle * 1e3:.0f} ms over {len(taken)} exercises")
    print(f"slowest: {slowest} with {longest * 1e3:.0f} ms")
    print(
        f"cold start of Python with NumPy: {floor * 1e3:.0f} ms; median / cold {middle / floor:.2f}"
    )


if __name__ == "__main__":
    main()
