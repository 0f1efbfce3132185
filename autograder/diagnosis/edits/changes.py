"""A change of one place in a solution, and the words for it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_CODE = 84


@dataclass(frozen=True)
class Change:
    """One place of a function changed.

    Attributes
    ----------
    old, new : object
        The part of the syntax tree (a node, or a list of statements) and what stands there instead.
    says : str
        What is so in the changed function: a clause that completes "Exactly this comes out …".
    rank : int
        How unlikely it is as a slip, from 0 on.
    """

    old: Any
    new: Any
    says: str
    rank: int
    operator: str = ""


@dataclass
class Scope:
    """What the places of one function or class need to know of the whole.

    Attributes
    ----------
    parameters : dict
        The default of each parameter, by name; None where it has none.
    locals : list of str
        Names assigned to in a body.
    parents : dict
        The node above each node, by its identity.
    """

    parameters: dict[str, ast.expr | None] = field(default_factory=dict)
    locals: list[str] = field(default_factory=list)
    parents: dict[int, ast.AST] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: ast.AST) -> "Scope":
        """The scope of a function, or of a class with its methods."""
        scope = cls()
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                scope.parents[id(child)] = node
            if isinstance(node, ast.FunctionDef):
                names = [each.arg for each in node.args.args if each.arg != "self"]
                scope.parameters.update(dict.fromkeys(names))
                if node.args.defaults:
                    given = zip(names[-len(node.args.defaults) :], node.args.defaults, strict=True)
                    scope.parameters.update(given)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                scope.locals.append(node.id)
        return scope

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node above one."""
        return self.parents.get(id(node))

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """All nodes above one, nearest first."""
        current = self.parent(node)
        while current is not None:
            yield current
            current = self.parent(current)

    def statement(self, node: ast.AST) -> ast.AST:
        """The statement that a node belongs to."""
        if isinstance(node, ast.stmt):
            return node
        return next(each for each in self.above(node) if isinstance(each, ast.stmt))


def code(node: ast.AST | str, most: int = MOST_CODE) -> str:
    """A part of a solution as a learner may read it, in backticks."""
    text = node if isinstance(node, str) else ast.unparse(ast.fix_missing_locations(node))
    text = re.sub(r"\bself\.", "", text.replace("\n", " "))
    text = re.sub(r"(?<=\d)_(?=\d)", "", text)
    return f"`{text if len(text) <= most else text[: most - 1] + '…'}`"


def expression(text: str, **parts: ast.expr) -> ast.expr:
    """An expression from a pattern, with names in it replaced by expressions."""

    class Filled(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return parts.get(node.id, node)

    filled: ast.expr = Filled().visit(ast.parse(text, mode="eval").body)
    return filled


def called(node: ast.AST) -> str:
    """The dotted name of what a call calls: ``np.mean``, ``.sum`` for a method, or nothing."""
    if not isinstance(node, ast.Call):
        return ""
    name = ast.unparse(node.func)
    if re.fullmatch(r"(np\.)?(linalg\.)?\w+", name):
        return name
    return f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else ""


def is_conversion(node: ast.AST) -> bool:
    """Whether a node makes an array or a float of something, without changing its numbers."""
    return called(node) in ("np.asarray", "np.array", "float", "int")


def without_conversion(node: ast.expr) -> ast.expr:
    """The expression inside conversions."""
    while is_conversion(node) and isinstance(node, ast.Call) and node.args:
        node = node.args[0]
    return node
