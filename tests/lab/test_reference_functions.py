"""`earlier` hands out the learner's functions where written, the reference's elsewhere."""

import functools
import sys
from types import ModuleType

import pytest

from lab.reference_functions import earlier

REFERENCE = """
import numpy as np
from math import tau

SIZES = (1, 2)

def double(value):
    return 2 * value

def quadruple(value):
    return double(double(value))

class Counter:
    def __init__(self, start):
        self.value = start

    def update(self):
        self.value += 1
        return self.value

def _private(value):
    return value
"""

STUBS = '''
def double(value):
    """Twice the value."""
    raise NotImplementedError("double: not written yet")

def quadruple(value):
    """Four times the value."""
    raise NotImplementedError("quadruple: not written yet")

class Counter:
    """Counts."""
    def __init__(self, start):
        raise NotImplementedError("Counter: not written yet")

    def update(self):
        raise NotImplementedError("Counter: not written yet")
'''

OWN_DOUBLE = "def double(value):\n    return value + value\n"
OWN_COUNTER = """
class Counter:
    def __init__(self, start):
        self.value = start

    def update(self):
        self.value = self.value + 1
        return self.value
"""


def module_of(name, source):
    """A module with this name, made from source text."""
    module = ModuleType(name)
    exec(compile(source, name, "exec"), vars(module))  # noqa: S102 - the source stands above
    return module


@pytest.fixture
def reference(monkeypatch):
    """The reference module `solutions.numbers_for_test`, importable for one test."""
    module = module_of("solutions.numbers_for_test", REFERENCE)
    monkeypatch.setitem(sys.modules, "solutions.numbers_for_test", module)
    return module


def learner(source):
    return module_of("course.numbers_for_test", source)


def test_earlier_supplies_every_stub_and_says_so_in_one_sentence(reference, capsys):
    names = earlier(learner(STUBS))
    assert names.double is reference.double
    assert names.quadruple is reference.quadruple
    assert names.Counter is reference.Counter
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert printed == (
        "Until yours are in course/numbers_for_test.py, the reference supplies all of it.\n"
    )


def test_earlier_keeps_what_is_written_and_names_only_the_rest(reference, capsys):
    module = learner(STUBS + OWN_DOUBLE)
    names = earlier(module)
    assert names.double is module.double
    assert names.quadruple is reference.quadruple
    assert capsys.readouterr().out.endswith("supplies quadruple and Counter.\n")


def test_earlier_says_nothing_when_all_is_written(reference, capsys):
    module = learner(REFERENCE)
    names = earlier(module)
    assert (names.double, names.quadruple, names.Counter) == (
        module.double,
        module.quadruple,
        module.Counter,
    )
    assert capsys.readouterr().out == ""


def test_earlier_supplies_missing_and_renamed_functions(reference, capsys):
    source = REFERENCE.replace("def quadruple", "def fourfold")
    names = earlier(learner(source))
    assert names.quadruple is reference.quadruple
    assert "supplies quadruple." in capsys.readouterr().out


def test_earlier_supplies_a_class_with_one_method_unwritten(reference, capsys):
    half = OWN_COUNTER.replace(
        "self.value = self.value + 1", 'raise NotImplementedError("Counter: not written yet")'
    )
    names = earlier(learner(STUBS + OWN_DOUBLE + half))
    assert names.Counter is reference.Counter


def test_earlier_supplies_a_class_that_inherits_an_unwritten_method(reference):
    source = STUBS.replace("class Counter", "class Base") + "\nclass Counter(Base):\n    pass\n"
    assert earlier(learner(source)).Counter is reference.Counter


def test_earlier_keeps_a_class_that_overrides_its_unwritten_base(reference):
    base = STUBS.replace("class Counter", "class Base")
    own = OWN_COUNTER.replace("class Counter", "class Counter(Base)")
    module = learner(base + own)
    assert earlier(module).Counter is module.Counter


@pytest.mark.parametrize(
    "body",
    [
        "return double(double(value))",
        "return [double(double(item)) for item in [value]][0]",
        "inner = lambda item: double(item)\n    return inner(inner(value))",
    ],
    ids=["call", "comprehension", "lambda"],
)
def test_earlier_supplies_a_function_that_calls_an_unwritten_one(reference, capsys, body):
    names = earlier(learner(f"{STUBS}{OWN_COUNTER}\ndef quadruple(value):\n    {body}\n"))
    assert names.quadruple(3) == 12
    assert names.quadruple is reference.quadruple
    assert capsys.readouterr().out.endswith("supplies double and quadruple.\n")


def test_earlier_looks_through_a_decorator(reference):
    module = learner(STUBS + OWN_COUNTER)

    def logged(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            return function(*arguments)

        return wrapper

    module.double = logged(module.double)
    assert earlier(module).double is reference.double


def test_earlier_leaves_private_names_and_constants_out(reference):
    names = earlier(learner(STUBS))
    assert set(vars(names)) == {"__name__", "double", "quadruple", "Counter"}


def test_earlier_of_what_earlier_returned_is_silent_and_the_same(reference, capsys):
    names = earlier(learner(STUBS))
    capsys.readouterr()
    again = earlier(names)
    assert vars(again) == vars(names)
    assert capsys.readouterr().out == ""
