"""Pictures of lesson 1: what they draw, and what their alt text states, is true."""

import inspect
import math

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from lab.pictures import Picture, loss_functions
from lab.pictures.style import STYLE, house_style, number

DRAWINGS = [
    function
    for name, function in inspect.getmembers(loss_functions, inspect.isfunction)
    if function.__module__ == loss_functions.__name__ and not name.startswith("_")
]


def dots(axes):
    """Points of an axes that are marked with a round dot, in the order of drawing."""
    lines = [line for line in axes.lines if line.get_marker() == "o"]
    return np.array([[line.get_xdata()[0], line.get_ydata()[0]] for line in lines], dtype=float)


def curves(axes):
    """Curves of an axes as arrays of x and y, dots and tangents left out."""
    return [np.array(line.get_data()) for line in axes.lines if len(line.get_xdata()) > 2]


def tangent_slope(axes):
    """Slope of the only straight piece of an axes."""
    (line,) = (line for line in axes.lines if len(line.get_xdata()) == 2)
    (x0, x1), (y0, y1) = line.get_data()
    return (y1 - y0) / (x1 - x0)


def steepness(curve, x):
    """Slope of a drawn curve at x, by the points that are drawn beside it."""
    return np.interp(x, curve[0], np.gradient(curve[1], curve[0]))


def heights(axes):
    return [patch.get_height() for patch in axes.patches if isinstance(patch, Rectangle)]


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("draw", DRAWINGS)
def test_pictures_follow_the_house_rules(draw, house_rules):
    house_rules(draw)


def test_picture_hands_its_words_to_the_browser():
    picture = Picture(loss_functions.archery_target().figure, 'A "quoted" < b.')
    assert 'alt="A &quot;quoted&quot; &lt; b."' in picture._repr_html_()


def test_bow_and_board_names_every_part_of_the_loop():
    (axes,) = loss_functions.bow_and_board().figure.axes
    said = " ".join(texts(axes)).replace("\n", " ")
    for word in ("weights", "prediction", "target", "loss", "optimizer", "bow", "hand"):
        assert word in said
    (landing, center) = dots(axes)
    assert landing[1] > center[1] == 0


def test_two_costs_draws_a_round_bottom_and_a_corner():
    (axes,) = loss_functions.two_costs().figure.axes
    squared, absolute = curves(axes)
    assert np.allclose(squared[1], squared[0] ** 2)
    assert np.allclose(np.abs(np.diff(absolute[1])), np.diff(absolute[0]))
    assert squared[1].min() == absolute[1].min() == 0


def test_archery_target_shows_the_three_costs():
    picture = loss_functions.archery_target()
    face, curve = picture.figure.axes
    assert np.allclose(np.hypot(*dots(face).T), [0, 2, 10])
    assert np.allclose(dots(curve), [[0, 0], [2, 4], [10, 100]])
    assert texts(face) == ["0 cm", "2 cm", "10 cm"]
    assert texts(curve) == ["0", "4", "100"]
    assert "0 cm costs 0, 2 cm costs 4, 10 cm costs 100" in picture.alt


def test_squared_error_slope_draws_a_tangent():
    picture = loss_functions.squared_error_slope()
    (axes,) = picture.figure.axes
    (curve,) = curves(axes)
    assert np.allclose(dots(axes), [[5, 4], [3, 0]])
    assert tangent_slope(axes) == pytest.approx(4)
    # the drawn points are 0.04 apart; a parabola's central differences are exact
    assert steepness(curve, 5) == pytest.approx(4)
    assert curve[0][curve[1].argmin()] == pytest.approx(3)
    assert "At prediction 5 the loss is 4" in picture.alt
    assert "with slope 4." in picture.alt


def test_sigmoid_curve_shows_three_probabilities():
    picture = loss_functions.sigmoid_curve()
    (axes,) = picture.figure.axes
    (curve,) = curves(axes)
    # (1 + tanh(z/2))/2 is the same curve, by another formula
    assert np.allclose(curve[1], (1 + np.tanh(curve[0] / 2)) / 2)
    assert np.allclose(dots(axes)[:, 1], [0.119203, 0.5, 0.880797], atol=1e-6)
    assert "0.119 at −2, 0.5 at 0, 0.881 at 2" in picture.alt
    assert curve[0][np.gradient(curve[1]).argmax()] == pytest.approx(0)


def test_binary_cross_entropy_curve_shows_the_lesson_figures():
    picture = loss_functions.binary_cross_entropy_curve()
    (axes,) = picture.figure.axes
    yes, no = curves(axes)
    assert np.allclose(dots(axes), [[0.9, 0.105361], [0.5, 0.693147], [0.1, 2.302585]], atol=1e-6)
    assert texts(axes)[:3] == ["0.105", "0.693", "2.303"]
    assert "0.105 at 0.9, 0.693 at 0.5, 2.303 at 0.1" in picture.alt
    assert np.allclose(yes[1], no[1][::-1])  # mirror images
    assert np.allclose(np.exp(-yes[1]), yes[0])


def test_loss_against_logit_draws_both_tangents():
    picture = loss_functions.loss_against_logit()
    squared, entropy = picture.figure.axes
    p = 1 / (1 + math.exp(6))
    assert tangent_slope(squared) == pytest.approx(-2 * (1 - p) * p * (1 - p))
    assert tangent_slope(entropy) == pytest.approx(p - 1)
    for axes in (squared, entropy):
        (curve,) = curves(axes)
        # points 0.05 apart: central differences err by 0.05²/6 times a third derivative below 2p
        assert steepness(curve, -6) == pytest.approx(tangent_slope(axes), abs=1e-5)
    assert "slope −0.005: nearly flat" in picture.alt
    assert "slope −0.998: steep" in picture.alt


def test_softmax_in_three_steps_shows_each_step():
    picture = loss_functions.softmax_in_three_steps()
    logits, powers, shares = map(heights, picture.figure.axes)
    assert logits == [2, 1, -1]
    assert np.allclose(np.log(powers), logits)
    assert sum(shares) == pytest.approx(1)
    assert np.allclose(np.diff(np.log(shares)), np.diff(logits))
    assert "7.389, 2.718 and 0.368" in picture.alt
    assert "0.705, 0.259 and 0.035" in picture.alt
    assert "10.475" in picture.alt


def test_cat_predictions_shows_the_lesson_figures():
    picture = loss_functions.cat_predictions()
    good, bad = picture.figure.axes
    assert heights(good) == [0.70, 0.20, 0.10]
    assert heights(bad) == [0.10, 0.60, 0.30]
    assert good.get_title("left").endswith("= 0.357")
    assert bad.get_title("left").endswith("= 2.303")
    assert "bird 0.10 costs 0.357; cat 0.10" in picture.alt
    assert "bird 0.30 costs 2.303" in picture.alt


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (-2, "−2"), (100.0, "100"), (0.1053605, "0.105"), (-0.0001, "0"), (1e3, "1000")],
)
def test_number_writes_as_prose_does(value, text):
    assert number(value) == text


def test_house_style_leaves_the_learners_settings():
    before = dict(mpl.rcParams)
    with house_style():
        assert mpl.rcParams["axes.titleweight"] == STYLE["axes.titleweight"]
    assert dict(mpl.rcParams) == before
