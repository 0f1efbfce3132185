"""All experiments for everyone: by axe-core's rules, without motion, by touch, seen twice,
through a restart, and in a saved notebook without a kernel."""

import re
from itertools import pairwise
from typing import Any

import pytest

from autograder.maintain.make import stub

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CELLS = {
    "wave": "slide_a_wave(welcome.distance)",
    "archery": "shoot_at_target(losses.mean_squared_error)",
    "probability": "drag_probability(losses.binary_cross_entropy)",
    "logits": "drag_logits(losses.softmax, losses.categorical_cross_entropy)",
    "hill": "walk_the_hill(gradient_descent.numerical_gradient, gradient_descent.gradient_step)",
    "rate": "explore_learning_rate(gradient_descent.gradient_descent)",
    "map": "map_learning_rates(optimizers.Momentum)",
    "verdicts": "map_verdicts("
    "gradient_descent.gradient_descent, learning_rate.judge_learning_rate)",
    "race": "race_optimizers("
    "optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam, optimizers.AdamW)",
    "slow": "slow_motion(training.dense_forward, training.dense_backward,"
    " training.relu_forward, training.relu_backward)",
    "clinic": "visit_clinic(loss_curves.diagnose)",
    "live": "watch_training(losses, optimizers, training, loss_curves)",
    "constant": "what_does_it_learn(losses.mean_squared_error, losses.robust_loss)",
    "sweep": "sweep_rates("
    "optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam, optimizers.AdamW)",
    "sparse": "sparse_gradients("
    "optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam)",
    "edge": "find_the_edge(training.largest_curvature, training.dense_forward,"
    " training.dense_backward, training.relu_forward, training.relu_backward)",
    "broken": "watch_broken_run(broken_runs.fit_line)",
    "draw": "draw_digit(capstone.train_classifier, losses, training)",
}
REACHED = """() => {
  const element = document.activeElement;
  const before = window.__reached?.at(-1);
  window.__reached = [...(window.__reached ?? []), element];
  const shown = element.nextElementSibling ?? element; // a chip's ring is drawn on its text
  const follows = !before || before.compareDocumentPosition(element) & 4;
  return {
    name: element.outerHTML.slice(0, 90),
    inside: Boolean(element.closest(".descent")),
    outlined: [element, shown].some((e) => getComputedStyle(e).outlineStyle !== "none"),
    follows: Boolean(follows),
  };
}"""
IMPORTS = """\
from course import broken_runs, capstone
from course import gradient_descent, learning_rate, loss_curves, losses, optimizers, training
from course import welcome
from lab import *"""
LABS = '[...document.querySelectorAll("*")].flatMap((e) => e.__experiment ?? [])'
SLIDER = 'input[aria-label="Learning rate"]'
SESSION = "window.jupyterapp.shell.currentWidget.sessionContext"
KEEP_ALL = """() => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
}"""
PREDICTED = ("learning_rate.predict",)
RATE = f"{IMPORTS}\n{CELLS['rate']}"


@pytest.fixture(scope="module")
def everything(solved, jupyter, write_notebook, answered):
    """A page with all experiments, a quiz and flash cards, all of it in the document."""
    write_notebook(
        solved / "all.ipynb",
        [IMPORTS, *CELLS.values(), 'quiz("3_learning_rate")', 'flash_cards("4_optimizers")'],
    )
    page = jupyter.open(solved / "all.ipynb")
    answered(solved)
    page.evaluate(KEEP_ALL)
    jupyter.run_all(page)
    page.wait_for_function(f"n => ({LABS}).length === n", arg=len(CELLS))
    page.wait_for_selector(".quiz")
    page.wait_for_selector(".flash")
    yield page
    page.evaluate(f"() => {SESSION}.shutdown()")
    page.context.close()


@pytest.fixture
def rate(stage):
    """The learning-rate lab on the stage, the prediction made."""
    stage.show(RATE, done=PREDICTED)
    stage.wait("run")
    return stage


