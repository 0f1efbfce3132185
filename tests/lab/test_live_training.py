"""Live training: the run, its thread, and what the front end learns."""

import threading
from types import SimpleNamespace

import numpy as np
import pytest

from lab.data.network import LAYERS, Network
from lab.experiments import live_run
from lab.experiments.live_training import LiveTrainingExperiment
from lab.experiments.training_run import EPOCHS, TrainingRun, digits, tumors
from lab.widget.kept import Kept
from solutions import loss_curves, losses, optimizers, training

SETTINGS = {"task": "tumors", "optimizer": "Adam", "learning_rate": 0.01, "batch_size": 128}
ALL = (losses, optimizers, training, loss_curves)


def functions(**changes):
    return {name: value for module in ALL for name, value in vars(module).items()} | changes


def changed(module, **changes):
    return SimpleNamespace(**{**vars(module), **changes})


@pytest.fixture
def opened():
    """Open the experiment on modules; its messages are collected, its runs ended."""
    experiments = []

    def open_on(*modules):
        experiment = LiveTrainingExperiment(*(modules or ALL), kept=Kept(None))
        sent = []
        experiment.send = lambda content, buffers=None: sent.append((content, buffers))
        experiments.append(experiment)
        return experiment, sent

    yield open_on
    for experiment in experiments:
        if experiment._live:
            experiment._live.stop()
            experiment._live.work.finish(300)


def tell(experiment, kind, **content):
    experiment._handle_custom_msg({"type": kind, **content}, [])


def start(experiment, settings=SETTINGS, id="a", watch=False, resume=False):
    tell(experiment, "start", id=id, settings=settings, watch=watch, resume=resume)
    return experiment._live


def finished(live):
    live.work.finish(300)
    assert live.state != "running"
    return live


def record(message):
    head, (buffer,) = message
    values, arrays = np.frombuffer(buffer, "f4"), []
    for shape in head["shapes"]:
        size = int(np.prod(shape))
        arrays.append(values[:size].reshape(shape))
        values = values[size:]
    assert values.size == 0
    return head, arrays


def test_advance_is_one_epoch_of_the_learners_train():
    task = tumors()
    run = TrainingRun(task, functions(), "SGD", 0.1, 32)
    for _ in range(2):
        run.advance()
    network = Network((30, 16, 1), *(vars(training)[name] for name in LAYERS))

    def loss(logits, targets):
        return losses.binary_cross_entropy(losses.sigmoid(logits), targets)

    optimizer = optimizers.SGD(learning_rate=0.1)
    gradient = losses.sigmoid_cross_entropy_gradient
    means = [
        training.train(
            network, loss, gradient, optimizer, task.inputs, task.targets, 1, 32, seed=epoch
        )[0]
        for epoch in range(2)
    ]
    assert run.losses == pytest.approx(means, rel=1e-12)
    logits = network.forward(task.held_inputs)
    assert run.held_out[-1] == pytest.approx(loss(logits, task.held_targets), rel=1e-12)
    right = (logits[:, 0] > 0) == (task.held_targets[:, 0] == 1)
    assert run.accuracies[-1] == pytest.approx(right.mean())
    assert len(run.held_out) == len(run.accuracies) == 3  # before the first epoch, too
    assert len(run.batches) == 2 * 14  # 427 examples in batches of 32
    sizes = [32] * 13 + [427 - 13 * 32]
    assert np.average(run.batches[:14], weights=sizes) == pytest.approx(run.losses[0], rel=1e-12)


class Renamed(optimizers.SGD):
    """The learning rate has a name of the learner's own choice."""

    def __init__(self, learning_rate):
        self.eta = learning_rate

    def update(self, weights, gradient):
        return weights - self.eta * gradient


