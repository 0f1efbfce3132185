"""Ways to change one place of a solution: what a slip of a learner may have done to it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from autograder.diagnosis.edits import course, formulas
from autograder.diagnosis.edits.change import Change, Definition, Whole

__all__ = ["Change", "Definition", "changes"]

OPERATORS = (*formulas.OPERATORS, *course.OPERATORS)
PLACE = re.compile(r" (?:before|beside|for|where) .*|, (?:`|the part).*")  # which of them it was


def changes(tree: Definition) -> Iterator[Change]:
    """Every change of one place, and of two places that are alike in the same way.

    Messages of exceptions and conversions to arrays are left as they are.
    """
    whole = Whole(tree)
    alike: dict[tuple[str, ...], list[Change]] = {}
    for node in ast.walk(tree):
        if not whole.is_skipped(node):
            for operator in OPERATORS:
                for change in operator(node, whole):
                    if not isinstance(change.old, ast.expr):
                        yield change
                    else:
                        change = replace(change, line=whole.line(change.old))
                        yield change
                        for written in (ast.unparse, _shape):  # to the letter, or alike
                            pair = (written(change.old), written(change.new))
                            alike.setdefault((operator.__name__, *pair), []).append(change)
    for twins in alike.values():
        if len(twins) == 2 and twins[0].line is not twins[1].line:
            first, second = twins
            same = first.says == second.says
            says = f"{first.says if same else PLACE.sub('', first.says)}, in two places at once"
            yield replace(first, says=says, rank=first.rank + 1, further=second)


def _shape(node: ast.AST) -> str:
    """An expression with all names left open."""
    return re.sub(r"\b(id|attr)='\w+'", "", ast.dump(node))
