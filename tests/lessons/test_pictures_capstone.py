"""The picture of the capstone's network shows the shapes that the functions of lesson 5 give."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from lab.pictures.capstone import layers_of_the_capstone
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
