"""The grade of one submission: every criterion of every exercise, and nothing unearned."""

import re
import time
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress

from autograder.checking.criterion import Criterion
from autograder.checking.judge import Judgment, Seed, judge
from autograder.diagnosis.diagnose import FELL, Diagnosis, diagnose
from autograder.exercises.manifest import Exercise, exercise
from autograder.exercises.registry import criteria_of, mistakes_of
from autograder.grading.attention import import_failure, reasons_to_look, with_notes
from autograder.grading.live_student import MAX_PRINTED, LiveStudent
from autograder.grading.messages import message_for, not_run_message
from autograder.grading.results import (
    GRADED,
    CriterionResult,
    ExerciseResult,
    SubmissionResult,
    exercise_result,
)
from autograder.grading.stand_ins import supplied
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import Outcome, SessionEnded, Unexplained
from autograder.submissions.submission import Submission

FATAL = (
    Outcome.TIMED_OUT,
    Outcome.OUT_OF_MEMORY,
    Outcome.CRASHED,
    Outcome.PROTOCOL_VIOLATION,
)
MAX_SECONDS = 150.0


def grade(
    submission: Submission, backend: Backend, exercises: Sequence[Exercise], secret: str = ""
) -> SubmissionResult:
    """Grade one submission.

    Parameters
    ----------
    submission : Submission
        The learner's files.
    backend : Backend
        Where their code runs.
    exercises : sequence of Exercise
        What to judge, in this order.
    secret : str
        The assignment's secret: with the student's name it seeds the random inputs.

    Returns
    -------
    SubmissionResult
        Every criterion's ending. A fault of a check is raised, never scored.
    """
    started = time.monotonic()
    seed = Seed(secret, submission.student)
    live = LiveStudent(backend, submission.files)
    graded: dict[str, ExerciseResult] = {}
    not_imported: dict[str, str] = {}
    printed = []
    try:
        for each in exercises:
            over_time = time.monotonic() - started > MAX_SECONDS
            judged = _judgments(each, live, seed, over_time=over_time)
            if reason := import_failure(judged):
                not_imported.setdefault(each.module, _stable(reason))
            missing = _unearned(each, graded)
            if missing and not over_time and not all(one.passed for one in judged):
                aided = LiveStudent(backend, submission.files, supplied(each.module, missing))
                try:
                    again = _judgments(each, aided, seed)
                    if _points(again) >= _points(judged):
                        graded[each.name] = _result(each, again, aided, seed)
                finally:
                    printed.append(aided.close())
            if each.name not in graded:
                graded[each.name] = _result(each, judged, live, seed)
    finally:
        printed.insert(0, live.close())
    found = with_notes([graded[each.name] for each in exercises], submission.notes, not_imported)
    scored = [(each, graded[each.name].score) for each in exercises]
    score = round(float(sum(score for each, score in scored if not each.bonus)), 6)
    max_score = float(sum(each.points for each in exercises if not each.bonus))
    return SubmissionResult(
        student=submission.student,
        status=GRADED,
        score=score,
        max_score=max_score,
        bonus=round(float(sum(score for each, score in scored if each.bonus)), 6),
        reason=None,
        seconds=round(time.monotonic() - started, 3),
        exercises=tuple(found),
        printed="".join(printed)[:MAX_PRINTED],
        look=reasons_to_look(submission, found, not_imported, score, max_score),
        not_imported=tuple(not_imported.items()),
    )


def _unearned(each: Exercise, graded: Mapping[str, ExerciseResult]) -> list[str]:
    """The exercises that this one builds on and that do not hold, or were not asked for."""
    names: list[str] = []
    for name in each.builds_on:
        if name not in graded or not graded[name].passed:
            names.append(name)
            names += [other for other in exercise(name).builds_on if other not in names]
    return names


def _judgments(
    each: Exercise, live: LiveStudent, seed: Seed, *, over_time: bool = False
) -> list[Judgment]:
    """How the criteria of one exercise end."""
    judgments: dict[str, Judgment] = {}
    for one in criteria_of(each.name, each.module):
        judgments[one.name] = _judge(one, live, judgments, seed, over_time)
    return list(judgments.values())


def _points(judged: Sequence[Judgment]) -> float:
    return sum(each.criterion.points for each in judged if each.passed)


def _result(
    each: Exercise, judged: Sequence[Judgment], live: LiveStudent, seed: Seed
) -> ExerciseResult:
    """What came of one exercise, with what is behind the criteria that do not hold."""
    found = _diagnosis(judged, each, live, seed)
    results = []
    for judgment in judged:
        one = judgment.criterion
        mistake = found.mistakes.get(one.name)
        message = message_for(
            judgment,
            each,
            mistake,
            found.causes.get(one.name),
            files=live.files,
            printed=live.printed_instead(each.module, judgment),
        )
        results.append(
            CriterionResult(
                name=one.name,
                title=one.title,
                points=float(one.points),
                passed=judgment.passed,
                outcome=judgment.outcome,
                hidden=one.hidden,
                message=_stable(message),
                mistake=mistake.name if mistake else None,
            )
        )
    return exercise_result(each.name, each.module, each.points, results)


def _diagnosis(
    judged: Sequence[Judgment], each: Exercise, live: LiveStudent, seed: Seed
) -> Diagnosis:
    """What is behind the criteria that do not hold; the submission may be asked more for it."""
    student = None
    outcomes = {judgment.outcome for judgment in judged}
    if outcomes & {*FELL} and not outcomes & {*FATAL}:
        with suppress(SessionEnded):
            student = live.student()
    known = mistakes_of(each.name, each.module)
    try:
        return diagnose(judged, each.name, each.module, seed, student, known)
    except Exception as error:  # noqa: BLE001 - an explanation is no part of the judgment
        warnings.warn(f"{each.name}: {type(error).__name__}: {error}", Unexplained, stacklevel=2)
        return Diagnosis({}, {})


def _judge(
    one: Criterion,
    live: LiveStudent,
    before: Mapping[str, Judgment],
    seed: Seed,
    over_time: bool,
) -> Judgment:
    for earlier in before.values():
        if earlier.outcome is Outcome.NOT_WRITTEN:
            return Judgment(one, Outcome.NOT_WRITTEN, earlier.error)
        if earlier.outcome in FATAL:
            reason = not_run_message(earlier.criterion, earlier.outcome)
            return Judgment(one, Outcome.NOT_RUN, SessionEnded(Outcome.NOT_RUN, reason))
    if over_time:
        reason = f"the submission as a whole used up its {MAX_SECONDS:g} seconds"
        return Judgment(one, Outcome.TIMED_OUT, SessionEnded(Outcome.TIMED_OUT, reason))
    for name in one.needs:
        if not before[name].passed:
            reason = not_run_message(before[name].criterion, before[name].outcome)
            return Judgment(one, Outcome.NOT_RUN, SessionEnded(Outcome.NOT_RUN, reason))
    try:
        student = live.student()
    except SessionEnded as ended:
        return Judgment(one, ended.outcome, ended)
    return judge(one, student, seed)


def _stable(message: str) -> str:
    """The message without memory addresses, which differ between two runs."""
    return re.sub(r"0x[0-9a-fA-F]{6,}", "0x…", message)
