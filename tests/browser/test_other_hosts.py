"""Cards and experiments where no JupyterLab is around them: VS Code, Colab, an exported page.

These hosts cannot be started here. What they leave on the page is known (VS Code documents the
classes of the body, Colab sets `theme` on the document), so pages with the same marks stand in.
"""

from pathlib import Path
from typing import Any

import pytest

from autograder.grading.results import (
    GRADED,
    CriterionResult,
    SubmissionResult,
    exercise_result,
)
from autograder.learner.card import card_html
from autograder.sandbox.outcomes import Outcome

STATIC = Path(__file__).parents[2] / "lab" / "static"
SHEETS = [STATIC / "shared" / "frame.css", *sorted(STATIC.glob("reading/*.css"))]
HOSTS = {
    "VS Code, light": ("<html>", "vscode-light", "#ffffff", "#3b3b3b"),
    "VS Code, dark": ("<html>", "vscode-dark", "#1e1e1e", "#cccccc"),
    "Colab, dark": ("<html theme='dark'>", "", "#383838", "#d5d5d5"),
    "a plain page": ("<html>", "", "#ffffff", "#000000"),
}
READABLE = 4.5  # contrast of text, WCAG 2.2, level AA
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colors) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (!text) continue;
    const behind = [];
    for (let e = walker.currentNode.parentElement; e; e = e.parentElement) {
      behind.unshift(getComputedStyle(e).backgroundColor);
    }
    const ink = getComputedStyle(walker.currentNode.parentElement).color;
    const [a, b] = [over(behind), over([...behind, ink])].map(light);
    found.push([text, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)]);
  }
  return found;
}"""


def criterion(outcome: Outcome, message: str = "") -> CriterionResult:
    passed = outcome is Outcome.PASSED
    return CriterionResult("a", f"is {outcome}", 1.0, passed, outcome, False, message)


def result() -> SubmissionResult:
    """A result with every kind of line."""
    parts = [
        ("softmax", (criterion(Outcome.PASSED), criterion(Outcome.FAILED, "Expected 1, got 2."))),
        ("sigmoid", (criterion(Outcome.NOT_WRITTEN, "Write `sigmoid` in course/losses.py."),)),
    ]
    graded = tuple(exercise_result(name, "losses", 3.0, rows) for name, rows in parts)
    return SubmissionResult("", GRADED, 1.0, 6.0, 0.0, None, 0.0, graded, printed="seen")


@pytest.mark.parametrize("host", HOSTS)
def test_text_of_a_card_can_be_read(browser: Any, host: str, picture: Any) -> None:
    top, kind, paper, ink = HOSTS[host]
    page = browser.new_page()
    style = f"background: {paper}; color: {ink}"
    card = card_html(result(), ("A note.",)).replace("<details", "<details open")
    page.set_content(f"<!doctype html>{top}<body class='{kind}' style='{style}'>{card}")
    contrasts = page.evaluate(CONTRASTS)
    picture(page, f"card in {host}")
    page.close()
    assert len(contrasts) > 15
    assert [row for row in contrasts if row[1] < READABLE] == []


@pytest.mark.parametrize("host", HOSTS)
def test_experiments_know_dark_from_light_and_hide_their_still_copies(
    browser: Any, host: str
) -> None:
    top, kind, paper, _ = HOSTS[host]
    page = browser.new_page()
    copies = ("descent-still", "descent"), ("quiz-copy", "quiz"), ("flash-copy", "flash")
    outputs = "".join(
        f"<div class='cell'><div><p class='{still}'>copy</p></div><div><p class='{live}'>live</p>"
        f"</div></div><div class='cell'><div><p class='{still}'>dead</p></div></div>"
        for still, live in copies
    )
    sheets = "".join(f"<style>{path.read_text(encoding='utf-8')}</style>" for path in SHEETS)
    page.set_content(f"<!doctype html>{top}<body class='{kind}'>{sheets}{outputs}")
    shown = page.evaluate(
        "[...document.querySelectorAll('p')].filter((e) => e.checkVisibility())"
        ".map((e) => e.textContent)"
    )
    ground = page.evaluate(
        "getComputedStyle(document.querySelector('.descent')).backgroundColor.match(/\\d+/)[0]"
    )
    page.close()
    assert shown == ["live", "dead"] * len(copies)
    assert (int(ground) < 128) == (paper not in ("#ffffff",))
