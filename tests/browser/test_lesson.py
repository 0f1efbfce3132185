"""A learner's first lesson, in a real browser: open, check, write, save, green."""

from pathlib import Path
from typing import Any

import pytest

from .conftest import descent_lab, learner_written

SOLUTION = """import numpy as np


def mean_squared_error(predictions, targets):
    predictions = np.asarray(predictions, dtype=float)
    targets = np.asarray(targets, dtype=float)
    if predictions.shape != targets.shape:
        raise ValueError("predictions and targets differ in shape")
    return float(np.mean((predictions - targets) ** 2))
"""
QUIET = ("favicon",)
CARD = "[role=group][aria-label=Feedback]"
CARDS = f"[...document.querySelectorAll('{CARD}')].map(card => card.textContent)"


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    """A learner's folder as a fresh clone has it."""
    learner_written(tmp_path)
    return tmp_path


@pytest.fixture
def descent(learner: Path, serve: Any) -> str:
    """`descent lab 1` running on that folder; its address."""
    return descent_lab(serve, learner)


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

    page.wait_for_selector(".jp-CodeCell .cm-content")
    wraps = "() => [...document.querySelectorAll('.jp-CodeCell .cm-content')].map("
    wraps += "code => code.classList.contains('cm-lineWrapping'))"
    assert set(page.evaluate(wraps)) == {True}  # no bar to scroll code with

    assert page.locator(".fd-exercise.fd-passed").count() == 0  # the map
    assert "next: mean_squared_error" in page.locator(".fd-status").text_content()
    run_check_cell(page)  # the first that runs at all: the kernel has begun without the first cell
    page.wait_for_function(f"() => {CARDS}.some(card => card.includes('not written yet'))")

    page.locator(".jp-FileEditor .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(SOLUTION)
    page.keyboard.press("Control+s")
    page.wait_for_selector(".fd-exercise.fd-passed[aria-label='mean_squared_error, holds']")
    page.wait_for_function(f"() => {CARDS}.some(card => card.includes('everything holds'))")
    assert "3 of 3 points" in card(page).text_content()
    assert (learner / "course" / "losses.py").read_text(encoding="utf-8") == SOLUTION
    assert page.locator(".fd-status").text_content().startswith("1 of ")
    assert [each for each in troubles if not any(quiet in each for quiet in QUIET)] == []


def run_check_cell(page: Any) -> None:
    """Run the cell that checks the exercise, as its learner would with Shift+Enter."""
    page.evaluate(
        """async () => {
          const app = window.jupyterapp;
          const panel = [...app.shell.widgets('main')].find(w => w.content?.activeCell);
          app.shell.activateById(panel.id);
          await panel.context.ready;
          const cells = panel.content.widgets;
          panel.content.activeCellIndex = cells.findIndex(
            cell => cell.model.sharedModel.getSource() === 'check("mean_squared_error")');
          await app.commands.execute('notebook:run-cell');
        }"""
    )


def card(page: Any) -> Any:
    """The card of the exercise."""
    return page.locator(CARD).first
