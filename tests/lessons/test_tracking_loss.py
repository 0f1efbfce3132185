"""What lesson 6 says in words holds: its verdicts on curves, and its plan for the capstone.

The plan is followed here step by step in NumPy alone, as a learner would write it.
"""

import importlib

import numpy as np
import pytest

from lab.data.tables import load_digits
from lab.pictures import tracking_loss
from solutions import loss_curves, losses, optimizers, training

FALLING = [1.0, 0.8, 0.6, 0.4, 0.2, 0.1]
HEALTHY = [*FALLING, *[0.1] * 10]
PARTS = 3  # two thirds to train on, the last third to be asked about


@pytest.mark.parametrize(
    ("curve", "verdict"),
    [
        pytest.param(HEALTHY, "converged", id="healthy run of 16"),
        pytest.param(HEALTHY[:15], "still improving", id="one loss fewer"),
        pytest.param(FALLING, "still improving", id="its first six"),
        pytest.param([1.0] + 11 * [0.7], "stuck", id="flat at 0.7"),
        pytest.param([1.0, 2.0, 4.0, 8.0], "diverging", id="doubling"),
        pytest.param([1.0, 0.2, 0.5], "still improving", id="question of the quiz"),
        pytest.param(
            [*np.linspace(1, 0.2, 9), *np.linspace(0.2, 0.8, 20)], "still improving", id="climbing"
        ),
        pytest.param([1.0] + 11 * [1.0], "stuck", id="last equals first"),
        pytest.param([1.0] + 11 * [0.15], "converged", id="last equals target"),
        pytest.param([1.0, np.nan, 0.5], "still improving", id="nan in the middle"),
    ],
)
def test_curves_that_the_lesson_judges_get_that_verdict(curve, verdict):
    assert loss_curves.diagnose(curve, target=0.15) == verdict


def verdicts_in_the_clinic(window, tolerance):
    clinic = importlib.import_module("lab.experiments.clinic")
    return {
        patient.name: loss_curves.diagnose(patient.losses, clinic.TARGET, window, tolerance)
        for patient in clinic.patients()
    }


def test_patients_of_the_clinic_get_the_verdicts_that_the_lesson_tells():
    usual = verdicts_in_the_clinic(10, 0.01)
    assert len(usual) == 9
    assert usual["noisy"] == "converged"
    assert usual["bouncing"] == "stuck"
    assert usual["far too careful"] == usual["rebound"] == "still improving"
    nine = verdicts_in_the_clinic(9, 0.01)
    assert {name for name in usual if usual[name] != nine[name]} == {"noisy", "bouncing"}
    three_percent = verdicts_in_the_clinic(10, 0.03)
    assert three_percent["far too careful"] == "stuck"


def trained(task, learning_rate, batch_size):
    """A run of 30 epochs with Adam in the live training, with the reference functions."""
    live = importlib.import_module("lab.experiments.training_run")
    functions = {
        name: getattr(module, name)
        for module in (losses, optimizers, training, loss_curves)
        for name in module.__all__
    }
    run = live.TrainingRun(getattr(live, task)(), functions, "Adam", learning_rate, batch_size)
    for _ in range(30):
        run.advance()
    return run


@pytest.mark.parametrize("task", ["tumors", "digits"])
def test_live_training_crawls_learns_and_fails_at_the_rates_that_the_lesson_names(task):
    low, good, high = (trained(task, rate, 32) for rate in (0.0001, 0.01, 1.0))
    assert loss_curves.diagnose(low.losses, target=0.15) == "still improving"
    assert low.losses[-1] > 0.15
    assert good.losses[4] < 0.15
    assert good.accuracies[-1] > 0.95
    assert good.held_out[-1] > min(good.held_out)
    assert high.losses[0] > 1.5 * high.held_out[0]  # shot up: above the loss before any training
    if task == "tumors":
        assert high.losses[-1] < 0.15
    else:
        assert np.isclose(high.losses[-1], np.log(10), atol=0.3)


