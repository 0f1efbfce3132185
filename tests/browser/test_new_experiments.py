"""Best constants, the sweep, sparse gradients, the edge, broken runs and the pad, in JupyterLab."""

import inspect

import numpy as np
import pytest

from autograder.exercises.bugs import text_with_bug
from autograder.exercises.manifest import EXERCISES
from solutions import broken_runs, losses

IMPORTS = """\
from course import broken_runs, capstone, losses, optimizers, training
from lab import *
"""
FOUR = "optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam"
LAYERS = ", ".join(
    f"training.{name}"
    for name in ("dense_forward", "dense_backward", "relu_forward", "relu_backward")
)
CELLS = {
    "best_constant": "what_does_it_learn(losses.mean_squared_error, losses.robust_loss)",
    "rate_sweep": f"sweep_rates({FOUR}, optimizers.AdamW)",
    "sparse": f"sparse_gradients({FOUR})",
    "edge": f"find_the_edge(training.largest_curvature, {LAYERS})",
    "broken_run": "watch_broken_run(broken_runs.fit_line)",
    "draw_digit": "draw_digit(capstone.train_classifier, losses, training)",
}


@pytest.fixture
def opened(stage):
    def open_one(name):
        stage.show(IMPORTS + CELLS[name], predicted=False, size=(1100, 1000))
        assert stage.state("run") is None
        return stage

    return open_one


def wait_for_reply(shown, words):
    """Wait until these words stand where the prediction was asked."""
    shown.page.locator(".descent .predict [role=status]", has_text=words).wait_for()


def test_flags_are_set_then_rides_are_dragged(opened):
    shown = opened("best_constant")
    page = shown.page
    page.focus(".descent .map")
    for _ in range(3):  # each flag once, by keyboard
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="that is my answer").click()
    wait_for_reply(shown, "The hollow flags are yours")
    rides = shown.state("run.targets")
    assert shown.state("run.best[0]") == pytest.approx(np.mean(rides), abs=0.006)
    loss = [losses.robust_loss([answer] * 9, rides) for answer in (0.0, 5.0)]
    assert shown.state("[run.curves[2][0], run.curves[2][50]]") == pytest.approx(loss, rel=1e-5)
    page.focus(".descent .map")
    page.keyboard.press("Shift+ArrowRight")  # the late ride, half a minute later
    shown.wait("run.targets.at(-1) === 18.5")
    shown.assert_narrow_is_fine()


def test_sweep_is_fair_and_a_shared_rate_is_not(opened):
    shown = opened("rate_sweep")
    shown.page.get_by_role("button", name="less than twice").click()
    wait_for_reply(shown, "the choice of the rate")
    assert shown.state("Object.keys(run)") == ["SGD", "Momentum", "RMSprop", "Adam", "AdamW"]
    shown.page.get_by_role("radio", name="ravine").check()
    shown.wait("state.ground === 'ravine' && run?.AdamW.length === 37")
    shown.assert_narrow_is_fine()


def test_rare_word_is_shown_for_each_optimizer(opened):
    shown = opened("sparse")
    shown.page.get_by_role("button", name="RMSprop").click()
    wait_for_reply(shown, "Adam 86%")
    shown.page.get_by_role("radio", name="1 in 10", exact=True).check()
    shown.wait_done("sparse.tie")
    shown.assert_narrow_is_fine()


def test_drawn_loss_stays_under_the_true_one(opened):
    shown = opened("edge")
    page = shown.page
    box = page.locator(".descent .plots canvas").first.bounding_box()
    page.mouse.move(box["x"] + 50, box["y"] + 90)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 140, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="that is my curve").click()
    wait_for_reply(shown, "found the edge by itself")
    assert shown.state("run.rate / run.border") == pytest.approx(1.1)
    page.get_by_role("button", name="10% below the border").click()
    shown.wait("run.rate < run.border && Math.max(...run.losses) === run.losses[0]")
    shown_rate = page.locator(".descent .field output").first.text_content()
    # The slider names the rate as the sentence does.
    assert shown.state("String(Number(run.rate.toPrecision(3)))") == shown_rate
    shown.slide("Learning rate", 120)
    shown.wait_done("edge.burst")
    shown.assert_narrow_is_fine()


def test_broken_run_is_guessed_then_repaired_and_the_curves_meet(stage):
    (bug,) = [exercise.bug for exercise in EXERCISES if exercise.name == "fit_line"]
    sound = stage.course["broken_runs.py"]
    program = inspect.getsource(broken_runs.fit_line)
    stage.show(IMPORTS + CELLS["broken_run"], predicted=False)
    stage.wait("run?.meet")
    stage.write("broken_runs.py", sound.replace(program, text_with_bug(program, bug)))
    stage.page.get_by_role("button", name="a sum is taken where").click()
    wait_for_reply(stage, "Look for what differs first")
    stage.page.get_by_role("button", name="guess again").click()
    stage.page.get_by_role("button", name="into a larger one").click()
    wait_for_reply(stage, "That is it")
    assert stage.state("run.rows.find((row) => row.name === 'errors').mine").startswith("(20, 20)")
    stage.write("broken_runs.py", sound)
    stage.wait_done("broken_run.meet.fit_line")
    stage.assert_narrow_is_fine()


@pytest.mark.parametrize("digits", [3, pytest.param(10, marks=pytest.mark.exhaustive)])
def test_network_that_the_learner_trained_reads_what_is_drawn(opened, digits):
    shown = opened("draw_digit")
    page = shown.page
    page.get_by_role("button", name="all ten").click()
    shown.wait("run")
    page.get_by_text("slow enough to watch").click()
    page.locator(".descent .trainer .go").click()
    shown.wait("state.training.state === 'finished'")
    box = page.locator(".descent .pad").bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 60)  # a one
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 220, steps=6)
    page.mouse.up()
    shown.wait("run.probabilities.indexOf(Math.max(...run.probabilities)) === 1")
    page.focus(".descent .pad")
    for digit in range(digits):  # a digit key has it drawn, as a finger would
        page.keyboard.press(str(digit))
        shown.wait("state.strokes.flat().length === arg", arg=strokes_of(shown, digit))
        shown.wait("run.probabilities.indexOf(Math.max(...run.probabilities)) === arg", arg=digit)
        page.locator(".descent .turn .go").click()
    if digits == 10:
        wait_for_reply(shown, "It reads 10 of your ten")
        shown.wait_done("draw_digit.ten")
    shown.assert_narrow_is_fine()


def strokes_of(shown, digit):
    """How many points the digit has that is drawn on demand."""
    labs = '[...document.querySelectorAll("*")].find((e) => e.__experiment)'
    return shown.page.evaluate(f"() => {labs}.__experiment.config.examples[{digit}].flat().length")
