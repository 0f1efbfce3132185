"""The optimizers against PyTorch's published rules, unrolled into sums in 50-digit arithmetic."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from solutions import optimizers
from solutions.optimizers import SGD, Adam, Momentum, RMSprop

pytestmark = pytest.mark.filterwarnings("error")
steady = settings(derandomize=True, deadline=None, database=None)

mpmath.mp.dps = 50
exact = mpmath.mpf

ALL = [
    pytest.param(lambda: SGD(0.1), id="SGD"),
    pytest.param(lambda: Momentum(0.1), id="Momentum"),
    pytest.param(RMSprop, id="RMSprop"),
    pytest.param(Adam, id="Adam"),
]


def run(optimizer, gradients, start):
    """The weights after each update, as the optimizer computes them."""
    weights = np.array(start)
    path = []
    for gradient in gradients:
        weights = optimizer.update(weights, gradient)
        path.append(weights)
    return path


# The recursions of torch.optim (SGD with momentum and dampening 0, RMSprop not centered, Adam
# without weight decay), each unrolled into the sum that it computes: no recursion is shared with
# the code under test.


def momentum_steps(gradients, rate, momentum):
    for t in range(len(gradients)):
        velocity = sum(exact(momentum) ** (t - i) * exact(gradients[i]) for i in range(t + 1))
        yield exact(rate) * velocity


def rmsprop_steps(gradients, rate, decay, epsilon):
    for t in range(len(gradients)):
        past = sum(exact(decay) ** (t - i) * exact(gradients[i]) ** 2 for i in range(t + 1))
        root = mpmath.sqrt((1 - exact(decay)) * past)
        yield exact(rate) * exact(gradients[t]) / (root + exact(epsilon))


def adam_steps(gradients, rate, beta1, beta2, epsilon):
    for t in range(len(gradients)):
        # the corrected means are weighted means whose weights sum to 1
        weights1 = [exact(beta1) ** (t - i) for i in range(t + 1)]
        weights2 = [exact(beta2) ** (t - i) for i in range(t + 1)]
        history = list(map(exact, gradients[: t + 1]))
        mean = sum(w * g for w, g in zip(weights1, history, strict=True)) / sum(weights1)
        square = sum(w * g**2 for w, g in zip(weights2, history, strict=True)) / sum(weights2)
        yield exact(rate) * mean / (mpmath.sqrt(square) + exact(epsilon))


CASES = [
    pytest.param(SGD, lambda g, rate: [exact(rate) * exact(x) for x in g], (0.3,), id="SGD"),
    pytest.param(Momentum, momentum_steps, (0.3, 0.9), id="Momentum"),
    pytest.param(Momentum, momentum_steps, (0.05, 0.5), id="Momentum, half"),
    pytest.param(Momentum, momentum_steps, (0.05, 0.0), id="Momentum, none"),
    pytest.param(RMSprop, rmsprop_steps, (0.01, 0.99, 1e-8), id="RMSprop"),
    pytest.param(RMSprop, rmsprop_steps, (0.1, 0.5, 0.1), id="RMSprop, large epsilon"),
    pytest.param(Adam, adam_steps, (0.001, 0.9, 0.999, 1e-8), id="Adam"),
    pytest.param(Adam, adam_steps, (0.1, 0.5, 0.8, 0.1), id="Adam, large epsilon"),
    pytest.param(Adam, adam_steps, (0.1, 0.0, 0.5, 1e-3), id="Adam, no momentum"),
]


@pytest.mark.parametrize(("optimizer", "steps", "settings"), CASES)
@steady
@given(gradients=arrays(float, 12, elements=st.floats(-100, 100)), start=st.floats(-10, 10))
def test_optimizers_match_the_published_rules(optimizer, steps, settings, gradients, start):
    path = run(optimizer(*settings), gradients.reshape(12, 1), [start])
    expected = exact(start)
    for weights, step in zip(path, steps(gradients.tolist(), *settings), strict=True):
        expected -= step
        # 12 steps of about 10 roundings, of weights and gradients up to 100 · 12; the corrections
        # 1 - beta ** t lose up to three digits to 1 - 0.999
        assert float(weights[0]) == pytest.approx(float(expected), rel=1e-11, abs=1e-11)


@pytest.mark.parametrize(("optimizer", "steps", "settings"), CASES)
def test_optimizers_have_pytorchs_defaults(optimizer, steps, settings):
    defaults = {
        Momentum: ((0.3,), (0.3, 0.9)),
        RMSprop: ((), (0.01, 0.99, 1e-8)),
        Adam: ((), (0.001, 0.9, 0.999, 1e-8)),
        SGD: ((0.3,), (0.3,)),
    }
    short, long = defaults[optimizer]
    gradients = np.random.default_rng(1).normal(size=(5, 3))
    paths = [run(optimizer(*losses), gradients, np.zeros(3)) for losses in (short, long)]
    np.testing.assert_array_equal(*paths)


def test_momentum_by_hand():
    # gradient 4, 4, 0 with momentum ½: velocities 4, 6, 3
    path = run(Momentum(0.25, momentum=0.5), [[4.0], [4.0], [0.0]], [10.0])
    np.testing.assert_array_equal(np.ravel(path), [9, 7.5, 6.75])


def test_momentum_velocity_of_a_constant_gradient_is_a_geometric_sum():
    path = np.ravel(run(Momentum(1.0, momentum=0.9), np.ones((60, 1)), [0.0]))
    steps = -np.diff(path, prepend=0)
    # the velocity grows to 10 and the weights to 510: 60 roundings of each
    np.testing.assert_allclose(steps, 10 * (1 - 0.9 ** np.arange(1, 61)), atol=60 * 510 * 1.2e-16)


def test_momentum_on_a_parabola_follows_its_matrix():
    # (w, v) on ½λw² is multiplied by a 2 × 2 matrix at each step
    curvature, rate, momentum = 2.0, 0.3, 0.8
    matrix = mpmath.matrix(
        [
            [1 - exact(rate) * curvature, -exact(rate) * exact(momentum)],
            [curvature, exact(momentum)],
        ]
    )
    optimizer, weights = Momentum(rate, momentum), np.array([1.0])
    for k in range(1, 40):
        weights = optimizer.update(weights, curvature * weights)
        expected = (matrix**k)[0, 0]
        assert float(weights[0]) == pytest.approx(float(expected), abs=1e-13)


def test_rmsprop_steps_of_a_constant_gradient_shrink_to_the_learning_rate():
    for size in (1e-3, 1.0, 1e6):
        path = np.ravel(run(RMSprop(0.01, 0.9, 1e-12), np.full((200, 1), size), [0.0]))
        steps = -np.diff(path, prepend=0)
        expected = 0.01 / np.sqrt(1 - 0.9 ** np.arange(1, 201))
        # epsilon is at most 3e-9 of the first root; weights up to 2.2 lose 2e-16 in a difference
        np.testing.assert_allclose(steps, expected, rtol=1e-8)


@steady
@given(arrays(float, 4, elements=st.floats(1e-3, 1e6)), st.floats(1e-5, 1))
def test_adam_first_step_is_the_learning_rate_whatever_the_gradient(sizes, rate):
    gradient = sizes * np.array([1, -1, 1, -1])
    moved = Adam(learning_rate=rate).update(np.zeros(4), gradient)
    # epsilon / |gradient| is at most 1e-8 / 1e-3
    np.testing.assert_allclose(moved, -rate * np.sign(gradient), rtol=1.1e-5)


def test_adam_steps_of_a_constant_gradient_stay_the_learning_rate():
    path = np.ravel(run(Adam(0.01), np.full((50, 1), 3.0), [0.0]))
    np.testing.assert_allclose(-np.diff(path, prepend=0), 0.01, rtol=1e-8)


@pytest.mark.parametrize("make", [RMSprop, Adam])
def test_adaptive_optimizers_do_not_see_the_scale_of_the_gradient(make):
    gradients = np.random.default_rng(3).normal(size=(20, 5))
    plain = run(make(), gradients, np.zeros(5))
    scaled = run(make(), 1024 * gradients, np.zeros(5))
    # except for epsilon, 1e-8 against roots of 0.1 and more after the first steps
    np.testing.assert_allclose(plain, scaled, rtol=1e-4, atol=1e-8)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 2)])
def test_optimizers_work_element_by_element_in_any_shape(make, shape):
    gradients = np.random.default_rng(4).normal(size=(6, *shape))
    path = run(make(), gradients, np.ones(shape))
    assert all(np.shape(weights) == shape for weights in path)
    flat = run(make(), gradients.reshape(6, -1), np.ones(int(np.prod(shape))))
    np.testing.assert_array_equal(np.ravel(path[-1]), flat[-1])


@pytest.mark.parametrize("make", ALL)
def test_optimizers_keep_their_state_to_themselves(make):
    gradients = np.random.default_rng(5).normal(size=(4, 3))
    alone = run(make(), gradients, np.zeros(3))
    first, second = make(), make()
    weights = np.zeros(3)
    for gradient, expected in zip(gradients, alone, strict=True):
        second.update(np.ones(3), 100 * gradient)
        weights = first.update(weights, gradient)
        np.testing.assert_array_equal(weights, expected)


@pytest.mark.parametrize("make", ALL)
def test_optimizers_survive_callers_that_overwrite_arrays(make):
    gradients = np.random.default_rng(6).normal(size=(4, 3))
    expected = run(make(), gradients, np.zeros(3))[-1]
    optimizer, weights, buffer = make(), np.zeros(3), np.empty(3)
    for gradient in gradients:
        buffer[:] = gradient
        given, weights[:] = weights.copy(), np.nan
        new = optimizer.update(given, buffer)
        buffer[:], given[:] = np.nan, np.nan
        weights = new.copy()
        new[:] = np.nan
    np.testing.assert_array_equal(weights, expected)


@pytest.mark.parametrize("make", ALL)
def test_optimizers_take_lists_of_integers(make):
    for_lists, for_arrays = make(), make()
    for _ in range(2):
        np.testing.assert_array_equal(
            for_lists.update([[3, 4]], [[1, -2]]),
            for_arrays.update(np.array([[3.0, 4.0]]), np.array([[1.0, -2.0]])),
        )


@pytest.mark.parametrize("make", ALL)
def test_optimizers_rest_where_the_gradient_is_zero(make):
    weights = [1.0, -2.0]
    np.testing.assert_array_equal(make().update(weights, [0.0, 0.0]), weights)


@pytest.mark.parametrize("make", ALL)
def test_optimizers_find_the_bottom_of_a_parabola(make):
    optimizer, weights = make(), np.array([0.3])
    for _ in range(3000):
        weights = optimizer.update(weights, 2 * weights)
    # RMSprop ends up within about a learning rate, 0.01; the others far closer
    assert abs(weights[0]) < 0.02


# stochastic_gradient_descent


def recorded_order(**settings):
    order = []

    def example_gradient(weights, i):
        assert type(i) is int
        order.append(i)
        return np.zeros_like(weights)

    path = optimizers.stochastic_gradient_descent(
        example_gradient, start=[1.0], learning_rate=0.1, **settings
    )
    return np.array(order).reshape(settings["epochs"], settings["n_examples"]), path


def test_stochastic_gradient_descent_takes_every_example_once_an_epoch_in_fresh_order():
    order, _ = recorded_order(n_examples=30, epochs=5, seed=1)
    for epoch in order:
        assert sorted(epoch.tolist()) == list(range(30))
    # two of 30! orders agree by chance once in 10³²
    assert len({tuple(epoch.tolist()) for epoch in [*order, np.arange(30)]}) == 6


def test_stochastic_gradient_descent_order_depends_on_the_seed_alone():
    runs = [recorded_order(n_examples=20, epochs=3, seed=seed)[0] for seed in (7, 7, 8)]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


@pytest.mark.parametrize("shape", [(), (2,), (2, 3)])
@pytest.mark.parametrize("epochs", [0, 1, 3])
def test_stochastic_gradient_descent_returns_one_row_an_epoch(shape, epochs):
    # each of 4 examples halves the weights: one epoch divides by 16, in every order
    path = optimizers.stochastic_gradient_descent(
        lambda w, i: w, np.full(shape, 256.0), 4, learning_rate=0.5, epochs=epochs
    )
    assert path.shape == (epochs + 1, *shape)
    for epoch, weights in enumerate(path):
        np.testing.assert_array_equal(weights, np.full(shape, 256 / 16**epoch))


def test_stochastic_gradient_descent_adds_up_the_examples():
    # example i pulls at coordinate i alone, so the order cannot matter
    path = optimizers.stochastic_gradient_descent(
        lambda w, i: np.eye(5)[i] * 2.0**i, np.zeros(5), 5, learning_rate=0.5, epochs=3
    )
    np.testing.assert_array_equal(path, np.outer([0, -1, -2, -3], 2.0 ** np.arange(5) / 2))


def test_stochastic_gradient_descent_ends_where_the_last_examples_pull():
    # with rate 1 the gradient w - i jumps to i: each row is the last example of its epoch
    order = []

    def example_gradient(weights, i):
        order.append(i)
        return weights - i

    path = optimizers.stochastic_gradient_descent(example_gradient, [50], 9, 1.0, 4, seed=2)
    np.testing.assert_array_equal(path[1:, 0], order[8::9])
    assert len(set(order[8::9])) > 1  # the draws vary
