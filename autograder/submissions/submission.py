"""A learner's files, ready to be graded, and the digest of their content."""

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Submission:
    """A learner's files, ready to be graded.

    Attributes
    ----------
    student : str
        Whose it is.
    files : dict
        Content by path with forward slashes; the modules are under ``course/``.
    """

    student: str
    files: dict[str, bytes]

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the files: their paths and contents; empty where there are none."""
        return files_digest(self.files) if self.files else ""


def files_digest(files: dict[str, bytes]) -> str:
    """A fingerprint of files: their paths and contents."""
    digest = hashlib.sha256()
    for path in sorted(files):
        for part in (path.encode("utf-8", "surrogateescape"), files[path]):
            digest.update(len(part).to_bytes(8, "little"))
            digest.update(part)
    return digest.hexdigest()
