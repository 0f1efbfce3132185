"""Which change of one place in the solution answers just as a learner's function did.

Each changed solution answers the same calls as the learner's function, and is dropped at the first
answer that differs. What is left are the changes that explain everything that was seen.
"""

import ast
import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType

import numpy as np

from autograder.diagnosis.edits import Change, changed, changes
from autograder.diagnosis.interview import Budget, Differs, Question, misses
from autograder.diagnosis.replay import reproduces, size
from autograder.judging import Judgement, Seed
from autograder.outcomes import Outcome

MOST_ROUNDS = 20_000
MOST_EVENTS = 3_000  # a longer transcript is no evidence: replaying it takes too long
MOST_REPLAYED = 40_000
STAGES = ((0, 1), (2,), (3, 4))  # likelier slips are looked for first
JUDGED = (Outcome.PASSED, Outcome.FAILED, Outcome.RAISED)


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
    judgements: Sequence[Judgement],
    exercise: str,
    module: str,
    seed: Seed,
    questions: Sequence[Question] = (),
    further: Sequence[Judgement] = (),
) -> list[Change]:
    """The likeliest changes that reproduce everything that is known, or nothing.

    Parameters
    ----------
    judgements : sequence of Judgement
        How the criteria of one exercise ended, with the transcripts of their calls.
    exercise, module : str
        Which exercise.
    seed : Seed
        What the criteria draw their inputs from.
    questions : sequence of Question
        What the learner's function answers to all that the criteria ask, where that is known.
    further : sequence of Judgement
        How criteria ended that do not count: those that were to be run only if others held.
    """
    evidence = _evidence([*judgements, *further])
    if all(each.right for each in questions) and all(each.passed for each in evidence):
        return []
    seen = asked_before_the_end(judgements, questions)
    budget = Budget(MOST_REPLAYED)
    with np.errstate(all="ignore"):
        for stage in range(len(STAGES)):
            found: list[tuple[float, Change]] = []
            for each in near_misses(exercise, module, stage):
                home = _module_with(each, module)
                try:
                    if questions:
                        missed = misses(home, module, questions, seen, budget)
                    else:
                        fits = all(reproduces(home, module, e, seed, budget) for e in evidence)
                        missed = 0.0 if fits else None
                except Differs:
                    break
                if missed is not None:
                    found.append((missed, each.change))
            if found:
                least = min(missed for missed, _ in found)
                return [change for missed, change in found if missed == least]
    return []


def asked_before_the_end(
    judgements: Sequence[Judgement], questions: Sequence[Question]
) -> set[int]:
    """The numbers of the questions that were asked before a criterion ended."""
    asked = {each.criterion.name: len(each.transcript) for each in judgements}
    return {
        number for number, each in enumerate(questions) if each.place < asked.get(each.criterion, 0)
    }


def _evidence(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that can be replayed, the failed ones and the short ones first."""
    complete = [each for each in judgements if each.outcome in JUDGED and each.transcript]
    short = [each for each in complete if size(each) <= MOST_EVENTS]
    return sorted(short, key=lambda each: (each.passed, size(each)))


@cache
def near_misses(exercise: str, module: str, stage: int) -> tuple[NearMiss, ...]:
    """All changes of one exercise's solution of the ranks of one stage."""
    tree = _definitions(module)[exercise]
    known: set[bytes] = set()
    found = []
    for change in _changes(exercise, module):
        if change.rank in STAGES[stage]:
            with changed(tree, change):
                whole = ast.Module([ast.fix_missing_locations(tree)], [])
                program = compile(whole, "<near miss>", "exec")
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


class _Results(ast.NodeTransformer):
    """Takes the conversion to a float from what is returned: a changed result may be an array."""

    def visit_Return(self, node: ast.Return) -> ast.Return:
        value = node.value
        if isinstance(value, ast.Call) and ast.unparse(value.func) == "float":
            node.value = value.args[0]
        return node


@cache
def _definitions(module: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    found = importlib.util.find_spec(f"solutions.{module}")
    assert found is not None
    assert found.origin is not None
    tree = _Results().visit(ast.parse(Path(found.origin).read_text(encoding="utf-8")))
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
