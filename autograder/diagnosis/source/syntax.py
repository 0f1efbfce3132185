"""A learner's function as its source shows it: the syntax tree, read as data and never run."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from autograder.diagnosis.edits.change import COUNTS

MAX_QUOTED = 70
CONVERSIONS = ("asarray", "array", "atleast_1d", "float", "float64", "int", "copy")
Definition = ast.FunctionDef | ast.ClassDef
Node = TypeVar("Node", bound=ast.AST)


class Source:
    """The definition of one exercise in a learner's file, with the helpers that it calls.

    Parameters
    ----------
    definition : ast.FunctionDef or ast.ClassDef
        The exercise.
    helpers : list of ast.FunctionDef or ast.ClassDef
        What else of the file it calls, other exercises left aside.
    lines : list of str
        The file.
    """

    def __init__(self, definition: Definition, helpers: list[Definition], lines: list[str]) -> None:
        self.definition, self.lines = definition, lines
        self.wholes = [definition, *helpers]
        self.nodes = [node for whole in self.wholes for node in ast.walk(whole)]
        self._above = {
            id(below): node for node in self.nodes for below in ast.iter_child_nodes(node)
        }

    def all(self, *kinds: type[Node]) -> Iterator[Node]:
        """All nodes of some kinds, in the order of the tree."""
        return (node for node in self.nodes if isinstance(node, kinds))

    def calls(self, *names: str) -> Iterator[ast.Call]:
        """All calls of functions of these names, whatever they belong to."""
        for node in self.nodes:
            if isinstance(node, ast.Call) and called(node) in names:
                yield node

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """All nodes above one, nearest first."""
        while (node := self._above.get(id(node))) is not None:  # type: ignore[assignment]
            yield node

    def loops(self, node: ast.AST) -> int:
        """How many loops a node is in."""
        return sum(isinstance(outer, (ast.For, ast.While)) for outer in self.above(node))

    def quoted(self, node: ast.AST) -> str:
        """Where a node is, and the line."""
        if not isinstance(node, ast.stmt):
            above = next((outer for outer in self.above(node) if isinstance(outer, ast.stmt)), node)
            simple = not isinstance(above, (ast.If, ast.For, ast.While, ast.FunctionDef))
            node = above if simple else node
        number: int = getattr(node, "lineno", self.definition.lineno)
        end = getattr(node, "end_lineno", None) or number
        line = " ".join(map(str.strip, self.lines[number - 1 : end]))
        short = line if len(line) <= MAX_QUOTED else line[: MAX_QUOTED - 1] + "…"
        return f"Line {number}, `{short}`"

    @cached_property
    def methods(self) -> list[ast.FunctionDef]:
        """The functions of the definition: itself, or those of a class."""
        body = self.definition.body if isinstance(self.definition, ast.ClassDef) else []
        return [method for method in body if isinstance(method, ast.FunctionDef)] or [
            method for method in [self.definition] if isinstance(method, ast.FunctionDef)
        ]

    @cached_property
    def updates(self) -> list[ast.FunctionDef]:
        """The methods of a class that are no constructor."""
        is_class = isinstance(self.definition, ast.ClassDef)
        return [method for method in self.methods if is_class and method.name != "__init__"]

    def is_float(self, name: str) -> bool:
        """Whether a name is an array of floats, or of something else than an argument."""
        values = self.assigned.get(name, [])
        made = any(
            "float" in ast.unparse(value) or isinstance(value, ast.BinOp) for value in values
        )
        return made or not (values or name in self.parameters)

    @cached_property
    def parameters(self) -> dict[str, ast.FunctionDef]:
        """The parameters, each with the function that takes it."""
        return {
            argument.arg: method
            for method in self.methods
            for argument in (*method.args.posonlyargs, *method.args.args, *method.args.kwonlyargs)
            if argument.arg != "self"
        }

    @cached_property
    def defaults(self) -> dict[str, ast.expr]:
        """The defaults of the parameters that have one."""
        found: dict[str, ast.expr] = {}
        for method in self.methods:
            names = [argument.arg for argument in (*method.args.posonlyargs, *method.args.args)]
            last = names[len(names) - len(method.args.defaults) :]
            found |= zip(last, method.args.defaults, strict=True)
        return found

    def meaning(self, name: str) -> str:
        """What a name holds: a parameter, as it came or as an array, or what a function returned.

        It is nothing where it is something else.
        """
        values = self.assigned.get(name, [])
        value = values[0] if len(values) == 1 else None
        while isinstance(value, ast.Call) and called(value) in CONVERSIONS and value.args:
            value = value.args[0]
        if isinstance(value, ast.Name) and value.id in self.parameters:
            return value.id
        if name in self.parameters:
            return name
        return f"{called(value)}()" if isinstance(value, ast.Call) else ""

    def matters(self, line: ast.AST) -> bool:
        """Whether something reads what a line assigns, if it assigns to a name."""
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
            return True
        name = line.targets[0].id
        reads = (node for node in self.nodes if isinstance(node, ast.Name) and node.id == name)
        return any(isinstance(node.ctx, ast.Load) for node in reads)

    @cached_property
    def stored(self) -> set[str]:
        """The names that are assigned to in any way."""
        names = (node for node in self.nodes if isinstance(node, ast.Name))
        return {name.id for name in names if not isinstance(name.ctx, ast.Load)}

    def is_read(self, parameter: str) -> bool:
        """Whether a parameter is read; one that is only kept on the object is not."""
        method = self.parameters[parameter]
        if any(isinstance(node, ast.Call) and called(node) == "locals" for node in self.nodes):
            return True
        uses = [
            node
            for node in ast.walk(method)
            if isinstance(node, ast.Name) and node.id == parameter
            if isinstance(node.ctx, ast.Load)
        ]
        if method.name != "__init__":
            return bool(uses) and self.overwrites(parameter) is None
        attributes = [name for name, kept in self.settings.items() if kept == parameter]
        only_kept = len(uses) == len(attributes)
        return not only_kept or any(map(self._is_attribute_read, attributes))

    def overwrites(self, parameter: str) -> ast.Assign | None:
        """The line that gives a parameter another value before anything has read it."""
        for line in self.parameters[parameter].body:
            names = [node for node in ast.walk(line) if isinstance(node, ast.Name)]
            found = [node for node in names if node.id == parameter]
            if found and isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                return line if [*map(type, (node.ctx for node in found))] == [ast.Store] else None
            if found:
                return None
        return None

    @cached_property
    def unread(self) -> list[str]:
        """The parameters that nothing reads."""
        return [name for name in self.parameters if not self.is_read(name)]

    @cached_property
    def settings(self) -> dict[str, str]:
        """The attributes in which a constructor keeps a parameter as it is, with its name."""
        found: dict[str, str] = {}
        for method in self.methods:
            for line in method.body if method.name == "__init__" else ():
                for target, value in _single_assignments(line):
                    if isinstance(target, ast.Attribute) and isinstance(value, ast.Name):
                        found[target.attr] = value.id
        return found

    def _is_attribute_read(self, name: str) -> bool:
        return any(
            isinstance(node, ast.Attribute)
            and node.attr == name
            and (isinstance(node.ctx, ast.Load) or isinstance(self._above[id(node)], ast.AugAssign))
            for node in self.nodes
        )

    @cached_property
    def assigned(self) -> Mapping[str, list[ast.expr]]:
        """What is assigned to each local name."""
        found: dict[str, list[ast.expr]] = {}
        for node in self.nodes:
            for target, value in _single_assignments(node):
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(value)
        return found


def source_of(
    files: Mapping[str, bytes], module: str, exercise: str, names: set[str]
) -> Source | None:
    """The source of an exercise; None where there is none, or it cannot be read.

    Parameters
    ----------
    files : mapping
        The submission: content by path.
    module, exercise : str
        The exercise.
    names : set of str
        All exercises of the module.
    """
    known, text = _definitions(files.get(f"course/{module}.py", b""))
    if exercise not in known:
        return None
    helpers: list[Definition] = []
    waiting = [known[exercise]]
    while waiting:
        for node in ast.walk(waiting.pop()):
            name = node.id if isinstance(node, ast.Name) else ""
            helper = known.get(name)
            if helper is not None and name not in names and helper not in helpers:
                helpers.append(helper)
                waiting.append(helper)
    return Source(known[exercise], helpers, text.splitlines())


@lru_cache(maxsize=2)
def _definitions(content: bytes) -> tuple[dict[str, Definition], str]:
    """The functions and classes of a file by their names, and its text; none if it is broken."""
    try:
        text = content.decode("utf-8-sig")
        tree = ast.parse(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return {}, ""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name: node for node in tree.body if isinstance(node, kinds)}, text


def called(node: ast.Call) -> str:
    """The last name of what a call calls: ``max`` of ``np.max``."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def owner(node: ast.Call) -> str:
    """What a call's function belongs to: ``np`` of ``np.max``; nothing where it stands alone."""
    return ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""


