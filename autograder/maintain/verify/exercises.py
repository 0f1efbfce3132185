"""How it is judged: every exercise has its criteria and its known mistakes."""

from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import LESSONS, MODULES, Exercise, exercises_in
from autograder.exercises.registry import (
    criteria_in,
    criteria_of,
    mistakes_in,
    mistakes_of,
    solved_module,
)
from autograder.maintain.verify.by_heart import judged_exercises, points_by_heart
from autograder.maintain.verify.disagreement import NOT_IMPORTED, Disagreement, not_imported
from autograder.maintain.verify.lessons import headings_of

LEAST_MISTAKES = 3


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Exercises without criteria or mistakes, points that do not sum, names that lead nowhere."""
    for module in MODULES:
        for part in (_criteria_of_module, _mistakes_of_module):
            try:
                yield from part(root, module)
            except NOT_IMPORTED as error:
                yield not_imported(root, error)


def _criteria_of_module(root: Path, module: str) -> Iterator[Disagreement]:
    where = f"autograder/exercises/{module}/checks.py"
    if not (root / where).is_file():
        yield Disagreement(where, "there is no such file", "write its criteria")
        return
    exercises = exercises_in(module)
    for each in criteria_in(module):
        if each.exercise not in {exercise.name for exercise in exercises}:
            yield Disagreement(
                where,
                f"`{each.name}` checks `{each.exercise}`, no exercise of {module}",
                "name an exercise of this module",
            )
    for exercise in exercises:
        yield from _criteria_of_exercise(where, exercise)


def _criteria_of_exercise(where: str, exercise: Exercise) -> Iterator[Disagreement]:
    criteria = criteria_of(exercise.name, exercise.module)
    points = sum(each.points for each in criteria)
    if not criteria:
        yield Disagreement(where, f"`{exercise.name}` has no criterion", "write its criteria")
    elif points != exercise.points:
        yield Disagreement(
            where,
            f"`{exercise.name}` sums to {points:g} points, not to {exercise.points:g}",
            "change the points of its criteria",
        )
    else:
        yield from _points_by_heart(where, exercise)
    earlier: set[str] = set()
    for each in criteria:
        for name in sorted(set(each.needs) - earlier):
            yield Disagreement(
                where,
                f"`{each.name}` needs `{name}`, which is no earlier criterion",
                "name an earlier one",
            )
        earlier.add(each.name)


def _points_by_heart(where: str, exercise: Exercise) -> Iterator[Disagreement]:
    """Too many points for inputs that are the same for all students, or for known answers."""
    if exercise not in judged_exercises():
        return
    criteria = criteria_of(exercise.name, exercise.module)
    drawn = sum(one.points for one in criteria if one.varies)
    if drawn < exercise.points / 2:
        yield Disagreement(
            where,
            f"`{exercise.name}` draws the inputs of {drawn:g} of its {exercise.points:g} points",
            "draw them for each student, for half of the points at least",
        )
    guess, earned = max(points_by_heart(exercise).items(), key=lambda each: each[1])
    if earned >= exercise.points / 3:
        yield Disagreement(
            where,
            f"`{exercise.name}` gives {earned:g} of {exercise.points:g} points to who knows the "
            f"answers by heart, and else gives {guess}",
            "draw the inputs of more criteria, or more cases where the answers are few",
        )


def _mistakes_of_module(root: Path, module: str) -> Iterator[Disagreement]:
    where = f"autograder/exercises/{module}/mistakes.py"
    if not (root / where).is_file():
        yield Disagreement(where, "there is no such file", "write the module's known mistakes")
        return
    exercises = exercises_in(module)
    for each in mistakes_in(module):
        if each.exercise not in {exercise.name for exercise in exercises}:
            yield Disagreement(
                where,
                f"`{each.name}` answers `{each.exercise}`, no exercise of {module}",
                "name an exercise of this module",
            )
            continue
        try:
            solved_module(module, {each.exercise: each.answer})
        except (ValueError, SyntaxError) as error:
            yield Disagreement(
                where,
                f"`{each.name}`: {error}",
                "write the slip for the solution as it is now",
            )
        number, _, section = each.read.removeprefix("Lesson ").partition(", “")
        if section.removesuffix("”") not in _headings(root, number):
            yield Disagreement(
                where,
                f"`{each.name}` sends to {each.read}: there is no such heading",
                "name a heading of the lesson",
            )
    for exercise in exercises:
        known = mistakes_of(exercise.name, module)
        if len(known) < LEAST_MISTAKES and exercise.points:
            yield Disagreement(
                where,
                f"`{exercise.name}` has {len(known)} known mistakes",
                f"write at least {LEAST_MISTAKES}",
            )


def _headings(root: Path, number: str) -> set[str]:
    for lesson in LESSONS:
        if lesson.name.partition("_")[0] == number:
            return headings_of(root, lesson.name)
    return set()
