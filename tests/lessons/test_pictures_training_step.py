"""The pictures of lesson 5 show what their captions and the lesson say."""

import numpy as np
import pytest

from lab.data.network import INPUTS, small_network
from lab.pictures import network_in_numbers, training_step

DRAWINGS = {
    "forward_in_numbers": network_in_numbers.forward_in_numbers,
    "backward_in_numbers": network_in_numbers.backward_in_numbers,
    "relu_and_its_slope": training_step.relu_and_its_slope,
    "shapes_of_a_dense_layer": training_step.shapes_of_a_dense_layer,
    "sorted_or_shuffled": training_step.sorted_or_shuffled,
    "three_orders": training_step.three_orders,
    "loss_by_epoch": lambda: training_step.loss_by_epoch([0.7, 0.3, 0.125]),
}


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_pictures_follow_the_house_rules(draw, house_rules):
    house_rules(draw)


def test_small_network_gradient_agrees_with_central_differences():
    net = small_network()
    step = 1e-6

    def loss(weights_1, weights_2):
        hidden = [
            max(0.0, sum(net.inputs[i] * weights_1[i][j] for i in range(2)) + net.bias_1[j])
            for j in range(2)
        ]
        output = sum(h * w for h, w in zip(hidden, weights_2, strict=True)) + float(net.bias_2)
        return (output - net.target) ** 2

    assert loss(net.weights_1, net.weights_2) == net.loss == 1.0
    # The loss is a parabola in each weight near here (no sum is within a step of 0), so central
    # differences are exact except for rounding, about 2e-16 / 1e-6.
    for i, j in np.ndindex(2, 2):
        nudge = np.zeros((2, 2))
        nudge[i, j] = step
        slope = (
            loss(net.weights_1 + nudge, net.weights_2) - loss(net.weights_1 - nudge, net.weights_2)
        ) / (2 * step)
        assert net.weights_1_gradient[i, j] == pytest.approx(slope, abs=1e-8)
    for j in range(2):
        nudge = np.zeros(2)
        nudge[j] = step
        slope = (
            loss(net.weights_1, net.weights_2 + nudge) - loss(net.weights_1, net.weights_2 - nudge)
        ) / (2 * step)
        assert net.weights_2_gradient[j] == pytest.approx(slope, abs=1e-8)


def test_small_network_bias_slopes_are_those_of_the_sums():
    net = small_network()
    assert net.bias_1_gradient.tolist() == [4, 0]
    assert net.bias_2_gradient == 2


def test_backward_picture_shows_all_nine_slopes():
    (axes,) = network_in_numbers.backward_in_numbers().figure.axes
    shown = [text.get_text() for text in axes.texts]
    assert [word for word in shown if word.startswith("bias")] == ["bias 4", "bias 0", "bias 2"]
    assert sorted(word for word in shown if word in ("4", "8", "6")) == ["4", "4", "6", "8"]


def test_small_network_has_one_open_and_one_shut_unit():
    net = small_network()
    assert net.sums.tolist() == [3, -2]
    assert net.hidden.tolist() == [3, 0]
    assert net.sums_gradient.tolist() == [4, 0]


def test_sorted_table_forgets_and_shuffled_table_does_not():
    in_order = training_step.digit_losses(shuffle=False, epochs=2, batch_size=32)
    shuffled = training_step.digit_losses(shuffle=True, epochs=2, batch_size=32)
    # Before the first step all ten digits are equally probable.
    assert in_order[0] == pytest.approx(np.log(10), rel=1e-12)
    assert shuffled[0] == in_order[0]
    assert in_order.max() > in_order[0] + 0.5
    assert shuffled.max() == shuffled[0]
    assert shuffled[-1] < in_order[-1] / 2


def test_order_losses_converge_diverge_and_stay():
    right, late, unset = training_step.order_losses(40)
    assert np.all(np.diff(right) < 1e-12)
    # With the gradient of the step before, the steepest direction follows z² − z + 1.3 = 0,
    # whose roots have modulus √1.3; the loss grows by about 1.3 a step.
    growth = (late[20:].max() / late[:20].max()) ** (1 / 20)
    assert growth == pytest.approx(1.3, rel=0.05)
    assert np.all(unset == right[0])


def test_loss_by_epoch_states_first_and_last_loss():
    assert "from 0.70 to 0.125" in training_step.loss_by_epoch([0.7, 0.3, 0.125]).alt


def test_second_example_is_the_one_that_the_lesson_asks_to_predict():
    assert INPUTS[1].tolist() == [2.0, -1.0]
