"""Every attack ends with its own verdict, earns nothing, leaves nothing, and harms nobody after it.

Most attacks call the right softmax of ``prize.py`` once they have what they came for, so one that
got through would show as three points. Those marked ``without_walls`` are run again where there
are no walls, and must get through there.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises.manifest import exercise
from autograder.grading.grade import grade
from autograder.grading.result_file import Heading, csv_parts
from autograder.grading.results import SubmissionResult, result_line
from autograder.learner.card import card_html, card_text
from autograder.maintain.verify.attacks import Attack, attacks
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission

ROOT = Path(__file__).parents[2]
ATTACKS = attacks(ROOT)
FAMILIES = {
    *("reading", "writing", "network", "processes", "resources"),
    *("forging", "protocol", "unearned"),
}


def cases(chosen: list[Attack]) -> list[Any]:
    """Parameters of a test: those that do not represent others are left for the long run."""
    return [
        pytest.param(
            attack,
            id=attack.name,
            marks=[] if attack.representative else [pytest.mark.exhaustive],
        )
        for attack in chosen
    ]


def assert_expected(attack: Attack, result: SubmissionResult) -> None:
    found = {graded.name: str(graded.outcome) for graded in result.exercises}
    for name, expected in attack.outcomes.items():
        among = [expected] if isinstance(expected, str) else expected
        assert found[name] in among, messages(result)
    assert result.score == attack.score, messages(result)
    reasons = [attack.says] if isinstance(attack.says, str) else attack.says
    assert any(reason in messages(result) for reason in reasons), messages(result)


def messages(result: SubmissionResult) -> str:
    lines = [
        f"{criterion.name}: {criterion.outcome}: {criterion.message}"
        for graded in result.exercises
        for criterion in graded.criteria
    ]
    return "\n".join(lines)


def assert_harmless_to_read(result: SubmissionResult) -> None:
    """Nothing that a submission says can act in a terminal, a browser or a spreadsheet."""
    for line in (messages(result) + "\n" + card_text(result)).splitlines():
        assert line.isprintable()
    page = card_html(result)
    assert "<script" not in page
    assert "<img" not in page
    names = [graded.name for graded in result.exercises]
    table = "".join(csv_parts(Heading("all"), names, [result_line(result)]))
    for cell in table.replace("\n", ",").split(","):
        assert cell[:1] not in ("=", "+", "@")


@pytest.mark.parametrize("attack", cases(ATTACKS))
def test_attack_earns_nothing_and_leaves_nothing(
    attack: Attack, arena: Any, honest: Submission
) -> None:
    expected = attack.behind(arena.wall)
    exercises = [exercise(name) for name in expected.outcomes]
    submission = Submission(attack.name, arena.bait.filled_in(attack.submission()))
    result = grade(submission, arena.sandbox, exercises, arena.secret)
    assert_expected(expected, result)
    assert_harmless_to_read(result)
    arena.assert_clean()
    arena.assert_grades_on(honest)


@pytest.fixture(scope="module")
def unwalled() -> Iterator[UnwalledBackend]:
    """A backend without walls."""
    with closing(UnwalledBackend(Limits(call_seconds=5.0))) as backend:
        yield backend


@pytest.mark.parametrize("attack", cases([attack for attack in ATTACKS if attack.without_walls]))
def test_attack_gets_through_where_there_are_no_walls(
    attack: Attack, unwalled: UnwalledBackend, bait: Any
) -> None:
    submission = Submission(attack.name, bait.filled_in(attack.submission()))
    result = grade(submission, unwalled, [exercise("softmax")])
    assert result.score == 3.0, messages(result)


def test_attacks_are_at_least_a_hundred_with_their_own_names() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 100
    for attack in ATTACKS:
        assert attack.tries.endswith("."), attack.name
        for name, expected in attack.outcomes.items():
            for outcome in [expected] if isinstance(expected, str) else expected:
                assert Outcome(outcome) is not Outcome.GRADER_FAULT, (attack.name, name)


def test_representative_attacks_are_of_every_family() -> None:
    representative = [attack for attack in ATTACKS if attack.representative]
    assert {attack.family for attack in representative} == FAMILIES
    assert {attack.family for attack in ATTACKS} == FAMILIES
    assert {attack.family for attack in representative if attack.without_walls} == FAMILIES - {
        "forging",
        "protocol",
        "resources",
        "unearned",
    }
