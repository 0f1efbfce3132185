"""Pictures of lesson 3: what they draw, and what their alt text states, is true."""

import numpy as np
import pytest

from lab.pictures.bowls import tilted_bowl, two_factors, valley_walks
from lab.pictures.learning_rate import (
    factor_of_one_step,
    four_walks,
    judged_curves,
    loss_against_learning_rate,
    phase_diagram,
    warmup_and_cosine,
)

RATES = [0.02, 0.3, 1.0, 1.05]
WALKS = [[3 - 3 * (1 - 2 * rate) ** k for k in range(21)] for rate in RATES]
VALLEY = np.array([1.0, 10.0])
VALLEY_RATES = [0.02, 2 / 11, 0.21]
VALLEY_WALKS = [
    [[-10 * (1 - rate) ** k, (1 - 10 * rate) ** k] for k in range(16)] for rate in VALLEY_RATES
]
STEP = np.arange(41)
CURVES = {"too high": 9 * 1.03**STEP, "too low": 9 * 0.98**STEP, "just right": 1 + 9 * 0.88**STEP}
PLACES = [0.01, 0.1, 1.0], [1, 10, 100]  # learning rates, and steepness of valleys
MAP = [  # a row for each steepness: 1, 10 and 100
    ["too low", "just right", "just right"],
    ["too low", "just right", "too high"],
    ["too low", "too high", "too high"],
]
HESSIAN = np.array([[2.0, 1.0], [1.0, 2.0]])

DRAWINGS = [
    pytest.param(lambda: four_walks(RATES, WALKS), id="four_walks"),
    pytest.param(factor_of_one_step, id="factor_of_one_step"),
    pytest.param(lambda: valley_walks(VALLEY_RATES, VALLEY_WALKS, VALLEY), id="valley_walks"),
    pytest.param(lambda: two_factors(VALLEY), id="two_factors"),
    pytest.param(lambda: tilted_bowl(HESSIAN), id="tilted_bowl"),
    pytest.param(
        lambda: loss_against_learning_rate(np.diag([0.02, 8.0]), [100.0, 100.0], [10, 100, 1000]),
        id="loss_against_learning_rate",
    ),
    pytest.param(lambda: judged_curves(CURVES), id="judged_curves"),
    pytest.param(lambda: phase_diagram(*PLACES, MAP), id="phase_diagram"),
    pytest.param(lambda: warmup_and_cosine(0.4, 100, 10), id="warmup_and_cosine"),
]


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("draw", DRAWINGS)
def test_pictures_follow_the_house_rules(draw, house_rules):
    house_rules(draw)


def test_four_walks_draws_the_paths_and_states_their_losses():
    picture = four_walks(RATES, WALKS)
    axes = picture.figure.axes
    for place, walk in enumerate(WALKS):
        drawn = axes[place].lines[1].get_data()
        np.testing.assert_allclose(drawn, [walk, (np.array(walk) - 3) ** 2])
        np.testing.assert_allclose(axes[4 + place].lines[0].get_ydata(), drawn[1])
    # Errors −3 · 0.96²⁰ = −1.326 and 3 · 1.1²⁰ = 20.18; squared 1.76 and 407.3.
    assert "the loss goes to 1.8;" in picture.alt
    assert "the loss goes to 407.3." in picture.alt
    assert "just right with 0.3: the loss goes to nearly 0;" in picture.alt
    assert "on the border with 1: the loss goes to 9;" in picture.alt


def test_factor_of_one_step_meets_the_border_at_two():
    axes = factor_of_one_step().figure.axes[0]
    dashed, size = (line for line in axes.lines if len(line.get_xdata()) > 100)
    x, y = size.get_data()
    assert np.all((y < 1) == ((x > 0) & (x < 2)))
    np.testing.assert_allclose(np.abs(dashed.get_ydata()), y)


def test_valley_walks_states_the_factors():
    picture = valley_walks(VALLEY_RATES, VALLEY_WALKS, VALLEY)
    for words in ("0.98 and 0.80 at 0.02", "0.82 and −0.82 at 0.182", "0.79 and −1.10 at 0.21"):
        assert words in picture.alt
    for axes, walk in zip(picture.figure.axes, VALLEY_WALKS, strict=True):
        np.testing.assert_allclose(np.column_stack(axes.lines[0].get_data()), walk)