@pytest.mark.parametrize("task", ["tumors", "digits"])
def test_live_training_gets_further_with_smaller_batches_and_their_losses_are_noisier(task):
    small, large = (trained(task, 0.01, size) for size in (8, 128))
    assert small.losses[-1] < 0.5 * large.losses[-1]
    first, other = np.array(small.batches), np.array(large.batches)
    assert np.std(np.diff(first)[: len(other)]) > np.std(np.diff(other))


def test_moving_average_lags_half_a_window_on_a_line():
    line = np.arange(20.0)
    for window in (3, 7):
        means = loss_curves.moving_average(line, window)
        late = line[window - 1 :] - means
        assert np.allclose(late, (window - 1) / 2)


def test_large_learning_rate_leaves_all_32_units_dead_on_every_digit(monkeypatch):
    made = []
    network = tracking_loss.Network

    def keep(*arguments, **settings):
        made.append(network(*arguments, **settings))
        return made[-1]

    monkeypatch.setattr(tracking_loss, "Network", keep)
    tracking_loss._digits_run(32, 5.0, 25)
    (trained,) = made
    weights, bias = trained.parameters[0]
    sums = load_digits().train.features @ weights + bias
    assert sums.shape[1] == 32
    assert np.all(sums <= 0)


def softmax_minus_targets(logits, targets):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True) - targets) / len(logits)


class Adam:
    def __init__(self, learning_rate):
        self.learning_rate, self.m, self.v, self.t = learning_rate, 0.0, 0.0, 0

    def update(self, weights, gradient):
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * gradient
        self.v = 0.999 * self.v + 0.001 * gradient**2
        m_hat, v_hat = self.m / (1 - 0.9**self.t), self.v / (1 - 0.999**self.t)
        return weights - self.learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8)


def train_by_the_plan(images, labels, seed):
    def scale(pixels):
        return pixels / 8 - 1

    rng = np.random.default_rng(seed)
    inputs, targets = scale(images), np.eye(10)[labels]
    arrays = [
        rng.normal(0, np.sqrt(2 / 64), (64, 64)),
        np.zeros(64),
        rng.normal(0, np.sqrt(2 / 64), (64, 10)),
        np.zeros(10),
    ]
    adams = [Adam(0.003) for _ in arrays]
    for _ in range(30):
        order = np.random.default_rng(int(rng.integers(2**32))).permutation(len(inputs))
        for rows in np.split(order, range(32, len(order), 32)):
            first, first_bias, second, second_bias = arrays
            sums = inputs[rows] @ first + first_bias
            active = np.maximum(sums, 0)
            blame = softmax_minus_targets(active @ second + second_bias, targets[rows])
            back = np.where(sums > 0, blame @ second.T, 0)
            gradients = (
                inputs[rows].T @ back,
                back.sum(axis=0),
                active.T @ blame,
                blame.sum(axis=0),
            )
            arrays = [a.update(w, g) for a, w, g in zip(adams, arrays, gradients, strict=True)]

    def classify(images):
        first, first_bias, second, second_bias = arrays
        active = np.maximum(scale(images) @ first + first_bias, 0)
        return np.argmax(active @ second + second_bias, axis=1)

    return classify


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4])
def test_plan_reads_at_least_96_percent_of_unseen_digits(seed):
    images, labels = pytest.importorskip("sklearn.datasets").load_digits(return_X_y=True)
    rng = np.random.default_rng(1000 + seed)
    rows, pixels = rng.permutation(len(images)), rng.permutation(64)
    noise = rng.uniform(-0.5, 0.5, images.shape)
    images = np.clip(images[:, pixels] + noise, 0, 16)
    train, test = np.split(rows, [len(rows) * (PARTS - 1) // PARTS])
    assert (len(train), len(test)) == (1198, 599)
    classify = train_by_the_plan(images[train], labels[train], seed)
    right = np.mean(classify(images[test]) == labels[test])
    assert 0.96 <= right <= 0.995
    assert classify(images[test][:1]).shape == (1,)
