"""A class of made-up learners: who solves what, who makes which mistake, who has not started.

Every submission is the solutions with some functions left out and some replaced by known mistakes
of the catalogue, chosen with a seed. The mistakes' own modules go along under another name, and
so does the language in which they are written.
"""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from autograder.exercises.manifest import EXERCISES, LESSONS
from autograder.exercises.registry import mistakes_of
from autograder.maintain.make import solution_text

ROOT = Path(__file__).parents[1]
FIRST_NAMES = [
    "Ada",
    "Alan",
    "Ben",
    "Cleo",
    "Dora",
    "Emil",
    "Faye",
    "Gus",
    "Hana",
    "Ida",
    "Jon",
    "Kira",
    "Leo",
    "Mia",
    "Noa",
    "Omar",
    "Pia",
    "Rosa",
]


@cache
def mistakes_text(module: str) -> str:
    """The known mistakes of a module as a file of a submission."""
    text = (ROOT / "autograder" / "exercises" / module / "mistakes.py").read_text(encoding="utf-8")
    for ours, theirs in (
        ("autograder.checking.mistake import", "course.mistake import"),
        (f"solutions import {module}", f"course import solved_{module}"),
    ):
        assert f"from {ours}" in text
        text = text.replace(f"from {ours}", f"from {theirs}")
    assert not re.search(r"\b(autograder|solutions)\b", text), f"{module} needs more"
    return text


def mistaken(module: str, chosen: dict[str, str], missing: Sequence[str] = ()) -> dict[str, str]:
    """A module with known mistakes in it: texts by path.

    Parameters
    ----------
    module : str
        A module of the course.
    chosen : dict
        The names of the mistakes by the exercises that they answer.
    missing : sequence of str, optional
        Exercises that are not written.
    """
    lines = [f"from course import solved_{module}", f"from course.solved_{module} import *"]
    if chosen:
        lines.append(f"from course import mistake, mistaken_{module}")
        lines.append(f"known = mistake.mistakes_written_in(mistaken_{module})")
        lines.append("answers = {each.name: each.answer for each in known}")
    for exercise, name in chosen.items():
        lines.append(f'{exercise} = answers["{name}"](solved_{module})')
    for exercise in missing:
        lines.append(f"def {exercise}(*arguments, **keywords):")
        lines.append(f'    raise NotImplementedError("{exercise}: not written yet")')
    files = {
        f"course/{module}.py": "\n".join(lines) + "\n",
        f"course/solved_{module}.py": solution_text(module),
    }
    if chosen:
        files[f"course/mistaken_{module}.py"] = mistakes_text(module)
        language = ROOT / "autograder" / "checking" / "mistake.py"
        files["course/mistake.py"] = language.read_text(encoding="utf-8")
    return files


def correct(lessons: Sequence[str]) -> dict[str, str]:
    """The solutions of some lessons."""
    modules = [lesson.module for lesson in LESSONS if lesson.name in lessons]
    return {f"course/{module}.py": solution_text(module) for module in modules}


def learner(number: int, seed: int, lessons: Sequence[str], attempt: int = 1) -> dict[str, str]:
    """What one learner of the class hands in.

    A learner has a pace (how much is written) and a care (how often it is right). The mistakes that
    stand first in the catalogue are made most often. At a later attempt they know more.
    """
    drawn = random.Random(f"{seed} {number}")
    pace = min(1.0, 1.2 * drawn.betavariate(5, 1.2) + 0.15 * (attempt - 1))
    care = min(1.0, drawn.betavariate(6, 1.5) + 0.1 * (attempt - 1))
    files: dict[str, str] = {}
    exercises = [exercise for exercise in EXERCISES if exercise.lesson in lessons]
    for lesson in LESSONS:
        if lesson.name not in lessons:
            continue
        chosen, missing = {}, []
        for exercise in (exercise for exercise in exercises if exercise.lesson == lesson.name):
            known = mistakes_of(exercise.name, exercise.module)
            reached = (exercises.index(exercise) + 1) / len(exercises) <= pace
            if exercise.bonus:
                reached = pace == 1.0 and drawn.random() < 0.2
            right, which = drawn.random() < care, int(drawn.paretovariate(1.2)) - 1
            if not reached:
                missing.append(exercise.name)
            elif not right and known:
                chosen[exercise.name] = known[min(which, len(known) - 1)].name
        files |= mistaken(lesson.module, chosen, missing)
    return files


def made_class(
    count: int, seed: int, lessons: Sequence[str], attempt: int = 1
) -> Iterator[tuple[str, dict[str, str]]]:
    """Learners with their submissions."""
    for number in range(count):
        name = f"{FIRST_NAMES[number % len(FIRST_NAMES)].lower()}{number:04d}"
        yield name, learner(number, seed, lessons, attempt)


def write(folder: Path, files: dict[str, str]) -> None:
    """Put a submission into a folder."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
