"""Slips in what an object keeps: forgotten, overwritten, renewed twice, corrected needlessly."""

import ast
from collections.abc import Iterator

from autograder.diagnosis.edits.change import Change, Operator, Scope
from autograder.diagnosis.edits.pattern import Rule

RULES = (
    # a look ahead
    Rule(
        "X = M * X + G\nreturn A - B * X",
        "X = M * X + G\nreturn A - B * (M * X + G)",
        1,
        "when {M * X + G} is applied twice, once to what is kept and once more in the result",
    ),
    Rule(
        "X = S * X + (1 - S) * G\nreturn W - A / (np.sqrt(X) + E)",
        "X = S * X + (1 - S) * G\n"
        "self._count = getattr(self, '_count', 0) + 1\n"
        "return W - A / (np.sqrt(X / (1 - S ** self._count)) + E)",
        2,
        "when {X} is divided by 1 - {S} to the number of updates, to correct its start",
    ),
)


def forgotten_state(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What an object should keep starts again at each call."""
    if not isinstance(node, ast.ClassDef):
        return
    starts, methods = _starts_and_methods(node)
    for method in methods:
        for line in starts:
            form = "when {} starts from {} again at each call: keep it on the object"
            parts = (line.targets[0], line.value)
            count = isinstance(line.value, ast.Constant) and type(line.value.value) is int
            yield Change(method.body, [line, *method.body], 1 if count else 0, form, parts)
        if len(starts) > 1:
            form = "when nothing is kept from one call to the next"
            yield Change(method.body, [*starts, *method.body], 0, form)


def overwritten_state(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value on the way to the result is kept instead of what should be kept."""
    if not isinstance(node, ast.ClassDef):
        return
    starts, methods = _starts_and_methods(node)
    states = {ast.unparse(line.targets[0]) for line in starts}
    for method in methods:
        kept: list[ast.Assign] = []
        for place, line in enumerate(method.body):
            if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
                continue
            used = [part for part in ast.walk(line.value) if isinstance(part, ast.Attribute)]
            for state in [part for part in used if ast.unparse(part) in states][:1]:
                target = ast.Attribute(state.value, state.attr, ast.Store())
                kept.append(ast.Assign([target], ast.Name(line.targets[0].id, ast.Load())))
                new = [*method.body[: place + 1], kept[-1], *method.body[place + 1 :]]
                form = "when {} is kept in place of {}: compute it again, and keep the other"
                yield Change(method.body, new, 1, form, (line.targets[0], state))
        if len(kept) > 1:
            new = [*method.body[:-1], *kept, method.body[-1]]
            names = ", ".join(f"`{ast.unparse(line.value)}`" for line in kept)
            form = f"when {names} are kept for the next call: keep what they are computed from"
            yield Change(method.body, new, 1, form)


def _starts_and_methods(node: ast.ClassDef) -> tuple[list[ast.Assign], list[ast.FunctionDef]]:
    """The lines of the constructor that set something to a number, and all other methods."""
    first, *methods = (method for method in node.body if isinstance(method, ast.FunctionDef))
    assigned = [line for line in first.body if isinstance(line, ast.Assign)]
    return [line for line in assigned if isinstance(line.value, ast.Constant)], methods


OPERATORS: tuple[Operator, ...] = (
    *RULES,
    forgotten_state,
    overwritten_state,
)
