"""Batches: parallel, the same bytes every time, and resumed after any interruption."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, nullcontext, suppress
from pathlib import Path

import psutil
import pytest

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.grade_folder import grade_folder
from autograder.batch.grading_process import Job
from autograder.batch.journal import Journal
from autograder.batch.result_key import Key
from autograder.grading.results import GRADED, SubmissionResult
from autograder.maintain.make import solution_text
from autograder.sandbox.walled import Sandbox
from autograder.submissions.handed_in import handed_in
from autograder.submissions.reading import Handed, read_submission
from autograder.submissions.submission import Submission

DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
CORRECT = solution_text("losses")
MISTAKEN = CORRECT.replace("2.0 *", "").replace("2 *", "")
KINDS = {
    "correct": CORRECT,
    "mistaken": MISTAKEN,
    "stub": "def softmax(logits):\n    raise NotImplementedError('softmax: not written yet')\n",
    "crash": "import os\nos._exit(3)\n",
    "syntax": "def softmax(logits)\n",
    "print": "print('x' * 1000)\n" + CORRECT,
}


HOW_MANY = 2 * len(KINDS) + 1


def made_folder(place: Path) -> Path:
    """Two submissions of each of six kinds, and one that is empty."""
    folder = place / "submissions"
    for number, kind in enumerate([*KINDS, *KINDS]):
        course = folder / f"s{number:02d}-{kind}" / "course"
        course.mkdir(parents=True)
        (course / "losses.py").write_text(KINDS[kind], encoding="utf-8")
    (folder / "zero").mkdir()
    return folder


@pytest.fixture
def class_folder(tmp_path: Path, sandbox: Sandbox) -> Path:
    return made_folder(tmp_path)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Path:
    """The result file of a batch that two processes graded in peace."""
    place = tmp_path_factory.mktemp("undisturbed")
    done = run(made_folder(place), place / "results.json", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return place / "results.json"


def command(folder: Path, out: Path, *options: str) -> list[str]:
    return [
        *DESCENT,
        "grade",
        str(folder),
        "--assignment",
        "1_loss_functions",
        "--out",
        str(out),
        *options,
    ]


def run(folder: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, out, *options), capture_output=True, text=True, timeout=300
    )


def without_seconds(path: Path) -> str:
    return re.sub(r'"seconds": [0-9.]+', '"seconds": 0', path.read_text(encoding="utf-8"))


def scores(path: Path) -> dict[str, float | None]:
    document = json.loads(path.read_text(encoding="utf-8"))
    return {each["student"]: each["score"] for each in document["submissions"]}


def test_grade_gives_each_kind_its_score(undisturbed: Path) -> None:
    found = scores(undisturbed)
    assert len(found) == HOW_MANY
    by_kind = {kind: {found[s] for s in found if s.endswith(kind)} for kind in KINDS}
    assert by_kind["correct"] == by_kind["print"] == {28.0}
    assert by_kind["stub"] == by_kind["crash"] == by_kind["syntax"] == {0.0}
    (partly,) = by_kind["mistaken"]
    assert partly is not None
    assert 0 < partly < 28
    assert found["zero"] is None
    assert list(found) == sorted(found)


@pytest.mark.exhaustive
def test_grade_gives_the_same_bytes_with_one_process_and_with_two(
    class_folder: Path, tmp_path: Path, undisturbed: Path
) -> None:
    done = run(class_folder, tmp_path / "one.json", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert without_seconds(tmp_path / "one.json") == without_seconds(undisturbed)


@pytest.mark.exhaustive
def test_grade_survives_kill_at_any_moment(
    class_folder: Path, tmp_path: Path, undisturbed: Path
) -> None:
    resumed = tmp_path / "resumed.json"
    journal = class_folder.with_name("submissions.1_loss_functions.journal")
    moments = random.Random(20261123)
    for most in (0, 1, 5, 9, HOW_MANY):  # from before the first result to after the last
        started = subprocess.Popen(
            command(class_folder, resumed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while kept(journal) < most and started.poll() is None:
            time.sleep(0.005)
        time.sleep(moments.uniform(0, 0.4) if most == 0 else moments.uniform(0, 0.05))
        before = kept(journal)
        killed_with_nothing_left(started)
        assert kept(journal) >= before  # what was there once is there for good
        assert before <= HOW_MANY
    done = run(class_folder, resumed)
    assert done.returncode == 0, done.stderr
    assert without_seconds(resumed) == without_seconds(undisturbed)


def test_grade_stops_cleanly_and_says_how_to_go_on(class_folder: Path, tmp_path: Path) -> None:
    slow = class_folder / "x-slow" / "course"  # the last one, so that there is time to stop
    slow.mkdir(parents=True)
    (slow / "losses.py").write_text("import time\ntime.sleep(1)\n" + CORRECT, encoding="utf-8")
    started = subprocess.Popen(
        command(class_folder, tmp_path / "a.json", "--jobs", "1"),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until_something_is_kept(class_folder.with_name("submissions.1_loss_functions.journal"))
    os.killpg(started.pid, signal.SIGINT)  # as Ctrl-C does: every process of the terminal gets it
    _, said = started.communicate(timeout=300)
    assert started.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    assert run(class_folder, tmp_path / "a.json").returncode == 0
    assert len(scores(tmp_path / "a.json")) == HOW_MANY + 1


def test_grade_grades_again_only_what_changed(class_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    assert run(class_folder, out).returncode == 0
    before = {each["student"]: each for each in json.loads(out.read_text())["submissions"]}
    (class_folder / "s02-stub" / "course" / "losses.py").write_text(CORRECT, encoding="utf-8")
    assert run(class_folder, out).returncode == 0
    after = {each["student"]: each for each in json.loads(out.read_text())["submissions"]}
    assert after.pop("s02-stub")["score"] == 28.0
    before.pop("s02-stub")
    assert after == before  # `seconds` included: the others were not graded again


def wait_until_something_is_kept(journal: Path, seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if kept(journal):
            return
        time.sleep(0.01)
    pytest.fail("nothing was kept in time")


def kept(journal: Path) -> int:
    """How many results a journal holds; none while it is being made."""
    if not journal.exists():
        return 0
    with closing(sqlite3.connect(journal)) as connection, suppress(sqlite3.OperationalError):
        count: int = connection.execute("select count(*) from results").fetchone()[0]
        return count
    return 0


def killed_with_nothing_left(started: subprocess.Popen[bytes], seconds: float = 120.0) -> None:
    """Kill a batch; its graders and their sandboxes end by themselves."""
    batch = psutil.Process(started.pid)
    batch.suspend()  # so that it starts nothing between the look at its family and its end
    family = batch.children(recursive=True)
    batch.kill()
    started.wait()
    end = time.monotonic() + seconds
    while (left := [each for each in family if alive(each)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []


def alive(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def test_grade_folder_reads_a_changed_submission_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ada", "ben"):
        course = tmp_path / "submitted" / name / "course"
        course.mkdir(parents=True)
        (course / "welcome.py").write_text(f"# by {name}\n")
    read: list[str] = []

    def counted(handed: Handed) -> Submission:
        read.append(handed.student)
        return read_submission(handed)

    class Graded:
        def graded(self, jobs: Iterator[Job]) -> Iterator[tuple[SubmissionResult, Key]]:
            for submission, key in jobs:
                yield unscored(submission.student, GRADED, "", assignment), key

    monkeypatch.setattr("autograder.batch.grade_folder.read_submission", counted)
    assignment = Assignment("0_welcome")
    handed = handed_in(tmp_path / "submitted")
    with closing(Journal(tmp_path / "journal")) as journal:
        assert grade_folder(handed, assignment, journal, lambda _: nullcontext(Graded())) == 2
        keys = journal.keys()
        (tmp_path / "submitted/ada/course/welcome.py").write_text("# by somebody else\n")
        assert grade_folder(handed, assignment, journal, lambda _: nullcontext(Graded())) == 1
        assert journal.keys()["ada"].digest != keys["ada"].digest
        assert journal.keys()["ben"].digest == keys["ben"].digest
    assert read.count("ada") == 2
