"""All experiments for everyone: by axe-core's rules, without motion, by touch, seen twice,
through a restart, and in a saved notebook without a kernel."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

import solutions

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CELLS = {
    "wave": "slide_a_wave(welcome.distance)",
    "archery": "shoot_at_target(losses.mean_squared_error)",
    "probability": "drag_probability(losses.binary_cross_entropy)",
    "logits": "drag_logits(losses.softmax, losses.categorical_cross_entropy)",
    "hill": "walk_the_hill(gradient_descent.numerical_gradient, gradient_descent.gradient_step)",
    "rate": "explore_learning_rate(gradient_descent.gradient_descent)",
    "map": "map_learning_rates(optimizers.Momentum)",
    "race": "race_optimizers("
    "optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam)",
    "slow": "slow_motion(training.dense_forward, training.dense_backward,"
    " training.relu_forward, training.relu_backward)",
    "clinic": "visit_clinic(loss_curves.diagnose)",
    "live": "watch_training(losses, optimizers, training, loss_curves)",
}
IMPORTS = """\
from course import gradient_descent, loss_curves, losses, optimizers, training, welcome
from lab import *
from lab.glossary import flash_cards
from lab.quiz import quiz"""
LABS = '[...document.querySelectorAll("*")].flatMap((e) => e.__experiment ?? [])'
SLIDER = 'input[aria-label="Learning rate"]'
SESSION = "window.jupyterapp.shell.currentWidget.sessionContext"


@pytest.fixture(scope="module")
def served(jupyter, write_notebook, tmp_path_factory):
    """A solved folder with two notebooks: all experiments, and the learning-rate lab."""
    folder = tmp_path_factory.mktemp("learner")
    source = Path(solutions.__file__).parent
    shutil.copytree(source, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".descent").mkdir()
    done = {"learning_rate.predict": {"done": "2026-11-23"}}
    (folder / ".descent" / "practice.json").write_text(json.dumps(done))
    everything = [
        IMPORTS,
        *CELLS.values(),
        'quiz("3_learning_rate")',
        'flash_cards("4_optimizers")',
    ]
    write_notebook(folder / "all.ipynb", everything)
    for name in ("rate", "twice", "restart"):
        twice = "shown = explore_learning_rate(gradient_descent.gradient_descent)"
        cells = [twice, "shown", "shown"] if name == "twice" else [CELLS["rate"]]
        write_notebook(folder / f"{name}.ipynb", [IMPORTS, *cells])
    option = "--ServerApp.kernel_websocket_connection_class=lab.connection.PromptConnection"
    return folder, jupyter(folder, option)


@pytest.fixture
def opened(served):
    """Open and run a notebook: its page."""
    _, lab = served
    pages = []

    def open_one(name, experiments=1, **context):
        page = lab.open(f"{name}.ipynb", **context)
        pages.append(page)
        lab.run_all(page)
        page.wait_for_function(f"n => ({LABS}).length === n", arg=experiments)
        if experiments < len(CELLS):
            page.wait_for_function(f"() => ({LABS}).every((lab) => lab.state.run)")
        return page

    yield open_one
    for page in pages:
        page.evaluate(f"() => {SESSION}.shutdown()")
        page.context.close()


def violations(page):
    """What axe-core finds inside our elements, one line for each kind and element."""
    results = axe.Axe().run(page, context={"include": [[".descent"], [".quiz"], [".flash"]]})
    return [
        f"{found['id']}: {node['target']} {node['html'][:150]} {node.get('failureSummary', '')}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def test_axe_finds_no_violation_in_either_theme(opened, served):
    _, lab = served
    page = opened("all", experiments=len(CELLS), height=12_000)
    page.wait_for_selector(".quiz")
    page.wait_for_selector(".flash")
    found = []
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        lab.theme(page, theme)
        page.wait_for_timeout(500)  # colors fade
        found += [f"{theme}: {each}" for each in violations(page)]
    assert not found, "\n".join(found)


def test_play_under_reduced_motion_shows_still_pictures(opened):
    page = opened("rate", reduced_motion="reduce")
    times = page.evaluate(
        """() => new Promise((done) => {
          const count = document.querySelector(".descent .scrubber .count");
          const times = [];
          new MutationObserver(() => {
            times.push(performance.now());
            if (times.length === 4) done(times);
            if (times.length !== 2) return;
            const end = performance.now() + 1640; // a busy browser: the third picture comes late
            while (performance.now() < end);
          }).observe(count, { childList: true });
          document.querySelector('.descent button[aria-label^="Play"]').click();
        })"""
    )
    # Each still picture stays for 830 ms at least (the first is the rewind to the start), even
    # after one that came late; 1 ms is left to the browser's rounding of times.
    assert min(later - earlier for earlier, later in pairwise(times)) > 829
    moving = page.evaluate(
        """() => [...document.querySelectorAll(".descent, .descent *")].filter((e) => {
          const css = getComputedStyle(e);
          return css.animationName !== "none" || css.transitionDuration !== "0s";
        }).length"""
    )
    assert moving == 0


def test_start_follows_a_finger(opened):
    page = opened("rate", has_touch=True)
    canvas = page.locator(".descent .map").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    client = page.context.new_cdp_session(page)
    scrolled = "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop"
    before = page.evaluate(scrolled)

    def touch(kind, *at):
        points = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in at]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (200, 100))
    for y in range(100, 200, 10):
        touch("touchMove", (200, y))
    touch("touchMove", (240, 200))
    touch("touchEnd")
    # The axes leave margins of 46 on the left and 16 on the right; weights go from -10 to 10.
    expected = -10 + 20 * (240 - 46) / (box["width"] - 62)
    page.wait_for_function(
        f"w => Math.abs(({LABS})[0].state.run?.settings.start[0] - w) < 0.05", arg=expected
    )
    assert page.evaluate(f"() => ({LABS})[0].state.start[1]") < 0  # drawn below the middle
    assert page.evaluate(scrolled) == before


def test_two_views_of_one_experiment_are_both_alive(opened):
    page = opened("twice", experiments=2)
    found = violations(page)
    assert not found, "\n".join(found)
    rates = f"() => ({LABS}).map((lab) => lab.state.run.settings.learning_rate)"
    first, second = page.evaluate(rates)
    assert first == second
    page.locator(SLIDER).nth(0).press("PageDown")
    page.locator(SLIDER).nth(1).press("PageUp")
    page.wait_for_function(
        f"rate => {{ const [a, b] = ({rates})(); return a < rate && b > rate }}", arg=first
    )


def test_restart_in_mid_drag_is_told_and_a_new_run_works(opened, served):
    _, lab = served
    page = opened("restart")
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    slider = page.locator(SLIDER)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 100, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, y)
    page.evaluate(f"() => {{ {SESSION}.session.kernel.restart() }}")
    for x in range(120, 320, 20):
        page.mouse.move(box["x"] + x, y)
        page.wait_for_timeout(30)
    page.mouse.up()
    notice = page.locator(".descent .notice")
    notice.wait_for()
    assert "Run this cell again" in notice.inner_text()
    slider.press("ArrowLeft")
    page.wait_for_function(f"() => {SESSION}.session.kernel.status === 'idle'")
    lab.run_all(page)
    notice.wait_for(state="hidden")
    page.wait_for_function(f"() => ({LABS})[0]?.state.run")
    rate = page.evaluate(f"() => ({LABS})[0].state.run.settings.learning_rate")
    page.locator(SLIDER).press("PageDown")
    page.wait_for_function(f"rate => ({LABS})[0].state.run.settings.learning_rate < rate", arg=rate)
    assert complaints == []


def test_saved_notebook_without_a_kernel_shows_pictures_and_no_error(opened, served):
    _, lab = served
    page = opened("rate")
    lab.save(page)
    page.evaluate(f"() => {SESSION}.shutdown()")
    again = lab.open("rate.ipynb")
    again.wait_for_selector(".descent-still img")
    # JupyterLab looks for the widget, and reports where nobody sees it that there is none.
    again.get_by_text("Error").first.wait_for(state="attached")
    assert again.locator(".descent").count() == 0
    assert again.locator(".descent-still img").is_visible()
    assert again.get_by_text("Error").filter(visible=True).count() == 0
    again.context.close()
