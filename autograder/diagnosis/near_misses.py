"""Which change of one place in the solution answers just as a learner's function did.

Each changed solution answers the same calls as the learner's function, and is dropped at the first
answer that differs. What is left are the changes that explain everything that was seen.
"""

import ast
import importlib
import importlib.util
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import numpy as np

from autograder.catalogue import same_values
from autograder.diagnosis.edits import Change, changed, changes
from autograder.expectations import Unmet
from autograder.judging import Judgement, Seed, judge
from autograder.outcomes import NotThere, Outcome, Raised
from autograder.sandbox.in_process import InProcessSession
from autograder.sandbox.session import Namespace, Verdict
from autograder.student import Call, LearnerObject, Student

MOST_ROUNDS = 20_000
MOST_EVENTS = 3_000  # a longer transcript is no evidence: replaying it takes too long
STAGES = ((0, 1), (2,), (3, 4))  # likelier slips are looked for first
JUDGED = (Outcome.PASSED, Outcome.FAILED, Outcome.RAISED)


class Differs(Verdict):
    """A changed solution answers otherwise than the learner's function did."""


@dataclass(frozen=True)
class NearMiss:
    """A solution with one place changed.

    Attributes
    ----------
    change : Change
        The change, with the words for it.
    program : code
        The changed function or class, compiled.
    """

    change: Change
    program: CodeType


def nearest(
    judgements: Sequence[Judgement], exercise: str, module: str, seed: Seed
) -> list[Change]:
    """The likeliest changes that reproduce everything that was judged, or nothing.

    Parameters
    ----------
    judgements : sequence of Judgement
        How the criteria of one exercise ended, with the transcripts of their calls.
    exercise, module : str
        Which exercise.
    seed : Seed
        What the criteria draw their inputs from.
    """
    judged = [each for each in judgements if each.outcome in JUDGED and each.transcript]
    judged = [each for each in judged if _size(each) <= MOST_EVENTS]
    if all(each.passed for each in judged):
        return []
    judged.sort(key=lambda each: (each.passed, _size(each)))
    with np.errstate(all="ignore"):
        for stage in range(len(STAGES)):
            found = [
                each.change
                for each in near_misses(exercise, module, stage)
                if all(_reproduces(each, module, one, seed) for one in judged)
            ]
            if found:
                return sorted(found, key=lambda each: each.rank)
    return []


@cache
def near_misses(exercise: str, module: str, stage: int) -> tuple[NearMiss, ...]:
    """All changes of one exercise's solution of the ranks of one stage."""
    tree = _definitions(module)[exercise]
    known: set[bytes] = set()
    found = []
    for change in _changes(exercise, module):
        if change.rank in STAGES[stage]:
            with changed(tree, change):
                program = compile(
                    ast.Module([ast.fix_missing_locations(tree)], []), "<near miss>", "exec"
                )
            if (bare := _bare(program)) not in known:
                known.add(bare)
                found.append(NearMiss(change, program))
    return tuple(found)


@cache
def _changes(exercise: str, module: str) -> tuple[Change, ...]:
    found = changes(_definitions(module)[exercise])
    return tuple(sorted(found, key=lambda each: each.rank))


def _bare(program: CodeType) -> bytes:
    """What a program does, without the lines that it came from."""
    parts = [program.co_code, repr(program.co_names).encode()]
    for constant in program.co_consts:
        is_code = isinstance(constant, CodeType)
        parts.append(_bare(constant) if is_code else repr(constant).encode())
    return b"\0".join(parts)


@cache
def _definitions(module: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    found = importlib.util.find_spec(f"solutions.{module}")
    assert found is not None
    assert found.origin is not None
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {each.name: each for each in tree.body if isinstance(each, kinds)}


def _module_with(each: NearMiss, module: str) -> ModuleType:
    home = ModuleType(f"solutions.{module}")
    vars(home).update(vars(importlib.import_module(f"solutions.{module}")))
    vars(home)["range"] = _bounded_range
    exec(each.program, vars(home))  # noqa: S102 - our own solution with one place changed
    return home


def _bounded_range(*bounds: int) -> Iterator[int]:
    for rounds, number in enumerate(range(*bounds)):
        if rounds > MOST_ROUNDS:
            raise Differs("too many rounds of a loop")
        yield number


def _size(judgement: Judgement) -> int:
    return sum(1 + len(call.events) for call in judgement.transcript)


# -- replaying a transcript -----------------------------------------------------------------------


class Replay:
    """Performs operations on a module as long as its answers are those of a transcript."""

    def __init__(self, module: ModuleType, name: str, transcript: Sequence[Call]) -> None:
        self._session = InProcessSession({name: module})
        self._expected = iter(transcript)

    def perform(self, operation: str, *operands: Any, seconds: float | None = None) -> Any:
        """Do one operation, and see that it ends as it did."""
        if operation == "get":
            return self._session.perform(operation, *operands)
        theirs = next(self._expected, None)
        if theirs is None:
            raise Differs("a call more")
        events = iter(theirs.events)
        try:
            answer = self._session.perform(
                operation, *(_compared(each, events) for each in operands)
            )
        except (Raised, NotThere) as error:
            if isinstance(error, Raised) and _alike(error, theirs.error):
                raise
            raise Differs("another exception") from None
        if theirs.error is not None or next(events, None) is not None:
            raise Differs("another end")
        if not _same(answer[0] if operation == "call" else answer, theirs.result):
            raise Differs("another value")
        return answer


def _reproduces(each: NearMiss, module: str, theirs: Judgement, seed: Seed) -> bool:
    replay = Replay(_module_with(each, module), module, theirs.transcript)
    try:
        ours = judge(theirs.criterion, Student(replay), seed)
    except Differs:
        return False
    if ours.outcome is not theirs.outcome:
        return False
    if isinstance(ours.error, Raised) and isinstance(theirs.error, Raised):
        return _alike(ours.error, theirs.error)
    return _finding(ours) == _finding(theirs)


def _alike(one: Raised, other: Exception | None) -> bool:
    """Whether two exceptions are the same, or both meant as an answer and worded by their author."""
    if not isinstance(other, Raised) or one.kind != other.kind:
        return False
    return one.message == other.message or one.kind in ("ValueError", "ArithmeticError")


def _finding(judgement: Judgement) -> str:
    return judgement.error.finding if isinstance(judgement.error, Unmet) else ""


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, LearnerObject):
        if inspect.isfunction(ours) or inspect.isclass(ours):
            return bool(theirs.kind == type(ours).__name__)
        return bool(theirs.kind == type(ours).__name__)
    return same_values(ours, theirs)


def _compared(value: Any, events: Iterator[Any]) -> Any:
    """The same operand, with functions that end the replay at a call unlike the recorded one."""
    if type(value) in (list, tuple):
        return type(value)(_compared(item, events) for item in value)
    if isinstance(value, dict):
        return {name: _compared(item, events) for name, item in value.items()}
    if isinstance(value, Namespace):
        named = {name: _compared(each, events) for name, each in value.functions.items()}
        return Namespace(**named)
    if not callable(value) or not hasattr(value, "__wrapped__"):
        return value

    def compared(*arguments: Any, **keywords: Any) -> Any:
        event = next(events, None)
        seen = (*arguments, *keywords.values())
        if event is None or event.name != value.__name__ or not same_values(seen, event.arguments):
            raise Differs("a callback is called otherwise")
        return value(*arguments, **keywords)

    compared.__name__ = value.__name__
    compared.__wrapped__ = value.__wrapped__  # type: ignore[attr-defined]
    return compared
