"""The learning-rate lab in JupyterLab: what is drawn is what the learner's function returns."""

import json

import numpy as np
import pytest

from lab.learning_rate import verdict

RIGHT = """\
import numpy as np


def gradient_descent(gradient, start, learning_rate, steps):
    path = [np.asarray(start, float)]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * np.asarray(gradient(path[-1])))
    return np.array(path)
"""
UPHILL = RIGHT.replace("path[-1] - learning_rate", "path[-1] + learning_rate")
ENDLESS = RIGHT.replace("    path = [", "    while True:\n        steps += 1\n    path = [")
CELL = """\
from course.gradient_descent import gradient_descent
from lab import explore_learning_rate

explore_learning_rate(gradient_descent)"""
SLIDER = 'input[aria-label="Learning rate"]'
STATE = """() => {
  const lab = [...document.querySelectorAll("*")].find((e) => e.__experiment)?.__experiment;
  const run = lab?.state.run;
  return run && { settings: run.settings, verdict: run.note.verdict, path: [...run.path] };
}"""


@pytest.fixture(scope="module")
def served(jupyter, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learner")
    (folder / "course").mkdir()
    (folder / "course" / "__init__.py").write_text("")
    return folder, jupyter(
        folder, "--ServerApp.kernel_websocket_connection_class=lab.connection.PromptConnection"
    )


@pytest.fixture
def opened(served, write_notebook):
    """The experiment on screen, the prediction skipped: (folder, page)."""
    folder, lab = served
    code = folder / "course" / "gradient_descent.py"
    code.write_text(RIGHT)
    practice = folder / ".descent" / "practice.json"
    practice.parent.mkdir(exist_ok=True)
    practice.write_text('{"learning_rate.predict": {"done": "2026-11-23"}}')
    write_notebook(folder / "rate.ipynb", [CELL])
    page = lab.open("rate.ipynb")
    lab.run_all(page)
    page.wait_for_selector(".descent .map")
    page.wait_for_function(f"() => ({STATE})()")
    yield lab, folder, page
    page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.context.close()


def drawn_after(page, action):
    """What is drawn once the picture differs from the one before the action."""
    before = page.evaluate(f"() => JSON.stringify(({STATE})())")
    action()
    page.wait_for_function(
        f"before => {{ const now = ({STATE})(); return now && JSON.stringify(now) !== before }}",
        arg=before,
    )
    return page.evaluate(STATE)


def expected(code, settings, steps=100):
    namespace = {}
    exec(code, namespace)  # noqa: S102 - the text of this file
    curvatures = np.array([1.0, settings["conditioning"]])
    path = namespace["gradient_descent"](
        lambda w: curvatures * w, settings["start"], settings["learning_rate"], steps
    )
    return path, verdict(0.5 * path**2 @ curvatures)


def test_slider_moved_by_keyboard_draws_what_the_function_returns(opened):
    _, _, page = opened
    page.focus(SLIDER)
    for key in ("ArrowLeft", "PageDown"):
        drawn = drawn_after(page, lambda key=key: page.keyboard.press(key))
        path, name = expected(RIGHT, drawn["settings"])
        # float32 keeps seven digits; points far outside the map are held at 1e5.
        np.testing.assert_allclose(
            np.reshape(drawn["path"], (-1, 2)), np.clip(path, -1e5, 1e5), rtol=1e-6, atol=1e-30
        )
        assert drawn["verdict"] == name


def test_edit_of_the_learners_file_is_drawn_without_running_the_cell(opened):
    _, folder, page = opened
    page.focus(SLIDER)
    drawn_after(page, lambda: page.keyboard.press("PageDown"))
    code = folder / "course" / "gradient_descent.py"
    drawn = drawn_after(page, lambda: code.write_text(UPHILL))
    assert np.abs(drawn["path"][2]) > 8  # the first step goes uphill from w0 = -8
    assert drawn["verdict"] == "too high"


def test_endless_loop_is_told_and_the_kernel_stays_usable(opened):
    lab, folder, page = opened
    code = folder / "course" / "gradient_descent.py"
    code.write_text(ENDLESS)
    page.focus(SLIDER)
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(".descent .trouble:not([hidden])")
    assert "still running after 2 seconds" in page.inner_text(".descent .trouble")
    code.write_text(RIGHT)
    page.wait_for_selector(".descent .trouble", state="hidden")
    lab.run_all(page)


def test_saved_notebook_keeps_a_picture_with_alt_text(opened):
    lab, folder, page = opened
    assert page.locator(".descent-still").first.is_hidden()
    lab.save(page)
    (cell,) = json.loads((folder / "rate.ipynb").read_text())["cells"]
    html = "".join("".join(output["data"].get("text/html", "")) for output in cell["outputs"])
    assert '<img alt="Gradient descent with learning rate 0.251' in html
    assert "data:image/png;base64," in html


def test_start_moves_with_the_arrow_keys(opened):
    _, _, page = opened
    page.focus(".descent .map")
    drawn = drawn_after(page, lambda: page.keyboard.press("ArrowUp"))
    assert drawn["settings"]["start"] == [-8, 3.2]


def test_notebook_reports_no_error_in_the_console(opened):
    _, _, page = opened
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.focus(SLIDER)
    drawn_after(page, lambda: page.keyboard.press("ArrowLeft"))
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_selector(".descent.narrow")
    assert complaints == []
    # Nothing sticks out of a narrow cell.
    assert page.evaluate(
        "() => { const d = document.querySelector('.descent');"
        " return d.scrollWidth <= d.clientWidth }"
    )
