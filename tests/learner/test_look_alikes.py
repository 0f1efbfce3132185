"""What a learner's own check says of work that is under another name."""

from pathlib import Path

import pytest

from autograder.exercises.selection import selected
from autograder.learner.check import check_folder, warm_backend
from autograder.learner.folder import LearnerFolder
from autograder.maintain.make import keep, stub
from autograder.submissions.file_trees import OnDisk
from autograder.submissions.look_alikes import notes_on

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["course/losses (1).py", "losses.py", "course/losses.py.txt"])
def test_work_under_another_name_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / name).write_bytes((ROOT / "solutions/losses.py").read_bytes())
    card = check_folder(LearnerFolder(tmp_path), selected(["softmax"]), warm_backend())
    assert card.result.score == 0
    assert any(name in note and "course/losses.py" in note for note in card.notes)


def test_a_copy_that_starting_over_has_kept_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    module = tmp_path / "course" / "losses.py"
    module.write_bytes((ROOT / "solutions/losses.py").read_bytes())
    copy = keep(module)
    module.write_text(stub(module.read_text(), "losses"))
    card = check_folder(LearnerFolder(tmp_path), selected(["softmax"]), warm_backend())
    assert card.notes == ()
    course = OnDisk(str(module.parent), "course")
    handed_in = notes_on([OnDisk(str(tmp_path))], course, {})
    assert any(copy.name in note.text for note in handed_in)


def test_nothing_is_said_where_everything_is_written(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    for place in ("course/losses.py", "course/losses (1).py"):
        (tmp_path / place).write_bytes((ROOT / "solutions/losses.py").read_bytes())
    card = check_folder(LearnerFolder(tmp_path), selected(["softmax"]), warm_backend())
    assert card.notes == ()
