"""Whatever a disk refuses, at every command: a sentence, no traceback, and nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from IPython.core.interactiveshell import InteractiveShell

from autograder.commands.main import main
from autograder.maintain.make import solution_text, stub

# No file of this process may have a byte: as on a disk that is full.
FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from autograder.commands.main import main
main()
"""
MINE = "# mine\n" + solution_text("losses")
RESULTS = '{"schema": 1, "assignment": "0_welcome", "submissions": []}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, the current one, with submissions and results in it."""
    for name in ("course", "lessons", "in/ada/course", "in/ben/course"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "course" / "losses.py").write_text(MINE)
    (tmp_path / "course" / "welcome.py").write_text(stub(solution_text("welcome"), "welcome"))
    (tmp_path / "lessons" / "1_loss_functions.ipynb").write_text('{"cells": []}')
    for student in ("ada", "ben"):
        module = tmp_path / "in" / student / "course" / "welcome.py"
        module.write_text(solution_text("welcome"))
    (tmp_path / "results.json").write_text(RESULTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def there(folder: Path) -> dict[str, bytes]:
    """All files that hold something."""
    found = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: content for path, content in found.items() if content}


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize(
    "words",
    [
        "reset losses",
        "reset softmax",
        "reset welcome",
        "reset 1",
        "update",
        "init elsewhere",
        "lab 1",
        "release elsewhere --lesson 0",
        "grade in --assignment 0 --out out.json",
        "report results.json --out page.html",
        "export results.json --format moodle --out out.csv",
        "export results.json --format canvas --out out.csv",
        "similar in --assignment 0 --out elsewhere",
    ],
)
def test_a_full_disk_is_a_sentence_and_loses_nothing(folder: Path, words: str) -> None:
    before = there(folder)
    done = subprocess.run(
        [sys.executable, "-c", FULL, *words.split()], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 2, done.stderr
    *_, said = done.stderr.splitlines()
    assert said.startswith("descent: ")
    assert "Traceback" not in done.stderr
    assert "File too large" in said
    assert there(folder) == before


@pytest.mark.parametrize("words", ["check distance", "status", "reset welcome"])
def test_a_file_that_may_not_be_read_is_a_sentence(
    folder: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = folder / "course" / "welcome.py"
    module.write_text(stub(solution_text("welcome"), "welcome") + "# mine\n")
    read_bytes = Path.read_bytes

    def forbidden(path: Path) -> bytes:
        if path == module:
            raise PermissionError(13, os.strerror(13), str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    done = CliRunner().invoke(main, words.split())
    assert done.exit_code == 2
    assert done.stderr == (
        f"descent: {module} cannot be used (Permission denied). Fix that, then run this again.\n"
    )


def test_a_folder_where_a_file_should_be_is_a_sentence(folder: Path) -> None:
    (folder / "course" / "losses.py").unlink()
    (folder / "course" / "losses.py").mkdir()
    done = CliRunner().invoke(main, ["reset", "losses"])
    assert done.exit_code == 2
    assert f"{folder / 'course' / 'losses.py'} cannot be used (Is a directory)" in done.stderr


def test_a_notebook_shows_the_sentence_and_no_traceback(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path) -> bytes:
        raise PermissionError(13, os.strerror(13), str(path))

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    shell = InteractiveShell.instance()
    try:
        shell.run_cell("from autograder import check")
        shell.run_cell('check("softmax")')
    finally:
        InteractiveShell.clear_instance()
    assert capsys.readouterr().out.splitlines() == [
        f"Refused: {folder / 'course' / 'losses.py'} cannot be used (Permission denied). "
        "Fix that, then run this again.",
    ]
