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
from autograder.diagnosis.replay import Budget, Differs, reproduces, size
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
    further: Sequence[Judgement] = (),
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
    further : sequence of Judgement
        How criteria ended that do not count: those that were to be run only if others held. The
        changes that reproduce most of these are returned.
    """
    judged, more = _evidence(judgements), _evidence(further)
    if all(each.passed for each in judged):
        return []
    budget = Budget(MOST_REPLAYED)
    with np.errstate(all="ignore"):
        for stage in range(len(STAGES)):
            found: list[tuple[int, Change]] = []
            for each in near_misses(exercise, module, stage):
                home = _module_with(each, module)
                if all(reproduces(home, module, one, seed, budget) for one in judged):
                    fits = sum(reproduces(home, module, one, seed, budget) for one in more)
                    found.append((len(more) - fits, each.change))
            if found:
                fewest = min(misfits for misfits, _ in found)
                best = [change for misfits, change in found if misfits == fewest]
                return sorted(best, key=lambda each: each.rank)
    return []


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
