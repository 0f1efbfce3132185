"""An instructor's own exercises through nbgrader: released, handed in, autograded, given back."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from .conftest import Classroom

# For every change, tests/docs/test_own_exercises.py grades the same folder without nbgrader.
pytestmark = pytest.mark.exhaustive

OWN = Path(__file__).parents[2] / "docs" / "own_exercises"
ANSWER = (OWN / "solutions" / "ridge.py").read_text(encoding="utf-8")
LESSON = "ridge_regression"
STUDENTS = {"ada": ANSWER, "ben": ANSWER.replace("np.sum", "np.mean")}
OURS = {"DESCENT_EXERCISES": str(OWN)}


@dataclass
class OwnClassroom(Classroom):
    """A classroom in which the variable names the private folder, or does not."""

    own: bool = True

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | (OURS if self.own else {})


@pytest.fixture(scope="module")
def room(isolation: None, tmp_path_factory: pytest.TempPathFactory) -> OwnClassroom:
    """The lesson as two students handed it in."""
    room = OwnClassroom(tmp_path_factory.mktemp("own"))
    room.configure()
    room.run("descent", "release", "course", "--lesson", LESSON, folder=room.root)
    room.run_many({room.course: [["generate_assignment", LESSON]]})
    for student, text in STUDENTS.items():
        desk = room.course / "submitted" / student / LESSON
        shutil.copytree(room.course / "release" / LESSON, desk)
        (desk / "course" / "ridge.py").write_text(text, encoding="utf-8")
    return room


def scores_of(room: Classroom) -> dict[str, float]:
    return {student: row["auto_score"] for (student, _), row in room.grades().items()}


def test_release_has_the_stub_and_a_check_and_nothing_of_ours(room: Any) -> None:
    source = room.course / "source" / LESSON
    assert sorted(path.name for path in (source / "course").iterdir()) == [
        "__init__.py",
        "ridge.py",
    ]
    text = (source / "course" / "ridge.py").read_text(encoding="utf-8")
    assert "NotImplementedError" in text
    assert "np.sum" not in text
    notebook = json.loads((source / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(notebook))
    graded = [
        (cell["metadata"]["nbgrader"]["grade_id"], cell["metadata"]["nbgrader"]["points"])
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    assert graded == [("check_ridge_loss", 3.0)]


def test_autograde_gives_points_and_names_the_mistake(room: Any, tmp_path: Path) -> None:
    room.run_many({room.course: [["autograde", LESSON], ["generate_feedback", LESSON]]})
    assert scores_of(room) == {"ada": 3.0, "ben": 1.0}
    page = room.course / "feedback" / "ben" / LESSON / f"{LESSON}.html"
    assert "The penalty is the mean of the squared weights" in page.read_text(encoding="utf-8")

    again = OwnClassroom(tmp_path)
    shutil.copytree(room.course, again.course)
    again.configure()
    command = ["grade", "submitted", "--assignment", LESSON, "--gradebook", "gradebook.db"]
    done = again.run("descent", *command)
    assert "0 scores of 2 submissions moved" in done.stderr
    assert scores_of(again) == {"ada": 3.0, "ben": 1.0}


def test_a_notebook_of_ones_own_is_released(tmp_path: Path) -> None:
    shutil.copytree(OWN, tmp_path / "own")
    cells = [
        nbformat.v4.new_markdown_cell("# Small weights"),
        nbformat.v4.new_code_cell("from autograder import check"),
        nbformat.v4.new_code_cell('check("ridge_loss")'),
        nbformat.v4.new_markdown_cell("Why?", metadata={"tags": ["answer"]}),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "own" / f"{LESSON}.ipynb")
    done = release(tmp_path)
    assert done.returncode == 0, done.stderr
    source = tmp_path / "ml" / "source" / LESSON / f"{LESSON}.ipynb"
    found = json.loads(source.read_text(encoding="utf-8"))["cells"]
    assert "".join(found[0]["source"]) == "# Small weights"
    assert found[2]["source"] == "from autograder.nbgrader import check"
    assert [cell["metadata"]["nbgrader"]["points"] for cell in found[3:]] == [3.0, 2.0]


def test_a_notebook_without_a_check_is_refused(tmp_path: Path) -> None:
    shutil.copytree(OWN, tmp_path / "own")
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "own" / f"{LESSON}.ipynb")
    done = release(tmp_path)
    assert done.returncode == 2
    assert "no check cell for ridge_loss" in done.stderr


def release(folder: Path) -> subprocess.CompletedProcess[str]:
    descent = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
    return subprocess.run(
        [*descent, "release", "ml", "--lesson", LESSON],
        cwd=folder,
        env={**os.environ, "DESCENT_EXERCISES": str(folder / "own")},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.exhaustive
def test_autograde_refuses_where_the_variable_is_not_set(room: Any, tmp_path: Path) -> None:
    without = OwnClassroom(tmp_path, own=False)
    shutil.copytree(room.course, without.course)
    without.configure()
    before = scores_in(without)
    done = without.run("nbgrader", "autograde", LESSON, "--student", "ada", "--force", status=None)
    assert done.returncode != 0
    assert "set DESCENT_EXERCISES to that folder" in done.stdout + done.stderr
    assert scores_in(without) == before  # nbgrader itself makes rows, with no score


def scores_in(classroom: OwnClassroom) -> dict[tuple[str, str], float]:
    """The scores that are there, by student and cell."""
    rows = classroom.grades().items()
    return {place: row["auto_score"] for place, row in rows if row["auto_score"] is not None}


@pytest.mark.exhaustive
def test_a_student_is_told_that_the_check_comes_later(room: Any) -> None:
    lines = 'from autograder.nbgrader import check; print(check("ridge_loss"))'
    desk = room.course / "submitted" / "ada" / LESSON
    without = OwnClassroom(room.root, own=False)
    done = without.run(sys.executable, "-c", lines, folder=desk)
    assert done.stdout == "ridge_loss: checked once you have handed in.\nNone\n"
    typing = lines.replace("ridge_loss", "ridge_lose")
    assert (
        "There is no exercise"
        in without.run(sys.executable, "-c", typing, folder=desk, status=1).stderr
    )
