"""A learner's first lesson, in a real browser: open, run, write, save, check, green."""

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.maintain.make import stub

ROOT = Path(__file__).parents[2]
SOLUTION = """import numpy as np


def mean_squared_error(predictions, targets):
    predictions = np.asarray(predictions, dtype=float)
    targets = np.asarray(targets, dtype=float)
    if predictions.shape != targets.shape:
        raise ValueError("predictions and targets differ in shape")
    return float(np.mean((predictions - targets) ** 2))
"""
QUIET = ("favicon",)


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    """A learner's folder as a fresh clone has it: unsolved modules and the notebooks."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "__init__.py").touch()
    for path in (ROOT / "solutions").glob("*.py"):
        if path.stem != "__init__":
            text = stub(path.read_text(encoding="utf-8"), path.stem)
            (tmp_path / "course" / path.name).write_text(text, encoding="utf-8")
    (tmp_path / "lessons").mkdir()
    for path in (ROOT / "lessons").glob("*.ipynb"):
        shutil.copy(path, tmp_path / "lessons")
    return tmp_path


@pytest.fixture
def descent(learner: Path, serve: Any) -> str:
    """`descent lab 1` running on that folder; its address."""
    (port,) = serve.free_ports(1)
    address = f"http://127.0.0.1:{port}"
    start = "from autograder.commands.main import main; main()"
    command = [sys.executable, "-c", start, "lab", "1", "--no-browser"]
    command += [f"--ServerApp.port={port}", "--IdentityProvider.token=only-for-tests"]
    command += ["--LabApp.expose_app_in_browser=True"]
    serve(command, f"{address}/api?token=only-for-tests", learner, dict(os.environ))
    return address


def test_lesson_turns_green_when_its_function_is_written(
    browser: Any, descent: str, learner: Path
) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(180_000)
    troubles: list[str] = []
    page.on(
        "request",
        lambda request: (
            troubles.append(request.url)
            if not request.url.startswith((descent, "ws://127.0.0.1", "data:", "blob:"))
            else None
        ),
    )
    page.on(
        "console",
        lambda message: troubles.append(message.text) if message.type == "error" else None,
    )
    page.goto(f"{descent}/lab/workspaces/lesson-1?token=only-for-tests")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    page.wait_for_selector(".jp-FileEditor .cm-content")
    notebook = page.locator(".jp-NotebookPanel").bounding_box()
    editor = page.locator(".jp-FileEditor").bounding_box()
    assert notebook["x"] + notebook["width"] <= editor["x"] + 2  # notebook left, module right
    assert page.locator(".jp-toast-toolbar, .Toastify__toast").count() == 0  # no pop-up

    run_all(page)
    assert "not written yet" in card(page).text_content()

    page.locator(".jp-FileEditor .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(SOLUTION)
    page.keyboard.press("Control+s")
    path = learner / "course" / "losses.py"
    wait_until(lambda: path.read_text(encoding="utf-8") == SOLUTION)

    run_check_cell(page)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[role=group][aria-label=Feedback]')]"
        ".some(card => card.textContent.includes('everything holds'))"
    )
    assert "3 of 3 points" in card(page).text_content()
    assert [each for each in troubles if not any(quiet in each for quiet in QUIET)] == []


def run_all(page: Any) -> None:
    page.evaluate(
        """async () => {
          const app = window.jupyterapp;
          const panel = [...app.shell.widgets('main')].find(w => w.content?.activeCell);
          app.shell.activateById(panel.id);
          await panel.sessionContext.ready;
          await app.commands.execute('notebook:run-all-cells');
        }"""
    )
    page.wait_for_function(
        """() => {
          const widgets = [...window.jupyterapp.shell.widgets('main')];
          const panel = widgets.find(w => w.content?.activeCell);
          return panel.sessionContext.session?.kernel?.status === 'idle';
        }"""
    )


def run_check_cell(page: Any) -> None:
    """Run the cell that checks the exercise, as its learner would with Shift+Enter."""
    page.evaluate(
        """async () => {
          const app = window.jupyterapp;
          const panel = [...app.shell.widgets('main')].find(w => w.content?.activeCell);
          app.shell.activateById(panel.id);
          const cells = panel.content.widgets;
          panel.content.activeCellIndex = cells.findIndex(
            cell => cell.model.sharedModel.getSource() === 'check("mean_squared_error")');
          await app.commands.execute('notebook:run-cell');
        }"""
    )


def card(page: Any) -> Any:
    """The card of the exercise."""
    return page.locator("[role=group][aria-label=Feedback]").first


def wait_until(holds: Any, seconds: float = 180.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
