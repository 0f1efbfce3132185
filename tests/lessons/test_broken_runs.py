"""What lesson 7 says of the six programs holds: of the copies handed out, and of sound ones."""

from pathlib import Path

import jupytext
import numpy as np
import pytest

import lab
from autograder.exercises.bugs import with_bug
from autograder.exercises.manifest import exercise, exercises_in
from autograder.exercises.registry import solved_module
from autograder.maintain.make import solution_text, stub
from lab.pictures import broken_runs as pictures
from solutions import gradient_descent, losses

NAMES = [exercise.name for exercise in exercises_in("broken_runs")]
CELLS = jupytext.read(Path(__file__).parents[2] / "lessons/sources/7_broken_runs.py").cells


def handed_out():
    """The module as learners get it."""
    module = solved_module("broken_runs")
    exec(stub(solution_text("broken_runs"), "broken_runs"), vars(module))  # noqa: S102 - ours
    return module


def shown(broken_runs, beginning):
    """The value of the lesson's code cell that holds a text, with some version of the module."""
    found = [cell for cell in CELLS if cell.cell_type == "code" and beginning in cell.source]
    (cell,) = found
    *lines, last = cell.source.rstrip().splitlines()
    names = {"np": np, "broken_runs": broken_runs, "losses": losses}
    exec("\n".join(lines), names)  # noqa: S102 - our own lesson
    return eval(last, names)  # noqa: S307 - our own lesson


@pytest.mark.parametrize(
    ("beginning", "sound", "broken"),
    [
        ("broken_runs.fit_line(inputs", (1.5, 1.0), (0.0, 2.5)),
        ("steps[[0, 1, 9", [1, 1, 1, 1, 1], [1, 1.34, 2.06, 1.02, 0.4]),
        ("best = broken_runs.train_until", [3.0], [5.0]),
    ],
    ids=["fit_line", "train_with_adam", "train_until_worse"],
)
def test_lesson_names_what_the_programs_show(beginning, sound, broken):
    assert np.allclose(shown(solved_module("broken_runs"), beginning), sound)
    assert np.allclose(shown(handed_out(), beginning), broken)


def test_lesson_names_the_losses_that_jump():
    few, many = shown(handed_out(), "def losses_of(count)")
    assert np.all(np.diff(few[:3]) < 0)
    assert (many[0], many[1]) == (0.69, 2.89)
    assert np.sum(np.diff(many) > 0) >= 2
    for sound in shown(solved_module("broken_runs"), "def losses_of(count)"):
        assert np.all(np.diff(sound) < 0)


def test_lesson_names_the_loss_of_guessing():
    sound, guessing = shown(solved_module("broken_runs"), "centers = np.array")
    broken, _ = shown(handed_out(), "centers = np.array")
    assert guessing == 1.1
    assert sound < 0.25
    assert abs(broken - guessing) < 0.2


def test_lesson_names_what_momentum_changes():
    bowl = np.array([1.0, 30.0])
    for module, apart in ((solved_module("broken_runs"), True), (handed_out(), False)):
        ends = [
            module.train_with_momentum(lambda w: bowl * w, [9.0, 1.0], 0.01, share, 100)[-1]
            for share in (0.9, 0.0)
        ]
        assert np.allclose(ends[1], [3.294, 0], atol=1e-3)
        assert (np.abs(ends[0] - ends[1]).max() > 1) == apart


def test_lesson_shows_each_program_beside_a_sound_one():
    code = "\n".join(cell.source for cell in CELLS if cell.cell_type == "code")
    assert [name for name in NAMES if f"watch_broken_run(broken_runs.{name})" in code] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_experiment_says_whether_the_curves_meet(name):
    sound = getattr(solved_module("broken_runs"), name)
    broken = getattr(solved_module("broken_runs", {name: with_bug(exercise(name))}), name)
    for program, meet in ((sound, True), (broken, False)):
        experiment = lab.watch_broken_run(program)
        answer, trouble = experiment.attempt(experiment.settings, 60)
        assert trouble is None
        assert answer.note["meet"] is meet


# -- pictures -------------------------------------------------------------------------------------


def test_pictures_follow_the_house_rules(house_rules):
    for draw in (pictures.six_symptoms, pictures.nine_differences, pictures.two_names):
        house_rules(draw)


def test_six_symptoms_are_those_of_the_programs():
    panels = pictures.six_symptoms().figure.axes
    broken = handed_out()
    inputs, targets = pictures.points_near_a_line()
    slope, intercept = broken.fit_line(inputs, targets, 0.1, 200)
    flat = panels[0].lines[2].get_ydata()
    assert np.allclose(flat, [slope * -2.2 + intercept, slope * 2.2 + intercept])
    features, classes = pictures.two_clouds()
    jumping = panels[1].lines[1].get_ydata()
    for k in (1, 7, 25):
        weights = broken.logistic_regression(features, classes, 1.0, k)
        assert np.isclose(jumping[k], pictures.binary_loss(weights, features, classes))
    assert abs(panels[2].lines[1].get_ydata() - np.log(3)).max() < 0.3
    curvatures = np.array([1.0, 30.0])
    path = broken.train_with_momentum(lambda w: curvatures * w, [9.0, 1.0], 0.01, 0.9, 120)
    assert np.allclose(panels[3].lines[1].get_ydata(), 0.5 * (path**2 @ curvatures))
    path = broken.train_with_adam(lambda w: np.array([4.0]), [0.0], 0.01, 2000)
    assert np.allclose(panels[4].lines[1].get_ydata(), np.abs(np.diff(path[:, 0])) / 0.01)


def test_nine_differences_are_those_of_numpy():
    texts = [text.get_text() for text in pictures.nine_differences().figure.axes[0].texts]
    table = np.array([[1.0], [4.0], [6.0]]) - np.array([2.0, 4.0, 9.0])
    assert texts[:9] == [f"{value:g}".replace("-", "−") for value in table.ravel()]


def test_one_batch_is_learned_by_heart_by_sound_programs_only():
    random = np.random.default_rng(7)
    rows, targets = random.normal(size=(6, 8)), np.eye(3)[[0, 1, 2, 0, 1, 2]]
    for module, learned in ((solved_module("broken_runs"), True), (handed_out(), False)):
        weights = module.softmax_regression(rows, targets, 0.5, 200, 6)
        loss = pictures.categorical_loss(weights, rows, targets)
        assert (loss < 0.05) == learned


def test_ratio_of_a_gradient_check_is_the_lost_factor():
    random = np.random.default_rng(7)
    x, t, w = random.normal(size=(5, 2)), random.normal(size=5), np.array([1.0, -1.0])
    measured = gradient_descent.numerical_gradient(lambda w: np.mean((x @ w - t) ** 2), w)
    assert np.allclose(measured / (x.T @ (x @ w - t)), 2 / 5)
