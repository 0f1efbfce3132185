"""The loss-curve clinic and live training in JupyterLab."""

import numpy as np
import pytest

from lab.experiments.clinic import TARGET, VERDICTS, patients
from lab.experiments.training_run import TrainingRun, digits
from solutions import loss_curves, losses, optimizers, training

ALT = {
    "clinic": '<img alt="Nine loss curves with their diagnoses: 1 converged',
    "live": '<img alt="Training on tumors with SGD, learning rate 0.001',
}
CELLS = {
    "clinic": """\
from course.loss_curves import diagnose
from lab import visit_clinic

visit_clinic(diagnose)""",
    "live": """\
from course import loss_curves, losses, optimizers, training
from lab import watch_training
from lab import earlier

watch_training(earlier(losses), earlier(optimizers), earlier(training), loss_curves)""",
}


@pytest.fixture
def opened(stage):
    def open_one(name):
        stage.show(CELLS[name], size=(1280, 1300))
        return stage

    return open_one


def test_visit_shows_what_diagnose_says_and_nine_right_are_a_challenge(opened):
    shown = opened("clinic")
    page = shown.page
    shown.wait("run")
    verdicts = [loss_curves.diagnose(list(p.losses), TARGET) for p in patients()]
    assert shown.state("run.verdicts") == verdicts
    page.locator(".descent .predict button").first.focus()
    for verdict in verdicts:  # by the keys 1 to 4, and straight on to the next patient
        page.keyboard.press(str(1 + VERDICTS.index(verdict)))
    assert "≠" not in page.inner_text(".descent .opinions")  # our questions and the function agree
    shown.wait_done("clinic.first_try")
    shown.slide("Window", 19)
    shown.wait("run?.settings.window === 20")
    assert shown.state("run.verdicts") == [
        loss_curves.diagnose(list(p.losses), TARGET, window=20) for p in patients()
    ]
    shown.wait_done("clinic.second_opinion")
    shown.assert_narrow_is_fine()


def functions():
    modules = (losses, optimizers, training, loss_curves)
    return {name: item for module in modules for name, item in vars(module).items()}


def test_training_on_digits_draws_the_losses_of_the_learners_own_loop(opened):
    shown = opened("live")
    page = shown.page
    page.click("text=digits: 10 classes")
    page.click("text=Adam")
    shown.slide("Learning rate", 8)
    page.click("text=slow enough to watch")
    page.click(".descent .go")
    shown.wait("state.phase === 'finished'")
    run = TrainingRun(digits(), functions(), "Adam", 0.01, 32)
    while run.epoch < 30:
        run.advance()
    # The same seeds, the same arithmetic: float32 keeps seven digits.
    np.testing.assert_allclose(shown.state("[...run.losses]"), run.losses, rtol=1e-5)
    np.testing.assert_allclose(shown.state("[...run.heldOut]"), run.held_out, rtol=1e-5)
    assert shown.state("run.accuracies.at(-1)") >= 0.95
    shown.wait_done("live_training.digits")
    shown.wait_done("live_training.sprint")
    shown.assert_narrow_is_fine()


@pytest.mark.exhaustive
def test_stop_is_immediate_and_the_kernel_is_free_during_a_run(opened):
    shown = opened("live")
    page = shown.page
    page.click(".descent .go")
    shown.wait("state.phase === 'running' && run?.epoch >= 2")
    # A cell runs while the training goes on: its answer comes before the run's end.
    answer = page.evaluate(
        """async () => {
          const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
          const future = kernel.requestExecute({ code: "print(6 * 7)" });
          let said = "";
          future.onIOPub = ({ content }) => { said += content.text ?? ""; };
          await future.done;
          return said;
        }"""
    )
    assert answer == "42\n"
    assert shown.state("state.phase") == "running"
    page.focus(".descent .go")
    page.keyboard.press("Enter")
    assert shown.state("state.phase") == "stopped"
    assert "continue" in page.inner_text(".descent .go")
    page.wait_for_timeout(500)
    reached = shown.state("run.epoch")
    page.wait_for_timeout(500)
    assert shown.state("run.epoch") == reached < 30
    page.keyboard.press("Enter")
    shown.wait(f"run.epoch > {reached}")
    page.click("text=reset")
    assert shown.state("run") is None


@pytest.mark.exhaustive
def test_trouble_in_the_code_is_told_before_any_run_and_goes_when_mended(opened):
    shown = opened("live")
    stub = '\n\ndef accuracy(probabilities, targets):\n    raise ValueError("half written")\n'
    shown.write("loss_curves.py", shown.course["loss_curves.py"] + stub)
    shown.page.wait_for_selector(".descent .trouble:not([hidden])")
    assert "ValueError: half written" in shown.page.inner_text(".descent .trouble")
    shown.write("loss_curves.py", shown.course["loss_curves.py"])
    shown.page.wait_for_selector(".descent .trouble", state="hidden")


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CELLS)
def test_saved_notebook_keeps_a_picture_with_alt_text(opened, name):
    outputs = opened(name).saved()["outputs"]
    html = "".join("".join(output["data"].get("text/html", "")) for output in outputs)
    assert html.count('<img alt="') == 1
    assert ALT[name] in html
