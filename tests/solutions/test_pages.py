"""The learner's modules fit the pane beside a lesson, and give away no more than they should."""

import ast

import pytest

from autograder.exercises.manifest import EXERCISES, MODULES, Exercise
from autograder.maintain.make import MAX_COLUMNS, solution_text, stub

MAX_LINES = 24  # of a docstring: with its signature and a first line it fits a screen

# What the lesson leads to is for the learner to find: these texts are not in the docstring.
DERIVED = {
    "mean_squared_error_gradient": ("2 *", "2/", "/ size", ".size"),
    "sigmoid_cross_entropy_gradient": ("sigmoid(logits) -", "/ size", ".size"),
    "softmax_cross_entropy_gradient": ("softmax(logits) -", "/ n", "/ len"),
    "linear_regression_gradient": (".T", "2 /", "/ n"),
    "largest_stable_learning_rate": ("2 /", "2/"),
    "contraction_factor": ("1 -", "abs(", "max("),
    "best_learning_rate": ("2 /", "2/", "λmin +"),
    "dense_backward": (".T", "sum(", "axis"),
    "relu_backward": ("inputs > 0", "where("),
    "Adam": ("beta1 **", "beta1**", "mean / (1"),
}

each_module = pytest.mark.parametrize("module", MODULES)


@each_module
def test_modules_wrap_where_the_pane_ends(module: str) -> None:
    text = solution_text(module)
    for page in (text, stub(text, module)):
        long = [line for line in page.splitlines() if len(line) > MAX_COLUMNS]
        assert not long


@each_module
def test_docstrings_fit_a_screen(module: str) -> None:
    lengths = {
        node.name: len(says.splitlines())
        for node in ast.walk(ast.parse(solution_text(module)))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and (says := ast.get_docstring(node))
    }
    assert lengths
    assert not {name: length for name, length in lengths.items() if length > MAX_LINES}


@each_module
def test_learners_modules_do_not_point_at_the_solutions(module: str) -> None:
    assert "solutions" not in stub(solution_text(module), module)


@pytest.mark.parametrize(
    "entry",
    [exercise for exercise in EXERCISES if exercise.name in DERIVED],
    ids=lambda entry: entry.name,
)
def test_docstrings_and_first_hints_leave_the_formula_to_the_learner(entry: Exercise) -> None:
    tree = ast.parse(solution_text(entry.module))
    node = next(node for node in tree.body if getattr(node, "name", "") == entry.name)
    assert isinstance(node, (ast.FunctionDef, ast.ClassDef))
    page = ast.get_docstring(node) or ""
    for text in DERIVED[entry.name]:
        assert text not in page.replace("1 - beta", "")
        assert text not in " ".join(entry.hints[:2])
