"""Slips in the rounds of a loop: stale values, terms that count otherwise, cases asked too late."""

import ast
import copy
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.change import Change, Scope, called, expression
from autograder.diagnosis.edits.replacement import Part, replaced


def stale_values(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value that an inner loop renews, read as it was before that loop."""
    if not isinstance(node, ast.FunctionDef):
        return
    for outer in (each for each in ast.walk(node) if isinstance(each, ast.For)):
        for inner in (each for each in outer.body if isinstance(each, ast.For)):
            for line in inner.body:
                if isinstance(line, ast.AugAssign) and isinstance(line.target, ast.Name):
                    yield from _stale(node, inner, line, line.target.id)


def _stale(
    node: ast.FunctionDef, inner: ast.For, line: ast.AugAssign, name: str
) -> Iterator[Change]:
    uses = [
        each
        for each in ast.walk(line.value)
        if isinstance(each, ast.Call)
        and any(isinstance(a, ast.Name) and a.id == name for a in each.args)
    ]
    if len(uses) != 1:
        return
    (call,) = uses
    old = ast.Name("_old", ast.Load())
    arguments = [
        old if isinstance(each, ast.Name) and each.id == name else each for each in call.args
    ]
    read = ast.Call(call.func, arguments, call.keywords)
    keep = ast.parse(f"_old = {name} + 0.0").body
    form = "when {} is asked for at the value that `" + name + "` had before the inner loop"
    value = ast.fix_missing_locations(copy.deepcopy(line.value, {id(call): read}))
    once = ast.For(inner.target, inner.iter, [ast.AugAssign(line.target, line.op, value)], [])
    new = replaced(node.body, {id(inner): [*keep, once]})
    yield Change(node.body, new, 1, form, (call,))
    rounds = inner.iter
    if isinstance(rounds, ast.Call) and rounds.args:
        share = expression("x / n", x=value, n=rounds.args[0])
        plain = expression("range(n)", n=rounds.args[0])
        mean = ast.For(inner.target, plain, [ast.AugAssign(line.target, line.op, share)], [])
        new = replaced(node.body, {id(inner): [*keep, mean]})
        form = "with one step for each round of the outer loop, along the mean of all {}"
        yield Change(node.body, new, 1, form, (call,))


def judged_too_late(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A case asked for after the step that it should prevent, and the rounds counted from 1."""
    if not isinstance(node, ast.For):
        return
    for place, line in enumerate(node.body[:-1]):
        step = node.body[place + 1]
        if not isinstance(line, ast.If) or not isinstance(step, ast.Assign):
            continue
        turned = [*node.body[:place], step, line, *node.body[place + 2 :]]
        rounds = [node.iter]
        if isinstance(node.iter, ast.Call) and len(node.iter.args) == 1:
            rounds.append(expression("range(1, n + 1)", n=node.iter.args[0]))
        for each in rounds:
            new = ast.For(node.target, each, turned, node.orelse)
            yield Change(node, new, 1, "when {} comes before {} is asked", (step, line.test))


def unmoved_copies(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """One of two moved copies left as it was: what is asked there is asked once, at the start."""
    if not isinstance(node, ast.FunctionDef):
        return
    for place, loop in enumerate(node.body):
        if not isinstance(loop, ast.For):
            continue
        for line in loop.body:
            if not isinstance(line, ast.Assign) or not isinstance(line.value, ast.Tuple):
                continue
            names, first = line.targets[0], line.value.elts[0]
            if isinstance(names, ast.Tuple) and called(first) == ".copy":
                for name in names.elts:
                    yield from _unmoved(node, place, loop, name, first)


def _unmoved(
    node: ast.FunctionDef, place: int, loop: ast.For, name: ast.expr, made: ast.expr
) -> Iterator[Change]:
    assert isinstance(name, ast.Name)
    assert isinstance(made, ast.Call)
    assert isinstance(made.func, ast.Attribute)
    start, parts, asked = made.func.value, dict[int, Part](), list[ast.Call]()
    kept = [
        each
        for each in loop.body
        if not (isinstance(each, ast.AugAssign) and name.id in ast.unparse(each.target))
    ]
    for each in (inner for line in kept for inner in ast.walk(line)):
        if isinstance(each, ast.Call) and [ast.unparse(a) for a in each.args] == [name.id]:
            parts[id(each)] = ast.Name("_here", ast.Load())
            asked.append(each)
        elif isinstance(each, ast.Name) and each.id == name.id and isinstance(each.ctx, ast.Load):
            parts[id(each)] = start
    if len(asked) != 1 or len(kept) == len(loop.body):
        return
    value = ast.unparse(ast.Call(asked[0].func, [made], []))
    once = ast.For(loop.target, loop.iter, replaced(kept, parts), loop.orelse)
    new = [*node.body[:place], *ast.parse(f"_here = {value}").body, once, *node.body[place + 1 :]]
    form = "with `" + ast.unparse(asked[0].func) + "({})` in place of {}: to one side only"
    yield Change(node.body, new, 1, form.replace("{}", ast.unparse(start), 1), (asked[0],))


def accumulations(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A weighted sum over an inner loop: unweighted, its last term alone, or its terms apart."""
    if not isinstance(node, ast.For) or not isinstance(node.body[-1], ast.Expr):
        return
    last = node.body[-1]
    inner = next((each for each in node.body if isinstance(each, ast.For)), None)
    keep = last.value
    if inner is None or called(keep) != ".append" or not isinstance(keep, ast.Call):
        return
    line = inner.body[-1]
    if not isinstance(line, ast.AugAssign) or not isinstance(line.value, ast.BinOp):
        return
    weight, term, total = line.value.left, line.value.right, ast.unparse(line.target)
    mean = ast.unparse(keep.args[0])
    if mean.split(" ")[0] != total:
        return

    def changed(inside: str, at_end: str | None, before: str = "") -> ast.For:
        patterns = {"x": term}
        new = [
            ast.fix_missing_locations(each)
            for each in (_Filled(patterns).visit(one) for one in ast.parse(inside).body)
        ]
        body: list[ast.stmt] = [*ast.parse(before).body]
        for each in node.body[:-1]:
            loop = ast.For(inner.target, inner.iter, [*inner.body[:-1], *new], [])
            body.append(loop if each is inner else each)
        body += [] if at_end is None else ast.parse(at_end).body
        return ast.For(node.target, node.iter, body, [])

    append = ast.unparse(keep.func)
    plain = changed(f"{total} += __x; _rounds += 1", f"{append}({total} / _rounds)", "_rounds = 0")
    yield Change(
        node, plain, 1, "when every {} counts alike, without the factor {}", (term, weight)
    )
    alone = changed(f"{total} = __x", f"{append}({total})")
    yield Change(node, alone, 1, "when the last {} of each round is kept alone", (term,))
    each = changed(f"{append}(__x)", None)
    form = "when every {} is kept, not one mean for each round of the outer loop"
    yield Change(node, each, 1, form, (term,))


class _Filled(ast.NodeTransformer):
    """Puts expressions in the place of names that begin with two lines."""

    def __init__(self, parts: dict[str, ast.expr]) -> None:
        self._parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name, or what stands for it."""
        return self._parts.get(node.id.removeprefix("__"), node) if "__" in node.id else node


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    stale_values,
    judged_too_late,
    unmoved_copies,
    accumulations,
)
