"""The learning-rate lab in JupyterLab: what is drawn is what the learner's function returns."""

import numpy as np
import pytest

from solutions.gradient_descent import gradient_descent
from solutions.learning_rate import judge_learning_rate

CELL = """\
from course.gradient_descent import gradient_descent
from lab import explore_learning_rate

explore_learning_rate(gradient_descent)"""
SLIDER = 'input[aria-label="Learning rate"]'
RUN = "run && { settings: run.settings, verdict: run.note.verdict, path: [...run.path] }"
UPHILL = """\
import numpy as np


def gradient_descent(gradient, start, learning_rate, steps):
    path = [np.asarray(start, float)]
    for _ in range(steps):
        path.append(path[-1] + learning_rate * np.asarray(gradient(path[-1])))
    return np.array(path)
"""
ENDLESS = UPHILL.replace("    path = [", "    while True:\n        steps += 1\n    path = [")
UNWRITTEN = """\
def gradient_descent(gradient, start, learning_rate, steps):
    raise NotImplementedError("gradient_descent: not written yet")
"""
TROUBLES = {
    "unwritten": (UNWRITTEN, "Write gradient_descent in course/gradient_descent.py first"),
    "raised": (UNWRITTEN.replace('NotImplementedError("', 'KeyError("'), "raised KeyError"),
    "not Python": (UNWRITTEN.replace("):", ")"), "is not complete Python yet"),
    "nothing": (
        UNWRITTEN.replace('raise NotImplementedError("gradient_descent: not written yet")', "pass"),
        "returned None; expected the path, the start and then one row for each step",
    ),
    "nan": (
        UPHILL.replace("return np.array(path)", "return np.array(path) * np.nan"),
        "returned nan as the start",
    ),
}


@pytest.fixture
def shown(stage):
    """The experiment on screen, the prediction made."""
    stage.show(CELL, done=("learning_rate.predict",))
    stage.wait("run")
    return stage


def drawn_after(shown, action):
    """What is drawn once the picture differs from the one before the action."""
    before = shown.state(f"JSON.stringify({RUN})")
    action()
    shown.wait(f"run && JSON.stringify({RUN}) !== arg", before)
    return shown.state(RUN)


def expected(settings, steps=100):
    curvatures = np.array([1.0, settings["conditioning"]])
    path = gradient_descent(
        lambda w: curvatures * w, settings["start"], settings["learning_rate"], steps
    )
    return path, judge_learning_rate(0.5 * path**2 @ curvatures)


def test_slider_moved_by_keyboard_draws_what_the_function_returns(shown):
    shown.page.focus(SLIDER)
    for key in ("ArrowLeft", "PageDown"):
        drawn = drawn_after(shown, lambda key=key: shown.page.keyboard.press(key))
        path, name = expected(drawn["settings"])
        # float32 keeps seven digits; points far outside the map are held at 1e5.
        np.testing.assert_allclose(
            np.reshape(drawn["path"], (-1, 2)), np.clip(path, -1e5, 1e5), rtol=1e-6, atol=1e-30
        )
        assert drawn["verdict"] == name


@pytest.mark.exhaustive
def test_start_moves_with_the_arrow_keys(shown):
    shown.page.focus(".descent .map")
    drawn = drawn_after(shown, lambda: shown.page.keyboard.press("ArrowUp"))
    assert drawn["settings"]["start"] == [-8, 3.2]
    path, _ = expected(drawn["settings"])
    np.testing.assert_allclose(drawn["path"][2:4], path[1], rtol=1e-6)


@pytest.mark.exhaustive
def test_pixels_of_the_curve_lie_where_the_losses_are(shown):
    """The picture itself: along the curve stands its color, beside it there is none of it."""
    shown.slide("Learning rate", 400)  # 0.1: just right, in blue
    shown.wait("Math.abs(run?.settings.learning_rate - 0.1) < 1e-9")
    places = shown.page.evaluate(
        """() => {
          const canvas = document.querySelectorAll(".descent .plots canvas")[1];
          const context = canvas.getContext("2d");
          const ratio = canvas.width / canvas.clientWidth;
          const [width, height] = [canvas.clientWidth - 62, canvas.clientHeight - 48];
          const blue = (x, y) => {
            const at = [x, y].map((v) => Math.round(v * ratio));
            const [r, , b] = context.getImageData(...at, 1, 1).data;
            return b - r > 100;
          };
          const { losses } = [...document.querySelectorAll("*")].find((e) => e.__experiment)
            .__experiment.state.run;
          const found = [];
          for (let step = 5; step < 90; step += 5) {
            const x = 46 + (width * step) / 100;
            const y = 10 + height * (1 - (Math.log10(losses[step]) + 10) / 14);
            found.push([blue(x, y), blue(x, y - 12), blue(x, y + 12)]);
          }
          return found;
        }"""
    )
    assert places == [[True, False, False]] * len(places)


