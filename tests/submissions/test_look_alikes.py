"""Right work under another name: it is not graded, and never passed over in silence."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.exercises.manifest import EXERCISES, LESSONS
from autograder.maintain.make import solution_text
from autograder.submissions.file_kinds import misread
from autograder.submissions.reading import Handed, read_submission
from autograder.submissions.submission import Note, Submission

STUB = b"def softmax(logits):\n    raise NotImplementedError\n"
RIGHT = solution_text("losses").encode()
LESSONS_FOLDER = Path(__file__).parents[2] / "lessons"


def handed(folder: Path, files: dict[str, bytes]) -> Submission:
    for path, content in files.items():
        where = folder / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(content)
    return read_submission(Handed("ada", folder))


def notes(folder: Path, files: dict[str, bytes]) -> list[str]:
    return [note.text for note in handed(folder, files).notes]


def zip_of(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "path",
    [
        *("course/losses (1).py", "course/Copy of losses.py", "course/losses - Copy.py"),
        *("course/losses-1.py", "course/losses.py.txt", "course/LOSSES.PY", "course/ losses.py"),
        *("course/my_losses.py", "course/losses", "course/losses.txt", "course/losses_final.py"),
        *("losses.py", "course (1)/losses.py", "old/course/losses.py", "course/losses.rtf"),
    ],
)
@pytest.mark.parametrize("stub", [True, False], ids=["beside the stub", "without a stub"])
def test_a_file_that_may_be_the_module_is_named(path: str, stub: bool, tmp_path: Path) -> None:
    files = {"course/welcome.py": b"", path: RIGHT, **({"course/losses.py": STUB} if stub else {})}
    (note,) = handed(tmp_path / "ada", files).notes
    assert note == Note(
        "losses", f"This file may be meant: '{path}'. Only course/losses.py is graded."
    )


@pytest.mark.parametrize(
    "path",
    [
        *("course/loss_curves.py", "course/helpers.py", "losses.csv", "course/losses.pyc"),
        *("1_loss_functions.ipynb", "course/__pycache__/losses.py", "course/.losses.py"),
    ],
)
def test_other_files_are_not_mistaken_for_it(path: str, tmp_path: Path) -> None:
    assert notes(tmp_path / "ada", {"course/losses.py": STUB, path: RIGHT}) == []


def test_a_copy_of_what_is_graded_is_not_named(tmp_path: Path) -> None:
    assert notes(tmp_path / "ada", {"course/losses.py": RIGHT, "old/losses.py": RIGHT}) == []


def test_the_projects_own_modules_are_not_named(tmp_path: Path) -> None:
    files = {"course/losses.py": STUB, "solutions/losses.py": RIGHT}
    files |= {"autograder/exercises/losses.py": b"", "tests/test_losses.py": b""}
    assert notes(tmp_path / "ada", files) == []


def test_a_zip_file_beside_the_modules_is_named(tmp_path: Path) -> None:
    files = {"course/losses.py": STUB, "course.zip": zip_of({"course/losses.py": RIGHT})}
    assert notes(tmp_path / "ada", files) == [
        "'course.zip' was not opened, because there is a course/ as well."
    ]


def test_look_alikes_in_a_zip_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "ada.zip").write_bytes(zip_of({"course/losses (1).py": RIGHT}))
    (note,) = read_submission(Handed("ada", tmp_path / "ada.zip")).notes
    assert "'course/losses (1).py'" in note.text


def test_a_note_makes_another_submission(tmp_path: Path) -> None:
    """What was graded before is graded again when a look-alike comes: its card says more."""
    before = handed(tmp_path / "ada", {"course/losses.py": STUB}).digest
    assert handed(tmp_path / "ada", {"losses.py": RIGHT}).digest != before


def test_a_package_of_the_course_is_not_to_be_hidden(tmp_path: Path) -> None:
    (note,) = notes(tmp_path / "ada", {"course/losses.py": STUB, "lab.py": b""})
    assert note == "'lab.py' hides a package that the lessons need; rename it."


# -- functions in notebooks -----------------------------------------------------------------------


@pytest.mark.parametrize("in_lines", [True, False])
def test_a_function_in_a_notebook_is_named(in_lines: bool, tmp_path: Path) -> None:
    source = "import numpy as np\n\ndef softmax(logits):\n    return 0\n"
    cell = {"cell_type": "code", "source": source.splitlines(keepends=True) if in_lines else source}
    notebook = json.dumps({"cells": [cell]}).encode()
    found = handed(tmp_path / "ada", {"course/losses.py": STUB, "1.ipynb": notebook})
    assert found.notes == (
        Note(
            "softmax",
            "There is a `softmax` in the notebook '1.ipynb': it belongs in course/losses.py.",
        ),
    )


def test_the_lessons_define_no_exercise(tmp_path: Path) -> None:
    names = {exercise.name for exercise in EXERCISES}
    for lesson in LESSONS:
        notebook = (LESSONS_FOLDER / f"{lesson.name}.ipynb").read_bytes()
        files = {f"course/{lesson.module}.py": STUB, f"{lesson.name}.ipynb": notebook}
        found = handed(tmp_path / lesson.name, files)
        assert [note for note in found.notes if note.about in names] == []


# -- what a file is -------------------------------------------------------------------------------


def kinds() -> Iterator[tuple[bytes, str]]:
    text = RIGHT.decode()
    yield text.encode("utf-16"), "is text in UTF-16"
    yield text.encode("utf-16-le"), "holds zero bytes, as text in UTF-16 does"
    yield "# naïve\nx = 1\n".encode("cp1252"), "is not UTF-8 from line 1 on"
    yield b'{"cells": [], "nbformat": 4}', "is a notebook, not a Python file"
    yield b'\n{\n "cells": []}', "is a notebook, not a Python file"
    yield b"{\\rtf1\\ansi " + RIGHT, "is a document in rich text (RTF)"
    yield b"<!DOCTYPE html><html>", "is a web page"
    yield b"```python\n" + RIGHT + b"```\n", "begins with ```"
    yield zip_of({"word/document.xml": b""}), "is a zip file or an office document"


@pytest.mark.parametrize(("content", "says"), [*kinds()], ids=[says for _, says in kinds()])
def test_a_file_that_is_no_python_is_called_what_it_is(
    content: bytes, says: str, tmp_path: Path
) -> None:
    (note,) = handed(tmp_path / "ada", {"course/losses.py": content}).notes
    assert note.about == "losses"
    assert note.text.startswith(f"course/losses.py {says}")


@pytest.mark.parametrize(
    "content",
    [RIGHT, b"", b"\xef\xbb\xbf" + RIGHT, b"# -*- coding: latin-1 -*-\n# na\xefve\n", b"{}\n"],
    ids=["right", "empty", "with a mark", "latin-1", "braces"],
)
def test_a_python_file_is_called_nothing(content: bytes) -> None:
    assert misread(content) == ""
