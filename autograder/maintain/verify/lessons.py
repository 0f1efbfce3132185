"""What learners read: check cells, quizzes and key terms of the lessons."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_of
from autograder.maintain.verify.disagreement import Disagreement, not_imported, parsed

CHECK_CELL = re.compile(r'^check\("(?P<name>\w+)"\)$', re.MULTILINE)
HEADING = re.compile(r"^# #{2,4} (?P<text>.+)$", re.MULTILINE)
KEY_TERMS = re.compile(r"^# ## Key terms$(?P<section>.*?)^# ## ", re.MULTILINE | re.DOTALL)
KEY_TERM = re.compile(r"^# - \*\*(?P<term>[^*]+)\*\*", re.MULTILINE)
GLOSSARY = "lessons/glossary.toml"
OTHER_PAGES = {"glossary"}  # sources of pages that are no lessons


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Lessons that are missing or left over, and what they lack."""
    names = {lesson.name for lesson in LESSONS}
    for path in sorted((root / "lessons" / "sources").glob("*.py")):
        if path.stem not in names | OTHER_PAGES:
            yield Disagreement(
                f"lessons/sources/{path.name}",
                "no lesson of the manifest has this name",
                "add the lesson to LESSONS in autograder/exercises/manifest.py",
            )
    for lesson in LESSONS:
        where = f"lessons/sources/{lesson.name}.py"
        if not (root / where).is_file():
            yield Disagreement(where, "there is no such file", "write the lesson")
            continue
        try:
            parsed(root, where)
        except SyntaxError as error:
            yield not_imported(root, error)
        text = (root / where).read_text(encoding="utf-8")
        yield from _check_cells(where, text, lesson.name)
        yield from _quiz(root, lesson.name)
        yield from _key_terms(root, where, text, lesson.name)


def headings_of(root: Path, lesson: str) -> set[str]:
    """The headings of a lesson's sections; none where the lesson is missing."""
    source = root / "lessons" / "sources" / f"{lesson}.py"
    if not source.is_file():
        return set()
    return {text.strip() for text in HEADING.findall(source.read_text(encoding="utf-8"))}


def _check_cells(where: str, text: str, lesson: str) -> Iterator[Disagreement]:
    cells = CHECK_CELL.findall(text)
    for each in exercises_of(lesson):
        if cells.count(each.name) != 1:
            yield Disagreement(
                where,
                f"`{each.name}` has {cells.count(each.name)} check cells",
                f'write one cell: check("{each.name}")',
            )
    known = {each.name for each in EXERCISES}
    for name in sorted(set(cells) - known):
        yield Disagreement(
            where, f'check("{name}") checks no exercise', "name an exercise of the lesson"
        )


def _quiz(root: Path, lesson: str) -> Iterator[Disagreement]:
    where = f"lessons/quizzes/{lesson}.json"
    try:
        json.loads((root / where).read_text(encoding="utf-8"))
    except OSError:
        yield Disagreement(where, "there is no such file", "write the quiz")
    except ValueError as error:
        yield Disagreement(where, f"is not JSON: {error}", "mend it")


def _key_terms(root: Path, where: str, text: str, lesson: str) -> Iterator[Disagreement]:
    try:
        terms = tomllib.loads((root / GLOSSARY).read_text(encoding="utf-8"))["terms"]
    except (OSError, ValueError, KeyError) as error:
        yield Disagreement(GLOSSARY, f"cannot be read: {error}", "mend it")
        return
    found = KEY_TERMS.search(text)
    if found is None:
        yield Disagreement(where, "has no section “Key terms”", "write it before the sources")
        return
    said = {term.lower() for term in KEY_TERM.findall(found["section"])}
    known = {each["term"].lower(): each["lesson"] for each in terms}
    for term in sorted(said - set(known)):
        yield Disagreement(
            GLOSSARY, f"lacks “{term}”, a key term of {lesson}", "define it, in one sentence"
        )
    for term in sorted(name for name, home in known.items() if home == lesson and name not in said):
        yield Disagreement(
            where, f"its key terms lack “{term}”", f"repeat the definition of {GLOSSARY}"
        )
