"""Scores for Canvas and for Gradescope, each against what those systems document."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.grading.gradescope_file import gradescope_results
from autograder.grading.platform_scores import Scores, filled_in
from autograder.grading.result_file import Heading, json_parts
from autograder.grading.results import (
    CriterionResult,
    SubmissionResult,
    exercise_result,
    result_line,
)
from autograder.sandbox.outcomes import Outcome
from autograder.submissions.roster import Person, table_of

LESSON = "1_loss_functions"
# The keys of Gradescope's specification, for the whole and for one test.
WHOLE = {
    *("score", "execution_time", "output", "output_format", "test_output_format"),
    *("test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"),
}
TEST = {
    *("score", "max_score", "status", "name", "name_format", "number", "output", "output_format"),
    *("tags", "visibility", "extra_data"),
}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,1_loss_functions (8812),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,20.00,(read only)
"Lovelace, Ada",1001,,ada,Monday,,90
"Iverson, Cem",1002,cem,ci@example.org,Monday,3.00,80
"Nobody, Here",1003,nn,nn@example.org,Monday,,70
"""


@pytest.fixture
def result() -> SubmissionResult:
    """A submission with one criterion that holds and one that does not."""
    criteria = [
        CriterionResult("a", "adds up", 1.0, True, Outcome.PASSED, hidden=False),
        CriterionResult("b", "stays finite", 2.0, False, Outcome.FAILED, True, "it is <nan>"),
    ]
    softmax = exercise_result("softmax", "losses", 3.0, criteria)
    return SubmissionResult("ada", "graded", 1.0, 3.0, 0.0, None, 0.2, (softmax,))


def canvas_reads(text: str) -> dict[str, dict[str, str]]:
    """Scores by student and column, as Canvas's importer finds them (``gradebook_importer.rb``)."""
    lines = [
        line for line in csv.reader(io.StringIO(text)) if not re.fullmatch("[;, ]*", "".join(line))
    ]
    header = lines[0]
    assert "Student" in header[0]
    assert "ID" in header[1]
    about = 3
    if re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        about += 2
        about += bool(re.search(r"Integration\s+ID", header[4]))
        about += bool(re.search(r"Root\s+Account", header[about - 1]))
    assert "Section" in header[about - 1]
    columns = [each for each in header[about:] if not re.search("(Current|Final) Score", each)]
    students = [line for line in lines[1:] if "Points Possible" not in line[0]]
    return {
        line[1] or line[2] or line[3]: {each: line[header.index(each)].strip() for each in columns}
        for line in students
    }


def test_filled_in_finds_students_in_any_form_of_their_name() -> None:
    names = ("ada", "Jos\u00e9", "x", "X")
    scores = [Scores(Person(name, name), {LESSON: 3.0}) for name in names]
    exported = table_of(
        "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,1_loss_functions\n"
        '"L, A",1,,ADA ,M,\n"G, J",2,,Jose\u0301,M,\n"Y, X",3,,X,M,\n'
    )
    text, strangers = filled_in("canvas", {LESSON: 24.0}, scores, exported)
    assert canvas_reads(text).keys() == {"1", "2", "3"}
    assert strangers == {"x": "the row of 'X' fits 'X' as well"}


def test_gradescope_results_have_a_test_for_each_criterion(result: SubmissionResult) -> None:
    made = gradescope_results(result)
    assert made.keys() <= WHOLE
    assert all(test.keys() <= TEST for test in made["tests"])
    assert [test["number"] for test in made["tests"]] == ["1.1", "1.2"]
    assert [test["status"] for test in made["tests"]] == ["passed", "failed"]
    assert sum(test["score"] for test in made["tests"]) == result.score
    assert sum(test["max_score"] for test in made["tests"]) == result.max_score
    assert made["tests"][1]["output"] == "it is <nan>"
    assert {made["output_format"], made["test_output_format"]} <= FORMATS
    assert {made["visibility"], made["stdout_visibility"]} <= VISIBILITIES
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_gradescope_results_of_what_cannot_be_read_say_why() -> None:
    unread = SubmissionResult("ada", "unreadable", None, 24.0, 0.0, "No course/.", 0.0, ())
    made = gradescope_results(unread)
    assert (made["score"], made["output"], made["tests"]) == (0.0, "No course/.", [])


