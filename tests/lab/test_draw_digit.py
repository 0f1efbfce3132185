"""Draw a digit: the image of some strokes, and the network that learns to read it."""

import numpy as np
import pytest

from lab.data.handwriting import as_image, drawn_by_hand
from lab.data.tables import load_digits
from lab.experiments.draw_digit import ClassifierRun, DrawDigitExperiment
from lab.widget.kept import Kept
from solutions import losses, training
from solutions.capstone import train_classifier


class Recorded(DrawDigitExperiment, folder="draw_digit"):
    """The experiment, and the messages that it would send."""

    def send(self, content, callback=None, buffers=None):
        self.sent.append(content)


def opened(train):
    Recorded.sent = []
    return Recorded(train, losses, training, kept=Kept(None))


def trained(train):
    experiment = opened(train)
    run = experiment._training = ClassifierRun(experiment, slowly=False)
    run.work.start()
    run.work.finish(120)
    return experiment, run


def read(experiment, strokes):
    answer, trouble = experiment.attempt({"strokes": strokes, "look": 0}, 30)
    assert trouble is None, trouble
    return answer.arrays


@pytest.fixture(scope="module")
def reader():
    return trained(train_classifier)


def test_image_is_like_those_of_the_table():
    table = load_digits().raw(load_digits().train.features).reshape(-1, 8, 8)
    for digit in range(10):
        image = as_image(drawn_by_hand(digit)).reshape(8, 8)
        assert image.min() == 0
        assert image.max() <= 16
        assert image[0].max() >= 4
        assert image[-1].max() >= 4  # as high as the image, as all of the table
        assert image.sum() == pytest.approx(table.sum(axis=(1, 2)).mean(), rel=0.2)


def test_image_does_not_depend_on_place_and_size():
    strokes = drawn_by_hand(4)
    moved = [0.31 * stroke + (0.5, -0.2) for stroke in strokes]
    np.testing.assert_allclose(as_image(moved), as_image(strokes), atol=1)


@pytest.mark.parametrize("strokes", [[], [[[0.5, 0.5]]], [[[0, 0], [1, 0]]], [[[0.2, 0.1]] * 5]])
def test_image_of_little_is_an_image(strokes):
    image = as_image(strokes)
    assert image.shape == (64,)
    assert np.isfinite(image).all()
    assert bool(image.any()) == bool(strokes)


def test_learner_trains_a_network_that_reads_what_is_drawn(reader):
    experiment, run = reader
    assert run.state == "finished"
    assert run.looks[-1][1] > 0.95
    read_right = [
        read(experiment, drawn_by_hand(digit))[1].argmax() == digit for digit in range(10)
    ]
    assert sum(read_right) >= 9


def test_most_sloppy_digits_are_read(reader):
    """Slanted, squeezed and shaky: what hands do. Four of five are read at least."""
    experiment, _ = reader
    generator = np.random.default_rng(1)
    right = []
    for digit in range(10):
        for _ in range(6):
            slant, squeeze = generator.normal(0, 0.15), np.exp(generator.normal(0, 0.2))
            way = np.array([[squeeze, slant], [0, 1]])
            shaky = [
                stroke @ way.T + generator.normal(0, 0.006, stroke.shape).cumsum(axis=0)
                for stroke in drawn_by_hand(digit)
            ]
            right.append(read(experiment, shaky)[1].argmax() == digit)
    assert np.mean(right) >= 0.8


def test_untrained_network_reads_all_the_same():
    image, probabilities = read(opened(train_classifier), drawn_by_hand(3))
    assert image.max() > 8
    assert probabilities.sum() == pytest.approx(1)
    assert probabilities.max() < 0.6


def test_trouble_in_the_training_is_told():
    def train(network, images, labels, seed=0):
        raise ValueError("half written")

    _, run = trained(train)
    assert run.state == "trouble"
    assert "ValueError: half written" in run.trouble["title"]
    _, run = trained(lambda network, images, labels: None)
    assert "returned no losses" in run.trouble["title"]


def test_training_can_be_stopped():
    def train(network, images, labels, seed=0):
        while True:
            network.set_weights(network.get_weights())
            run.work.stop.set()

    experiment = opened(train)
    run = experiment._training = ClassifierRun(experiment, slowly=False)
    run.work.start()
    run.work.finish(120)
    assert run.state == "stopped"
    assert experiment.sent[-1]["state"] == "stopped"


def test_picture_tells_what_is_read(reader):
    experiment, _ = reader
    answer, _ = experiment.attempt(experiment.settings, 30)
    assert "trained by your code: most likely 3" in experiment.picture(answer).alt
