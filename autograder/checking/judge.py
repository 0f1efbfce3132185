"""One criterion against one submission: how it ended, and everything needed to say why."""

import hashlib
import warnings
from dataclasses import dataclass, field

import numpy as np

from autograder.checking.criterion import Criterion
from autograder.checking.expectations import Unmet
from autograder.checking.student import Student
from autograder.checking.transcript import Call
from autograder.sandbox.outcomes import NotThere, Outcome, Raised, SessionEnded, without_frames


@dataclass
class Judgment:
    """How a criterion ended, with the transcript of its calls."""

    criterion: Criterion
    outcome: Outcome
    error: Exception | None = None
    transcript: list[Call] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether the criterion holds."""
        return self.outcome is Outcome.PASSED

    @property
    def call(self) -> Call | None:
        """The call that decided it: the one whose result was judged, or else the last."""
        if isinstance(self.error, Unmet):
            for call in reversed(self.transcript):
                if call.result is not None and call.result is self.error.got:
                    return call
        return self.transcript[-1] if self.transcript else None


@dataclass(frozen=True)
class Seed:
    """What random inputs are drawn from.

    Attributes
    ----------
    secret : str
        The assignment's.
    student : str
        The student's name.
    files : str
        A fingerprint of the files: what was read off a card is worthless once it is typed in.
    """

    secret: str = ""
    student: str = ""
    files: str = ""

    def generator(self, criterion: str) -> np.random.Generator:
        """The generator for one criterion: the same for the same seed and criterion."""
        parts = (self.secret, self.student, *filter(None, [self.files]), criterion)
        text = "\0".join(parts)
        return np.random.default_rng(
            int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "little")
        )


def judge(criterion: Criterion, student: Student, seed: Seed) -> Judgment:
    """Run one criterion.

    Exceptions of the check itself are not caught: they are faults of the grader. What the student
    is asked later, for an explanation, is not part of the transcript.
    """
    transcript = student._start()
    extra = {"random": seed.generator(criterion.name)} if criterion.draws else {}
    if criterion.draws_together:
        extra["exercise_random"] = seed.generator(criterion.exercise)
    try:
        # A function of ours may warn of what a learner's code hands to it: nobody should read that.
        with warnings.catch_warnings(action="ignore"):
            criterion.function(student=student, **extra)
    except Unmet as unmet:
        return Judgment(criterion, Outcome.FAILED, without_frames(unmet), [*transcript])
    except NotThere as missing:
        return Judgment(criterion, Outcome.NOT_WRITTEN, without_frames(missing), [*transcript])
    except Raised as raised:
        outcome = Outcome.RAISED
        if raised.not_written:
            outcome = Outcome.NOT_WRITTEN
        elif "MemoryError" in raised.kinds:
            outcome = Outcome.OUT_OF_MEMORY
        return Judgment(criterion, outcome, without_frames(raised), [*transcript])
    except SessionEnded as ended:
        return Judgment(criterion, ended.outcome, without_frames(ended), [*transcript])
    return Judgment(criterion, Outcome.PASSED, None, [*transcript])
