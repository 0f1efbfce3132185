"""The wave, the archery target, the cross-entropy curve and the logits in JupyterLab.

Each test moves a control and compares what is drawn with what the learner's functions return.
"""

import numpy as np
import pytest

from solutions import losses
from solutions.welcome import distance

CELLS = {
    "wave": """\
from course.welcome import distance
from lab import slide_a_wave

slide_a_wave(distance)""",
    "archery": """\
from course.losses import mean_squared_error
from lab import shoot_at_target

shoot_at_target(mean_squared_error)""",
    "probability": """\
from course.losses import binary_cross_entropy
from lab import drag_probability

drag_probability(binary_cross_entropy)""",
    "logits": """\
from course.losses import categorical_cross_entropy, softmax
from lab import drag_logits

drag_logits(softmax, categorical_cross_entropy)""",
}
ALT = {
    "wave": '<img alt="A wave and its copy, moved by 0.15 wavelengths',
    "archery": '<img alt="5 arrows on a target',
    "probability": '<img alt="Binary cross-entropy against the probability',
    "logits": '<img alt="Softmax turns three logits into probabilities: cat 2.00',
}
STUB = """\
def distance(prediction, target):
    raise NotImplementedError("distance: not written yet")
"""
UNSTABLE = """\


def softmax(logits):
    raised = np.exp(np.asarray(logits, dtype=float))
    return raised / raised.sum(axis=-1, keepdims=True)
"""


@pytest.fixture
def opened(stage):
    def open_one(name):
        stage.show(CELLS[name])
        stage.wait("run")
        return stage

    return open_one


def test_wave_moved_by_keyboard_draws_the_distances_that_the_function_returns(opened):
    shown = opened("wave")
    shown.page.focus('.descent input[aria-label^="Shift"]')
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("PageUp")
    shown.wait("run && run.settings.shift === 0.26")
    places = np.linspace(0, 3, 61)
    wanted = [
        distance(np.sin(2 * np.pi * (x - 0.26)), np.sin(2 * np.pi * x)) for x in places.tolist()
    ]
    np.testing.assert_allclose(shown.state("[...run.distances]"), wanted, atol=1e-6)  # float32
    assert shown.state("run.mean") == pytest.approx(np.mean(wanted), rel=1e-9)
    shown.slide("Shift", 50)
    shown.wait("run && run.settings.shift === 0.5")
    shown.slide("Shift", 100)
    shown.wait_done("wave.wavelength")
    shown.assert_narrow_is_fine()


@pytest.mark.exhaustive
def test_wave_still_moves_while_the_function_is_not_written(opened):
    shown = opened("wave")
    shown.write("welcome.py", STUB)
    shown.page.wait_for_selector(".descent .trouble:not([hidden])")
    said = shown.page.inner_text(".descent .trouble")
    assert "Write distance in course/welcome.py first" in said
    shown.slide("Shift", 70)
    assert shown.state("state.shift") == 0.7
    assert "Moved by 0.70 wavelengths" in shown.page.inner_text(".descent .says")
    shown.write("welcome.py", shown.course["welcome.py"])
    shown.wait("run && run.settings.shift === 0.7 && run.mean > 1")
    assert shown.page.locator(".descent .trouble").is_hidden()


def test_arrow_moved_by_keyboard_is_scored_by_the_function(opened):
    shown = opened("archery")
    shown.page.focus(".descent .map")
    shown.page.keyboard.press("ArrowRight")
    shown.wait("run && run.settings.arrows[4][0] === 7.5")
    arrows = np.array(shown.state("run.settings.arrows"))
    misses = np.hypot(*arrows.T)
    mean = losses.mean_squared_error(misses, np.zeros(len(misses)))
    assert shown.state("run.mse") == pytest.approx(mean, rel=1e-9)
    np.testing.assert_allclose(shown.state("[...run.losses]"), misses**2, rtol=1e-6)  # float32
    shown.page.click("button:has-text('twice as far')")
    shown.wait("run && run.settings.arrows[4][0] === 15")
    shown.wait_done("archery.outlier")
    # Five times the distance of the lesson's figures: 2 cm costs 4.
    shown.slide("Distance", 4)
    shown.wait("run && Math.abs(run.misses[4] - 2) < 1e-5")
    assert shown.state("run.losses[4]") == pytest.approx(4, rel=1e-6)
    twice = shown.page.locator("button:has-text('twice as far')")
    assert twice.is_enabled()
    shown.slide("Distance", 44)  # 22 cm: twice as far is off the sheet, and not offered
    shown.wait("run && Math.abs(run.misses[4] - 22) < 1e-5")
    assert twice.is_disabled()
    shown.assert_narrow_is_fine()


