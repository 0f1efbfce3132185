"""Where a learner works: the folder that holds `course/`, its files, and the record of progress."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.atomic_files import held, write_json
from autograder.exercises.manifest import EXERCISES, Exercise
from autograder.grading.results import ExerciseResult
from autograder.learner.affected import affected, digests
from autograder.refused import Refused, said_by_the_disk

MAX_HINTS = 3  # of each exercise
EXERCISE_MODULES = {exercise.name: exercise.module for exercise in EXERCISES}


class NoCourse(Refused):
    """There is no folder `course/` here or above."""


@dataclass(frozen=True)
class LearnerFolder:
    """The folder that holds a learner's `course/`."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "LearnerFolder":
        """The nearest folder at or above `start` that holds `course/`."""
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "course").is_dir():
                return cls(folder)
        raise NoCourse(
            f"There is no folder course/ in {here} or above it. "
            "Open the folder of the course and run this again there, or make one: `descent init`."
        )

    def private(self) -> Path:
        """Where JupyterLab's settings for this folder can be written: here, or for this once."""
        place = self.root / ".descent"
        try:
            place.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=place):
                return place
        except OSError:
            return Path(tempfile.mkdtemp(prefix="descent-"))

    def files(self) -> dict[str, bytes]:
        """The Python files of the course by path with forward slashes.

        Raises
        ------
        Refused
            If one of them cannot be read.
        """
        course = self.root / "course"
        try:
            return {
                path.relative_to(self.root).as_posix(): path.read_bytes()
                for path in sorted(course.rglob("*.py"))
                if path.is_file() and ".ipynb_checkpoints" not in path.parts
            }
        except OSError as error:
            raise Refused(said_by_the_disk(error)) from None

    def progress(self) -> dict[str, Any]:
        """The last result of each exercise: outcome, score, and the files that earned it."""
        found = _table(self._record)
        return {name: entry for name, entry in found.items() if _is_entry(entry)}

    def remember(self, results: tuple[ExerciseResult, ...], files: dict[str, bytes]) -> str:
        """Record results, together with a fingerprint of the files that earned them.

        Returns
        -------
        str
            Why they are not kept, as a sentence; empty where they are.
        """
        return self._updated(lambda known: known | progress_entries(results, files))

    def still_holds(self, before: dict[str, bytes], after: dict[str, bytes]) -> None:
        """Record that results of `before` hold for `after`, except where a change may matter."""
        old, new, changed = digests(before), digests(after), affected(before, after)

        def renewed(name: str, entry: dict[str, Any]) -> dict[str, Any]:
            known = EXERCISE_MODULES.get(name, "")
            same = name not in changed and known in new and entry.get("files") == old[known]
            return {**entry, "files": new[known]} if same else entry

        self._updated(lambda known: {name: renewed(name, entry) for name, entry in known.items()})

    def _updated(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> str:
        """Change the record of progress while no other process does; see `remember`."""
        try:
            self._record.parent.mkdir(exist_ok=True)
            with held(self._record.with_suffix(".lock")):
                return _written(self._record, change(self.progress()))
        except OSError as error:
            return _not_kept(self._record, error)

    def place(self) -> str:
        """The exercise at which the learner was last, or an empty text."""
        found = _table(self.root / ".descent" / "place.json").get("exercise")
        return found if isinstance(found, str) else ""

    def remember_place(self, exercise: str) -> None:
        """Record where the learner is."""
        _written(self.root / ".descent" / "place.json", {"exercise": exercise})

    def hints_shown(self, exercise: str, *, more: bool = False) -> int:
        """How many hints of an exercise were shown, after showing one more if asked to."""
        record = self.root / ".descent" / "hints.json"
        shown = _table(record)
        count = shown.get(exercise, 0)
        if type(count) is not int or not 0 <= count <= MAX_HINTS:
            count = 0
        if more and count < MAX_HINTS:
            count += 1
            if _written(record, {**shown, exercise: count}):
                return MAX_HINTS  # the next time would not know that it is the next one
        return count

    @property
    def _record(self) -> Path:
        return self.root / ".descent" / "progress.json"


def progress_entries(
    results: tuple[ExerciseResult, ...], files: dict[str, bytes]
) -> dict[str, dict[str, Any]]:
    """What is recorded of results, by exercise."""
    digest = digests(files)
    return {
        result.name: {
            "outcome": str(result.outcome),
            "score": result.score,
            "holds": sum(criterion.passed for criterion in result.criteria),
            "of": len(result.criteria),
            "files": digest[result.module],
        }
        for result in results
    }


def out_of_date(progress: dict[str, Any], files: dict[str, bytes]) -> tuple[Exercise, ...]:
    """The exercises whose last result was earned by other files; none of the bonus."""
    digest = digests(files)
    return tuple(
        exercise
        for exercise in EXERCISES
        if not exercise.bonus
        and progress.get(exercise.name, {}).get("files") != digest[exercise.module]
    )


def _is_entry(entry: Any) -> bool:
    match entry:
        case {"outcome": str(), "score": int() | float()}:
            return True
    return False


def _table(record: Path) -> dict[str, Any]:
    """What a file of ours holds; nothing where it cannot be read, whatever the reason."""
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _written(record: Path, content: dict[str, Any]) -> str:
    """Write a file of ours; a sentence where that does not go, because no answer hangs on it."""
    try:
        write_json(record, content)
    except OSError as error:
        return _not_kept(record, error)
    return ""


def _not_kept(record: Path, error: OSError) -> str:
    return f"Progress is not kept: {record} cannot be written ({error.strerror})."
