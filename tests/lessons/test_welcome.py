"""Lesson 0: what it says about the course and its cards agrees with the course and its cards."""

import re
from pathlib import Path

import pytest

from autograder.exercises import LESSONS
from autograder.feedback import MARKS, WORDS
from autograder.outcomes import Outcome

SOURCES = Path(__file__).parents[2] / "lessons" / "sources"
WELCOME = (SOURCES / "0_welcome.py").read_text(encoding="utf-8")


def test_welcome_lists_every_lesson_with_its_minutes():
    listed = re.findall(r"^# \| (\d) · ([\w ]+?) \|.*\| (\d+) \|$", WELCOME, flags=re.MULTILINE)
    manifest = [(each.name[0], each.title, str(each.minutes)) for each in LESSONS[1:]]
    assert listed == manifest


@pytest.mark.parametrize("lesson", LESSONS[:2], ids=lambda lesson: lesson.name)
def test_lesson_opens_with_its_title_and_minutes(lesson):
    source = (SOURCES / f"{lesson.name}.py").read_text(encoding="utf-8")
    assert f"\n# # {lesson.name[0]} · {lesson.title}\n" in source
    assert f"About {lesson.minutes} minutes" in source


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.PROTOCOL_VIOLATION])
def test_welcome_says_what_to_do_about_each_outcome(outcome):
    whole = {
        Outcome.PASSED: "everything holds",
        Outcome.FAILED: "something does not hold yet",
    }
    words = whole.get(outcome, WORDS.get(outcome, str(outcome)))
    first_column = re.findall(r"^# \| ([^|]+) \|", WELCOME, flags=re.MULTILINE)
    said = [part.strip() for cell in first_column for part in cell.split(",")]
    assert f"{MARKS[outcome]} {words}" in said
