"""Pictures of lesson 2: what they draw, and what their alt text states, is true."""

import numpy as np
import pytest

from lab.data.tables import load_diabetes
from lab.pictures.gradient_descent import (
    difference_errors,
    gradient_arrows,
    line_through_patients,
    loss_above_least_squares,
    slopes_underfoot,
    three_steps,
    zoom_until_straight,
)


def surprise(p):
    return -np.log(p)


def patients_path():
    features, targets = load_diabetes().train
    table = np.column_stack([np.ones(len(features)), features[:, 2]])
    path = [np.zeros(2)]
    for _ in range(30):
        path.append(path[-1] - 0.1 * 2 / len(table) * table.T @ (table @ path[-1] - targets))
    return features[:, 2], targets, path


DRAWINGS = [
    pytest.param(slopes_underfoot, id="slopes_underfoot"),
    pytest.param(zoom_until_straight, id="zoom_until_straight"),
    pytest.param(lambda: difference_errors(surprise, 0.5, -2.0), id="difference_errors"),
    pytest.param(gradient_arrows, id="gradient_arrows"),
    pytest.param(lambda: three_steps([0, 1.5, 2.25, 2.625]), id="three_steps"),
    pytest.param(lambda: line_through_patients(*patients_path()), id="line_through_patients"),
    pytest.param(
        lambda: loss_above_least_squares(5 + 100 * 0.5 ** np.arange(12), 5.0),
        id="loss_above_least_squares",
    ),
]


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("draw", DRAWINGS)
def test_pictures_follow_the_house_rules(draw, house_rules):
    house_rules(draw)


def test_slopes_underfoot_draws_tangents_of_the_curve():
    axes = slopes_underfoot().figure.axes[0]
    curve, *marks = axes.lines
    x, y = curve.get_data()
    steepness = np.gradient(y, x)
    tangents = [line.get_data() for line in marks if len(line.get_xdata()) == 2]
    assert len(tangents) == 4
    for (left, right), (low, high) in tangents:
        middle = (left + right) / 2
        drawn = (high - low) / (right - left)
        # Points of the curve are 0.016 apart; bending makes differences err by at most 0.01.
        assert drawn == pytest.approx(np.interp(middle, x, steepness), abs=0.01)
        assert (low + high) / 2 == pytest.approx(np.interp(middle, x, y), abs=0.01)
    assert sum(abs(high - low) < 1e-6 for _, (low, high) in tangents) == 2


def test_goal_is_marked_at_the_lowest_point():
    for picture in (slopes_underfoot(), three_steps([0, 1.5, 2.25, 2.625])):
        axes = picture.figure.axes[0]
        curve = axes.lines[0]
        (goal,) = (line for line in axes.lines if line.get_marker() == "*")
        lowest = np.argmin(curve.get_ydata())
        # points of the curves are at most 0.03 apart
        assert goal.get_xdata()[0] == pytest.approx(curve.get_xdata()[lowest], abs=0.03)
        assert "goal: the lowest loss" in [text.get_text() for text in axes.texts]
        assert "goal" in picture.alt


def test_slopes_underfoot_says_the_slopes_it_draws():
    picture = slopes_underfoot()
    for line in picture.figure.axes[0].lines:
        if len(line.get_xdata()) == 2:
            (left, right), (low, high) = line.get_data()
            slope = (high - low) / (right - left)
            if abs(slope) > 0.1:
                assert f"{slope:.1f}".replace("-", "−") in picture.alt


def test_zoom_until_straight_closes_the_gap():
    gaps = []
    for axes in zoom_until_straight().figure.axes:
        curve, tangent = axes.lines[:2]
        gap = np.abs(curve.get_ydata() - tangent.get_ydata()).max()
        gaps.append(gap / np.ptp(curve.get_ydata()))
    # Near a point the gap falls with the square of the distance, the height with the distance.
    assert gaps[1] < gaps[0] / 5
    assert gaps[2] == pytest.approx(gaps[1] / 10, rel=0.2)


def test_difference_errors_fall_as_theory_says():
    axes = difference_errors(surprise, 0.5, -2.0).figure.axes[0]
    forward, central = (dict(zip(*line.get_data(), strict=True)) for line in axes.lines[:2])
    for curve, order, bend in ((forward, 1, 4 / 2), (central, 2, 16 / 6)):
        for step, error in curve.items():
            if 1e-4 < step < 1e-2:
                # L'' = 1/p² = 4 and L''' = −2/p³ = −16 at p = 0.5; further terms are below 3 %.
                assert error == pytest.approx(bend * step**order, rel=0.03)
    assert min(central.values()) < 1e-10
    assert 1e-9 < min(forward.values()) < 1e-7


def test_gradient_arrows_cross_contours_at_right_angles():
    axes = gradient_arrows().figure.axes[0]
    arrows = [text for text in axes.texts if text.arrow_patch is not None]
    assert len(arrows) == 8
    for arrow in arrows:
        tip, place = np.array(arrow.xy), np.array(arrow.xyann)
        along = np.array([-3 * place[1], place[0]])  # ½(x² + 3y²) does not change this way
        assert abs((tip - place) @ along) < 1e-12
    uphill = [
        arrow for arrow in arrows if np.dot(np.subtract(arrow.xy, arrow.xyann), arrow.xyann) > 0
    ]
    assert len(uphill) == 4


def test_three_steps_stand_on_the_parabola():
    path = [0, 1.5, 2.25, 2.625]
    picture = three_steps(path)
    axes = picture.figure.axes[0]
    (dots,) = (line for line in axes.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(dots.get_xdata(), path)
    np.testing.assert_array_equal(dots.get_ydata(), [9, 2.25, 0.5625, 0.140625])
    assert "0, 1.5, 2.25 and 2.625" in picture.alt


def test_line_through_patients_draws_the_lines_of_its_path():
    bmi, targets, path = patients_path()
    picture = line_through_patients(bmi, targets, path)
    left, right = picture.figure.axes
    assert len(left.lines[0].get_xdata()) == 332
    lines = [line.get_data() for line in left.lines[1:]]
    for (x, y), step in zip(lines, (0, 1, 3, 10, 30), strict=True):
        np.testing.assert_allclose(y, path[step][0] + path[step][1] * np.asarray(x))
    np.testing.assert_array_equal(np.column_stack(right.lines[0].get_data()), path)
    assert "0, 1, 3, 10 and 30 steps" in picture.alt


def test_loss_above_least_squares_states_the_share_that_is_gone():
    picture = loss_above_least_squares(5 + 100 * 0.5 ** np.arange(12), 5.0)
    assert "99.9% of it is gone after 10 steps" in picture.alt  # 1 − 1/1024
    drawn = picture.figure.axes[0].lines[0].get_ydata()
    np.testing.assert_allclose(drawn, 100 * 0.5 ** np.arange(1, 12))
