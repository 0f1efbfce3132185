"""What learners read: check cells, quizzes and key terms of the lessons."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_of
from autograder.maintain.verify.disagreement import (
    MANIFEST,
    Disagreement,
    absent,
    of_each,
    parsed,
    text_of,
)

CHECK_CELL = re.compile(r'^check\("(?P<name>\w+)"\)$', re.MULTILINE)
HEADING = re.compile(r"^# #{2,4} (?P<text>.+)$", re.MULTILINE)
KEY_TERMS = re.compile(r"^# ## Key terms$(?P<section>.*?)^# ## ", re.MULTILINE | re.DOTALL)
KEY_TERM = re.compile(r"^# - \*\*(?P<term>[^*]+)\*\*", re.MULTILINE)
GLOSSARY = "lessons/glossary.toml"
OTHER_PAGES = {"glossary"}  # sources of pages that are not lessons


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Lessons that are missing or left over, and what they lack."""
    names = {lesson.name for lesson in LESSONS} | OTHER_PAGES
    for path in sorted((root / "lessons" / "sources").glob("*.py")):
        if path.stem not in names:
            what, remedy = "no lesson of the manifest has this name", "add the lesson to LESSONS in"
            yield Disagreement(f"lessons/sources/{path.name}", what, f"{remedy} {MANIFEST}")
    for lesson in LESSONS:
        where = f"lessons/sources/{lesson.name}.py"
        yield from parsed(root, where, "write the lesson")
        if (root / where).is_file():
            text = text_of(root / where)
            yield from _check_cells(where, text, lesson.name)
            yield from _quiz(root, lesson.name)
            yield from _key_terms(root, where, text, lesson.name)


def headings_of(root: Path, number: str) -> set[str]:
    """The headings of the sections of a lesson; none where the lesson is missing."""
    sources = [f"{lesson.name}.py" for lesson in LESSONS if lesson.name.startswith(f"{number}_")]
    texts = [text_of(root / "lessons" / "sources" / name) for name in sources]
    return {heading.strip() for text in texts for heading in HEADING.findall(text)}


def _check_cells(where: str, text: str, lesson: str) -> Iterator[Disagreement]:
    cells = CHECK_CELL.findall(text)
    for exercise in exercises_of(lesson):
        count = cells.count(exercise.name)
        if count != 1:
            what = f"`{exercise.name}` has {count} check cells"
            yield Disagreement(where, what, f'write one cell: check("{exercise.name}")')
    unknown = sorted({*cells} - {exercise.name for exercise in EXERCISES})
    remedy = "name an exercise of the lesson"
    yield from of_each(unknown, where, 'check("{}") checks no exercise', remedy)


def _quiz(root: Path, lesson: str) -> Iterator[Disagreement]:
    where = f"lessons/quizzes/{lesson}.json"
    try:
        json.loads((root / where).read_text(encoding="utf-8"))
    except OSError:
        yield absent(where, "write the quiz")
    except ValueError as error:
        yield Disagreement(where, f"is not JSON: {error}", "fix it")


def _key_terms(root: Path, where: str, text: str, lesson: str) -> Iterator[Disagreement]:
    try:
        terms = tomllib.loads((root / GLOSSARY).read_text(encoding="utf-8"))["terms"]
    except (OSError, ValueError, KeyError) as error:
        yield Disagreement(GLOSSARY, f"cannot be read: {error}", "fix it")
        return
    found = KEY_TERMS.search(text)
    if found is None:
        yield Disagreement(where, "has no section “Key terms”", "write it before the sources")
        return
    said = {term.lower() for term in KEY_TERM.findall(found["section"])}
    known = {term["term"].lower(): term["lesson"] for term in terms}
    what = f"lacks “{{}}”, a key term of {lesson}"
    yield from of_each(sorted(said - {*known}), GLOSSARY, what, "define it, in one sentence")
    unsaid = sorted(name for name, home in known.items() if home == lesson and name not in said)
    remedy = f"repeat the definition of {GLOSSARY}"
    yield from of_each(unsaid, where, "its key terms lack “{}”", remedy)
