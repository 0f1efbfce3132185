"""What of a submission is kept beside its graded notebook: its modules and nbgrader's notes.

Nothing else that was handed in is copied, and no link is followed: a page of a student's own would
be served by the instructor's JupyterLab, and a link may lead to what the student cannot read.
"""

import secrets
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.submissions.file_trees import Unreadable
from autograder.submissions.reading import Handed, read_submission
from autograder.submissions.submission import Submission
from autograder.submissions.timestamp import TIMESTAMP, noted, timestamp_in

SECRET = "submission_secret.txt"  # names the student's feedback in the exchange


def submission_of(handed: Handed) -> Submission:
    """A submission as it is now; one without modules where they cannot be read."""
    try:
        return read_submission(handed)
    except (Unreadable, OSError):
        return Submission(handed.student, {})


def notes_of(handed: Handed) -> dict[str, bytes]:
    """Nbgrader's two notes on a submission, the time in its own form.

    Its ``release_feedback`` stops at a folder without them, for all students. So both are always
    there: without a time, and with a secret that nobody knows, where there are none to be used.
    Beside loose files lie those of others, and what is noted there is nobody's.
    """
    folder = handed.path
    timestamp = secret = b""
    if not (handed.files or handed.refusal):
        timestamp = timestamp_in(folder).encode() if handed_in_at(folder) else b""
        secret = noted(folder, SECRET)
    return {TIMESTAMP: timestamp, SECRET: secret or secrets.token_hex(32).encode()}


def handed_in_at(folder: Path) -> datetime | None:
    """When a submission was handed in, as far as nbgrader's exchange noted it."""
    try:
        text = timestamp_in(folder)
        return parse_utc(text) if text else None
    except (ValueError, OverflowError):
        return None


def write_kept(place: Path, contents: dict[str, bytes], mode: int = 0o644) -> None:
    """Write files into a folder, by their paths in it."""
    for name, content in contents.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        path.chmod(mode)
