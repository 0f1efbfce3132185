"""The catalogue as a whole: each criterion has a use, each mistake is caught and named.

That points sum up and that names lead somewhere is for `descent verify` to tell.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.checking.criterion import Criterion
from autograder.checking.equality import same_values
from autograder.checking.judge import Seed, judge
from autograder.exercises.manifest import EXERCISES, MODULES, Exercise, exercise
from autograder.exercises.registry import (
    Mistake,
    criteria_in,
    criteria_of,
    mistakes_in,
    mistakes_of,
    solved_student,
)
from autograder.grading.messages import message_for
from autograder.sandbox.outcomes import Outcome

CRITERIA = [each for module in MODULES for each in criteria_in(module)]
MISTAKES = [each for module in MODULES for each in mistakes_in(module)]
FELL = (Outcome.FAILED, Outcome.RAISED, Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY)
AVOIDED = re.compile(r"\b(wrong|simply|obviously|invalid|of course|trivial|easy)\b", re.IGNORECASE)

GRADED = [each for each in EXERCISES if not each.bonus]

each_exercise = pytest.mark.parametrize("entry", EXERCISES, ids=lambda entry: entry.name)
each_criterion = pytest.mark.parametrize("one", CRITERIA, ids=lambda one: one.name)
each_mistake = pytest.mark.parametrize("known", MISTAKES, ids=lambda known: known.name)


def fallen(judgments: list[Any]) -> list[str]:
    """The criteria that do not hold, those left out that were not run."""
    return [each.criterion.name for each in judgments if each.outcome in FELL]


@each_exercise
def test_criteria_titles_are_unique_in_their_exercise(entry: Exercise) -> None:
    titles = [each.title for each in criteria_of(entry.name, entry.module)]
    assert len(set(titles)) == len(titles)


def test_criteria_names_are_unique() -> None:
    names = [each.name for each in CRITERIA]
    assert len(set(names)) == len(names)


def test_mistakes_names_are_unique() -> None:
    names = [each.name for each in MISTAKES]
    assert len(set(names)) == len(names)


@each_criterion
def test_criteria_are_worth_quarters_of_points(one: Criterion) -> None:
    assert one.points * 4 % 1 == 0


@each_exercise
def test_criteria_give_points_only_where_right_values_came_first(entry: Exercise) -> None:
    _, *later = criteria_of(entry.name, entry.module)
    assert all(each.needs for each in later if each.points)


@each_exercise
def test_catalogue_has_a_mistake_for_each_criterion_that_no_other_catches(
    entry: Exercise, judged: Callable[..., list[Any]]
) -> None:
    alone = set()
    for known in mistakes_of(entry.name, entry.module):
        names = fallen(judged(entry, known.answer))
        if len(names) == 1:
            alone.update(names)
    assert alone == {each.name for each in criteria_of(entry.name, entry.module)}


@pytest.mark.parametrize("entry", GRADED, ids=lambda entry: entry.name)
def test_criteria_that_no_other_needs_catch_a_mistake_alone_even_if_all_are_run(
    entry: Exercise,
) -> None:
    # What others need is a first step: what fails it fails them too, were they run.
    criteria = criteria_of(entry.name, entry.module)
    alone = {name for each in criteria for name in each.needs}
    for known in mistakes_of(entry.name, entry.module):
        submission = solved_student(entry.module, {entry.name: known.answer})
        seed = Seed("secret", "ada")
        short = [each.name for each in criteria if not judge(each, submission, seed).passed]
        alone.update(short if len(short) == 1 else [])
    assert alone == {each.name for each in criteria}


@each_mistake
@pytest.mark.parametrize("student", ["ada", pytest.param("grace", marks=pytest.mark.exhaustive)])
def test_mistake_is_caught_named_and_explained_in_five_lines(
    known: Mistake,
    student: str,
    judged: Callable[..., list[Any]],
    recognized: Callable[..., dict[str, str]],
) -> None:
    entry = exercise(known.exercise)
    judgments = judged(entry, known.answer, student)
    names = fallen(judgments)
    assert names
    assert recognized(judgments, entry, student) == dict.fromkeys(names, known.name)
    for each in judgments:
        if each.criterion.name in names:
            message = message_for(each, entry, known)
            assert len(message.splitlines()) <= 5
            assert known.says in message


@pytest.mark.sampled(every=4)
@each_mistake
def test_mistake_costs_no_points_in_other_exercises(
    known: Mistake, marks: Callable[..., dict[str, Any]]
) -> None:
    entry = exercise(known.exercise)
    results = marks(entry.module, {entry.name: known.answer})  # of all exercises but the bonus
    short = [name for name, each in results.items() if not each.passed]
    if "robust_loss" in short[:-1]:  # until it holds, there is nothing to compare its slope with
        assert results[short.pop()].outcome is Outcome.NOT_RUN
    assert short == ([] if entry.bonus else [entry.name])
    assert all(
        each.score < each.max_score or not each.max_score for each in map(results.get, short)
    )


@each_mistake
def test_mistake_says_what_to_do_in_two_sentences_or_so(known: Mistake) -> None:
    assert not AVOIDED.search(known.says)
    assert known.says[-1] in ".?"
    assert len(known.says) <= 240


def test_same_values_compares_integers_of_any_size() -> None:
    assert same_values(10**400, 10**400)
    assert not same_values(10**400, 10**400 + 1)
    assert not same_values(10**400, 0.5)
    assert not same_values(np.array([1.0]), 10**400)


def test_same_values_leaves_room_for_rounding_only() -> None:
    # 1e-7 is the room: float64 results of two orders of summation differ by some 1e-16
    assert same_values([0.1 + 0.2, (1, True)], [0.3, (1.0, 1)])
    assert not same_values(1.0, 1.000001)
    assert not same_values(np.ones(2), np.ones((2, 1)))
    assert not same_values("too low", "too high")
