"""What is to be repaired: each program with its bug runs, shows its symptom, and earns nothing."""

import warnings
from collections.abc import Iterator
from pathlib import Path

from autograder.checking.judge import Seed, judge
from autograder.exercises.broken_runs.symptoms import SYMPTOMS
from autograder.exercises.bugs import with_bug
from autograder.exercises.manifest import EXERCISES, Exercise
from autograder.exercises.registry import criteria_of, solved_module, solved_student
from autograder.maintain.verify.disagreement import MANIFEST, Disagreement

SYMPTOMS_FILE = "autograder/exercises/broken_runs/symptoms.py"


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Programs to repair that raise, warn, look sound or earn points."""
    for exercise in EXERCISES:
        if exercise.bug is not None:
            yield from _program(exercise)


def _program(exercise: Exercise) -> Iterator[Disagreement]:
    name, remedy = exercise.name, f"change its bug in {MANIFEST}"
    try:
        broken = with_bug(exercise)
        program = getattr(solved_module(exercise.module, {name: broken}), name)
    except (ValueError, SyntaxError, AttributeError) as error:
        yield Disagreement(MANIFEST, f"the bug of `{name}`: {error}", "write it for the solution")
        return
    symptom = SYMPTOMS.get(name)
    if symptom is None:
        yield Disagreement(SYMPTOMS_FILE, f"`{name}` has no symptom", "say what shows its bug")
        return
    sound = getattr(solved_module(exercise.module), name)
    for run, which, (least, most) in (
        (sound, "as solved", symptom.sound),
        (program, "with its bug", symptom.broken),
    ):
        try:
            with warnings.catch_warnings(action="error"):
                found = symptom.measured(run)
        except Exception as error:  # noqa: BLE001 - whatever a broken program may do
            what = f"`{name}` {which} raises {type(error).__name__}: {error}"
            yield Disagreement(MANIFEST, what, "a broken program runs, without a warning")
            continue
        if not least <= found <= most:
            what = f"`{name}` {which}: {symptom.what} is {found:.3g}, not {least:g} to {most:g}"
            yield Disagreement(SYMPTOMS_FILE, what, remedy)
    student = solved_student(exercise.module, {name: broken})
    earned: list[str] = []
    for criterion in criteria_of(name, exercise.module):
        if {*criterion.needs} <= {*earned} and judge(criterion, student, Seed()).passed:
            earned.append(criterion.name)
    if earned:
        where = f"autograder/exercises/{exercise.module}/checks.py"
        what = f"`{name}` with its bug earns points by {', '.join(earned)}"
        yield Disagreement(where, what, "let these need a criterion that its bug fails")
