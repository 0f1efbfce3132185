"""Scores for Canvas and for Gradescope, each against what those systems document."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.command_line import main
from autograder.nbgrader.gradescope import gradescope_results
from autograder.outcomes import Outcome
from autograder.result_file import Heading, json_parts
from autograder.results import CriterionResult, SubmissionResult, exercise_result, result_line

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


def rows(text: str) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(io.StringIO(text)))


def test_gradescope_results_have_a_test_for_each_criterion(result: SubmissionResult) -> None:
    made = gradescope_results(result)
    assert made.keys() <= WHOLE
    assert all(test.keys() <= TEST for test in made["tests"])
    assert [test["number"] for test in made["tests"]] == ["1.1", "1.2"]
    assert [test["status"] for test in made["tests"]] == ["passed", "failed"]
    assert sum(test["score"] for test in made["tests"]) == result.score
    assert sum(test["max_score"] for test in made["tests"]) == result.max_score
    assert made["tests"][1]["output"] == "it is <nan>"
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


def test_canvas_export_names_columns_as_canvas_does(autograded: Any) -> None:
    autograded.run(
        *("nbgrader", "export", "--exporter=autograder.nbgrader.canvas.CanvasExport"),
        *("--to", "canvas.csv"),
    )
    lines = rows((autograded.course / "canvas.csv").read_text(encoding="utf-8"))
    assert lines[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", LESSON]
    assert lines[1] == ["    Points Possible", "", "", "", "", "26"]
    found = {line[3]: line[5] for line in lines[2:]}
    assert found["ada"] == "24"
    assert 20 < float(found["cem"]) < 24
    assert len(found) == 12
    assert {len(line) for line in lines} == {6}


def test_export_fills_in_what_canvas_exported(autograded: Any, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(CANVAS, encoding="utf-8-sig")
    done = autograded.run(
        *("descent", "export", "gradebook.db", "--format", "canvas"),
        *("--out", str(tmp_path / "filled.csv"), "--roster", str(tmp_path / "roster.csv")),
    )
    lines = rows((tmp_path / "filled.csv").read_text(encoding="utf-8"))
    assert lines[0][5:] == ["1_loss_functions (8812)"]
    assert lines[2] == ["Lovelace, Ada", "1001", "", "ada", "Monday", "24"]
    assert lines[3][:5] == ["Iverson, Cem", "1002", "cem", "ci@example.org", "Monday"]
    assert len(lines) == 4
    assert "bea is not in" in done.stderr
    assert "wait for a manual grade" in done.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--format", "canvas"], "gradebook.db"),
        (["--format", "gradescope", "--roster", "results.json"], "--roster is for"),
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
