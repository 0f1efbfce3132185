"""The results of several lessons as those of a whole course: each learner's exercises together."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from autograder.exercises.registry import criteria_of
from autograder.exercises.selection import graded_exercises
from autograder.grading.policy import Policy
from autograder.grading.result_file import heading_of, submissions_of
from autograder.grading.results import (
    GRADED,
    UNREADABLE,
    CriterionResult,
    ExerciseResult,
    SubmissionResult,
    exercise_result,
)
from autograder.refused import Refused
from autograder.sandbox.outcomes import Outcome


def whole_course(paths: Sequence[Path], policy: Policy) -> Iterator[SubmissionResult]:
    """The learners one by one, each with the points that the policy gives in the course.

    The files are read side by side, in the order of students in which they are written. Who handed
    in nothing in a lesson has not written its exercises.

    Raises
    ------
    Refused
        If a learner is in two files of one lesson, or a file is in another order.
    """
    lessons = [heading_of(path).assignment for path in paths]
    ordered = sorted({*lessons})
    absent = {lesson: tuple(_not_written(lesson)) for lesson in ordered}
    sides = map(_in_order, paths, lessons)
    met = heapq.merge(*sides, key=lambda part: part[:2])
    for student, parts in groupby(met, key=lambda part: part[0]):
        by_lesson: dict[str, SubmissionResult] = {}
        for _, lesson, result in parts:
            if lesson in by_lesson:
                raise Refused(f"{student} is in two files of {lesson}: name each learner once.")
            by_lesson[lesson] = result
        yield policy.weighed(_together(student, by_lesson, absent), "all")


def _in_order(path: Path, lesson: str) -> Iterator[tuple[str, str, SubmissionResult]]:
    last = ""
    for result in submissions_of(path):
        if result.student < last:
            raise Refused(f"{path} is not in the order of students, as `descent grade` writes it.")
        last = result.student
        yield result.student, lesson, result


def _together(
    student: str,
    by_lesson: Mapping[str, SubmissionResult],
    absent: Mapping[str, Sequence[ExerciseResult]],
) -> SubmissionResult:
    """One learner's results as one; of a lesson without a score the reason is among those to see.

    A policy's points are not in it yet.
    """
    exercises: list[ExerciseResult] = []
    look: list[str] = []
    for lesson, nothing in absent.items():
        result = by_lesson.get(lesson)
        exercises += result.exercises if result and result.score is not None else nothing
        if result is not None:
            look += [f"{lesson}: {result.reason}"] if result.score is None else []
            look += [f"{lesson}: {reason}" for reason in result.look]
    found = by_lesson.values()
    scores = [result.score for result in found if result.score is not None]
    reasons = " ".join(filter(None, (result.reason for result in found)))
    bonus = {
        exercise.name
        for lesson in absent
        for exercise in graded_exercises(lesson)
        if exercise.bonus
    }
    most = sum(exercise.max_score for exercise in exercises if exercise.name not in bonus)
    return SubmissionResult(
        student=student,
        status=GRADED if scores else UNREADABLE,
        score=round(sum(scores), 6) if scores else None,
        max_score=round(most, 6),
        bonus=round(sum(result.bonus for result in found), 6),
        reason=None if scores else reasons,
        seconds=round(sum(result.seconds for result in found), 3),
        exercises=tuple(exercises) if scores else (),
        look=tuple(look) if scores else (),
        not_imported=tuple(pair for result in found for pair in result.not_imported),
    )


def _not_written(lesson: str) -> Iterator[ExerciseResult]:
    """The exercises of a lesson as of somebody who handed in nothing."""
    for exercise in graded_exercises(lesson):
        criteria = [
            CriterionResult(
                name=criterion.name,
                title=criterion.title,
                points=float(criterion.points),
                passed=False,
                outcome=Outcome.NOT_WRITTEN,
                hidden=criterion.hidden,
            )
            for criterion in criteria_of(exercise.name, exercise.module)
        ]
        yield exercise_result(exercise.name, exercise.module, exercise.points, criteria)
