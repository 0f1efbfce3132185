"""The grade of one submission: every criterion of every exercise, and nothing unearned."""

import re
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from autograder.checking.criterion import Criterion
from autograder.checking.judge import Judgment, Seed, judge
from autograder.diagnosis.diagnose import FELL, Diagnosis, diagnose
from autograder.diagnosis.evidence.candidates import Exhausted
from autograder.exercises.bugs import still_has_bug
from autograder.exercises.manifest import Exercise, exercise
from autograder.exercises.registry import criteria_of, mistakes_of
from autograder.grading.attention import import_failure, reasons_to_look, with_notes
from autograder.grading.budget import ALL_DIAGNOSES, BONUS, DIAGNOSIS, SUBMISSION, Budget
from autograder.grading.hidden import cause_without_inputs, without_inputs
from autograder.grading.live_student import MAX_PRINTED, Spending, TwoSides
from autograder.grading.messages import cause_in, message_for, not_run_message
from autograder.grading.module_errors import while_loading
from autograder.grading.results import (
    GRADED,
    CriterionResult,
    ExerciseResult,
    SubmissionResult,
    exercise_result,
)
from autograder.grading.stand_ins import supplied
from autograder.sandbox.backend import Backend
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded, Unexplained
from autograder.submissions.submission import Submission

FATAL = (
    Outcome.TIMED_OUT,
    Outcome.OUT_OF_MEMORY,
    Outcome.CRASHED,
    Outcome.PROTOCOL_VIOLATION,
)


