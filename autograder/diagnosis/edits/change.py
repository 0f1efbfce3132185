"""A change of one place in a solution, and the words for it."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

MAX_CODE = 60
SHORT = 22  # parts of a formula up to this length are always spelled out
SETTINGS = ("learning_rate", "step", "epsilon", "tolerance", "peak", "window")
# Parameters that count something: their sign and their fractions are no question.
COUNTS = {"epochs", "steps", "max_steps", "total_steps", "warmup_steps", "batch_size", "n_examples"}
COUNTS |= {"window", "seed"}
TOOLS = ("network", "loss", "loss_gradient", "optimizer")  # parameters to be called, or handed on
ELLIPSIS = ast.Name("…", ast.Load())


@dataclass(frozen=True)
class Change:
    """One place of a function changed."""

    old: Any  # a node of the syntax tree, or a list of statements
    new: Any  # what is there instead
    rank: int  # how unlikely it is as a slip, from 0 on
    form: str  # a clause that completes "Exactly this comes out …", with gaps for `parts`
    parts: tuple[ast.AST, ...] = ()  # of the solution, or of the changed one

    @property
    def says(self) -> str:
        """The clause."""
        return self.form.format(*spelled(self.parts))


def instead(old: ast.expr, new: ast.expr, rank: int, why: str = "") -> Change:
    """The change of one expression into another."""
    return Change(old, new, rank, f"with {{}} in place of {{}}{why}", (new, old))


class Scope:
    """What the places of one function or class need to know of the whole."""

    def __init__(self, tree: ast.AST) -> None:
        self.parameters: dict[str, ast.expr | None] = {}  # with their defaults, if any
        self.locals: list[str] = []  # names assigned to in a body
        self.nodes: dict[int, ast.AST] = {}  # by their identity, as is the node above each
        self.parents: dict[int, ast.AST] = {}
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                self.parents[id(child)] = node
                self.nodes[id(child)] = child
            if isinstance(node, ast.FunctionDef):
                names = [parameter.arg for parameter in node.args.args if parameter.arg != "self"]
                self.parameters.update(dict.fromkeys(names))
                if node.args.defaults:
                    given = zip(names[-len(node.args.defaults) :], node.args.defaults, strict=True)
                    self.parameters.update(given)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.locals.append(node.id)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node above one."""
        return self.parents.get(id(node))

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """All nodes above one, nearest first."""
        current = self.parent(node)
        while current is not None:
            yield current
            current = self.parent(current)

    def settings(self) -> list[str]:
        """Parameters and attributes of an object that hold single numbers: they set something."""
        attributes = {
            ast.unparse(node)
            for node in map(self.nodes.get, self.parents)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            if node.value.id == "self" and node.attr in self.parameters
        }
        plain = [name for name in self.parameters if name in SETTINGS and not attributes]
        return [*sorted(attributes), *plain]

    def tables(self) -> list[str]:
        """Parameters that may have rows: those without a default that set nothing."""
        settings = {setting.removeprefix("self.") for setting in self.settings()}
        given = (name for name, default in self.parameters.items() if default is None)
        return [name for name in given if name not in settings]

    def is_result(self, node: ast.AST) -> bool:
        """Whether a node is what is returned, or what is assigned to a name."""
        parent = self.parent(node)
        return isinstance(parent, (ast.Return, ast.Assign, ast.AugAssign)) and (
            parent.value is node
        )

    def names(self) -> list[str]:
        """All parameters and local names that hold values: one may be taken for another."""
        names = dict.fromkeys([*self.parameters, *self.locals])
        return [name for name in names if countable(name) and name not in self.tools]

    @cached_property
    def tools(self) -> set[str]:
        """Names of what is called, or handed on to be called: no values."""
        called_here: set[str] = set()
        for node in self.nodes.values():
            if isinstance(node, ast.Call):
                owner = node.func.value if isinstance(node.func, ast.Attribute) else node.func
                called_here |= {owner.id} if isinstance(owner, ast.Name) else set()
        known = {*self.parameters, *self.locals}
        return {*TOOLS} & known | called_here & known


