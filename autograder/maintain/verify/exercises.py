"""How it is judged: every exercise has its criteria and its known mistakes."""

from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import MODULES, Exercise, exercises_in
from autograder.exercises.registry import (
    Mistake,
    criteria_in,
    criteria_of,
    mistakes_in,
    mistakes_of,
    solved_module,
)
from autograder.maintain.verify.by_heart import judged_exercises, points_by_heart
from autograder.maintain.verify.disagreement import (
    NOT_IMPORTED,
    Disagreement,
    absent,
    not_imported,
    of_each,
)
from autograder.maintain.verify.lessons import headings_of

MIN_MISTAKES = 6
OTHER_EXERCISE = "name an exercise of this module"


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Exercises without criteria or mistakes, points that do not sum, names that lead nowhere."""
    for module in MODULES:
        for name, part, remedy in (
            ("checks", _criteria_of_module, "write its criteria"),
            ("mistakes", _mistakes_of_module, "write the module's known mistakes"),
        ):
            where = f"autograder/exercises/{module}/{name}.py"
            try:
                if (root / where).is_file():
                    yield from part(root, where, module)
                else:
                    yield absent(where, remedy)
            except NOT_IMPORTED as error:
                yield not_imported(root, error)


def _criteria_of_module(root: Path, where: str, module: str) -> Iterator[Disagreement]:
    names = {exercise.name for exercise in exercises_in(module)}
    for criterion in criteria_in(module):
        if criterion.exercise not in names:
            what = f"`{criterion.name}` checks `{criterion.exercise}`, no exercise of {module}"
            yield Disagreement(where, what, OTHER_EXERCISE)
    for exercise in exercises_in(module):
        yield from _criteria_of_exercise(where, exercise)


def _criteria_of_exercise(where: str, exercise: Exercise) -> Iterator[Disagreement]:
    criteria = criteria_of(exercise.name, exercise.module)
    points = sum(criterion.points for criterion in criteria)
    if not criteria:
        yield Disagreement(where, f"`{exercise.name}` has no criterion", "write its criteria")
    elif points != exercise.points:
        what = f"`{exercise.name}` sums to {points:g} points, not to {exercise.points:g}"
        yield Disagreement(where, what, "change the points of its criteria")
    else:
        yield from _points_by_heart(where, exercise)
    earlier: set[str] = set()
    for criterion in criteria:
        what = f"`{criterion.name}` needs `{{}}`, which is no earlier criterion"
        yield from of_each(sorted({*criterion.needs} - earlier), where, what, "name an earlier one")
        earlier.add(criterion.name)
    secret = {criterion.name for criterion in criteria if criterion.hidden}
    for criterion in criteria:
        what = f"`{criterion.name}` is open and needs `{{}}`, which is hidden and judged later"
        needed = sorted({*criterion.needs} & secret) if not criterion.hidden else []
        yield from of_each(needed, where, what, "make it hidden too, or let it need an open one")


def _points_by_heart(where: str, exercise: Exercise) -> Iterator[Disagreement]:
    """Too many points for inputs that are the same for all students, or for known answers."""
    if exercise not in judged_exercises():
        return
    criteria = criteria_of(exercise.name, exercise.module)
    drawn = sum(criterion.points for criterion in criteria if criterion.varies)
    if drawn < exercise.points / 2:
        yield Disagreement(
            where,
            f"`{exercise.name}` draws the inputs of {drawn:g} of its {exercise.points:g} points",
            "draw them for each student, for half of the points at least",
        )
    guess, earned = max(points_by_heart(exercise).items(), key=lambda guessed: guessed[1])
    if earned >= exercise.points / 3:
        yield Disagreement(
            where,
            f"`{exercise.name}` gives {earned:g} of {exercise.points:g} points to who knows the "
            f"answers by heart, and else gives {guess}",
            "draw the inputs of more criteria, or more cases where the answers are few",
        )


def _mistakes_of_module(root: Path, where: str, module: str) -> Iterator[Disagreement]:
    names = {exercise.name for exercise in exercises_in(module)}
    for mistake in mistakes_in(module):
        if mistake.exercise in names:
            yield from _mistake(root, where, mistake, module)
        else:
            what = f"`{mistake.name}` answers `{mistake.exercise}`, no exercise of {module}"
            yield Disagreement(where, what, OTHER_EXERCISE)
    for exercise in exercises_in(module):
        known = mistakes_of(exercise.name, module)
        if len(known) < MIN_MISTAKES and exercise.points:
            what = f"`{exercise.name}` has {len(known)} known mistakes"
            yield Disagreement(where, what, f"write at least {MIN_MISTAKES}")


def _mistake(root: Path, where: str, mistake: Mistake, module: str) -> Iterator[Disagreement]:
    try:
        solved_module(module, {mistake.exercise: mistake.answer})
    except (ValueError, SyntaxError) as error:
        remedy = "write the slip for the solution as it is now"
        yield Disagreement(where, f"`{mistake.name}`: {error}", remedy)
    number, _, section = mistake.read.removeprefix("Lesson ").partition(", “")
    if section.removesuffix("”") not in headings_of(root, number):
        what = f"`{mistake.name}` sends to {mistake.read}: there is no such heading"
        yield Disagreement(where, what, "name a heading of the lesson")
