"""The record of a grade, from one criterion to many submissions, and its form as JSON."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from sys import intern
from typing import Any

from autograder.sandbox.outcomes import Outcome

SCHEMA = 1
LINE = re.compile(r"^(?:course/\w+\.py, l|L)ine (\d+)", re.M)  # as messages name a line
OF_A_LINE = re.compile(r"Line \d+, `(?P<line>.*?)`: (?P<sentence>.+)", re.S)  # as causes do
GRADED, GRADER_FAULT, UNREADABLE = "graded", "grader fault", "unreadable"


@dataclass(frozen=True)
class CriterionResult:
    """What one criterion found.

    `cause` is the sentence of the message that says why, with the learner's line that it is about;
    the JSON has it only where there is one.
    """

    name: str
    title: str
    points: float
    passed: bool
    outcome: Outcome
    hidden: bool
    message: str = ""
    mistake: str | None = None
    cause: str = ""

    @property
    def sentence(self) -> str:
        """The cause without the learner's line.

        Examples
        --------
        >>> said = "Line 3, `return 2 * x`: nothing is divided."
        >>> one = CriterionResult("a", "b", 1.0, False, Outcome.FAILED, False, said, None, said)
        >>> one.sentence, one.quoted
        ('nothing is divided.', 'return 2 * x')
        """
        found = OF_A_LINE.fullmatch(self.cause)
        return found["sentence"] if found else self.cause

    @property
    def quoted(self) -> str:
        """The learner's line that the cause is about; empty where it is about none."""
        found = OF_A_LINE.fullmatch(self.cause)
        return found["line"] if found else ""


@dataclass(frozen=True)
class ExerciseResult:
    """What all criteria of one exercise found."""

    name: str
    module: str
    score: float
    max_score: float
    outcome: Outcome
    criteria: tuple[CriterionResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every criterion holds."""
        return self.outcome is Outcome.PASSED


@dataclass(frozen=True)
class SubmissionResult:
    """The grade of one submission; `score` is None where no judgment was completed.

    `printed`, what the submission's code printed, is shown to people and is not part of the JSON.
    `look` says why a person should look at the submission, and `not_imported` why modules of it
    cannot be imported, by module. By a policy of the class, `days_late` says how late it came, and
    `penalty` what that takes off `score`. The JSON has these only where there is something to say.
    """

    student: str
    status: str
    score: float | None
    max_score: float
    bonus: float
    reason: str | None
    seconds: float
    exercises: tuple[ExerciseResult, ...]
    printed: str = ""
    look: tuple[str, ...] = ()
    not_imported: tuple[tuple[str, str], ...] = ()
    days_late: int = 0
    penalty: float = 0.0

    @property
    def final(self) -> float | None:
        """The score that counts: with the bonus, less what being late takes off."""
        return None if self.score is None else round(self.score - self.penalty + self.bonus, 6)

    def as_json(self) -> dict[str, Any]:
        """The result as plain data, in the order of the result file's schema."""
        more: dict[str, Any] = {"look": list(self.look)} if self.look else {}
        if self.not_imported:
            more["not_imported"] = dict(self.not_imported)
        if self.days_late:
            more |= {"days_late": self.days_late, "penalty": self.penalty}
        return {
            "student": self.student,
            "status": self.status,
            "score": self.score,
            "max_score": self.max_score,
            "bonus": self.bonus,
            "reason": self.reason,
            "seconds": self.seconds,
            "exercises": [
                {
                    "name": exercise.name,
                    "module": exercise.module,
                    "score": exercise.score,
                    "max_score": exercise.max_score,
                    "outcome": str(exercise.outcome),
                    "criteria": [
                        {
                            "name": criterion.name,
                            "title": criterion.title,
                            "points": criterion.points,
                            "passed": criterion.passed,
                            "outcome": str(criterion.outcome),
                            "hidden": criterion.hidden,
                            "message": criterion.message,
                            "mistake": criterion.mistake,
                            **({"cause": criterion.cause} if criterion.cause else {}),
                        }
                        for criterion in exercise.criteria
                    ],
                }
                for exercise in self.exercises
            ],
            **more,
        }


def submission_result(data: dict[str, Any]) -> SubmissionResult:
    """The record that `SubmissionResult.as_json` made the data from."""
    exercises = tuple(
        ExerciseResult(
            name=intern(exercise["name"]),  # a class has few names, and each is kept once
            module=intern(exercise["module"]),
            score=exercise["score"],
            max_score=exercise["max_score"],
            outcome=Outcome(exercise["outcome"]),
            criteria=tuple(
                CriterionResult(
                    **{
                        **criterion,
                        "title": intern(criterion["title"]),
                        "outcome": Outcome(criterion["outcome"]),
                    }
                )
                for criterion in exercise["criteria"]
            ),
        )
        for exercise in data["exercises"]
    )
    more = {
        "look": tuple(data.get("look", ())),
        "not_imported": tuple(data.get("not_imported", {}).items()),
    }
    return SubmissionResult(**{**data, **more, "exercises": exercises})


def exercise_result(
    name: str, module: str, points: float, criteria: Iterable[CriterionResult]
) -> ExerciseResult:
    """The result of an exercise: the points of what holds, and the first ending that is not."""
    kept = tuple(criteria)
    score = round(float(sum(criterion.points for criterion in kept if criterion.passed)), 6)
    unmet = [criterion.outcome for criterion in kept if not criterion.passed]
    real = [outcome for outcome in unmet if outcome is not Outcome.NOT_RUN]
    whole = Outcome.PASSED if kept else Outcome.NOT_RUN  # without criteria nothing is shown
    outcome = (real or unmet or [whole])[0]
    return ExerciseResult(name, module, score, float(points), outcome, kept)


def marked_lines(exercises: Iterable[ExerciseResult]) -> dict[tuple[str, int], list[str]]:
    """The lines that messages name, by path and number, with the exercises of these messages.

    Examples
    --------
    >>> said = CriterionResult("a", "holds", 1.0, False, Outcome.RAISED, False, "Line 3: x")
    >>> marked_lines([exercise_result("softmax", "losses", 1.0, [said])])
    {('course/losses.py', 3): ['softmax']}
    """
    found: dict[tuple[str, int], list[str]] = {}
    for exercise in exercises:
        path = f"course/{exercise.module}.py"
        for criterion in exercise.criteria:
            for number in map(int, LINE.findall(criterion.message)):
                names = found.setdefault((path, number), [])
                if exercise.name not in names:
                    names.append(exercise.name)
    return found


def result_line(result: SubmissionResult) -> str:
    """A result as one line of JSON."""
    return json.dumps(result.as_json(), ensure_ascii=False, allow_nan=False)
