"""What of a batch is in the gradebook already: where nothing changed, nbgrader is not even loaded.

Beside each result the journal keeps a mark of all that its place in the gradebook depends on: the
result, the files, the graded notebook, the student's rows, and the course. A student with the same
mark is passed over; what a person changed in the gradebook makes another mark.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jupyter_core.paths import jupyter_config_path

from autograder.batch.journal import Journal, carried_in
from autograder.grading.results import GRADER_FAULT
from autograder.grading.version import grader_version
from autograder.refused import Refused
from autograder.submissions.file_stamps import stamp_of
from autograder.submissions.handed_in import NOTHING
from autograder.submissions.reading import Handed

if TYPE_CHECKING:
    from autograder.nbgrader.gradebook_writer import IntoGradebook

MAX_DOUBTS = 10
COURSE = ""  # no student's name: the mark of the course, and where its secret is
SETTINGS = ("jupyter_config.*", "*nbgrader_config.*", "nbgrader_config.d/*", ".first_descent.json")
OF_THE_LESSON = (  # what `nbgrader generate_assignment` recorded
    "select * from assignment where name = ?",
    """select source_cell.* from source_cell join notebook on notebook.id = source_cell.notebook_id
    join assignment on assignment.id = notebook.assignment_id where assignment.name = ?""",
    """select grade_cells.* from grade_cells join base_cell on base_cell.id = grade_cells.id
    join notebook on notebook.id = base_cell.notebook_id
    join assignment on assignment.id = notebook.assignment_id where assignment.name = ?""",
)
SUBMITTED = """from submitted_notebook join submitted_assignment
    on submitted_assignment.id = submitted_notebook.assignment_id
    join assignment on assignment.id = submitted_assignment.assignment_id"""
OF_STUDENTS = (  # their rows of the lesson
    f"""select student_id, timestamp, extension, late_submission_penalty {SUBMITTED}
    where assignment.name = ?""",
    *(
        f"""select student_id, {table}.* {SUBMITTED}
        join {table} on {table}.notebook_id = submitted_notebook.id
        where assignment.name = ? order by {table}.id"""
        for table in ("grade", "comment")
    ),
)


class OnlyWhatChanged:
    """Carries the results of a batch into a gradebook, those that are not in it as they are.

    With `dry_run` it only says what would move.

    Raises
    ------
    Refused
        If the course has no such assignment, or its gradebook cannot be used.
    """

    def __init__(self, database: Path, lesson: str, journal: Path, *, dry_run: bool) -> None:
        if lesson == "all":
            raise Refused("A gradebook knows lessons: name one by --assignment.")
        self._database, self._lesson, self._dry_run = database.resolve(), lesson, dry_run
        before = carried_in(journal).get(COURSE)
        if before and before.mark and before.mark == self._course_mark():
            self._secret = Path(before.place)
        else:
            self._secret = self._writer.secret

    @cached_property
    def _writer(self) -> "IntoGradebook":
        from autograder.nbgrader.gradebook_writer import IntoGradebook

        return IntoGradebook(self._database, self._lesson, dry_run=self._dry_run)

    def secret_file(self) -> Path:
        """The file with the course's secret, as `nbgrader autograde` uses it.

        Raises
        ------
        Refused
            If it is not there.
        """
        if not self._secret.is_file():
            raise Refused(
                f"There is no {self._secret}, which `descent release` wrote; name the file with "
                "the course's secret by --secret-file."
            )
        return self._secret

    def __call__(self, journal: Journal, handed: Sequence[Handed]) -> None:
        """Carry over what the journal holds of these submissions."""
        meant = [
            submission for submission in handed if submission.refusal != NOTHING
        ]  # the others: other lessons only
        known = journal.carried()
        course = self._course_mark()
        now = self._marks(course, journal, meant, {name: row.place for name, row in known.items()})
        same = {
            submission.student: known[submission.student].doubt
            for submission in meant
            if submission.student in now
            and now[submission.student] == known[submission.student].mark
        }
        if len(same) == len(meant) and "_writer" not in vars(self):
            named = {submission.student: submission.person.named for submission in meant}
            for student, reason in journal.unscored(same):
                print(f"{named[student]}: {reason}", file=sys.stderr)
            doubts = [(named[student], doubt) for student, doubt in sorted(same.items()) if doubt]
            say_what_moved(self._database, 0, len(same), "", doubts, dry_run=self._dry_run)
            return
        places = {student: known[student].place for student in same}
        done = self._writer(journal, meant, same)
        if self._dry_run:
            return
        places |= {student: place for student, (_, place) in done.items()}
        course = self._course_mark()
        now = self._marks(course, journal, meant, places)
        rows = [(name, now.get(name, ""), place, doubt) for name, (doubt, place) in done.items()]
        journal.carry([(COURSE, course, str(self._secret), ""), *rows])

    def _course_mark(self) -> str:
        """A fingerprint of all that the gradebook makes of every result; empty for none."""
        root = self._database.parent
        released = root / "source" / self._lesson / f"{self._lesson}.ipynb"
        own = Path(__file__).parent
        code = [*own.glob("*.py"), *own.with_name("learner").glob("card*.py")]
        settings = [path for pattern in SETTINGS for path in root.glob(pattern)]
        for folder in map(Path, jupyter_config_path()):
            settings += [path for pattern in SETTINGS for path in folder.glob(pattern)]
        mark = hashlib.sha256(f"{self._database}\0{metadata.version('nbgrader')}".encode())
        mark.update(grader_version().encode())
        try:
            for path in (*sorted({*code, *settings}), released):
                mark.update(f"\0{path}\0".encode() + path.read_bytes())
            for row in self._rows(OF_THE_LESSON):
                mark.update(repr(row).encode())
        except (OSError, sqlite3.Error):
            return ""
        return mark.hexdigest()

    def _marks(
        self, course: str, journal: Journal, handed: Iterable[Handed], places: Mapping[str, str]
    ) -> dict[str, str]:
        """A fingerprint by student of all that the result becomes in the gradebook."""
        rows: dict[str, Any] = {}
        with suppress(sqlite3.Error):
            for student, *values in self._rows(OF_STUDENTS):
                rows.setdefault(student, hashlib.sha256()).update(repr(values).encode())
        keys, statuses = journal.keys(), journal.statuses()
        reasons = dict(journal.unscored(keys))
        found = {}
        for submission in handed:
            student = submission.student
            if not course or student not in rows or student not in places:
                continue
            key = keys[student]
            stamp = key.stamp or stamp_of(submission, "") or submission.refusal
            if not stamp or statuses[student] == GRADER_FAULT:
                continue
            parts = course, repr(key), stamp, reasons.get(student), _fact(places[student])
            found[student] = hashlib.sha256(
                f"{parts!r}{rows[student].hexdigest()}".encode("utf-8", "replace")
            ).hexdigest()
        return found

    def _rows(self, queries: Iterable[str]) -> Iterator[tuple[Any, ...]]:
        address = f"file:{quote(str(self._database))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            for query in queries:
                yield from connection.execute(query, (self._lesson,))


def say_what_moved(
    database: Path,
    moved: int,
    count: int,
    rest: str,
    doubts: Sequence[tuple[str, str]],
    *,
    dry_run: bool,
) -> None:
    """Say how many scores moved, and name the answers that a person has to look for, and why."""
    would = " would move; nothing was written" if dry_run else " moved"
    noun = "score" if moved == 1 else "scores"
    print(f"{database.name}: {moved} {noun} of {count} submissions{would}{rest}.", file=sys.stderr)
    if doubts:
        print("Look for these answers in the formgrader:", file=sys.stderr)
    for student, doubt in doubts[:MAX_DOUBTS]:
        print(f"    {student}: {doubt}", file=sys.stderr)
    if len(doubts) > MAX_DOUBTS:
        print(f"    and {len(doubts) - MAX_DOUBTS} more", file=sys.stderr)


def _fact(place: str) -> tuple[int, ...] | None:
    """What the file system says of the graded notebook."""
    try:
        found = os.lstat(place)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
