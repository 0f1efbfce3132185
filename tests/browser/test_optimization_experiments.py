"""Hill walk, optimizer race, momentum map and slow motion in JupyterLab.

Each test moves a control and compares what is drawn with what the learner's functions return.
"""

import json

import numpy as np
import pytest

from lab.data.landscapes import HILLS, LANDSCAPES
from lab.experiments.learning_rate import VERDICTS
from lab.experiments.momentum_map import COLUMNS, ROWS
from lab.experiments.training_step import by_part
from lab.experiments.verdict_map import RATES, STEEPNESSES
from solutions.gradient_descent import gradient_descent
from solutions.optimizers import SGD, Adam, Momentum

COUNTED = {name: axis["count"] for name, axis in (("rates", RATES), ("steepnesses", STEEPNESSES))}
OTHER_WAY = {"ArrowUp": "ArrowDown", "ArrowRight": "ArrowLeft"}
CELLS = {
    "hill": """\
from course.gradient_descent import gradient_step, numerical_gradient
from lab import walk_the_hill

walk_the_hill(numerical_gradient, gradient_step)""",
    "race": """\
from course.optimizers import SGD, Adam, AdamW, Momentum, RMSprop
from lab import race_optimizers

race_optimizers(SGD, Momentum, RMSprop, Adam, AdamW)""",
    "map": """\
from course.optimizers import Momentum
from lab import map_learning_rates

map_learning_rates(Momentum)""",
    "verdicts": """\
from course.gradient_descent import gradient_descent
from course.learning_rate import judge_learning_rate
from lab import map_verdicts

map_verdicts(gradient_descent, judge_learning_rate)""",
    "slow": """\
from course.training import dense_backward, dense_forward, relu_backward, relu_forward
from lab import slow_motion

slow_motion(dense_forward, dense_backward, relu_forward, relu_backward)""",
}
ALT = {
    "hill": '<img alt="A walk on the hill',
    "race": '<img alt="A race of optimizers on the ravine. Losses after 200 steps: SGD at',
    "map": '<img alt="Map of learning rates (across) and momenta (up)',
    "verdicts": '<img alt="Map of learning rates (across) and steepness of the valley (up)',
    "slow": '<img alt="The first training step of the 2-2-1 network in numbers',
}
RUNS = {
    "hill": "{ settings: run.settings, weights: [...run.weights], slopes: [...run.slopes] }",
    "race": """{ settings: run.settings, paths: Object.fromEntries(
        Object.entries(run.runs).map(([name, { path }]) => [name, [...path]])) }""",
    "map": "{ settings: run.settings, path: [...run.path], factor: run.factor }",
    "verdicts": "{ settings: run.settings, losses: [...run.losses], verdict: run.verdict }",
    "slow": "{ settings: run.settings, rows: [...run.rows], losses: [...run.losses] }",
}


class Shown:
    """One of these experiments on the stage."""

    def __init__(self, name, stage):
        self.name, self.stage, self.page = name, stage, stage.page

    def drawn(self):
        return self.stage.state(f"run && {RUNS[self.name]}")

    def settled(self, path, value):
        """What is drawn once the settings at `path` have this value."""
        self.stage.wait(
            "run && JSON.stringify(arg[0].reduce((at, key) => at[key], run.settings)) === arg[1]",
            [path, json.dumps(value, separators=(",", ":"))],
        )
        return self.drawn()


@pytest.fixture
def opened(stage):
    def open_one(name):
        stage.show(CELLS[name])
        stage.wait("run")
        return Shown(name, stage)

    return open_one


