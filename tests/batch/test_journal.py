"""The journal keeps what is worth keeping, for one batch at a time; stamps notice every change."""

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.batch.assignment import Assignment, unscored
from autograder.batch.journal import Journal, JournalUnusable
from autograder.batch.result_key import NEVER, Key, conditions_of, key_of
from autograder.commands.main import main
from autograder.grading.results import GRADED, GRADER_FAULT, SubmissionResult
from autograder.sandbox.wall import Wall
from autograder.submissions.file_stamps import RECENT, stamp_of
from autograder.submissions.reading import Handed
from autograder.submissions.submission import Submission

LESSON = "1_loss_functions"
TASK = Assignment(LESSON, "secret")


def graded(student: str, score: float = 24.0) -> SubmissionResult:
    return SubmissionResult(student, GRADED, score, 24.0, 0.0, None, 0.5, (), printed="said\n")


def test_journal_gives_back_what_it_was_given(tmp_path: Path) -> None:
    names = [f"s{number:04d}" for number in range(1200)]
    with closing(Journal(tmp_path / "j")) as journal:
        for number, name in enumerate(reversed(names)):
            journal.add(graded(name, float(number % 25)), Key(f"key {name}", "stamp"))
        assert journal.keys()["s0007"] == Key("key s0007", "stamp")
        lines = list(journal.lines(names))
        assert [line[: len('{"student": "s0000"')] for line in lines] == [
            f'{{"student": "{name}"' for name in names
        ]
        assert len(journal.scores(names)) == 1200
        assert journal.scores(names[:1]) == [float(1199 % 25)]
        assert journal.printed("s0001") == "said\n"


def test_journal_keeps_one_result_a_student_and_the_last_one(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "j")) as journal:
        journal.add(graded("ada", 3.0), Key("a"))
        journal.add(graded("ada", 5.0), Key("b"))
        assert journal.scores(["ada"]) == [5.0]
        assert journal.keys() == {"ada": Key("b")}


def test_journal_tries_a_fault_of_the_grader_again(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "j")) as journal:
        fault = unscored("ada", GRADER_FAULT, "It failed.", TASK)
        journal.add(fault, Key("content", "stamp"))
        assert journal.keys() == {"ada": NEVER}


def test_journal_forgets_when_asked_to(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "j")) as journal:
        journal.add(graded("ada"), Key("a"))
    with closing(Journal(tmp_path / "j")) as journal:
        assert set(journal.keys()) == {"ada"}
    with closing(Journal(tmp_path / "j", fresh=True)) as journal:
        assert journal.keys() == {}


def test_journal_is_for_one_batch_at_a_time(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "j")) as journal:
        with pytest.raises(JournalUnusable, match="Another `descent grade` is working with j"):
            Journal(tmp_path / "j")
        journal.add(graded("ada"), Key("a"))  # the refused one did not loosen anything
    with closing(Journal(tmp_path / "j")) as again:
        assert set(again.keys()) == {"ada"}


def test_journal_starts_over_where_its_layout_is_another(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "j") as connection:
        connection.execute("create table results (student text)")
        connection.execute("insert into results values ('ada')")
    connection.close()
    with closing(Journal(tmp_path / "j")) as journal:
        assert journal.keys() == {}
        journal.add(graded("ben"), Key("b"))


def test_journal_refuses_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "j").write_text("my diary\n" * 100)
    with pytest.raises(JournalUnusable, match="not a journal that can be read"):
        Journal(tmp_path / "j")
    assert (tmp_path / "j").read_text().startswith("my diary")  # and leaves it alone


def test_key_differs_with_everything_that_a_result_depends_on() -> None:
    files = {"course/losses.py": b"x = 1\n"}
    conditions = conditions_of(TASK)
    base = key_of(Submission("ada", files), "", conditions).content
    others = [
        key_of(Submission("ben", files), "", conditions),
        key_of(Submission("ada", {"course/losses.py": b"x = 2\n"}), "", conditions),
        key_of(Submission("ada", {"course/welcome.py": b"x = 1\n"}), "", conditions),
        *(
            key_of(Submission("ada", files), "", conditions_of(replace(TASK, **change)))
            for change in ({"name": "all"}, {"secret": "other"}, {"wall": Wall.LANDLOCK})
        ),
    ]
    assert len({base, *(each.content for each in others)}) == 7
    elsewhere = replace(TASK, hidden=("/somewhere",))  # where it lies says nothing about a result
    assert key_of(Submission("ada", files), "stamp", conditions_of(elsewhere)).content == base


