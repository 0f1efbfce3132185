"""What `descent lab` starts: the notebook that is there, nothing of the learner in the way."""

import json
import os
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
from autograder.maintain.make import MAX_COLUMNS

LESSON = LESSONS[1]
Started = list[list[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, the current one, without a notebook."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "losses.py").write_text("HERE = 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """The options with which JupyterLab would have been started; the environment is there."""
    found: Started = []
    for name in ("JUPYTER_CONFIG_PATH", "PYTHONPATH"):
        monkeypatch.setenv(name, "")  # so that both are put back after the test
    monkeypatch.setattr(jupyterlab, "run_jupyterlab", found.append)
    return found


def workspace_of(options: list[str]) -> dict[str, Any]:
    option = "--LabApp.workspaces_dir="
    (place,) = (each.removeprefix(option) for each in options if each.startswith(option))
    (file,) = Path(place).iterdir()
    data: dict[str, Any] = json.loads(file.read_text())["data"]
    return data


@pytest.mark.parametrize("place", ["lessons", ""])
def test_lab_opens_the_notebook_that_is_there(folder: Path, started: Started, place: str) -> None:
    (folder / place).mkdir(exist_ok=True)
    (folder / place / f"{LESSON.name}.ipynb").write_text("{}")
    done = CliRunner().invoke(main, ["lab", "1"])
    assert done.stderr == ""
    data = workspace_of(started[0])
    notebook = f"{place}/{LESSON.name}.ipynb".removeprefix("/")
    assert f"notebook:{notebook}" in data
    assert data["layout-restorer:data"]["main"]["current"] == f"notebook:{notebook}"
    assert data["file-browser-filebrowser:cwd"] == {"path": place}


def test_lab_says_where_there_is_no_notebook(folder: Path, started: Started) -> None:
    done = CliRunner().invoke(main, ["lab", "1"])
    assert done.stderr == f"There is no notebook {LESSON.name}.ipynb in {folder}.\n"
    assert not [name for name in workspace_of(started[0]) if name.startswith("notebook:")]


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
    assert started[0][-len(options) :] == options


def test_files_named_like_pythons_do_not_stop_the_server_or_a_kernel(
    folder: Path, started: Started
) -> None:
    for name in ("random", "tempfile", "numpy"):
        (folder / f"{name}.py").write_text("raise ImportError('a file of the learner')\n")
    (folder / "lessons").mkdir()
    (folder / "lessons" / f"{LESSON.name}.ipynb").write_text("{}")
    CliRunner().invoke(main, ["lab", "1"])
    assert started
    code = "import random, tempfile, numpy\nfrom course import losses\nprint(losses.__file__)"
    kernel = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder / "lessons",
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
    assert f"notebook:{LESSON.name}.ipynb" in workspace_of(started[0])
    assert str(folder) not in os.environ["JUPYTER_CONFIG_PATH"]


def test_jupyterlab_starts_here_without_what_learners_do_without(folder: Path) -> None:
    """In a folder whose files have names of modules that the server needs."""
    (folder / f"{LESSON.name}.ipynb").write_text("{}")
    for name in ("random", "tempfile", "tornado"):
        (folder / f"{name}.py").write_text("raise ImportError('a file of the learner')\n")
    program = Path(sys.executable).with_name("descent")
    command = [str(program), "lab", "1", "--version"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1].startswith("4.")


def test_jupyters_checks_of_texts_work_without_the_unused_package() -> None:
    code = (
        "import sys; from autograder.commands.main import UNUSED\n"
        "sys.modules[UNUSED] = None\n"
        "import jsonschema; print(jsonschema.FormatChecker().conforms('10.0.0.256', 'ipv4'))"
    )
    alone = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert alone.stdout == "False\n"


def test_the_editors_ruler_is_where_modules_wrap() -> None:
    editor = jupyterlab.SETTINGS["@jupyterlab/fileeditor-extension:plugin"]
    assert editor == {"editorConfig": {"rulers": [MAX_COLUMNS]}}
