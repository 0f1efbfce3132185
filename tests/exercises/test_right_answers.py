"""Every right answer gets full marks, however it is written; the answers are beside each module."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises.manifest import exercise

HERE = Path(__file__)


def right_answers() -> Iterator[Any]:
    """The parameters of the test: what the tables called `RIGHT` hold, by exercise."""
    for path in sorted(HERE.parent.glob("test_*.py")):
        table = {} if path == HERE else runpy.run_path(str(path)).get("RIGHT", {})
        for name, answers in table.items():
            for answer in answers:
                yield pytest.param(name, answer, id=answer.__name__)


@pytest.mark.parametrize(("name", "answer"), list(right_answers()))
def test_criteria_give_full_marks_to_right_answers(
    name: str, answer: Any, marks: Callable[..., dict[str, Any]]
) -> None:
    for student in ("ada", "grace", "emmy"):
        result = marks(exercise(name).module, {name: answer}, only=[name], student=student)[name]
        assert [each.message for each in result.criteria if not each.passed] == []
        assert result.score == exercise(name).points
