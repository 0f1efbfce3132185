"""The loss-curve clinic and live training in JupyterLab."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import solutions
from lab.clinic import TARGET, patients
from lab.training_run import TrainingRun, digits
from solutions import loss_curves, losses, optimizers, training

CELLS = {
    "clinic": """\
from course.loss_curves import diagnose
from lab import visit_clinic

visit_clinic(diagnose)""",
    "live": """\
from course import loss_curves, losses, optimizers, training
from lab import watch_training
from lab.earlier import earlier

watch_training(earlier(losses), earlier(optimizers), earlier(training), loss_curves)""",
}
LAB = '[...document.querySelectorAll("*")].find((e) => e.__experiment)?.__experiment'


@pytest.fixture(scope="module")
def served(jupyter, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learner")
    source = Path(solutions.__file__).parent
    shutil.copytree(source, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    option = "--ServerApp.kernel_websocket_connection_class=lab.connection.PromptConnection"
    return folder, jupyter(folder, option)


@pytest.fixture
def opened(served, write_notebook):
    """Open one experiment: (folder, JupyterLab, page, errors of the page)."""
    folder, lab = served
    pages = []

    def open_one(name, *more_cells):
        write_notebook(folder / f"{name}.ipynb", [CELLS[name], *more_cells])
        page = lab.open(f"{name}.ipynb", height=1300)
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        lab.run_all(page)
        page.wait_for_function(f"() => ({LAB})?.state")
        return folder, lab, page, complaints

    yield open_one
    for page in pages:
        page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        page.context.close()


def wait(page, condition):
    page.wait_for_function(
        f"() => {{ const state = ({LAB})?.state; const run = state?.run; return {condition} }}"
    )


def value(page, script):
    return page.evaluate(
        f"() => {{ const state = ({LAB}).state; const run = state.run; return {script} }}"
    )


def slide(page, label, position):
    page.evaluate(
        """([label, position]) => {
          const slider = document.querySelector(`.descent input[aria-label="${label}"]`);
          slider.value = position;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        [label, position],
    )


def wait_done(page, folder, challenge):
    path = folder / ".descent" / "practice.json"
    for _ in range(100):
        if path.exists() and challenge in json.loads(path.read_text()):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{challenge} was not recorded")


def narrow_without_overflow(page):
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_selector(".descent.narrow")
    return page.evaluate(
        "() => { const d = document.querySelector('.descent');"
        " return d.scrollWidth <= d.clientWidth }"
    )


def test_visit_shows_what_diagnose_says_and_nine_right_are_a_challenge(opened):
    folder, _, page, complaints = opened("clinic")
    wait(page, "run")
    verdicts = [loss_curves.diagnose(list(p.losses), TARGET) for p in patients()]
    assert value(page, "run.verdicts") == verdicts
    for k, verdict in enumerate(verdicts):
        # By keyboard: the focus is on the first answer of each patient, Tab goes to the next.
        button = page.locator(".descent .answers button", has_text=verdict)
        button.focus()
        page.keyboard.press("Enter")
        said = page.inner_text(".descent .opinions")
        assert verdict in said
        assert "≠" not in said  # our four questions and the function agree
        if k < len(verdicts) - 1:
            page.keyboard.press("Enter")  # the focus went on to "next patient"
    wait_done(page, folder, "clinic.first_try")
    slide(page, "Window", 19)
    wait(page, "run.settings.window === 20")
    assert value(page, "run.verdicts") == [
        loss_curves.diagnose(list(p.losses), TARGET, window=20) for p in patients()
    ]
    wait_done(page, folder, "clinic.second_opinion")
    assert complaints == []
    assert narrow_without_overflow(page)


def functions():
    modules = (losses, optimizers, training, loss_curves)
    return {name: item for module in modules for name, item in vars(module).items()}


def test_training_on_digits_draws_the_losses_of_the_learners_own_loop(opened):
    folder, _, page, complaints = opened("live")
    page.click("text=digits: 10 classes")
    slide(page, "Learning rate", 8)
    page.click("text=slow enough to watch")
    page.click(".descent .go")
    wait(page, "state.phase === 'finished'")
    run = TrainingRun(digits(), functions(), "Adam", 0.01, 32)
    while run.epoch < 30:
        run.advance()
    # The same seeds, the same arithmetic: float32 keeps seven digits.
    np.testing.assert_allclose(value(page, "[...run.losses]"), run.losses, rtol=1e-5)
    np.testing.assert_allclose(value(page, "[...run.heldOut]"), run.held_out, rtol=1e-5)
    assert value(page, "run.accuracies.at(-1)") >= 0.95
    wait_done(page, folder, "live_training.digits")
    wait_done(page, folder, "live_training.sprint")
    assert complaints == []
    assert narrow_without_overflow(page)


def test_stop_is_immediate_and_the_kernel_is_free_during_a_run(opened):
    _, _, page, _ = opened("live", "6 * 7")
    page.click(".descent .go")
    wait(page, "state.phase === 'running' && run?.epoch >= 2")
    # A cell runs while the training goes on.
    page.evaluate(
        "() => { const panel = window.jupyterapp.shell.currentWidget;"
        " panel.content.activeCellIndex = 1;"
        " window.jupyterapp.commands.execute('notebook:run-cell') }"
    )
    page.wait_for_function(
        "() => { const cell = window.jupyterapp.shell.currentWidget.content.widgets[1].model;"
        " return cell.outputs.length && cell.executionCount === 3 }"
    )
    assert value(page, "state.phase") == "running"
    page.focus(".descent .go")
    page.keyboard.press("Enter")
    assert value(page, "state.phase") == "stopped"
    assert "continue" in page.inner_text(".descent .go")
    page.wait_for_timeout(500)
    reached = value(page, "run.epoch")
    page.wait_for_timeout(500)
    assert value(page, "run.epoch") == reached < 30
    page.keyboard.press("Enter")
    wait(page, f"run.epoch > {reached}")
    page.click("text=reset")
    assert value(page, "run") is None


def test_trouble_in_the_code_is_told_before_any_run_and_goes_when_mended(opened):
    folder, _, page, _ = opened("live")
    code = folder / "course" / "loss_curves.py"
    written = code.read_text()
    stub = '\n\ndef accuracy(probabilities, targets):\n    raise ValueError("half written")\n'
    try:
        code.write_text(written + stub)
        page.wait_for_selector(".descent .trouble:not([hidden])")
        assert "ValueError: half written" in page.inner_text(".descent .trouble")
    finally:
        code.write_text(written)
    page.wait_for_selector(".descent .trouble", state="hidden")
