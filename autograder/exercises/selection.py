"""The exercises and lessons that a person names: by name, number, module, or not at all."""

import difflib

from autograder.exercises.manifest import EXERCISES, LESSONS, Exercise, Lesson
from autograder.refused import Refused


def lesson_asked_for(name: str) -> Lesson:
    """The lesson of a name, a number or a module.

    Raises
    ------
    UnknownExercise
        If there is none; the message names the lessons.
    """
    for each in LESSONS:
        if name in (each.name, each.name[0], each.module):
            return each
    names = ", ".join(each.name for each in LESSONS)
    raise UnknownExercise(f"There is no lesson {name!r}; the lessons are {names}.")


class UnknownExercise(Refused, ValueError):
    """There is no exercise, module or lesson of a name."""


def selected(names: tuple[str, ...]) -> tuple[Exercise, ...]:
    """The exercises that names of exercises, modules and lessons stand for, in course order."""
    if not names:
        return tuple(each for each in EXERCISES if not each.bonus)
    chosen: set[str] = set()
    for name in names:
        exact = {each.name for each in EXERCISES if each.name == name}
        several = {
            each.name for each in EXERCISES if name in (each.module, each.lesson) and not each.bonus
        }
        if not exact and not several:
            raise UnknownExercise(_unknown(name))
        chosen |= exact or several  # `gradient_descent` is both: it means the exercise
    return tuple(each for each in EXERCISES if each.name in chosen)


def _unknown(name: str) -> str:
    known = [each.name for each in EXERCISES]
    known += [part for lesson in LESSONS for part in (lesson.name, lesson.module)]
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.65)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"There is no exercise, module or lesson {name!r}.{hint}"


def graded_exercises(assignment: str = "all") -> tuple[Exercise, ...]:
    """The exercises of an assignment: those of one lesson, or all that have points."""
    if assignment == "all":
        return tuple(each for each in EXERCISES if each.points)
    return tuple(each for each in EXERCISES if each.lesson == assignment)
