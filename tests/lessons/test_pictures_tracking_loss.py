"""Pictures of lesson 6: what they draw, and what their alt text states, is true."""

import inspect

import matplotlib as mpl
import numpy as np
import pytest

from lab.data.tables import load_diabetes
from lab.pictures import tracking_loss
from lab.pictures.style import STYLE

TRAINING = [0.9, 0.5, 0.2, 0.1, 0.05]
HELD_OUT = [0.8, 0.5, 0.4, 0.6, 0.9]


def draw(name):
    drawing = getattr(tracking_loss, name)
    return drawing(TRAINING, HELD_OUT) if name == "training_and_held_out" else drawing()


NAMES = [
    name
    for name, function in inspect.getmembers(tracking_loss, inspect.isfunction)
    if function.__module__ == tracking_loss.__name__ and not name.startswith("_")
]


def ends(axes):
    """Last height of each curve, in the order of drawing; marks of one or two points left out."""
    return [line.get_ydata()[-1] for line in axes.lines if len(line.get_xdata()) > 2]


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("name", NAMES)
def test_pictures_follow_the_house_rules(name, house_rules):
    house_rules(lambda: draw(name))


def test_pictures_leave_the_readers_settings_alone():
    before = dict(mpl.rcParams)
    draw("healthy_run")
    assert dict(mpl.rcParams) == before
    assert STYLE["axes.grid"] != before["axes.grid"]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_fit_a_notebook(name):
    assert draw(name).figure.get_figwidth() * 80 <= 800


def test_healthy_run_draws_the_reference_curve():
    (axes,) = draw("healthy_run").figure.axes
    (curve,) = axes.lines
    assert curve.get_ydata().tolist() == [1.0, 0.8, 0.6, 0.4, 0.2] + 11 * [0.1]
    assert {text.get_text() for text in axes.texts} >= {"1.0", "0.8", "0.6", "0.4", "0.2", "0.1"}


def test_flat_and_high_shows_one_healthy_run_and_three_that_are_not():
    (axes,) = draw("flat_and_high").figure.axes
    healthy, low, high, narrow = ends(axes)
    guessing = np.log(10)
    assert healthy < 0.1
    assert guessing - 0.1 < low < guessing
    assert abs(high - guessing) < 0.2
    assert 1.2 < narrow < guessing - 0.3
    curves = [line.get_ydata() for line in axes.lines if len(line.get_xdata()) > 2]
    # Too low a rate falls all the way, too high a one jitters.
    assert curves[1][-6] - curves[1][-1] > 0.005
    assert abs(curves[2][-6] - curves[2][-1]) < 0.05


def test_three_shapes_show_what_their_titles_say():
    picture = draw("three_shapes")
    noisy, diverging, improving = (axes.lines[0].get_ydata() for axes in picture.figure.axes)
    assert np.any(np.diff(noisy) > 0.5)
    assert noisy[-30:].mean() < 0.6 * noisy[:30].mean()
    assert np.all(np.diff(improving) < 0)
    assert np.argmin(diverging) == 3
    assert int(np.argmax(diverging > diverging[0])) == 11
    assert "step 11" in picture.alt


def test_diabetes_run_diverges_because_it_lies_above_the_border():
    features, _ = load_diabetes().train
    columns = np.column_stack([np.ones(len(features)), features])
    # The Hessian of mean((Xw − t)²) is 2XᵀX/n; its largest eigenvalue is a squared singular value.
    border = 2 / (2 * np.linalg.svd(columns, compute_uv=False)[0] ** 2 / len(features))
    assert border < 0.26 < 1.1 * border
    assert np.all(np.diff(tracking_loss._diabetes_run(0.98 * border, 200)[3:]) < 0)
    assert tracking_loss._diabetes_run(0.26, 200)[-1] > 1e6


def test_smoothing_draws_each_average_where_its_window_ends():
    (axes,) = draw("smoothing").figure.axes
    raw, *averages = (line for line in axes.lines if len(line.get_xdata()) > 2)
    steps, losses = raw.get_data()
    for line, window in zip(averages, (10, 60), strict=True):
        where, means = line.get_data()
        assert len(means) == len(losses) - window + 1
        assert (where[0], where[-1]) == (window, steps[-1])
        for place in (0, 100, len(means) - 1):
            assert np.isclose(means[place], losses[place : place + window].mean())
    short, long = (np.abs(np.diff(line.get_ydata())).mean() for line in averages)
    assert long < short < np.abs(np.diff(losses)).mean()


def test_look_back_converges_with_the_sixteenth_loss():
    left, right = draw("look_back").figure.axes
    assert left.get_title(loc="left") == "15 losses: a change of 50%"
    assert right.get_title(loc="left") == "16 losses: a change of 0%"
    assert [len(axes.lines[0].get_xdata()) for axes in (left, right)] == [15, 16]
    for axes, then in ((left, 4), (right, 5)):
        marks = [line.get_xdata()[0] for line in axes.lines if len(line.get_xdata()) == 1]
        assert marks == [then, then + 10]


def test_training_and_held_out_marks_the_lowest_held_out_loss():
    picture = draw("training_and_held_out")
    (axes,) = picture.figure.axes
    (mark,) = (line for line in axes.lines if len(line.get_xdata()) == 1)
    assert (mark.get_xdata()[0], mark.get_ydata()[0]) == (3, 0.4)
    assert "0.4, at epoch 3, and ends at 0.9" in picture.alt
