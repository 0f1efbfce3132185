"""The pictures of the capstone: shapes as the functions of lesson 5 give them, honest counts."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from lab.data.network import Network
from lab.data.tables import load_digits
from lab.pictures.capstone import (
    confusion,
    layers_of_the_capstone,
    mean_digits,
    mixed_digits,
    portrait,
    worst_mistakes,
)
from solutions import losses, training


@pytest.fixture(name="picture", scope="module")
def capstone_picture():
    return layers_of_the_capstone(pixels=6, hidden=5, classes=3)


def test_picture_shows_the_shapes_of_a_real_step(picture):
    n = 4
    inputs, targets = np.ones((n, 6)), np.eye(3)[[0, 1, 2, 0]]
    weights_1, bias_1, weights_2, bias_2 = (
        np.full(shape, 0.1) for shape in ((6, 5), (5,), (5, 3), (3,))
    )
    sums = training.dense_forward(inputs, weights_1, bias_1)
    active = training.relu_forward(sums)
    logits = training.dense_forward(active, weights_2, bias_2)
    blame = losses.softmax_cross_entropy_gradient(logits, targets)
    blame_2, *second = training.dense_backward(blame, active, weights_2)
    blame_1 = training.relu_backward(blame_2, sums)
    _, *first = training.dense_backward(blame_1, inputs, weights_1)

    said = [text.get_text() for text in picture.figure.axes[0].texts]
    for name, array in (("inputs", inputs), ("sums", sums), ("active", active), ("logits", logits)):
        assert f"{name}\n{array.shape}".replace("(4", "(n") in said
    for array in (blame, blame_1, blame_2):
        assert f"{array.shape}".replace("(4", "(n") in said
    for weights, bias in (first, second):
        shown = f"weights {weights.shape}, bias {bias.shape}"
        assert any(shown in text for text in said)


def test_no_two_texts_of_the_picture_touch():
    figure = layers_of_the_capstone().figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    axes = figure.axes[0]
    texts = [text for text in axes.texts if text.get_text()] + [axes.title]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    touching = [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]
    assert len(boxes) > 12
    assert touching == []


def test_picture_follows_the_house_rules(house_rules):
    house_rules(layers_of_the_capstone)


GUESSES, ANSWERS = [3, 3, 8, 1, 0, 0], [3, 8, 3, 1, 0, 6]


def test_confusion_counts_every_digit_once():
    picture = confusion(GUESSES, ANSWERS)
    (axes,) = picture.figure.axes
    counts = [text for text in axes.texts if text.get_text().isdigit()]
    assert sum(int(text.get_text()) for text in counts) == len(ANSWERS)
    places = {text.get_position() for text in counts}
    assert places == {(3, 3), (3, 8), (8, 3), (1, 1), (0, 0), (0, 6)}
    assert "of 6 digits 3 are misread" in picture.alt


def test_worst_mistakes_are_those_with_the_least_probability():
    probabilities = np.full((8, 10), 0.01)
    probabilities[np.arange(8), [0, 1, 2, 3, 4, 5, 6, 8]] = 0.91
    probabilities[7, 7] = 0.001
    picture = worst_mistakes(np.zeros((8, 64)), np.arange(8), probabilities)
    assert picture.figure.axes[0].get_title(loc="center").startswith("is 7, read as 8")


def trained():
    layers = training.dense_forward, training.dense_backward
    layers += training.relu_forward, training.relu_backward
    network = Network((64, 8, 10), *layers, seed=1)
    features, targets = load_digits().train
    for _ in range(150):
        blame = losses.softmax_cross_entropy_gradient(network.forward(features), targets)
        network.set_weights(network.get_weights() - 0.3 * network.backward(blame))
    return network


@pytest.mark.exhaustive
def test_other_pictures_follow_the_house_rules(house_rules):
    network, few = trained(), load_digits().test.features[:20]
    probabilities = losses.softmax(network.forward(few))
    answers = load_digits().test.targets[:20].argmax(axis=1)
    for draw in (
        mixed_digits,
        mean_digits,
        lambda: confusion(GUESSES, ANSWERS),
        lambda: worst_mistakes(load_digits().raw(few), answers, probabilities),
        lambda: portrait(network),
    ):
        house_rules(draw)


def test_portrait_shows_a_zero_that_is_empty_in_the_middle():
    picture = portrait(trained()).figure.axes[0].images[0].get_array()
    assert picture[3:5, 3:5].mean() < 0
