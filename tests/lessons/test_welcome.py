"""Lesson 0: what it says about the course and its cards agrees with the course and its cards."""

import re
from pathlib import Path

import pytest

from autograder.exercises.manifest import LESSONS
from autograder.learner.card import MARKS, WORDS
from autograder.sandbox.outcomes import Outcome

SOURCES = Path(__file__).parents[2] / "lessons" / "sources"
WELCOME = (SOURCES / "0_welcome.py").read_text(encoding="utf-8")


LISTED = re.findall(
    r"^# \| (\d) · ([\w ]+?) \| [^|]+ \| (\d+) \| (\d+) \|$", WELCOME, flags=re.MULTILINE
)


def test_welcome_lists_every_lesson_with_its_minutes():
    manifest = [(each.name[0], each.title, str(each.minutes)) for each in LESSONS[1:]]
    assert [row[:3] for row in LISTED] == manifest


@pytest.mark.parametrize("lesson", LESSONS[1:], ids=lambda lesson: lesson.name)
def test_lesson_opens_with_the_minutes_that_the_welcome_lists(lesson):
    source = (SOURCES / f"{lesson.name}.py").read_text(encoding="utf-8")
    opening = " ".join(source.split("\n# %%")[1].replace("\n# ", " ").split())
    (writing,) = (row[3] for row in LISTED if row[0] == lesson.name[0])
    assert f"**About {lesson.minutes} minutes** to read and play, about {writing} more" in opening


def test_welcome_adds_the_minutes_up():
    (capstone,) = re.findall(r"^# \| Capstone \| [^|]+ \| +\| (\d+) \|$", WELCOME, re.MULTILINE)
    minutes = sum(int(row[2]) + int(row[3]) for row in LISTED) + int(capstone)
    assert 8 * 60 < minutes < 8.5 * 60  # "a little more than eight hours in all"


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
