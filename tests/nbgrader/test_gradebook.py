"""Both roads into the gradebook, and what a second grading changes there."""

import re
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.commands.main import main
from autograder.nbgrader.gradebook_writer import IntoGradebook
from autograder.submissions.file_stamps import RECENT

LESSON = "1_loss_functions"
SOLUTION = (Path(__file__).parents[2] / "solutions" / "losses.py").read_text(encoding="utf-8")
FIELDS = ("auto_score", "manual_score", "needs_manual_grade", "late_submission_penalty")
LATE = """
update assignment set duedate = '2020-01-01 00:00:00' where name = ?
"""


@pytest.fixture(scope="module")
def graded(classroom: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The collected course after `descent grade --gradebook`."""
    room = classroom.copied_to(tmp_path_factory.mktemp("graded"))
    command = ("descent", "grade", "submitted", "--assignment", LESSON)
    done = room.run(*command, "--gradebook", "gradebook.db")
    assert "11 scores of 12 submissions moved" in done.stderr
    return room


def what_counts(room: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """The gradebook without what differs from one database to the next."""
    kept = (*FIELDS, "auto_comment", "manual_comment", "timestamp")
    return {place: {name: row[name] for name in kept} for place, row in room.grades().items()}


def shown(notebook: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """Cells as a grader sees them."""
    return [
        (
            cell["cell_type"],
            "".join(cell["source"]),
            ["".join(output["data"]["text/html"]) for output in cell.get("outputs", [])],
        )
        for cell in notebook["cells"]
    ]


def test_both_roads_write_the_same_gradebook(graded: Any, autograded: Any) -> None:
    assert what_counts(graded) == what_counts(autograded)
    assert len(what_counts(graded)) == 12 * 12


@pytest.mark.parametrize("student", ["ada", "cem", "dai", "fay", "gil", "hua", "ivy", "jon"])
def test_both_roads_leave_the_same_autograded_notebook(
    graded: Any, autograded: Any, student: str
) -> None:
    ours, theirs = graded.autograded(student), autograded.autograded(student)
    assert shown(ours) == shown(theirs)
    metadata = [cell["metadata"].get("nbgrader") for cell in ours["cells"]]
    assert metadata == [cell["metadata"].get("nbgrader") for cell in theirs["cells"]]


def test_grading_again_moves_nothing(graded: Any) -> None:
    before = graded.grades()
    notebook = graded.course / "autograded" / "cem" / LESSON / f"{LESSON}.ipynb"
    written = notebook.stat().st_mtime_ns
    assert "0 scores of 12 submissions moved" in graded.grade().stderr
    assert graded.grades() == before
    assert notebook.stat().st_mtime_ns == written


@pytest.mark.exhaustive
def test_grading_what_nbgrader_graded_moves_nothing(
    autograded: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = autograded.grade("--dry-run")
    assert done.stdout == ""
    assert "0 scores of 12 submissions would move; nothing was written" in done.stderr


@pytest.fixture(scope="module")
def changed(
    graded: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Any, dict[str, Any], str, dict[str, Any]]:
    """A copy after a person's grades, one new submission, a dry run and a second grading."""
    room = replace(graded, root=tmp_path_factory.mktemp("changed"))
    shutil.copytree(graded.course, room.course, symlinks=True)
    room.configure()
    rows = room.grades()
    manual = "update grade set manual_score = ?, needs_manual_grade = 0 where id = ?"
    room.change(manual, 1.5, rows["ada", "reflection_1"]["id"])
    room.change(manual, 2.5, rows["cem", "check_softmax"]["id"])
    room.change(
        "update grade set extra_credit = ? where id = ?", 0.5, rows["ada", "check_softmax"]["id"]
    )
    room.change(
        """update comment set manual_comment = ? where id = (
             select comment.id from comment
             join submitted_notebook on submitted_notebook.id = comment.notebook_id
             join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
             where submitted_assignment.student_id = 'ada')""",
        "Well argued.",
    )
    before = room.grades()
    module = room.course / "submitted" / "cem" / LESSON / "course" / "losses.py"
    module.chmod(0o644)
    note = room.course / "submitted" / "cem" / LESSON / "submission_secret.txt"
    note.unlink()
    note.symlink_to(room.course / "secret.txt")
    module.write_text(re.sub(r"(?m)^def sigmoid\(", "def sigmoid_of(", SOLUTION), encoding="utf-8")
    dry = room.grade("--dry-run").stdout
    assert room.grades() == before
    room.grade()
    return room, before, dry, room.grades()


def test_dry_run_says_whose_score_would_move_and_why(changed: Any) -> None:
    _, before, dry, _ = changed
    assert re.fullmatch(
        r"cem: [\d.]+ → [\d.]+ \(other modules were handed in\)", dry.split("\n")[0]
    )
    assert f"check_sigmoid: {before['cem', 'check_sigmoid']['auto_score']:g} → 0" in dry
    assert "now holds: stays finite for logits up to 10,000" in dry
    assert "ada" not in dry


def test_regrading_changes_only_what_changed(changed: Any) -> None:
    _, before, _, after = changed
    moved = {place for place in after if after[place] != before[place]}
    assert {student for student, _ in moved} == {"cem"}
    assert {"check_softmax", "check_sigmoid"} <= {name for _, name in moved}
    assert after["cem", "check_softmax"]["auto_score"] == 3
    assert "reflection_1" not in {name for _, name in moved}


def test_regrading_keeps_what_a_person_gave(changed: Any) -> None:
    _, before, _, after = changed
    for place in before:
        for field in ("manual_score", "manual_comment", "extra_credit"):
            assert after[place][field] == before[place][field]
    assert after["ada", "reflection_1"]["manual_score"] == 1.5
    assert after["ada", "reflection_1"]["needs_manual_grade"] == 0
    assert after["ada", "reflection_1"]["manual_comment"] == "Well argued."
    assert after["cem", "check_softmax"]["manual_score"] == 2.5
    assert after["cem", "check_softmax"]["needs_manual_grade"] == 1  # look at it again


def test_regrading_follows_no_link(changed: Any) -> None:
    room, *_ = changed
    secret = (room.course / "secret.txt").read_bytes().strip()
    for path in (room.course / "autograded" / "cem" / LESSON).rglob("*"):
        assert not path.is_symlink()
        assert path.is_dir() or secret not in path.read_bytes()


@pytest.mark.exhaustive
def test_what_changed_while_it_was_graded_is_not_recorded_as_graded(
    classroom: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = classroom.copied_to(tmp_path)
    module = room.course / "submitted" / "ada" / LESSON / "course" / "losses.py"
    carry_over = IntoGradebook.__call__

    def after_a_save(*arguments: Any) -> Any:
        module.chmod(0o644)
        module.write_text("def softmax(logits):\n    return 0\n")
        return carry_over(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(IntoGradebook, "__call__", after_a_save)
        said = room.grade().stderr
    assert "ada: changed since it was graded; left as it was" in said
    assert "1 left as they were: changed meanwhile" in said
    assert ("ada", "check_softmax") not in room.grades()
    room.grade()
    assert room.grades()["ada", "check_softmax"]["auto_score"] == 0


@pytest.mark.exhaustive
def test_dry_run_says_that_the_points_were_changed(classroom: Any, tmp_path: Path) -> None:
    room = classroom.copied_to(tmp_path)
    room.grade()
    room.change(
        "update grade_cells set max_score = 6 "
        "where id = (select id from base_cell where name = 'check_softmax')"
    )
    dry = room.grade("--dry-run").stdout
    assert "ada: 28 → 31 (the points of check_softmax were changed from 3)\n" in dry
    assert "secret" not in dry


@pytest.mark.exhaustive
def test_both_roads_apply_the_late_policy(classroom: Any, tmp_path: Path) -> None:
    policy = "c.LateSubmissionPlugin.penalty_method = 'zero'\n"
    rooms = []
    for name in ("ours", "theirs"):
        room = classroom.copied_to(tmp_path / name)
        config = room.course / "nbgrader_config.py"
        config.write_text(config.read_text() + policy)
        for other in (room.course / "submitted").iterdir():
            if other.name not in ("ada", "cem", "bea"):
                other.rename(tmp_path / f"{name}-{other.name}")
        room.change(LATE, LESSON)
        rooms.append(room)
    rooms[0].grade()
    rooms[1].run("nbgrader", "autograde", LESSON)
    ours, theirs = map(what_counts, rooms)
    assert ours == theirs
    assert ours["ada", "check_softmax"]["late_submission_penalty"] == 28
    rooms[0].change(LATE.replace("2020", "2999"), LESSON)
    dry = rooms[0].grade("--dry-run").stdout
    assert "ada: 0 → 28 (late: 0 points off, before 28)\n" in dry
    rooms[0].grade()
    assert rooms[0].grades()["ada", "check_softmax"]["late_submission_penalty"] is None


def refusal(course: Path, *options: str) -> str:
    """What `descent grade` says when it refuses."""
    done = CliRunner().invoke(main, ["grade", str(course / "submitted"), *options])
    assert done.exit_code == 2, done.output
    return str(done.stderr)


def test_grade_refuses_a_gradebook_without_the_assignment(classroom: Any, tmp_path: Path) -> None:
    course = classroom.course
    nowhere = ("--gradebook", str(tmp_path / "none.db"))
    assert "nbgrader generate_assignment" in refusal(course, "--assignment", LESSON, *nowhere)
    here = ("--gradebook", str(course / "gradebook.db"))
    other = refusal(course, "--assignment", "2_gradient_descent", *here)
    assert "2_gradient_descent is not in" in other


def test_grade_refuses_a_dry_run_without_a_gradebook(classroom: Any) -> None:
    assert "--gradebook" in refusal(classroom.course, "--assignment", LESSON, "--dry-run")


def test_gradebook_stays_readable_by_nbgrader(graded: Any) -> None:
    with Gradebook(f"sqlite:///{graded.course / 'gradebook.db'}") as gradebook:
        scores = {each["student"]: each["score"] for each in gradebook.submission_dicts(LESSON)}
        assert gradebook.find_submission(LESSON, "ada").score == scores["ada"] >= 28
    assert len(scores) == 12
    with sqlite3.connect(graded.course / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


# -- what is in the gradebook already -------------------------------------------------------------

LOADED = """
import sys
from autograder.commands.main import main
main(standalone_mode=False)
print(*sorted({"nbgrader", "sqlalchemy", "nbconvert"} & sys.modules.keys()))
"""


def loaded(room: Any, *options: str) -> tuple[str, str]:
    """What of nbgrader a grading loads, and what it says."""
    command = [sys.executable, "-c", LOADED, "grade", "submitted", "--assignment", LESSON]
    done = subprocess.run(
        [*command, "--gradebook", "gradebook.db", *options],
        cwd=room.course,
        env=room.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip(), done.stderr


@pytest.fixture
def settled(graded: Any, tmp_path: Path) -> Any:
    """A copy of the graded course that has been graded once more where it is."""
    room = replace(graded, root=tmp_path)
    shutil.copytree(graded.course, room.course, symlinks=True)
    room.configure()
    time.sleep(RECENT / 1e9)  # what changed so lately is read
    room.grade()
    return room


@pytest.mark.exhaustive
def test_grading_again_loads_nothing_of_nbgrader(settled: Any) -> None:
    first = settled.grade().stderr
    for options, words in (((), "moved"), (("--dry-run",), "would move; nothing was written")):
        modules, said = loaded(settled, *options)
        assert modules == ""
        assert f"0 scores of 12 submissions {words}." in said
    assert set(first.splitlines()) <= set(loaded(settled)[1].splitlines())


@pytest.mark.parametrize("dry_run", [False, pytest.param(True, marks=pytest.mark.exhaustive)])
def test_marks_given_by_hand_are_looked_at_and_stay(settled: Any, dry_run: bool) -> None:
    row = settled.grades()["ada", "reflection_1"]["id"]
    settled.change("update grade set manual_score = 1.5, needs_manual_grade = 0 where id = ?", row)
    before = settled.grades()
    options = ["--dry-run"] * dry_run
    modules, said = loaded(settled, *options)
    assert modules
    assert "0 scores of 12 submissions" in said
    assert settled.grades() == before
    assert bool(loaded(settled, *options)[0]) is dry_run  # a dry run notes nothing


@pytest.mark.exhaustive
def test_what_a_person_changed_elsewhere_is_put_right(settled: Any) -> None:
    notebook = settled.course / "autograded" / "cem" / LESSON / f"{LESSON}.ipynb"
    wanted = shown(settled.autograded("cem"))
    shutil.rmtree(notebook.parent)
    row = settled.grades()["ada", "check_softmax"]
    settled.change("update grade set auto_score = 0 where id = ?", row["id"])
    assert loaded(settled)[0]
    assert shown(settled.autograded("cem")) == wanted
    assert settled.grades()["ada", "check_softmax"]["auto_score"] == row["auto_score"]
    with (settled.course / "nbgrader_config.py").open("a") as file:
        file.write("c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    assert loaded(settled)[0]
    assert loaded(settled)[0] == ""


def test_a_gradebook_that_is_gone_is_named_all_the_same(settled: Any) -> None:
    (settled.course / "gradebook.db").unlink()
    assert "There is no gradebook" in settled.grade(status=2).stderr
