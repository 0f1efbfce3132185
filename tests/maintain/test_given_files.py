"""A learner's folder is begun, and updated without the loss of a line that a person wrote."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.maintain import given_files
from autograder.maintain.given_files import Fate, NotAFolderForThis, begin, merged, update

ROOT = Path(__file__).parents[2]
STUB = '''def f(x):
    """Return twice x.

    Old words.
    """
    raise NotImplementedError("f: not written yet")


def g(x):
    """Return x."""
    raise NotImplementedError("g: not written yet")
'''
CELLS = ["# Lesson", "Read this.", "check('f')"]


def notebook(*sources: str, **more: Any) -> str:
    cells = [
        {"cell_type": "markdown", "id": f"id-{abs(hash(text)) % 10**6}", "source": text, **more}
        for text in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def sources(path: Path) -> list[str]:
    return [each["source"] for each in json.loads(path.read_text(encoding="utf-8"))["cells"]]


@pytest.fixture
def course(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the course gives, to be changed for a new version."""
    files = {"course/f.py": STUB, "lessons/1_f.ipynb": notebook(*CELLS)}
    monkeypatch.setattr(given_files, "given_files", lambda: dict(files))
    return files


@pytest.fixture
def folder(tmp_path: Path, course: dict[str, str]) -> Path:
    """A folder that was begun with the old version, in a place with a difficult name."""
    root = tmp_path / "Übung für x"
    begin(root)
    return root


def test_begin_gives_course_and_lessons_and_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "mein Kurs é"
    names = begin(root)
    assert sorted(each.name for each in root.iterdir()) == [".descent", "course", "lessons"]
    assert {path.name for path in (root / "course").iterdir()} == {
        path.name for path in (ROOT / "course").glob("*.py")
    }
    assert len(names) == len(list(root.glob("course/*")) + list(root.glob("lessons/*")))
    assert (root / "course" / "__init__.py").read_text() == given_files.INIT
    assert (ROOT / "course" / "__init__.py").read_text() == given_files.INIT
    with pytest.raises(NotAFolderForThis, match="nothing of it is overwritten"):
        begin(root)
    assert update(root) == []


def test_update_leaves_clones_and_assignments_to_others(tmp_path: Path) -> None:
    with pytest.raises(NotAFolderForThis, match="git pull"):
        update(ROOT)
    (tmp_path / "1_f.ipynb").touch()
    with pytest.raises(NotAFolderForThis, match="your instructor"):
        update(tmp_path)


def test_update_merges_words_of_the_course_and_a_learners_code(
    folder: Path, course: dict[str, str]
) -> None:
    path = folder / "course" / "f.py"
    mine = STUB.replace('    raise NotImplementedError("f: not written yet")', "    return 2 * x")
    path.write_bytes(mine.replace("\n", "\r\n").encode())
    course["course/f.py"] = STUB.replace("Old words", "New words") + "\n\ndef h():\n    pass\n"
    (done,) = update(folder)
    assert (done.name, done.fate, done.beside) == ("course/f.py", Fate.MERGED, "")
    text = path.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n")
    for line in ("New words", "return 2 * x", "def h"):
        assert line in text
    assert update(folder) == []


def test_update_puts_the_new_version_beside_where_the_same_lines_changed(
    folder: Path, course: dict[str, str]
) -> None:
    path = folder / "course" / "f.py"
    mine = STUB.replace("Old words", "My notes")
    path.write_text(mine)
    course["course/f.py"] = STUB.replace("Old words", "New words")
    (done,) = update(folder)
    assert (done.fate, done.beside) == (Fate.BESIDE, "course/f.new.py")
    assert path.read_text() == mine
    assert "New words" in (folder / done.beside).read_text()
    assert update(folder) == []


def test_update_renews_what_nobody_changed_and_adds_what_is_new(
    folder: Path, course: dict[str, str]
) -> None:
    course["course/f.py"] = STUB.replace("Old words", "New words")
    course["course/k.py"] = "K = 1\n"
    course["lessons/1_f.ipynb"] = notebook(*CELLS, "More.")
    found = {each.name: each.fate for each in update(folder)}
    assert found == {
        "course/f.py": Fate.UPDATED,
        "course/k.py": Fate.ADDED,
        "lessons/1_f.ipynb": Fate.UPDATED,
    }
    (folder / "course" / "k.py").unlink()
    assert update(folder) == []  # deleted on purpose


def test_update_leaves_a_written_module_that_is_not_new(folder: Path) -> None:
    (folder / "course" / "f.py").write_bytes(b"\xff not UTF-8")
    assert update(folder) == []


def test_update_merges_a_notebook_cell_by_cell_and_keeps_its_outputs(
    folder: Path, course: dict[str, str]
) -> None:
    path = folder / "lessons" / "1_f.ipynb"
    path.write_text(notebook("# Lesson", "Read this.", "My answer", "check('f')", outputs=["seen"]))
    course["lessons/1_f.ipynb"] = notebook("# Lesson, renewed", *CELLS[1:], "The end.")
    (done,) = update(folder)
    assert (done.fate, done.beside) == (Fate.MERGED, "")
    assert sources(path) == [
        *("# Lesson, renewed", "Read this.", "My answer", "check('f')", "The end."),
    ]
    cells = json.loads(path.read_text())["cells"]
    assert [each.get("outputs") for each in cells] == [None, *[["seen"]] * 3, None]


@pytest.mark.parametrize(
    "mine",
    [notebook("# Lesson", "Mine", "check('f')"), "not a notebook"],
    ids=["changed", "not a notebook"],
)
def test_update_keeps_a_notebook_beside_that_cannot_be_merged(
    folder: Path, course: dict[str, str], mine: str
) -> None:
    path = folder / "lessons" / "1_f.ipynb"
    path.write_text(mine)
    course["lessons/1_f.ipynb"] = notebook("# Lesson", "Read that.", "check('f')")
    (done,) = update(folder)
    assert (done.fate, done.beside) == (Fate.REPLACED, "lessons/1_f.kept-1.ipynb")
    assert (folder / done.beside).read_text() == mine
    assert sources(path) == ["# Lesson", "Read that.", "check('f')"]


def test_update_without_a_record_of_what_was_given(folder: Path, course: dict[str, str]) -> None:
    for path in (folder / ".descent" / "given").rglob("*.*"):
        path.unlink()
    course["course/f.py"] = STUB + "\n# more\n"
    (done,) = update(folder)
    assert (done.fate, done.beside) == (Fate.BESIDE, "course/f.new.py")


LINES = st.lists(st.sampled_from("abcdef"), max_size=8)


@given(base=LINES, mine=LINES, new=LINES)
@settings(max_examples=200)
def test_merge_loses_no_line_that_either_side_wrote(
    base: list[str], mine: list[str], new: list[str]
) -> None:
    found = merged(base, mine, new)
    assert merged(base, mine, base) == mine
    assert merged(base, base, new) == new
    if found is not None:
        assert Counter(mine) - Counter(base) <= Counter(found)
        assert merged(base, new, mine) in (found, None)
