"""Slips in a number, a name, a place or a word."""

import ast
from collections.abc import Iterator
from itertools import combinations

from autograder.diagnosis.edits.change import Change, Operator, Scope, called, instead, replaced
from autograder.diagnosis.edits.pattern import INSTEAD, Rule, expression

MAX_WORD = 30
EXTREMES = ("max", "min", "mean")


SIZES = (
    Rule("*A.shape", "len(A)", 0, f"{INSTEAD}: that is room for vectors only"),
    Rule("A.T", "A", 0, f"{INSTEAD}: it is not transposed"),
    Rule("A.shape", "A.size", 1),
)


def other_numbers(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Another number: one more, one less, none, twice, half, ten times, a tenth."""
    number, parent = _number(node), scope.parent(node)
    if number is None or parent is None or isinstance(parent, (ast.keyword, ast.arguments)):
        return
    near = [number + 1, number - 1, 0, 1]
    others = [*near, -number, 2 * number, number / 2, 10 * number, number / 10]
    whole = isinstance(number, int)
    for other in dict.fromkeys(others):
        if other == number or (whole and other != int(other)):
            continue
        value = int(other) if whole else float(other)
        rank = 1 if other in near else 2
        form = f"with `{value}` in place of `{number}` in {{}}"
        yield Change(node, ast.Constant(value), rank, form, (parent,))


def other_words(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """One of the answers instead of another, here or everywhere."""
    if isinstance(node, ast.Constant) and _is_answer(node, scope):
        above = [*scope.above(node)]
        asked = [part.test for part in above if isinstance(part, (ast.If, ast.IfExp))][:1]
        where = " where {} decides" if asked else " in the end"
        for other in _answers(above[-1], scope) if isinstance(node.value, str) else ():
            if other != node.value:
                form = f"with “{other}” in place of “{node.value!s}”{where}"
                yield Change(node, ast.Constant(other), 2, form, tuple(asked))
        if isinstance(node.value, bool):
            form = f"with `{not node.value}` in place of `{node.value}`{where}"
            yield Change(node, ast.Constant(not node.value), 0, form, tuple(asked))
    if isinstance(node, ast.FunctionDef):
        words = [part for part in ast.walk(node) if isinstance(part, ast.Constant)]
        for first, second in combinations(_answers(node, scope), 2):
            turned = {first: ast.Constant(second), second: ast.Constant(first)}
            swap = {id(word): turned[word.value] for word in words if word.value in (first, second)}
            form = f"when “{first}” and “{second}” have changed places"
            yield Change(node.body, replaced(node.body, swap), 0, form)


def other_names(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A name instead of another, or a number instead of a name."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    parent = scope.parent(node)
    if parent is None or node.id not in scope.names() or called(parent) == "np.asarray":
        return
    if isinstance(parent, (ast.Attribute, ast.Starred)) or (
        isinstance(parent, ast.Call) and parent.func is node
    ):
        return
    default = scope.parameters.get(node.id)
    form = "with {} in place of {} in {}"
    if default is not None:
        yield Change(node, default, 0, form, (default, node, parent))
    if isinstance(parent, (ast.BinOp, ast.Compare, ast.Call, ast.Slice)):
        moved = [expression("x + 1", x=node), expression("x - 1", x=node)]
        others: list[ast.expr] = [
            ast.Name(name, ast.Load()) for name in scope.names() if name != node.id
        ]
        if isinstance(parent, (ast.BinOp, ast.Compare)) or called(parent) == "abs":
            others += _parts_of_arguments(node.id, scope)
        for other in [*moved, *others, ast.Constant(0), ast.Constant(1)]:
            rank = 1 if called(parent) == "len" else 2
            yield Change(node, other, rank, form, (other, node, parent))


def _parts_of_arguments(name: str, scope: Scope) -> list[ast.expr]:
    """What a number may have been mistaken for: an element of an argument, or its extremes."""
    if name in scope.parameters:
        return []
    patterns = ("x[0]", "x[-1]", "x[-2]", "x[-2:][0]", "x[1]", *(f"np.{m}(x)" for m in EXTREMES))
    arguments = [ast.Name(name, ast.Load()) for name in scope.parameters]
    return [expression(pattern, x=argument) for argument in arguments for pattern in patterns]


def names_in_a_line(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """An argument that counts as 0, 1 or its default everywhere in one line."""
    if not isinstance(node, (ast.Assign, ast.Return, ast.AugAssign)) or node.value is None:
        return
    loads = [part for part in ast.walk(node.value) if isinstance(part, ast.Name)]
    for name in scope.parameters:
        uses = [use for use in loads if use.id == name]
        opened = (ast.Subscript, ast.Attribute, ast.Call)  # no number can be opened or called
        if len(uses) > 1 and not any(isinstance(scope.parent(use), opened) for use in uses):
            for number in (0, 1):
                new = replaced(node.value, {id(use): ast.Constant(number) for use in uses})
                form = f"with {number} in place of `{name}` everywhere in {{}}"
                yield Change(node.value, new, 2, form, (node.value,))


def other_places(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Another element of a sequence."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Load):
        return
    index = node.slice
    if isinstance(index, (ast.Slice, ast.Name)):
        return
    for text in ("0", "-1", "-2", "1"):
        new = ast.Subscript(node.value, ast.parse(text, mode="eval").body, ast.Load())
        if ast.unparse(index) != text:
            yield instead(node, new, 1)
    if isinstance(index, ast.BinOp) and isinstance(index.op, ast.Sub):
        moved = ast.Subscript(node.value, ast.UnaryOp(ast.USub(), index.right), ast.Load())
        yield instead(node, moved, 0, ": that is one place further on")


def other_defaults(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A default other than the one of the signature."""
    if not isinstance(node, ast.arguments) or not node.defaults:
        return
    names = [argument.arg for argument in node.args][-len(node.defaults) :]
    pairs = [*zip(names, node.defaults, strict=True)]
    stub = " and ".join(f"`{name}={ast.unparse(default)}`" for name, default in pairs)
    for place, (_, default) in enumerate(pairs):
        number = _number(default)
        if number is None:
            continue
        factors = (10, 0.1, 100, 0.01, 1e3, 1e-3, 1e4, 1e-4, 2, 0.5)
        near = [number * factor for factor in factors] + [1 - 10 * (1 - number)]
        near += [1 - (1 - number) / 10, number + 1, number - 1, 0, 1]
        for other in near:
            value = int(other) if isinstance(number, int) else round(float(other), 13)
            if value == number or (isinstance(number, int) and value != other):
                continue
            defaults = [*node.defaults[:place], ast.Constant(value), *node.defaults[place + 1 :]]
            new = ast.arguments([], node.args, None, [], [], None, defaults)
            yield Change(node, new, 1, f"with another default: in the stub it is {stub}")


def _number(node: ast.AST) -> int | float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _is_answer(node: ast.AST, scope: Scope) -> bool:
    return isinstance(scope.parent(node), (ast.Return, ast.IfExp))


def _answers(tree: ast.AST, scope: Scope) -> list[str]:
    """The strings that a function returns."""
    answers = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if len(node.value) < MAX_WORD and _is_answer(node, scope)
    ]
    return list(dict.fromkeys(answers))


OPERATORS: tuple[Operator, ...] = (
    other_numbers,
    other_words,
    other_names,
    names_in_a_line,
    other_places,
    *SIZES,
    other_defaults,
)
