"""`descent grade` from outside: one sentence for what it cannot do, and no half-written file."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from autograder.batch.assignment import Assignment
from autograder.batch.cores import own_cores, usable_cores
from autograder.batch.grading_main import MAX_MEMORY
from autograder.batch.grading_process import GradingProcess
from autograder.batch.result_key import NEVER
from autograder.commands.main import main
from autograder.grading.results import GRADER_FAULT
from autograder.maintain.make import solution_text
from autograder.submissions.submission import Submission

DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
WELCOME = solution_text("welcome")
SLOW = "import time\ntime.sleep(1)\n" + WELCOME


def hand_in(folder: Path, **texts: str) -> Path:
    """Submissions of lesson 0, by student."""
    for student, text in texts.items():
        course = folder / student / "course"
        course.mkdir(parents=True)
        (course / "welcome.py").write_text(text, encoding="utf-8")
    return folder


def descent(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*DESCENT, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def welcome(folder: Path, out: Path, *options: object) -> subprocess.CompletedProcess[str]:
    return descent("grade", folder, "--assignment", "0_welcome", "--out", out, *options)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return hand_in(tmp_path / "submissions", ada=WELCOME, ben="def distance(:\n")


def test_grade_refuses_what_it_cannot_do_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    empty, secret, blank = tmp_path / "empty", tmp_path / "secret", tmp_path / "blank"
    course = tmp_path / "nbgrader"
    empty.mkdir()
    (course / "submitted").mkdir(parents=True)
    (course / "source").mkdir()
    secret.write_bytes(b"\xff\xfe\x00")
    blank.write_text(" \n")
    out = tmp_path / "a.json"
    for arguments, sentence in (
        ([empty], f"There is no submission in {empty}."),
        ([folder / "ada"], f"{folder / 'ada'} is one submission: name the folder that it lies in"),
        ([course], f"{course} is a course of nbgrader: name {course / 'submitted'}, where"),
        ([folder, "--out", tmp_path / "no" / "a.json"], f"There is no folder {tmp_path / 'no'}"),
        ([folder, "--out", out, "--secret-file", secret], "is not readable UTF-8 text."),
        ([folder, "--out", out, "--secret-file", blank], "is empty."),
        ([folder, "--scheduler", "tcp://127.0.0.1:1", "--jobs", 2], "--jobs is for this machine"),
    ):
        command = ["grade", *map(str, arguments), "--assignment", "0_welcome"]
        refused = CliRunner().invoke(main, command)
        assert refused.exit_code == 2, arguments
        assert sentence in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
        assert refused.stdout == ""
    names = sorted(each.name for each in tmp_path.iterdir())
    assert names == ["blank", "empty", "nbgrader", "secret", "submissions"]


@pytest.mark.usefixtures("sandbox")
def test_grade_prints_results_where_no_file_is_named(folder: Path) -> None:
    done = descent("grade", folder, "--assignment", "0")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert [each["student"] for each in document["submissions"]] == ["ada", "ben"]


@pytest.mark.usefixtures("sandbox")
def test_grade_gives_each_unreadable_submission_its_reason(folder: Path, tmp_path: Path) -> None:
    (folder / "cleo").mkdir()
    (folder / "dora.zip").write_bytes(b"PK\x03\x04")
    hand_in(folder, emil="")
    (folder / "emil" / "course" / "link.py").symlink_to("/etc/passwd")
    os.makedirs(os.fsencode(folder) + b"/fa\xefe/course")
    done = welcome(folder, tmp_path / "a.json")
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()
    assert "3 submissions graded; 3 without a score:" in said
    assert "    emil: 'course/link.py' is a link; hand in the file itself." in said
    assert said[-1].startswith("What to teach again: descent report ")
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["submissions"]
    reasons = {each["student"]: each["reason"] for each in found}
    assert reasons == {
        "ada": None,
        "ben": None,
        "cleo": "Nothing was handed in for this assignment.",
        "dora": "The zip file is damaged, or is not one; make it again and hand it in.",
        "emil": "'course/link.py' is a link; hand in the file itself.",
        "fa\\xefe": None,  # a name that is no text is shown as one, and its owner is graded
    }


@pytest.mark.usefixtures("sandbox")
def test_grade_goes_on_whatever_is_wrong_with_an_archive(folder: Path, tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_BZIP2) as opened:
        opened.writestr("course/wälcome.py", WELCOME)
    name_not_text = archive.getvalue().replace("wä".encode(), b"w\xff\xff")
    middle = len(archive.getvalue()) // 2
    packed_badly = bytearray(archive.getvalue())
    packed_badly[middle - 20 : middle] = bytes(20)
    (folder / "cleo.zip").write_bytes(name_not_text)
    (folder / "dora.zip").write_bytes(packed_badly)
    done = welcome(folder, tmp_path / "a.json")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["submissions"]
    statuses = {each["student"]: each["status"] for each in found}
    assert statuses == {
        "ada": "graded",
        "ben": "graded",
        "cleo": "unreadable",
        "dora": "unreadable",
    }
    assert all(each["reason"] for each in found if each["status"] == "unreadable")


@pytest.mark.exhaustive
@pytest.mark.usefixtures("sandbox")
def test_grade_grades_again_under_another_secret(folder: Path, tmp_path: Path) -> None:
    out, secret = tmp_path / "a.json", tmp_path / "secret"
    told = []
    for text in ("one", "one", "other"):
        secret.write_text(text)
        done = welcome(folder, out, "--secret-file", secret)
        assert done.returncode == 0, done.stderr
        told.append("(none of them now)" not in done.stderr)
    assert told == [True, False, True]


@pytest.mark.usefixtures("sandbox")
def test_grade_refuses_a_batch_that_is_running(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "submissions", **{f"s{number}": SLOW for number in range(100)})
    command = [*DESCENT, "grade", str(folder), "--assignment", "0_welcome", "--jobs", "1"]
    command += ["--out", str(tmp_path / "a.json")]
    first = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "submissions.0_welcome.journal"
    while not journal.exists() and first.poll() is None:
        time.sleep(0.01)
    second = descent(*command[len(DESCENT) :])
    assert second.returncode == 2
    assert "Another `descent grade` is working with submissions.0_welcome.journal" in second.stderr
    family = psutil.Process(first.pid).children(recursive=True)
    assert family
    first.send_signal(signal.SIGTERM)  # a polite request to end is taken as Ctrl-C is
    _, said = first.communicate(timeout=300)
    assert first.returncode == 130
    assert "the same command goes on from there" in said
    assert psutil.wait_procs(family, timeout=120)[1] == []


@pytest.mark.exhaustive
@pytest.mark.usefixtures("sandbox")
def test_grading_process_says_when_a_submission_ended_its_grader_twice() -> None:
    process = GradingProcess(Assignment("0_welcome"))
    try:
        until_ready(process)
        process.give(Submission("ada", {"course/welcome.py": SLOW.encode()}), NEVER)
        process._process.kill()
        assert process.take() is None  # it is tried once more
        until_ready(process)
        process._process.kill()
        finished = process.take()
        assert finished is not None
        assert (finished[0].student, finished[0].status) == ("ada", GRADER_FAULT)
        assert finished[0].score is None
        assert finished[0].reason == (
            "The grading process ended twice on this submission; no score is set."
        )
        honest = process.grade(Submission("ben", {"course/welcome.py": WELCOME.encode()}))
        assert honest.exercises[0].passed
    finally:
        process.stop()


@pytest.mark.usefixtures("sandbox")
def test_grading_process_grades_again_where_its_sandbox_was_killed() -> None:
    process = GradingProcess(Assignment("0_welcome"))
    try:
        until_ready(process)
        process.give(Submission("ada", {"course/welcome.py": SLOW.encode()}), NEVER)
        grader = psutil.Process(process._process.pid)
        bubblewrap = next(each for each in grader.children() if each.name() == "bwrap")
        while len(bubblewrap.children(recursive=True)) < 3:  # itself, zygote, learner
            time.sleep(0.01)
        bubblewrap.children(recursive=True)[1].kill()
        while (finished := process.take()) is None:
            continue
        assert finished[0].exercises[0].passed  # and is no crash of the learner's code
    finally:
        process.stop()


def until_ready(process: GradingProcess) -> None:
    while not process.ready:
        assert process.take() is None


def test_usable_cores_respect_a_quota(tmp_path: Path) -> None:
    own, groups = tmp_path / "own", tmp_path / "groups"
    (groups / "pods" / "grader").mkdir(parents=True)
    own.write_text("0::/pods/grader\n")
    cores = len(os.sched_getaffinity(0))
    assert usable_cores(groups, own) == cores
    (groups / "pods" / "grader" / "cpu.max").write_text("max 100000\n")
    assert usable_cores(groups, own) == cores
    (groups / "pods" / "cpu.max").write_text("150000 100000\n")
    assert usable_cores(groups, own) == 1
    (groups / "pods" / "cpu.max").write_text(f"{cores * 100000} 100000\n")
    assert usable_cores(groups, own) == cores
    (groups / "pods" / "grader" / "cpu.max").write_text("50000 100000\n")
    assert usable_cores(groups, own) == 1  # less than one core is still one process


def test_own_cores_are_given_where_all_are_busy() -> None:
    cores = sorted(os.sched_getaffinity(0))
    assert own_cores(len(cores)) == cores
    assert own_cores(len(cores) + 1) == [None] * (len(cores) + 1)
    if len(cores) > 1:
        assert own_cores(1) == [None]


@pytest.mark.usefixtures("sandbox")
def test_grading_process_lives_on_after_the_thread_that_started_it() -> None:
    processes: list[
        GradingProcess
    ] = []  # the kernel ends a sandbox with the thread that started it
    starting = threading.Thread(
        target=lambda: processes.append(GradingProcess(Assignment("0_welcome")))
    )
    starting.start()
    starting.join()
    try:
        until_ready(processes[0])
        honest = Submission("ada", {"course/welcome.py": WELCOME.encode()})
        assert processes[0].grade(honest).exercises[0].passed
    finally:
        processes[0].stop()


@pytest.mark.usefixtures("sandbox")
def test_grading_process_keeps_to_its_core_and_bounds_its_memory() -> None:
    core = max(os.sched_getaffinity(0))
    process = GradingProcess(Assignment("0_welcome"), core=core)
    try:
        until_ready(process)
        grader = psutil.Process(process._process.pid)
        for each in (grader, *grader.children(recursive=True)):
            assert each.cpu_affinity() == [core]
        assert grader.rlimit(psutil.RLIMIT_AS)[0] <= MAX_MEMORY
    finally:
        process.stop()


@pytest.mark.usefixtures("sandbox")
def test_grade_draws_a_secret_at_the_first_run_and_keeps_it(folder: Path, tmp_path: Path) -> None:
    out, secret = tmp_path / "a.json", tmp_path / "submissions.0_welcome.secret"
    first = welcome(folder, out)
    assert str(secret) in first.stderr
    drawn = secret.read_text()
    assert len(drawn) > 30
    assert secret.stat().st_mode & 0o077 == 0
    again = welcome(folder, out)
    assert "(none of them now)" in again.stderr  # the same secret: nothing is graded again
    assert str(secret) not in again.stderr
    assert secret.read_text() == drawn
