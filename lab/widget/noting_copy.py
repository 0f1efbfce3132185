"""Copies of the learner's functions that take notes: of the lines that run, of the variables.

Where the text of a function is to be had, it is compiled once more with calls put in. Tracing would
do the same, but does not go together with exceptions from other threads: once `TimeLimit` has sent
one, Python 3.11 hangs in a tracer.
"""

import ast
import inspect
import linecache
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Function = Callable[..., Any]


class Text(NamedTuple):
    """The text of a function: its file, its lines, the number of the first, and its tree."""

    file: str
    lines: list[str]
    first: int
    tree: ast.FunctionDef


def text_of(function: Function) -> Text | None:
    """The text of a function, None where it is not to be had or cannot be compiled by itself.

    Examples
    --------
    >>> text_of(len) is None
    True
    """
    try:
        file = inspect.getsourcefile(function) or ""
        linecache.checkcache(file)
        lines, first = inspect.getsourcelines(function)
        (tree,) = ast.parse(textwrap.dedent("".join(lines))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    if not isinstance(tree, ast.FunctionDef) or function.__code__.co_freevars:
        return None
    ast.increment_lineno(tree, first - 1)
    return Text(file, lines, first, tree)


def _compiled(function: Function, text: Text, note: Callable[..., None]) -> Function:
    """The function as its tree is now, in which ``_note`` is `note`."""
    (outer,) = ast.parse(f"def _made(_note):\n    return {text.tree.name}").body
    assert isinstance(outer, ast.FunctionDef)
    outer.body.insert(0, text.tree)
    made: dict[str, Any] = {}
    whole = ast.fix_missing_locations(ast.Module([outer], []))
    exec(compile(whole, text.file, "exec"), function.__globals__, made)  # noqa: S102 - the learner's own function, which runs anyway
    copy: Function = made["_made"](note)
    return copy


class Watched:
    """A function of the learner's, and which of its lines have run."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self._ran: set[int] = set()
        self._text = text_of(function)
        self._hidden = range(0)  # the docstring
        if self._text:
            body = self._text.tree.body
            if ast.get_docstring(self._text.tree):
                self._hidden = range(body[0].lineno, (body[0].end_lineno or 0) + 1)
            for node in ast.walk(self._text.tree):
                for name in ("body", "orelse", "finalbody"):
                    found = getattr(node, name, None)
                    if isinstance(found, list) and not isinstance(node, ast.Lambda):
                        setattr(node, name, [part for step in found for part in _noted(step)])
            self.function = _compiled(function, self._text, self._ran.add)

    def code(self) -> dict[str, Any] | None:
        """File, and number, text and whether it ran of each line; without the docstring."""
        if not self._ran or not self._text:
            return None
        file, lines, first, _ = self._text
        numbered = enumerate(textwrap.dedent("".join(lines)).splitlines(), start=first)
        shown = [
            (number, line.split("  #")[0], number == first or number in self._ran)
            for number, line in numbered
            if number not in self._hidden
        ]
        return {"file": f"{Path(file).parent.name}/{Path(file).name}", "lines": shown}


def _noted(statement: ast.stmt) -> tuple[ast.stmt, ast.stmt]:
    """A statement behind a note of its line."""
    note = ast.parse(f"_note({statement.lineno})").body[0]
    return ast.copy_location(note, statement), statement


def variables(function: Function, run: Callable[[Function], Any]) -> dict[str, Any]:
    """What a function's variables hold when it returns; empty where its text is not to be had.

    Parameters
    ----------
    function : callable
        The learner's. Of its parameters, those count that it changes.
    run : callable
        Calls the copy that it is given.
    """
    text = text_of(function)
    if text is None:
        return {}
    names = [node for node in ast.walk(text.tree) if isinstance(node, ast.Name)]
    changed = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    held: dict[str, Any] = {}
    _Telling().generic_visit(text.tree)
    run(_compiled(function, text, held.update))
    left_out = {"_note", *inspect.signature(function).parameters} - changed
    return {name: value for name, value in held.items() if name not in left_out}


class _Telling(ast.NodeTransformer):
    """Puts ``_note(locals())`` before each return of a function, not of those inside it."""

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:
        return [*ast.parse("_note(locals())").body, node]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return node
