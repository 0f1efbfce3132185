"""The training step in slow motion: the lesson's numbers, made by the learner's functions."""

from itertools import pairwise

import numpy as np
import pytest

from lab.data.network import INPUTS, LAYERS, TARGETS
from lab.experiments.training_step import GOAL_LOSS, PARTS, STEPS, SlowMotion, by_part, trained
from lab.widget.kept import Kept
from lab.widget.noting_copy import Watched
from solutions import training

REFERENCE = {name: getattr(training, name) for name in LAYERS}


def opened(**replaced):
    return SlowMotion(*(REFERENCE | replaced).values(), kept=Kept(None))


def test_first_step_is_the_one_worked_in_the_lesson():
    rows, losses = trained(REFERENCE, 0.01, 2)
    first = {name: values.tolist() for name, values in by_part(rows[0]).items()}
    assert first["sums"] == [3, -2]
    assert first["hidden"] == [3, 0]
    assert first["output"] == [5]
    assert first["loss"] == [1]
    assert first["output_gradient"] == [2]
    assert first["weights_2_gradient"] == [6, 0]
    assert first["bias_2_gradient"] == [2]
    assert first["hidden_gradient"] == [4, -2]
    assert first["sums_gradient"] == [4, 0]
    assert first["weights_1_gradient"] == [4, 0, 8, 0]
    assert first["bias_1_gradient"] == [4, 0]
    np.testing.assert_allclose(first["new_weights_1"], [0.96, 1, 0.92, -2], rtol=1e-12)
    np.testing.assert_allclose(first["new_bias_2"], [-1.02], rtol=1e-12)
    # By hand, with the weights of the start: outputs 5, -4, -1, 5 for targets 4, -2, 0, 6.
    assert losses[0] == (1 + 4 + 1 + 1) / 4


def test_each_step_starts_with_the_weights_of_the_one_before():
    rows, _ = trained(REFERENCE, 0.01, 6)
    for before, after in pairwise(rows):
        for name in ("weights_1", "bias_1", "weights_2", "bias_2"):
            assert by_part(after)[name].tolist() == by_part(before)[f"new_{name}"].tolist()


def test_examples_take_turns_and_open_and_shut_both_units():
    rows, _ = trained(REFERENCE, 0.01, STEPS)
    steps = [by_part(row) for row in rows]
    assert [tuple(step["inputs"]) for step in steps[:5]] == [*map(tuple, INPUTS), tuple(INPUTS[0])]
    assert [step["target"][0] for step in steps[:4]] == list(TARGETS)
    gates = {tuple(step["sums"] > 0) for step in steps}
    assert {(True, False), (True, True), (False, False)} <= gates


def test_loss_falls_and_the_goal_can_be_met():
    rates = [0.01, 0.016]
    ends = [trained(REFERENCE, rate, STEPS)[1] for rate in rates]
    assert ends[0][-1] < ends[0][0] / 5
    assert ends[0][-1] > GOAL_LOSS  # not a present
    assert ends[1][-1] < GOAL_LOSS


def test_parts_cover_a_row_exactly():
    rows, _ = trained(REFERENCE, 0.01, 1)
    assert rows.shape == (1, sum(size for _, size in PARTS))


def test_wrong_gate_is_shown_as_it_is():
    leaky = REFERENCE | {"relu_backward": lambda output_gradient, inputs: output_gradient}
    rows, _ = trained(leaky, 0.01, 1)
    assert by_part(rows[0])["sums_gradient"].tolist() == [4, -2]


@pytest.mark.parametrize(
    ("name", "function", "said"),
    [
        (
            "dense_forward",
            lambda inputs, weights, bias: (inputs @ weights + bias)[0],
            "`dense_forward` returned an array of shape (2,); expected one row for each example",
        ),
        (
            "dense_backward",
            lambda output_gradient, inputs, weights: (output_gradient, inputs),
            "`dense_backward` returned a tuple of length 2; expected the three gradients",
        ),
        (
            "dense_backward",
            lambda g, inputs, weights: (g @ weights.T, g.T @ inputs, g.sum(axis=0)),
            "`dense_backward` returned an array of shape (1, 2); expected `weights_gradient`",
        ),
        ("relu_backward", lambda output_gradient, inputs: None, "`relu_backward` returned None"),
    ],
    ids=["a row lost", "two of three", "transposed", "nothing"],
)
def test_trouble_says_what_came_and_what_was_expected(name, function, said):
    experiment = opened(**{name: function})
    answer, trouble = experiment.attempt(experiment.settings, 10)
    assert answer is None
    assert said in trouble.title


def test_trouble_of_an_unwritten_function_says_which():
    def relu_backward(output_gradient, inputs):
        raise NotImplementedError("relu_backward: not written yet")

    _, trouble = opened(relu_backward=relu_backward).attempt({"learning_rate": 0.01}, 10)
    assert trouble.title.startswith("Write `relu_backward` in ")


def test_high_learning_rate_is_drawn_finite():
    answer, trouble = opened().attempt({"learning_rate": 5.0}, 10)
    assert trouble is None
    for array in answer.arrays:
        assert np.isfinite(array).all()


def test_picture_states_the_numbers_of_the_first_step():
    experiment = opened()
    answer, _ = experiment.attempt(experiment.settings, 10)
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    assert "the output is 5, the target 4" in picture.alt
    assert "from 1.75 to 0.245" in picture.alt


def branching(x):
    """Two ways."""
    if x > 0:
        return 1
    return 2


def test_lines_that_ran_are_marked_and_the_docstring_is_left_out():
    watched = Watched(branching)
    assert watched.code() is None
    assert watched.function(3) == 1
    lines = watched.code()["lines"]
    assert [text.strip() for _, text, _ in lines][1] == "if x > 0:"
    assert [text.strip() for _, text, ran in lines if not ran] == ["return 2"]
    assert watched.code()["file"] == "lab/test_training_step.py"


def test_function_that_closes_over_a_name_runs_as_it_is():
    weight = 3

    def scaled(x):
        return weight * x

    watched = Watched(scaled)
    assert watched.function(2) == 6
    assert watched.code() is None


def test_error_in_a_watched_function_keeps_its_line():
    def broken(inputs, weights, bias):
        return inputs @ weights.T.T.nothing

    _, trouble = opened(dense_forward=broken).attempt({"learning_rate": 0.01}, 2)
    assert trouble.code == "return inputs @ weights.T.T.nothing"