def test_two_factors_is_lowest_where_the_curves_cross():
    picture = two_factors(VALLEY)
    axes = picture.figure.axes[0]
    worst = max((line for line in axes.lines if len(line.get_xdata()) > 100), key=_width)
    x, y = worst.get_data()
    assert x[np.argmin(y)] == pytest.approx(2 / 11)
    assert y.min() == pytest.approx(9 / 11)
    assert np.all((y < 1) == ((x > 0) & (x < 0.2 - 1e-12)))
    assert "0.818" in picture.alt
    assert "border at 0.2." in picture.alt


def _width(line):
    return line.get_linewidth()


def test_tilted_bowl_cuts_along_its_own_axes():
    picture = tilted_bowl(HESSIAN)
    left, right = picture.figure.axes
    for line in left.lines:
        direction = np.array([line.get_xdata()[1], line.get_ydata()[1]])
        turned = HESSIAN @ direction
        assert abs(turned[0] * direction[1] - turned[1] * direction[0]) < 1e-12  # still parallel
    for line, curvature in zip(right.lines, (1, 3), strict=True):
        np.testing.assert_allclose(line.get_ydata(), curvature * line.get_xdata() ** 2 / 2)
    assert "curvature 1, along the short one of curvature 3" in picture.alt


def test_loss_against_learning_rate_is_that_of_a_descent():
    hessian, start = HESSIAN, np.array([2.0, 5.0])
    axes = loss_against_learning_rate(hessian, start, [7]).figure.axes[0]
    rates, losses = axes.lines[0].get_data()
    for place in (0, 300, 500, 599):
        error = start
        for _ in range(7):
            error = error - rates[place] * hessian @ error
        # Seven multiplications against a power: a few roundings apart.
        assert losses[place] == pytest.approx(0.5 * error @ hessian @ error, rel=1e-9)
    borders = [line for line in axes.lines if len(line.get_xdata()) == 2]
    assert borders[0].get_xdata()[0] == pytest.approx(2 / 3)


def test_judged_curves_shades_the_tail_and_states_its_share():
    picture = judged_curves(CURVES)
    for axes in picture.figure.axes:
        (shade,) = axes.patches
        assert (shade.get_x(), shade.get_width()) == (36, 4)
    # (0.98³⁶ − 0.98⁴⁰)/(1 − 0.98⁴⁰) = 0.0677 and the same with 0.88: 0.0040.
    assert "6.8% of the whole drop" in picture.alt
    assert "0.4% of the whole drop" in picture.alt
    assert "the last loss is above the first" in picture.alt


def test_warmup_and_cosine_rises_peaks_and_ends_at_zero():
    picture = warmup_and_cosine(0.4, 100, 10)
    plain, warmed = picture.figure.axes[0].lines[:2]
    np.testing.assert_allclose(
        warmed.get_ydata()[[0, 5, 10, 40, 55, 100]], [0, 0.2, 0.4, 0.3, 0.2, 0]
    )
    np.testing.assert_allclose(plain.get_ydata()[[0, 50, 100]], [0.4, 0.2, 0], atol=1e-15)
    assert "through 0.2 at step 55" in picture.alt


def test_phase_diagram_paints_each_verdict_and_states_what_is_just_right():
    picture = phase_diagram(*PLACES, MAP)
    axes = picture.figure.axes[0]
    cells = axes.collections[0].get_array().reshape(3, 3)
    words = np.array(["just right", "too high", "too low"])
    np.testing.assert_array_equal(words[np.asarray(cells, int)], MAP)
    (border,) = axes.lines
    np.testing.assert_allclose(np.prod(border.get_data(), axis=0), 2)
    assert "at a steepness of 10 from 0.1 to 0.1." in picture.alt
    assert "From a steepness of 100 on, no rate is just right." in picture.alt


def test_phase_diagram_without_a_right_rate_says_so():
    picture = phase_diagram([0.01, 1.0], [1, 10], [["too low", "too high"]] * 2)
    assert "at a steepness of 10 at no rate." in picture.alt