def _single_assignments(node: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """What is assigned to what in a line, part by part."""
    if not isinstance(node, ast.Assign):
        return []
    pairs: list[tuple[ast.expr, ast.expr]] = []
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs += zip(target.elts, node.value.elts, strict=False)
        else:
            pairs.append((target, node.value))
    return pairs


def counts_both(node: ast.AST) -> bool:
    """Whether both sides of a division count something: then a whole number may be meant."""
    sides = [getattr(node, "left", None), getattr(node, "right", None)]
    return all(
        (isinstance(side, ast.Call) and called(side) == "len")
        or (isinstance(side, ast.Attribute) and side.attr == "size")
        or (isinstance(side, ast.Name) and side.id in COUNTS)
        for side in sides
    )


def continued(method: ast.FunctionDef) -> Iterator[str]:
    """What a method computes from what it was."""
    for node in ast.walk(method):
        if isinstance(node, ast.AugAssign):
            yield ast.unparse(node.target)
        elif isinstance(node, ast.Assign):
            target = ast.unparse(node.targets[0])
            if any(ast.unparse(part) == target for part in ast.walk(node.value)):
                yield target


def added_up(lines: Sequence[ast.stmt]) -> list[str]:
    """What is added to in some lines themselves."""
    return [
        ast.unparse(line.target)
        for line in lines
        if isinstance(line, ast.AugAssign) and isinstance(line.op, ast.Add)
    ]
