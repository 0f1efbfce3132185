"""Where a learner works: the folder that holds `course/`, its files, and the record of progress."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.atomic_files import write_json
from autograder.grading.results import ExerciseResult
from autograder.refused import Refused
from autograder.submissions.submission import files_digest

MAX_HINTS = 3  # of each exercise


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
            "Open the folder of the course, and run this again there."
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
        """The Python files of the course by path with forward slashes."""
        course = self.root / "course"
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(course.rglob("*.py"))
            if path.is_file() and ".ipynb_checkpoints" not in path.parts
        }

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
        return _written(self._record, self.progress() | progress_entries(results, files))

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
    digest = files_digest(files)
    return {
        result.name: {"outcome": str(result.outcome), "score": result.score, "files": digest}
        for result in results
    }


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
        return f"Progress is not kept: {record} cannot be written ({error.strerror})."
    return ""
