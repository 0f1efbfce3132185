"""The docstrings of the solutions are the assignments: complete, well formed, and true."""

import doctest
import importlib
import inspect
import re
from pathlib import Path

import numpydoc.validate
import pytest
from numpydoc.docscrape import ClassDoc, FunctionDoc

from autograder.exercises.manifest import EXERCISES, LESSONS

MODULES = [lesson.module for lesson in LESSONS]

# Rules of numpydoc that this course does not follow, and why:
WAIVED = {
    "GL01",  # summaries start on the line of the opening quotes, as PEP 257 has it
    "SA01",  # the lesson, not a See Also section, says what belongs together
    "EX01",  # update methods are shown at work in the examples of their class
    "ES01",  # an extended summary only where there is something to say
    "PR07",  # a parameter whose name and type say enough has no description,
    "RT03",  # nor has such a result: a docstring has to fit a screen
    "RT02",  # several results of one type share a line, and
    "RT01",  # where the first sentence says what is returned, no section says it again
}
OF_METHODS = {"PR01"}  # update has one line: its class says what goes in and comes out


def answer(name):
    entry = next(entry for entry in EXERCISES if entry.name == name)
    return getattr(importlib.import_module(f"solutions.{entry.module}"), name)


def documented(name):
    found = answer(name)
    return ClassDoc(found) if inspect.isclass(found) else FunctionDoc(found)


def callables_of(name):
    """The callables with a docstring of their own: a function, or a class and its update."""
    found = answer(name)
    return [found, found.update] if inspect.isclass(found) else [found]


NAMES = [entry.name for entry in EXERCISES]
CALLABLES = [
    pytest.param(function, id=function.__qualname__)
    for name in NAMES
    for function in callables_of(name)
]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("module", MODULES)
def test_docstrings_examples_hold(module):
    results = doctest.testmod(
        importlib.import_module(f"solutions.{module}"),
        optionflags=doctest.IGNORE_EXCEPTION_DETAIL,
    )
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("each", CALLABLES)
def test_docstrings_satisfy_numpydoc(each):
    report = numpydoc.validate.validate(f"{each.__module__}.{each.__qualname__}")
    waived = WAIVED | (OF_METHODS if "." in each.__qualname__ else set())
    assert [error for error in report["errors"] if error[0] not in waived] == []
    assert inspect.isclass(each) or "eturn" in inspect.getdoc(each)


def parameters_of(name):
    """The parameters that a docstring describes, one by one, with their types."""
    described = documented(name)["Parameters"]
    return [(name, entry.type) for entry in described for name in entry.name.split(", ")]


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_document_every_parameter_in_order(name):
    found = parameters_of(name)
    assert [each for each, _ in found] == list(inspect.signature(answer(name)).parameters)
    assert all(kind for _, kind in found)


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_say_optional_where_there_is_a_default(name):
    signature = inspect.signature(answer(name)).parameters
    for each, kind in parameters_of(name):
        has_default = signature[each].default is not inspect.Parameter.empty
        assert has_default == kind.endswith("optional"), each


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_have_an_example(name):
    examples = doctest.DocTestParser().get_examples("\n".join(documented(name)["Examples"]))
    assert [example for example in examples if example.want]


@pytest.mark.parametrize("name", [entry.name for entry in EXERCISES if entry.lesson[0] in "123456"])
def test_book_cites_page_section_or_address(name):
    page = (Path(__file__).parents[2] / "docs" / "exercises.md").read_text(encoding="utf-8")
    (note,) = re.findall(rf"^- \*\*{name}\.\*\* (.*)$", page, flags=re.MULTILINE)
    _, sources = note.split("Source", 1)
    for entry in sources.removeprefix("s").removeprefix(": ").split("; "):
        assert re.search(r"https://|pp?\.\s\d|section\s\d|eq\.\s\d", entry), entry


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_name_every_exception_of_the_body(name):
    source = "".join(inspect.getsource(function) for function in callables_of(name)[:1])
    raised = set(re.findall(r"^\s+raise (\w+)\(", source, flags=re.MULTILINE))
    assert raised == set(re.findall(r"\w+Error", inspect.getdoc(answer(name))))


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_are_kind(name):
    text = inspect.getdoc(answer(name)).lower()
    assert not re.search(r"\b(simply|obviously|trivial|trivially|easy|easily|wrong)\b", text)


@pytest.mark.parametrize("module", MODULES)
def test_modules_import_numpy_alone(module):
    source = inspect.getsource(importlib.import_module(f"solutions.{module}"))
    imported = set(re.findall(r"^(?:import|from) (\S+)", source, flags=re.MULTILINE))
    assert imported <= {"numpy"}


@pytest.mark.parametrize("module", MODULES)
def test_modules_define_nothing_but_exercises(module):
    room = importlib.import_module(f"solutions.{module}")
    defined = {
        name
        for name, value in vars(room).items()
        if getattr(value, "__module__", "") == room.__name__
    }
    assert defined == set(room.__all__)
