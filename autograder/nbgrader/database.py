"""A gradebook's database: opened with patience, and what it refuses as a sentence."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from autograder.refused import Refused

MAX_WAIT = 60.0  # seconds for another program that writes into the gradebook
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
TABLES = {"assignment", "student", "grade"}  # some of nbgrader's


class GradebookUnusable(Refused):
    """The gradebook's database does not do what is asked of it."""


def opened_gradebook(database: Path, course_id: str = "default_course") -> Gradebook:
    """Nbgrader's gradebook in a file, which waits for others before it gives up.

    Raises
    ------
    GradebookUnusable
        If the file is empty or another program's: nbgrader would put its own tables into it.
    """
    if not _tables(database) >= TABLES:
        raise GradebookUnusable(
            f"{database} is not a gradebook of nbgrader's: it has none of its tables. Name the "
            "gradebook.db that `nbgrader generate_assignment` made in the folder of the course."
        )
    wait = {"timeout": str(MAX_WAIT)}
    url = URL.create("sqlite", database=str(database.resolve()), query=wait)
    return Gradebook(url, course_id)


def _tables(database: Path) -> set[str]:
    """The tables in a database; those of nbgrader where it cannot be read, for nbgrader to say."""
    with suppress(sqlite3.Error):
        address = f"{database.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
            query = "select name from sqlite_master where type = 'table'"
            return {name for (name,) in connection.execute(query)}
    return TABLES


def expect_writable(gradebook: Gradebook) -> None:
    """Take the database's lock for writing once and give it back."""
    with gradebook.engine.connect() as connection:
        connection.execute(text("begin immediate"))
        connection.rollback()


@contextmanager
def database_refusals(database: Path, afterwards: str = "") -> Iterator[None]:
    """Say what a gradebook's database refuses in a sentence.

    Parameters
    ----------
    database : Path
        The file.
    afterwards : str
        What becomes of the work that was done for it.

    Raises
    ------
    GradebookUnusable
        If a statement on the database fails, whatever the reason.
    """
    log = logging.getLogger("tornado.application")  # nbgrader writes its tracebacks there
    before, log.disabled = log.disabled, True
    try:
        yield
    except (SQLAlchemyError, InvalidEntry) as error:
        reason = _reason(database, error)
        raise GradebookUnusable(f"{reason} {afterwards}".rstrip()) from None
    finally:
        log.disabled = before


def _reason(database: Path, error: Exception) -> str:
    behind = error.__context__ if isinstance(error, InvalidEntry) else error
    cause = behind.orig if isinstance(behind, DBAPIError) else None
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the rest says more of the same
    if code in BUSY:
        return (
            f"{database} is in use: another program has been writing into it for {MAX_WAIT:g} "
            "seconds. Let it end, and run this again."
        )
    said = " ".join(str(cause or error).split())[:200]
    if code == sqlite3.SQLITE_READONLY:
        return f"{database} cannot be written to ({said}): give yourself leave to write there."
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return f"{database} is not a gradebook that can be read ({said}): put a copy of it back."
    return f"{database} cannot be used ({said}). Look at its disk, then run this again."
