"""Arguments that make no difference to a learner's function, and points that are all the same."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.checking.equality import as_array, same_answers, same_values
from autograder.checking.in_process import InProcessSession
from autograder.checking.student import Performer
from autograder.diagnosis.evidence.cases import Case, parameters
from autograder.diagnosis.evidence.interview import Interview, Question, first_of
from autograder.exercises.registry import solution
from autograder.protocol.operations import Operation
from autograder.sandbox.outcomes import NotThere, Raised, SessionEnded

OTHER = (0.5, 1.5)  # what a number is multiplied by to see whether it matters


def ignored_argument(interview: Interview, module: str) -> str | None:
    """A sentence on the argument that has no effect on a learner's function, or None.

    The first calls that are not answered as expected are made again, with one number among the
    arguments changed: where the learner's answer stays and the solution's does not, it is ignored.
    """
    right = InProcessSession({module: solution(module)})
    for question in _wrong_calls(interview):
        names = parameters(module, question.operands[0])
        target, arguments, keywords = question.operands[:3]
        given = dict(zip(names, arguments, strict=False)) | keywords
        for name in (name for name in names if type(given.get(name)) in (int, float)):
            changed = [given | {name: given[name] * factor} for factor in OTHER]
            theirs = [_answer(interview.performer, target, inputs) for inputs in changed]
            ours = [_answer(right, target, inputs) for inputs in changed]
            if any(answer is None for answer in theirs):
                return None
            if all(same_answers(answer, question.got) for answer in theirs) and not any(
                isinstance(answer, Exception) or same_answers(answer, question.expected)
                for answer in ours
            ):
                return f"The result is the same whatever `{name}` is: it has no effect here."
    return None


def same_points(cases: Sequence[Case]) -> str | None:
    """A sentence where a function that is handed over is asked at one point again and again."""
    for name in {event.name for case in cases for event in case.events}:
        told_apart = [
            case
            for case in cases
            if _differ(_points(case.expected_events, name)) and len(_points(case.events, name)) > 1
        ]
        if told_apart and not any(_differ(_points(case.events, name)) for case in told_apart):
            return (
                f"All calls of `{name}` get the same point, expected different ones: two "
                "names of one array move together, and `.copy()` makes another array."
            )
    return None


def _wrong_calls(interview: Interview) -> Iterator[Question]:
    for part in interview.fixed:
        for question in part.questions[: part.asked]:
            whole = question.operation == "call" and isinstance(question.operands[0][0], str)
            if whole and not question.right and not isinstance(question.got, Exception):
                yield question
                break


def _answer(performer: Performer, target: Any, given: dict[str, Any]) -> Any:
    """What a function answers; nothing where the session ends."""
    try:
        return first_of(
            Operation.CALL, performer.perform(Operation.CALL, list(target), [], dict(given))
        )
    except (Raised, NotThere) as error:
        return error
    except SessionEnded:
        return None


def _points(events: Sequence[Any], name: str) -> list[Any]:
    return [
        as_array(event.arguments[0]) for event in events if event.name == name and event.arguments
    ]


def _differ(points: Sequence[Any]) -> bool:
    with np.errstate(all="ignore"):
        return any(not same_values(point, points[0], atol=0.0) for point in points[1:])
