"""What all experiments share in JupyterLab: a prediction first, the whole window, saved words."""

import json

import pytest

IMPORTS = "from course import gradient_descent, losses, optimizers, welcome\nfrom lab import *\n"
WAVE = f"{IMPORTS}slide_a_wave(welcome.distance)"
RATE = f"{IMPORTS}explore_learning_rate(gradient_descent.gradient_descent)"
HILL = (
    f"{IMPORTS}walk_the_hill(gradient_descent.numerical_gradient, gradient_descent.gradient_step)"
)
ARCHERY = f"{IMPORTS}shoot_at_target(losses.mean_squared_error)"
LABS = '[...document.querySelectorAll("*")].flatMap((e) => e.__experiment ?? [])'
PLACES = """() => {
  const root = document.querySelector(".descent");
  const { top } = root.querySelector(".predict").getBoundingClientRect();
  return [top, root.getBoundingClientRect().bottom];
}"""
FLOOD = "from IPython.display import HTML, display\ndisplay(HTML('<!--' + 'x' * 4_000_000 + '-->'))"


def kept(stage):
    return json.loads((stage.folder / ".descent" / "predictions.json").read_text())


def test_prediction_comes_first_and_its_reply_stands_where_it_was(stage):
    stage.show(RATE, predicted=False)
    page = stage.page
    box = page.locator(".descent .predict")
    box.wait_for()
    page.wait_for_function(f"() => ({LABS})[0].runner.cache.size === 1")
    assert stage.state("run") is None  # the answer has come, and is held back
    assert page.locator(".descent .controls").get_attribute("inert") is not None
    assert page.inner_text(".descent .finding") == ""
    before = page.evaluate(PLACES)
    box.locator("button").first.focus()
    page.keyboard.press("3")
    page.wait_for_selector("text=You said “▲ diverge: too high”")
    stage.wait("run")
    after = page.evaluate(PLACES)
    assert after == pytest.approx(before, abs=25)  # the note of the challenge is one line
    assert after[0] == before[0]
    assert page.locator(".descent .controls").get_attribute("inert") is None
    stage.wait_done("learning_rate.predict")
    assert kept(stage)["learning_rate.verdict"][-1]["given"] == "too high"


def test_curve_is_drawn_by_hand_or_keys_and_stays_under_the_truth(stage):
    stage.show(WAVE, predicted=False)
    page = stage.page
    canvas = page.locator(".descent canvas.map")
    canvas.wait_for()
    done = page.get_by_role("button", name="that is my curve")
    assert done.is_disabled()
    page.wait_for_function(f"() => ({LABS})[0].runner.cache.size === 1")
    canvas.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_selector("text=Go on, all the way across.")
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 60, steps=6)
    page.mouse.up()
    done.click()
    stage.wait("run")
    given = kept(stage)["wave.curve"][-1]["given"]
    assert len(given) == 41
    assert given[35] > given[10] > 0
    stage.slide("Shift", 0)
    stage.slide("Shift", 150)
    page.wait_for_selector("text=A wave repeats itself")
    # On another day the curve is there from the start, and nothing is asked.
    stage.show(WAVE)
    stage.wait("run")
    assert "Your curve is dashed" in page.inner_text(".descent .predict")


def test_experiment_fills_the_window_and_escape_brings_it_back(stage):
    stage.show(WAVE, size=(1280, 720))
    stage.wait("run")
    page = stage.page
    page.focus('.descent input[aria-label^="Shift"]')
    button = page.get_by_role("button", name="Fill the window")
    button.click()
    page.focus('.descent input[aria-label^="Shift"]')
    box = page.locator(".descent").bounding_box()
    assert box["width"] >= 1200
    assert box["height"] >= 700
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.wait_for_selector(".descent:not(.expanded)")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Shift")
    assert page.locator(".descent").bounding_box()["width"] <= 1000
    assert stage.complaints == []


def test_escape_brings_it_back_where_a_click_gives_no_focus(stage):
    """As in Safari: the notebook behind must not get the keys either."""
    stage.show(WAVE, size=(1280, 720))
    stage.wait("run")
    page = stage.page
    page.evaluate(
        "() => { document.activeElement.blur();"
        " document.querySelector('.descent .expand').click(); }"
    )
    page.wait_for_selector(".descent.expanded")
    page.keyboard.press("Escape")
    page.wait_for_selector(".descent:not(.expanded)")


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("size", [(1280, 720), (1100, 760)])
def test_picture_and_controls_are_on_screen_together(stage, size):
    stage.show(HILL, size=size)
    stage.wait("run")
    room, needed = stage.page.evaluate(
        "() => { const root = document.querySelector('.descent');"
        " const goals = root.querySelector('.challenges').getBoundingClientRect();"
        " const outer = root.closest('.jp-WindowedPanel-outer');"
        " return [outer.clientHeight, goals.top - root.getBoundingClientRect().top] }"
    )
    assert needed <= room


def test_answer_that_was_lost_on_the_way_is_asked_for_again(stage):
    """The server drops what comes while more than it allows does; cells that run in a row do so."""
    stage.show(
        f"{FLOOD}\n{HILL}\ndisplay(walk_the_hill(gradient_descent.numerical_gradient,"
        f" gradient_descent.gradient_step))\n{FLOOD}"
    )
    stage.wait("run")
    stage.page.wait_for_function("() => document.querySelector('.descent .badge').textContent")
    assert "–" not in stage.page.locator(".descent .sum .figure").first.inner_text()


@pytest.mark.exhaustive
def test_challenge_met_with_a_wrong_function_is_not_counted(stage):
    stage.show(ARCHERY)
    stage.wait("run")
    wrong = stage.course["losses.py"] + (
        "\n\ndef mean_squared_error(predictions, targets):\n"
        "    return float(np.sum((np.asarray(predictions) - np.asarray(targets)) ** 2))\n"
    )
    stage.write("losses.py", wrong)
    stage.page.focus(".descent .map")
    stage.page.wait_for_selector("text=Not counted: here your code gives other numbers")
    assert stage.done() == []


def test_what_to_see_unfolds_below_when_the_prediction_is_made(stage):
    stage.show(RATE, predicted=False)
    page = stage.page
    page.locator(".descent .predict button").first.wait_for()
    page.evaluate(
        """() => {
          const cell = document.createElement("div");
          cell.innerHTML = '<details class="what-to-see"><summary>What to see</summary>!</details>';
          document.querySelector(".descent").closest(".jp-Cell").after(cell);
        }"""
    )
    assert not page.evaluate("document.querySelector('details.what-to-see').open")
    page.locator(".descent .predict button").first.click()
    page.wait_for_function("() => document.querySelector('details.what-to-see').open")
    page.evaluate("() => document.querySelector('details.what-to-see').parentElement.remove()")
