"""Slips in a learner's own line: each is found, quoted and explained, and no solution has one."""

import ast
import inspect

import pytest

from autograder.checking.judge import Judgment
from autograder.diagnosis.edits import Change
from autograder.diagnosis.exceptions import cause_of_exception
from autograder.diagnosis.near_misses import near_misses
from autograder.diagnosis.source.slips import (
    COUNTED,
    FLATTENED,
    MISTYPED,
    RETURNED,
    SHUFFLED,
    SLIPS,
    WHOLE_NUMBERS,
    Slip,
    slip_in,
)
from autograder.diagnosis.source.witness import Witness
from autograder.exercises.manifest import EXERCISES, Exercise, exercise
from autograder.exercises.registry import criteria_of, mistakes_of, solution
from autograder.sandbox.outcomes import Outcome, Raised

WRITTEN = {
    "power_sign": ("mean_squared_error", "return np.mean((p - t) ^ 2)", "^"),
    "whole_division": ("accuracy", "return np.sum(hits) // len(hits)", "//"),
    "matrices": ("mean_squared_error", "return np.mean((np.matrix(p) - t) ** 2)", "matrix"),
    "axis_for_a_number": ("relu_forward", "return np.max(0, inputs)", "maximum"),
    "shuffled_to_nothing": ("minibatches", "order = rng.shuffle(rows)", "None"),
    "targets_as_places": (
        "softmax_cross_entropy_gradient",
        "p[np.arange(n), targets] -= 1",
        "one-hot",
    ),
    "word_for_a_condition": ("choose_loss", "if kind == 'a' or 'b':\n        pass", "always true"),
    "sign_after_equals": ("gradient_step", "w =- learning_rate * gradient", "`-=`"),
    "returned_exception": ("choose_loss", "return ValueError('what?')", "raise ValueError"),
    "lengths_for_shapes": (
        "mean_squared_error",
        "if len(predictions) != len(targets):\n        pass",
        ".shape",
    ),
    "largest_of_arrays": ("relu_forward", "return max(0, inputs)", "np.maximum"),
    "pair_for_values": (
        "best_learning_rate",
        "values = np.linalg.eig(hessian)\n    return 2 / max(values)",
        "two things",
    ),
    "whole_columns": (
        "categorical_cross_entropy",
        "right = np.argmax(targets, axis=1)\n    return probabilities[:, right]",
        "np.arange(n)",
    ),
    "loss_for_a_slope": ("training_step", "network.backward(loss(o, t))", "loss_gradient"),
    "drawn_with_replacement": ("minibatches", "rows = rng.choice(n, k)", "replacement"),
    "return_in_a_loop": ("numerical_gradient", "for i in x:\n        return i", "first round"),
    "padded_ends": ("moving_average", "return np.convolve(losses, kernel)", "valid"),
    "divided_in_the_loop": (
        "train",
        "for b in batches:\n        total += b\n        total = total / n",
        "every round",
    ),
    "full_batch_sizes": ("train", "total += batch_size * batch_loss", "its own examples"),
    "sum_that_goes_on": (
        "train",
        "total = 0\n    for e in epochs:\n        for b in batches:\n            total += b\n"
        "        means.append(total)",
        "set it to 0",
    ),
    "spectral_norm": ("descend_until_flat", "n = np.linalg.norm(g, 2)", "singular"),
    "unguarded_exponential": ("softmax", "e = np.exp(logits)", "overflows"),
    "called_where_returned": ("choose_loss", "return mean_squared_error()", "brackets"),
    "math_of_an_array": ("sigmoid", "return math.exp(-logits)", "np.exp"),
    "shape_for_a_number": ("mean_squared_error", "m = p.shape\n    return s / m", "tuple"),
    "type_of_the_argument": (
        "sigmoid",
        "out = np.zeros_like(logits)\n    out[0] = 1",
        "dtype=float",
    ),
    "shuffled_arguments": ("minibatches", "rng.shuffle(inputs)", "permutation"),
    "flattened": ("mean_squared_error", "p = np.ravel(predictions)", "as they come"),
    "one_step_an_epoch": (
        "stochastic_gradient_descent",
        "for epoch in range(epochs):\n        w = w - example_gradient(w, 0)",
        "all of them",
    ),
    "one_order_for_all": (
        "stochastic_gradient_descent",
        "order = rng.permutation(n_examples)\n    for epoch in range(epochs):\n        pass",
        "inside the loop",
    ),
}
IN_A_CLASS = {
    "setting_outside_the_object": ("return weights - learning_rate * gradient", "self.rate"),
    "changed_setting": ("self.rate = self.rate * 0.9", "for good"),
    "state_that_starts_again": (
        "v = np.zeros_like(gradient)\n        v = 0.9 * v + gradient",
        "starts again",
    ),
    "method_without_self": ("pass\n    def step(weights):\n        pass", "is `self`"),
}
CLASS = (
    "class Momentum:\n    def __init__(self, learning_rate, momentum=0.9):\n"
    "        self.rate, self.momentum = learning_rate, momentum\n"
    "    def update(self, weights, gradient):\n        {}\n"
)
ALL = {
    slip.look.__name__: slip
    for slip in (*SLIPS, WHOLE_NUMBERS, SHUFFLED, MISTYPED, RETURNED, COUNTED, FLATTENED)
}


