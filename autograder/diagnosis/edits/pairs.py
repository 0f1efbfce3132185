"""Slips that show in two places at once: the same part left out twice, a value that is stale."""

import ast
import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from autograder.diagnosis.edits.changes import Change, Scope, called, expression, is_conversion
from autograder.diagnosis.edits.statements import is_docstring

Part = ast.AST | Sequence[ast.stmt]  # what stands in the place of a part
SQUARE = "2"
LOGARITHMS = ("np.log", "np.log1p")
BOUNDS = ("np.clip", "np.maximum")
PROBABILITIES = ("sigmoid", "softmax")


def missing_everywhere(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """The same power, or the division by the same kind of number, left out wherever it stands."""
    if not isinstance(node, ast.FunctionDef):
        return
    powers: dict[str, list[ast.BinOp]] = {}
    corrections: list[ast.BinOp] = []
    for each in ast.walk(node):
        if not isinstance(each, ast.BinOp):
            continue
        if isinstance(each.op, ast.Pow) and ast.unparse(each.right) != SQUARE:
            powers.setdefault(ast.unparse(each.right), []).append(each)
        if isinstance(each.op, ast.Div) and _power_inside(each.right):
            corrections.append(each)
    for same in [each for each in powers.values() if len(each) > 1]:
        new = _replaced(node.body, {id(each): each.left for each in same})
        yield Change(node.body, new, 0, "without the power in {} and {}", (same[0], same[1]))
    if len(corrections) > 1:
        new = _replaced(node.body, {id(each): each.left for each in corrections})
        parts = (corrections[0].right, corrections[1].right)
        yield Change(node.body, new, 0, "without the divisions by {} and by {}", parts)


def missing_square_and_root(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A square and the root that undoes it, both left out: sizes are averaged, not squares."""
    if not isinstance(node, ast.FunctionDef):
        return
    squares = [each for each in ast.walk(node) if _is_square(each)]
    roots = [each for each in ast.walk(node) if called(each) == "np.sqrt"]
    if len(squares) != 1 or len(roots) != 1:
        return
    (square,), (root,) = squares, roots
    assert isinstance(square, ast.BinOp)
    assert isinstance(root, ast.Call)
    parts = {id(square): expression("np.abs(x)", x=square.left), id(root): root.args[0]}
    form = "without the square in {} and the root in {}"
    yield Change(node.body, _replaced(node.body, parts), 1, form, (square, root))


def bounds_inside_logarithms(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A small number added inside each logarithm, where values should be held above it."""
    if not isinstance(node, ast.FunctionDef):
        return
    bounds = [each for each in ast.walk(node) if called(each) in BOUNDS]
    logarithms = [each for each in ast.walk(node) if called(each) in LOGARITHMS]
    if len(bounds) != 1 or len(logarithms) < 2:
        return
    (bound,) = bounds
    assert isinstance(bound, ast.Call)
    value, small = bound.args[:2]
    parts: dict[int, Part] = {id(bound): value}
    for each in logarithms:
        assert isinstance(each, ast.Call)
        moved = expression("x + y", x=each.args[0], y=small)
        parts[id(each)] = ast.Call(each.func, [moved], each.keywords)
    form = "when {} is added inside each logarithm, and {} is left out"
    yield Change(node.body, _replaced(node.body, parts), 1, form, (small, bound))


def slopes_too_many(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """The slope of a sigmoid multiplied in where it has cancelled already."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Sub):
        return
    for part in (node.left, node.right):
        if called(part) in PROBABILITIES:
            new = expression("x * (p * (1 - p))", x=node, p=part)
            form = "with the factor `p * (1 - p)`, p being {}, around {}: a slope too many"
            yield Change(node, new, 1, form, (part, node))


def waves_from_minus_one(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A value brought from −1 … 1 to 0 … 1, left as it is: a · ½ · (1 + x) without ½ and 1."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult):
        return
    one, other = node.left, node.right
    halved = isinstance(one, ast.BinOp) and isinstance(one.right, ast.Constant)
    raised = isinstance(other, ast.BinOp) and isinstance(other.left, ast.Constant)
    if halved and raised and isinstance(one, ast.BinOp) and isinstance(other, ast.BinOp):
        new = ast.BinOp(one.left, ast.Mult(), other.right)
        form = "without the factor {} and without {} in {}"
        yield Change(node, new, 0, form, (one.right, other.left, node))


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
            new = _replaced(node.body, {id(each): line.value for each in uses})
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
        new = [*node.body[: place + 1], *count, *_replaced(after, parts)]
        form = "when {} is divided by 1 - {} to the number of updates, to correct its start"
        yield Change(node.body, new, 2, form, (uses[0], share))


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
    new = _replaced(node.body, {id(inner): [*keep, once]})
    yield Change(node.body, new, 1, form, (call,))
    rounds = inner.iter
    if isinstance(rounds, ast.Call) and rounds.args:
        share = expression("x / n", x=value, n=rounds.args[0])
        plain = expression("range(n)", n=rounds.args[0])
        mean = ast.For(inner.target, plain, [ast.AugAssign(line.target, line.op, share)], [])
        new = _replaced(node.body, {id(inner): [*keep, mean]})
        form = "with one step for each round of the outer loop, along the mean of all {}"
        yield Change(node.body, new, 1, form, (call,))


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
    once = ast.For(loop.target, loop.iter, _replaced(kept, parts), loop.orelse)
    new = [*node.body[:place], *ast.parse(f"_here = {value}").body, once, *node.body[place + 1 :]]
    form = "with `" + ast.unparse(asked[0].func) + "({})` in place of {}: to one side only"
    yield Change(node.body, new, 1, form.replace("{}", ast.unparse(start), 1), (asked[0],))


def added_too_early(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A setting added to what a value on the way is computed from, not at the end."""
    if not isinstance(node, ast.FunctionDef):
        return
    lines = [each for each in node.body if isinstance(each, ast.Assign)]
    quotients = [
        each.value
        for each in lines
        if isinstance(each.value, ast.BinOp) and isinstance(each.value.op, ast.Div)
    ]
    for each in (inner for line in node.body for inner in ast.walk(line)):
        if not isinstance(each, ast.BinOp) or not isinstance(each.op, ast.Add):
            continue
        if ast.unparse(each.right) not in scope.settings():
            continue
        yield from _under_the_root(each, lines)
        for quotient in quotients:
            early = ast.BinOp(
                ast.BinOp(quotient.left, ast.Add(), each.right), ast.Div(), quotient.right
            )
            parts: dict[int, Part] = {id(each): each.left, id(quotient): early}
            if any(inner is each for inner in ast.walk(quotient)):
                continue
            form = "when {} is added to {} already, not to {}"
            words = (each.right, quotient.left, each.left)
            yield Change(node.body, _replaced(node.body, parts), 1, form, words)


def _under_the_root(node: ast.BinOp, lines: list[ast.Assign]) -> Iterator[Change]:
    """√(x / c) + e, where x / c has a name, as (√x + e) / √c."""
    if called(node.left) != "np.sqrt" or not isinstance(node.left, ast.Call):
        return
    name = ast.unparse(node.left.args[0])
    for line in lines:
        quotient = line.value
        if ast.unparse(line.targets[0]) == name and isinstance(quotient, ast.BinOp):
            parts = {"x": quotient.left, "c": quotient.right, "e": node.right}
            early = expression("(np.sqrt(x) + e) / np.sqrt(c)", **parts)
            form = "when {} is added to the root of {} before that is divided by {}"
            words = (node.right, quotient.left, quotient.right)
            yield Change(node, early, 1, form, words)


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


def _replaced(body: list[ast.stmt], parts: Mapping[int, Part]) -> list[ast.stmt]:
    """The lines with some parts replaced; a part may be replaced by several lines."""

    class Replaced(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            new = parts.get(id(node))
            if new is None:
                return self.generic_visit(_copy(node))
            if not isinstance(new, ast.AST) or any(each is node for each in ast.walk(new)):
                return new  # several lines, or what stands around the part
            return self.visit(new)

    lines: list[ast.stmt] = []
    for line in body:
        new: Any = line if is_docstring(line) else Replaced().visit(line)
        lines += new if isinstance(new, list) else [new]
    return [ast.fix_missing_locations(each) for each in lines]


def _copy(node: ast.AST) -> ast.AST:
    """The node itself anew, with lists of its own: what is below it is the same."""
    new = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if isinstance(value, list):
            setattr(new, name, [*value])
    return new


def _reads(node: ast.AST, memory: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and ast.unparse(node) == memory
    )


def _is_square(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Pow)
        and ast.unparse(node.right) == SQUARE
    )


def _power_inside(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.BinOp) and isinstance(each.op, ast.Pow) for each in ast.walk(node)
    )


def _share(value: ast.expr) -> ast.expr | None:
    """The share a in a·x + (1 − a)·y."""
    if isinstance(value, ast.BinOp) and isinstance(value.left, ast.BinOp):
        share = value.left.left
        if f"1 - {ast.unparse(share)}" in ast.unparse(value.right):
            return share
    return None


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    missing_everywhere,
    missing_square_and_root,
    bounds_inside_logarithms,
    slopes_too_many,
    waves_from_minus_one,
    renewed_twice,
    corrected_memories,
    stale_values,
    computed_at_the_end,
    shared_copies,
    judged_too_late,
    unmoved_copies,
    added_too_early,
    accumulations,
    unused_values,
    all_on_the_way,
)
