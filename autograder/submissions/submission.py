"""A learner's files, ready to be graded, and the digest of their content."""

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Note:
    """What a person should know of a submission.

    Attributes
    ----------
    about : str
        The module or the exercise whose points may be missing for it; empty for all.
    text : str
        A sentence.
    always : bool
        Whether it matters even where no point is missing.
    """

    about: str
    text: str
    always: bool = False


@dataclass(frozen=True)
class Submission:
    """A learner's files, ready to be graded.

    Attributes
    ----------
    student : str
        Whose it is.
    files : dict
        Content by path with forward slashes; the modules are under ``course/``.
    notes : tuple of Note
        What else was handed in, as far as it matters.
    """

    student: str
    files: dict[str, bytes]
    notes: tuple[Note, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the files and the notes; empty where there are none."""
        notes = {f"\0{number}": repr(note).encode() for number, note in enumerate(self.notes)}
        return files_digest({**self.files, **notes}) if self.files or notes else ""


def files_digest(files: dict[str, bytes]) -> str:
    """A fingerprint of files: their paths and contents."""
    digest = hashlib.sha256()
    for path in sorted(files):
        for part in (path.encode("utf-8", "surrogateescape"), files[path]):
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
    return digest.hexdigest()
