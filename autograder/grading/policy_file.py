"""The file of a grading policy: what it may say, and what it says."""

import math
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_of
from autograder.grading.policy import Deadline, Policy
from autograder.refused import Refused

KEYS = ("timezone", "points", "weights", "late", "lessons")
LATE_KEYS = ("per_day", "grace_minutes", "most_days")
LESSON_KEYS = ("due", "extensions", "days_late")


def read_policy(path: Path) -> Policy:
    """The policy in a file.

    Raises
    ------
    Refused
        If it is not TOML, or says what no policy says.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{path} is not readable UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{path} is not TOML: {error}.") from None
    reading = _Reading(path)
    reading.expect(found, KEYS, "the file")
    late = reading.table(found, "late")
    reading.expect(late, LATE_KEYS, "[late]")
    lessons = reading.table(found, "lessons")
    reading.expect(lessons, ["all", *(lesson.name for lesson in LESSONS)], "[lessons]")
    return Policy(
        reading.points(reading.table(found, "points")),
        reading.weights(reading.table(found, "weights")),
        {name: reading.deadline(lessons, name) for name in lessons},
        reading.number(late, "per_day", 0.0, most=1.0),
        timedelta(minutes=reading.number(late, "grace_minutes", 0.0)),
        reading.number(late, "most_days", math.inf),
        reading.zone(found.get("timezone")),
    )


class _Reading:
    """Takes apart what a file says, and refuses with its name what is not as expected."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def refuse(self, said: str) -> Refused:
        return Refused(f"{self._path}: {said}")

    def expect(self, table: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
        known = list(keys)
        for key in table:
            if key not in known:
                close = get_close_matches(key, known, n=1)
                rest = f"; {close[0]} is the nearest" if close else f"; known: {', '.join(known)}"
                raise self.refuse(f"{where} knows no {key!r}{rest}.")

    def table(self, tables: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = tables.get(key, {})
        if not isinstance(found, dict):
            raise self.refuse(f"{key} is a table: write [{key}] above its lines.")
        return found

    def number(
        self, table: Mapping[str, Any], key: str, default: float, most: float = math.inf
    ) -> float:
        found = table.get(key, default)
        if not isinstance(found, int | float) or isinstance(found, bool) or not 0 <= found <= most:
            upto = "" if most == math.inf else f" and not above {most:g}"
            raise self.refuse(f"{key} is a number, not below 0{upto}; not {found!r}.")
        return float(found)

    def zone(self, name: Any) -> tzinfo | None:
        if name is None:
            return None
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, TypeError):
            raise self.refuse(f"timezone is a name such as Europe/Berlin, not {name!r}.") from None

    def points(self, table: Mapping[str, Any]) -> dict[str, float]:
        """Points by exercise; those of a lesson are shared out as its exercises share theirs."""
        lessons = {lesson.name: exercises_of(lesson.name) for lesson in LESSONS}
        self.expect(table, [*lessons, *(exercise.name for exercise in EXERCISES)], "[points]")
        found: dict[str, float] = {}
        for name in sorted(table, key=lambda name: name not in lessons):  # an exercise's own win
            worth = self.number(table, name, 0.0)
            counted = [exercise for exercise in lessons.get(name, ()) if not exercise.bonus]
            whole = sum(exercise.points for exercise in counted)
            if name not in lessons:
                found[name] = worth
            elif not whole:
                raise self.refuse(f"{name} has no points to share out; name its exercises.")
            else:
                found |= {exercise.name: exercise.points * worth / whole for exercise in counted}
        return found

    def weights(self, table: Mapping[str, Any]) -> dict[str, float]:
        """What lessons weigh; each has points, or its weight could not be had."""
        self.expect(table, [lesson.name for lesson in LESSONS], "[weights]")
        found = {name: self.number(table, name, 0.0) for name in table}
        for name in found:
            if not any(exercise.points and not exercise.bonus for exercise in exercises_of(name)):
                raise self.refuse(f"{name} has no points but a bonus, so it has no weight.")
        if found and not sum(found.values()):
            raise self.refuse("[weights] are all 0.")
        return found

    def deadline(self, lessons: Mapping[str, Any], name: str) -> Deadline:
        table = self.table(lessons, name)
        where = f"[lessons.{name}]"
        self.expect(table, LESSON_KEYS, where)
        due = table.get("due")
        if due is not None and not isinstance(due, datetime):
            raise self.refuse(f"due in {where} is a time such as 2026-11-20T18:00:00, not {due!r}.")
        extensions = self.table(table, "extensions")
        for student, more in extensions.items():
            if not isinstance(more, datetime | int | float) or isinstance(more, bool):
                raise self.refuse(
                    f"the extension of {student!r} in {where} is a number of days or a time, "
                    f"not {more!r}."
                )
        days = self.table(table, "days_late")
        return Deadline(due, extensions, {day: self.number(days, day, 0.0) for day in days})