def test_hill_walk_draws_what_the_functions_return(opened):
    shown = opened("hill")
    page = shown.page
    page.get_by_label("two valleys").check()
    hill = HILLS["two valleys"]
    shown.settled(["hill"], hill.name)
    page.focus(".descent .map")
    page.keyboard.press("Shift+ArrowLeft")
    start = round(hill.start - 5 * (hill.high - hill.low) / 128, 3)
    drawn = shown.settled(["start"], start)
    page.focus('input[aria-label="Learning rate"]')
    page.keyboard.press("PageUp")
    rate = shown.stage.state("state.learning_rate")
    assert rate > hill.learning_rate
    drawn = shown.settled(["learning_rate"], rate)

    # The slope of w⁴/4 − 2w² + w/2 + 6, by hand.
    path = gradient_descent(lambda w: w**3 - 4 * w + 0.5, start, rate, 40)
    # Central differences are off by about 1e-10, float32 keeps seven digits.
    np.testing.assert_allclose(drawn["weights"], path, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(
        drawn["slopes"], path**3 - 4 * path + 0.5, rtol=1e-5, atol=1e-5 * np.abs(path).max()
    )
    shown.stage.assert_narrow_is_fine()


@pytest.mark.exhaustive
def test_hill_walk_records_the_sprint_when_it_has_been_watched(opened):
    shown = opened("hill")
    page = shown.page
    page.focus('input[aria-label="Learning rate"]')
    page.keyboard.press("PageUp")
    rate = shown.stage.state("state.learning_rate")
    shown.settled(["learning_rate"], rate)
    for _ in range(4):
        page.get_by_label("One step on").click()
    shown.stage.wait_done("hill.sprint")


def test_hill_walk_answers_a_prediction_with_the_walk_that_it_makes(stage):
    stage.show(CELLS["hill"], predicted=False)
    stage.page.fill(".descent .predict input", "0.4")
    stage.page.click("text=that is my guess")
    reply = stage.page.locator(".descent .predict [role=status]", has_text="the first step lands")
    reply.wait_for()
    # On (w - 3)^2 from 0 the slope is -6: 0.4 times 6 is 2.4.
    assert "From 0 the first step lands at 2.4; the lowest place is at 3." in reply.inner_text()


def test_race_draws_what_the_optimizers_return(opened):
    shown = opened("race")
    page = shown.page
    land = LANDSCAPES["ravine"]
    shown.settled(["landscape"], land.name)
    page.focus('input[aria-label="Learning rate of SGD"]')
    page.keyboard.press("ArrowRight")
    rates = shown.stage.state("state.rates")
    assert rates["SGD"] > land.rates["SGD"]
    drawn = shown.settled(["rates", "SGD"], rates["SGD"])

    for name, optimizer in (("SGD", SGD), ("Momentum", Momentum), ("Adam", Adam)):
        runner = optimizer(learning_rate=rates[name])
        path = [np.array(land.start)]
        for _ in range(200):
            path.append(runner.update(path[-1], np.array([1.0, 40.0]) * path[-1]))
        np.testing.assert_allclose(
            np.reshape(drawn["paths"][name], (-1, 2)), path, rtol=1e-5, atol=1e-9
        )

    page.get_by_role("button", name="RMSprop").click()
    drawn = shown.settled(["runners"], ["SGD", "Momentum", "Adam", "AdamW"])
    assert "RMSprop" not in drawn["paths"]
    shown.stage.assert_narrow_is_fine()


def test_map_fills_and_shows_the_run_of_the_cell_under_the_cursor(opened):
    shown = opened("map")
    page = shown.page
    shown.stage.wait("state.done === arg", COLUMNS * ROWS)
    page.focus(".descent .map")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowRight")
    shown.settled(["momentum"], 0.15)
    drawn = shown.settled(["learning_rate"], 0.0325)

    ball = Momentum(learning_rate=0.0325, momentum=0.15)
    path = [np.array([-9.0, 1.1])]
    for _ in range(60):
        path.append(ball.update(path[-1], np.array([1.0, 40.0]) * path[-1]))
    np.testing.assert_allclose(np.reshape(drawn["path"], (-1, 2)), path, rtol=1e-5, atol=1e-9)
    factors = shown.stage.state("[...state.values]")
    assert np.isfinite(factors).all()
    assert factors[5 * COLUMNS + 12] == pytest.approx(drawn["factor"], rel=1e-6)

    fastest = int(np.argmin(factors))
    row, column = divmod(fastest, COLUMNS)
    page.get_by_role("button", name="this is the fastest").click()
    assert "Not yet" in page.inner_text(".challenges")
    box = page.locator(".descent .map").first.bounding_box()
    field = page.evaluate(
        "() => { const c = document.querySelector('.descent .map');"
        " return [c.clientWidth - 62, c.clientHeight - 48] }"
    )
    page.mouse.click(
        box["x"] + 46 + field[0] * (column + 0.5) / COLUMNS,
        box["y"] + 10 + field[1] * (1 - (row + 0.5) / ROWS),
    )
    shown.settled(["learning_rate"], round(0.0025 * (column + 1), 6))
    page.get_by_role("button", name="this is the fastest").click()
    shown.stage.wait_done("momentum.fastest")
    shown.stage.assert_narrow_is_fine()


def test_map_of_verdicts_asks_the_rule_about_the_cell_under_the_cursor(opened):
    shown = opened("verdicts")
    page, codes = shown.page, COUNTED["rates"] * COUNTED["steepnesses"]
    shown.stage.wait("state.done === arg", codes)
    page.focus(".descent .map")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowRight")
    drawn = shown.settled(["learning_rate"], 0.0955)
    assert drawn["verdict"] == "just right"
    walk = gradient_descent(lambda w: np.array([1.0, 10.0]) * w, [-10.0, 1.0], 0.0955, 60)
    np.testing.assert_allclose(drawn["losses"], walk**2 @ [0.5, 5.0], rtol=1e-5)
    known = np.reshape(shown.stage.state("[...state.values]"), (-1, COUNTED["rates"]))
    right = VERDICTS.index("just right")
    steepest = int(np.flatnonzero((known == right).any(axis=1)).max())
    page.get_by_role("button", name="this is the steepest").click()
    assert "Not yet" in page.inner_text(".challenges")
    page.focus(".descent .map")
    there = int(np.flatnonzero(known[steepest] == right)[0])
    column, height = shown.stage.state("state.cell")
    for key, count in (("ArrowUp", steepest - height), ("ArrowRight", there - column)):
        for _ in range(abs(count)):
            page.keyboard.press(key if count > 0 else OTHER_WAY[key])
    shown.stage.wait(
        "JSON.stringify(state.cell) === arg", json.dumps([there, steepest], separators=(",", ":"))
    )
    page.get_by_role("button", name="this is the steepest").click()
    shown.stage.wait_done("verdict_map.tip")
    shown.stage.assert_narrow_is_fine()


@pytest.mark.exhaustive
def test_map_is_emptied_when_the_learners_file_changes(opened):
    shown = opened("map")
    page = shown.page
    shown.stage.wait("state.done === arg", COLUMNS * ROWS)
    right = shown.stage.course["optimizers.py"]
    cell = 20 * COLUMNS + 20
    before = shown.stage.state(f"state.values[{cell}]")
    # Momentum that forgets: the velocity starts again in every step.
    forgetful = right.replace("self.momentum * ", "0 * ")
    assert forgetful != right
    shown.stage.write("optimizers.py", forgetful)
    page.focus(".descent .map")
    shown.stage.wait(
        f"Number.isFinite(state.values[{cell}]) && state.values[{cell}] !== arg", before
    )


@pytest.mark.exhaustive
def test_code_of_a_cell_computes_what_is_drawn(opened):
    shown = opened("map")
    shown.page.focus(".descent .map")
    shown.page.keyboard.press("Shift+ArrowUp")
    drawn = shown.settled(["momentum"], 0.15)
    path = copied(shown)["path"]
    np.testing.assert_allclose(np.reshape(drawn["path"], (-1, 2)), path, rtol=1e-5, atol=1e-9)


@pytest.mark.exhaustive
def test_code_of_a_race_computes_what_is_drawn(opened):
    shown = opened("race")
    shown.page.get_by_label("noisy bowl").check()
    drawn = shown.settled(["landscape"], "noisy bowl")
    paths = copied(shown)["paths"]
    assert list(paths) == ["SGD", "Momentum", "RMSprop", "Adam", "AdamW"]
    for name, path in paths.items():
        np.testing.assert_allclose(
            np.reshape(drawn["paths"][name], (-1, 2)), path, rtol=1e-5, atol=1e-6
        )


def copied(shown):
    """What the code that the button copies leaves behind, the solutions being the course."""
    page = shown.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="copy this run as code").click()
    page.wait_for_selector("text=Copied: paste it into a cell.")
    code = page.evaluate("() => navigator.clipboard.readText()")
    namespace = {}
    exec(code.replace("from course.", "from solutions."), namespace)  # noqa: S102 - our own text
    return namespace


