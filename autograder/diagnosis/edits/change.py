"""A change of one place in a solution, and what changes need to know of the whole.

The words for a change name parameters, numbers and functions, never an expression of the solution:
the learner has not written it.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Definition = ast.FunctionDef | ast.ClassDef
CONVERSIONS = ("asarray", "array", "float", "int")
# Parameters that count something: their sign and their fractions are no question.
COUNTS = {"epochs", "steps", "max_steps", "total_steps", "warmup_steps", "batch_size", "n_examples"}
COUNTS |= {"window", "seed", "patience"}
MAX_WORD = 30


@dataclass(frozen=True, eq=False)
class Change:
    """One place of a function changed."""

    old: Any  # a node of the syntax tree, or a list of statements
    new: Any  # what is there instead
    rank: int  # how unlikely it is as a slip, from 0 on
    says: str  # a clause that completes "Exactly this comes out …"
    line: ast.AST | None = None  # the statement that it is in, if it is less than one
    further: "Change | None" = None  # the same in another place, at the same time


class Whole:
    """What the changes of one function or class need to know of all of it."""

    def __init__(self, tree: ast.AST) -> None:
        self.tree = tree
        self.above = {
            id(below): node for node in ast.walk(tree) for below in ast.iter_child_nodes(node)
        }
        self.functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        self.parameters: dict[str, ast.expr | None] = {}  # with their defaults, if any
        for function in self.functions:
            names = [argument.arg for argument in function.args.args if argument.arg != "self"]
            self.parameters |= dict.fromkeys(names)
            last = names[len(names) - len(function.args.defaults) :]
            self.parameters |= dict(zip(last, function.args.defaults, strict=True))

    @cached_property
    def values(self) -> list[str]:
        """The names that hold values: parameters and locals that nothing calls."""
        nodes = [*ast.walk(self.tree)]
        calls = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
        owners = {name.split(".")[0] for name in calls}
        names = [node for node in nodes if isinstance(node, ast.Name)]
        stored = [name.id for name in names if isinstance(name.ctx, ast.Store)]
        found = dict.fromkeys([*self.parameters, *stored])
        return [name for name in found if name not in owners and not name.endswith("seed")]

    @cached_property
    def kept(self) -> list[str]:
        """What the methods of a class compute and keep on the object."""
        stored = [
            ast.unparse(target)
            for function in self.functions
            if function.name != "__init__"
            for node in ast.walk(function)
            if isinstance(node, (ast.Assign, ast.AugAssign))
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Attribute)
        ]
        return list(dict.fromkeys(stored))

    def is_skipped(self, node: ast.AST) -> bool:
        """Whether a node is in a message, in an exception, or in what makes an array."""
        while (parent := self.above.get(id(node))) is not None:
            if isinstance(parent, (ast.JoinedStr, ast.Raise)):
                return True
            if isinstance(parent, ast.Assign) and is_plain_conversion(parent.value):
                return True
            node = parent
        return False

    def line(self, node: ast.AST) -> ast.AST | None:
        """The simple statement, or the head of the loop or condition, that a node is in."""
        while not isinstance(node, ast.stmt) and id(node) in self.above:
            below, node = node, self.above[id(node)]
        if isinstance(node, (ast.If, ast.While, ast.For)):
            return below
        return None if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else node

    @cached_property
    def _assigned(self) -> dict[str, ast.expr]:
        """What is assigned to each local name, where that is a single expression."""
        found: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign):
                found.setdefault(ast.unparse(node.targets[0]), []).append(node.value)
            elif isinstance(node, ast.AugAssign):
                found.setdefault(ast.unparse(node.target), []).append(node.value)
                found.setdefault(ast.unparse(node.target), []).append(node.value)
        return {
            name: values[0]
            for name, values in found.items()
            if len(values) == 1 and not isinstance(values[0], ast.Constant)
        }

    def said(self, node: ast.AST) -> str:
        """A part in words: a parameter, a number or a function; nothing where it is none."""
        if isinstance(node, (ast.Name, ast.Attribute)):
            text = ast.unparse(node)
            if text == "np.pi":
                return "`np.pi`"
            if text.removeprefix("self.") not in self.parameters:
                node = self._assigned.get(text, node)
        names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
        whole = ast.unparse(node).replace("self.", "")
        if names and names <= self.parameters.keys() and len(whole) <= MAX_WORD:
            return f"`{whole}`"
        for part in ast.walk(node):
            text = ast.unparse(part).removeprefix("self.")
            if text in self.parameters or (part is node and isinstance(node, ast.Constant)):
                return f"`{text}`" if part is node else f"the part with `{text}`"
            if isinstance(part, ast.Call) and not is_conversion(part):
                return f"`{called(part)}(…)`"
        return ""


Operator = Callable[[ast.AST, Whole], Iterator[Change]]


def expression(text: str, **parts: ast.expr) -> ast.expr:
    """An expression from a text, with names in it replaced by expressions."""

    class Filled(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            return parts.get(node.id, node)

    made: ast.expr = Filled().visit(ast.parse(text, mode="eval")).body
    return made


def called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def is_conversion(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Call) and called(node) in CONVERSIONS


def is_plain_conversion(node: ast.AST) -> bool:
    """Whether a node only makes an array of a name."""
    return isinstance(node, ast.Call) and is_conversion(node) and isinstance(node.args[0], ast.Name)


def answers(whole: Whole) -> list[str]:
    """The words that a function returns."""
    found = [
        node.value
        for node in ast.walk(whole.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if len(node.value) < MAX_WORD
        and isinstance(whole.above.get(id(node)), (ast.Return, ast.IfExp))
    ]
    return list(dict.fromkeys(found))
