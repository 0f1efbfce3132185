"""The criteria of lesson 7: every sound program passes, and a broken one earns nothing."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exercises.broken_runs.symptoms import SYMPTOMS
from autograder.exercises.bugs import MAX_BYTES, still_has_bug, with_bug
from autograder.exercises.manifest import exercise, exercises_in
from autograder.exercises.registry import solved_module
from autograder.grading.grade import grade
from autograder.learner.card import card_text
from autograder.maintain.make import solution_text, stub
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission

NAMES = [each.name for each in exercises_in("broken_runs")]
SOLUTION = solved_module("broken_runs")
SOURCE = solution_text("broken_runs")
HANDED_OUT = stub(SOURCE, "broken_runs")


# -- other sound programs -------------------------------------------------------------------------


def line_by_matrices(inputs: Any, targets: Any, learning_rate: float, steps: int) -> Any:
    x = np.column_stack([np.ravel(inputs), np.ones(len(inputs))])
    weights = np.zeros(2)
    for _ in range(steps):
        weights = weights - learning_rate * 2 / len(x) * x.T @ (x @ weights - np.asarray(targets))
    return weights


def line_by_plain_numbers(inputs: Any, targets: Any, learning_rate: float, steps: int) -> Any:
    pairs = [(float(row[0]), float(t)) for row, t in zip(inputs, targets, strict=True)]
    a = b = 0.0
    for _ in range(steps):
        errors = [(a * x + b - t, x) for x, t in pairs]
        a, b = (
            a - learning_rate * 2 * sum(e * x for e, x in errors) / len(errors),
            b - learning_rate * 2 * sum(e for e, _ in errors) / len(errors),
        )
    return [a, b]


def classes_by_means(features: Any, targets: Any, learning_rate: float, steps: int) -> Any:
    x, t = np.asarray(features, dtype=float), np.asarray(targets, dtype=float)
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        w -= learning_rate * np.mean(x * (1 / (1 + np.exp(-x @ w)) - t)[:, None], axis=0)
    return w


def rows_by_one_generator_of_python(
    features: Any, targets: Any, learning_rate: float, epochs: int, batch_size: int, seed: int = 0
) -> Any:
    import random

    x, t = np.asarray(features, dtype=float), np.asarray(targets, dtype=float)
    w, dice, order = np.zeros((x.shape[1], t.shape[1])), random.Random(seed), list(range(len(x)))
    for _ in range(epochs):
        dice.shuffle(order)
        rest = list(order)
        while rest:
            rows, rest = rest[:batch_size], rest[batch_size:]
            p = np.exp(x[rows] @ w)
            p /= p.sum(axis=1, keepdims=True)
            w = w - learning_rate * np.einsum("ni,nk->ik", x[rows], p - t[rows]) / len(rows)
    return w


def momentum_with_the_rate_inside(
    gradient: Any, start: Any, learning_rate: float, momentum: float, steps: int
) -> Any:
    path, v = [np.array(start, dtype=float)], 0.0
    for _ in range(steps):
        v = momentum * v - learning_rate * np.asarray(gradient(path[-1].copy()))
        path.append(path[-1] + v)
    return np.stack(path)


def adam_as_in_the_paper(gradient: Any, start: Any, learning_rate: float, steps: int) -> Any:
    path, m, v = [np.array(start, dtype=float)], 0.0, 0.0
    for t in range(1, steps + 1):
        g = np.asarray(gradient(path[-1]))
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        path.append(
            path[-1] - learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        )
    return np.array(path)


def best_of_a_list(
    gradient: Any, loss: Any, start: Any, learning_rate: float, max_steps: int, patience: int
) -> Any:
    seen = [np.array(start, dtype=float)]
    losses = [loss(seen[0])]
    while len(seen) <= max_steps and len(seen) - 1 - int(np.argmin(losses)) < patience:
        seen.append(seen[-1] - learning_rate * np.asarray(gradient(seen[-1])))
        losses.append(loss(seen[-1]))
    return seen[int(np.argmin(losses))]


SOUND = {
    "fit_line": [line_by_matrices, line_by_plain_numbers],
    "logistic_regression": [classes_by_means],
    "softmax_regression": [rows_by_one_generator_of_python],
    "train_with_momentum": [momentum_with_the_rate_inside],
    "train_with_adam": [adam_as_in_the_paper],
    "train_until_worse": [best_of_a_list],
}


@pytest.mark.parametrize(
    ("name", "answer"),
    [(name, answer) for name, answers in SOUND.items() for answer in answers],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_criteria_give_full_marks_to_other_sound_programs(
    name: str, answer: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    for student in ("ada", "grace", "emmy"):
        result = marks("broken_runs", {name: answer}, only=[name], student=student)[name]
        assert result.score == 1.5, [each.message for each in result.criteria]


@pytest.mark.parametrize("name", NAMES)
def test_criteria_give_nothing_to_the_program_with_its_bug(
    name: str, marks: Callable[..., dict[str, Any]]
) -> None:
    broken = {name: with_bug(exercise(name))}
    for student in ("ada", "grace", "emmy"):
        assert marks("broken_runs", broken, only=[name], student=student)[name].score == 0


@pytest.mark.parametrize("name", NAMES)
def test_symptoms_lie_far_apart(name: str) -> None:
    symptom = SYMPTOMS[name]
    (low, high), (worse, worst) = symptom.sound, symptom.broken
    assert low <= symptom.measured(getattr(SOLUTION, name)) <= high
    assert high < worse or worst < low


# -- shortcuts ------------------------------------------------------------------------------------


def line_of_the_sorted_table(inputs: Any, targets: Any, learning_rate: float, steps: int) -> Any:
    return SOLUTION.fit_line(np.sort(inputs, axis=0), np.sort(targets), learning_rate, steps)


def rows_in_blocks(
    features: Any, targets: Any, learning_rate: float, epochs: int, batch_size: int, seed: int = 0
) -> Any:
    """Whole batches are shuffled, not examples."""
    x, t = np.asarray(features, dtype=float), np.asarray(targets, dtype=float)
    w, rng = np.zeros((x.shape[1], t.shape[1])), np.random.default_rng(seed)
    blocks = [range(k, min(k + batch_size, len(x))) for k in range(0, len(x), batch_size)]
    for _ in range(epochs):
        for block in rng.permutation(len(blocks)):
            rows = list(blocks[block])
            w = w + learning_rate * _step(x[rows], t[rows], w)
    return w


def _step(x: Any, t: Any, w: Any) -> Any:
    p = np.exp(x @ w)
    return x.T @ (t - p / p.sum(axis=1, keepdims=True)) / len(x)


def rows_drawn_with_replacement(
    features: Any, targets: Any, learning_rate: float, epochs: int, batch_size: int, seed: int = 0
) -> Any:
    x, t = np.asarray(features, dtype=float), np.asarray(targets, dtype=float)
    w, rng = np.zeros((x.shape[1], t.shape[1])), np.random.default_rng(seed)
    for _ in range(epochs * -(-len(x) // batch_size)):
        rows = rng.integers(len(x), size=min(batch_size, len(x)))
        w = w + learning_rate * _step(x[rows], t[rows], w)
    return w


def rows_of_no_seed(
    features: Any, targets: Any, learning_rate: float, epochs: int, batch_size: int, seed: int = 0
) -> Any:
    number = int(np.random.default_rng().integers(2**32))
    return SOLUTION.softmax_regression(features, targets, learning_rate, epochs, batch_size, number)


@pytest.mark.parametrize(
    ("name", "answer", "most"),
    [
        ("fit_line", line_of_the_sorted_table, 0.25),
        ("softmax_regression", rows_in_blocks, 1.0),
        ("softmax_regression", rows_drawn_with_replacement, 0.25),
        ("softmax_regression", rows_of_no_seed, 1.0),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_criteria_see_through_shortcuts(
    name: str, answer: Any, most: float, marks: Callable[..., dict[str, Any]]
) -> None:
    assert marks("broken_runs", {name: answer}, only=[name])[name].score <= most


# -- not repaired yet -----------------------------------------------------------------------------


def graded(text: str, name: str) -> Any:
    backend = UnwalledBackend()
    try:
        files = {"course/broken_runs.py": text.encode()}
        return grade(Submission("ada", files), backend, [exercise(name)])
    finally:
        backend.close()


def test_what_is_handed_out_is_not_repaired_yet() -> None:
    files = {"course/broken_runs.py": HANDED_OUT.encode()}
    assert all(still_has_bug(exercise(name), files) for name in NAMES)
    result = graded(HANDED_OUT, "fit_line")
    (found,) = result.exercises
    assert (found.outcome, found.score) == (Outcome.NOT_WRITTEN, 0)
    assert "○ fit_line: not repaired yet (0 of 1.5 points)" in card_text(result)
    assert "repair it in course/broken_runs.py" in card_text(result)


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text + "\n# nothing else\n",
        lambda text: text.replace(
            "    slope, intercept = 0.0, 0.0", "    slope, intercept=0.,0. # !"
        ),
        lambda text: text.replace("Return slope and intercept of a line", "My line"),
        lambda text: text.replace("def logistic", "print('hello')\n\n\ndef logistic"),
    ],
    ids=["a comment", "other spaces", "its docstring", "another statement"],
)
def test_a_program_is_not_repaired_by_what_is_no_code_of_it(changed: Any) -> None:
    text = changed(HANDED_OUT)
    assert text != HANDED_OUT
    assert still_has_bug(exercise("fit_line"), {"course/broken_runs.py": text.encode()})


def test_a_changed_program_is_judged_and_named_as_what_it_is() -> None:
    renamed = HANDED_OUT.replace("intercept_gradient", "other_gradient")
    found = graded(renamed, "fit_line").exercises[0]
    assert (found.outcome, found.score) == (Outcome.FAILED, 0)
    assert found.criteria[0].mistake == "line_still_flat"


@pytest.mark.parametrize(
    "more",
    [
        "\n\ndef fit_line(inputs, targets, learning_rate, steps):\n    return 0.0, 0.0\n",
        "\nfit_line = logistic_regression\n",
        "\nfrom .losses import softmax as fit_line\n",
        "\nif True:\n    fit_line = None\n",
    ],
    ids=["defined again", "assigned", "imported", "in a block"],
)
def test_what_the_name_is_given_to_later_is_judged(more: str) -> None:
    files = {"course/broken_runs.py": (HANDED_OUT + more).encode()}
    assert not still_has_bug(exercise("fit_line"), files)
    assert still_has_bug(exercise("train_with_adam"), files)


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"def fit_line(", b"x = " + b"(" * 5000, b"\0", b"#" * MAX_BYTES + b"\n1"],
    ids=["no text", "no Python", "too deep", "a zero", "too long"],
)
def test_files_that_cannot_be_read_are_judged(content: bytes) -> None:
    assert not still_has_bug(exercise("fit_line"), {"course/broken_runs.py": content})
    assert not still_has_bug(exercise("fit_line"), {})


def test_copy_that_is_handed_out_differs_from_the_solution_in_the_six_bugs_only() -> None:
    text = SOURCE
    for name in NAMES:
        bug = exercise(name).bug
        assert bug is not None
        before, definition = text.split(f"def {name}(")
        text = f"{before}def {name}({definition.replace(*bug, 1)}"
    assert HANDED_OUT.partition("\n")[2] == text
