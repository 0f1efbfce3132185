"""Slips as rules: a pattern of a solution, what is there after the slip, and the words for it.

Names in capitals are gaps. `CALL…` holds a call, `NAME…` a name, `LINE…` a line that does more
than to make an array of an argument, `LINES…` as many lines as there are, and any other an
expression. A gap that occurs twice holds the same twice.
"""

import ast
import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from autograder.diagnosis.edits.change import (
    Change,
    Scope,
    is_conversion,
    is_docstring,
    locate,
    replaced,
)

Gaps = dict[str, Any]  # what is in each gap
KINDS = {"CALL": ast.Call, "NAME": ast.Name}
ASIDE = ("ctx", "type_comment", "kind")  # fields that make no difference
BODIES = (ast.FunctionDef, ast.For, ast.If, ast.While)
INSTEAD = "with {NEW} in place of {OLD}"


@dataclass(frozen=True)
class Rule:
    """A slip in one place, an expression or some lines that follow one another: see `Change`.

    In the braces of its form are expressions with gaps; `OLD` and `NEW` are the whole.
    """

    old: str
    new: str
    rank: int
    form: str = INSTEAD

    @cached_property
    def roots(self) -> tuple[type, ...]:
        """The kinds of nodes that it can change."""
        first, *more = _parsed(self.old)
        if more or not isinstance(first, ast.Expr) or _gap_for_lines(first):
            return BODIES
        return (type(first.value),)

    def __call__(self, node: ast.AST, scope: Scope) -> Iterator[Change]:
        """The changes that it makes of a node, or of lines in it."""
        lines = _parsed(self.old)
        if self.roots is not BODIES:
            for gaps in matches(_part(lines), node, {}):
                new = _part(filled(self.new, gaps))
                yield self._change(node, new, gaps | {"OLD": node, "NEW": new})
            return
        body: Any = getattr(node, "body", None)
        for start in range(len(body)) if isinstance(node, BODIES) else ():
            for gaps, end in _windows(lines, body, start, {}):
                after = [*body[:start], *filled(self.new, gaps), *body[end:]]
                if after and all(getattr(line, "body", True) for line in after):
                    yield self._change(body, after, gaps)

    def _change(self, old: Any, new: Any, gaps: Gaps) -> Change:
        return Change(old, new, self.rank, *worded(self.form, gaps))


@dataclass(frozen=True)
class Together:
    """A slip that shows in several places of a function at once.

    Each of its patterns, of expressions or single lines, is in one place, or the only one in two.
    Gaps of one pattern are filled in the next as well. In the form, each gap is followed by the
    number of the place, as in `{OLD0}`.
    """

    pairs: Mapping[str, str]
    rank: int
    form: str
    roots = (ast.FunctionDef,)

    def __call__(self, node: ast.AST, scope: Scope) -> Iterator[Change]:
        """The change that it makes of a function."""
        assert isinstance(node, ast.FunctionDef)
        shared: Gaps = {}
        found: list[tuple[ast.AST, str, Gaps]] = []
        for old, new in self.pairs.items():
            pattern = _part(_parsed(old))
            here = [
                (part, new, gaps)
                for part in ast.walk(node)
                for gaps in matches(pattern, part, shared)
            ]
            if len(here) != (2 if len(self.pairs) == 1 else 1):
                return
            found += here
            shared = here[0][2]
        parts: dict[int, Any] = {}
        words: Gaps = {}
        for place, (part, new, gaps) in enumerate(found):
            parts[id(part)] = _part(filled(new, shared | gaps))
            words |= {f"{name}{place}": gap for name, gap in (gaps | {"OLD": part}).items()}
        body = replaced(node.body, parts)
        yield Change(node.body, body, self.rank, *worded(self.form, words))


def matches(pattern: Any, value: Any, gaps: Gaps) -> Iterator[Gaps]:
    """All ways to fill the gaps of a pattern so that it is a part of a solution."""
    if isinstance(pattern, ast.Name) and pattern.id.isupper():
        kinds = [kind for name, kind in KINDS.items() if pattern.id.startswith(name)]
        seen = gaps.get(pattern.id, value)
        fits = isinstance(value, tuple(kinds) or ast.expr)
        if fits and (seen is value or ast.unparse(seen) == ast.unparse(value)):
            yield gaps | {pattern.id: value}
    elif isinstance(pattern, list) and isinstance(value, list):
        yield from (found for found, end in _windows(pattern, value, 0, gaps) if end == len(value))
    elif isinstance(pattern, ast.AST) and type(pattern) is type(value):
        fields = [name for name in pattern._fields if name not in ASIDE]
        mine, theirs = ([getattr(whole, name) for name in fields] for whole in (pattern, value))
        yield from (found for found, _ in _windows(mine, theirs, 0, gaps))
    elif type(pattern) is type(value) and pattern == value:
        yield gaps


def _windows(
    pattern: Sequence[Any], values: Sequence[Any], start: int, gaps: Gaps
) -> Iterator[tuple[Gaps, int]]:
    """All ways in which values from a place on have the form of a pattern, with their ends."""
    if not pattern:
        yield gaps, start
        return
    first, *others = pattern
    gap = _gap_for_lines(first)
    if gap.startswith("LINES"):
        for end in range(start, len(values) + 1):
            yield from _windows(others, values, end, gaps | {gap: values[start:end]})
    elif start < len(values):
        value = values[start]
        fits = [gaps | {gap: value}] if gap and _does_something(value) else []
        for found in fits if gap else matches(first, value, gaps):
            yield from _windows(others, values, start + 1, found)


def _gap_for_lines(node: Any) -> str:
    """The name of a gap for a line or for several, or nothing."""
    inner = node.value if isinstance(node, ast.Expr) else None
    return inner.id if isinstance(inner, ast.Name) and inner.id.startswith("LINE") else ""


def _does_something(line: ast.stmt) -> bool:
    if not isinstance(line, (ast.Assign, ast.AugAssign, ast.Expr)) or is_docstring(line):
        return False
    value = line.value
    return not (
        isinstance(value, ast.Call) and is_conversion(value) and isinstance(value.args[0], ast.Name)
    )


def _part(lines: Sequence[Any]) -> Any:
    """An expression, or another line, that is the whole of a pattern."""
    (line,) = lines
    return line.value if isinstance(line, ast.Expr) else line


@cache
def _parsed(text: str) -> tuple[ast.stmt, ...]:
    return tuple(ast.parse(text).body)


def filled(text: str, gaps: Gaps) -> list[ast.stmt]:
    """The lines of a pattern with their gaps filled."""

    class Filled(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            part = gaps.get(node.id, node)
            locate(part)
            if type(getattr(part, "ctx", node.ctx)) is not type(node.ctx):
                part = copy.copy(part)
                part.ctx = node.ctx
            return part

        def visit_Expr(self, node: ast.Expr) -> Any:
            return gaps[_gap_for_lines(node)] if _gap_for_lines(node) else self.generic_visit(node)

    module: ast.Module = Filled().visit(ast.parse(text))
    return module.body


def expression(text: str, **parts: ast.expr) -> ast.expr:
    """An expression from a pattern, with names in it replaced by expressions."""
    made: ast.expr = _part(filled(text, parts))
    return made


def worded(form: str, gaps: Gaps) -> tuple[str, tuple[ast.AST, ...]]:
    """A clause with empty braces, and what is to be in them."""
    inside = re.compile(r"\{([^{}]+)\}")
    parts = [_part(filled(text, gaps)) for text in inside.findall(form)]
    return inside.sub("{}", form), tuple(parts)
