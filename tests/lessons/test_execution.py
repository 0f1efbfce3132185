"""Every lesson runs from top to bottom in a real kernel, with nothing and with all written."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.exercises import LESSONS, exercises_of
from autograder.making import notebook, solution_text, stub

ROOT = Path(__file__).parents[2]
NAMES = [*(lesson.name for lesson in LESSONS), "glossary"]


@pytest.fixture(params=["stubs", "solutions"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A learner's folder with nothing written, or with everything; which of the two it is."""
    course = tmp_path / "course"
    course.mkdir()
    (course / "__init__.py").touch()
    for lesson in LESSONS:
        text = solution_text(lesson.module)
        if request.param == "stubs":
            text = stub(text, lesson.module)
        (course / f"{lesson.module}.py").write_text(text, encoding="utf-8")
    (tmp_path / "lessons").mkdir()
    return request.param


@pytest.mark.parametrize("name", NAMES)
def test_lesson_runs_from_top_to_bottom(
    name: str, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    source = ROOT / "lessons" / "sources" / f"{name}.py"
    found = nbformat.reads(notebook(source), as_version=4)
    resources = {"metadata": {"path": str(tmp_path / "lessons")}}
    NotebookClient(found, timeout=120, resources=resources).execute()  # raises where a cell does

    cards = {}
    for cell in found.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/html", "")
            if 'aria-label="Feedback"' in text:
                cards[cell.source] = text
    expected = "not written yet" if written == "stubs" else "everything holds"
    names = [each.name for each in exercises_of(name)]
    assert list(cards) == [f'check("{each}")' for each in names]
    for card in cards.values():
        assert expected in card


def test_lessons_have_no_outputs_in_the_project() -> None:
    for path in (ROOT / "lessons").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None
