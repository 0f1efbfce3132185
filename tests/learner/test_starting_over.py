"""A function and a notebook as they were given out, and a learner's answer beside ours."""

import shutil
from pathlib import Path

import pytest

from autograder.atomic_files import write_json
from autograder.exercises.manifest import LESSONS, exercise, lesson_of
from autograder.learner.course_map import HOUSE
from autograder.learner.folder import LearnerFolder
from autograder.learner.starting_over import (
    NotNow,
    comparison,
    fresh_function,
    fresh_notebook,
)
from autograder.maintain.make import solution_text
from autograder.refused import Refused

DISTANCE = exercise("distance")
LESSON = lesson_of("welcome")


@pytest.fixture
def folder(tmp_path: Path) -> LearnerFolder:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "welcome.py").write_text(solution_text("welcome"))
    (tmp_path / "lessons").mkdir()
    shutil.copy(HOUSE / "lessons" / f"{LESSON.name}.ipynb", tmp_path / "lessons")
    return LearnerFolder(tmp_path)


def test_a_function_starts_over_and_its_module_is_kept(folder: LearnerFolder) -> None:
    mine = (folder.root / "course" / "welcome.py").read_bytes()
    fresh = fresh_function(folder, DISTANCE)
    assert fresh["text"].startswith("def distance(")
    assert 'raise NotImplementedError("distance: not written yet")' in fresh["text"]
    assert (folder.root / fresh["kept"]).read_bytes() == mine
    assert (folder.root / "course" / "welcome.py").read_bytes() == mine  # the editor writes it
    assert fresh_function(folder, DISTANCE)["kept"] != fresh["kept"]


def test_a_function_without_a_module_is_refused(folder: LearnerFolder) -> None:
    with pytest.raises(NotNow, match="descent reset losses"):
        fresh_function(folder, exercise("softmax"))


def test_a_notebook_starts_over_and_is_kept(folder: LearnerFolder) -> None:
    path = folder.root / "lessons" / f"{LESSON.name}.ipynb"
    given = path.read_bytes()
    path.write_text('{"cells": [{"metadata": {}, "source": "mine"}]}')
    kept = fresh_notebook(folder, LESSON)["kept"]
    assert path.read_bytes() == given
    assert "mine" in (folder.root / kept).read_text()


def test_a_notebook_that_is_not_there_is_written(folder: LearnerFolder) -> None:
    assert fresh_notebook(folder, LESSONS[-1]) == {"kept": ""}
    assert (folder.root / "lessons" / f"{LESSONS[-1].name}.ipynb").is_file()


def test_an_assignment_of_nbgrader_does_not_start_over(folder: LearnerFolder) -> None:
    path = folder.root / f"{LESSON.name}.ipynb"
    (folder.root / "lessons" / path.name).rename(path)
    with pytest.raises(Refused, match="fetch the assignment again"):
        fresh_notebook(folder, LESSON)
    assert path.exists()


def test_our_solution_is_not_shown_before_theirs_holds(folder: LearnerFolder) -> None:
    with pytest.raises(NotNow, match="once yours holds"):
        comparison(folder, DISTANCE)


def test_comparison_shows_what_differs(folder: LearnerFolder) -> None:
    write_json(
        folder.root / ".descent" / "progress.json", {"distance": {"outcome": "passed", "score": 0}}
    )
    assert [list(row) for row in comparison(folder, DISTANCE)["rows"]] == [["skipped"]]
    path = folder.root / "course" / "welcome.py"
    last = path.read_text().rstrip().splitlines()[-1]
    path.write_text(path.read_text().rstrip() + "  # mine\n")
    rows = comparison(folder, DISTANCE)["rows"]
    assert rows[-1] == {"mine": f"{last}  # mine", "ours": last, "same": False}
    assert all(row["same"] for row in rows[1:-1])
    path.write_text(path.read_text().replace('"""', '"""My words: ', 1))
    assert comparison(folder, DISTANCE)["rows"] == rows, "a docstring says what is asked"
    path.write_text("def distance(:\n")
    with pytest.raises(NotNow, match="cannot be read"):
        comparison(folder, DISTANCE)
