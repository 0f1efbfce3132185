"""What the file system says of a submission's files: where nothing changed, nothing is read again.

A stamp is made of every file's size, times and number. The time of a file's last change cannot be
set by whoever owns it, so that a changed file has another stamp, except in one case: two changes
within the clock's step. A file that changed so recently gets no stamp, and is read.
"""

import hashlib
import os
import time

from autograder.submissions.file_trees import MAX_ENTRIES, is_left_by_systems
from autograder.submissions.reading import Handed

RECENT = 2_000_000_000  # nanoseconds; the coarsest clock of a file system in use
Fact = tuple[str, int, int, int, int]  # name, size, two times and number of a file


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
        facts = _facts(handed)
    except OSError:
        return ""
    if facts is None or max(max(fact[2:4]) for fact in facts) > time.time_ns() - RECENT:
        return ""
    return hashlib.sha256(f"{conditions}\0{facts!r}".encode("utf-8", "replace")).hexdigest()


def _facts(handed: Handed) -> list[Fact] | None:
    """What is known of the archive, of the loose files, or of all in the folder."""
    if handed.refusal:
        return None
    if handed.files:
        return [_fact(name, os.lstat(place)) for name, place in sorted(handed.files.items())]
    facts = [_fact("", os.lstat(handed.path))]
    waiting = [(str(handed.path), "")] if handed.path.is_dir() else []
    while waiting:
        place, name = waiting.pop()
        with os.scandir(place) as found:
            for entry in sorted(found, key=lambda entry_: entry_.name):
                if is_left_by_systems(entry.name):
                    continue
                inner = f"{name}/{entry.name}"
                facts.append(_fact(inner, entry.stat(follow_symlinks=False)))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, inner))
        if len(facts) > MAX_ENTRIES:
            return None
    return facts


def _fact(name: str, found: os.stat_result) -> Fact:
    return name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
