"""Rules: what they find in a function, and what they make of it."""

import ast

import pytest

from autograder.diagnosis.edits import Places
from autograder.diagnosis.edits.change import Scope
from autograder.diagnosis.edits.pattern import Rule, Together


def changed(rule: Rule | Together, source: str) -> list[tuple[str, str]]:
    """The bodies that a rule makes of a function, each with what it says."""
    (tree,) = ast.parse(source).body
    assert isinstance(tree, ast.FunctionDef)
    places, scope = Places(tree), Scope(tree)
    found = []
    nodes = [node for node in ast.walk(tree) if isinstance(node, rule.roots)]
    for change in (each for node in nodes for each in rule(node, scope)):
        with places.changed(change) as new:
            compile(ast.Module([new], []), "<test>", "exec")
            found.append(("; ".join(map(ast.unparse, new.body)), change.says))
    assert ast.unparse(tree) == ast.unparse(ast.parse(source))  # nothing is left behind
    return found


def test_rule_changes_each_place_of_an_expression() -> None:
    rule = Rule("A - B", "B - A", 0)
    assert changed(rule, "def f(a, b, c):\n return a - b - c") == [
        ("return c - (a - b)", "with `c - (a - b)` in place of `a - b - c`"),
        ("return b - a - c", "with `b - a` in place of `a - b`"),
    ]


def test_rule_fills_a_gap_that_occurs_twice_with_the_same() -> None:
    rule = Rule("A * B + (1 - A) * C", "B + C", 0, "without {A} and {1 - A}")
    assert changed(rule, "def f(a, b, c):\n return a * b + (1 - c) * c") == []
    ((body, says),) = changed(rule, "def f(a, b, c):\n return a * b + (1 - a) * c")
    assert (body, says) == ("return b + c", "without `a` and `1 - a`")


@pytest.mark.parametrize(
    ("line", "is_there"),
    [("x = float(y)", False), ("x = float(g(y))", True), ("'text'", False), ("g(y)", True)],
)
def test_rule_takes_a_line_that_does_something(line: str, *, is_there: bool) -> None:
    rule = Rule("LINE\nreturn R", "return R", 0, "without the last line")
    found = changed(rule, f"def f(y):\n {line}\n return y")
    assert found == ([("return y", "without the last line")] if is_there else [])


def test_rule_takes_as_many_lines_as_there_are() -> None:
    rule = Rule(
        "for I in R:\n LINES\n LINE", "for I in R:\n LINE\n LINES", 0, "when {LINE} is first"
    )
    ((body, says),) = changed(rule, "def f(r):\n for i in r:\n  a = i + 1\n  b = a\n  c = b")
    assert body.split() == [
        "for",
        "i",
        "in",
        "r:",
        "c",
        "=",
        "b",
        "a",
        "=",
        "i",
        "+",
        "1",
        "b",
        "=",
        "a",
    ]
    assert says == "when `c = b` is first"


def test_together_changes_all_places_or_none() -> None:
    rule = Together({"np.sqrt(A)": "A", "B ** 2": "abs(B)"}, 0, "without {OLD0} and {OLD1}")
    ((body, says),) = changed(rule, "def f(x):\n y = x ** 2\n return np.sqrt(y)")
    assert (body, says) == ("y = abs(x); return y", "without `np.sqrt(y)` and `x ** 2`")
    assert changed(rule, "def f(x):\n y = x ** 3\n return np.sqrt(y)") == []
