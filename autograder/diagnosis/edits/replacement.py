"""Parts of a function replaced, and what is around them kept."""

import ast
import copy
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.diagnosis.edits.statements import is_docstring

Part = ast.AST | Sequence[ast.stmt]  # what stands in the place of a part


def replaced(body: list[ast.stmt], parts: Mapping[int, Part]) -> list[ast.stmt]:
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
