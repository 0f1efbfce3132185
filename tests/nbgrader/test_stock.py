"""The same assignment under nbgrader as it comes, without a line of our configuration."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises.manifest import exercises_of

pytestmark = pytest.mark.exhaustive

LESSON = "1_loss_functions"
WORTH = {f"check_{each.name}": each.points for each in exercises_of(LESSON)}


@pytest.fixture(scope="module")
def stock(classroom: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Ada's notebook with Cem's module, autograded by stock nbgrader, which runs every cell."""
    room = classroom.copied_to(tmp_path_factory.mktemp("stock"))
    (room.course / "nbgrader_config.py").unlink()
    submitted = room.course / "submitted"
    module = submitted / "ada" / LESSON / "course" / "losses.py"
    module.unlink()
    shutil.copy(submitted / "cem" / LESSON / "course" / "losses.py", module)
    room.run("nbgrader", "autograde", LESSON, "--student", "ada")
    return room


def test_stock_autograde_gives_full_and_partial_credit(stock: Any, autograded: Any) -> None:
    ours, theirs = autograded.grades(), stock.grades()
    found = {name: theirs["ada", name]["auto_score"] for name in WORTH}
    assert found == {name: ours["cem", name]["auto_score"] for name in WORTH}
    assert 0 < found.pop("check_softmax") < WORTH["check_softmax"]
    assert found.items() <= WORTH.items()


def test_stock_autograde_shows_the_card(stock: Any) -> None:
    notebook = stock.autograded("ada")
    (cell,) = [
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check_softmax"
    ]
    (output,) = cell["outputs"]
    assert "stays finite" in "".join(output["data"]["text/html"])


def test_stock_autograde_does_run_cells(stock: Any) -> None:
    """Else the tests of ours that look for no trace would prove nothing."""
    assert list((stock.course / "autograded" / "ada").rglob("cell-was-run"))


def test_validate_tells_a_student_which_checks_fail(classroom: Any, tmp_path: Path) -> None:
    desk = classroom.root / "students" / "cem" / LESSON
    done = classroom.run("nbgrader", "validate", f"{LESSON}.ipynb", folder=desk)
    said = done.stdout + done.stderr
    assert "VALIDATION FAILED ON 1 CELL(S)!" in said
    assert 'check("softmax")' in said
    assert 'check("sigmoid")' not in said
