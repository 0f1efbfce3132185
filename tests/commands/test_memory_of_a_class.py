"""What a class leaves in memory: a name for each learner, and never what somebody handed in."""

import csv
import io
import sys
import tracemalloc
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.batch.assignment import Assignment
from autograder.batch.journal import Journal
from autograder.batch.result_key import conditions_of, key_of
from autograder.commands.main import main
from autograder.exercises.selection import graded_exercises
from autograder.grading.results import (
    GRADED,
    CriterionResult,
    ExerciseResult,
    SubmissionResult,
)
from autograder.sandbox.outcomes import Outcome
from autograder.submissions.handed_in import handed_in
from autograder.submissions.reading import read_submission
from autograder.submissions.submission import Submission

LESSON, SECRET = "0_welcome", "secret"
TEXT = 20_000  # bytes of a file, of a message and of what was printed
SMALL, LARGE = 50, 200
MAX_GROWTH = 4_000  # bytes for each learner more: a fifth of any of these texts
CODE = ("course/welcome.py", "# " + "x" * TEXT)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")


def graded_class(root: Path, learners: int) -> None:
    """A class as Canvas packs it, with its roster, and a journal that holds all results."""
    (root / "in").mkdir(parents=True)
    with (root / "canvas.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson"])
        for number in range(learners):
            rows.writerow([f"Ng, Ada {number}", 10_000 + number, "", f"u{number:05}", "M1", ""])
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(*CODE)
            name = f"ngada{number}_{10_000 + number}_{90_000 + number}_course.zip"
            (root / "in" / name).write_bytes(packed.getvalue())
    (root / "secret").write_text(SECRET)
    (root / "policy.toml").write_text(
        f"[late]\nper_day = 0.1\n[lessons.{LESSON}]\ndays_late = {{ u00000 = 2 }}\n"
    )
    conditions = conditions_of(Assignment(LESSON, SECRET))
    with closing(Journal(root / f"in.{LESSON}.journal")) as journal:
        for number, handed in enumerate(handed_in(root / "in", LESSON)):
            files = read_submission(handed).files
            student = f"u{int(handed.number) - 10_000:05}"
            journal.add(result(student, number), key_of(Submission(student, files), "", conditions))


def result(student: str, number: int) -> SubmissionResult:
    """A result with a long message of the learner's own."""
    message = f"{number} " + "y" * TEXT
    criterion = CriterionResult("a", "holds", 1.0, False, Outcome.FAILED, False, message)
    exercise = ExerciseResult(
        graded_exercises(LESSON)[0].name, "welcome", 0.0, 1.0, Outcome.FAILED, (criterion,)
    )
    return SubmissionResult(
        student, GRADED, 0.0, 1.0, 0.0, None, 0.1, (exercise,), printed="z" * TEXT
    )


def commands(root: Path) -> dict[str, list[str]]:
    """What an instructor runs, by name."""
    results, roster = str(root / "results.json"), str(root / "canvas.csv")
    class_of = ["--assignment", LESSON, "--secret-file", str(root / "secret")]
    class_of += ["--roster", roster, "--policy", str(root / "policy.toml"), "--out", results]
    pages = ["--feedback", str(root / "pages")]
    export = ["--format", "canvas", "--roster", roster, "--out", str(root / "grades.csv")]
    return {
        "grade": ["grade", str(root / "in"), *class_of],
        "feedback": ["grade", str(root / "in"), *class_of, *pages],
        "report": ["report", results, "--out", str(root / "report.html"), *pages],
        "export": ["export", results, *export],
        "gradescope": ["export", results, "--format", "gradescope", "--out", str(root / "scope")],
    }


def peaks(root: Path, learners: int) -> dict[str, int]:
    """The most bytes that each command takes, the modules that it loads left out."""
    graded_class(root, learners)
    found = {name: min(peak(each), peak(each)) for name, each in commands(root).items()}
    assert len(list((root / "pages").iterdir())) == learners
    return found


def peak(arguments: list[str]) -> int:
    """The most bytes that a command has in use."""
    tracemalloc.start()
    try:
        done = CliRunner().invoke(main, arguments)
        found = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert done.exit_code == 0, done.output
    assert arguments[0] != "grade" or "(none of them now)" in done.output
    return found


@pytest.mark.exhaustive
@pytest.mark.slow
def test_memory_grows_by_little_more_than_the_names(tmp_path: Path) -> None:
    small, large = peaks(tmp_path / "small", SMALL), peaks(tmp_path / "large", LARGE)
    growth = {name: (large[name] - small[name]) / (LARGE - SMALL) for name in small}
    assert all(each < MAX_GROWTH for each in growth.values()), growth
