"""Lesson 1 of a site as its first visitor does it."""

from typing import Any

import pytest

from autograder.maintain.make import solution_text

pytestmark = [pytest.mark.exhaustive, pytest.mark.timeout(1800)]
LOOP = "\n\ndef softmax(logits):\n    while True:\n        pass\n"


def test_lesson_1_from_the_first_click_to_a_green_softmax_and_out_of_a_loop(
    address: str, visit: Any
) -> None:
    lesson = visit(address)
    assert "not written yet" in lesson.run('check("softmax")')
    lesson.write("course/losses.py", solution_text("losses") + LOOP)
    assert "no answer within 5 s" in lesson.run('check("softmax")')
    lesson.write("course/losses.py", solution_text("losses"))
    assert "everything holds" in lesson.run('check("softmax")')  # the kernel lives
    lesson.page.reload()
    lesson.page.wait_for_function(
        "document.querySelector('#jp-main-statusbar')?.innerText.includes('of 47')"
    )
    assert lesson.read("course/losses.py") == solution_text("losses")
    assert lesson.elsewhere == []
    assert lesson.complaints == []


def test_a_site_is_small_enough(site: Any) -> None:
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < 60e6