def test_edit_of_the_learners_file_is_drawn_without_running_the_cell(shown):
    shown.page.focus(SLIDER)
    drawn_after(shown, lambda: shown.page.keyboard.press("PageDown"))
    drawn = drawn_after(shown, lambda: shown.write("gradient_descent.py", UPHILL))
    assert np.abs(drawn["path"][2]) > 8  # the first step goes uphill from w0 = -8
    assert drawn["verdict"] == "too high"


@pytest.mark.exhaustive
def test_nothing_that_was_computed_ahead_outlives_an_edit(shown):
    """Every position of the slider is known; after the edit, none of them is drawn any more."""
    shown.wait("state.strip === 801")
    shown.write("gradient_descent.py", UPHILL)
    shown.wait("run && Math.abs(run.path[2]) > 8")
    for position in range(0, 800, 40):
        shown.slide("Learning rate", position)
        # Uphill the first step leads away from the valley; downhill, with any of these learning
        # rates, w0 = -8 comes nearer or lands beyond the valley.
        shown.wait(
            "Math.abs(Math.log10(run?.settings.learning_rate) - arg) < 1e-6", -3 + 0.005 * position
        )
        assert shown.state("run.path[2]") < -8


@pytest.mark.sampled(every=len(TROUBLES))
@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_is_told_in_place_and_goes_when_it_is_mended(shown, name):
    code, said = TROUBLES[name]
    shown.write("gradient_descent.py", code)
    shown.page.focus(SLIDER)
    shown.page.keyboard.press("ArrowLeft")
    shown.page.wait_for_selector(".descent .trouble:not([hidden])")
    assert said in shown.page.inner_text(".descent .trouble")
    assert shown.state("run") is None
    shown.write("gradient_descent.py", shown.course["gradient_descent.py"])
    shown.page.wait_for_selector(".descent .trouble", state="hidden")
    shown.wait("run")
    assert shown.complaints == []


@pytest.mark.exhaustive
def test_endless_loop_is_told_and_the_kernel_stays_usable(shown):
    shown.write("gradient_descent.py", ENDLESS)
    shown.page.focus(SLIDER)
    shown.page.keyboard.press("ArrowLeft")
    shown.page.wait_for_selector(".descent .trouble:not([hidden])")
    assert "still running after 2 seconds" in shown.page.inner_text(".descent .trouble")
    shown.write("gradient_descent.py", shown.course["gradient_descent.py"])
    shown.page.wait_for_selector(".descent .trouble", state="hidden")
    shown.lab.run_all(shown.page)
    shown.wait("run")


@pytest.mark.exhaustive
def test_saved_notebook_keeps_a_picture_with_alt_text(shown):
    assert shown.page.locator(".descent-still").first.is_hidden()
    outputs = shown.saved()["outputs"]
    html = "".join("".join(output["data"].get("text/html", "")) for output in outputs)
    assert '<img alt="Gradient descent with learning rate 0.182' in html
    assert "data:image/png;base64," in html


@pytest.mark.exhaustive
def test_border_and_sprint_are_recorded(shown):
    page = shown.page
    page.get_by_role("button", name="this is the border").click()
    assert "lies lower" in page.inner_text(".descent .challenges")  # 0.251 against 2/10
    shown.slide("Learning rate", 460)  # 10 ** -0.7 = 0.19953, 0.24 % off
    page.get_by_role("button", name="this is the border").click()
    shown.wait_done("learning_rate.border")
    shown.slide("Learning rate", 448)  # 10 ** -0.76 = 0.1738
    shown.wait_done("learning_rate.sprint")


@pytest.mark.exhaustive
def test_code_that_is_copied_computes_what_is_drawn(shown):
    page = shown.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.focus(SLIDER)
    drawn = drawn_after(shown, lambda: page.keyboard.press("PageDown"))
    page.get_by_role("button", name="copy this run as code").click()
    page.wait_for_selector("text=Copied: paste it into a cell.")
    code = page.evaluate("() => navigator.clipboard.readText()")
    namespace = {}
    exec(code.replace("from course.", "from solutions."), namespace)  # noqa: S102 - our own text
    np.testing.assert_allclose(
        np.reshape(drawn["path"], (-1, 2)), np.clip(namespace["path"], -1e5, 1e5), rtol=1e-6
    )


@pytest.mark.exhaustive
def test_code_is_shown_where_the_clipboard_is_not_to_be_had(shown):
    shown.page.evaluate(
        "() => Object.defineProperty(navigator, 'clipboard',"
        " { value: undefined, configurable: true })"
    )
    shown.page.get_by_role("button", name="copy this run as code").click()
    area = shown.page.locator(".descent textarea")
    area.wait_for()
    shown.page.evaluate("() => delete navigator.clipboard")  # the browser's own is back
    assert "from course.gradient_descent import gradient_descent" in area.input_value()
    assert shown.page.evaluate("() => document.activeElement.tagName") == "TEXTAREA"


def test_narrow_cell_shows_everything(shown):
    shown.page.focus(SLIDER)
    drawn_after(shown, lambda: shown.page.keyboard.press("ArrowLeft"))
    shown.assert_narrow_is_fine()
