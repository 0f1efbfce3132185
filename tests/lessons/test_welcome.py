"""Lesson 0: what it says about the course and its cards agrees with the course and its cards."""

import re
from pathlib import Path

import pytest

from autograder.exercises.manifest import LESSONS
from autograder.learner.card import MARKS, WORDS
from autograder.maintain.verify.minutes import minutes_of
from autograder.sandbox.outcomes import Outcome

SOURCES = Path(__file__).parents[2] / "lessons" / "sources"
WELCOME = (SOURCES / "0_welcome.py").read_text(encoding="utf-8")
NUMBERS = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven"}

LISTED = re.findall(
    r"^# \| (\d) · ([\w ]+?) \| [^|]+ \| (\d+) \| (\d+) \|$", WELCOME, flags=re.MULTILINE
)


def test_welcome_lists_every_lesson_with_its_minutes():
    manifest = [(lesson.name[0], lesson.title, str(lesson.minutes)) for lesson in LESSONS[1:]]
    assert [row[:3] for row in LISTED] == manifest


@pytest.mark.parametrize("lesson", LESSONS[1:], ids=lambda lesson: lesson.name)
def test_lesson_opens_with_the_minutes_that_the_welcome_lists(lesson):
    source = (SOURCES / f"{lesson.name}.py").read_text(encoding="utf-8")
    opening = " ".join(source.split("\n# %%")[1].replace("\n# ", " ").split())
    (writing,) = (row[3] for row in LISTED if row[0] == lesson.name[0])
    assert f"**About {lesson.minutes} minutes** to read and play, about {writing} more" in opening


def test_welcome_adds_the_minutes_up():
    minutes = sum(int(row[2]) + int(row[3]) for row in LISTED)
    (said,) = re.findall(r"That is about (\w+) hours in all", WELCOME)
    assert said == NUMBERS[round(minutes / 60)]


def test_welcome_turns_green_within_two_minutes():
    before, _ = WELCOME.split('\n# %%\ncheck("distance")')
    reading = minutes_of(before.replace("### Write it: distance", "### Distance"))
    writing = 0.5  # one line, and a save
    assert reading + writing < 2


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
