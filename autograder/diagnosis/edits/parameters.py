"""Slips in what a function takes in and an object keeps: parameters mistaken, memory lost."""

import ast
import copy
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.change import COUNTS, Change, Scope, countable
from autograder.diagnosis.edits.statements import is_docstring

# What may have been done to a parameter before anything else, and what to call it.
TREATED = (
    ("np.zeros_like({0}, dtype=float)", "{} is never used: it counts as 0", 1),
    ("np.abs({0})", "the sign of {} is lost", 2),
    ("np.sign({0})", "the sign alone of {} counts", 2),
    ("-np.asarray({0}, dtype=float)", "{} has the opposite sign", 2),
    ("np.asarray({0}, dtype=float).T", "{} is transposed", 2),
    ("np.asarray({0}, dtype=float)[:, np.newaxis]", "{} is put up as a column", 2),
    ("{0} / np.linalg.norm({0})", "{} is brought to length 1", 2),
    ("{0} + 1", "{} is one larger", 2),
    ("{0} - 1", "{} is one smaller", 2),
    ("np.asarray({0}, dtype=np.float32)", "{} is kept in single precision, some 7 digits", 3),
    ("np.asarray({0}, dtype=int)", "{} is cut to whole numbers", 3),
    ("np.asarray({0}, dtype=float)[::-1]", "{} is taken in reverse order", 3),
    ("np.clip({0}, -500, 500)", "{} is clipped, so that all large values count alike", 3),
    ("np.clip({0}, -100, 100)", "{} is clipped, so that all large values count alike", 3),
    ("np.clip({0}, -30, 30)", "{} is clipped, so that all large values count alike", 3),
    ("np.clip({0}, -10, 10)", "{} is clipped, so that all large values count alike", 3),
    ("np.clip({0}, -1, 1)", "{} is clipped, so that all large values count alike", 3),
)

TREATED_COUNTS = (
    ("0", "{} is never used: it counts as 0", 1),
    ("{0} + 1", "{} is one larger", 2),
    ("{0} - 1", "{} is one smaller", 2),
)


def unused_parameters(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A parameter that has no effect: its default, or nothing, always counts."""
    if not isinstance(node, ast.FunctionDef):
        return
    head, body, names = _parts(node)
    for name in names:
        default = scope.parameters.get(name)
        if default is not None:
            fixed = ast.Assign([ast.Name(name, ast.Store())], default)
            form = f"when the argument `{name}` has no effect, and {{}} always stands in its place"
            yield Change(node.body, [*head, fixed, *body], 0, form, (default,))


def swapped_parameters(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two parameters that have changed places."""
    if not isinstance(node, ast.FunctionDef):
        return
    head, body, names = _parts(node)
    for first, one in enumerate(names):
        for other in filter(countable, names[first + 1 :]):
            turned = ast.parse(f"{one}, {other} = {other}, {one}").body
            form = f"when `{one}` and `{other}` have changed places"
            yield Change(node.body, [*head, *turned, *body], 1, form)


def treated_parameters(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A parameter changed before it is used."""
    if not isinstance(node, ast.FunctionDef):
        return
    head, body, names = _parts(node)
    for name in names:
        for pattern, what, rank in TREATED_COUNTS if name in COUNTS else TREATED:
            treated = ast.parse(f"{name} = {pattern.format(name)}").body
            form = f"when {what.format(f'`{name}`')}"
            yield Change(node.body, [*head, *treated, *body], rank, form)


def forgotten_memory(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What an object should keep starts again at each call."""
    if not isinstance(node, ast.ClassDef):
        return
    starts = _starts(node)
    for method in _methods(node):
        for line in starts:
            form = "when {} starts from {} again at each call: keep it on the object"
            parts = (line.targets[0], line.value)
            count = isinstance(line.value, ast.Constant) and type(line.value.value) is int
            yield Change(method.body, [line, *method.body], 1 if count else 0, form, parts)
        if len(starts) > 1:
            form = "when nothing is kept from one call to the next"
            yield Change(method.body, [*starts, *method.body], 0, form)


def overwritten_memory(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value on the way to the result is kept in the place of what should be kept."""
    if not isinstance(node, ast.ClassDef):
        return
    memories = {ast.unparse(line.targets[0]) for line in _starts(node)}
    for method in _methods(node):
        kept: list[ast.stmt] = []
        for place, line in enumerate(method.body):
            if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
                continue
            used = [each for each in ast.walk(line.value) if isinstance(each, ast.Attribute)]
            for memory in [each for each in used if ast.unparse(each) in memories][:1]:
                target = ast.Attribute(memory.value, memory.attr, ast.Store())
                keep = ast.Assign([target], ast.Name(line.targets[0].id, ast.Load()))
                kept.append(keep)
                new = [*method.body[: place + 1], keep, *method.body[place + 1 :]]
                form = "when {} is kept in place of {}: compute it anew, and keep the other"
                yield Change(method.body, new, 1, form, (line.targets[0], memory))
        if len(kept) > 1:
            new = [*method.body[:-1], *kept, method.body[-1]]
            names = ", ".join(f"`{ast.unparse(each.value)}`" for each in kept)  # type: ignore[attr-defined]
            form = f"when {names} are kept for the next call: keep what they are computed from"
            yield Change(method.body, new, 1, form)


def _parts(node: ast.FunctionDef) -> tuple[list[ast.stmt], list[ast.stmt], list[str]]:
    """The docstring, the lines after it and the names of the parameters."""
    start = 1 if is_docstring(node.body[0]) else 0
    names = [each.arg for each in node.args.args if each.arg != "self"]
    return node.body[:start], copy.copy(node.body[start:]), names


def _starts(node: ast.ClassDef) -> list[ast.Assign]:
    """The lines of the constructor that set something to a number."""
    first = next(each for each in node.body if isinstance(each, ast.FunctionDef))
    return [
        line
        for line in first.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
    ]


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """All methods but the constructor."""
    return [each for each in node.body if isinstance(each, ast.FunctionDef)][1:]


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    unused_parameters,
    swapped_parameters,
    treated_parameters,
    forgotten_memory,
    overwritten_memory,
)