Operator = Callable[[ast.AST, Scope], Iterator[Change]]


def counts(node: ast.AST) -> bool:
    """Whether a node is a whole number that counts, or that fixes a random order."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    return called(node) in ("len", ".integers", ".permutation", "np.random.default_rng") or all(
        name in COUNTS for name in names
    )


def countable(name: str) -> bool:
    """Whether a name may be taken for a size: a seed is too large a number for that."""
    return not name.endswith("seed")


def locate(new: Any) -> None:
    """Give each new node a line, as the compiler demands one; what is below an old one is old."""
    if isinstance(new, list):
        for node in new:
            locate(node)
        return
    if "lineno" in new._attributes:
        if hasattr(new, "lineno"):
            return
        new.lineno = new.end_lineno = 1
        new.col_offset = new.end_col_offset = 0
    for child in ast.iter_child_nodes(new):
        locate(child)


def replaced(part: Any, new: dict[int, Any]) -> Any:
    """A copy of a part of a solution in which some nodes, by their identity, are others."""
    locate([*new.values()])
    return copy.deepcopy(part, new)


def called(node: ast.AST) -> str:
    """The dotted name of what a call calls: ``np.mean``, ``.sum`` for a method, or nothing."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Name, ast.Attribute)):
        return ""
    name = ast.unparse(node.func)
    return name if name.startswith("np.") or "." not in name else f".{name.rsplit('.')[-1]}"


def is_conversion(node: ast.AST) -> bool:
    """Whether a node makes an array or a number of something, and leaves its value as it is."""
    return called(node) in ("np.asarray", "np.array", "float", "int")


def is_docstring(line: ast.stmt) -> bool:
    """Whether a line is only a string."""
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


# -- words ----------------------------------------------------------------------------------------


def spelled(parts: tuple[ast.AST, ...]) -> list[str]:
    """Parts of a solution as a learner may read them, in backticks, without what they share."""
    shared: set[str] = set()
    if len(parts) > 1:
        first, *others = ({text for _, text in _inner(part)} for part in parts)
        shared = {text for text in first.intersection(*others) if len(text) > SHORT}
    texts = [_code(part, shared) for part in parts]
    if all(re.search("[A-Za-z0-9]", text) for text in texts):
        return texts
    return [_code(part, set()) for part in parts]


def _code(node: ast.AST, shared: set[str]) -> str:
    return f"`{_text(_shortened(node, shared))}`"


def _shortened(node: ast.AST, shared: set[str]) -> ast.AST:
    """The same expression with what is shared, or else what is longest, left out."""
    for part, text in _inner(node):
        if text in shared:
            return _shortened(copy.deepcopy(node, {id(part): ELLIPSIS}), shared)
    while len(_text(node)) > MAX_CODE:
        inner = [(part, text) for part, text in _inner(node) if len(text) > SHORT]
        if not inner:
            return node
        enough = [part for part in inner if len(_text(node)) - len(part[1]) < MAX_CODE]
        part = min(enough or inner, key=lambda part: len(part[1]) * (1 if enough else -1))[0]
        node = copy.deepcopy(node, {id(part): ELLIPSIS})
    return node


def _inner(node: ast.AST) -> list[tuple[ast.AST, str]]:
    """The expressions inside a node, the longest first, with their texts."""
    inner = [
        (part, _text(part))
        for part in ast.walk(node)
        if part is not node and isinstance(part, (ast.BinOp, ast.Call, ast.Subscript, ast.Compare))
    ]
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return, ast.Expr)):
        inner = [(part, text) for part, text in inner if part is not node.value]
    return sorted(inner, key=lambda part: -len(part[1]))


def _text(node: ast.AST) -> str:
    text = ast.unparse(ast.fix_missing_locations(node)).replace("\n", " ")
    text = re.sub(r"\bself\.", "", text)
    return text if len(text) <= 2 * MAX_CODE else text[: 2 * MAX_CODE - 1] + "…"
