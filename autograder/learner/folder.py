"""Where a learner works: the folder that holds `course/`, its files, and the record of progress."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.atomic_files import write_json
from autograder.grading.results import ExerciseResult
from autograder.refused import Refused
from autograder.submissions.submission import files_digest


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
        try:
            found = json.loads(self._record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def remember(self, results: tuple[ExerciseResult, ...], files: dict[str, bytes]) -> None:
        """Record results, together with a fingerprint of the files that earned them."""
        progress = self.progress()
        fingerprint = files_digest(files)
        for each in results:
            progress[each.name] = {
                "outcome": str(each.outcome),
                "score": each.score,
                "files": fingerprint,
            }
        write_json(self._record, progress)

    def hints_shown(self, exercise: str, *, more: bool = False) -> int:
        """How many hints of an exercise were shown, after showing one more if asked to."""
        record = self.root / ".descent" / "hints.json"
        try:
            shown = json.loads(record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            shown = {}
        count = int(shown.get(exercise, 0))
        if more and count < 3:
            count += 1
            write_json(record, {**shown, exercise: count})
        return count

    @property
    def _record(self) -> Path:
        return self.root / ".descent" / "progress.json"
