"""The learner's functions are those on disk, at every request."""

import importlib
import os
import sys

import pytest

from lab.experiments.sliding_wave import WaveExperiment
from lab.widget.kept import Kept
from lab.widget.learner_functions import FunctionGone, LearnerFunctions, quiet


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course package of one's own, importable as `course`."""
    for name in [name for name in sys.modules if name.split(".")[0] == "course"]:
        monkeypatch.delitem(sys.modules, name)
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)  # once `check` was imported, the open folder's course comes first
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == "course"]:
        del sys.modules[name]


def write(folder, text, name="rules"):
    path = folder / f"{name}.py"
    path.write_text(text)
    return path


def learner_of(name="rule"):
    return LearnerFunctions(rule=getattr(importlib.import_module("course.rules"), name))


def test_learner_sees_an_edit_of_the_same_length_within_the_same_second(course):
    path = write(course, "def rule():\n    return 1\n")
    learner = learner_of()
    assert learner.fresh()["rule"]() == 1
    before = path.stat().st_mtime_ns
    path.write_text("def rule():\n    return 2\n")
    os.utime(path, ns=(before + 1000, before + 1000))  # a compiled file would count as fresh
    assert learner.fresh()["rule"]() == 2


def test_learner_loads_the_file_even_if_it_changed_before_the_experiment_opened(course):
    path = write(course, "def rule():\n    return 1\n")
    function = importlib.import_module("course.rules").rule
    path.write_text("def rule():\n    return 22\n")
    assert LearnerFunctions(rule=function).fresh()["rule"]() == 22


def test_learner_sees_an_edit_of_a_module_that_its_module_imports(course):
    base = write(course, "SIZE = 1\n", name="base")
    write(course, "from .base import SIZE\ndef rule():\n    return SIZE\n")
    learner = learner_of()
    assert learner.fresh()["rule"]() == 1
    base.write_text("SIZE = 100\n")
    assert learner.fresh()["rule"]() == 100


def test_learner_version_grows_only_with_changes(course):
    path = write(course, "def rule():\n    return 1\n")
    learner = learner_of()
    assert [learner.look(), learner.look()] == [1, 1]
    path.write_text("def rule():\n    return 333\n")
    assert [learner.look(), learner.look()] == [2, 2]


def test_learner_raises_at_a_half_saved_file_and_recovers(course):
    path = write(course, "def rule():\n    return 1\n")
    learner = learner_of()
    learner.fresh()
    path.write_text("def rule(:\n")
    for look in (True, True, False):  # and never the functions of before
        with pytest.raises(SyntaxError):
            learner.fresh(look=look)
    assert "course.rules" in sys.modules  # what was imported before is still there
    path.write_text("def rule():\n    return 5\n")
    assert learner.fresh()["rule"]() == 5


def test_experiment_says_that_a_module_never_ends_and_recovers(course):
    right = "def distance(prediction, target):\n    return abs(prediction - target)\n"
    path = write(course, right)
    experiment = WaveExperiment(importlib.import_module("course.rules").distance, kept=Kept(None))
    path.write_text(right + "while True:\n    pass\n")
    for _ in range(2):
        answer, trouble = experiment.attempt(experiment.settings, 0.2)
        assert answer is None
        assert trouble.kind == "time"
        assert "was stopped" in trouble.title
        assert trouble.where.startswith("course/rules.py, line ")
    path.write_text(right)
    assert experiment.attempt(experiment.settings, 60)[1] is None


def test_learner_prints_in_a_cell_and_not_in_an_experiment(course, capsys):
    write(course, "def rule():\n    print('step', 1, end='!')\n    return 1\n")
    rule = learner_of().fresh()["rule"]
    with quiet():
        assert rule() == 1
    assert capsys.readouterr().out == ""
    assert rule() == 1
    assert capsys.readouterr().out == "step 1!"


def test_learner_keeps_a_print_of_the_learners_own(course, capsys):
    write(course, "def print(x):\n    return x + 1\ndef rule():\n    return print(1)\n")
    assert learner_of().fresh()["rule"]() == 2


def test_learner_says_that_a_function_is_gone(course):
    path = write(course, "def rule():\n    return 1\n")
    learner = learner_of()
    learner.fresh()
    path.write_text("def rules():\n    return 1\n")
    with pytest.raises(FunctionGone, match=r"course/rules.py has no `rule`"):
        learner.fresh()


def test_learner_takes_classes(course):
    path = write(course, "class Rule:\n    size = 1\n")
    learner = learner_of("Rule")
    assert learner.fresh()["rule"].size == 1
    path.write_text("class Rule:\n    size = 12\n")
    assert learner.fresh()["rule"].size == 12


def test_learner_sees_an_edit_of_a_class_after_another_experiment_has_loaded_again(course):
    """Loading again forgets all modules of the package except those that are asked for."""
    path = write(course, "class Rule:\n    size = 1\n    def of(self):\n        return self.size\n")
    other = write(course, "def other():\n    return 1\n", name="others")
    learner = learner_of("Rule")
    late = importlib.import_module("course.rules").Rule
    another = LearnerFunctions(other=importlib.import_module("course.others").other)
    assert learner.fresh()["rule"]().of() == 1
    other.write_text("def other():\n    return 22\n")
    assert another.fresh()["other"]() == 22
    assert "course.rules" not in sys.modules
    assert learner.look() == 2
    path.write_text(path.read_text().replace("size = 1", "size = 333"))
    assert learner.look() == 3
    assert learner.fresh()["rule"]().of() == 333
    another.fresh()
    assert LearnerFunctions(rule=late).fresh()["rule"]().of() == 333


def test_learner_follows_a_function_defined_again_in_a_cell(monkeypatch):
    def first():
        return 1

    def second():
        return 2

    for function in (first, second):
        function.__module__, function.__name__ = "__main__", "cell_rule"
    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "cell_rule", first, raising=False)
    learner = LearnerFunctions(rule=first)
    assert learner.fresh()["rule"]() == 1
    monkeypatch.setattr(main, "cell_rule", second)
    assert learner.look() == 2
    assert learner.fresh()["rule"]() == 2


def test_learner_keeps_other_functions_as_they_are():
    function = max
    learner = LearnerFunctions(largest=function)
    assert learner.fresh()["largest"] is function
    assert learner.folder is None
