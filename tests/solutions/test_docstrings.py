"""The docstrings of the solutions are the assignments: complete, well formed, and true."""

import doctest
import importlib
import inspect
import re

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
}


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
    pytest.param(each, id=each.__qualname__) for name in NAMES for each in callables_of(name)
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
    found = [error for error in report["errors"] if error[0] not in WAIVED]
    assert found == []


@pytest.mark.parametrize("each", CALLABLES)
def test_docstrings_document_every_parameter_in_order(each):
    doc = ClassDoc(each) if inspect.isclass(each) else FunctionDoc(each)
    signature = [name for name in inspect.signature(each).parameters if name != "self"]
    assert [parameter.name for parameter in doc["Parameters"]] == signature
    assert all(parameter.type and parameter.desc for parameter in doc["Parameters"])


@pytest.mark.parametrize("each", CALLABLES)
def test_docstrings_say_optional_where_there_is_a_default(each):
    doc = ClassDoc(each) if inspect.isclass(each) else FunctionDoc(each)
    signature = inspect.signature(each).parameters
    for parameter in doc["Parameters"]:
        has_default = signature[parameter.name].default is not inspect.Parameter.empty
        assert has_default == parameter.type.endswith("optional"), parameter.name


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_have_two_examples_or_more(name):
    examples = doctest.DocTestParser().get_examples("\n".join(documented(name)["Examples"]))
    calls = [example for example in examples if example.want]
    assert len(calls) >= 2  # an ordinary value and an edge


@pytest.mark.parametrize("name", [name for name in NAMES if name != "distance"])
def test_docstrings_cite_page_section_or_address(name):
    references = "\n".join(documented(name)["References"])
    entries = [entry for entry in re.split(r"\.\. \[\d+\]", references) if entry.strip()]
    assert entries
    for entry in entries:
        assert re.search(r"https://|pp?\.\s\d|section\s\d|eq\.\s\d", " ".join(entry.split())), entry


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_name_every_exception_of_the_body(name):
    source = "".join(inspect.getsource(each) for each in callables_of(name)[:1])
    raised = set(re.findall(r"^\s+raise (\w+)\(", source, flags=re.MULTILINE))
    found = documented(name)
    named = {entry.type for entry in found["Raises"]} if "Raises" in found else set()
    assert raised == named


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
