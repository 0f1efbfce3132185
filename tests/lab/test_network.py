"""The small network's gradient is right, and its flat vector keeps its order."""

import numpy as np
import pytest

from lab.data.network import Network
from lab.data.tables import load_digits


def dense_forward(inputs, weights, bias):
    return np.einsum("ni,io->no", inputs, weights) + bias


def dense_backward(output_gradient, inputs, weights):
    return (
        np.einsum("no,io->ni", output_gradient, weights),
        np.einsum("ni,no->io", inputs, output_gradient),
        np.einsum("no->o", output_gradient),
    )


def relu_forward(inputs):
    return np.where(inputs > 0, inputs, 0.0)


def relu_backward(output_gradient, inputs):
    return np.where(inputs > 0, output_gradient, 0.0)


LAYER_FUNCTIONS = (dense_forward, dense_backward, relu_forward, relu_backward)


def test_forward_of_a_small_network_by_hand():
    network = Network((2, 2, 1), *LAYER_FUNCTIONS)
    # Hidden sums 1·1 + 2·2 + 0 = 5 and 1·3 + 2·(−4) + 1 = −4, after ReLU 5 and 0;
    # output 2·5 + 7·0 − 3 = 7.
    network.set_weights([1, 3, 2, -4, 0, 1, 2, 7, -3])
    assert np.array_equal(network.forward([[1, 2]]), [[7.0]])


def test_last_layer_has_no_relu():
    network = Network((1, 1), *LAYER_FUNCTIONS)
    network.set_weights([1.0, 0.0])
    assert np.array_equal(network.forward([[-2.0], [3.0]]), [[-2.0], [3.0]])


@pytest.mark.parametrize(
    "layers", [(3, 1), (2, 2, 1), (4, 5, 3, 2)], ids=lambda layers: "-".join(map(str, layers))
)
def test_backward_agrees_with_central_differences(layers):
    generator = np.random.default_rng(41)
    network = Network(layers, *LAYER_FUNCTIONS, seed=7)
    inputs = generator.normal(size=(6, layers[0]))
    targets = generator.normal(size=(6, layers[-1]))
    start = network.get_weights()
    # Biases away from zero, and no ReLU within reach of a step of its corner (asserted below).
    start = start + generator.normal(scale=0.1, size=start.size)
    step = 1e-6

    def loss(weights):
        network.set_weights(weights)
        return float(np.mean((network.forward(inputs) - targets) ** 2))

    differences = np.array(
        [
            (loss(start + step * unit) - loss(start - step * unit)) / (2 * step)
            for unit in np.eye(start.size)
        ]
    )
    network.set_weights(start)
    outputs = network.forward(inputs)
    for _, _, sums in network._seen[:-1]:
        assert np.abs(sums).min() > 100 * step
    gradient = network.backward(2 * (outputs - targets) / outputs.size)
    assert gradient.shape == start.shape
    # Away from the corners the loss is smooth, so the truncation error is of order step² = 1e-12
    # and rounding is of order eps · loss / step ≈ 2e-16 · 10 / 1e-6 ≈ 2e-9.
    assert np.allclose(gradient, differences, rtol=1e-6, atol=1e-8)
    assert np.abs(gradient).max() > 1e-2


def test_backward_uses_the_weights_of_the_forward_pass():
    network = Network((2, 3, 1), *LAYER_FUNCTIONS, seed=3)
    inputs = [[1.0, -2.0], [0.5, 4.0]]
    network.forward(inputs)
    expected = network.backward([[1.0], [1.0]])
    network.forward(inputs)
    network.set_weights(np.ones(13))
    assert np.array_equal(network.backward([[1.0], [1.0]]), expected)


def test_backward_before_forward_says_what_is_missing():
    network = Network((2, 1), *LAYER_FUNCTIONS)
    with pytest.raises(RuntimeError, match="forward pass first"):
        network.backward([[1.0]])


def test_weights_go_out_and_in_in_the_same_order():
    network = Network((2, 3, 1), *LAYER_FUNCTIONS)
    flat = np.arange(13.0)
    network.set_weights(flat)
    (first, first_bias), (second, second_bias) = network.parameters
    assert np.array_equal(first, [[0, 1, 2], [3, 4, 5]])
    assert np.array_equal(first_bias, [6, 7, 8])
    assert np.array_equal(second, [[9], [10], [11]])
    assert np.array_equal(second_bias, [12])
    assert np.array_equal(network.get_weights(), flat)


def test_weights_are_copied_both_ways():
    network = Network((2, 1), *LAYER_FUNCTIONS)
    given = np.array([1.0, 2.0, 3.0])
    network.set_weights(given)
    given[:] = 9.0
    taken = network.get_weights()
    taken[:] = 8.0
    assert np.array_equal(network.get_weights(), [1.0, 2.0, 3.0])


@pytest.mark.parametrize("size", [2, 4], ids=["short", "long"])
def test_set_weights_refuses_another_length(size):
    with pytest.raises(ValueError, match=r"expected \(3,\)"):
        Network((2, 1), *LAYER_FUNCTIONS).set_weights(np.zeros(size))


@pytest.mark.parametrize("seed", range(5))
def test_first_loss_of_ten_classes_is_that_of_guessing(seed):
    digits = load_digits().train
    logits = Network((64, 32, 10), *LAYER_FUNCTIONS, seed=seed).forward(digits.features)
    losses = np.log(np.exp(logits).sum(axis=1)) - np.sum(logits * digits.targets, axis=1)
    assert abs(losses.mean() - np.log(10)) < 0.03


@pytest.mark.parametrize("layers", [(3,), (3, 0, 1)], ids=["one size", "empty layer"])
def test_network_refuses_impossible_layers(layers):
    with pytest.raises(ValueError, match="at least two sizes"):
        Network(layers, *LAYER_FUNCTIONS)


def test_first_weights_follow_he_and_the_seed():
    network = Network((200, 300, 1), *LAYER_FUNCTIONS, seed=5)
    (weights, bias), _ = network.parameters
    # 60,000 draws: the sample deviation is within 4 · σ / √(2 · 60,000) ≈ 1.2 % of √(2 / 200).
    assert abs(weights.std() / 0.1 - 1) < 0.012
    assert not bias.any()
    narrow = network.parameters[-1][0].std() / np.sqrt(2 / 300)
    assert abs(narrow / 0.1 - 1) < 0.17  # 300 draws
    same = Network((200, 300, 1), *LAYER_FUNCTIONS, seed=5)
    other = Network((200, 300, 1), *LAYER_FUNCTIONS, seed=6)
    assert np.array_equal(network.get_weights(), same.get_weights())
    assert not np.array_equal(network.get_weights(), other.get_weights())


def test_network_names_the_function_that_returned_another_shape():
    def transposed(output_gradient, inputs, weights):
        input_gradient, weights_gradient, bias_gradient = dense_backward(
            output_gradient, inputs, weights
        )
        return input_gradient, weights_gradient.T, bias_gradient

    network = Network((2, 3, 1), dense_forward, transposed, relu_forward, relu_backward)
    network.forward([[1.0, 2.0]])
    with pytest.raises(ValueError, match=r"dense_backward returned shape \(1, 3\)"):
        network.backward([[1.0]])
