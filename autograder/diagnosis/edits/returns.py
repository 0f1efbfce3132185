"""Slips in what is handed on: a result computed too late, a value unused, copies that are one."""

import ast
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.change import Change, Scope, called, expression, is_conversion


def computed_at_the_end(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What is returned computed at the end, from what has changed since."""
    if not isinstance(node, ast.FunctionDef) or not isinstance(node.body[-1], ast.Return):
        return
    result = node.body[-1].value
    lines = {
        line.targets[0].id: line
        for line in node.body
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
    }
    if not isinstance(result, ast.Name) or result.id not in lines:
        return
    line = lines[result.id]
    anew: ast.expr = line.value
    for name, other in lines.items():
        if name != result.id and not is_conversion(other.value):
            anew = expression(ast.unparse(anew), **{name: other.value})
    rest = [each for each in node.body[:-1] if each is not line]
    form = "when {} is computed at the end, after what changes it"
    yield Change(node.body, [*rest, ast.Return(anew)], 1, form, (anew,))


def shared_copies(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two names of one array where each should have a copy."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Tuple):
        return
    copies = node.value.elts
    names = node.targets[0]
    if not isinstance(names, ast.Tuple) or any(called(each) != ".copy" for each in copies):
        return
    first = copies[0]
    assert isinstance(first, ast.Call)
    assert isinstance(first.func, ast.Attribute)
    plain = ast.Tuple([first.func.value] * len(copies), ast.Load())
    shared = expression("(lambda a: (a, a))(x)", x=first)
    form = "when {} are names of one array: take a copy for each"
    for new in (plain, shared):
        yield Change(node, ast.Assign(node.targets, new), 1, form, (names,))


def unused_values(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value that is computed and not handed on, or returned in place of the result."""
    if not isinstance(node, ast.FunctionDef):
        return
    for place, line in enumerate(node.body[:-1]):
        call = line.value if isinstance(line, ast.Expr) else None
        if not isinstance(call, ast.Call) or len(call.args) != 1:
            continue
        (inner,) = call.args
        if not isinstance(inner, ast.Call):
            continue
        new = [*node.body[:place], ast.Expr(inner), *node.body[place + 1 :]]
        form = "when {} is computed, and not handed on to {}"
        yield Change(node.body, new, 0, form, (inner, call.func))
        if place == len(node.body) - 2 and isinstance(node.body[-1], ast.Return):
            keep = ast.Assign([ast.Name("_made", ast.Store())], inner)
            made = ast.Name("_made", ast.Load())
            hand_on = ast.Expr(ast.Call(call.func, [made], []))
            new = [*node.body[:place], keep, hand_on, ast.Return(made)]
            form = "when {} is returned, not {}"
            yield Change(node.body, new, 1, form, (inner, node.body[-1].value or inner))


def all_on_the_way(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """All entries of a stretch compared where its two ends alone should be."""
    if not isinstance(node, ast.FunctionDef) or not isinstance(node.body[-1], ast.Return):
        return
    result = node.body[-1].value
    for place, line in enumerate(node.body):
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Tuple):
            continue
        if not isinstance(line.value, ast.Tuple) or not isinstance(result, ast.Compare):
            continue
        first, last = (_element(each) for each in line.value.elts[:2])
        if first is None or last is None or ast.unparse(first.value) != ast.unparse(last.value):
            continue
        run = expression("np.asarray(x[i:], dtype=float)", x=first.value, i=first.slice)
        value = ast.Tuple([line.value.elts[0], run], ast.Load())
        new = [
            *node.body[:place],
            ast.Assign(line.targets, value),
            *node.body[place + 1 : -1],
            ast.Return(expression("bool(np.all(x))", x=result)),
        ]
        form = "when all entries from {} to {} are compared, not these two alone"
        yield Change(node.body, new, 0, form, (first, last))


def _element(node: ast.expr) -> ast.Subscript | None:
    """The element of a sequence that is made a number, or not."""
    inner = node.args[0] if isinstance(node, ast.Call) and node.args else node
    return inner if isinstance(inner, ast.Subscript) else None


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    computed_at_the_end,
    shared_copies,
    unused_values,
    all_on_the_way,
)