def exported(tmp_path: Path, results: list[SubmissionResult], out: str) -> Any:
    """What `descent export --format gradescope` did."""
    source = tmp_path / "results.json"
    source.write_text("".join(json_parts(Heading(LESSON), map(result_line, results))))
    command = ["export", str(source), "--format", "gradescope", "--out", str(tmp_path / out)]
    return CliRunner().invoke(main, command)


def test_export_writes_gradescopes_file_for_one_submission(
    tmp_path: Path, result: SubmissionResult
) -> None:
    assert exported(tmp_path, [result], "gradescope.json").exit_code == 0
    assert json.loads((tmp_path / "gradescope.json").read_text()) == gradescope_results(result)


def test_export_writes_no_file_where_the_grader_failed(
    tmp_path: Path, result: SubmissionResult
) -> None:
    fault = SubmissionResult("bea", "grader fault", None, 24.0, 0.0, "It failed.", 0.0, ())
    done = exported(tmp_path, [result, fault], "folder")
    assert done.exit_code == 1
    assert "bea" in done.output
    assert [path.parent.name for path in tmp_path.rglob("folder/*/results.json")] == ["ada"]


def test_canvas_export_is_read_by_canvas(returned: Any) -> None:
    text = (returned.course / "canvas.csv").read_text(encoding="utf-8")
    found = canvas_reads(text)
    assert len(found) == 12
    assert found["ada"] == {LESSON: "28"}
    assert 20 < float(found["cem"][LESSON]) < 28
    assert "    Points Possible,,,,,30\n" in text


def filled(autograded: Any, tmp_path: Path, roster: str) -> tuple[str, Any]:
    """What `descent export --roster` made of a file of Canvas's."""
    (tmp_path / "roster.csv").write_text(roster, encoding="utf-8-sig")
    command = ["export", str(autograded.course / "gradebook.db"), "--format", "canvas"]
    command += ["--out", str(tmp_path / "filled.csv"), "--roster", str(tmp_path / "roster.csv")]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    return (tmp_path / "filled.csv").read_text(encoding="utf-8"), done


def test_export_fills_in_what_canvas_exported(autograded: Any, tmp_path: Path) -> None:
    text, done = filled(autograded, tmp_path, CANVAS)
    found = canvas_reads(text)
    assert found.keys() == {"1001", "1002"}
    assert found["1001"] == {"1_loss_functions (8812)": "28"}
    assert '"Lovelace, Ada",1001,,ada,Monday,28\n' in text
    assert '"Iverson, Cem",1002,cem,ci@example.org,Monday,' in text
    assert "bea is not in" in done.stderr
    assert "wait for a manual grade" in done.stderr


def test_export_fills_in_files_with_semicolons_and_a_schools_own_columns(
    autograded: Any, tmp_path: Path
) -> None:
    roster = (
        "Student;ID;SIS User ID;SIS Login ID;Integration ID;Root Account;Section;Final Score\n"
        "Lovelace, Ada;1001;;ada;;school.example;Monday;90,5\n"
    )
    found = canvas_reads(filled(autograded, tmp_path, roster)[0])
    assert found == {"1001": {LESSON: "28"}}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "canvas"], "not a result file"),
        (["--format", "gradescope", "--roster", "results.json"], "no --roster"),
    ],
    ids=["no gradebook", "roster"],
)
def test_export_refuses_what_does_not_fit(tmp_path: Path, options: list[str], words: str) -> None:
    source = tmp_path / "results.json"
    source.write_text("{}")
    options = [str(source) if each == "results.json" else each for each in options]
    done = CliRunner().invoke(main, ["export", str(source), "--out", str(tmp_path / "x"), *options])
    assert done.exit_code == 2
    assert words in done.output