def witness(name: str, text: str) -> Witness:
    """What the source of an exercise says, its file being this text."""
    entry = exercise(name)
    found = Witness.of({f"course/{entry.module}.py": text.encode()}, name, entry.module)
    assert found is not None
    return found


def function(name: str, body: str) -> str:
    """An exercise with the parameters of the solution and this body."""
    right = getattr(solution(exercise(name).module), name)
    parameters = ", ".join(inspect.signature(right).parameters)
    return f"def {name}({parameters}):\n    {body}\n"


def test_every_slip_has_a_case() -> None:
    assert ALL.keys() == WRITTEN.keys() | IN_A_CLASS.keys()


@pytest.mark.parametrize("kind", WRITTEN)
def test_slip_is_found_in_the_line(kind: str) -> None:
    name, body, word = WRITTEN[kind]
    said = first_of(ALL[kind], witness(name, function(name, body)))
    assert word in said
    assert said.startswith("Line ")


@pytest.mark.parametrize("kind", IN_A_CLASS)
def test_slip_is_found_in_a_class(kind: str) -> None:
    body, word = IN_A_CLASS[kind]
    said = first_of(ALL[kind], witness("Momentum", CLASS.format(body)))
    assert word in said
    assert said.startswith(("Line 5", "Line 6"))


def first_of(slip: Slip, shown: Witness) -> str:
    """What is said of the first place that a slip is found at."""
    node, *words = next(iter(slip.look(shown.theirs)))
    return f"{shown.theirs.quoted(node)}: {slip.says.format(*words)}"


@pytest.mark.parametrize("entry", EXERCISES, ids=lambda entry: entry.name)
def test_no_solution_has_a_slip(entry: Exercise) -> None:
    right = witness(entry.name, inspect.getsource(solution(entry.module)))
    assert slip_in(right.theirs, right.right, entry.name, [*ALL.values()]) is None


def test_a_parameter_that_nothing_reads_is_named() -> None:
    text = CLASS.format("return weights - self.rate * gradient")
    assert witness("Momentum", text).theirs.unread == ["momentum"]
    text = CLASS.format("return weights - self.rate * self.momentum * gradient")
    assert witness("Momentum", text).theirs.unread == []


def test_a_line_that_computes_what_nothing_reads_is_quoted() -> None:
    text = function("sigmoid", "p = 1 / (1 + logits)\n    return logits")
    assert witness("sigmoid", text).leftover() == "Line 2, `p = 1 / (1 + logits)`"
    text = function("sigmoid", "p = 1 / (1 + logits)\n    return p")
    assert witness("sigmoid", text).leftover() == ""


@pytest.mark.parametrize("entry", EXERCISES, ids=lambda entry: entry.name)
def test_no_solution_computes_what_nothing_reads(entry: Exercise) -> None:
    right = witness(entry.name, inspect.getsource(solution(entry.module)))
    assert right.leftover() == ""


def test_two_signs_are_a_slip_of_the_finger_only_where_they_touch() -> None:
    for line, found in (("w =- 2 * w", True), ("w = -2 * w", False), ("w -= 2 * w", False)):
        text = function("gradient_step", f"w = weights\n    {line}\n    return w")
        assert bool(witness("gradient_step", text).mistyped()) is found


def raised(kind: str, message: str, source: str, line: int = 2) -> Raised:
    """An exception in a line of a learner's file."""
    return Raised([kind], message, [["course/training.py", line, "f", source]])


@pytest.mark.parametrize(
    ("body", "error", "phrase"),
    [
        (
            "optimizer.step()",
            raised("AttributeError", "'_SuppliedNamespace' object has no attribute 'step'", ""),
            "`optimizer` has no `step`. It has `optimizer.update`",
        ),
        (
            "network(inputs)",
            raised("TypeError", "'_SuppliedNamespace' object is not callable", ""),
            "`network` is no function. It has `network.forward`",
        ),
    ],
)
def test_an_argument_used_as_something_else_is_named(body: str, error: Raised, phrase: str) -> None:
    criterion = criteria_of("training_step", "training")[0]
    shown = witness("training_step", function("training_step", body))
    judgment = Judgment(criterion, Outcome.RAISED, error)
    assert phrase in (shown.explains(judgment, partly_right=False) or "")


