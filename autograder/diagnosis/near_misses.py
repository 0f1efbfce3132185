"""Which change of one place in the solution returns just what a learner's function returned.

Each changed solution answers the same calls as the learner's function did, and is dropped at the
first answer that differs. What is left are the changes that explain everything that was seen.
"""

import ast
import importlib.util
from collections.abc import Callable, Iterator, Sequence
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

MOST_ROUNDS = 5_000
JUDGED = (Outcome.PASSED, Outcome.FAILED, Outcome.RAISED)


class Differs(Verdict):
    """A changed solution answers otherwise than the learner's function did."""


@dataclass(frozen=True)
class NearMiss:
    """A solution with one place changed.

    Attributes
    ----------
    says : str
        What is so in it: a clause that completes "Exactly this comes out …".
    rank : int
        How unlikely it is as a slip.
    program : code
        The changed function or class, compiled.
    """

    says: str
    rank: int
    program: CodeType
    operator: str = ""


def near_misses_like(
    judgements: Sequence[Judgement], exercise: str, module: str, seed: Seed
) -> list[tuple[NearMiss, int]]:
    """The changes that reproduce the failed criteria, each with the number of criteria it fits."""
    judged = [each for each in judgements if each.outcome in JUDGED]
    failed = [each for each in judged if not each.passed]
    if not failed:
        return []
    found = []
    with np.errstate(all="ignore"):
        for each in near_misses(exercise, module):
            home = _module_with(each, module)
            if not _reproduces(home, module, failed[0], seed):
                continue
            others = [one for one in judged if one is not failed[0]]
            fits = sum(_reproduces(home, module, one, seed) for one in others)
            found.append((each, 1 + fits))
    return found


@cache
def near_misses(exercise: str, module: str) -> tuple[NearMiss, ...]:
    """All changes of one exercise's solution."""
    tree = _definitions(module)[exercise]
    known: dict[str, NearMiss] = {}
    for change in changes(tree):
        new = _bounded(changed(tree, change))
        text = ast.unparse(new)
        if text not in known or known[text].rank > change.rank:
            program = compile(ast.Module([new], []), "<near miss>", "exec")
            known[text] = NearMiss(change.says, change.rank, program, change.operator)
    return tuple(sorted(known.values(), key=lambda each: each.rank))


class _Bounds(ast.NodeTransformer):
    """Counts the rounds of every loop, so that a changed one comes to an end."""

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, ast.parse("_count_round()").body[0])
        return node

    visit_While = visit_For  # type: ignore[assignment]


def _bounded(tree: ast.AST) -> Any:
    return ast.fix_missing_locations(_Bounds().visit(tree))


@cache
def _definitions(module: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    found = importlib.util.find_spec(f"solutions.{module}")
    assert found is not None
    assert found.origin is not None
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    return {
        each.name: each for each in tree.body if isinstance(each, (ast.FunctionDef, ast.ClassDef))
    }


@cache
def _solution(module: str) -> ModuleType:
    return importlib.import_module(f"solutions.{module}")


def _module_with(each: NearMiss, module: str) -> ModuleType:
    home = ModuleType(f"solutions.{module}")
    vars(home).update(vars(_solution(module)))
    vars(home)["_count_round"] = _counter()
    exec(each.program, vars(home))  # noqa: S102 - our own solution with one place changed
    return home


def _counter() -> Callable[[], None]:
    rounds = 0

    def count() -> None:
        nonlocal rounds
        rounds += 1
        if rounds > MOST_ROUNDS:
            raise Differs("too many rounds of a loop")

    return count


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
            if isinstance(error, Raised) and isinstance(theirs.error, Raised):
                if error.kind == theirs.error.kind:
                    raise
            raise Differs("raises") from None
        if theirs.error is not None or next(events, None) is not None:
            raise Differs("another end")
        if not _same(answer[0] if operation == "call" else answer, theirs.result):
            raise Differs("another value")
        return answer


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, LearnerObject):
        return theirs.kind == type(ours).__name__
    return same_values(ours, theirs)


def _compared(value: Any, events: Iterator[Any]) -> Any:
    """The same operand, with functions that end the replay at a call unlike the recorded one."""
    if type(value) in (list, tuple):
        return type(value)(_compared(item, events) for item in value)
    if isinstance(value, dict):
        return {name: _compared(item, events) for name, item in value.items()}
    if isinstance(value, Namespace):
        return Namespace(**{n: _compared(f, events) for n, f in value.functions.items()})
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


def _reproduces(home: ModuleType, module: str, theirs: Judgement, seed: Seed) -> bool:
    student = Student(Replay(home, module, theirs.transcript))
    try:
        ours = judge(theirs.criterion, student, seed)
    except Differs:
        return False
    return ours.outcome is theirs.outcome and _finding(ours) == _finding(theirs)


def _finding(judgement: Judgement) -> str:
    error = judgement.error
    if isinstance(error, Unmet):
        return error.finding
    return error.kind if isinstance(error, Raised) else ""
