"""Every attack ends with its own verdict, earns nothing, leaves nothing, and harms nobody after it.

Each folder here is one attack: the files of a submission and, in ``expected.toml``, what it tries
and how it must end. A submission finds the right softmax in ``course/prize.py``: most attacks call
it once they have what they came for, so one that got through would show as three points. Those
marked ``without_walls`` are run again where there are no walls, and must get through there.
"""

import os
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises.manifest import exercise
from autograder.grading.grade import grade
from autograder.grading.result_file import csv_parts
from autograder.grading.results import SubmissionResult, result_line
from autograder.learner.card import card_html, card_text
from autograder.sandbox.limits import Limits
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.sandbox.wall import Wall
from autograder.submissions.submission import Submission

HERE = Path(__file__).parent
WALL = Wall(os.environ.get("DESCENT_TEST_WALL", Wall.NAMESPACES))
PRIZE = b'''
"""The right softmax: what an attack that gets through is paid with."""

import numpy as np

def prize(logits):
    logits = np.asarray(logits, dtype=float)
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
'''


@dataclass(frozen=True)
class Attack:
    """One attack, as its folder describes it.

    Attributes
    ----------
    name, tries, family : str
        The folder's name, what it tries in one sentence, and its family.
    outcomes : dict
        How each exercise must end; several where that depends on the machine.
    score : float
        The points that it earns by what is right in it.
    says : str or list of str
        What some message must hold one of: it failed for the reason that it should fail for.
    without_walls : bool
        Whether it gets through, and does no harm, where there are no walls.
    landlock : dict
        What is different behind the weaker wall.
    """

    name: str
    tries: str
    family: str
    outcomes: dict[str, str | list[str]]
    score: float = 0.0
    says: str | list[str] = ""
    without_walls: bool = False
    landlock: dict[str, object] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, wall: Wall = Wall.NAMESPACES) -> "Attack":
        """The attack of a folder."""
        table = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
        if wall is Wall.LANDLOCK:
            table = {**table, **table.get(wall.value, {})}
        return cls(folder.name, **table)

    def submission(self, bait: Any) -> Submission:
        """Its files, with the places of this machine filled in."""
        folder = HERE / self.name
        files = {
            path.relative_to(folder).as_posix(): bait.filled_in(path.read_bytes())
            for path in sorted(folder.rglob("*.py"))
        }
        return Submission(self.name, {"course/prize.py": PRIZE, **files})


ATTACKS = [Attack.read(path.parent, WALL) for path in sorted(HERE.glob("*/expected.toml"))]
FAMILIES = (
    "reading",
    "writing",
    "network",
    "processes",
    "resources",
    "forging",
    "protocol",
)


def ids(attacks: list[Attack]) -> list[str]:
    return [each.name for each in attacks]


def assert_expected(attack: Attack, result: SubmissionResult) -> None:
    found = {each.name: str(each.outcome) for each in result.exercises}
    for name, expected in attack.outcomes.items():
        among = [expected] if isinstance(expected, str) else expected
        assert found[name] in among, messages(result)
    assert result.score == attack.score, messages(result)
    reasons = [attack.says] if isinstance(attack.says, str) else attack.says
    assert any(reason in messages(result) for reason in reasons), messages(result)


def messages(result: SubmissionResult) -> str:
    lines = [
        f"{one.name}: {one.outcome}: {one.message}"
        for each in result.exercises
        for one in each.criteria
    ]
    return "\n".join(lines)


def assert_harmless_to_read(result: SubmissionResult) -> None:
    """Nothing that a submission says can act in a terminal, a browser or a spreadsheet."""
    for line in (messages(result) + "\n" + card_text(result)).splitlines():
        assert line.isprintable()
    page = card_html(result)
    assert "<script" not in page
    assert "<img" not in page
    names = [each.name for each in result.exercises]
    table = "".join(csv_parts(names, [result_line(result)]))
    for cell in table.replace("\n", ",").split(","):
        assert cell[:1] not in ("=", "+", "@")


@pytest.mark.parametrize("attack", ATTACKS, ids=ids(ATTACKS))
def test_attack_earns_nothing_and_leaves_nothing(
    attack: Attack, arena: Any, honest: Submission
) -> None:
    exercises = [exercise(name) for name in attack.outcomes]
    result = grade(attack.submission(arena.bait), arena.sandbox, exercises, arena.secret)
    assert_expected(attack, result)
    assert_harmless_to_read(result)
    arena.assert_clean()
    arena.assert_grades_on(honest)


THROUGH = [each for each in ATTACKS if each.without_walls]


@pytest.fixture(scope="module")
def unwalled() -> Iterator[UnwalledBackend]:
    """A backend without walls."""
    with closing(UnwalledBackend(Limits(call_seconds=5.0))) as backend:
        yield backend


@pytest.mark.parametrize("attack", THROUGH, ids=ids(THROUGH))
def test_attack_gets_through_where_there_are_no_walls(
    attack: Attack, unwalled: UnwalledBackend, bait: Any
) -> None:
    result = grade(attack.submission(bait), unwalled, [exercise("softmax")])
    assert result.score == 3.0, messages(result)


def test_attacks_are_at_least_a_hundred_of_every_family() -> None:
    assert len(ATTACKS) >= 100
    assert {each.family for each in ATTACKS} == set(FAMILIES)
    for each in ATTACKS:
        assert each.tries.endswith("."), each.name
        for name, expected in each.outcomes.items():
            for one in [expected] if isinstance(expected, str) else expected:
                assert Outcome(one) is not Outcome.GRADER_FAULT, (each.name, name)