@pytest.mark.exhaustive
def test_click_on_the_target_shoots_and_drag_moves(opened):
    shown = opened("archery")
    box = shown.page.locator(".descent .map").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    shown.page.mouse.move(middle[0], middle[1] - 120)
    shown.page.mouse.down()
    shown.wait("run && run.settings.arrows.length === 6")
    x, y = shown.state("run.settings.arrows[5]")
    assert abs(x) < 0.2
    assert y > 10
    shown.page.mouse.move(*middle, steps=4)
    shown.page.mouse.up()
    shown.wait("run && run.misses[5] < 0.2")


def test_probability_curve_holds_what_the_function_returns(opened):
    shown = opened("probability")
    shown.wait("run && run.settings.target === 0")
    wanted = [
        losses.binary_cross_entropy(np.array([0.005 * k]), np.array([0.0])) for k in range(201)
    ]
    np.testing.assert_allclose(shown.state("[...run.losses]"), wanted, rtol=1e-6, atol=1e-9)
    shown.slide("Probability", 120)
    shown.page.click("text=pin this answer")
    shown.slide("Probability", 198)
    assert "5.03 times as much" in shown.page.inner_text(".descent .pinned")
    assert "4.605" in shown.page.inner_text(".descent .story .tile")
    shown.wait_done("probability.confident")
    shown.page.click(".descent .pins >> text=0.5")
    shown.page.click("text=this one")
    shown.wait_done("probability.shrug")
    shown.assert_narrow_is_fine()


def test_logit_moved_by_keyboard_draws_what_the_functions_return(opened):
    shown = opened("logits")
    shown.page.focus('.descent input[aria-label="Logit of dog"]')
    shown.page.keyboard.press("ArrowRight")
    shown.wait("run && run.settings.logits[1] === 1.05")
    wanted = losses.softmax([[2.0, 1.05, 0.0]])
    assert shown.state("run.probabilities") == pytest.approx(wanted[0].tolist(), rel=1e-9)
    cost = losses.categorical_cross_entropy(wanted, [[1, 0, 0]])
    assert shown.state("run.loss") == pytest.approx(cost, rel=1e-9)
    for name, position in (("cat", 159), ("dog", 134), ("bird", 120)):
        shown.slide(f"Logit of {name}", position)
    shown.wait_done("logits.cat")
    shown.assert_narrow_is_fine()


@pytest.mark.exhaustive
def test_huge_logits_tell_an_unstable_softmax_from_a_stable_one(opened):
    shown = opened("logits")
    shown.page.click("text=add 1,000 to all three")
    shown.wait("run && run.settings.shift === 1000 && run.sum !== null")
    shown.wait_done("logits.huge")
    shown.write("losses.py", shown.course["losses.py"] + UNSTABLE)
    shown.page.wait_for_selector(".descent .alarm:not([hidden])")
    assert "too large for a float" in shown.page.inner_text(".descent .alarm")
    assert shown.state("run.probabilities") == [None, None, None]
    shown.write("losses.py", shown.course["losses.py"])
    shown.page.wait_for_selector(".descent .alarm", state="hidden")


@pytest.mark.sampled(every=len(CELLS))
@pytest.mark.parametrize("name", CELLS)
def test_saved_notebook_keeps_a_picture_with_alt_text(opened, name):
    outputs = opened(name).saved()["outputs"]
    html = "".join("".join(output["data"].get("text/html", "")) for output in outputs)
    assert html.count('<img alt="') == 1
    assert ALT[name] in html
