"""The catalogue as a whole: each criterion has a use, each mistake is caught and named."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lessons
from autograder.catalogue import Mistake, mistakes_in, mistakes_of, solved_student
from autograder.criteria import CHECKED_MODULES, Criterion, criteria_in, criteria_of
from autograder.exercises import EXERCISES, Exercise, exercise
from autograder.judging import Seed, judge
from autograder.likeness import same_values
from autograder.messages import message_for
from autograder.outcomes import Outcome

MODULES = tuple(
    module
    for module in CHECKED_MODULES
    if importlib.util.find_spec(f"autograder.checks.{module}") is not None
)
CHECKED = [each for each in EXERCISES if each.module in MODULES]
CRITERIA = [each for module in MODULES for each in criteria_in(module)]
MISTAKES = [each for module in MODULES for each in mistakes_in(module)]
FELL = (Outcome.FAILED, Outcome.RAISED, Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY)
AVOIDED = re.compile(r"\b(wrong|simply|obviously|invalid|of course|trivial|easy)\b", re.IGNORECASE)

GRADED = [each for each in CHECKED if not each.bonus]

each_exercise = pytest.mark.parametrize("entry", CHECKED, ids=lambda entry: entry.name)
each_criterion = pytest.mark.parametrize("one", CRITERIA, ids=lambda one: one.name)
each_mistake = pytest.mark.parametrize("known", MISTAKES, ids=lambda known: known.name)


def headings() -> set[str]:
    """The sections of all lessons, as mistakes refer to them."""
    found = set()
    for source in sorted((Path(lessons.__file__).parent / "sources").glob("*.py")):
        number = source.name.split("_")[0]
        for title in re.findall(r"^# #{2,3} (.+)$", source.read_text(encoding="utf-8"), re.M):
            found.add(f"Lesson {number}, “{title.strip()}”")
    return found


def fallen(judgements: list[Any]) -> list[str]:
    """The criteria that do not hold, those left out that were not run."""
    return [each.criterion.name for each in judgements if each.outcome in FELL]


@each_exercise
def test_criteria_points_sum_to_those_of_the_exercise(entry: Exercise) -> None:
    assert sum(each.points for each in criteria_of(entry.name, entry.module)) == entry.points


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
def test_criteria_belong_to_an_exercise_of_their_module(one: Criterion) -> None:
    entry = exercise(one.exercise)
    assert one in criteria_of(entry.name, entry.module)
    assert one.points * 4 % 1 == 0


@each_criterion
def test_criteria_need_earlier_ones_of_their_exercise(one: Criterion) -> None:
    siblings = [each.name for each in criteria_of(one.exercise, exercise(one.exercise).module)]
    earlier = siblings[: siblings.index(one.name)]
    assert set(one.needs) <= set(earlier)
    if earlier and one.points:
        assert one.needs, "points without a criterion that demands right values first"


@each_exercise
def test_catalogue_has_three_mistakes_or_more_for_each_exercise(entry: Exercise) -> None:
    assert len(mistakes_of(entry.name, entry.module)) >= 3


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
def test_mistake_is_caught_named_and_explained_in_five_lines(
    known: Mistake, judged: Callable[..., list[Any]], recognized: Callable[..., dict[str, str]]
) -> None:
    entry = exercise(known.exercise)
    for student in ("ada", "grace"):
        judgements = judged(entry, known.answer, student)
        names = fallen(judgements)
        assert names
        assert recognized(judgements, entry, student) == dict.fromkeys(names, known.name)
        for each in judgements:
            if each.criterion.name in names:
                message = message_for(each, entry, known)
                assert len(message.splitlines()) <= 5
                assert known.says in message


@each_mistake
def test_mistake_costs_no_points_in_other_exercises(
    known: Mistake, marks: Callable[..., dict[str, Any]]
) -> None:
    entry = exercise(known.exercise)
    results = marks(entry.module, {entry.name: known.answer})  # of all exercises but the bonus
    short = [name for name, each in results.items() if not each.passed]
    assert short == ([] if entry.bonus else [entry.name])
    assert all(
        each.score < each.max_score or not each.max_score for each in map(results.get, short)
    )


@each_mistake
def test_mistake_says_what_to_do_and_where_to_read(known: Mistake) -> None:
    assert not AVOIDED.search(known.says)
    assert known.says[-1] in ".?"
    assert len(known.says) <= 240
    assert known.read in headings()


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
