"""The result file: it reads what it writes, is never half there, and holds no formula."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.atomic_files import write_in_one_step
from autograder.exercises.selection import graded_exercises
from autograder.grading.result_file import (
    Heading,
    ResultsUnreadable,
    csv_parts,
    heading_of,
    json_parts,
    submissions_of,
)
from autograder.grading.results import (
    GRADED,
    UNREADABLE,
    CriterionResult,
    SubmissionResult,
    exercise_result,
    result_line,
)
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.wall import Wall
from autograder.submissions.roster import Person

LESSON = "1_loss_functions"
UNREAD = SubmissionResult("=cmd()", UNREADABLE, None, 24.0, 0.0, "+bad", 0.0, ())


def submission(student: str, outcome: Outcome = Outcome.PASSED) -> SubmissionResult:
    """A submission of which every exercise ends the same."""
    exercises = []
    for known in graded_exercises(LESSON):
        passed = outcome is Outcome.PASSED
        title, points = f"is {known.title}", float(known.points)
        criterion = CriterionResult(known.name, title, points, passed, outcome, hidden=False)
        exercises.append(exercise_result(known.name, known.module, known.points, [criterion]))
    score = sum(exercise.score for exercise in exercises)
    return SubmissionResult(student, GRADED, score, 24.0, 0.0, None, 0.1, tuple(exercises))


def test_result_file_reads_what_it_writes(tmp_path: Path) -> None:
    results = [submission("ada"), submission("Zoë", Outcome.RAISED), UNREAD]
    path = tmp_path / "results.json"
    write_in_one_step(path, json_parts(Heading(LESSON, Wall.LANDLOCK), map(result_line, results)))
    assert heading_of(path) == Heading(LESSON, Wall.LANDLOCK)
    assert list(submissions_of(path)) == results
    assert list(tmp_path.iterdir()) == [path]  # nothing is left beside it
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")  # laid out by somebody else
    assert heading_of(path) == Heading(LESSON, Wall.LANDLOCK)
    assert list(submissions_of(path)) == results


def test_result_file_of_an_unknown_wall_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    text = "".join(json_parts(Heading(LESSON, Wall.LANDLOCK), []))
    path.write_text(text.replace("landlock", "paper"), encoding="utf-8")
    with pytest.raises(ResultsUnreadable, match="a wall that this version does not know"):
        heading_of(path)


def test_result_file_is_never_half_there(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text("the one of yesterday")
    (tmp_path / ".results.json.999.new").write_text("left by a writer that was killed")
    (tmp_path / ".results.json.bak.json").write_text("somebody else's")

    def interrupted() -> Iterator[str]:
        yield "half of "
        assert path.read_text() == "the one of yesterday"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_in_one_step(path, interrupted())
    assert path.read_text() == "the one of yesterday"
    write_in_one_step(path, ["whole\n"])
    assert path.read_bytes() == b"whole\n"
    assert sorted(os.listdir(tmp_path)) == [".results.json.bak.json", "results.json"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not JSON"),
        ("{}", "is not a result file of `descent grade`"),
        ('{"schema": 7, "assignment": "all", "submissions": []}', "has schema 7"),
        (
            '{"schema": 1, "assignment": "all", "submissions": [\n{"student": "ada"}',
            "not as expected",
        ),
        ('{"schema": 1, "assignment": "all", "submissions": [\n', "ends too early"),
    ],
    ids=["empty", "other", "later-schema", "incomplete", "cut-off"],
)
def test_result_file_says_what_it_cannot_read(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResultsUnreadable, match=sentence):
        read_whole(path)


def read_whole(path: Path) -> list[SubmissionResult]:
    heading_of(path)
    return list(submissions_of(path))


def test_csv_has_a_row_for_each_and_no_formula() -> None:
    names = [each.name for each in graded_exercises(LESSON)]
    heading = Heading(LESSON, people={"ada": Person("ada", "Ada Lovelace", section="M1")})
    late = replace(submission("ada"), days_late=1, penalty=2.0)
    text = "".join(csv_parts(heading, names, map(result_line, [late, UNREAD])))
    head, ada, other = text.splitlines()
    figures = "final,score,max_score,bonus,days_late,penalty,status"
    assert head == f"\ufeffstudent,name,section,{figures},{','.join(names)},reason"
    points = "3.0,3.0,2.0,3.0,2.0,3.0,3.0,3.0,2.0,2.0,2.0"
    assert ada == f"ada,Ada Lovelace,M1,26.0,28.0,24.0,0.0,1,2.0,graded,{points},"
    assert other.startswith("'=cmd(),,,,,24.0,0.0,,,unreadable,")
    assert other.endswith(",'+bad")


def test_people_and_who_is_absent_round_trip(tmp_path: Path) -> None:
    people = {"ada": Person("ada", "Ada Lovelace", "123", "M1", "Moodle"), "bea": Person("bea")}
    path = tmp_path / "results.json"
    path.write_text("".join(json_parts(Heading("all", people=people, absent=("zoe",)), [])))
    found = heading_of(path)
    assert found.people == {"ada": people["ada"]}  # of bea there is nothing to say
    assert found.person("bea") == people["bea"]
    assert found.absent == ("zoe",)


@pytest.mark.parametrize("people", ["[1]", '"x"', "3", '{"ada": 3}'])
def test_people_that_are_no_table_are_none(tmp_path: Path, people: str) -> None:
    path = tmp_path / "results.json"
    path.write_text(f'{{"schema": 1, "assignment": "all", "people": {people}, "submissions": []}}')
    assert heading_of(path).people == {}
