"""A term on unmodified nbgrader: handed in, autograded, exported, given back, by real commands."""

import csv
import json
import re
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises.manifest import exercises_of
from autograder.grading.grade import grade
from autograder.learner.card import card_html
from autograder.learner.check import warm_backend
from autograder.submissions.reading import Handed, read_submission

LESSON = "1_loss_functions"
WORTH = {f"check_{each.name}": each.points for each in exercises_of(LESSON)}
SOLVED = {"ada", "eli", "fay", "hua", "ivy", "lea"}


def cell(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    """The one cell of that id."""
    (found,) = [
        each
        for each in notebook["cells"]
        if each["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return found


def card(notebook: dict[str, Any], exercise: str) -> tuple[str, str]:
    """What stands under a check cell, as HTML and as plain text."""
    (output,) = cell(notebook, f"check_{exercise}")["outputs"]
    assert output["output_type"] == "execute_result"
    return "".join(output["data"]["text/html"]), "".join(output["data"]["text/plain"])


def scores(room: Any, student: str) -> dict[str, float | None]:
    """The automatic scores of a student's check cells."""
    return {
        name: row["auto_score"]
        for (who, name), row in room.grades().items()
        if who == student and name.startswith("check_")
    }


@pytest.mark.parametrize("student", sorted(SOLVED))
def test_autograde_gives_full_marks_for_solved_modules_in_any_notebook(
    autograded: Any, student: str
) -> None:
    assert scores(autograded, student) == WORTH


@pytest.mark.parametrize("student", ["bea", "gil", "kim"])
def test_autograde_gives_nothing_for_modules_not_written_or_broken(
    autograded: Any, student: str
) -> None:
    assert scores(autograded, student) == dict.fromkeys(WORTH, 0.0)


def test_autograde_gives_partial_credit(autograded: Any) -> None:
    found = scores(autograded, "cem")
    assert 0 < found.pop("check_softmax") < WORTH["check_softmax"]
    assert found.items() <= WORTH.items()


def test_autograde_goes_on_after_a_function_that_ends_the_process(autograded: Any) -> None:
    found = scores(autograded, "dai")
    assert found.pop("check_sigmoid") == 0
    assert found.items() <= WORTH.items()


def test_autograde_sets_no_score_where_nothing_can_be_read(autograded: Any) -> None:
    rows = autograded.grades()
    for name in WORTH:
        assert rows["jon", name]["auto_score"] is None
        assert rows["jon", name]["needs_manual_grade"]
    html, _ = card(autograded.autograded("jon"), "softmax")
    assert "There is no folder course/ in the submission; it holds" in html


def test_autograde_leaves_answers_to_a_person(autograded: Any) -> None:
    rows = autograded.grades()
    without_its_cell = ("fay", "ivy")  # the answer may be elsewhere
    for student in ("ada", "cem", "eli", "gil", "hua", "jon", *without_its_cell):
        row = rows[student, "reflection_1"]
        assert row["auto_score"] is None
        assert row["needs_manual_grade"]
    for student in ("bea",):
        row = rows[student, "reflection_1"]
        assert (row["auto_score"], row["needs_manual_grade"]) == (0.0, 0)
        assert row["auto_comment"] == "No response."


def test_autograde_has_one_clear_line_for_each_odd_submission(autograded: Any) -> None:
    said = (autograded.root / "autograde.log").read_text()
    holds = f"There is no folder course/ in the submission; it holds '{LESSON}.ipynb'."
    assert f"jon: {holds} Hand in the folder course/" in said
    assert "ivy: The notebook is damaged: it is not JSON." in said
    assert "hua: The notebook was handed in as 'my homework.ipynb'." in said
    assert "Traceback" not in said


def test_autograde_runs_no_cell_and_leaves_modules_as_handed_in(autograded: Any) -> None:
    assert list(autograded.root.rglob("cell-was-run")) == []
    folder = autograded.course / "autograded" / "ada" / LESSON
    handed_in = autograded.course / "submitted" / "ada" / LESSON
    for path in (handed_in / "course").glob("*.py"):
        assert (folder / "course" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("student", ["ada", "eli", "fay", "gil", "hua", "ivy", "lea"])
def test_autograded_notebook_has_every_graded_cell_once(autograded: Any, student: str) -> None:
    notebook = autograded.autograded(student)
    for name, points in WORTH.items():
        found = cell(notebook, name)
        assert "".join(found["source"]) == f'check("{name.removeprefix("check_")}")'
        assert found["metadata"]["nbgrader"]["points"] == points
    assert cell(notebook, "reflection_1")["cell_type"] == "markdown"


def test_autograded_notebook_shows_the_card_and_the_points(autograded: Any) -> None:
    html, plain = card(autograded.autograded("cem"), "softmax")
    assert 0 < float(plain) < WORTH["check_softmax"]
    assert "stays finite" in html
    assert "everything holds" in card(autograded.autograded("ada"), "softmax")[0]


def test_autograded_notebook_says_what_was_repaired(autograded: Any) -> None:
    top, repaired = ("".join(each["source"]) for each in autograded.autograded("fay")["cells"][:2])
    assert "[An answer in words](#reflection_1) is graded by a person." in top
    assert "The check cell of softmax was missing; it was put back." in repaired


def test_secret_stays_with_the_instructor(autograded: Any) -> None:
    path = autograded.course / "secret.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    secret = path.read_text().strip()
    places = ("course/source", "course/release", "course/autograded", "exchange", "students")
    searched = 0
    for place in places:
        for file in (autograded.root / place).rglob("*"):
            if file.is_file():
                searched += 1
                assert secret.encode() not in file.read_bytes()
    assert searched > 100


def test_what_students_fetch_holds_no_solution(classroom: Any, solutions_in: Any) -> None:
    outbound = classroom.root / "exchange" / "first_descent" / "outbound" / LESSON
    assert sorted(path.name for path in outbound.iterdir()) == [f"{LESSON}.ipynb", "course"]
    files = {
        str(path): path.read_text(encoding="utf-8")
        for place in (outbound, classroom.course / "release")
        for path in place.rglob("*")
        if path.is_file()
    }
    assert solutions_in(files) == []
    handed_in = classroom.course / "submitted" / "ada" / LESSON / "course" / "losses.py"
    assert solutions_in({"losses.py": handed_in.read_text(encoding="utf-8")})


def test_hidden_inputs_come_from_the_students_name_and_the_courses_secret(autograded: Any) -> None:
    """Two students with the same module, whose sigmoid prints what it gets."""
    handed = autograded.course / "submitted"
    secret = (autograded.course / "secret.txt").read_text().strip()

    def got(html: str) -> list[str]:
        return re.findall(r"sigmoid got [^<\n]*", html)

    def graded(student: str, secret: str) -> list[str]:
        submission = read_submission(Handed(student, handed / student / LESSON))
        return got(card_html(grade(submission, warm_backend(), exercises_of(LESSON), secret)))

    hua, lea = (
        got(card(autograded.autograded(student), "mean_squared_error")[0])
        for student in ("hua", "lea")
    )
    assert len(hua) == len(lea) > 5
    assert hua != lea
    assert hua == graded("hua", secret)
    assert lea == graded("lea", secret)
    assert hua != graded("hua", "another secret")


def test_export_writes_nbgraders_csv(returned: Any) -> None:
    with (returned.course / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert len(rows) == 12
    assert float(rows["ada"]["score"]) == sum(WORTH.values())
    assert float(rows["ada"]["max_score"]) == sum(WORTH.values()) + 2
    assert float(rows["bea"]["score"]) == 0


def test_feedback_comes_back_to_the_student(returned: Any) -> None:
    (page,) = (returned.root / "students" / "cem" / LESSON / "feedback").rglob(f"{LESSON}.html")
    text = page.read_text(encoding="utf-8")
    assert "stays finite" in text
    assert "something does not hold yet" in text
    assert "first_descent" not in text.replace("first_descent/", "")


@pytest.mark.exhaustive
def test_feedback_is_made_for_every_student(autograded: Any, tmp_path: Path) -> None:
    room = replace(autograded, root=tmp_path)
    shutil.copytree(autograded.course, room.course, symlinks=True)
    room.configure()
    room.run("nbgrader", "generate_feedback", LESSON)
    pages = list((room.course / "feedback").rglob(f"{LESSON}.html"))
    assert len(pages) == 12


def test_list_shows_the_assignment_to_students(returned: Any) -> None:
    said = (returned.root / "returned.log").read_text(encoding="utf-8")
    assert f"first_descent {LESSON} (already downloaded)" in said


def test_released_assignment_is_what_descent_wrote(classroom: Any) -> None:
    release = classroom.course / "release" / LESSON
    source = classroom.course / "source" / LESSON
    for path in (source / "course").glob("*.py"):
        assert (release / "course" / path.name).read_bytes() == path.read_bytes()
    notebook = json.loads((release / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    assert cell(notebook, "check_softmax")["metadata"]["editable"] is False
    assert "".join(cell(notebook, "reflection_1")["source"]) == "*Write your answer here.*"