def test_slow_motion_shows_the_numbers_of_the_functions(opened):
    shown = opened("slow")
    page = shown.page
    page.focus('input[aria-label="Learning rate"]')
    page.keyboard.press("ArrowLeft")
    rate = shown.stage.state("state.learning_rate")
    assert rate < 0.01
    drawn = shown.settled(["learning_rate"], rate)
    rows = np.reshape(drawn["rows"], (24, -1))
    parts = by_part(rows[0])
    # One step by hand, as in the lesson: these slopes, and the weights moved against them.
    assert parts["weights_1_gradient"].tolist() == [4, 0, 8, 0]
    expected = np.array([1, 1, 1, -2]) - rate * np.array([4, 0, 8, 0])
    np.testing.assert_allclose(parts["new_weights_1"], expected, rtol=1e-6)
    assert drawn["losses"][0] == 1.75

    for _ in range(7):
        page.get_by_label("One move on").click()
    assert "ReLU" in page.inner_text(".descent .badge")
    stage = page.locator(".descent .stage")
    assert "sums gradient 4, 0" in stage.get_attribute("aria-label")
    assert page.locator(".descent .gate.shut").count() == 1
    texts = page.locator(".descent .stage text").all_text_contents()
    assert "◂ −2" in texts  # what arrives at the lower unit and stops there
    shown.stage.assert_narrow_is_fine()


@pytest.mark.exhaustive
def test_slow_motion_lights_up_the_lines_and_records_a_predicted_sign(stage):
    stage.show(CELLS["slow"], predicted=False)
    stage.wait("run")  # the network is seen; only the gradient is not
    page = stage.page
    page.get_by_role("button", name="− negative").click()
    page.wait_for_selector("text=It is positive.")
    assert "slow_motion.sign" not in stage.done()
    lit = page.locator(".descent .mine .ran").all_inner_texts()
    assert any("output_gradient @ weights.T" in line for line in lit)
    page.get_by_role("button", name="next example").click()
    # The second example opens the lower unit: x₂ = −1 times a positive blame, as its weight is −1.
    page.get_by_role("button", name="− negative").click()
    page.wait_for_selector("text=It is negative.")
    stage.wait_done("slow_motion.sign")


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CELLS)
def test_saved_notebook_keeps_a_picture_with_alt_text(opened, name):
    shown = opened(name)
    assert shown.page.locator(".descent-still").first.is_hidden()
    outputs = shown.stage.saved()["outputs"]
    html = "".join("".join(output["data"].get("text/html", "")) for output in outputs)
    assert html.count('<img alt="') == 1
    assert ALT[name] in html
    assert "data:image/png;base64," in html
