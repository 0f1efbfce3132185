"""The journal of a batch: each result is kept as soon as it is there, whatever happens next.

SQLite in write-ahead mode, one transaction for each result. A result is found again by the content
of the submission, the version of the criteria, and the seed: what has changed is graded again. One
batch at a time works with a journal; the system's lock on the file ends with the process.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from autograder.batch.result_key import NEVER, Key
from autograder.grading.results import GRADER_FAULT, SubmissionResult, result_line
from autograder.refused import Refused

LAYOUT = 4
ELSEWHERE = "Name a file on another disk of this machine by --journal."
UNREADABLE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
TABLE = """
create table results (
    student text primary key,
    key text not null,
    stamp text not null,
    digest text not null,
    status text not null,
    score real,
    result text not null,
    printed text not null
)
"""


CARRIED = """
create table if not exists carried (
    student text primary key,
    mark text not null,
    place text not null,
    doubt text not null
)
"""


class Carried(NamedTuple):
    """What of a result is elsewhere already: the `mark` says of what, the others are its own."""

    mark: str
    place: str
    doubt: str


class JournalUnusable(Refused):
    """The journal cannot be used; the message is a sentence that says why and what to do."""


class Journal:
    """Results by student, in one SQLite file.

    Parameters
    ----------
    path : Path
        The file; it is made where it is not there yet.
    fresh : bool, optional
        Whether to forget what it holds.

    Raises
    ------
    JournalUnusable
        If another batch is working with it, or the file cannot be used.
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self._path = path
        try:
            self._lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise JournalUnusable(
                f"The journal {path} cannot be written ({error.strerror}). {ELSEWHERE}"
            ) from None
        try:
            self._connection = _opened(path, self._lock, fresh)
        except BaseException:
            os.close(self._lock)
            raise

    def keys(self) -> dict[str, Key]:
        """The key of every result, by student."""
        rows = self._connection.execute("select student, key, stamp, digest from results")
        return {student: Key(*key) for student, *key in rows}

    def statuses(self) -> dict[str, str]:
        """The status of every result, by student."""
        return dict(self._connection.execute("select student, status from results"))

    def carried(self) -> dict[str, Carried]:
        """What of the results is elsewhere already, by student."""
        return _carried(self._connection)

    def carry(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Note what is elsewhere now: student, mark, place and doubt."""
        with self._connection:
            self._connection.execute("begin")
            self._connection.executemany("insert or replace into carried values (?, ?, ?, ?)", rows)

    def add(self, result: SubmissionResult, key: Key) -> None:
        """Keep a result in its own transaction; a fault of the grader is tried again."""
        kept = NEVER if result.status == GRADER_FAULT else key
        row = (result.student, kept.content, kept.stamp, kept.digest, result.status, result.score)
        values = (*row, result_line(result), result.printed)
        self._write("insert or replace into results values (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def restamp(self, student: str, stamp: str) -> None:
        """Note a new stamp of files whose content is as before."""
        if stamp:
            self._write("update results set stamp = ? where student = ?", (stamp, student))

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        try:
            self._connection.execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise JournalUnusable(
                f"The journal {self._path} cannot be written any more ({error}). The results so "
                "far are kept; the same command goes on from there."
            ) from None

    def lines(self, students: Iterable[str]) -> Iterator[str]:
        """Each student's result as a line of JSON, in the order of the names."""
        return self._column("result", students)

    def scores(self, students: Iterable[str]) -> list[float]:
        """The scores of those submissions that have one."""
        return [score for score in self._column("score", students) if score is not None]

    def unscored(self, students: Iterable[str]) -> list[tuple[str, str]]:
        """Those of the submissions that have no score, and the reasons."""
        wanted = set(students)
        query = "select student, result from results where score is null order by student"
        rows = self._connection.execute(query)
        return [(name, json.loads(line)["reason"]) for name, line in rows if name in wanted]

    def to_look_at(self, students: Iterable[str]) -> list[tuple[str, list[str]]]:
        """Those of the submissions that a person should look at, and the reasons."""
        wanted = set(students)
        query = "select student, result from results where instr(result, ?) order by student"
        rows = self._connection.execute(query, ('"look": [',))
        return [(name, json.loads(line).get("look", [])) for name, line in rows if name in wanted]

    def printed(self, student: str) -> str:
        """What a student's code printed."""
        return "".join(self._column("printed", [student]))

    def _column(self, name: str, students: Iterable[str]) -> Iterator[Any]:
        query = f"select {name} from results where student = ?"
        for student in sorted(students):  # one by one: a line is long
            ((found,),) = self._connection.execute(query, (student,))
            yield found

    def close(self) -> None:
        """Close the file, for another batch to open."""
        self._connection.close()
        os.close(self._lock)


def carried_in(path: Path) -> dict[str, Carried]:
    """What of a journal's results is elsewhere already, before the journal itself is opened."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            return _carried(connection)
    except sqlite3.Error:
        return {}


def _carried(connection: sqlite3.Connection) -> dict[str, Carried]:
    rows = connection.execute("select student, mark, place, doubt from carried")
    return {student: Carried(*values) for student, *values in rows}


def _opened(path: Path, lock: int, fresh: bool) -> sqlite3.Connection:
    import fcntl  # absent on Windows, where the rest of this module is still imported

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JournalUnusable(
            f"Another `descent grade` is working with {path.name}: wait until it has ended."
        ) from None
    except OSError as error:
        raise JournalUnusable(
            f"The disk of {path} cannot lock a file ({error.strerror}), as a journal needs it. "
            f"{ELSEWHERE}"
        ) from None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=normal")
        (layout,) = connection.execute("pragma user_version").fetchone()
        if fresh or layout != LAYOUT:
            with closing(connection.cursor()) as cursor:
                cursor.execute("begin immediate")
                cursor.execute("drop table if exists results")
                cursor.execute("drop table if exists carried")
                cursor.execute(TABLE)
                cursor.execute(f"pragma user_version={LAYOUT}")
                cursor.execute("commit")
        connection.execute(CARRIED)
    except sqlite3.DatabaseError as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in UNREADABLE:
            reason = "is not a journal that can be read"
            remedy = "Move it away, and grade again."
        else:
            reason, remedy = "cannot be used as a journal where it is", ELSEWHERE
        raise JournalUnusable(f"{path} {reason} ({error}). {remedy}") from None
    return connection
