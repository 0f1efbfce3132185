"""Lessons graded one by one make a course: one report, one grade, weights from the policy."""

import csv
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.main import main
from autograder.exercises.registry import criteria_of
from autograder.exercises.selection import graded_exercises
from autograder.grading.policy import Policy
from autograder.grading.result_file import Heading, json_parts
from autograder.grading.results import (
    GRADED,
    GRADER_FAULT,
    UNREADABLE,
    CriterionResult,
    SubmissionResult,
    exercise_result,
    result_line,
)
from autograder.report.figures import class_figures
from autograder.report.whole_course import whole_course
from autograder.sandbox.outcomes import Outcome
from autograder.submissions.roster import Person

FIRST, SECOND = "1_loss_functions", "2_gradient_descent"
POLICY = "[weights]\n1_loss_functions = 30\n2_gradient_descent = 10\n3_learning_rate = 60\n"


def result(student: str, lesson: str, holding: int) -> SubmissionResult:
    """A learner for whom the first exercises of a lesson hold."""
    exercises = []
    for number, each in enumerate(graded_exercises(lesson)):
        holds = number < holding
        ending = Outcome.PASSED if holds else Outcome.FAILED
        criteria = [
            CriterionResult(one.name, one.title, float(one.points), holds, ending, one.hidden)
            for one in criteria_of(each.name, each.module)
        ]
        exercises.append(exercise_result(each.name, each.module, each.points, criteria))
    score = sum(each.score for each in exercises)
    most = sum(each.max_score for each in exercises)
    return SubmissionResult(student, GRADED, score, most, 0.0, None, 0.1, tuple(exercises))


def unreadable(student: str, status: str = UNREADABLE) -> SubmissionResult:
    return SubmissionResult(student, status, None, 28.0, 0.0, "No course/.", 0.0, ())


def written(path: Path, lesson: str, results: list[SubmissionResult]) -> Path:
    people = {"ada": Person("ada", "Ada Lovelace")}
    heading = Heading(lesson, people=people, absent=("ben", "zoe"))
    path.write_text("".join(json_parts(heading, map(result_line, results))), encoding="utf-8")
    return path


