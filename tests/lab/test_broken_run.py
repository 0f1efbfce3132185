"""A broken run beside a sound one: the programs as learners get them, and repaired."""

import importlib.util
import inspect

import numpy as np
import pytest

from autograder.exercises.bugs import text_with_bug
from autograder.exercises.manifest import EXERCISES
from lab.experiments.broken_run import PROGRAMS as CASES
from lab.experiments.broken_run import BrokenRunExperiment, told
from lab.widget.kept import Kept
from lab.widget.noting_copy import variables
from solutions import broken_runs

PROGRAMS = {exercise.name: exercise.bug for exercise in EXERCISES if exercise.bug}
SYMPTOMS = {  # the variables that give each bug away
    "fit_line": {"targets", "errors", "slope"},
    "logistic_regression": {"gradient", "weights"},
    "softmax_regression": {"answers", "wanted", "weights"},
    "train_with_momentum": {"velocity", "weights"},
    "train_with_adam": {"count", "step", "weights"},
    "train_until_worse": {"best"},
}


@pytest.fixture
def broken(tmp_path):
    """A program as the learner gets it, from a file of its own."""

    def made(name):
        sound = inspect.getsource(getattr(broken_runs, name))
        path = tmp_path / f"{name}.py"
        path.write_text("import numpy as np\n\n" + text_with_bug(sound, PROGRAMS[name]))
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return getattr(module, name)

    return made


def ran(program, step=None):
    experiment = BrokenRunExperiment(program, kept=Kept(None))
    answer, trouble = experiment.attempt({"step": step or experiment.case.steps}, 30)
    assert trouble is None, trouble
    rows = {row["name"]: row for row in answer.note["rows"]}
    return (*answer.arrays, answer.note["meet"], rows)


@pytest.mark.parametrize("name", PROGRAMS)
def test_sound_program_meets_itself_in_every_variable(name):
    mine, right, meet, rows = ran(getattr(broken_runs, name))
    assert meet
    np.testing.assert_array_equal(mine, right)
    assert all(row["same"] for row in rows.values())
    assert right[-1] < 0.3 * right[0]


@pytest.mark.parametrize("name", PROGRAMS)
def test_broken_program_ends_much_higher_and_its_variables_tell(broken, name):
    mine, right, meet, rows = ran(broken(name))
    assert not meet
    assert mine[-1] > 2 * right[-1]
    assert {name for name, row in rows.items() if not row["same"]} >= SYMPTOMS[name]


def test_every_program_to_repair_has_its_case():
    assert list(CASES) == list(PROGRAMS)


def test_program_written_in_another_way_meets():
    def fit_line(inputs, targets, learning_rate, steps):
        line = np.zeros(2)
        table = np.column_stack([np.ravel(inputs), np.ones(len(targets))])
        for _ in range(steps):
            line = line - learning_rate * 2 * table.T @ (table @ line - targets) / len(targets)
        return line

    assert ran(fit_line)[2]


def test_variables_are_those_at_the_end_of_the_given_step(broken):
    _, _, _, rows = ran(broken("train_with_adam"), step=7)
    assert rows["count"] == {"name": "count", "mine": "1", "right": "7", "same": False}
    assert "start" not in rows  # what is handed over and stays as it is says nothing


def test_variables_of_a_program_without_text_are_none():
    assert variables(eval("lambda x: x"), lambda run: run(1)) == {}  # noqa: S307 - our own text


def test_told_says_shape_and_first_values():
    assert told(np.zeros((20, 20))) == "(20, 20): 0, 0, 0, …"
    assert told(np.float64(-0.5)) == "−0.5"


def test_picture_tells_how_both_end(broken):
    experiment = BrokenRunExperiment(broken("fit_line"), kept=Kept(None))
    answer, _ = experiment.attempt(experiment.settings, 30)
    assert "the curves differ; after 30 steps 3.15 and 0.0206" in experiment.picture(answer).alt