@pytest.mark.parametrize("optimizer", [optimizers.SGD, Renamed])
def test_schedule_shortens_the_steps_of_every_optimizer(optimizer):
    halving = functions(SGD=optimizer, cosine_schedule=lambda peak, step, total: peak / 2**step)
    run = TrainingRun(tumors(), halving, "SGD", 0.1, 32, schedule=True)
    run.advance()
    before = run.network.get_weights()
    run.advance()
    by_hand = TrainingRun(tumors(), functions(), "SGD", 0.05, 32)
    by_hand.losses = [0.0]  # the second epoch has the second order
    by_hand.network.set_weights(before)
    by_hand.advance()
    np.testing.assert_allclose(run.network.get_weights(), by_hand.network.get_weights(), rtol=1e-9)


def test_trend_is_empty_while_moving_average_is_not_written():
    def moving_average(losses, window):
        raise NotImplementedError

    run = TrainingRun(tumors(), functions(moving_average=moving_average), "AdamW", 0.01, 32)
    run.advance()
    assert len(run.batches) == 14
    assert run.trend.size == 0


def test_good_settings_read_95_percent_of_the_digits():
    run = TrainingRun(digits(), functions(), "Adam", 0.01, 32)
    while run.epoch < EPOCHS:
        run.advance()
    assert run.accuracies[-1] >= 0.95
    guesses = run.answers.argmax(axis=1)
    assert np.mean(guesses == digits().held_targets.argmax(axis=1)) == run.accuracies[-1]


def test_start_trains_all_epochs_and_tells_the_whole_record(opened):
    experiment, sent = opened()
    live = finished(start(experiment))
    head, (means, held_out, accuracies, batches, answers, trend) = record(sent[-1])
    assert (head["id"], head["state"], head["epoch"]) == ("a", "finished", EPOCHS)
    assert means.tolist() == pytest.approx(live.run.losses, rel=1e-6)  # float32
    assert len(held_out) == len(accuracies) == EPOCHS + 1
    assert len(batches) == EPOCHS * 4  # 427 examples in batches of 128
    assert trend.tolist() == pytest.approx(loss_curves.moving_average(batches, 10), rel=1e-5)
    assert answers.shape == (142, 1)
    assert head["left"] == 0
    epochs = [content["epoch"] for content, _ in sent]
    assert epochs == sorted(epochs)


def test_stop_ends_the_wait_between_epochs_and_start_continues(opened, monkeypatch):
    monkeypatch.setattr(live_run, "WATCHABLE", 60.0)
    experiment, sent = opened()
    live = start(experiment, watch=True)
    while not sent:  # the first epoch
        assert live.state == "running"
        live.work.finish(0.01)
    tell(experiment, "stop")
    assert finished(live).state == "stopped"
    before = list(live.run.losses)
    again = finished(start(experiment, id="b", resume=True))
    assert again.run is live.run
    assert again.run.losses[: len(before)] == before
    assert again.run.epoch == EPOCHS
    assert sent[-1][0]["id"] == "b"


def test_stop_cuts_an_epoch_that_never_ends(opened, monkeypatch):
    monkeypatch.setattr(live_run, "PATIENCE", 0.0)
    entered = threading.Event()

    def train(network, loss, *rest, **settings):
        while True:
            loss(np.zeros((1, 1)), np.ones((1, 1)))
            entered.set()

    experiment, sent = opened(losses, optimizers, changed(training, train=train), loss_curves)
    live = start(experiment)
    assert entered.wait(300)
    tell(experiment, "stop")
    assert finished(live).state == "cut"
    assert sent[-1][0]["state"] == "cut"
    fresh = start(experiment, id="b", resume=True)  # half an epoch can't go on: a new run
    assert fresh.run is not live.run


def test_endless_epoch_ends_at_the_limit_with_a_kind_word(opened, monkeypatch):
    monkeypatch.setattr(live_run, "EPOCH_LIMIT", 0.2)

    def train(*given, **settings):
        while True:
            pass

    experiment, sent = opened(losses, optimizers, changed(training, train=train), loss_curves)
    assert finished(start(experiment)).state == "trouble"
    assert sent[-1][0]["trouble"]["title"].startswith("Your code was still running after 0.2 sec")


