"""A learner's files, ready to be graded, and the digest of their content."""

import hashlib
from dataclasses import dataclass


@dataclass
class Submission:
    """A learner's files, ready to be graded.

    Attributes
    ----------
    student : str
        Whose it is.
    files : dict
        Content by path with forward slashes; the modules lie under ``course/``.
    """

    student: str
    files: dict[str, bytes]


def content_hash(files: dict[str, bytes]) -> str:
    """A fingerprint of files: their paths and contents."""
    digest = hashlib.sha256()
    for path in sorted(files):
        for part in (path.encode("utf-8", "surrogateescape"), files[path]):
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
    return digest.hexdigest()
