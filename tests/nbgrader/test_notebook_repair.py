"""Notebooks that were handed in in any state, repaired."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.exercises.manifest import lesson
from autograder.nbgrader.cells import UNANSWERED, grade_id
from autograder.nbgrader.notebook_repair import repaired
from autograder.nbgrader.released_notebook import released_notebook
from autograder.nbgrader.submitted_notebook import submitted_notebook
from autograder.submissions.reading import Handed

LESSON = "1_loss_functions"
RELEASED = released_notebook(lesson(LESSON))
KNOWN = [name for cell in RELEASED["cells"] if (name := grade_id(cell))]


def named(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """The one cell of that id."""
    (found,) = [cell for cell in notebook["cells"] if grade_id(cell) == name]
    return found


def ids(notebook: dict[str, Any]) -> list[str]:
    """The ids that nbgrader knows, in order."""
    return [name for cell in notebook["cells"] if (name := grade_id(cell))]


@pytest.fixture
def handed_in() -> dict[str, Any]:
    """A copy of the released notebook with an answer."""
    notebook = copy.deepcopy(RELEASED)
    named(notebook, "reflection_1")["source"] = "My answer."
    return notebook


def test_repaired_leaves_a_good_notebook_as_it_is(handed_in: dict[str, Any]) -> None:
    right = repaired(handed_in, RELEASED)
    assert right.notices == []
    assert ids(right.notebook) == KNOWN
    assert named(right.notebook, "reflection_1")["source"] == "My answer."


def test_repaired_is_its_own_fixed_point(handed_in: dict[str, Any]) -> None:
    handed_in["cells"].reverse()
    once = repaired(handed_in, RELEASED).notebook
    assert repaired(once, RELEASED).notebook == once


def test_repaired_puts_deleted_cells_back_after_the_cell_they_followed(
    handed_in: dict[str, Any],
) -> None:
    gone = ("setup", "check_softmax", "reflection_1")
    handed_in["cells"] = [cell for cell in handed_in["cells"] if grade_id(cell) not in gone]
    right = repaired(handed_in, RELEASED)
    assert ids(right.notebook) == KNOWN
    assert len(right.notices) == 3
    assert named(right.notebook, "reflection_1")["source"] == UNANSWERED


def test_repaired_takes_the_copy_in_which_an_answer_is_written(handed_in: dict[str, Any]) -> None:
    empty = copy.deepcopy(named(RELEASED, "reflection_1"))
    handed_in["cells"] = [*handed_in["cells"], empty]
    right = repaired(handed_in, RELEASED)
    assert named(right.notebook, "reflection_1")["source"] == "My answer."
    assert right.notices == ["The answer to the question was there 2 times."]


def test_repaired_gives_changed_check_cells_their_text_and_points_back(
    handed_in: dict[str, Any],
) -> None:
    cell = named(handed_in, "check_softmax")
    cell["source"] = "100.0"
    cell["metadata"]["nbgrader"] |= {"points": 100, "grade": False, "schema_version": 99}
    right = named(repaired(handed_in, RELEASED).notebook, "check_softmax")
    assert right["source"] == 'check("softmax")'
    assert right["metadata"]["nbgrader"] == named(RELEASED, "check_softmax")["metadata"]["nbgrader"]


def test_repaired_gives_retyped_cells_their_type_back(handed_in: dict[str, Any]) -> None:
    named(handed_in, "reflection_1")["cell_type"] = "code"
    named(handed_in, "check_softmax")["cell_type"] = "markdown"
    right = repaired(handed_in, RELEASED)
    assert named(right.notebook, "reflection_1")["cell_type"] == "markdown"
    assert named(right.notebook, "reflection_1")["source"] == "My answer."
    assert named(right.notebook, "check_softmax")["outputs"] == []
    assert len(right.notices) == 2


def test_repaired_knows_cells_without_metadata_by_id_and_by_text(handed_in: dict[str, Any]) -> None:
    """As a program leaves them that keeps no metadata, or neither metadata nor ids."""
    named(handed_in, "reflection_1")["metadata"] = {}
    softmax = named(handed_in, "check_softmax")
    softmax["metadata"] = {}
    del softmax["id"]
    right = repaired(handed_in, RELEASED)
    assert ids(right.notebook) == KNOWN
    assert named(right.notebook, "reflection_1")["source"] == "My answer."
    assert right.notices == []


def test_repaired_keeps_the_students_own_cells_without_what_nbgrader_would_read(
    handed_in: dict[str, Any],
) -> None:
    own = {"cell_type": "code", "source": "1 + 1", "outputs": [{"output_type": "stream"}]}
    own["metadata"] = {"nbgrader": {"grade_id": "mine", "grade": True, "points": 50}}
    handed_in["cells"].append(own)
    last = repaired(handed_in, RELEASED).notebook["cells"][-1]
    assert (last["source"], last["metadata"], last["outputs"]) == ("1 + 1", {}, [])


def test_repaired_keeps_pictures_in_an_answer(handed_in: dict[str, Any]) -> None:
    picture = {"sketch.png": {"image/png": "iVBORw0KGgo="}}
    named(handed_in, "reflection_1")["attachments"] = picture
    right = repaired(handed_in, RELEASED).notebook
    assert named(right, "reflection_1")["attachments"] == picture


def test_repaired_says_in_the_notebook_what_was_repaired(handed_in: dict[str, Any]) -> None:
    handed_in["cells"] = handed_in["cells"][:3]
    first = repaired(handed_in, RELEASED).notebook["cells"][0]
    assert first["cell_type"] == "markdown"
    assert "The check cell of softmax was missing" in first["source"]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cell_type", "source", "metadata", "nbgrader", "grade_id", "id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(st.lists(anything, max_size=5), st.integers(0, 30))
def test_repaired_makes_a_valid_notebook_of_anything(junk: list[Any], place: int) -> None:
    import nbformat

    cells = copy.deepcopy(RELEASED["cells"])
    notebook = {"cells": [*cells[:place], *junk, *cells[place:]]}
    right = repaired(notebook, RELEASED).notebook
    assert ids(right) == KNOWN
    nbformat.validate(nbformat.from_dict(right))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not JSON"),
        ("[1, 2]", "no notebook"),
        ('{"cells": 3}', "no notebook"),
        ('{"worksheets": []}', "no notebook"),
        ("[" * 100_000, "not JSON"),
    ],
    ids=["half", "list", "cells", "format 3", "deep"],
)
def test_submitted_notebook_stands_in_for_one_that_cannot_be_read(
    tmp_path: Path, content: str, words: str
) -> None:
    (tmp_path / f"{LESSON}.ipynb").write_text(content)
    right = submitted_notebook(Handed("ada", tmp_path), LESSON, RELEASED)
    assert ids(right.notebook) == KNOWN
    assert words in right.notices[0]


def test_submitted_notebook_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.ipynb").write_text(json.dumps(RELEASED))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{LESSON}.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    assert "link" in submitted_notebook(Handed("ada", tmp_path / "in"), LESSON, RELEASED).notices[0]


def test_submitted_notebook_finds_a_renamed_one(tmp_path: Path, handed_in: dict[str, Any]) -> None:
    (tmp_path / "notes.ipynb").write_text(json.dumps({"cells": []}))
    (tmp_path / "homework.ipynb").write_text(json.dumps(handed_in))
    right = submitted_notebook(Handed("ada", tmp_path), LESSON, RELEASED)
    assert named(right.notebook, "reflection_1")["source"] == "My answer."
    assert right.notices == ["The notebook was handed in as 'homework.ipynb'."]


def test_submitted_notebook_says_that_there_is_none(tmp_path: Path) -> None:
    assert "no notebook" in submitted_notebook(Handed("ada", tmp_path), LESSON, RELEASED).notices[0]
