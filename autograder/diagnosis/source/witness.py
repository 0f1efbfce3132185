"""What a learner's source says for and against a cause."""

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment
from autograder.checking.mistake import Mistake, Slip
from autograder.diagnosis.edits import Change
from autograder.diagnosis.source.place import (
    left_out,
    line_of,
    line_of_slip,
    lines,
    marks_in,
    marks_of,
    numbers_in,
    numbers_of,
    shape,
)
from autograder.diagnosis.source.slips import (
    COUNTED,
    FLATTENED,
    MISTYPED,
    RETURNED,
    SHUFFLED,
    SLIPS,
    WHOLE_NUMBERS,
    slip_in,
    slip_that_raised,
)
from autograder.diagnosis.source.slips import Slip as Looked
from autograder.diagnosis.source.syntax import Source, called, source_of
from autograder.exercises.manifest import exercises_in
from autograder.exercises.registry import solution
from autograder.sandbox.outcomes import Raised

# Who writes one of these shows it: a cause that has one in it needs it in the learner's source.
VISIBLE = {
    "abs": ("abs", "absolute", "fabs"),
    "sign": ("sign",),
    "tanh": ("tanh",),
    "clip": ("clip", "maximum", "minimum"),
    "log2": ("log2",),
    "log10": ("log10",),
    "expm1": ("expm1",),
    "log1p": ("log1p",),
    "sqrt": ("sqrt", "norm", "std"),
    "round": ("round", "rint", "around"),
    "all": ("all", "array_equal"),
    "any": ("any",),
    "sort": ("sort", "sorted"),
    "median": ("median",),
    "trace": ("trace",),
    "det": ("det",),
    "diag": ("diag", "diagonal"),
    "zeros_like": ("zeros_like", "zeros"),
    "float32": ("float32", "astype"),
    "int": ("int", "astype", "floor", "trunc", "rint", "round"),
}
MAKES_NAN = {"exp", "log", "log1p", "log2", "log10", "expm1", "cosh", "softmax", "sigmoid", "power"}
PLAIN = {0, 1, 2, 0.5}  # numbers that may be there in another form
NAMED = re.compile(r"(?:,| before| beside) `(\w+)\(…\)`")  # a function in what is said


