"""What `descent lab` starts: the notebook that is there, nothing of the learner in the way."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.exercises.manifest import LESSONS
from autograder.learner import jupyterlab
from autograder.learner.folder import LearnerFolder

LESSON = LESSONS[1]
Started = list[tuple[list[str], dict[str, str]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, the current one, without a notebook."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "losses.py").write_text("HERE = 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """The commands and environments that would have taken this process's place."""
    found: Started = []
    monkeypatch.setattr(
        jupyterlab.os,  # type: ignore[attr-defined]
        "execve",
        lambda _, command, environment: found.append((command, environment)),
    )
    return found


def workspace_of(command: list[str]) -> dict[str, Any]:
    option = "--LabApp.workspaces_dir="
    (place,) = (each.removeprefix(option) for each in command if each.startswith(option))
    (file,) = Path(place).iterdir()
    data: dict[str, Any] = json.loads(file.read_text())["data"]
    return data


@pytest.mark.parametrize("place", ["lessons", ""])
def test_lab_opens_the_notebook_that_is_there(folder: Path, started: Started, place: str) -> None:
    (folder / place).mkdir(exist_ok=True)
    (folder / place / f"{LESSON.name}.ipynb").write_text("{}")
    done = CliRunner().invoke(main, ["lab", "1"])
    assert done.stderr == ""
    data = workspace_of(started[0][0])
    notebook = f"{place}/{LESSON.name}.ipynb".removeprefix("/")
    assert f"notebook:{notebook}" in data
    assert data["layout-restorer:data"]["main"]["current"] == f"notebook:{notebook}"
    assert data["file-browser-filebrowser:cwd"] == {"path": place}


def test_lab_says_where_there_is_no_notebook(folder: Path, started: Started) -> None:
    done = CliRunner().invoke(main, ["lab", "1"])
    assert done.stderr == f"There is no notebook {LESSON.name}.ipynb in {folder}.\n"
    assert not [name for name in workspace_of(started[0][0]) if name.startswith("notebook:")]


def test_next_lesson_is_one_whose_notebook_is_there(folder: Path) -> None:
    (folder / f"{LESSON.name}.ipynb").write_text("{}")
    assert jupyterlab.next_lesson(LearnerFolder(folder)) == LESSON


@pytest.mark.parametrize("words", [["--port=9000"], ["--port", "9000"], ["lab", "--port=9000"]])
def test_options_of_jupyterlab_need_no_command(
    folder: Path, started: Started, words: list[str]
) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    options = [word for word in words if word != "lab"]
    assert started[0][0][-len(options) :] == options


def test_files_named_like_pythons_do_not_stop_the_server_or_a_kernel(
    folder: Path, started: Started
) -> None:
    for name in ("random", "tempfile", "numpy"):
        (folder / f"{name}.py").write_text("raise ImportError('a file of the learner')\n")
    (folder / "lessons").mkdir()
    (folder / "lessons" / f"{LESSON.name}.ipynb").write_text("{}")
    CliRunner().invoke(main, ["lab", "1"])
    ((command, environment),) = started
    server = subprocess.run(
        [*command[: command.index("jupyterlab") + 1], "--version"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert server.returncode == 0, server.stderr
    code = "import random, tempfile, numpy\nfrom course import losses\nprint(losses.__file__)"
    kernel = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder / "lessons",
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert kernel.stdout == f"{folder / 'course' / 'losses.py'}\n", kernel.stderr


def test_lab_names_a_file_that_hides_a_module_in_the_notebook(
    folder: Path, started: Started
) -> None:
    (folder / f"{LESSON.name}.ipynb").write_text("{}")
    (folder / "random.py").touch()
    (folder / "email").mkdir()
    (folder / "email" / "__init__.py").touch()
    (folder / "mine.py").touch()
    said = CliRunner().invoke(main, ["lab", "1"]).stderr.splitlines()
    assert [line.partition(" ")[0] for line in said] == ["email/__init__.py", "random.py"]
    assert started


def test_lab_opens_where_its_settings_cannot_be_written(folder: Path, started: Started) -> None:
    (folder / ".descent").touch()
    (folder / f"{LESSON.name}.ipynb").write_text("{}")
    done = CliRunner().invoke(main, ["lab", "1"])
    assert done.exit_code == 0, done.output
    ((command, environment),) = started
    assert f"notebook:{LESSON.name}.ipynb" in workspace_of(command)
    assert str(folder) not in environment["JUPYTER_CONFIG_PATH"]
