"""How long a check cell takes, once warm, for right answers and for wrong ones.

Run it with ``uv run python benchmarks/check_latency.py``. Right answers: the solutions, exercise by
exercise, as a check cell runs them. The ratio is against a cold start of ``python -c "import
numpy"``, which is what a check in a new process could not go below. Wrong answers: all known
mistakes, in this process, with the search for the cause; once with the mistake in the catalogue,
and once without, so that the cause has to be found out. The first search of an exercise in a
process takes longer, because it prepares what it compares with; it is counted separately.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from autograder.checking.judge import Judgment, Seed, judge
from autograder.diagnosis.diagnose import FELL, diagnose
from autograder.exercises.manifest import EXERCISES, MODULES, exercise
from autograder.exercises.registry import (
    Mistake,
    criteria_of,
    mistakes_in,
    mistakes_of,
    solved_student,
)
from autograder.learner.check import check_folder
from autograder.learner.folder import LearnerFolder
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend

ROOT = Path(__file__).parents[1]
PAUSE = 1.0  # a learner reads before checking again; the next interpreter warms up meanwhile


def cold_start() -> float:
    """Seconds of a fresh interpreter that imports NumPy."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)
    return time.perf_counter() - started


def right_answers() -> dict[str, float]:
    """Seconds of a check cell, by exercise."""
    taken: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, closing(UnwalledBackend()) as backend:
        course = Path(folder) / "course"
        course.mkdir()
        for path in (ROOT / "solutions").glob("*.py"):
            (course / path.name).write_bytes(path.read_bytes())
        learner = LearnerFolder(Path(folder))
        for exercise in EXERCISES:
            if exercise.bonus:
                continue
            backend.warm_up()
            time.sleep(PAUSE)
            started = time.perf_counter()
            check_folder(learner, (exercise,), backend)._repr_mimebundle_()
            taken[exercise.name] = time.perf_counter() - started
    return taken


def wrong_answers(*, listed: bool) -> Iterator[tuple[str, float, float, bool]]:
    """Each known mistake, and whether it was its exercise's first.

    The seconds are those of judgment and search, then the seconds of computing of the search for
    each criterion that does not hold.

    Parameters
    ----------
    listed : bool
        Whether it stays in the catalogue while its cause is looked for.
    """
    seen: set[str] = set()
    for module in MODULES:
        for known in mistakes_in(module):
            if not exercise(known.exercise).bonus:
                taken, searched = _judged_and_explained(known, module, listed=listed)
                yield known.name, taken, searched, known.exercise not in seen
                seen.add(known.exercise)


def _judged_and_explained(known: Mistake, module: str, *, listed: bool) -> tuple[float, float]:
    student = solved_student(module, {known.exercise: known.answer})
    others = mistakes_of(known.exercise, module)
    if not listed:
        others = tuple(other for other in others if other is not known)
    judgments: dict[str, Judgment] = {}
    started = time.perf_counter()
    for criterion in criteria_of(known.exercise, module):
        if all(judgments[name].passed for name in criterion.needs):
            judgments[criterion.name] = judge(criterion, student, Seed())
        else:
            judgments[criterion.name] = Judgment(criterion, Outcome.NOT_RUN)
    fallen = sum(judgment.outcome in FELL for judgment in judgments.values())
    computed = time.process_time()
    diagnose(list(judgments.values()), known.exercise, module, Seed(), student, others)
    return time.perf_counter() - started, (time.process_time() - computed) / max(1, fallen)


def main() -> None:
    """Print medians and the slowest, in seconds and against a cold start."""
    floor = statistics.median(cold_start() for _ in range(5))
    taken = right_answers()
    slowest, longest = max(taken.items(), key=lambda pair: pair[1])
    middle = statistics.median(taken.values())
    print(f"check cell, warm: median {middle * 1e3:.0f} ms over {len(taken)} exercises")
    print(f"slowest: {slowest} with {longest * 1e3:.0f} ms")
    print(
        f"cold start of Python with NumPy: {floor * 1e3:.0f} ms; median / cold {middle / floor:.2f}"
    )
    for says, listed in (("in the catalogue", True), ("not in it", False)):
        answers = list(wrong_answers(listed=listed))
        for when, first in (("first of an exercise", True), ("later", False)):
            times = np.array([seconds for _, seconds, _, was in answers if was is first]) * 1e3
            search = np.mean([seconds for _, _, seconds, was in answers if was is first])
            slow = max((seconds, name) for name, seconds, _, was in answers if was is first)
            print(
                f"wrong answers {says}, {when}: median {np.median(times):.0f} ms, 99 % below "
                f"{np.percentile(times, 99):.0f} ms, slowest {slow[1]} with {slow[0] * 1e3:.0f} "
                f"ms; the search computes {search * 1e3:.1f} ms for each that does not hold, "
                f"{search / floor:.3f} of a cold start"
            )


if __name__ == "__main__":
    main()
