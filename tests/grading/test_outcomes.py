"""The ten outcomes: a tiny submission for each, with the exact result and card that it must get.

Each is one file, ``tests/grading/outcomes/<case>.txt``, in four parts: what is handed in, the
result, the card in a terminal and the card in a notebook. After a deliberate change of criteria or
messages, run this file to make the last three again, and read the difference:
``uv run python tests/grading/test_outcomes.py``. A new case is a file with the first part only.
"""

import json
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.batch.assignment import Assignment
from autograder.batch.pool import Pool
from autograder.exercises.manifest import exercise
from autograder.grading.grade import grade
from autograder.grading.results import SubmissionResult, submission_result
from autograder.learner.card import card_html, card_text
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome, Unexplained
from autograder.sandbox.walled import Sandbox
from autograder.submissions.submission import Submission

OUTCOMES = Path(__file__).parent / "outcomes"
CASES = sorted(path.stem for path in OUTCOMES.glob("*.txt"))
QUICK = Limits(call_seconds=1.0)
MODULE, RESULT = "course/losses.py", "result"


def parts(case: str) -> dict[str, str]:
    """The parts of a case's file by their titles."""
    text = (OUTCOMES / f"{case}.txt").read_text(encoding="utf-8")
    _, *found = re.split(r"^=== (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(found[::2], found[1::2], strict=True))


def graded(case: str, sandbox: Sandbox) -> SubmissionResult:
    usual = sandbox.limits
    sandbox.limits = QUICK if case == "timed_out" else usual
    files = {MODULE: parts(case)[MODULE].encode()}
    try:
        result = grade(Submission(case, files), sandbox, [exercise("softmax")])
    finally:
        sandbox.limits = usual
    return replace(result, seconds=0.0)


def written(result: SubmissionResult) -> dict[str, str]:
    """All that is written of a result, by the titles of the parts."""
    page = card_html(result).replace("><", ">\n<")  # a tag a line: a difference can be read
    return {
        RESULT: json.dumps(result.as_json(), indent=1, ensure_ascii=False) + "\n",
        "card": card_text(result) + "\n",
        "card in a notebook": page + "\n",
    }


@pytest.mark.parametrize("case", CASES)
def test_grade_gives_each_outcome_its_exact_result(case: str, sandbox: Sandbox) -> None:
    result = graded(case, sandbox)
    expected = parts(case)
    assert {MODULE: expected[MODULE], **written(result)} == expected
    honest = graded("passed", sandbox)  # whatever came before, the next one is graded normally
    assert honest.score == honest.max_score == 3.0


def test_outcomes_are_all_shown() -> None:
    shown = set()
    for case in CASES:
        result = submission_result(json.loads(parts(case)[RESULT]))
        shown |= {one.outcome for each in result.exercises for one in each.criteria}
    assert shown == set(Outcome) - {Outcome.GRADER_FAULT}


def test_grade_gives_no_points_where_nothing_was_earned() -> None:
    for case in CASES:
        if case not in ("passed", "failed"):
            assert json.loads(parts(case)[RESULT])["score"] == 0.0, case


def test_grade_stands_where_the_search_for_a_cause_fails(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    expected = graded("failed", sandbox)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr("autograder.grading.grade.diagnose", broken)
    with pytest.warns(Unexplained, match="softmax: ZeroDivisionError: of ours"):
        result = graded("failed", sandbox)
    assert (result.status, result.score) == (expected.status, expected.score)
    outcomes = [each.outcome for each in result.exercises[0].criteria]
    assert outcomes == [each.outcome for each in expected.exercises[0].criteria]


def test_pool_reports_a_fault_of_the_grader_without_a_score(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    # An assignment that does not exist makes the grading process itself fail: not the student's.
    with closing(Pool(1, Assignment("no such lesson"))) as pool:
        files = {"course/losses.py": b"raise SystemExit"}
        ((result, key),) = pool.graded(iter([(Submission("ada", files), "key")]))
    assert key == "key"
    assert (result.status, result.score) == ("graded", 0.0)


if __name__ == "__main__":
    with closing(Sandbox(QUICK)) as sandbox:
        for name in CASES:
            result = graded(name, sandbox)
            made = {MODULE: parts(name)[MODULE], **written(result)}
            text = "".join(f"=== {title}\n{content}" for title, content in made.items())
            (OUTCOMES / f"{name}.txt").write_text(text, encoding="utf-8")
            print(name, result.exercises[0].outcome)
