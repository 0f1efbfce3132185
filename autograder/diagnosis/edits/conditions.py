"""Slips in a comparison or a choice: the border, the side, a case too few."""

import ast
from collections.abc import Iterator

from autograder.diagnosis.edits.change import Change, Operator, Scope, instead
from autograder.diagnosis.edits.pattern import Rule, expression

BORDERS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
SIDES = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
BETWEEN = "A <= B <= C"
CASE = "if T:\n LINES"
EARLIER = "when {U} is asked for before {T}"
RULES = (
    *(Rule(f"A {old} B", f"A {new} B", 0) for old, new in BORDERS.items()),
    *(Rule(f"A {old} B", f"A {new} B", 1) for old, new in SIDES.items()),
    *(Rule(BETWEEN, new, 0) for new in ("A < B <= C", "A <= B < C")),
    *(Rule(BETWEEN, new, 0, "with only {NEW} in place of {OLD}") for new in ("A <= B", "B <= C")),
    Rule("A or B", "B", 0, "without {A} in the condition {OLD}"),
    Rule("A or B", "A", 0, "without {B} in the condition {OLD}"),
    Rule("not A", "A", 2),
    Rule(CASE, "", 0, "without the case {T}: nothing asks for it"),
    Rule(CASE, "if not T:\n LINES", 2, "when the case {T} is turned round"),
    Rule(f"{CASE}\nLINES2\nif U:\n LINES3", "if U:\n LINES3\nLINES2\nif T:\n LINES", 1, EARLIER),
    Rule(
        f"{CASE}\nLINES2\nreturn A if U else B",
        "if U:\n return A\nif T:\n LINES\nLINES2\nreturn B",
        1,
        EARLIER,
    ),
)


def conditions_on_all(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """A question about one value asked about all values of an argument."""
    if not isinstance(node, ast.Call) or not isinstance(scope.parent(node), ast.UnaryOp):
        return
    if len(node.args) == 1 and isinstance(node.args[0], ast.Name):
        for name in scope.parameters:
            parts = {"f": node.func, "x": ast.Name(name, ast.Load())}
            if node.args[0].id != name:
                yield instead(node, expression("np.all(f(x))", **parts), 2)


OPERATORS: tuple[Operator, ...] = (*RULES, conditions_on_all)
