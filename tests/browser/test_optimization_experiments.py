"""Hill walk, optimizer race, momentum map and slow motion in JupyterLab.

Each test moves a control and compares what is drawn with what the learner's functions return.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import solutions
from lab.hills import HILLS
from lab.landscapes import LANDSCAPES
from lab.momentum_map import COLUMNS, ROWS
from lab.training_step import by_part
from solutions.gradient_descent import gradient_descent
from solutions.optimizers import SGD, Adam, Momentum

CELLS = {
    "hill": """\
from course.gradient_descent import gradient_step, numerical_gradient
from lab import walk_the_hill

walk_the_hill(numerical_gradient, gradient_step)""",
    "race": """\
from course.optimizers import SGD, Adam, Momentum, RMSprop
from lab import race_optimizers

race_optimizers(SGD, Momentum, RMSprop, Adam)""",
    "map": """\
from course.optimizers import Momentum
from lab import map_learning_rates

map_learning_rates(Momentum)""",
    "slow": """\
from course.training import dense_backward, dense_forward, relu_backward, relu_forward
from lab import slow_motion

slow_motion(dense_forward, dense_backward, relu_forward, relu_backward)""",
}
LAB = '[...document.querySelectorAll("*")].find((e) => e.__experiment)?.__experiment'
RUNS = {
    "hill": "{ settings: run.settings, weights: [...run.weights], slopes: [...run.slopes] }",
    "race": """{ settings: run.settings, paths: Object.fromEntries(
        Object.entries(run.runs).map(([name, { path }]) => [name, [...path]])) }""",
    "map": "{ settings: run.settings, path: [...run.path], factor: run.factor }",
    "slow": "{ settings: run.settings, rows: [...run.rows], losses: [...run.losses] }",
}


@pytest.fixture(scope="module")
def served(jupyter, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learner")
    source = Path(solutions.__file__).parent
    shutil.copytree(source, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    option = "--ServerApp.kernel_websocket_connection_class=lab.connection.PromptConnection"
    return folder, jupyter(folder, option)


class Opened:
    """One experiment on screen."""

    def __init__(self, name, folder, lab, page):
        self.name, self.folder, self.lab, self.page = name, folder, lab, page
        self.complaints = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def drawn(self):
        script = f"() => {{ const run = ({LAB})?.state.run; return run && {RUNS[self.name]} }}"
        return self.page.evaluate(script)

    def settled(self, path, value):
        """What is drawn once the settings at `path` have this value."""
        self.page.wait_for_function(
            f"([path, value]) => {{ const run = ({LAB})?.state.run; return run &&"
            " JSON.stringify(path.reduce((at, key) => at[key], run.settings)) === value }",
            arg=[path, json.dumps(value, separators=(",", ":"))],
        )
        return self.drawn()

    def done(self):
        """The challenges in the practice file."""
        path = self.folder / ".descent" / "practice.json"
        return list(json.loads(path.read_text())) if path.exists() else []

    def wait_done(self, challenge):
        mark = self.page.locator('.challenge[data-done="true"]').first
        mark.wait_for()
        self.page.wait_for_timeout(200)
        assert challenge in self.done()


@pytest.fixture
def opened(served, write_notebook):
    folder, lab = served
    pages = []

    def open_one(name):
        write_notebook(folder / f"{name}.ipynb", [CELLS[name]])
        page = lab.open(f"{name}.ipynb", height=1100)
        pages.append(page)
        lab.run_all(page)
        page.wait_for_function(f"() => ({LAB})?.state.run")
        return Opened(name, folder, lab, page)

    yield open_one
    for page in pages:
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        page.context.close()


def narrow_without_overflow(shown):
    shown.page.set_viewport_size({"width": 420, "height": 900})
    shown.page.wait_for_selector(".descent.narrow")
    sticking_out = shown.page.evaluate("""() => {
        const root = document.querySelector(".descent");
        const edge = root.getBoundingClientRect().left + root.clientWidth + 0.5;
        return [...root.querySelectorAll(":not(.sr-only)")]
            .filter((element) => element.getBoundingClientRect().right > edge)
            .map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`);
    }""")
    assert sticking_out == []
    assert shown.complaints == []


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
    rate = page.evaluate(f"() => ({LAB}).state.learning_rate")
    assert rate > hill.learning_rate
    drawn = shown.settled(["learning_rate"], rate)

    # The slope of w⁴/4 − 2w² + w/2 + 6, by hand.
    path = gradient_descent(lambda w: w**3 - 4 * w + 0.5, start, rate, 40)
    # Central differences are off by about 1e-10, float32 keeps seven digits.
    np.testing.assert_allclose(drawn["weights"], path, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(
        drawn["slopes"], path**3 - 4 * path + 0.5, rtol=1e-5, atol=1e-5 * np.abs(path).max()
    )
    narrow_without_overflow(shown)


def test_hill_walk_records_the_sprint_when_it_has_been_watched(opened):
    shown = opened("hill")
    page = shown.page
    page.focus('input[aria-label="Learning rate"]')
    page.keyboard.press("PageUp")
    rate = page.evaluate(f"() => ({LAB}).state.learning_rate")
    shown.settled(["learning_rate"], rate)
    assert "hill.sprint" not in shown.done()
    for _ in range(4):
        page.get_by_label("One step on").click()
    shown.wait_done("hill.sprint")


def test_race_draws_what_the_optimizers_return(opened):
    shown = opened("race")
    page = shown.page
    page.get_by_label("ravine").check()
    land = LANDSCAPES["ravine"]
    shown.settled(["landscape"], land.name)
    page.focus('input[aria-label="Learning rate of SGD"]')
    page.keyboard.press("ArrowRight")
    rates = page.evaluate(f"() => ({LAB}).state.rates")
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
    drawn = shown.settled(["runners"], ["SGD", "Momentum", "Adam"])
    assert "RMSprop" not in drawn["paths"]
    narrow_without_overflow(shown)


def test_map_fills_and_shows_the_run_of_the_cell_under_the_cursor(opened):
    shown = opened("map")
    page = shown.page
    page.wait_for_function(f"() => ({LAB}).state.done === {COLUMNS * ROWS}")
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
    factors = page.evaluate(f"() => [...({LAB}).state.factors]")
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
    shown.wait_done("momentum.fastest")
    narrow_without_overflow(shown)


def test_map_is_emptied_when_the_learners_file_changes(opened):
    shown = opened("map")
    page = shown.page
    page.wait_for_function(f"() => ({LAB}).state.done === {COLUMNS * ROWS}")
    code = shown.folder / "course" / "optimizers.py"
    right = code.read_text()
    before = page.evaluate(f"() => ({LAB}).state.factors[{20 * COLUMNS + 20}]")
    try:
        # Momentum that forgets: the velocity starts anew in every step.
        code.write_text(right.replace("self.momentum * ", "0 * "))
        assert code.read_text() != right
        page.focus(".descent .map")
        page.wait_for_function(
            f"before => {{ const now = ({LAB}).state.factors[{20 * COLUMNS + 20}];"
            " return Number.isFinite(now) && now !== before }",
            arg=before,
        )
    finally:
        code.write_text(right)


def test_slow_motion_shows_the_numbers_of_the_functions(opened):
    shown = opened("slow")
    page = shown.page
    page.focus('input[aria-label="Learning rate"]')
    page.keyboard.press("ArrowLeft")
    rate = page.evaluate(f"() => ({LAB}).state.learning_rate")
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
    narrow_without_overflow(shown)


def test_slow_motion_records_a_predicted_sign(opened):
    shown = opened("slow")
    page = shown.page
    page.get_by_role("button", name="− negative").click()
    assert "Not so" in page.inner_text(".descent .predict")
    assert "slow_motion.sign" not in shown.done()
    page.get_by_role("button", name="next example").click()
    # The second example opens the lower unit: x₂ = −1 times a positive blame, as its weight is −1.
    page.get_by_role("button", name="− negative").click()
    assert "Right" in page.inner_text(".descent .predict")
    shown.wait_done("slow_motion.sign")


@pytest.mark.parametrize("name", CELLS)
def test_saved_notebook_keeps_a_picture_with_alt_text(opened, name):
    shown = opened(name)
    assert shown.page.locator(".descent-still").first.is_hidden()
    shown.lab.save(shown.page)
    (cell,) = json.loads((shown.folder / f"{name}.ipynb").read_text())["cells"]
    html = "".join("".join(output["data"].get("text/html", "")) for output in cell["outputs"])
    assert html.count('<img alt="') == 1
    assert "data:image/png;base64," in html
