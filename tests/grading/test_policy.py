"""Points, due dates and lateness from one file, worked out by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.policy import HOW_LATE, Policy
from autograder.grading.policy_file import read_policy
from autograder.grading.results import CriterionResult, SubmissionResult, exercise_result
from autograder.refused import Refused
from autograder.sandbox.outcomes import Outcome
from autograder.submissions.handed_in import LATE
from autograder.submissions.reading import Handed
from autograder.submissions.submission import Note

LESSON = "1_loss_functions"
POLICY = """
timezone = "Europe/Berlin"

[points]
softmax = 6

[late]
per_day = 0.1
grace_minutes = 10
most_days = 3

[lessons.1_loss_functions]
due = 2026-11-20T18:00:00
extensions = { bea = 2, "Cem I" = 2026-11-30T12:00:00+01:00 }
days_late = { dai = 2 }
"""


def policy(tmp_path: Path, text: str = POLICY) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path)


def result(name: str = "softmax", module: str = "losses") -> SubmissionResult:
    """Two of three points in one exercise."""
    criteria = [
        CriterionResult("a", "adds up", 2.0, True, Outcome.PASSED, hidden=False),
        CriterionResult("b", "stays finite", 1.0, False, Outcome.FAILED, True, "it is nan"),
    ]
    exercise = exercise_result(name, module, 3.0, criteria)
    return SubmissionResult("ada", "graded", 2.0, 3.0, 0.0, None, 0.2, (exercise,))


def handed(student: str, when: str = "") -> Handed:
    return Handed(student, Path("in"), when=when)


def test_points_of_a_policy_scale_criteria_exercise_and_sum(tmp_path: Path) -> None:
    found = policy(tmp_path).applied(result(), LESSON, handed("ada"))
    assert (found.score, found.max_score, found.final) == (4.0, 6.0, 4.0)
    assert [each.points for each in found.exercises[0].criteria] == [4.0, 2.0]


def test_points_of_a_lesson_are_shared_out(tmp_path: Path) -> None:
    found = policy(tmp_path, "[points]\n1_loss_functions = 14\nsigmoid = 5\n")
    assert found.points["softmax"] == 1.5  # 3 of 28 are 1.5 of 14
    assert found.points["sigmoid"] == 5.0
    assert found.most(LESSON) == pytest.approx(14 - 1 + 5)
    assert found.most("2_gradient_descent") == 16.0


def test_bonus_has_points_of_its_own(tmp_path: Path) -> None:
    text = "[points]\ntrain_classifier = 5\n"
    whole = replace(result("train_classifier", "capstone"), score=0.0, max_score=0.0, bonus=2.0)
    found = policy(tmp_path, text).applied(whole, "8_capstone", handed("ada"))
    assert found.bonus == pytest.approx(2 / 3 * 5)
    assert (found.score, found.max_score) == (0.0, 0.0)
    assert found.final == found.bonus


@pytest.mark.parametrize(
    ("student", "when", "days", "penalty"),
    [
        ("ada", "2026-11-20-18-10-00", 0, 0.0),  # within the grace
        ("ada", "2026-11-20-18-11", 1, 0.4),
        ("ada", "2026-11-22-18-11-00", 3, 1.2),
        ("ada", "2026-11-23-18-11-00", 4, 4.0),  # later than anything counts
        ("bea", "2026-11-22-18-00-00", 0, 0.0),  # two days more
        ("bea", "2026-11-23-09-00-00", 1, 0.4),
        ("Cem I", "2026-11-29-18-00-00", 0, 0.0),
        ("dai", "", 2, 0.8),
        ("emil", "", 0, 0.0),
    ],
)
def test_days_begun_take_points_off(
    student: str, when: str, days: int, penalty: float, tmp_path: Path
) -> None:
    rules = policy(tmp_path)
    found = rules.applied(result(), LESSON, handed(student, when))
    assert (found.days_late, found.penalty) == (days, penalty)
    assert found.score == 4.0  # what was graded stays
    assert found.final == pytest.approx(4.0 - penalty)


def test_what_nbgrader_noted_counts_in_utc(tmp_path: Path) -> None:
    (tmp_path / "timestamp.txt").write_text("2026-11-20 17:11:00.000000 UTC")
    rules = policy(tmp_path)
    assert rules.applied(result(), LESSON, Handed("ada", tmp_path)).days_late == 1


def test_late_nobody_knows_how_much_is_to_be_looked_at(tmp_path: Path) -> None:
    rules = policy(tmp_path)
    notes = (Note("", f"{LATE}, says the platform.", always=True),)
    late = rules.applied(result(), LESSON, replace(handed("ada"), notes=notes))
    assert (late.look, late.penalty) == ((HOW_LATE,), 0.0)
    assert rules.applied(result(), LESSON, replace(handed("dai"), notes=notes)).days_late == 2


def test_names_of_nobody_are_told(tmp_path: Path) -> None:
    rules = policy(tmp_path)
    assert rules.strangers(LESSON, ["bea", "dai", "ada"]) == ["Cem I"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[late]\nper_day = 2\n", "per_day is a number, not below 0 and not above 1; not 2"),
        ("[point]\n", "the file knows no 'point'; points is the nearest"),
        ("[points]\nsoftmx = 2\n", "knows no 'softmx'; softmax is the nearest"),
        ("[points]\n8_capstone = 2\n", "8_capstone has no points to share out"),
        (
            "[lessons.1_loss_function]\n",
            "1_loss_functions is the nearest",
        ),
        ("[lessons.all]\ndue = 3\n", "due in [lessons.all] is a time"),
        ("[lessons.all]\nextensions = {ada = 'x'}\n", "the extension of 'ada'"),
        ("timezone = 'Moon/Base'\n", "timezone is a name such as Europe/Berlin"),
        ("late = 3\n", "late is a table: write [late]"),
        ("x", "is not TOML"),
    ],
)
def test_what_no_policy_says_is_refused(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        policy(tmp_path, text)
    assert words in str(refused.value)


WEIGHTS = """
[points]
softmax = 6
[weights]
1_loss_functions = 30
2_gradient_descent = 10
"""


def test_weights_make_a_lesson_worth_its_share_of_a_hundred(tmp_path: Path) -> None:
    found = policy(tmp_path, WEIGHTS)
    assert (found.weight(LESSON), found.weight("3_learning_rate")) == (75.0, 0.0)
    assert found.most(LESSON) == 31.0  # a lesson by itself keeps its points, softmax its 6
    assert found.most("all") == 100.0
    whole = found.weighed(result(), "all")  # two thirds of the 6 of 31 that are worth 75
    assert whole.score == pytest.approx(2 / 3 * 6 / 31 * 75)
    assert whole.max_score == pytest.approx(6 / 31 * 75)
    other = found.weighed(result("judge_learning_rate", "learning_rate"), "all")
    assert (other.score, other.max_score) == (0.0, 0.0)
    assert found.weighed(result(), LESSON).score == 4.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[weights]\nall = 3", "knows no 'all'"),
        ("[weights]\n8_capstone = 3", "no points but a bonus"),
        ("[weights]\n1_loss_functions = 0", "are all 0"),
        ("[weights]\n1_loss_functions = 'much'", "is a number"),
    ],
)
def test_weights_that_cannot_be_are_refused(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=words):
        policy(tmp_path, text)
