"""Which change of one place in the solution answers just as a learner's function did.

Each changed solution is dropped at the first answer that differs. What is left are the changes that
explain everything that was seen.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache, cached_property
from types import CodeType, ModuleType
from typing import Any

from autograder.diagnosis.edits import Change, Definition, changes
from autograder.diagnosis.evidence.candidates import Candidate, Differs, Exhausted, Fits
from autograder.exercises.registry import solution

MAX_ROUNDS = 600
STAGES = ((0, 1), (2,), (3, 4))  # likelier slips are looked for first
UNIQUE = ("__dict__", "__weakref__")  # made again for each class


class Places:
    """Where each part of a function or class is, to put something else there for a while."""

    def __init__(self, tree: Definition) -> None:
        self._found: dict[int, tuple[Any, ast.AST, str, int | None]] = {}
        for whole in tree.body if isinstance(tree, ast.ClassDef) else [tree]:
            for node in ast.walk(whole):
                for name, value in ast.iter_fields(node):
                    self._found[id(value)] = (whole, node, name, None)
                    for place, item in enumerate(value if isinstance(value, list) else ()):
                        self._found[id(item)] = (whole, node, name, place)

    @contextmanager
    def changed(self, change: Change) -> Iterator[Definition]:
        """The function, or the method of the class, with one change made, as long as it lasts."""
        whole, node, name, place = self._found[id(change.old)]
        before = getattr(node, name)
        after = change.new if place is None else [*before]
        if place is not None:
            after[place] = change.new
        for part in change.new if isinstance(change.new, list) else [change.new]:
            ast.fix_missing_locations(part)
        setattr(node, name, after)
        with self.changed(change.further) if change.further else nullcontext(whole):
            yield whole
        setattr(node, name, before)


class NearMiss:
    """A solution with one place changed, compiled when it is first needed."""

    def __init__(self, change: Change, exercise: str, module: str) -> None:
        self.change = change
        self._exercise, self._module = exercise, module

    def home(self) -> ModuleType:
        """The module with the changed function or class in it."""
        right = solution(self._module)
        home = ModuleType(right.__name__)
        vars(home).update(vars(right), range=_bounded_range)
        inside: dict[str, Any] = {}
        exec(self._program, vars(home), inside)  # noqa: S102 - our own solution, changed in one place
        ((name, made),) = inside.items()
        if name != self._exercise:  # a method
            original = vars(getattr(right, self._exercise))
            kept = {key: value for key, value in original.items() if key not in UNIQUE}
            made = type(self._exercise, (), kept | {name: made})
        setattr(home, self._exercise, made)
        return home

    @cached_property
    def _program(self) -> CodeType:
        with _places(self._exercise, self._module).changed(self.change) as definition:
            return compile(ast.Module([definition], []), "<near miss>", "exec")


def nearest(
    exercise: str, module: str, fits: Fits, allows: Callable[[Change], bool]
) -> Change | None:
    """The likeliest change of a solution that fits, and that the learner's source allows."""
    for stage in range(len(STAGES)):
        best: tuple[float, Change] | None = None
        try:
            for candidate, miss in near_misses(exercise, module, stage):
                badness = fits(candidate) if allows(miss.change) else None
                if badness is not None and (best is None or badness < best[0]):
                    best = badness, miss.change
        except Exhausted:
            pass
        if best is not None:
            return best[1]
    return None


@cache
def near_misses(exercise: str, module: str, stage: int) -> tuple[tuple[Candidate, NearMiss], ...]:
    """All changes of one exercise's solution of the ranks of one stage."""
    found = [
        NearMiss(change, exercise, module)
        for change in _changes(exercise, module)
        if change.rank in STAGES[stage]
    ]
    return tuple((Candidate(miss.home, module, known=False), miss) for miss in found)


@cache
def _changes(exercise: str, module: str) -> tuple[Change, ...]:
    found = changes(_definitions(module)[exercise])
    return tuple(sorted(found, key=lambda change: change.rank))


@cache
def _places(exercise: str, module: str) -> Places:
    return Places(_definitions(module)[exercise])


class _Results(ast.NodeTransformer):
    """Takes the conversion to a float from what is returned: a changed result may be an array."""

    def visit_Return(self, node: ast.Return) -> ast.Return:
        value = node.value
        if isinstance(value, ast.Call) and ast.unparse(value.func) == "float":
            node.value = value.args[0]
        return node


@cache
def _definitions(module: str) -> dict[str, Definition]:
    tree = _Results().visit(ast.parse(inspect.getsource(solution(module))))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {line.name: line for line in tree.body if isinstance(line, kinds)}


def _bounded_range(*bounds: int) -> Iterator[int]:
    for rounds, number in enumerate(range(*bounds)):
        if rounds > MAX_ROUNDS:
            raise Differs("too many rounds of a loop")
        yield number
