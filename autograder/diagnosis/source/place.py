"""Which line of a learner's does what a changed line of the solution does.

Lines are compared by what shows in them: operators, functions that are called, numbers and
parameters, whatever the learner calls these. A line is named only where no other is as close.
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from autograder.checking.mistake import Slip
from autograder.diagnosis.edits import Change
from autograder.diagnosis.edits.change import CONVERSIONS
from autograder.diagnosis.source.syntax import Source, called

ENOUGH = 0.5  # of what shows in one of the two lines is in both
SAME = {"dot": "MatMult", "matmul": "MatMult", "absolute": "abs", "fabs": "abs", "square": "Pow"}
Marks = Counter[str]


def line_of(change: Change, theirs: Source, right: Source) -> ast.AST | None:
    """The learner's line that is most like the changed one; None where none is, or two are."""
    if change.line is None:
        return None
    brings = marks_in(change.new, right) - marks_in(change.old, right)
    wanted = (
        marks_in(change.line, right) - marks_in(change.old, right) + marks_in(change.new, right)
    )
    return _closest(wanted, brings, theirs)


def line_of_slip(slip: Slip, theirs: Source, right: Source) -> ast.AST | None:
    """The learner's line that is most like the one line that a known slip changes."""
    found = _changed_by(slip, right)
    return _closest(*found, theirs) if found else None


@cache
def _changed_by(slip: Slip, right: Source) -> tuple[Marks, Marks] | None:
    """What shows in the one line that a slip changes, and what of it the solution's has not."""
    tree = ast.parse(slip.text).body[0]
    if not isinstance(tree, (ast.FunctionDef, ast.ClassDef)):
        return None
    wrong = Source(tree, [], slip.text.splitlines())
    before = {shape(line, right) for line in lines(right)}
    changed = [line for line in lines(wrong) if shape(line, wrong) not in before]
    if len(changed) != 1:
        return None
    wanted = marks_in(changed[0], wrong)
    nearest = max((marks_in(line, right) for line in lines(right)), key=partial(_likeness, wanted))
    return wanted, wanted - nearest


def _closest(wanted: Marks, brings: Marks, theirs: Source) -> ast.AST | None:
    """The line most like what is wanted, with all in it that is brought in; none where two are."""
    shown = [(marks_in(line, theirs), line) for line in lines(theirs)]
    found = [(_likeness(wanted, shows), line) for shows, line in shown if brings <= shows]
    found.sort(key=lambda found_here: -found_here[0])
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    likeness, line = found[0]
    return line if likeness >= ENOUGH else None


def _likeness(first: Marks, second: Marks) -> float:
    return (first & second).total() / max(1, (first | second).total())


def left_out(change: Change, right: Source) -> Marks:
    """What a change takes from its line, where it brings nothing else."""
    old, new = marks_in(change.old, right), marks_in(change.new, right)
    return Counter() if new - old else old - new


def marks_of(source: Source) -> Marks:
    """What shows in a whole function."""
    return sum((marks_in(whole, source) for whole in source.wholes), Counter())


def numbers_of(tree: ast.AST) -> Iterator[Any]:
    """The numbers that are written in a part of a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node


def numbers_in(part: Any) -> set[float]:
    """The values of those in a part, or in a list of statements, without their signs."""
    trees = part if isinstance(part, list) else [part]
    return {abs(node.value) for tree in trees for node in numbers_of(tree)}


def lines(source: Source) -> Iterator[ast.AST]:
    """The simple statements of a function, and the heads of its loops and conditions."""
    for node in source.nodes:
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Expr)):
            if not isinstance(getattr(node, "value", None), ast.Constant):
                yield node
        elif isinstance(node, (ast.If, ast.While)):
            yield node.test
        elif isinstance(node, ast.For):
            yield node.iter


def shape(line: ast.AST, source: Source) -> str:
    """A line with the learner's own names left open, to be compared as a whole."""

    class Open(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            own = node.id in source.stored or node.id in source.parameters
            return ast.Name(source.meaning(node.id) if own else node.id, node.ctx)

        def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
            self.generic_visit(node)
            if isinstance(node.value, ast.Name) and node.value.id == "":
                return ast.Attribute(
                    node.value, source.settings.get(node.attr, node.attr), node.ctx
                )
            return node

    return ast.dump(Open().visit(copy.deepcopy(line)))


def marks_in(tree: ast.AST, source: Source) -> Marks:
    """What shows in a part of a function."""
    return Counter(mark for node in ast.walk(tree) if (mark := _mark(node, source)))


def _mark(node: ast.AST, source: Source) -> str:
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) | ast.UnaryOp(op=op) | ast.BoolOp(op=op):
            return type(op).__name__
        case ast.Compare(ops=ops):
            return "".join(type(op).__name__ for op in ops)
        case ast.Call():
            name = called(node)
            return "" if name in CONVERSIONS else SAME.get(name, name)
        case ast.Constant(value=int() | float() as number):
            return f"{float(number):g}"
        case ast.Name(id=name):
            return source.meaning(name)
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return source.settings.get(name, "")
        case ast.Attribute(attr="T" | "size" | "shape" as name):
            return name
        case ast.Subscript():
            return "[]"
    return ""
