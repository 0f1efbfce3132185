"""Slips in what a function takes in: parameters unused, exchanged, or changed before use."""

import ast
from collections.abc import Iterator
from itertools import combinations

from autograder.diagnosis.edits.change import (
    COUNTS,
    Change,
    Operator,
    Scope,
    countable,
    is_docstring,
)

CLIPPED = "{} is clipped, so that all large values count the same"
# What may have been done to a parameter before anything else, and what to call it.
TREATED = (
    ("np.zeros_like({0}, dtype=float)", "{} is never used: it counts as 0", 1),
    ("np.abs({0})", "the sign of {} is lost", 2),
    ("np.sign({0})", "only the sign of {} counts", 2),
    ("-np.asarray({0}, dtype=float)", "{} has the opposite sign", 2),
    ("np.asarray({0}, dtype=float).T", "{} is transposed", 2),
    ("np.asarray({0}, dtype=float)[:, np.newaxis]", "{} is put up as a column", 2),
    ("{0} / np.linalg.norm({0})", "{} is brought to length 1", 2),
    ("{0} + 1", "{} is one larger", 2),
    ("{0} - 1", "{} is one smaller", 2),
    ("np.asarray({0}, dtype=np.float32)", "{} is kept in single precision, some 7 digits", 3),
    ("np.asarray({0}, dtype=int)", "{} is cut to whole numbers", 3),
    ("np.asarray({0}, dtype=float)[::-1]", "{} is taken in reverse order", 3),
    *((f"np.clip({{0}}, -{most}, {most})", CLIPPED, 3) for most in (500, 100, 30, 10, 1)),
)

TREATED_COUNTS = (
    ("0", *TREATED[0][1:]),
    *(treated for treated in TREATED if treated[0][-1] == "1"),
)


def mistaken_parameters(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A line before all others that takes away, exchanges or changes a parameter."""
    if not isinstance(node, ast.FunctionDef):
        return
    start = 1 if is_docstring(node.body[0]) else 0
    names = [parameter.arg for parameter in node.args.args if parameter.arg != "self"]

    def begun(line: str, rank: int, form: str, *parts: ast.AST) -> Change:
        body = [*node.body[:start], *ast.parse(line).body, *node.body[start:]]
        return Change(node.body, body, rank, form, parts)

    for name in names:
        default = scope.parameters.get(name)
        if default is not None:
            form = f"when the argument `{name}` has no effect, and {{}} is always used instead"
            yield begun(f"{name} = {ast.unparse(default)}", 0, form, default)
    for first, second in combinations(names, 2):
        if countable(second):
            form = f"when `{first}` and `{second}` have changed places"
            yield begun(f"{first}, {second} = {second}, {first}", 1, form)
    for name in names:
        for pattern, what, rank in TREATED_COUNTS if name in COUNTS else TREATED:
            form = f"when {what.format(f'`{name}`')}"
            yield begun(f"{name} = {pattern.format(name)}", rank, form)


OPERATORS: tuple[Operator, ...] = (mistaken_parameters,)