@pytest.fixture
def handed(tmp_path: Path) -> Handed:
    """A submission of two files that are two minutes old."""
    course = tmp_path / "ada" / "course" / "inner"
    course.mkdir(parents=True)
    (course.parent / "losses.py").write_text("x = 1\n")
    (course / "more.py").write_text("y = 1\n")
    return Handed("ada", tmp_path / "ada")


def settled(handed: Handed, monkeypatch: pytest.MonkeyPatch, conditions: str = "c") -> str:
    """The stamp once the files are no longer brand new: the clock is put forward."""
    now = time.time_ns()
    with monkeypatch.context() as patch:
        patch.setattr("autograder.submissions.file_stamps.time.time_ns", lambda: now + 2 * RECENT)
        return stamp_of(handed, conditions)


def test_stamp_is_withheld_from_brand_new_files(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stamp_of(handed, "c") == ""
    assert len(settled(handed, monkeypatch)) == 64


def rewrite(folder: Path) -> None:
    """The same size, and the time of the last change of content set back."""
    path = folder / "course" / "losses.py"
    before = path.stat()
    path.write_text("x = 2\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def exchange(folder: Path) -> None:
    """Another file of the same size under the same name, with the old one's times."""
    path = folder / "course" / "losses.py"
    shutil.copy2(path, folder / "copy")
    os.replace(folder / "copy", path)


def add(folder: Path) -> None:
    """One file more, deep inside."""
    (folder / "course" / "inner" / "third.py").write_text("")


def rename(folder: Path) -> None:
    """Another name."""
    os.rename(folder / "course" / "losses.py", folder / "course" / "l0sses.py")


def remove(folder: Path) -> None:
    """One file less."""
    (folder / "course" / "inner" / "more.py").unlink()


@pytest.mark.parametrize("change", [rewrite, exchange, add, rename, remove])
def test_stamp_notices_a_change(
    change: Callable[[Path], None], handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settled(handed, monkeypatch)
    assert settled(handed, monkeypatch) == before
    change(handed.path)
    assert settled(handed, monkeypatch) not in ("", before)


def test_stamp_notices_other_conditions(handed: Handed, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settled(handed, monkeypatch, "one") != settled(handed, monkeypatch, "other")


def test_stamp_is_withheld_from_what_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settled(Handed("ada", tmp_path / "nowhere"), monkeypatch) == ""
    assert settled(Handed("ada", tmp_path / "nowhere.zip"), monkeypatch) == ""


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EIO])
def test_journal_says_what_a_disk_without_locks_cannot_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def flock(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", flock)
    with pytest.raises(JournalUnusable) as refused:
        Journal(tmp_path / "j")
    assert "Another" not in str(refused.value)
    assert f"cannot lock a file ({os.strerror(number)})" in str(refused.value)
    assert "--journal" in str(refused.value)


def test_journal_tells_a_full_disk_from_a_file_of_another_kind(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "j")) as journal:
        journal._connection.execute("pragma max_page_count=1")
        row = graded("ada"), Key("content" * 10_000)
        with pytest.raises(JournalUnusable, match="cannot be written any more") as full:
            journal.add(*row)
    assert "disk is full" in str(full.value)
    (tmp_path / "other").write_bytes(b"of another program, and far longer than a header" * 100)
    with pytest.raises(JournalUnusable, match="is not a journal that can be read"):
        Journal(tmp_path / "other")
    (tmp_path / "folder").mkdir()
    with pytest.raises(JournalUnusable, match="--journal"):
        Journal(tmp_path / "folder")


def test_journal_is_put_where_the_command_says(tmp_path: Path) -> None:
    (tmp_path / "submitted" / "ada" / "course").mkdir(parents=True)
    place = tmp_path / "elsewhere" / "j"
    command = ["grade", str(tmp_path / "submitted"), "--assignment", "0", "--journal", str(place)]
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code == 2
    assert f"There is no folder {place.parent} for the journal j." in refused.stderr
    assert not list(tmp_path.glob("*.journal"))
