"""Slips in the course of a function: a line too few, in another order, in or out of a loop."""

import ast
import copy
from collections.abc import Callable, Iterator
from itertools import pairwise

from autograder.diagnosis.edits.arithmetic import instead
from autograder.diagnosis.edits.change import Change, Scope, called, expression, is_conversion

Body = list[ast.stmt]
EARLY = "_early"


def missing_lines(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A line left out."""
    body = body_of(node)
    for place, line in enumerate(body):
        if len(body) == 1 or not isinstance(line, (ast.Assign, ast.AugAssign, ast.Expr)):
            continue
        if not is_docstring(line) and not is_conversion(line.value):
            without = [*body[:place], *body[place + 1 :]]
            yield Change(body, without, 1, "without the line {}", (line,))


def other_order(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two lines in the other order, and a result computed before the memory is renewed."""
    body = body_of(node)
    for place, (line, following) in enumerate(pairwise(body)):
        if is_docstring(line) or not isinstance(line, (ast.Assign, ast.AugAssign, ast.Expr)):
            continue
        start, end = body[:place], body[place + 2 :]
        if is_conversion(line.value) or (
            isinstance(following, ast.Assign) and is_conversion(following.value)
        ):
            continue
        if isinstance(following, ast.Return) and following.value is not None:
            early: Body = [
                ast.Assign([ast.Name(EARLY, ast.Store())], following.value),
                line,
                ast.Return(ast.Name(EARLY, ast.Load())),
            ]
            form = "when the result is computed before {}, from the old value"
            yield Change(body, [*start, *early], 0, form, (line,))
        elif isinstance(following, (ast.Assign, ast.AugAssign, ast.Expr, ast.If)):
            what = following.test if isinstance(following, ast.If) else following
            turned = [*start, following, line, *end]
            yield Change(body, turned, 1, "when {} comes before {}", (what, line))
            if place + 2 < len(body) and isinstance(body[place + 2], (ast.If, ast.Assign)):
                later = [*start, following, body[place + 2], line, *body[place + 3 :]]
                yield Change(body, later, 3, "when {} comes too late", (line,))
    if isinstance(node, ast.For) and len(body) > 1:
        first_last = [body[-1], *body[:-1]]
        yield Change(body, first_last, 1, "when {} comes first in each round", (body[-1],))


def inside_the_loop(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A line before or behind a loop done in each round, or one of the loop done once."""
    body = body_of(node)
    for place, loop in enumerate(body):
        if not isinstance(loop, ast.For):
            continue
        start, end = body[:place], body[place + 1 :]
        for before, line in enumerate(start):
            if isinstance(line, ast.Assign) and not is_conversion(line.value):
                inside = ast.For(loop.target, loop.iter, [line, *loop.body], loop.orelse)
                new = [*start[:before], line, *start[before + 1 :], inside, *end]
                form = "when {} is done anew in each round of the loop"
                yield Change(body, new, 0, form, (line,))
        if end and isinstance(end[0], (ast.Assign, ast.AugAssign, ast.Expr)):
            inside = ast.For(loop.target, loop.iter, [*loop.body, end[0]], loop.orelse)
            new = [*start, inside, *end[1:]]
            yield Change(body, new, 0, "when {} is done inside the inner loop", (end[0],))
        for first, line in enumerate(loop.body):
            if len(loop.body) > 1 and isinstance(line, (ast.Assign, ast.AugAssign, ast.Expr)):
                rest = [*loop.body[:first], *loop.body[first + 1 :]]
                without = ast.For(loop.target, loop.iter, rest, loop.orelse)
                once = "when {} is done once, before the loop"
                yield Change(body, [*start, line, without, *end], 1, once, (line,))
                once = "when {} is done once, after the loop"
                yield Change(body, [*start, without, line, *end], 1, once, (line,))


def once_for_all(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What is computed in each round of a loop, computed in the first round only."""
    if not isinstance(node, ast.FunctionDef):
        return
    for loop in (each for each in ast.walk(node) if isinstance(each, ast.For)):
        for call in (each for line in loop.body for each in ast.walk(line)):
            if isinstance(call, ast.Call) and called(call) and not is_conversion(call):
                name = ast.Constant(ast.unparse(call))
                pattern = "_kept[name] if name in _kept else _kept.setdefault(name, x)"
                kept = expression(pattern, name=name, x=call)
                body = copy.deepcopy(node.body, {id(call): kept})
                new = [*ast.parse("_kept = {}").body, *body]
                form = "when {} is computed once, and used in every round of the loop"
                yield Change(node.body, new, 1, form, (call,))


def other_ranges(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A loop with one round more or less, or that starts at 1."""
    if isinstance(node, ast.Call) and called(node) == "range" and len(node.args) == 1:
        for pattern in ("range(n - 1)", "range(n + 1)", "range(1, n)", "range(1, n + 1)"):
            yield instead(node, expression(pattern, n=node.args[0]), 0)


def other_results(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Something else returned: a value on the way, parts in another order, one part alone."""
    if not isinstance(node, ast.Return) or node.value is None:
        return
    value = node.value
    form = "when {} is returned, not {}"
    if isinstance(value, ast.Tuple):
        parts = value.elts
        for one, part in enumerate(parts):
            yield Change(value, part, 0, "when {} alone is returned, not {}", (part, value))
            for other in range(one + 1, len(parts)):
                turned = [*parts]
                turned[one], turned[other] = turned[other], turned[one]
                yield Change(value, ast.Tuple(turned, ast.Load()), 0, form, (
                    ast.Tuple(turned, ast.Load()), value))  # fmt: skip
        for turns in range(1, len(parts)):
            turned = [*parts[turns:], *parts[:turns]]
            yield Change(value, ast.Tuple(turned, ast.Load()), 0, form, (
                ast.Tuple(turned, ast.Load()), value))  # fmt: skip
    if isinstance(value, ast.Constant):
        return
    for name in dict.fromkeys(scope.locals):
        local = ast.Name(name, ast.Load())
        yield Change(value, local, 2, form, (local, value))
    if isinstance(value, ast.Name):
        last = expression("x[-1]", x=value)
        yield Change(value, last, 1, form, (last, value))
    for inner in ast.walk(value):
        if isinstance(inner, (ast.BinOp, ast.Call)) and inner is not value:
            yield Change(value, inner, 1, form, (inner, value))


def other_renewals(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A variable replaced where it is added to, or moved the other way."""
    if not isinstance(node, ast.AugAssign):
        return
    form = "with {} in place of {}"
    for op in (ast.Add(), ast.Sub()):
        if type(op) is not type(node.op):
            new = ast.AugAssign(node.target, op, node.value)
            yield Change(node, new, 0, form, (new, node))
    replaced = ast.Assign([node.target], node.value)
    yield Change(node, replaced, 1, form, (replaced, node))


def body_of(node: ast.AST) -> Body:
    """The lines of a function or a loop; none of anything else."""
    return node.body if isinstance(node, (ast.FunctionDef, ast.For, ast.If)) else []


def is_docstring(line: ast.stmt) -> bool:
    """Whether a line is a string alone."""
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    missing_lines,
    other_order,
    inside_the_loop,
    once_for_all,
    other_ranges,
    other_results,
    other_renewals,
)
