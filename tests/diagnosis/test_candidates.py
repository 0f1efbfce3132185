"""Candidates keep their answers from one learner to the next, however a session ended."""

from functools import partial
from types import SimpleNamespace

import numpy as np

from autograder.checking.judge import Seed, judge
from autograder.diagnosis.evidence.candidates import Budget, Candidate
from autograder.diagnosis.evidence.interview import CriterionAnswers, Interview
from autograder.exercises.registry import criteria_of, solved_module, solved_student


def interview_of(softmax) -> Interview:
    student = solved_student("losses", {"softmax": softmax})
    judgments = [judge(each, student, Seed()) for each in criteria_of("softmax", "losses")]
    return Interview(student.performer, judgments, "losses", Seed())


def plain_exponentials(logits):
    with np.errstate(over="ignore"):
        return np.exp(np.asarray(logits, dtype=float))


def test_candidate_is_asked_less_where_a_session_ended_early() -> None:
    changed = partial(solved_module, "losses", {"softmax": plain_exponentials})
    candidate = Candidate(changed, "losses", apart=False)
    assert candidate.misses(interview_of(plain_exponentials), Budget(10_000)) == 0
    whole = interview_of(plain_exponentials)
    for part in whole.fixed:
        ended = SimpleNamespace(fixed=(CriterionAnswers(part.criterion, ()),), drawn=())
        assert candidate.misses(ended, Budget(10_000)) == 0  # nothing was asked, nothing missed
