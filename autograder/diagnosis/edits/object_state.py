"""Slips in what an object keeps: renewed once too often, or corrected where it should not be."""

import ast
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.change import Change, Scope, expression
from autograder.diagnosis.edits.replacement import Part, replaced


def renewed_twice(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A memory renewed once more in the result than it is kept: a look ahead."""
    if not isinstance(node, ast.FunctionDef) or not isinstance(node.body[-1], ast.Return):
        return
    last = node.body[-1]
    for line in node.body[:-1]:
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Attribute):
            continue
        memory = ast.unparse(line.targets[0])
        uses = [each for each in ast.walk(last) if _reads(each, memory)]
        if uses and any(_reads(each, memory) for each in ast.walk(line.value)):
            new = replaced(node.body, {id(each): line.value for each in uses})
            form = "when {} is applied twice, once to what is kept and once more in the result"
            yield Change(node.body, new, 1, form, (line.value,))


def corrected_memories(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A moving mean divided by what it lacks at its start, where it should be used as it is."""
    if not isinstance(node, ast.FunctionDef) or "self.updates" in ast.unparse(node):
        return
    for place, line in enumerate(node.body):
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Attribute):
            continue
        memory, share = ast.unparse(line.targets[0]), _share(line.value)
        after = node.body[place + 1 :]
        uses = [each for tail in after for each in ast.walk(tail) if _reads(each, memory)]
        if share is None or not uses:
            continue
        count = ast.parse("self._count = getattr(self, '_count', 0) + 1").body
        pattern = "m / (1 - s ** self._count)"
        parts: dict[int, Part] = {
            id(each): expression(pattern, m=each, s=share)
            for each in uses
            if isinstance(each, ast.Attribute)
        }
        new = [*node.body[: place + 1], *count, *replaced(after, parts)]
        form = "when {} is divided by 1 - {} to the number of updates, to correct its start"
        yield Change(node.body, new, 2, form, (uses[0], share))


def _reads(node: ast.AST, memory: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and ast.unparse(node) == memory
    )


def _share(value: ast.expr) -> ast.expr | None:
    """The share a in a·x + (1 − a)·y."""
    if isinstance(value, ast.BinOp) and isinstance(value.left, ast.BinOp):
        share = value.left.left
        if f"1 - {ast.unparse(share)}" in ast.unparse(value.right):
            return share
    return None


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    renewed_twice,
    corrected_memories,
)