def violations(page):
    """What axe-core finds inside our elements, one line for each kind and element."""
    results = axe.Axe().run(page, context={"include": [[".descent"], [".quiz"], [".flash"]]})
    return [
        f"{found['id']}: {node['target']} {node['html'][:150]} {node.get('failureSummary', '')}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def test_axe_finds_no_violation_in_an_experiment(rate):
    found = violations(rate.page)
    assert not found, "\n".join(found)


@pytest.mark.exhaustive
@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_violation_in_the_theme(everything, jupyter, theme):
    with jupyter.themed(everything, theme):
        everything.wait_for_timeout(500)  # colors fade
        found = violations(everything)
    assert not found, "\n".join(found)


@pytest.mark.exhaustive
def test_keyboard_reaches_every_control_and_shows_where_it_is(everything):
    """Tab goes through all experiments, in the order of the page; nothing else takes its key."""
    controls = everything.evaluate("""() => {
      const all = [...document.querySelectorAll(".descent :is(button, input, canvas[tabindex])")];
      const groups = new Set();
      return all.filter((e) => {
        if (e.disabled || e.closest("[inert]") || !e.checkVisibility()) return false;
        if (e.type !== "radio") return true;
        const first = !groups.has(e.name); // one stop for a group of radio buttons
        groups.add(e.name);
        return first;
      }).length;
    }""")
    assert controls > 80
    everything.evaluate(
        "() => document.querySelector('.descent :is(button, input, canvas[tabindex])').focus()"
    )
    reached = [everything.evaluate(REACHED)]
    while len(reached) < controls:
        everything.keyboard.press("Tab")
        reached.append(everything.evaluate(REACHED))
    for holds in ("inside", "outlined", "follows"):
        assert [each["name"] for each in reached if not each[holds]] == [], holds


UNWRITTEN = """\
def fit_line(inputs, targets, learning_rate, steps):
    raise NotImplementedError("fit_line: not written yet")
"""
TOLD = """([number, words]) => {
  const panel = document.querySelectorAll(".descent .trouble")[number];
  return words ? !panel.hidden && panel.innerText.startsWith(words) : panel.hidden;
}"""


def wait_for_each(page: Any, words: str) -> None:
    """Wait until each experiment, come into sight, says what is wrong, or nothing."""
    for number, name in enumerate(CELLS):
        page.locator(".descent").nth(number).scroll_into_view_if_needed()
        try:
            page.wait_for_function(TOLD, arg=[number, words])
        except playwright.TimeoutError as late:
            told = page.locator(".descent .trouble").nth(number).inner_text()
            pytest.fail(f"{name}: waited for {words!r}, it says {told!r}: {late}")


@pytest.mark.exhaustive
def test_every_experiment_tells_what_is_wrong_with_the_code_and_comes_back(everything, solved):
    written = {path: path.read_text() for path in (solved / "course").glob("*.py")}
    stubs = {path: stub(text, path.stem) for path, text in written.items() if text.strip()}
    stubs[solved / "course" / "broken_runs.py"] = UNWRITTEN  # its programs are there from the start
    raising = {path: re.sub(r"NotImplementedError\(", "KeyError(", t) for path, t in stubs.items()}
    try:
        for texts, words in ((stubs, "Write "), (raising, "Your code raised KeyError")):
            for path, text in texts.items():
                path.write_text(text)
            wait_for_each(everything, words)
            assert violations(everything) == []
    finally:
        for path, text in written.items():
            path.write_text(text)
    wait_for_each(everything, "")


@pytest.mark.exhaustive
def test_play_under_reduced_motion_shows_still_pictures(rate):
    page = rate.page
    page.emulate_media(reduced_motion="reduce")
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
    page.emulate_media(reduced_motion="null")
    assert moving == 0


@pytest.mark.exhaustive
def test_start_follows_a_finger(rate):
    page = rate.page
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


@pytest.mark.exhaustive
def test_two_views_of_one_experiment_are_both_alive(stage):
    twice = f"{IMPORTS}\nshown = {CELLS['rate']}\ndisplay(shown)\nshown"
    stage.show(twice, done=PREDICTED, views=2, size=(1280, 2200))
    page = stage.page
    page.wait_for_function(f"() => ({LABS}).every((lab) => lab.state.run)")
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


@pytest.mark.exhaustive
def test_restart_in_mid_drag_is_told_and_a_new_run_works(rate):
    page = rate.page
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
    rate.lab.run_all(page)
    notice.wait_for(state="hidden")
    rate.wait("run")
    before = rate.state("run.settings.learning_rate")
    page.locator(SLIDER).press("PageDown")
    rate.wait("run?.settings.learning_rate < arg", before)
    assert rate.complaints == []


@pytest.mark.exhaustive
def test_saved_notebook_without_a_kernel_shows_pictures_and_no_error(
    solved, jupyter, write_notebook
):
    write_notebook(solved / "rate.ipynb", [IMPORTS, CELLS["rate"]])
    page = jupyter.open(solved / "rate.ipynb")
    jupyter.run_all(page)
    page.wait_for_function(f"() => ({LABS})[0]?.state.run")
    jupyter.save(page)
    jupyter.leave(page)
    again = jupyter.open(solved / "rate.ipynb")
    again.wait_for_selector(".descent-still img")
    # JupyterLab looks for the widget, and reports where nobody sees it that there is none.
    again.get_by_text("Error").first.wait_for(state="attached")
    assert again.locator(".descent").count() == 0
    assert again.locator(".descent-still img").is_visible()
    assert again.get_by_text("Error").filter(visible=True).count() == 0
    again.context.close()