def grade(
    submission: Submission,
    backend: Backend,
    exercises: Sequence[Exercise],
    secret: str = "",
    on_result: Callable[[ExerciseResult], None] = lambda _: None,
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
    on_result : callable, optional
        Called with the result of each exercise as soon as it is there.

    Returns
    -------
    SubmissionResult
        Every criterion's ending. A fault of a check is raised, never scored.
    """
    started = time.monotonic()
    grading = _Grading(submission, backend, secret)
    try:
        for exercise in exercises:
            grading.grade(exercise)
            on_result(grading.graded[exercise.name])
    finally:
        printed = grading.close()
    graded, not_imported = grading.graded, grading.not_imported
    found = with_notes(
        [graded[exercise.name] for exercise in exercises], submission.notes, not_imported
    )
    scored = [(exercise, graded[exercise.name].score) for exercise in exercises]
    score = round(float(sum(score for exercise, score in scored if not exercise.bonus)), 6)
    max_score = float(sum(exercise.points for exercise in exercises if not exercise.bonus))
    return SubmissionResult(
        student=submission.student,
        status=GRADED,
        score=score,
        max_score=max_score,
        bonus=round(float(sum(score for exercise, score in scored if exercise.bonus)), 6),
        reason=None,
        seconds=round(time.monotonic() - started, 3),
        exercises=tuple(found),
        printed=printed[:MAX_PRINTED],
        look=reasons_to_look(submission, found, not_imported, score, max_score),
        not_imported=tuple(not_imported.items()),
    )


class _Grading:
    """The grading of one submission: its processes, its budgets, and what is graded so far."""

    def __init__(self, submission: Submission, backend: Backend, secret: str) -> None:
        self._backend, self._files = backend, submission.files
        self._seed = Seed(secret, submission.student, submission.digest)
        self._spending = Spending()
        sessions = self._spending.sessions
        self._budget, self._bonus = Budget(sessions, SUBMISSION), Budget(sessions, BONUS)
        self._diagnoses = Budget(sessions, ALL_DIAGNOSES)
        self._sides = TwoSides(backend, self._files, self._spending)
        self._printed = [""]
        self.graded: dict[str, ExerciseResult] = {}
        self.not_imported: dict[str, str] = {}

    def grade(self, exercise: Exercise) -> None:
        """Judge an exercise; where it builds on what does not hold, with our own instead, too."""
        judged = self._judgments(exercise, self._sides)
        if reason := import_failure(judged, self._files):
            self.not_imported.setdefault(exercise.module, _stable(reason))
        missing = [] if _is_absent(exercise, judged) else _unearned(exercise, self.graded)
        over = self._budget_of(exercise).over()
        if missing and over is None and not all(judgment.passed for judgment in judged):
            instead = supplied(exercise.module, missing)
            aided = TwoSides(self._backend, self._files, self._spending, instead)
            try:
                again = self._judgments(exercise, aided)
                if _points(again) >= _points(judged):
                    self.graded[exercise.name] = self._result(exercise, again, aided)
            finally:
                self._printed.append(aided.close())
        if exercise.name not in self.graded:
            self.graded[exercise.name] = self._result(exercise, judged, self._sides)

    def close(self) -> str:
        """End its processes; what it printed."""
        self._printed[0] = self._sides.close()
        return "".join(self._printed)

    def _budget_of(self, exercise: Exercise) -> Budget:
        return self._bonus if exercise.bonus else self._budget

    def _judgments(self, exercise: Exercise, sides: TwoSides) -> list[Judgment]:
        """How the criteria of an exercise end; the hidden ones are asked after the open ones."""
        criteria = criteria_of(exercise.name, exercise.module)
        if still_has_bug(exercise, self._files):
            return [Judgment(criterion, Outcome.NOT_WRITTEN) for criterion in criteria]
        judgments: dict[str, Judgment] = {}
        budget = self._budget_of(exercise)
        with self._spending.of(budget, exercise.name):
            for criterion in in_turn(criteria):
                judgments[criterion.name] = _judge(
                    criterion, sides, judgments, self._seed, self._spending
                )
        return [judgments[criterion.name] for criterion in criteria]

    def _result(
        self, exercise: Exercise, judged: Sequence[Judgment], sides: TwoSides
    ) -> ExerciseResult:
        """What came of one exercise, with what is behind the criteria that do not hold."""
        found = self._diagnosis(exercise, judged, sides)
        printed = {}
        if not all(judgment.passed for judgment in judged):
            with self._spending.of(self._diagnoses, exercise.name):
                printed = {
                    judgment.criterion.name: sides.printed_instead(exercise.module, judgment)
                    for judgment in judged
                }
        results = []
        openly = [judgment.error for judgment in judged if not judgment.criterion.hidden]
        for judgment in judged:
            criterion = judgment.criterion
            mistake = found.mistakes.get(criterion.name)
            cause = cause_without_inputs(judgment, found.causes.get(criterion.name))
            is_open = any(judgment.error is error for error in openly)
            shown = judgment if is_open else without_inputs(judgment, self._files)
            message = message_for(
                shown,
                exercise,
                mistake,
                cause,
                files=self._files,
                printed=printed.get(criterion.name, ""),
            )
            results.append(
                CriterionResult(
                    name=criterion.name,
                    title=criterion.title,
                    points=float(criterion.points),
                    passed=judgment.passed,
                    outcome=judgment.outcome,
                    hidden=criterion.hidden,
                    message=_stable(message),
                    mistake=mistake.name if mistake else None,
                    cause=_stable(cause_in(message, shown, mistake, cause)),
                )
            )
        return exercise_result(exercise.name, exercise.module, exercise.points, results)

    def _diagnosis(
        self, exercise: Exercise, judged: Sequence[Judgment], sides: TwoSides
    ) -> Diagnosis:
        """What is behind the criteria that do not hold; more may be asked, in the hidden half."""
        outcomes = {judgment.outcome for judgment in judged}
        if not outcomes & {*FELL} or self._diagnoses.over():
            return Diagnosis({}, {})
        budget = Budget(self._spending.sessions, DIAGNOSIS)
        known = mistakes_of(exercise.name, exercise.module)
        student = None
        with self._diagnoses.spent_on(exercise.name), self._spending.of(budget, exercise.name):
            if not outcomes & {*FATAL}:
                with suppress(SessionEnded):
                    student = sides.student(hidden=True)
            try:
                return diagnose(
                    *(judged, exercise.name, exercise.module, self._seed, student, known),
                    over=lambda: budget.over() is not None,
                    files=self._files,
                )
            except (SessionEnded, Exhausted):
                return Diagnosis({}, {})
            except Exception as error:  # noqa: BLE001 - an explanation is no part of the judgment
                fault = f"{exercise.name}: {type(error).__name__}: {error}"
                warnings.warn(fault, Unexplained, stacklevel=2)
                return Diagnosis({}, {})


def _is_absent(exercise: Exercise, judged: Sequence[Judgment]) -> bool:
    """Whether an exercise itself is not there: then no help with what it builds on changes that."""
    error = next((judgment.error for judgment in judged if judgment.error is not None), None)
    if isinstance(error, Raised):
        own = error.not_written and error.message.startswith(f"{exercise.name}:")
        return own or while_loading(error)
    own_name = isinstance(error, NotThere) and error.target.rpartition(".")[2] == exercise.name
    return own_name or (isinstance(error, NotThere) and not error.names)


def in_turn(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Criteria in the order of asking: the hidden ones, and those that need one, come last."""
    late: set[str] = set()
    for other in criteria:
        if other.hidden or not late.isdisjoint(other.needs):
            late.add(other.name)
    return sorted(criteria, key=lambda criterion: criterion.name in late)


def _unearned(dependent: Exercise, graded: Mapping[str, ExerciseResult]) -> list[str]:
    """The exercises that this one builds on and that do not hold, or were not asked for."""
    names: list[str] = []
    for name in dependent.builds_on:
        if name not in graded or not graded[name].passed:
            names.append(name)
            names += [other for other in exercise(name).builds_on if other not in names]
    return names


def _points(judged: Sequence[Judgment]) -> float:
    return sum(judgment.criterion.points for judgment in judged if judgment.passed)


def _judge(
    criterion: Criterion,
    sides: TwoSides,
    before: Mapping[str, Judgment],
    seed: Seed,
    spending: Spending,
) -> Judgment:
    for earlier in before.values():
        if earlier.outcome is Outcome.NOT_WRITTEN:
            return Judgment(criterion, Outcome.NOT_WRITTEN, earlier.error)
        if earlier.outcome in FATAL:
            reason = not_run_message(earlier.criterion, earlier.outcome)
            return Judgment(criterion, Outcome.NOT_RUN, SessionEnded(Outcome.NOT_RUN, reason))
    if over := spending.over():
        return Judgment(criterion, over.outcome, over)
    for name in criterion.needs:
        if not before[name].passed:
            reason = not_run_message(before[name].criterion, before[name].outcome)
            return Judgment(criterion, Outcome.NOT_RUN, SessionEnded(Outcome.NOT_RUN, reason))
    try:
        student = sides.student(hidden=criterion.hidden)
    except SessionEnded as ended:
        return Judgment(criterion, ended.outcome, ended)
    judgment = judge(criterion, student, seed)
    over = spending.over() if judgment.passed else None
    return judgment if over is None else Judgment(criterion, over.outcome, over)


def _stable(message: str) -> str:
    """The message without memory addresses, which differ between two runs."""
    return re.sub(r"0x[0-9a-fA-F]{6,}", "0x…", message)
