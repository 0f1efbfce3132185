"""A learner's progress by lesson and exercise, as text, and what comes next."""

import re
from contextlib import closing
from typing import Any

from autograder.exercises.manifest import EXERCISES, LESSONS, Exercise, exercise, exercises_of
from autograder.exercises.manifest import lesson as lesson_named
from autograder.grading.results import SubmissionResult
from autograder.learner.card import begun, points
from autograder.learner.folder import (
    EXERCISE_MODULES,
    LearnerFolder,
    out_of_date,
    progress_entries,
)
from autograder.sandbox.outcomes import Outcome
from lab.widget.kept import Kept

BAR = 24  # characters
UNCHECKED = {"outcome": "not checked yet", "score": 0.0}
COUNTED = tuple(exercise for exercise in EXERCISES if not exercise.bonus)
POINTS = sum(exercise.points for exercise in COUNTED)


def status_text(folder: LearnerFolder) -> str:
    """Every lesson with its exercises, checked again where the files have changed since."""
    known, notes = up_to_date(folder)
    lines: list[str] = []
    for lesson in LESSONS:
        exercises = exercises_of(lesson.name)
        possible = sum(exercise.points for exercise in exercises if not exercise.bonus)
        total = f"{points(_earned(exercises, known))} of {points(possible)} points"
        lines.append(f"{lesson.name}  {lesson.title}  {total if possible else ''}".rstrip())
        lines += [_row(exercise, known.get(exercise.name, UNCHECKED)) for exercise in exercises]
    met = len(Kept(folder.root).entries("practice"))
    if met:
        lines.append(f"In the experiments you met {met} challenge{'s' * (met > 1)}.")
    return "\n".join([*lines, "", *closing_lines(folder, known), *notes])


def up_to_date(folder: LearnerFolder) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The last result of each exercise, after checking what has changed, and notes on that."""
    files = folder.files()
    known = folder.progress()
    stale = out_of_date(known, files)
    if not stale:
        return known, ()
    from autograder.sandbox.unwalled import UnwalledBackend

    with closing(UnwalledBackend()) as backend:
        from autograder.learner.check import check_folder  # NumPy, while an interpreter starts

        card = check_folder(folder, stale, backend)
    return known | progress_entries(card.result.exercises, files), card.notes


def counted(result: SubmissionResult) -> str:
    """How many exercises hold, in a sentence."""
    total, holding = len(result.exercises), sum(graded.passed for graded in result.exercises)
    waiting = [graded for graded in result.exercises if graded.outcome is Outcome.NOT_WRITTEN]
    unwritten, words = len(waiting), {begun(exercise(graded.name)) for graded in waiting}
    done = words.pop() if len(words) == 1 else "written"
    if holding == total:
        return f"All {total} exercises hold."
    if unwritten == total:
        return f"None of these {total} exercises is {done} yet."
    others = total - holding - unwritten
    parts = [f"{holding} of {total} exercises hold{'s' * (holding == 1)}"]
    if others:
        parts.append(f"{others} {'does' if others == 1 else 'do'} not hold yet")
    if unwritten:
        parts.append(f"{unwritten} {'is' if unwritten == 1 else 'are'} not {done} yet")
    return ", ".join(parts) + "."


def closing_lines(folder: LearnerFolder, known: dict[str, Any]) -> list[str]:
    """How far the learner is in all, and what comes next or was reached."""
    earned = _earned(EXERCISES, known)
    done = sum(_holds(exercise, known) for exercise in COUNTED)
    full = BAR * earned / POINTS
    bar = "█" * int(full) + "░" * (BAR - int(full))
    lines = [
        f"{bar}  {points(earned)} of {points(POINTS)} points, {done} of {len(COUNTED)} exercises"
    ]
    following = next_exercise(known)
    if following is not None:
        lines.append(_ahead(folder, following, known))
        return [*lines, "`descent lab` opens the lesson, `descent hint` helps on."]
    lines.append(
        "That is the whole course: every piece, from the first loss to the training of a network, "
        "is yours."
    )
    left = [exercise for exercise in EXERCISES if exercise.bonus and not _holds(exercise, known)]
    lines += [
        f"One thing is left, for the joy of it: {exercise.name}, in {where(folder, exercise)}, "
        f"a bonus of {points(exercise.points)} points."
        for exercise in left
    ]
    return lines


def greeting(folder: LearnerFolder) -> str:
    """Where the learner was, what is next, and how long it takes."""
    known, place = folder.progress(), folder.place()
    following = next_exercise(known)
    sentences = [f"You were at {place}."] if place and place in EXERCISE_MODULES else []
    if following is None:
        return " ".join([*sentences, "Every function of the course holds."])
    return " ".join([*sentences, _ahead(folder, following, known)])


def _ahead(folder: LearnerFolder, following: Exercise, known: dict[str, Any]) -> str:
    return (
        f"Next: {following.name}, in {where(folder, following)}; about "
        f"{_minutes_left(following, known)} minutes to the end of its lesson."
    )


def next_exercise(known: dict[str, Any]) -> Exercise | None:
    """The first exercise, in course order, whose last check did not hold; None after the last."""
    return next((exercise for exercise in COUNTED if not _holds(exercise, known)), None)


def where(folder: LearnerFolder, exercise: Exercise) -> str:
    """The file of an exercise, with the line on which it begins if it is there."""
    path = f"course/{exercise.module}.py"
    begins = re.compile(rb"^(?:def|class)\s+" + exercise.name.encode() + rb"\b", re.MULTILINE)
    try:
        content = (folder.root / path).read_bytes()
    except OSError:
        return path
    found = begins.search(content)
    return f"{path}:{content[: found.start()].count(10) + 1}" if found else path  # 10 ends a line


def _holds(exercise: Exercise, known: dict[str, Any]) -> bool:
    return bool(known.get(exercise.name, UNCHECKED)["outcome"] == "passed")


def _earned(exercises: tuple[Exercise, ...], known: dict[str, Any]) -> float:
    counted = [exercise for exercise in exercises if not exercise.bonus]
    return float(sum(known.get(exercise.name, UNCHECKED)["score"] for exercise in counted))


def _row(exercise: Exercise, last: dict[str, Any]) -> str:
    mark, said = ("✓", "") if last["outcome"] == "passed" else ("·", last["outcome"])
    if said == Outcome.NOT_WRITTEN:
        said = f"not {begun(exercise)}"
    worth = f"{points(last['score'])}/{points(exercise.points)}" if exercise.points else ""
    return f"  {mark} {exercise.name:<34}{worth:>8}  {said}".rstrip()


def _minutes_left(exercise: Exercise, known: dict[str, Any]) -> int:
    """About how long the rest of an exercise's lesson takes, to five minutes."""
    others = [other for other in exercises_of(exercise.lesson) if not other.bonus]
    share = sum(not _holds(other, known) for other in others) / len(others)
    return max(5, 5 * round(lesson_named(exercise.lesson).minutes * share / 5))
