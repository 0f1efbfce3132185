"""Slips around a call: another function, another axis, an argument too few or in another place."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from autograder.diagnosis.edits.argument_formulas import FORMULAS
from autograder.diagnosis.edits.change import (
    Change,
    Operator,
    Scope,
    called,
    countable,
    instead,
    is_conversion,
    replaced,
)
from autograder.diagnosis.edits.pattern import Rule, expression

AXES = ("0", "1", "-1", "None")
COPIES = ("np.array", "np.asarray")


WHOLE = "when {A} stays an array of whole numbers where it holds whole numbers: make it float"
SHARED = "when no copy of {A} is made before it changes"
CONVERSIONS = (
    *(Rule(f"{name}(A, dtype=float)", f"{name}(A)", 1, WHOLE) for name in COPIES),
    *(
        Rule(f"np.array(A{d})", "np.asarray(A, dtype=float)", 2, SHARED)
        for d in (", dtype=float", "")
    ),
)


def other_functions(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A sibling of the function that is asked for."""
    name = called(node)
    if name not in FORMULAS or not isinstance(node, ast.Call):
        return
    arguments = node.args
    if name.startswith(".") and isinstance(node.func, ast.Attribute):
        arguments = [node.func.value, *arguments]
    parts = dict(zip("xyz", arguments, strict=False))
    for pattern, rank in FORMULAS[name]:
        if not _letters(pattern) <= parts.keys():
            continue
        new = expression(pattern, **parts)
        if isinstance(new, ast.Call) and not (new.keywords or new in arguments):
            new = ast.Call(new.func, new.args, node.keywords)
        yield instead(node, new, rank)


def other_axes(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Another axis, or none, and a dimension that is not kept."""
    if not isinstance(node, ast.Call):
        return
    for position, keyword in enumerate(node.keywords):
        others = [*node.keywords[:position], *node.keywords[position + 1 :]]
        if keyword.arg == "axis":
            old = ast.unparse(keyword.value)
            for axis in AXES:
                given = ast.keyword("axis", ast.parse(axis, mode="eval").body)
                new = ast.Call(node.func, node.args, [given, *others])
                form = f"with `axis={axis}` in place of `axis={old}` in {{}}"
                if axis != old:
                    yield Change(node, new, 0, form, (node,))
        elif not is_conversion(node):
            new = ast.Call(node.func, node.args, others)
            left_out = f"when `{ast.unparse(keyword)}` is left out of {{}}"
            yield Change(node, new, 1, left_out, (node,))


def other_axes_everywhere(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Another axis, or none, in all calls of a function at once."""
    if not isinstance(node, ast.FunctionDef):
        return
    axes = [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.keyword) and part.arg == "axis"
    ]
    old = {ast.unparse(axis_value) for axis_value in axes}
    for axis in AXES if len(old) == 1 else ():
        if axis not in old:
            new = ast.parse(axis, mode="eval").body
            body = replaced(node.body, {id(axis_value): new for axis_value in axes})
            form = f"with `axis={axis}` in place of `axis={min(old)}` in every call"
            yield Change(node.body, body, 1, form)


def swapped_arguments(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two arguments of a call that have changed places."""
    if not isinstance(node, ast.Call) or not _is_plain(node):
        return
    for first, (left, right) in enumerate(pairwise(node.args)):
        if countable(ast.unparse(left)) and countable(ast.unparse(right)):
            turned = [*node.args[:first], right, left, *node.args[first + 2 :]]
            new = ast.Call(node.func, turned, node.keywords)
            yield instead(node, new, 0, ": the arguments have changed places")


def missing_arguments(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """An argument that is not handed on, so that its default counts."""
    if not isinstance(node, ast.Call) or not _is_plain(node) or called(node) in FORMULAS:
        return
    for place in range(1, len(node.args)):
        after = node.args[place + 1 :]
        if all(isinstance(part, ast.Name) for part in after):
            named = [ast.keyword(part.id, part) for part in after if isinstance(part, ast.Name)]
            new = ast.Call(node.func, node.args[:place], [*named, *node.keywords])
            form = "when {} is not handed on in {}"
            yield Change(node, new, 0, form, (node.args[place], node))


def other_arguments(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value from elsewhere handed on: another name, or what a call on the way was given."""
    if not isinstance(node, ast.Call) or not _is_plain(node) or called(node) in FORMULAS:
        return
    given = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
    for place, argument in enumerate(node.args):
        others: list[ast.expr] = []
        if isinstance(argument, ast.Name):
            names = scope.tools if argument.id in scope.tools else scope.names()
            others = [ast.Name(n, ast.Load()) for n in sorted(names) if n not in given]
        elif isinstance(argument, ast.Call) and not is_conversion(argument):
            others = [name for name in argument.args if isinstance(name, ast.Name)]
        for other in others:
            arguments = [*node.args[:place], other, *node.args[place + 1 :]]
            rank = 3 if isinstance(argument, ast.Name) else 1
            yield instead(node, ast.Call(node.func, arguments, node.keywords), rank)


def _is_plain(node: ast.Call) -> bool:
    """Whether a call is of something with arguments that have an order."""
    starred = any(isinstance(argument, ast.Starred) for argument in node.args)
    return not starred and called(node) not in (*COPIES, "range", "")


def _letters(pattern: str) -> set[str]:
    names = ast.walk(ast.parse(pattern, mode="eval"))
    return {name.id for name in names if isinstance(name, ast.Name)} & set("xyz")


OPERATORS: tuple[Operator, ...] = (
    other_functions,
    other_axes,
    other_axes_everywhere,
    swapped_arguments,
    missing_arguments,
    other_arguments,
    *CONVERSIONS,
)