def test_trouble_ends_the_run_and_the_next_start_is_welcome(opened):
    def broken(*given, **settings):
        return [][3]

    experiment, sent = opened(losses, optimizers, changed(training, train=broken), loss_curves)
    for id in "ab":
        assert finished(start(experiment, id=id)).state == "trouble"
        head = sent[-1][0]
        assert head["id"] == id
        assert head["trouble"]["title"] == "Your code raised IndexError: list index out of range"


def test_optimizer_that_cannot_be_made_is_told(opened):
    class Adam:
        def __init__(self, learning_rate):
            raise NotImplementedError("Adam: not written yet")

    experiment, sent = opened(losses, changed(optimizers, Adam=Adam), training, loss_curves)
    assert start(experiment) is None
    assert sent[-1][0]["trouble"]["title"].startswith("Write `Adam` in ")


def test_accuracy_that_is_not_written_holds_nothing_up(opened):
    def accuracy(probabilities, targets):
        raise NotImplementedError("accuracy: not written yet")

    experiment, sent = opened(losses, optimizers, training, changed(loss_curves, accuracy=accuracy))
    assert finished(start(experiment)).state == "finished"
    _, arrays = record(sent[-1])
    assert [len(array) for array in arrays[:3]] == [EPOCHS, EPOCHS + 1, 0]


def test_function_that_the_module_lacks_is_named(opened):
    lacking = changed(losses)
    del lacking.sigmoid
    experiment, sent = opened(lacking, optimizers, training, loss_curves)
    finished(start(experiment))
    assert sent[-1][0]["trouble"]["title"].startswith("Write `sigmoid`")


def test_wrong_result_of_train_is_named(opened):
    experiment, sent = opened(
        losses, optimizers, changed(training, train=lambda *given, **settings: None), loss_curves
    )
    finished(start(experiment))
    assert sent[-1][0]["trouble"]["title"].startswith("`train` returned None; expected one loss")


def test_losses_that_burst_are_sent_finite(opened):
    experiment, sent = opened()
    finished(start(experiment, {**SETTINGS, "optimizer": "SGD", "learning_rate": 1e6}))
    head, arrays = record(sent[-1])
    assert all(np.isfinite(array).all() for array in arrays)
    assert head["state"] == "finished"


def test_newer_run_silences_the_older(opened, monkeypatch):
    monkeypatch.setattr(live_run, "WATCHABLE", 60.0)
    experiment, sent = opened()
    old = start(experiment, id="old", watch=True)
    new = start(experiment, id="new", watch=False)
    finished(old)
    finished(new)
    ids = [content["id"] for content, _ in sent]
    assert ids == sorted(ids, reverse=True)  # every "old" comes before the first "new"
    assert ids[-1] == "new"


def test_reset_forgets_the_run(opened):
    experiment, sent = opened()
    live = finished(start(experiment))
    tell(experiment, "reset")
    del sent[:]
    tell(experiment, "state")
    assert sent == []
    again = finished(start(experiment, id="b", resume=True))
    assert again.run is not live.run
    assert again.run.losses == live.run.losses  # the same seed, the same run


def test_state_is_told_to_a_view_that_opens_late(opened):
    experiment, sent = opened()
    finished(start(experiment))
    del sent[:]
    tell(experiment, "state")
    head, arrays = record(sent[-1])
    assert head["state"] == "finished"
    assert len(arrays[0]) == EPOCHS


def test_config_describes_both_tasks(opened):
    experiment, _ = opened()
    tasks = experiment.config["tasks"]
    assert tasks["digits"]["guessing"] == pytest.approx(2.302585, abs=1e-6)
    assert tasks["tumors"]["guessing"] == pytest.approx(0.693147, abs=1e-6)
    assert len(tasks["digits"]["images"]) == len(tasks["digits"]["labels"]) == 449
    assert {len(image) for image in tasks["digits"]["images"]} == {64}
    assert set("".join(tasks["digits"]["images"])) == set("abcdefghijklmnopq")


def test_picture_has_an_alt_text_that_states_the_finding(opened):
    experiment, _ = opened()
    answer, trouble = experiment.attempt(experiment.settings, 60)
    assert trouble is None
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    assert "after 30 epochs the training loss is 0.509" in picture.alt