@dataclass(frozen=True)
class Witness:
    """The source of one exercise, the learner's and the solution's."""

    exercise: str
    theirs: Source
    right: Source

    @classmethod
    def of(cls, files: Mapping[str, bytes], exercise: str, module: str) -> "Witness | None":
        """What the source of an exercise says; None where it cannot be read."""
        theirs = source_of(files, module, exercise, _names(module))
        return None if theirs is None else cls(exercise, theirs, _solved(exercise, module))

    def explains(self, judgment: Judgment, *, partly_right: bool) -> str | None:
        """A sentence on the slip in the source that explains how a criterion ended, or None.

        Where the exercise is `partly_right`, a default that nothing reads explains the rest.
        """
        error = judgment.error
        if isinstance(error, Raised):
            slip = slip_that_raised(self.theirs, error, self.exercise)
            return slip or self._handed_over(error)
        if not isinstance(error, Unmet):
            return None
        slips: Sequence[Looked]
        if error.finding.startswith("nothing is raised"):
            slips = (RETURNED, FLATTENED, COUNTED) if "shape" in error.finding else (RETURNED,)
        elif error.finding.startswith("the call changed its "):
            slips = (SHUFFLED,)
        else:
            given = [] if judgment.call is None else judgment.call.arguments
            whole = any(map(_is_whole, given))
            sure = [slip for slip in SLIPS if slip.raises]
            if sentence := slip_in(self.theirs, self.right, self.exercise, sure):
                return sentence
            for unread in (self._unread, self._default):
                if sentence := unread(judgment, partly_right=partly_right):
                    return sentence
            slips = (*SLIPS, WHOLE_NUMBERS) if whole else SLIPS
        return slip_in(self.theirs, self.right, self.exercise, slips)

    def mistyped(self) -> str | None:
        """A sentence on a slip of the finger, which nobody means; None where there is none."""
        return slip_in(self.theirs, self.right, self.exercise, [MISTYPED])

    def leftover(self) -> str:
        """The line that computes what nothing reads, quoted; nothing where there is none."""
        for name, values in self.theirs.assigned.items():
            for value in values:
                line = next(self.theirs.above(value))
                computes = isinstance(value, (ast.BinOp, ast.Call)) and isinstance(line, ast.Assign)
                if computes and name != "_" and not self.theirs.matters(line):
                    return self.theirs.quoted(line)
        return ""

    def _handed_over(self, error: Raised) -> str | None:
        """A sentence on an argument used as something else than it is, or None."""
        for name in self.right.parameters:
            has = [
                node.attr
                for node in self.right.all(ast.Attribute)
                if isinstance(node.value, ast.Name) and node.value.id == name
            ]
            methods = ", ".join(f"`{name}.{method}`" for method in dict.fromkeys(has))
            for node in self.theirs.all(ast.Attribute):
                theirs = isinstance(node.value, ast.Name) and node.value.id == name
                missing = theirs and error.message.endswith(f"no attribute '{node.attr}'")
                if has and missing and node.attr not in has:
                    place = self.theirs.quoted(node)
                    return f"{place}: `{name}` has no `{node.attr}`. It has {methods}."
            for call in self.theirs.calls(name):
                if has and "not callable" in error.message:
                    place = self.theirs.quoted(call)
                    return f"{place}: `{name}` is no function. It has {methods}."
        return None

    def _unread(self, judgment: Judgment, *, partly_right: bool) -> str | None:
        """A sentence on a parameter that nothing reads, where the call or the stub gives it."""
        for name in self.theirs.unread:
            if name in self.right.parameters and name not in self.right.unread:
                given = self._gives(judgment, name)
                if given or partly_right or name not in self.theirs.defaults:
                    return self._unread_words(name)
        return None

    def _default(self, judgment: Judgment, *, partly_right: bool) -> str | None:
        """A sentence on a default that is not the stub's, where the call does not give it."""
        for name, right in self.right.defaults.items():
            theirs = self.theirs.defaults.get(name)
            if theirs is None or ast.unparse(theirs) == ast.unparse(right):
                continue
            numbers = [
                default.value for default in (theirs, right) if isinstance(default, ast.Constant)
            ]
            if len({*numbers}) > 1 and partly_right and not self._gives(judgment, name):
                place = self.theirs.quoted(theirs)
                return f"{place}: in the stub the default is `{name}={ast.unparse(right)}`."
        return None

    def _gives(self, judgment: Judgment, name: str) -> bool:
        """Whether the call on which a criterion ended gives a parameter."""
        call = judgment.call
        names = [*self.theirs.parameters]
        return call is not None and (
            name in call.keywords or names.index(name) < len(call.arguments)
        )

    def _unread_words(self, name: str) -> str:
        """What to say of a parameter that nothing reads: what stands in its place, if one does."""
        if line := self.theirs.overwrites(name):
            return f"{self.theirs.quoted(line)}: `{name}` is overwritten here, and has no effect."
        ours = {node.value for node in _written(self.right)} | PLAIN
        numbers = [node for node in _written(self.theirs) if node.value not in ours]
        alone = len(numbers) == 1 and isinstance(next(self.theirs.above(numbers[0])), ast.Assign)
        if alone or (len(numbers) == 1 and name in self.right.defaults):
            place = self.theirs.quoted(numbers[0])
            number = ast.unparse(numbers[0])
            return f"{place}: {number} stands where `{name}` belongs, which has no effect."
        return f"Nothing in `{self.exercise}` reads `{name}`: it has no effect."

    def allows(self, mistake: Mistake) -> bool:
        """Whether the source does not contradict a known mistake."""
        if not isinstance(mistake.answer, Slip):
            return True
        return self._has(_introduced(mistake.answer))

    def allows_change(self, change: Change) -> bool:
        """Whether the source does not contradict a change of the solution.

        It does where it has the line as the solution has it, unchanged.
        """
        if change.line is not None and self._unchanged(change.line):
            return False
        numbers, names = _brought_in(change)
        if not numbers <= self._numbers:
            return False
        return self._has({(name, False) for name in names - self._right_names})

    @cached_property
    def _numbers(self) -> set[float]:
        return {
            abs(node.value) for whole in self.theirs.wholes for node in numbers_of(whole)
        } | PLAIN

    def _unchanged(self, line: ast.AST) -> bool:
        as_right = _shape_in_solution(line, self.right)
        return self._shapes[as_right] >= _shapes_of(self.right)[as_right] > 0

    @cached_property
    def _shapes(self) -> Counter[str]:
        return Counter(
            shape(line, self.theirs) for line in lines(self.theirs) if self.theirs.matters(line)
        )

    def says_of(self, change: Change) -> tuple[str, str] | None:
        """What to say of a change, of no function that the learner does not call, and the line.

        Nothing where no line is like it, and what would be left out is all there.
        """
        says = f"Exactly this comes out {NAMED.sub(self._if_called, change.says)}."
        line = line_of(change, self.theirs, self.right)
        if line is not None:
            return None if self._is_there(change, line) else (says, self.theirs.quoted(line))
        if "another value" in says:
            return None
        if change.line is not None and (lacks := left_out(change, self.right)):
            theirs, right = marks_of(self.theirs), marks_of(self.right)
            if all(theirs[mark] >= right[mark] for mark in lacks):
                return None
        return says, ""

    def _is_there(self, change: Change, line: ast.AST) -> bool:
        """Whether a parameter is in the learner's line that a change puts another name for."""
        if not isinstance(change.old, ast.Name) or ast.unparse(change.old) in map(
            ast.unparse, ast.walk(change.new)
        ):
            return False  # what has something more around it is there all the same
        name = self.right.meaning(change.old.id)
        return name in self.right.parameters and marks_in(line, self.theirs)[name] > 0

    def of_nan(self, sentence: str) -> str:
        """What to say of a nan: nothing of an exponential or a logarithm where there is none."""
        names = {name for name, _ in self._calls}
        if not sentence.startswith(("nan", "inf")) or names & MAKES_NAN:
            return sentence
        if "sqrt" in names and sentence.startswith("nan"):
            return "nan comes from the root of a negative number, or from 0 / 0."
        return f"{sentence[:3]} comes from a division by 0, or from numbers that grow too large."

    def place_of(self, mistake: Mistake) -> str:
        """The learner's line that a known mistake is in, quoted; nothing where that is open."""
        slip = mistake.answer
        line = line_of_slip(slip, self.theirs, self.right) if isinstance(slip, Slip) else None
        return "" if line is None else self.theirs.quoted(line)

    def _if_called(self, named: re.Match[str]) -> str:
        return named[0] if any(named[1] == name for name, _ in self._calls) else ""

    def _has(self, introduced: Set[tuple[str, bool]]) -> bool:
        """Whether the source has what a cause brings in, in a loop or not, where it would show."""
        theirs = {name for name, _ in self._calls}
        for name, looped in introduced:
            if name in VISIBLE and not theirs & {*VISIBLE[name]}:
                return False
            made_once = name == "default_rng" and name in theirs and (name, True) not in self._calls
            if looped and made_once:
                return False
        return True

    @cached_property
    def _calls(self) -> set[tuple[str, bool]]:
        return {call for whole in self.theirs.wholes for call in _calls(whole)}

    @cached_property
    def _right_names(self) -> set[str]:
        return {name for whole in self.right.wholes for name, _ in _calls(whole)}


