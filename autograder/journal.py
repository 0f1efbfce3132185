"""The journal of a batch: each result is kept as soon as it is there, whatever happens next.

SQLite in write-ahead mode, one transaction for each result. A result is found again by the content
of the submission, the version of the criteria, and the seed: what has changed is graded anew.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import TracebackType

import autograder
import solutions
from autograder.grading import Submission
from autograder.learner_folder import content_hash
from autograder.results import SubmissionResult, result_line, submission_result

SCHEMA = """
create table if not exists results (
    student text primary key,
    key text not null,
    result text not null,
    printed text not null
)
"""


class Journal:
    """Results by student, in one SQLite file.

    Parameters
    ----------
    path : Path
        The file; it is made where it is not there yet.
    fresh : bool, optional
        Whether to forget what it holds.
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=normal")
        self._connection.execute(SCHEMA)
        if fresh:
            self._connection.execute("delete from results")

    def keys(self) -> dict[str, str]:
        """The key of every result, by student."""
        return dict(self._connection.execute("select student, key from results"))

    def add(self, result: SubmissionResult, key: str) -> None:
        """Keep a result in one transaction of its own."""
        text = result_line(result)
        self._connection.execute(
            "insert or replace into results values (?, ?, ?, ?)",
            (result.student, key, text, result.printed),
        )

    def lines(self, students: Iterable[str]) -> Iterator[str]:
        """Each student's result as a line of JSON, in the order of the names."""
        wanted = sorted(students)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            found = dict(
                self._connection.execute(
                    f"select student, result from results where student in ({marks})",
                    part,
                )
            )
            yield from (found[student] for student in part)

    def results(self, students: Iterable[str]) -> Iterator[SubmissionResult]:
        """Each student's result, in the order of the names."""
        for text in self.lines(students):
            yield submission_result(json.loads(text))

    def scores(self) -> list[float]:
        """The scores of all submissions that have one."""
        query = "select json_extract(result, '$.score') from results"
        return [score for (score,) in self._connection.execute(query) if score is not None]

    def printed(self, student: str) -> str:
        """What a student's code printed."""
        row = self._connection.execute("select printed from results where student = ?", (student,))
        found = row.fetchone()
        return found[0] if found else ""

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def result_key(submission: Submission, assignment: str, secret: str, wall: str) -> str:
    """What a result depends on, as one text: the same key means the same result."""
    parts = [content_hash(submission.files), criteria_version(), assignment, secret, wall]
    return hashlib.sha256("\0".join([*parts, submission.student]).encode()).hexdigest()


@cache
def criteria_version() -> str:
    """A fingerprint of the grader: its modules and the solutions."""
    digest = hashlib.sha256()
    for package in (autograder, solutions):
        folder = Path(package.__file__ or "").parent
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
