"""What stands under a graded cell, for every kind of result."""

from typing import Any

import pytest

from autograder.exercises.manifest import exercise
from autograder.grading.results import CriterionResult, SubmissionResult, exercise_result
from autograder.nbgrader.cell_scores import CellScore, Origin, cell_scores, record_under
from autograder.nbgrader.cells import answer_metadata, check_metadata
from autograder.nbgrader.check_cell import ReleasedCard
from autograder.nbgrader.grade_changes import _why
from autograder.sandbox.outcomes import Outcome

ORIGIN = Origin("files", "checks")
CHECKS = "criteria 1a; mistakes 3c; Python 3.11.9; NumPy 2.4.0"


def graded(name: str, module: str, score: float, most: float) -> SubmissionResult:
    """A result with one exercise."""
    outcome = Outcome.PASSED if score == most else Outcome.FAILED
    criteria = [CriterionResult("one", "holds", score, True, Outcome.PASSED, hidden=False)]
    if score < most:
        left = most - score
        criteria.append(CriterionResult("two", "fails", left, False, outcome, True, "<b>no</b>"))
    made = exercise_result(name, module, most, criteria)
    return SubmissionResult("ada", "graded", score, most, 0.0, None, 0.1, (made,), "hello\n")


def cell(name: str, **changes: Any) -> dict[str, Any]:
    """A check cell."""
    metadata = {"nbgrader": {**check_metadata(exercise(name)), **changes}}
    return {"cell_type": "code", "source": f'check("{name}")', "metadata": metadata}


def only(cells: list[dict[str, Any]], result: SubmissionResult) -> CellScore:
    """The score of the one graded cell."""
    (found,) = cell_scores(cells, result, ORIGIN).values()
    return found


def plain(score: CellScore) -> str:
    """What nbgrader reads."""
    return str(score.outputs[0]["data"]["text/plain"])


def test_cell_scores_are_points_that_nbgrader_reads() -> None:
    from nbformat import from_dict
    from nbgrader.utils import determine_grade

    found = only([cell("softmax")], graded("softmax", "losses", 2.25, 3.0))
    assert found.score == 2.25
    node = from_dict(cell("softmax") | {"outputs": found.outputs})
    assert determine_grade(node) == (2.25, 3.0)


@pytest.mark.parametrize(("points", "score"), [(6.0, 4.5), (1.0, 0.75), (0.0, 0.0)])
def test_cell_scores_follow_points_that_an_instructor_changed(points: float, score: float) -> None:
    found = only([cell("softmax", points=points)], graded("softmax", "losses", 2.25, 3.0))
    assert found.score == score
    assert float(plain(found)) <= points


def test_cell_scores_of_a_bonus_come_on_top_of_no_points() -> None:
    found = only([cell("train_classifier")], graded("train_classifier", "loss_curves", 7, 10))
    assert found.score == 7
    assert plain(found) == "0.0"


def test_cell_scores_are_unset_where_nothing_could_be_judged() -> None:
    unread = SubmissionResult("ada", "unreadable", None, 3.0, 0.0, "A <link>.", 0.0, ())
    found = only([cell("softmax")], unread)
    assert found.score is None
    assert "A &lt;link&gt;." in found.outputs[0]["data"]["text/html"]


def test_cell_scores_are_unset_for_cells_that_are_not_ours() -> None:
    own = cell("softmax") | {"source": "assert True"}
    assert only([own], graded("softmax", "losses", 3.0, 3.0)).score is None


def test_cell_scores_leave_answers_and_other_cells_out() -> None:
    answer = {"cell_type": "markdown", "source": "", "metadata": {"nbgrader": answer_metadata(1)}}
    other = {"cell_type": "code", "source": "1", "metadata": {}}
    assert cell_scores([answer, other], graded("softmax", "losses", 3.0, 3.0), ORIGIN) == {}


def test_cell_scores_show_what_was_printed_once() -> None:
    result = graded("softmax", "losses", 2.0, 3.0)
    scores = cell_scores([cell("softmax"), cell("softmax", grade_id="again")], result, ORIGIN)
    shown = ["hello" in each.outputs[0]["data"]["text/html"] for each in scores.values()]
    assert shown == [True, False]


def test_record_under_a_cell_tells_how_its_score_came_about() -> None:
    found = only([cell("softmax")], graded("softmax", "losses", 2.0, 3.0))
    record = record_under({"outputs": found.outputs})
    assert record == {
        "files": "files",
        "checks": "checks",
        "criteria": {"one": "passed", "two": "failed"},
    }
    assert record_under({"outputs": [{"output_type": "stream", "text": "1"}]}) == {}


@pytest.mark.parametrize(
    ("origin", "points", "cause"),
    [
        (Origin("others", CHECKS), 3, "other modules were handed in"),
        (Origin("files", "of another edition"), 3, "the grader has changed"),
        (
            Origin("files", CHECKS.replace("1a", "2b").replace("3.11.9", "3.13.1")),
            3,
            "the grader has changed: criteria, Python (3.11.9, now 3.13.1)",
        ),
        (Origin("files", CHECKS), 2, "the points of check_softmax were changed from 2"),
        (
            Origin("files", CHECKS),
            3,
            "the secret has changed, or calls ended in another way",
        ),
    ],
)
def test_why_a_score_moves_is_looked_at_one_by_one(
    origin: Origin, points: float, cause: str
) -> None:
    result = graded("softmax", "losses", 2.0, 3.0)
    (before,) = cell_scores([cell("softmax")], result, Origin("files", CHECKS)).values()
    earlier = {**cell("softmax", points=points), "outputs": before.outputs}
    assert _why(cell("softmax"), earlier, 2.0, result, origin) == (cause, ())


def test_released_card_leaves_the_bonus_out_of_its_value() -> None:
    bonus = ReleasedCard(graded("train_classifier", "loss_curves", 7, 10))
    assert bonus._repr_mimebundle_()["text/plain"] == "0.0"
    assert "7 of 10 points" in bonus._repr_mimebundle_()["text/html"]
    assert ReleasedCard(graded("softmax", "losses", 2.25, 3.0)).points == 2.25
