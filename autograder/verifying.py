"""What must agree, for maintainers: each disagreement with its place and its remedy."""

import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.catalogue import mistakes_of
from autograder.criteria import CHECKED_MODULES, criteria_in, criteria_of
from autograder.exercises import EXERCISES, LESSONS, exercises_in
from autograder.making import made_files

LEAST_MISTAKES = 3
CHECK_CELL = re.compile(r'^check\("(?P<name>\w+)"\)$', re.MULTILINE)
HEADING = re.compile(r"^# #{2,4} (?P<text>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Disagreement:
    """One thing that does not agree: the file, what is so, and what to do."""

    where: str
    what: str
    remedy: str


def disagreements(root: Path) -> list[Disagreement]:
    """Everything in the project that does not agree; empty where all is well."""
    found: list[Disagreement] = []
    for part in (_solutions, _made, _criteria, _mistakes, _lessons):
        found += part(root)
    return found


def _solutions(root: Path) -> Iterator[Disagreement]:
    for lesson in LESSONS:
        where = f"solutions/{lesson.module}.py"
        written = list(importlib.import_module(f"solutions.{lesson.module}").__all__)
        wanted = [each.name for each in exercises_in(lesson.module)]
        for name in sorted(set(wanted) - set(written)):
            yield Disagreement(
                where,
                f"`{name}` is not in __all__",
                "write it, or take it out of autograder/exercises.py",
            )
        for name in sorted(set(written) - set(wanted)):
            yield Disagreement(
                where, f"`{name}` is not in the manifest", "add it to autograder/exercises.py"
            )
        if set(wanted) == set(written) and wanted != written:
            yield Disagreement(
                where, "the order differs from the manifest's", "put both in course order"
            )
    for each in EXERCISES:
        if len([hint for hint in each.hints if hint.strip()]) != 3:
            yield Disagreement(
                "autograder/hints.py",
                f"`{each.name}` has no ladder of three hints",
                "write a nudge, the idea and nearly the code",
            )


def _made(root: Path) -> Iterator[Disagreement]:
    for made in made_files(root):
        if not made.current:
            state = "was edited" if made.edited else "is not up to date"
            where, source = made.path.relative_to(root), made.source.relative_to(root)
            yield Disagreement(
                str(where),
                f"{state}: it is made from {source}",
                "change the source, then run `descent make`",
            )
    lessons = {lesson.name for lesson in LESSONS}
    sources = {path.stem for path in (root / "lessons" / "sources").glob("*.py")}
    for name in sorted(lessons - sources):
        yield Disagreement(
            f"lessons/sources/{name}.py", "there is no such file", "write the lesson"
        )


def _criteria(root: Path) -> Iterator[Disagreement]:
    exercises = {each.name: each for each in EXERCISES}
    for module in CHECKED_MODULES:
        where = f"autograder/checks/{module}.py"
        if not (root / where).is_file():
            yield Disagreement(where, "there is no such file", "write its criteria")
            continue
        for each in criteria_in(module):
            if each.exercise not in exercises or exercises[each.exercise].module != module:
                yield Disagreement(
                    where,
                    f"`{each.name}` checks `{each.exercise}`, no exercise of {module}",
                    "name an exercise of this module",
                )
    for exercise in EXERCISES:
        where = f"autograder/checks/{exercise.module}.py"
        criteria = criteria_of(exercise.name, exercise.module)
        points = sum(each.points for each in criteria)
        if not criteria:
            yield Disagreement(where, f"`{exercise.name}` has no criterion", "write its criteria")
        elif points != exercise.points:
            yield Disagreement(
                where,
                f"`{exercise.name}` sums to {points:g} points, not to {exercise.points:g}",
                "change the points of its criteria",
            )
        earlier: set[str] = set()
        for each in criteria:
            for name in sorted(set(each.needs) - earlier):
                yield Disagreement(
                    where,
                    f"`{each.name}` needs `{name}`, which is no earlier criterion",
                    "name an earlier one",
                )
            earlier.add(each.name)


def _mistakes(root: Path) -> Iterator[Disagreement]:
    headings = {lesson.name[0]: _headings(root, lesson.name) for lesson in LESSONS}
    for exercise in EXERCISES:
        where = f"autograder/mistakes/{exercise.module}.py"
        if not (root / where).is_file():
            yield Disagreement(where, "there is no such file", "write the module's known mistakes")
            continue
        known = mistakes_of(exercise.name, exercise.module)
        if len(known) < LEAST_MISTAKES and exercise.points:
            yield Disagreement(
                where,
                f"`{exercise.name}` has {len(known)} known mistakes",
                f"write at least {LEAST_MISTAKES}",
            )
        for each in known:
            number, _, section = each.read.removeprefix("Lesson ").partition(", “")
            if section.removesuffix("”") not in headings.get(number, set()):
                yield Disagreement(
                    where,
                    f"`{each.name}` sends to {each.read}: there is no such heading",
                    "name a heading of the lesson",
                )


def _lessons(root: Path) -> Iterator[Disagreement]:
    for lesson in LESSONS:
        source = root / "lessons" / "sources" / f"{lesson.name}.py"
        if not source.is_file():
            continue
        where = f"lessons/sources/{lesson.name}.py"
        cells = CHECK_CELL.findall(source.read_text(encoding="utf-8"))
        for each in exercises_in(lesson.module):
            if cells.count(each.name) != 1:
                yield Disagreement(
                    where,
                    f"`{each.name}` has {cells.count(each.name)} check cells",
                    f'write one cell: check("{each.name}")',
                )
        quiz = root / "lessons" / "quizzes" / f"{lesson.name}.json"
        try:
            json.loads(quiz.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            yield Disagreement(f"lessons/quizzes/{lesson.name}.json", str(error), "write the quiz")


def _headings(root: Path, lesson: str) -> set[str]:
    source = root / "lessons" / "sources" / f"{lesson}.py"
    if not source.is_file():
        return set()
    return {text.strip() for text in HEADING.findall(source.read_text(encoding="utf-8"))}
