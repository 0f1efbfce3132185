"""Layers against their linearity, batches against bookkeeping, training against a recorder."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from solutions import training

pytestmark = pytest.mark.filterwarnings("error")
steady = settings(derandomize=True, deadline=None, database=None)

# whole numbers: every sum and product below is exact in float64
whole = st.integers(-50, 50)


# layers


@steady
@given(arrays(np.int64, (3, 2), elements=whole), arrays(np.int64, (2, 4), elements=whole))
def test_dense_forward_is_a_weighted_sum_for_each_output(inputs, weights):
    bias = np.array([1, 2, 3, 4])
    outputs = training.dense_forward(inputs, weights, bias)
    expected = [
        [sum(int(row[i]) * int(weights[i, j]) for i in range(2)) + int(bias[j]) for j in range(4)]
        for row in inputs
    ]
    assert outputs.dtype == float
    np.testing.assert_array_equal(outputs, expected)


@steady
@given(
    arrays(float, (3, 4), elements=whole),
    arrays(float, (3, 2), elements=whole),
    arrays(float, (2, 4), elements=whole),
    arrays(float, 4, elements=whole),
)
def test_dense_backward_is_the_slope_of_the_layer(output_gradient, inputs, weights, bias):
    def blame(x, w, b):
        return float(np.sum(output_gradient * (x @ w + b)))

    found = training.dense_backward(output_gradient, inputs, weights)
    here = blame(inputs, weights, bias)
    arguments = [inputs, weights, bias]
    for place, gradient in enumerate(found):
        assert gradient.shape == arguments[place].shape
        for index in np.ndindex(gradient.shape):
            nudged = [np.array(argument) for argument in arguments]
            nudged[place][index] += 1  # linear in each argument: a whole step is exact
            assert gradient[index] == blame(*nudged) - here


def test_dense_backward_by_hand():
    found = training.dense_backward([[10], [1]], [[1, 2], [3, 4]], [[5], [6]])
    for gradient, expected in zip(found, [[[50, 60], [5, 6]], [[13], [24]], [11]], strict=True):
        np.testing.assert_array_equal(gradient, expected)


@steady
@given(arrays(float, st.integers(1, 20), elements=st.floats(-1e6, 1e6)))
def test_relu_splits_a_number_into_two_parts(inputs):
    # max(0, x) - max(0, -x) = x and max(0, x) + max(0, -x) = |x|
    up, down = training.relu_forward(inputs), training.relu_forward(-inputs)
    np.testing.assert_array_equal(up - down, inputs)
    np.testing.assert_array_equal(up + down, np.abs(inputs))


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 2)])
def test_relu_keeps_the_shape(shape):
    assert np.shape(training.relu_forward(np.full(shape, -1.0))) == shape
    assert np.shape(training.relu_backward(np.ones(shape), np.ones(shape))) == shape


def test_relu_backward_passes_blame_where_the_input_is_above_zero():
    inputs = [[-2, 0, 1e-300], [5, -1e-300, 3]]
    blame = [[7, 7, -7], [0.5, 7, -0.5]]
    np.testing.assert_array_equal(
        training.relu_backward(blame, inputs), [[0, 0, -7], [0.5, 0, -0.5]]
    )


@steady
@given(arrays(float, (2, 5), elements=st.floats(-10, 10).filter(lambda x: abs(x) > 1e-3)))
def test_relu_backward_is_the_slope_of_relu_forward(inputs):
    blame = np.arange(1.0, 11).reshape(2, 5)
    step = 2.0**-12  # smaller than the distance to the corner
    rise = training.relu_forward(inputs + step) - training.relu_forward(inputs - step)
    expected = blame * rise / (2 * step)
    # inputs below 16 are rounded by 1.8e-15 when the step is added, and that is divided by it
    np.testing.assert_allclose(
        training.relu_backward(blame, inputs), expected, atol=10 * 4 * 1.8e-15 / step
    )


# minibatches


@steady
@given(st.integers(1, 40), st.integers(1, 45), st.integers(0, 2**32 - 1))
def test_minibatches_hold_every_example_once_beside_its_target(n, batch_size, seed):
    inputs = np.stack([np.arange(n), -np.arange(n)], axis=1)
    batches = list(training.minibatches(inputs, 10 * np.arange(n), batch_size, seed))
    sizes = [len(batch) for batch, _ in batches]
    assert sum(sizes) == n
    assert all(size == batch_size for size in sizes[:-1])
    assert 1 <= sizes[-1] <= batch_size
    for batch, targets in batches:
        assert batch.dtype == targets.dtype == float
        np.testing.assert_array_equal(10 * batch[:, 0], targets)
        np.testing.assert_array_equal(batch[:, 1], -batch[:, 0])
    seen = np.concatenate([batch[:, 0] for batch, _ in batches])
    assert sorted(seen.tolist()) == list(range(n))


def batch_order(n, batch_size, seed):
    batches = training.minibatches(np.arange(n), np.arange(n), batch_size, seed)
    return [batch.tolist() for batch, _ in batches]


def test_minibatches_order_depends_on_the_seed_alone():
    assert batch_order(30, 4, seed=3) == batch_order(30, 4, seed=3)
    assert batch_order(30, 4, seed=3) != batch_order(30, 4, seed=4)


def test_minibatches_shuffle_examples_one_by_one():
    neighbors = sum(
        abs(first - second) == 1
        for seed in range(20)
        for batch in batch_order(100, 10, seed)
        for first, second in itertools.pairwise(batch)
    )
    # 20 · 90 pairs, neighbors with probability 2 / 100: 36 expected; blocks would give 1,800
    assert neighbors < 100


@pytest.mark.parametrize("shape", [(5,), (5, 1), (5, 2, 3)])
def test_minibatches_keep_the_shape_of_an_example(shape):
    for batch, targets in training.minibatches(np.zeros(shape), np.zeros((5, 2)), 2):
        assert batch.shape == (len(targets), *shape[1:])
        assert targets.shape == (len(batch), 2)


@pytest.mark.parametrize(
    ("inputs", "targets", "batch_size"),
    [
        pytest.param([1, 2, 3], [1, 2], 1, id="too few targets"),
        pytest.param([1, 2], [1, 2, 3], 1, id="too many targets"),
        pytest.param([1, 2], [1, 2], 0, id="batch of none"),
        pytest.param([1, 2], [1, 2], -1, id="negative batch"),
    ],
)
def test_minibatches_refuse_what_cannot_be_cut(inputs, targets, batch_size):
    with pytest.raises(ValueError, match=r"\d"):
        list(training.minibatches(inputs, targets, batch_size))


# training_step and train


class Recorder:
    """A network, its losses and its optimizer in one: it notes every call and its arguments."""

    def __init__(self):
        self.calls = []
        self.weights = np.array([1.0, 2.0])

    def note(self, name, *arguments):
        self.calls.append((name, *(np.array(argument).tolist() for argument in arguments)))

    def forward(self, inputs):
        self.note("forward", inputs)
        return inputs + self.weights[0]

    def backward(self, output_gradient):
        self.note("backward", output_gradient)
        return np.array([np.sum(output_gradient), 0.5])

    def get_weights(self):
        self.note("get_weights")
        return self.weights.copy()

    def set_weights(self, weights):
        self.note("set_weights", weights)
        self.weights = np.array(weights)

    def loss(self, outputs, targets):
        self.note("loss", outputs, targets)
        return float(np.sum(outputs * targets))

    def loss_gradient(self, outputs, targets):
        self.note("loss_gradient", outputs, targets)
        return 2 * targets

    def update(self, weights, gradient):
        self.note("update", weights, gradient)
        return weights - gradient

    def step(self, inputs, targets):
        return training.training_step(self, self.loss, self.loss_gradient, self, inputs, targets)

    def train(self, inputs, targets, **settings):
        return training.train(
            self, self.loss, self.loss_gradient, self, inputs, targets, **settings
        )


def test_training_step_makes_five_calls_in_order_with_what_they_need():
    recorder = Recorder()
    loss = recorder.step([[3], [4]], [[5], [6]])
    assert type(loss) is float
    assert loss == (3 + 1) * 5 + (4 + 1) * 6
    assert recorder.calls == [
        ("forward", [[3], [4]]),
        ("loss", [[4], [5]], [[5], [6]]),
        ("loss_gradient", [[4], [5]], [[5], [6]]),
        ("backward", [[10], [12]]),
        ("get_weights",),
        ("update", [1, 2], [22, 0.5]),
        ("set_weights", [-21, 1.5]),
    ]


def test_training_step_learns_from_step_to_step():
    recorder = Recorder()
    assert recorder.step([[0.0]], [[1.0]]) == 1.0
    assert recorder.step([[0.0]], [[1.0]]) == -1.0  # the first weight is now 1 - 2


def test_train_makes_one_training_step_for_each_batch():
    recorder = Recorder()
    recorder.train(np.zeros((7, 1)), np.ones((7, 1)), epochs=3, batch_size=3, seed=5)
    names = [call[0] for call in recorder.calls]
    one = ["forward", "loss", "loss_gradient", "backward", "get_weights", "update", "set_weights"]
    assert names == one * 9
    sizes = [len(call[1]) for call in recorder.calls if call[0] == "forward"]
    assert sizes == [3, 3, 1] * 3


@pytest.mark.parametrize("batch_size", [1, 3, 4, 7, 100])
def test_train_weights_the_mean_loss_by_batch_size(batch_size):
    targets = np.array([1.0, 2, 4, 8, 16, 32, 64])

    class Still(Recorder):
        def loss(self, outputs, targets):
            return float(np.mean(targets))

        def update(self, weights, gradient):
            return weights

    history = Still().train(np.zeros(7), targets, epochs=3, batch_size=batch_size)
    # the mean of all targets is 127 / 7 however they are cut; ten roundings
    assert list(history) == pytest.approx([127 / 7] * 3, rel=2e-15)


def test_train_draws_a_new_order_each_epoch_from_the_seed():
    def orders(seed):
        recorder = Recorder()
        recorder.train(np.arange(20.0), np.zeros(20), epochs=3, batch_size=20, seed=seed)
        return [tuple(call[1]) for call in recorder.calls if call[0] == "forward"]

    first = orders(11)
    assert all(sorted(order) == list(range(20)) for order in first)
    assert len(set(first)) == 3
    assert orders(11) == first
    assert not set(orders(12)) & set(first)


@pytest.mark.parametrize("seed", [0, 2**32 - 1])
def test_train_takes_any_seed(seed):
    assert len(Recorder().train([[1.0]], [[1.0]], epochs=4, batch_size=1, seed=seed)) == 4


def test_train_without_epochs_does_nothing():
    recorder = Recorder()
    assert recorder.train([[1.0]], [[1.0]], epochs=0, batch_size=1) == []
    assert recorder.calls == []


def test_train_fits_a_line():
    # one weight w, outputs w · x, targets 3x: each full batch multiplies the error by a constant
    class Line(Recorder):
        def forward(self, inputs):
            self.inputs = inputs
            return inputs * self.weights

        def backward(self, output_gradient):
            return np.array([np.sum(output_gradient * self.inputs)])

        def loss(self, outputs, targets):
            return float(np.mean((outputs - targets) ** 2))

        def loss_gradient(self, outputs, targets):
            return 2 * (outputs - targets) / outputs.size

        def update(self, weights, gradient):
            return weights - 0.1 * gradient

    line = Line()
    line.weights = np.array([0.0])
    x = np.array([[-1.0], [1.0], [2.0], [2.0]])
    history = line.train(x, 3 * x, epochs=8, batch_size=4)
    curvature = 2 * np.mean(x**2)  # 5: the error shrinks by 1 - 0.1 · 5 = ½
    expected = [np.mean(x**2) * 9 * (1 - 0.1 * curvature) ** (2 * k) for k in range(8)]
    np.testing.assert_allclose(history, expected, rtol=1e-12)
