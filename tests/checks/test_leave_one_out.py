"""What is said of a mistake that nobody listed: each known one, taken out of the catalogue.

All of them are judged by reading, beside the sentence that was judged. The whole search takes 15
seconds and is `benchmarks/leave_one_out.py`; here every twelfth mistake is searched for again.
"""

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from autograder.catalogue import Mistake, mistakes_in
from autograder.criteria import CHECKED_MODULES
from autograder.exercises import exercise

TOOL = Path(__file__).parents[2] / "benchmarks" / "leave_one_out.py"
JUDGED = [
    (module, each)
    for module in CHECKED_MODULES
    for each in mistakes_in(module)
    if not exercise(each.exercise).bonus
]
AGAIN = JUDGED[::12]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The benchmark as a module."""
    found = importlib.util.spec_from_file_location(TOOL.stem, TOOL)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[TOOL.stem] = module  # a dataclass looks its module up there
    found.loader.exec_module(module)
    return module


def test_leave_one_out_has_a_verdict_on_every_mistake(tool: ModuleType) -> None:
    assert tool.verdicts().keys() == {each.name for _, each in JUDGED}


def test_leave_one_out_verdicts_are_of_the_four_kinds(tool: ModuleType) -> None:
    assert {verdict for verdict, _ in tool.verdicts().values()} <= {*tool.KINDS}


def test_leave_one_out_names_the_cause_of_four_in_five(tool: ModuleType) -> None:
    counts = Counter(verdict for verdict, _ in tool.verdicts().values())
    assert counts["cause"] >= 0.8 * counts.total()
    assert counts["misleads"] <= 0.02 * counts.total()


@pytest.mark.parametrize(("module", "known"), AGAIN, ids=[each.name for _, each in AGAIN])
def test_leave_one_out_says_what_was_judged(module: str, known: Mistake, tool: ModuleType) -> None:
    _, judged = tool.verdicts()[known.name]
    said = tool.left_out(module, known).said
    assert said == judged, "judge it anew with benchmarks/leave_one_out.py"
