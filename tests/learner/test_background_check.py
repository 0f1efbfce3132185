"""The process that checks at each save: what it says, and what a newer save does to it."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.atomic_files import write_json
from autograder.exercises.manifest import EXERCISES
from autograder.learner.affected import digests
from autograder.learner.background_check import BackgroundCheck
from autograder.learner.check_process import CheckProcess
from autograder.learner.folder import LearnerFolder, out_of_date
from autograder.maintain.make import solution_text, stub

PATIENCE = 120  # seconds: nothing takes as long, unless the machine is very busy
ENDLESS = "def distance(prediction, target):\n    while True:\n        pass\n"


class Listener:
    """Keeps what a check says, and waits for it."""

    def __init__(self) -> None:
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()

    def until(self, stage: str) -> list[dict[str, Any]]:
        """Everything up to a message of that stage."""
        found: list[dict[str, Any]] = []
        while not found or found[-1]["stage"] != stage:
            found.append(self.heard.get(timeout=PATIENCE))
        return found


def outcomes(messages: list[dict[str, Any]]) -> dict[str, str]:
    results = [each["exercise"] for each in messages if each["stage"] == "result"]
    return {each["name"]: each["outcome"] for each in results}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A learner's folder with one module, where everything else counts as checked."""
    (tmp_path / "course").mkdir()
    write(tmp_path, solution_text("welcome"))
    digest = digests(LearnerFolder(tmp_path).files())
    known = {"outcome": "not written", "score": 0.0}
    entries = {each.name: {**known, "files": digest[each.module]} for each in EXERCISES}
    write_json(tmp_path / ".descent" / "progress.json", entries)
    return tmp_path


def write(root: Path, text: str) -> None:
    (root / "course" / "welcome.py").write_text(text, encoding="utf-8")


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def checks(listener: Listener) -> Iterator[BackgroundCheck]:
    """What runs in that process, here in a thread."""
    checks = BackgroundCheck(listener.heard.put)
    thread = threading.Thread(target=checks.run)
    thread.start()
    yield checks
    checks.hear(None)
    thread.join()


def ask(root: Path, *names: str) -> dict[str, Any]:
    return {"folder": str(root), "names": list(names)}


def test_check_says_one_result_after_the_other_and_records_them(
    root: Path, checks: BackgroundCheck, listener: Listener
) -> None:
    checks.hear(ask(root, "distance"))
    said = listener.until("checked")
    assert said[0]["stage"] == "checking"
    assert "distance" in said[0]["names"]
    assert outcomes(said)["distance"] == "passed"
    card = next(each["exercise"] for each in said if each["stage"] == "result")
    assert "everything holds" in card["html"]
    assert card["holds"] == card["of"] > 0
    assert LearnerFolder(root).progress()["distance"]["outcome"] == "passed"


def test_a_save_is_checked_and_a_remark_is_not(
    root: Path, checks: BackgroundCheck, listener: Listener
) -> None:
    checks.hear(ask(root, "distance"))
    listener.until("checked")
    text = solution_text("welcome")
    write(root, text + "# a remark\n")
    checks.hear(ask(root))
    write(root, stub(text, "welcome"))
    checks.hear(ask(root))
    assert outcomes(listener.until("checked")) == {"distance": "not written"}
    checks.hear(ask(root))  # the same files again: nothing to say
    checks.hear(ask(root, "distance"))
    assert len(listener.until("checked")) == 3


def test_a_newer_save_ends_a_check_that_hangs(
    root: Path, checks: BackgroundCheck, listener: Listener
) -> None:
    checks.hear(ask(root, "distance"))
    listener.until("checked")
    write(root, ENDLESS)
    checks.hear(ask(root))
    listener.until("checking")
    write(root, solution_text("welcome"))
    checks.hear(ask(root))
    assert outcomes(listener.until("checked")) == {"distance": "passed"}  # and no time-out


def test_what_an_ended_check_owed_is_checked_later(
    root: Path, checks: BackgroundCheck, listener: Listener
) -> None:
    checks.hear(ask(root, "distance"))
    listener.until("checked")
    write(root, ENDLESS)
    checks.hear(ask(root))
    listener.until("checking")
    checks.hear(ask(root, "softmax"))
    assert listener.until("checking")[0]["names"] == ["distance", "softmax"]
    write(root, solution_text("welcome"))
    checks.hear(ask(root))
    listener.until("checked")


def test_remarks_keep_what_was_earned(
    root: Path, checks: BackgroundCheck, listener: Listener
) -> None:
    checks.hear(ask(root, "distance"))
    listener.until("checked")
    write(root, solution_text("welcome") + "# a remark\n")
    checks.hear(ask(root))
    checks.hear(ask(root, "softmax"))
    assert listener.until("checking")[0]["names"] == ["softmax"]
    listener.until("checked")
    folder = LearnerFolder(root)
    assert out_of_date(folder.progress(), folder.files()) == ()


@pytest.mark.exhaustive
def test_process_is_replaced_when_it_was_killed(root: Path, listener: Listener) -> None:
    process = CheckProcess(listener.heard.put)
    try:
        process.ask(str(root), ["distance"])
        listener.until("checked")
        write(root, ENDLESS)
        process.ask(str(root), [])
        listener.until("checking")
        assert process._process is not None
        process._process.kill()
        assert "Save the file again" in listener.until("failed")[-1]["reason"]
        write(root, solution_text("welcome") + "\nMORE = 1\n")
        process.ask(str(root), [])
        assert outcomes(listener.until("checked")) == {"distance": "passed"}
    finally:
        process.close()
    assert process._process is None


@pytest.mark.exhaustive
def test_process_ends_with_its_input_and_prints_only_messages(root: Path) -> None:
    write(root, "print('from the learner')\n" + solution_text("welcome"))
    command = [sys.executable, "-P", "-m", "autograder.learner.background_check"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(json.dumps(ask(root, "distance")).encode() + b"\n")
        running.stdin.flush()
        said: list[dict[str, Any]] = []
        while not said or said[-1]["stage"] != "checked":
            said.append(json.loads(running.stdout.readline()))
        running.stdin.close()
        assert running.wait(PATIENCE) == 0
    assert outcomes(said)["distance"] == "passed"


def test_process_ends_when_nothing_is_asked(listener: Listener) -> None:
    BackgroundCheck(listener.heard.put).run(idle_seconds=0.01)
    assert listener.heard.empty()
