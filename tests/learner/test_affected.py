"""Which exercises a save may have changed, and what a fingerprint of a module covers."""

import pytest

from autograder.exercises.manifest import EXERCISES, exercises_in
from autograder.learner.affected import affected, digests, module_digest

LOSSES = """
import numpy as np

SMALL = 1e-12

def sigmoid(z):
    return _stable(z)

def _stable(z):
    return 1 / (1 + np.exp(-z))

def softmax(z):
    return z

def choose_loss(output_type):
    return None
"""


def files(**modules: str) -> dict[str, bytes]:
    return {f"course/{name}.py": text.encode() for name, text in modules.items()}


def changed(before: str, after: str) -> list[str]:
    return affected(files(losses=before), files(losses=after))


def test_a_function_affects_itself_and_what_builds_on_it() -> None:
    names = changed(LOSSES, LOSSES.replace("return z\n", "return z / z.sum()\n"))
    assert names == ["softmax", "softmax_cross_entropy_gradient"]


def test_a_helper_affects_who_calls_it() -> None:
    names = changed(LOSSES, LOSSES.replace("np.exp(-z)", "np.exp(z)"))
    assert names == ["sigmoid", "sigmoid_cross_entropy_gradient"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("1e-12", "1e-9"), ("import numpy", "import math, numpy"), ("return z\n", "return (z\n")],
    ids=["constant", "import", "unreadable"],
)
def test_what_every_function_may_use_affects_the_whole_module(old: str, new: str) -> None:
    everything = [each.name for each in exercises_in("losses") if not each.bonus]
    assert changed(LOSSES, LOSSES.replace(old, new)) == everything


def test_remarks_and_blank_lines_affect_nothing() -> None:
    assert changed(LOSSES, LOSSES.replace("return z\n", "return z  # as it comes\n\n")) == []


def test_an_imported_module_affects_who_imports_it() -> None:
    training = "from course import (\n    losses,\n)\n"
    before = files(training=training, losses=LOSSES, welcome="import numpy\n")
    after = {**before, **files(losses=LOSSES.replace("return z\n", "return 2 * z\n"))}
    names = affected(before, after)
    assert {each.name for each in exercises_in("training") if not each.bonus} <= set(names)
    assert not {each.name for each in exercises_in("welcome")} & set(names)
    assert names == [each.name for each in EXERCISES if each.name in names]  # in course order


def test_fingerprint_of_a_module_ignores_the_others() -> None:
    before = files(losses=LOSSES, welcome="A = 1\n")
    after = {**before, **files(welcome="A = 2\n")}
    assert module_digest("losses", before) == module_digest("losses", after)
    assert digests(before)["welcome"] != digests(after)["welcome"]


def test_modules_that_import_each_other_have_a_fingerprint() -> None:
    circle = files(losses="from course import training\n", training="import course.losses\n")
    assert module_digest("losses", circle) == module_digest("training", circle)
