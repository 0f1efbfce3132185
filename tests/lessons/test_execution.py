"""Every lesson runs from top to bottom in a real kernel, with nothing and with all written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.exercises.manifest import LESSONS, exercises_of
from autograder.maintain.make import notebook, solution_text, stub

ROOT = Path(__file__).parents[2]
NAMES = [lesson.name for lesson in LESSONS]
FORGETTING = "%reset -f"  # as after a restart: a lesson may not live on names of another's
# Each picture is drawn in test_pictures_*.py. With pictures and in a kernel of its own, each lesson
# runs solved in tests/docs/test_book.py, and with nothing written in tests/test_wheel.py.
WITHOUT_PIXELS = "from lab.pictures import Picture\nPicture.png = lambda picture: b''"


def write_course(folder: Path, written: str) -> None:
    """Write a learner's modules with nothing written, or with everything."""
    course = folder / "course"
    course.mkdir()
    (course / "__init__.py").touch()
    for lesson in LESSONS:
        text = solution_text(lesson.module)
        if written == "stubs":
            text = stub(text, lesson.module)
        (course / f"{lesson.module}.py").write_text(text, encoding="utf-8")


@contextmanager
def kernel(folder: Path) -> Iterator[NotebookClient]:
    """A kernel that runs in the lessons of a learner's folder."""
    (folder / "lessons").mkdir()
    places = {"PYTHONPATH": str(folder), "IPYTHONDIR": str(folder / "ipython")}
    # Starting a kernel takes a second of computing; on a busy machine that can be a minute.
    client = NotebookClient(
        nbformat.v4.new_notebook(), kernel_name="python3", timeout=300, startup_timeout=300
    )
    with client.setup_kernel(cwd=str(folder / "lessons"), env={**os.environ, **places}):
        yield client


def run(client: NotebookClient, name: str, before: str = "") -> list[nbformat.NotebookNode]:
    """The cells of a lesson with their outputs; raises where one of them does."""
    client.nb = nbformat.reads(notebook(ROOT / "lessons" / "sources" / f"{name}.py"), as_version=4)
    client.nb.cells.insert(0, nbformat.v4.new_code_cell(before))
    client.reset_execution_trackers()
    for number, cell in enumerate(client.nb.cells):
        client.execute_cell(cell, number)
    return client.nb.cells[1:]


def assert_cards_say_how_far(cells: list[nbformat.NotebookNode], name: str, written: str) -> None:
    """Each exercise of a lesson has its card, which says that it holds, or is to be written."""
    cards = {}
    for cell in cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/html", "")
            if 'aria-label="Feedback"' in text:
                cards[cell.source] = text
    unwritten = "not repaired yet" if name == "7_broken_runs" else "not written yet"
    expected = unwritten if written == "stubs" else "everything holds"
    assert list(cards) == [f'check("{each.name}")' for each in exercises_of(name)]
    for card in cards.values():
        assert expected in card


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(each, marks=pytest.mark.xdist_group(f"lessons with {each}"))
        for each in ("stubs", "solutions")
    ],
)
def learner(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, NotebookClient]]:
    """What is written, and one kernel for all lessons."""
    folder = tmp_path_factory.mktemp("learner")
    write_course(folder, request.param)
    with kernel(folder) as client:
        yield request.param, client


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_lesson_runs_from_top_to_bottom(name: str, learner: tuple[str, NotebookClient]) -> None:
    written, client = learner
    before = f"{FORGETTING}\n{WITHOUT_PIXELS}"
    assert_cards_say_how_far(run(client, name, before), name, written)


def test_glossary_runs_without_a_folder_of_the_learner(tmp_path: Path) -> None:
    with kernel(tmp_path) as client:
        cells = run(client, "glossary")
    assert all(cell.get("outputs") for cell in cells if cell.cell_type == "code")


def test_lessons_have_no_outputs_in_the_project() -> None:
    for path in (ROOT / "lessons").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None
