"""Functions of our own that may answer as a learner's does, and what they answer.

A candidate is the solution changed in one place, or a known mistake. What it answers to questions
that are the same for all students is kept, so that the second learner is diagnosed faster than the
first. Work is counted in calls, never in time, and counted the same whether kept or done again: the
same answers always get the same diagnosis.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checking.equality import fingerprint, same_answers
from autograder.checking.in_process import InProcessSession
from autograder.diagnosis.evidence.interview import (
    CONTRACT,
    CriterionAnswers,
    Interview,
    Question,
    first_of,
    with_objects,
)
from autograder.protocol.operations import Operation, Report
from autograder.sandbox.outcomes import NotThere, Raised, without_frames
from autograder.sandbox.session import Verdict

MAX_MISSES = 0.2  # the part of all answers that may have another cause, one at least
LONG = 16  # a question that takes more calls is asked bit by bit, and its answer is not kept
LOOK_AT_CLOCK = 16  # once in so many times that calls are spent
FIRST_UPDATES = (1, 4, 16)
_KEPT: dict[Hashable, Any] = {}  # each answer once, as many candidates give the same


class Differs(Verdict):
    """A function answers differently from the learner's."""


class Exhausted(Verdict):
    """No more calls may be made in search of a cause."""


class Budget:
    """How many calls may still be made, unless time runs out before: that only hostile code does.

    Parameters
    ----------
    left : int
        How many.
    over : callable
        Whether time has run out.
    """

    def __init__(self, left: int, over: Callable[[], bool] = lambda: False) -> None:
        self.left, self._over, self._spent = left, over, 0

    def spend(self, calls: int = 1) -> None:
        """Take calls from what is left; where nothing is left, the search ends."""
        self.left -= calls
        self._spent += 1
        out_of_time = self._spent % LOOK_AT_CLOCK == 0 and self._over()
        if self.left < 0 or out_of_time:
            raise Exhausted("the search took too many calls")


class Candidate:
    """One function that may be the learner's.

    `home` makes the solutions of its module, with one function exchanged, as a new module. `apart`
    says that its objects share nothing: then they can be asked one after the other.
    """

    def __init__(self, home: Callable[[], ModuleType], module: str, *, apart: bool) -> None:
        self._home, self.module, self._apart = home, module, apart
        self._kept: dict[str, tuple[Any, ...]] = {}
        self.courses: dict[str, Any] = {}  # how it fared with criteria: see `replay`

    def session(self) -> InProcessSession:
        """A session on its own module."""
        return InProcessSession({self.module: self._home()}, None)

    def misses(self, interview: Interview, budget: Budget) -> float | None:
        """The part of all answers in an interview that it does not give.

        There is none where one of those is missed on which the grade rests, or too many of all.
        The parts drawn for the student are looked at only if the fixed ones fit.
        """
        if any(map(self._known_to_differ, interview.fixed[:1])):
            return None
        missed = asked = 0
        for drawn in (False, True):
            parts = interview.drawn if drawn else interview.fixed
            asked += sum(len(part.questions) for part in parts)
            for part in parts:
                found = self._missed(part, budget)
                if found is None:
                    return None
                missed += found
            if missed > max(1, MAX_MISSES * asked):
                return None
        return missed / max(1, asked)

    def _missed(self, part: CriterionAnswers, budget: Budget) -> int | None:
        """How many answers of a part it misses; None if the grade rests on one of them."""
        most = len(part.questions)
        missed, kept = 0, 0
        if not part.criterion.varies:
            for kept, agrees in enumerate(self._opening_agrees(part), start=1):
                if not agrees and kept <= part.asked:
                    return None
                missed += not agrees
        if kept >= most:
            return missed
        places = part.telling_first if self._apart else range(most)
        try:
            for place, agrees in self._agreements(part.questions, places, budget):
                if not agrees and place < part.asked:
                    return None
                missed += place >= kept and not agrees
        except Differs:
            return None
        return missed

    def _opening_agrees(self, part: CriterionAnswers) -> Iterator[bool]:
        """Whether it agrees with the answers to a fixed part, up to the first long question."""
        name = part.criterion.name
        kept = self._kept.get(name, ())
        for question, answer in zip(part.questions, kept, strict=False):
            yield question.agrees_with_kept(answer)
        if len(kept) >= len(part.questions) or (kept and isinstance(kept[-1], Differs)):
            return
        answers = []
        for question, answer in zip(part.questions, self._answers(part), strict=False):
            answers.append(_KEPT.setdefault(fingerprint(answer), answer))
            self._kept[name] = tuple(answers)
            if len(answers) > len(kept):
                yield question.agrees_with_kept(answers[-1])

    def _known_to_differ(self, part: CriterionAnswers) -> bool:
        """Whether an answer that is kept differs from one that is not as expected."""
        kept = self._kept.get(part.criterion.name, ())
        place = part.first_wrong
        asked = min(len(kept), len(part.questions))  # fewer where a session ended early
        return place < asked and not part.questions[place].agrees_with_kept(kept[place])

    def _answers(self, part: CriterionAnswers) -> Iterator[Any]:
        session = self.session()
        objects: dict[int, Any] = {}
        for place, question in enumerate(part.questions):
            if question.calls > LONG:
                return
            try:
                objects[place] = _answer(session, question, objects)
            except Differs as error:  # it runs on and on
                yield without_frames(error)
                return
            yield objects[place]

    def _agreements(
        self, questions: Sequence[Question], places: Sequence[int], budget: Budget
    ) -> Iterator[tuple[int, bool]]:
        """Whether it agrees, question by question; a long run is left where it goes apart."""
        session = self.session()
        objects: dict[int, Any] = {}
        for place in places:
            question = questions[place]
            if question.calls > LONG and question.operation == "fold":
                yield place, _same_folds(session, question, objects, budget)
                continue
            budget.spend(question.calls)
            objects[place] = _answer(session, question, objects)
            yield place, question.agrees(objects[place])


Fits = Callable[[Candidate], float | None]  # how badly it fits: 0 is best, None not at all


def _answer(session: InProcessSession, question: Question, objects: dict[int, Any]) -> Any:
    try:
        operands = with_objects(question.operands, objects)
        if question.operation == "call" and len(operands) == 4:
            # no other report changes its result
            operands = (*operands[:3], operands[3] & Report.ITEMS)
        answer = first_of(question.operation, session.perform(question.operation, *operands))
    except (Raised, NotThere) as error:
        return without_frames(error)
    return np.array(answer) if isinstance(answer, np.ndarray) else answer


def _same_folds(
    session: InProcessSession, question: Question, objects: dict[int, Any], budget: Budget
) -> bool:
    """Whether a long run of calls gives the learner's results, looked at on the way."""
    room = CONTRACT if question.right else {}
    target, first, lists = question.operands
    theirs = question.expected if question.right else question.got
    if not isinstance(theirs, list) or len(theirs) != len(lists):
        return False
    done = 0
    for end in (*FIRST_UPDATES, len(lists)):
        budget.spend(end - done)
        part = Question(Operation.FOLD, (target, first, lists[done:end]), None)
        results = _answer(session, part, objects)
        if not same_answers(results, theirs[done:end], **room):
            return False
        first, done = results[-1], end
    return True
