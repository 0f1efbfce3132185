"""The exercises and lessons that a person names: by name, number, module, or not at all."""

import difflib

from autograder.exercises.manifest import EXERCISES, LESSONS, OWN, Exercise, Lesson, exercises_of
from autograder.refused import Refused


def lesson_asked_for(name: str) -> Lesson:
    """The lesson that `lesson_called` finds.

    Raises
    ------
    UnknownExercise
        If there is none; the message names the lessons.
    """
    if (lesson := lesson_called(name)) is not None:
        return lesson
    names = ", ".join(lesson.name for lesson in LESSONS)
    raise UnknownExercise(f"There is no lesson {name!r}; the lessons are {names}.")


def lesson_called(name: str) -> Lesson | None:
    """The lesson of a name, a number or a module, None if there is none.

    Examples
    --------
    >>> [lesson_called(name).module for name in ("4", "4_optimizers", "optimizers")]
    ['optimizers', 'optimizers', 'optimizers']
    """
    for lesson in LESSONS:
        numbered = name == lesson.name[0] and lesson.name not in OWN
        if numbered or name in (lesson.name, lesson.module):
            return lesson
    return None


class UnknownExercise(Refused, ValueError):
    """There is no exercise, module or lesson of a name."""


def selected(names: tuple[str, ...]) -> tuple[Exercise, ...]:
    """The exercises that names of exercises, modules and lessons stand for, in course order.

    A lesson's number is a name of it. Without names, all but the bonus.
    """
    if not names:
        return tuple(exercise for exercise in EXERCISES if not exercise.bonus)
    chosen: set[str] = set()
    for name in names:
        exact = {exercise.name for exercise in EXERCISES if exercise.name == name}
        lesson = lesson_called(name)
        if not exact and lesson is None:
            raise UnknownExercise(_unknown(name))
        several = {exercise.name for exercise in exercises_of(lesson.name)} if lesson else set()
        chosen |= exact or several  # `gradient_descent` is both: it means the exercise
    return tuple(exercise for exercise in EXERCISES if exercise.name in chosen)


def _unknown(name: str) -> str:
    known = [exercise.name for exercise in EXERCISES]
    known += [part for lesson in LESSONS for part in (lesson.name, lesson.module)]
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.65)
    hint = f" Did you mean {near[0]!r}?" if near else " `descent status` lists all."
    return f"There is no exercise, module or lesson {name!r}.{hint}"


def graded_exercises(assignment: str = "all") -> tuple[Exercise, ...]:
    """The exercises of an assignment: those of one lesson, or all that have points."""
    if assignment == "all":
        counted = (exercise for exercise in EXERCISES if exercise.lesson not in OWN)
        return tuple(exercise for exercise in counted if exercise.points)
    return tuple(exercise for exercise in EXERCISES if exercise.lesson == assignment)