@pytest.mark.parametrize(
    ("error", "phrase"),
    [
        (
            raised("TypeError", "unsupported operand type(s) for *: 'float' and '_Supplied'", ""),
            "call it",
        ),
        (raised("IndexError", "only integers, slices (`:`), ...", ""), "`//`"),
        (raised("ArithmeticError", "no end", "raise ArithmeticError('no end')"), "your own"),
    ],
)
def test_an_exception_is_explained_by_what_failed(error: Raised, phrase: str) -> None:
    assert phrase in (cause_of_exception(error) or "")


def test_an_argument_that_is_overwritten_has_no_effect() -> None:
    text = function("sigmoid", "logits = np.zeros(3)\n    return logits")
    assert witness("sigmoid", text).theirs.unread == ["logits"]
    text = function("sigmoid", "logits = np.asarray(logits)\n    return logits")
    assert witness("sigmoid", text).theirs.unread == []


def first_change(exercise_name: str, words: str) -> Change:
    """The first change of a solution that says some words."""
    module = exercise(exercise_name).module
    found = (
        miss.change for stage in range(3) for _, miss in near_misses(exercise_name, module, stage)
    )
    return next(change for change in found if words in change.says)


def test_a_change_is_said_of_the_learners_own_line() -> None:
    change = first_change("mean_squared_error_gradient", "without a division")
    body = (
        "e = np.asarray(predictions) - np.asarray(targets)\n    return 2 * (predictions - targets)"
    )
    said = witness("mean_squared_error_gradient", function("mean_squared_error_gradient", body))
    says, place = said.says_of(change) or ("", "")
    assert "without a division" in says
    assert place == "Line 3, `return 2 * (predictions - targets)`"


def test_a_known_mistake_is_said_of_the_learners_own_line() -> None:
    known = {each.name: each for each in mistakes_of("Momentum", "optimizers")}
    text = CLASS.format(
        "self.v = self.momentum * self.v + gradient\n        return weights + self.rate * self.v"
    )
    place = witness("Momentum", text).place_of(known["ClimbingMomentum"])
    assert place == "Line 6, `return weights + self.rate * self.v`"


def test_a_line_as_in_the_solution_is_not_where_the_slip_is() -> None:
    change = first_change("Momentum", "− for +")
    line = "self.v = self.momentum * self.v {} gradient"
    right, turned = (CLASS.format(line.format(sign)) for sign in "+-")
    right, turned = (text.replace("self.v ", "self.velocity ") for text in (right, turned))
    assert not witness("Momentum", right).allows_change(change)
    assert witness("Momentum", turned).allows_change(change)


def test_the_same_slip_in_two_lines_is_one_change() -> None:
    change = first_change("Adam", "without a power, in two places")
    assert change.further is not None


def test_a_line_that_has_the_name_is_not_where_another_stands_for_it() -> None:
    change = first_change("dense_forward", "`inputs` where `weights` belongs")
    lines = ("x = inputs @ inputs + bias", "x = inputs @ weights + inputs @ bias")
    kept = [witness("dense_forward", function("dense_forward", line)) for line in lines]
    assert [shown.says_of(change) is not None for shown in kept] == [True, False]


def test_a_nan_is_not_explained_by_a_function_that_nobody_calls() -> None:
    of_root = witness("softmax", function("softmax", "return np.sqrt(logits)"))
    of_powers = witness("softmax", function("softmax", "return np.exp(logits)"))
    sentence = "nan comes from an exponential that overflows."
    assert of_powers.of_nan(sentence) == sentence
    assert "root of a negative number" in of_root.of_nan(sentence)


def test_one_name_for_one_other_in_two_lines_is_one_change() -> None:
    found = [
        (ast.unparse(miss.change.old), ast.unparse(miss.change.new))
        for _, miss in near_misses("train_with_adam", "broken_runs", 0)
        + near_misses("train_with_adam", "broken_runs", 1)
        if miss.change.further is not None
    ]
    assert found.count(("count", "steps")) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("train_with_momentum", "added to the old one (`+=`)"),
        ("largest_curvature", "factor, `nudge`, in two places"),
        ("cosine_schedule", "without a factor, `np.pi`"),
        ("diagnose", "`==` where `<=` belongs"),
        ("softmax", "with / for −"),
        ("dense_forward", "with * for @"),
    ],
)
def test_changes_hold_what_learners_do(name: str, words: str) -> None:
    assert first_change(name, words).rank < 4


def test_a_cause_needs_what_it_brings_in() -> None:
    tree = ast.parse("np.abs(logits)", mode="eval").body
    assert isinstance(tree, ast.Call)
    change = Change(tree.args[0], tree, 0, "with its sign lost")
    assert not witness("softmax", function("softmax", "return logits")).allows_change(change)
    assert witness("softmax", function("softmax", "return abs(logits)")).allows_change(change)


def test_the_source_that_cannot_be_read_says_nothing() -> None:
    assert Witness.of({"course/losses.py": b"def softmax(:"}, "softmax", "losses") is None
    assert Witness.of({}, "softmax", "losses") is None
    assert Witness.of({"course/losses.py": b"softmax = 3"}, "softmax", "losses") is None
