"""The card and the experiments look at one `course/`, also where another can be imported."""

import subprocess
import sys
from pathlib import Path

import pytest

WELCOME = "def distance(prediction, target):\n    return {value}\n"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Another checkout's course, importable; the learner's folder is next to it."""
    for name, value in (("elsewhere", -1.0), ("mine", "abs(prediction - target)")):
        course = tmp_path / name / "course"
        course.mkdir(parents=True)
        (course / "__init__.py").touch()
        (course / "welcome.py").write_text(WELCOME.format(value=value))
    (tmp_path / "mine" / "lessons").mkdir()
    return tmp_path / "elsewhere"


def said(code: str, folder: Path, path: Path) -> str:
    """What a notebook's code prints, run in a folder with another one on Python's path."""
    start = f"import sys; sys.path.insert(0, {str(path)!r})\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_lesson_imports_the_course_that_check_reads(elsewhere: Path) -> None:
    mine = elsewhere.parent / "mine"
    code = "from autograder import check\nfrom course import welcome\nprint(welcome.__file__)\n"
    code += "print(check('distance').passed)\n"
    printed = said(code, mine / "lessons", elsewhere)
    assert printed.splitlines() == [str(mine / "course" / "welcome.py"), "True"]


def test_first_cell_and_card_name_both_where_another_course_is_loaded(elsewhere: Path) -> None:
    mine = elsewhere.parent / "mine"
    code = "from course import welcome\nfrom autograder import check\n"
    sentence = (
        f"`check` reads {mine / 'course'}, but this notebook has loaded `course` from "
        f"{elsewhere / 'course'}: restart the kernel and run the first cell of the lesson."
    )
    assert said(code, mine / "lessons", elsewhere) == sentence + "\n"
    card = said(code + "print(check('distance'))\n", mine / "lessons", elsewhere)
    assert "✓ distance: everything holds" in card
    assert card.count(sentence) == 2
    page = said(
        code + "print(check('distance')._repr_mimebundle_()['text/html'])\n", mine, elsewhere
    )
    assert str(elsewhere / "course") in page


def test_course_is_imported_as_before_where_no_folder_is_open(elsewhere: Path) -> None:
    away = elsewhere.parent / "away"
    away.mkdir()
    code = "from autograder import check\nfrom course import welcome\nprint(welcome.__file__)\n"
    assert said(code, away, elsewhere) == f"{elsewhere / 'course' / 'welcome.py'}\n"


def test_card_names_a_function_that_is_only_in_the_notebook(elsewhere: Path) -> None:
    mine = elsewhere.parent / "mine"
    (mine / "course" / "welcome.py").write_text("")
    code = "from autograder import check\ndef distance(prediction, target): return 3\n"
    card = said(code + "print(check('distance'))\n", mine, elsewhere)
    assert card.splitlines()[-1] == (
        "`distance` is defined in this notebook, but `check` reads course/welcome.py: "
        "move it there, and save the file."
    )
