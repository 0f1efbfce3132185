"""Slips in the course of a function: a line too few, in another order, in or out of a loop."""

import ast
from collections.abc import Iterator
from itertools import islice, permutations

from autograder.diagnosis.edits.change import (
    Change,
    Operator,
    Scope,
    called,
    is_conversion,
    replaced,
)
from autograder.diagnosis.edits.pattern import Rule, expression

LOOP = "for I in R:\n LINES"
RULES = (
    Rule("LINE", "", 1, "without the line {LINE}"),
    Rule(
        "LINE\nreturn R",
        "early = R\nLINE\nreturn early",
        0,
        "when the result is computed before {LINE}, from the old value",
    ),
    Rule("LINE\nLINE2", "LINE2\nLINE", 1, "when {LINE2} comes before {LINE}"),
    Rule("LINE\nLINE2\nLINE3", "LINE2\nLINE3\nLINE", 3, "when {LINE} comes too late"),
    Rule(
        f"LINE\nLINES2\n{LOOP}",
        "LINE\nLINES2\nfor I in R:\n LINE\n LINES",
        0,
        "when {LINE} is done again in each round of the loop",
    ),
    Rule(
        f"{LOOP}\n LINE\n LINES2",
        f"{LOOP}\n LINES2\nLINE",
        1,
        "when {LINE} is done once, after the loop",
    ),
    *(Rule("range(N)", f"range({new})", 0) for new in ("N - 1", "N + 1", "1, N", "1, N + 1")),
    *(
        Rule(old, new, rank, f"with {{{new}}} in place of {{{old}}}")
        for old, other in (("A += B", "A -= B"), ("A -= B", "A += B"))
        for new, rank in ((other, 0), ("A = B", 1))
    ),
)


def once_for_all(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What is computed in each round of a loop, computed in the first round only."""
    if not isinstance(node, ast.FunctionDef):
        return
    for loop in (part for part in ast.walk(node) if isinstance(part, ast.For)):
        for call in (part for line in loop.body for part in ast.walk(line)):
            if isinstance(call, ast.Call) and called(call) and not is_conversion(call):
                name = ast.Constant(ast.unparse(call))
                pattern = "_kept[name] if name in _kept else _kept.setdefault(name, x)"
                kept = {id(call): expression(pattern, name=name, x=call)}
                new = [*ast.parse("_kept = {}").body, *replaced(node.body, kept)]
                form = "when {} is computed once, and used in every round of the loop"
                yield Change(node.body, new, 1, form, (call,))


def other_results(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Something else returned: a value on the way, parts in another order, only one part."""
    if not isinstance(node, ast.Return) or node.value is None:
        return
    value = node.value
    form = "when {} is returned, not {}"
    if isinstance(value, ast.Tuple):
        for part in value.elts:
            yield Change(value, part, 0, "when only {} is returned, not {}", (part, value))
        for turned in islice(permutations(value.elts), 1, None):
            new = ast.Tuple([*turned], ast.Load())
            yield Change(value, new, 0, form, (new, value))
    others: list[tuple[ast.expr, int]] = [
        (ast.Name(name, ast.Load()), 2) for name in dict.fromkeys(scope.locals)
    ]
    others += [(expression("x[-1]", x=value), 1)] if isinstance(value, ast.Name) else []
    others += [(part, 1) for part in ast.walk(value) if isinstance(part, (ast.BinOp, ast.Call))]
    for other, rank in others if not isinstance(value, ast.Constant) else ():
        if other is not value:
            yield Change(value, other, rank, form, (other, value))


OPERATORS: tuple[Operator, ...] = (
    *RULES,
    once_for_all,
    other_results,
)
