"""What the file system says of a submission's files: where nothing changed, nothing is read again.

A stamp is made of every file's size, times and number. The time of a file's last change cannot be
set by whoever owns it, so that a changed file has another stamp, but for one case: two changes
within the clock's step. A file that changed so recently gets no stamp, and is read.
"""

import hashlib
import os
import time
from pathlib import Path

from autograder.submissions import MOST_ENTRIES, Handed

RECENT = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use


def stamp_of(handed: Handed, conditions: str) -> str:
    """A text that is the same as long as no file of the submission changed, and the conditions.

    Parameters
    ----------
    handed : Handed
        The submission.
    conditions : str
        What else its result depends on.

    Returns
    -------
    str
        Empty where the submission has to be read: it changed a moment ago, or cannot be looked at.
    """
    try:
        facts = _facts(handed.path)
    except OSError:
        return ""
    if facts is None or max(max(each[2:4]) for each in facts) > time.time_ns() - RECENT:
        return ""
    return hashlib.sha256(f"{conditions}\0{facts!r}".encode("utf-8", "replace")).hexdigest()


def _facts(path: Path) -> list[tuple[str, int, int, int, int]] | None:
    """Name, size, times and number of the archive, or of each file and folder under course/."""
    course = path / "course"
    facts = [_fact("", os.stat(path if path.suffix == ".zip" else course, follow_symlinks=False))]
    waiting = [] if path.suffix == ".zip" else [(str(course), "")]
    while waiting:
        place, name = waiting.pop()
        with os.scandir(place) as found:
            for entry in sorted(found, key=lambda each: each.name):
                inner = f"{name}/{entry.name}"
                facts.append(_fact(inner, entry.stat(follow_symlinks=False)))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, inner))
        if len(facts) > MOST_ENTRIES:
            return None
    return facts


def _fact(name: str, found: os.stat_result) -> tuple[str, int, int, int, int]:
    return name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
