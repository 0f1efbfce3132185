"""Every lesson runs from top to bottom in a real kernel, with nothing and with all written."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.exercises.manifest import LESSONS, exercises_of
from autograder.maintain.make import notebook, solution_text, stub

ROOT = Path(__file__).parents[2]
NAMES = [lesson.name for lesson in LESSONS]


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
    return request.param


def executed(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> nbformat.NotebookNode:
    """The notebook of a lesson with its outputs; raises where one of its cells does."""
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    source = ROOT / "lessons" / "sources" / f"{name}.py"
    found = nbformat.reads(notebook(source), as_version=4)
    (folder / "lessons").mkdir()
    resources = {"metadata": {"path": str(folder / "lessons")}}
    # Starting a kernel takes a second of computing; on a busy machine that can be a minute.
    NotebookClient(found, timeout=300, startup_timeout=300, resources=resources).execute()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_lesson_runs_from_top_to_bottom(
    name: str, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = executed(name, tmp_path, monkeypatch)
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


def test_glossary_runs_without_a_folder_of_the_learner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = executed("glossary", tmp_path, monkeypatch)
    assert all(cell.get("outputs") for cell in found.cells if cell.cell_type == "code")


def test_lessons_have_no_outputs_in_the_project() -> None:
    for path in (ROOT / "lessons").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None
