"""What a learner's function is asked in full, and how many of its answers a candidate may miss."""

from functools import partial
from typing import Any

import numpy as np

from autograder.checking.judge import Judgment, Seed, judge
from autograder.diagnosis.evidence.answers import answers_of
from autograder.diagnosis.evidence.candidates import Budget, Candidate
from autograder.exercises.registry import criteria_of, solved_module, solved_student
from autograder.sandbox.outcomes import Outcome, SessionEnded

SEED = Seed()


def plain_exponentials(logits: Any) -> Any:
    with np.errstate(over="ignore"):
        return np.exp(np.asarray(logits, dtype=float))


def judged(exercise: str, module: str, answer: Any) -> tuple[list[Judgment], Any]:
    """A function, and how the criteria of its exercise end."""
    student = solved_student(module, {exercise: answer})
    return [judge(each, student, SEED) for each in criteria_of(exercise, module)], student


def test_answers_go_on_after_the_first_wrong_one() -> None:
    judgments, student = judged("softmax", "losses", plain_exponentials)
    answered = answers_of(judgments, "losses", SEED, student)
    assert sum(map(len, answered)) > sum(len(judgment.transcript) for judgment in judgments)
    assert any(not answer.right for answer in answered[0])  # those with wrong ones come first


def test_answers_are_fewer_where_the_session_ends() -> None:
    judgments, student = judged("softmax", "losses", plain_exponentials)
    whole = answers_of(judgments, "losses", SEED, student)
    perform, left = student.performer.perform, [1]

    def ends(*operation: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise SessionEnded(Outcome.CRASHED, "the process ended")
        return perform(*operation, **named)

    student.performer.perform = ends
    fewer = answers_of(judgments, "losses", SEED, student)
    assert sum(map(len, fewer)) < sum(map(len, whole))


def test_answers_are_none_where_functions_are_handed_over() -> None:
    judgments, student = judged("numerical_gradient", "gradient_descent", lambda *given: 0.0)
    assert answers_of(judgments, "gradient_descent", SEED, student) == []


def test_candidate_misses_no_answer_of_itself_and_too_many_of_another() -> None:
    judgments, student = judged("softmax", "losses", plain_exponentials)
    answered = answers_of(judgments, "losses", SEED, student)
    same = partial(solved_module, "losses", {"softmax": plain_exponentials})
    for known in (True, False):
        assert Candidate(same, "losses", known=known).misses(answered, Budget(10_000)) == 0
        right = Candidate(partial(solved_module, "losses"), "losses", known=known)
        assert right.misses(answered, Budget(10_000)) is None