def descent(*arguments: object, status: int = 0) -> Result:
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code == status, done.output
    return done


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Two lessons and a policy.

    Ada has all of the first and two exercises of the second; Ben handed in only the second; what
    Cleo handed in for the first cannot be read.
    """
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    seconds = [result("ada", SECOND, 2), result("ben", SECOND, 99), result("cleo", SECOND, 0)]
    return [
        written(tmp_path / "1.json", FIRST, [result("ada", FIRST, 99), unreadable("cleo")]),
        written(tmp_path / "2.json", SECOND, seconds),
        tmp_path / "policy.toml",
    ]


def test_export_has_each_lesson_and_the_weighted_grade(sources: list[Path], tmp_path: Path) -> None:
    first, second, policy = sources
    out = tmp_path / "grades.csv"
    done = descent("export", first, second, "--format", "csv", "--policy", policy, "--out", out)
    assert "Course grade: of 40 points out of 100; not in it yet: 3_learning_rate." in done.stderr
    assert "cleo has no score in 1_loss_functions: no Course grade there." in done.stderr
    rows = {row["student"]: row for row in csv.DictReader(out.open(encoding="utf-8-sig"))}
    two, most = result("ada", SECOND, 2).score or 0.0, result("ada", SECOND, 0).max_score
    assert float(rows["ada"]["Course grade"]) == pytest.approx(30 + 10 * two / most, abs=0.01)
    assert rows["ada"]["name"] == "Ada Lovelace"
    assert rows["ada"]["Loss functions"] == "28"
    assert (rows["ben"]["Loss functions"], rows["ben"]["Course grade"]) == ("", "10")
    assert (rows["cleo"]["Gradient descent"], rows["cleo"]["Course grade"]) == ("0", "")


def test_a_platform_of_one_assignment_a_file_gets_the_grade(
    sources: list[Path], tmp_path: Path
) -> None:
    first, second, policy = sources
    out = tmp_path / "grades.csv"
    options = ["--format", "moodle", "--out", out]
    descent("export", first, second, *options, "--policy", policy)
    assert "Ada Lovelace,3" in out.read_text(encoding="utf-8")
    refused = descent("export", first, second, *options, status=2).stderr
    assert "one assignment a file" in refused
    policy.write_text("[weights]\n5_training_step = 1\n", encoding="utf-8")
    refused = descent("export", first, *options, "--policy", policy, status=2).stderr
    assert "has a weight" in refused
    refused = descent("export", first, first, *options, status=2).stderr
    assert "two scores in 1_loss_functions" in refused


def test_report_of_several_lessons_is_about_the_course(sources: list[Path], tmp_path: Path) -> None:
    first, second, policy = sources
    out = tmp_path / "report.html"
    descent("report", first, second, "--out", out, "--policy", policy)
    text = out.read_text(encoding="utf-8")
    assert "Class report: the whole course" in text
    assert "<small> of 40</small>" in text
    assert "Ada Lovelace" in text
    assert "1_loss_functions: No course/." in text  # of Cleo, to look at
    nothing = text.partition("Nothing was handed in by")[2].partition("</p>")[0]
    assert "zoe" in nothing
    assert "ben" not in nothing  # who handed in one lesson
    refused = descent("report", first, first, second, "--out", out, status=2).stderr
    assert "two files of 1_loss_functions" in refused


def test_the_course_is_as_if_all_had_been_graded_at_once(sources: list[Path]) -> None:
    first, second, _ = sources
    weights = {FIRST: 30.0, SECOND: 10.0}
    found = {each.student: each for each in whole_course([second, first], Policy(weights=weights))}
    ada, ben = found["ada"], found["ben"]
    assert [each.name for each in ada.exercises] == [
        each.name for lesson in (FIRST, SECOND) for each in graded_exercises(lesson)
    ]
    assert ada.max_score == pytest.approx(100.0)
    assert ben.score == pytest.approx(25.0)
    missing = [each for each in ben.exercises if each.module == "losses"]
    assert {each.outcome for each in missing} == {Outcome.NOT_WRITTEN}
    assert class_figures(found.values()).complete == 0
    plain = {each.student: each for each in whole_course([first, second], Policy())}
    assert plain["ada"].score == 28.0 + (result("ada", SECOND, 2).score or 0.0)


def test_files_in_another_order_are_refused(tmp_path: Path) -> None:
    results = [result("ben", FIRST, 1), result("ada", FIRST, 1)]
    first = written(tmp_path / "1.json", FIRST, results)
    second = written(tmp_path / "2.json", SECOND, [result("ada", SECOND, 1)])
    done = descent("report", first, second, "--out", tmp_path / "r.html", status=2)
    assert "not in the order of students" in done.stderr


def test_a_fault_of_the_grader_is_nobodys_grade(sources: list[Path], tmp_path: Path) -> None:
    first = written(tmp_path / "1.json", FIRST, [unreadable("ada", GRADER_FAULT)])
    second = written(tmp_path / "2.json", SECOND, [result("ada", SECOND, 99)])
    out = tmp_path / "grades.csv"
    descent("export", first, second, "--format", "csv", "--policy", sources[2], "--out", out)
    (row,) = csv.DictReader(out.open(encoding="utf-8-sig"))
    assert row["Course grade"] == ""


def test_order_of_files_changes_nothing(tmp_path: Path) -> None:
    drawn = random.Random(3)
    names = sorted(f"s{number}" for number in range(12))
    paths = [
        written(
            tmp_path / f"{lesson}.json",
            lesson,
            [result(name, lesson, drawn.randrange(9)) for name in names if drawn.random() < 0.7],
        )
        for lesson in (FIRST, SECOND)
    ]
    one, other = (list(whole_course(order, Policy())) for order in (paths, paths[::-1]))
    assert one == other
    assert [each.student for each in one] == sorted({each.student for each in one})
