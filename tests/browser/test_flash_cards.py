"""Flash cards in JupyterLab: by keyboard alone, in both themes, and folded in a saved notebook."""

import pytest

CELL = 'from lab import flash_cards\n\nflash_cards("4_optimizers")'
FOCUSED = "document.activeElement.textContent"
COLORS = """() => [
  getComputedStyle(document.querySelector(".flash-term")).color,
  getComputedStyle(document.querySelector(".flash-card")).backgroundColor,
]"""


@pytest.fixture
def opened(stage):
    """The page with the cards, none of which has been turned."""
    stage.show(CELL, views=0)
    stage.page.wait_for_selector(".flash-card")
    return stage.page


def luminance(color):
    """Relative luminance of a CSS color such as ``rgb(17, 17, 17)`` (WCAG 2.2)."""
    parts = [float(part) / 255 for part in color.strip("rgba()").split(",")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_flash_cards_are_legible_in_the_theme(opened, jupyter, theme):
    with jupyter.themed(opened, theme):
        text, paper = opened.evaluate(COLORS)
    light, dark = sorted([luminance(text), luminance(paper)], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7  # AAA for text of any size


def test_flash_cards_turn_and_count_by_keyboard_and_say_what_they_show(opened):
    page = opened
    assert page.inner_text(".flash-count") == "0 of 8 known"
    assert page.inner_text(".flash-back") == ""
    page.get_by_role("button", name="Turn over").focus()
    page.keyboard.press("Enter")
    assert page.inner_text(".flash-back").startswith("also: stochastic gradient descent")
    page.wait_for_function(
        "document.querySelector('.flash-live').textContent.includes('drawn at random')"
    )
    assert page.evaluate(FOCUSED) == "I knew it"
    page.keyboard.press("Enter")
    assert page.inner_text(".flash-count") == "1 of 8 known"
    second = page.inner_text(".flash-term")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Ask me again"
    page.keyboard.press("Enter")
    assert page.inner_text(".flash-count") == "1 of 8 known"
    assert page.inner_text(".flash-term") != second


@pytest.mark.exhaustive
def test_live_cards_hide_the_folded_copy_that_saved_notebooks_show(
    jupyter, write_notebook, tmp_path
):
    write_notebook(tmp_path / "cards.ipynb", [CELL])
    page = jupyter.open(tmp_path / "cards.ipynb")
    jupyter.run_all(page)
    page.wait_for_selector(".flash-card")
    assert page.locator(".flash-copy details").count() == 8
    assert not page.locator(".flash-copy").is_visible()
    jupyter.save(page)
    jupyter.leave(page)
    reopened = jupyter.open(tmp_path / "cards.ipynb")
    reopened.wait_for_selector(".flash-copy")
    reopened.get_by_text("Error").first.wait_for(state="attached")  # it has looked for a widget
    assert reopened.locator(".flash-copy summary").first.is_visible()
    assert reopened.locator(".flash-card").count() == 0
    assert "Error" not in reopened.inner_text(".jp-OutputArea")
    reopened.context.close()
