"""What the course map says of a learner's folder, and that asking for it stays cheap."""

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from autograder.atomic_files import write_json
from autograder.exercises.manifest import EXERCISES, LESSONS, Lesson
from autograder.learner.course_map import course_map, lesson_facts
from autograder.learner.folder import LearnerFolder
from lab import EXPERIMENTS
from lab.reading.glossary import read_terms


@pytest.fixture
def folder(tmp_path: Path) -> LearnerFolder:
    (tmp_path / "course").mkdir()
    return LearnerFolder(tmp_path)


def test_map_has_every_lesson_and_exercise_in_course_order(folder: LearnerFolder) -> None:
    lessons = json.loads(json.dumps(course_map(folder)))["lessons"]
    assert [each["name"] for each in lessons] == [each.name for each in LESSONS]
    names = [row["name"] for each in lessons for row in each["exercises"]]
    assert names == [each.name for each in EXERCISES]
    assert all(row["outcome"] == "not written" for each in lessons for row in each["exercises"])


def test_map_shows_what_is_recorded(folder: LearnerFolder) -> None:
    record = folder.root / ".descent"
    entry = {"outcome": "failed", "score": 1.0, "holds": 2, "of": 5}
    write_json(record / "progress.json", {"softmax": entry})
    challenge = next(iter(lesson_facts(LESSONS[0]).challenges))
    write_json(record / "practice.json", {challenge: {"done": "2026-11-23"}})
    folder.remember_place("softmax")
    said = course_map(folder)
    rows = {row["name"]: row for each in said["lessons"] for row in each["exercises"]}
    assert rows["softmax"].items() >= {"outcome": "failed", "holds": 2, "of": 5}.items()
    met = [each["name"] for each in said["lessons"][0]["challenges"] if each["met"]]
    assert met == [challenge]
    assert said["place"] == "softmax"


def test_map_counts_the_flash_cards_that_are_due(folder: LearnerFolder) -> None:
    terms = [term.term for term in read_terms(LESSONS[1].name)][:3]
    days = ("2026-11-01", "2026-11-01", "9999-01-01")
    cards = {term: {"box": 1, "day": day} for term, day in zip(terms, days, strict=True)}
    write_json(folder.root / ".descent" / "cards.json", cards)
    assert [each["cardsDue"] for each in course_map(folder)["lessons"]][:3] == [0, 2, 0]


@pytest.mark.parametrize("content", ["[]", "{", '{"exercise": "no_such"}', '{"exercise": 1}'])
def test_map_stands_what_others_wrote(folder: LearnerFolder, content: str) -> None:
    (folder.root / ".descent").mkdir()
    for name in ("progress", "practice", "place", "cards"):
        (folder.root / ".descent" / f"{name}.json").write_text(content)
    assert course_map(folder)["place"] == ""


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_first_cell_is_what_all_others_need(lesson: Lesson) -> None:
    start = lesson_facts(lesson).start
    assert "from autograder import check" in start
    assert re.search(rf"^from course import .*\b{lesson.module}\b", start, re.MULTILINE)


def test_challenges_are_those_that_the_experiments_define() -> None:
    from lab.widget.experiment import Experiment

    defined = set()
    for module in EXPERIMENTS.values():
        for kind in vars(import_module(module)).values():
            if isinstance(kind, type) and issubclass(kind, Experiment):
                defined |= {goal.name for goal in kind.CHALLENGES}
    shown = {name for lesson in LESSONS for name in lesson_facts(lesson).challenges}
    assert shown == defined


def test_map_needs_no_numpy() -> None:
    code = "import sys, autograder.learner.course_map; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
