"""Slips in a number, a name, a place or a word."""

import ast
from collections.abc import Callable, Iterator

from autograder.diagnosis.edits.arithmetic import instead
from autograder.diagnosis.edits.changes import Change, Scope, code

MOST_NAMES = 6


def other_numbers(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Another number: one more, one less, none, twice, half, ten times, a tenth."""
    if not isinstance(node, ast.Constant) or isinstance(node.value, (str, bool, type(None))):
        return
    if isinstance(scope.parent(node), ast.keyword) or isinstance(node.value, (bytes, complex)):
        return
    number = node.value
    whole = isinstance(number, int)
    others = [number + 1, number - 1, 0, 1, -1, 2 * number, number / 2, 10 * number, number / 10]
    for other in dict.fromkeys(int(each) if whole and each == int(each) else each for each in others):
        if other == number or (whole and not isinstance(other, int)):
            continue
        statement = scope.statement(node)
        place = statement if isinstance(statement, (ast.Return, ast.Assign, ast.AugAssign)) else scope.parent(node)
        within = f" in {code(place)}" if place is not None and not isinstance(place, ast.arguments) else ""
        near = abs(other - number) == 1
        yield Change(node, ast.Constant(other), f"with {code(str(other))} in place of {code(str(number))}{within}", 1 if near else 2)


def other_words(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """One of the answers in the place of another."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    above = [*scope.above(node)]
    if any(isinstance(each, (ast.JoinedStr, ast.Raise, ast.Dict)) for each in above):
        return
    words = [
        each.value for each in ast.walk(above[-1])
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and len(each.value) < 30
        and isinstance(scope.parent(each), (ast.Return, ast.IfExp))
    ]
    for other in dict.fromkeys(words):
        if other != node.value:
            condition = next((code(each.test) for each in above if isinstance(each, (ast.If, ast.IfExp))), "")
            where = f" where {condition} decides" if condition else " in the end"
            yield Change(node, ast.Constant(other), f"with “{other}” in place of “{node.value}”{where}", 2)


def swapped_words(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Two answers that have changed places everywhere."""
    if not isinstance(node, ast.FunctionDef):
        return
    words = [
        each for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
        and isinstance(scope.parent(each), (ast.Return, ast.IfExp))
    ]
    names = list(dict.fromkeys(each.value for each in words))
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            turned = {one: other, other: one}

            class Turned(ast.NodeTransformer):
                def visit_Constant(self, constant: ast.Constant, turned: dict[str, str] = turned) -> ast.Constant:
                    if isinstance(constant.value, str) and constant.value in turned:
                        return ast.Constant(turned[constant.value])
                    return constant

            import copy
            new = [Turned().visit(copy.deepcopy(each)) for each in node.body]
            yield Change(node.body, new, f"when “{one}” and “{other}” change places", 0)


def other_names(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """An argument in the place of another, or a number in the place of an argument."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    parent = scope.parent(node)
    if isinstance(parent, (ast.Attribute, ast.Call)) and getattr(parent, "func", parent) is node:
        return
    known = list(dict.fromkeys([*scope.parameters, *scope.locals]))
    if node.id not in known:
        return
    statement = scope.statement(node)
    within = f" in {code(statement)}" if isinstance(statement, (ast.Return, ast.Assign, ast.AugAssign)) else ""
    default = scope.parameters.get(node.id)
    if default is not None:
        yield Change(node, default, f"when {code(node)} is not used, and {code(default)} stands in its place{within}", 0)
    for other in known:
        if other != node.id:
            yield Change(node, ast.Name(other, ast.Load()), f"with {code(other)} in place of {code(node)}{within}", 2)
    if isinstance(parent, (ast.BinOp, ast.Compare)):
        yield Change(node, ast.Constant(0), f"with 0 in place of {code(node)}{within}", 2)
        yield Change(node, ast.Constant(1), f"with 1 in place of {code(node)}{within}", 2)


def other_places(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Another element of a sequence."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.ctx, ast.Load):
        return
    index = node.slice
    for text in ("0", "-1"):
        new = ast.Subscript(node.value, ast.parse(text, mode="eval").body, ast.Load())
        if ast.unparse(index) != text and not isinstance(index, (ast.Slice, ast.Name)):
            yield instead(node, new, 1)
    if isinstance(index, ast.BinOp) and isinstance(index.op, ast.Sub):
        new = ast.Subscript(node.value, ast.UnaryOp(ast.USub(), index.right), ast.Load())
        yield instead(node, new, 0, ": one place too far on")


def whole_array(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """Sizes counted over another axis, and arrays turned round."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        if node.attr == "size":
            for pattern, rank in (("len(x)", 0), ("x.shape[-1]", 0), ("1", 1)):
                from autograder.diagnosis.edits.changes import expression
                yield instead(node, expression(pattern, x=node.value), rank)
        if node.attr == "T":
            yield instead(node, node.value, 0, ": it is not transposed")
        if node.attr == "shape":
            yield instead(node, ast.Attribute(node.value, "size", ast.Load()), 1)


def other_defaults(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A default other than the one of the signature."""
    if not isinstance(node, ast.arguments):
        return
    names = [each.arg for each in node.args][-len(node.defaults) :] if node.defaults else []
    for position, (name, default) in enumerate(zip(names, node.defaults, strict=True)):
        if not isinstance(default, ast.Constant) or not isinstance(default.value, (int, float)):
            continue
        number = default.value
        near = [number * factor for factor in (10, 0.1, 100, 0.01, 2, 0.5, 1e3, 1e-3, 1e4, 1e-4)]
        near += [1 - 10 * (1 - number), 1 - (1 - number) / 10, number + 1, 0, 1]
        for other in near:
            if isinstance(number, int):
                if other != int(other):
                    continue
                other = int(other)
            defaults = [*node.defaults]
            defaults[position] = ast.Constant(round(other, 12) if isinstance(other, float) else other)
            new = ast.arguments([], node.args, None, [], [], None, defaults)
            yield Change(node, new, f"when {code(name)} has another default than `{ast.unparse(default)}`", 1)


OPERATORS: tuple[Callable[[ast.AST, Scope], Iterator[Change]], ...] = (
    other_numbers,
    other_words,
    swapped_words,
    other_names,
    other_places,
    whole_array,
    other_defaults,
)