def _names(module: str) -> set[str]:
    return {exercise.name for exercise in exercises_in(module)}


@cache
def _solved(exercise: str, module: str) -> Source:
    text = inspect.getsource(solution(module)).encode()
    found = source_of({f"course/{module}.py": text}, module, exercise, _names(module))
    assert found is not None
    return found


_SHAPES: dict[int, str] = {}  # of the lines of solutions, which last as long as the process


def _shape_in_solution(line: ast.AST, right: Source) -> str:
    if id(line) not in _SHAPES:
        _SHAPES[id(line)] = shape(line, right)
    return _SHAPES[id(line)]


@cache
def _shapes_of(right: Source) -> Counter[str]:
    return Counter(shape(line, right) for line in lines(right))


def _written(source: Source) -> Iterator[Any]:
    """The numbers in a function, its defaults left aside."""
    for whole in source.wholes:
        for node in numbers_of(whole):
            if not any(isinstance(outer, ast.arguments) for outer in source.above(node)):
                yield node


@cache
def _brought_in(change: Change) -> tuple[set[float], set[str]]:
    """The numbers and the functions that a change of the solution brings into it."""
    new = change.new if isinstance(change.new, list) else [change.new]
    old = change.old if isinstance(change.old, list) else [change.old]
    names, before = ({name for part in parts for name, _ in _calls(part)} for parts in (new, old))
    return numbers_in(change.new) - numbers_in(change.old), names - before


@cache
def _introduced(slip: Slip) -> frozenset[tuple[str, bool]]:
    """The calls that a slip brings into the solution."""
    wrong = {*_calls(ast.parse(slip.text))}
    return frozenset(wrong - {*_calls(ast.parse(slip.before))})


def _calls(tree: ast.AST, *, looped: bool = False) -> list[tuple[str, bool]]:
    """The names of all functions that are called, and whether that is in a loop."""
    found = [(called(tree), looped)] if isinstance(tree, ast.Call) else []
    if isinstance(tree, ast.Name) and tree.id == "int":  # `dtype=int`
        found = [("int", looped)]
    looped = looped or isinstance(tree, (ast.For, ast.While))
    for below in ast.iter_child_nodes(tree):
        found += _calls(below, looped=looped)
    return found


def _is_whole(value: Any) -> bool:
    """Whether an argument holds whole numbers only."""
    try:
        return not callable(value) and np.asarray(value).dtype.kind == "i"
    except (ValueError, OverflowError):
        return False
