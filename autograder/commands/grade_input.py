"""What `descent grade` reads before it grades: the submissions, who is who, and the secret."""

import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import click

from autograder.batch.assignment import draw_secret
from autograder.refused import Refused
from autograder.submissions.handed_in import (
    EARLIER,
    LATE,
    STRANGER,
    handed_in,
    is_submission,
    lesson_of_one_student,
    passed_over,
    plain_name,
    with_roster,
)
from autograder.submissions.reading import Handed
from autograder.submissions.roster import Person, read_table

MAX_NAMED = 5


@dataclass(frozen=True)
class ClassIn:
    """What lies in a folder of submissions.

    Attributes
    ----------
    everyone : list of Handed
        All of it.
    handed : list of Handed
        What is to be graded now.
    absent : tuple of Person
        Those in the roster who handed in nothing.
    """

    everyone: list[Handed]
    handed: list[Handed]
    absent: tuple[Person, ...]

    def named(self, student: str) -> str:
        """A learner by name and id."""
        return self._named.get(student, student)

    @cached_property
    def _named(self) -> dict[str, str]:
        return {submission.student: submission.person.named for submission in self.everyone}

    @property
    def is_part(self) -> bool:
        """Whether only some are to be graded."""
        return len(self.handed) < len(self.everyone)


def class_in(
    submissions: Path, assignment: str, roster: Path | None, students: Sequence[str]
) -> ClassIn:
    """The submissions of a class, by the ids of a roster where there is one; and say what came.

    Raises
    ------
    Refused
        If the folder holds no submissions, or none of a student who is named.
    """
    table = read_table(roster) if roster is not None else None
    everyone, absent = _handed_in(submissions, assignment), list[Person]()
    if table is not None:
        everyone, absent = with_roster(everyone, table)
        click.echo(of_roster(everyone, absent), err=True)
    return ClassIn(everyone, _of_students(everyone, students, submissions), tuple(absent))


def place_of_journal(place: Path | None, folder: Path, assignment: str) -> Path:
    """Where the journal is: as asked for, or next to the folder."""
    place = place or folder.parent / f"{folder.name or 'submissions'}.{assignment}.journal"
    place = place.resolve()
    if not place.parent.is_dir():
        raise Refused(f"There is no folder {place.parent} for the journal {place.name}.")
    return place


def drawn_secret(file: Path) -> Path:
    """A file with a secret: without one, anybody could compute the hidden inputs."""
    try:
        drawn = draw_secret(file)
    except OSError as error:
        raise Refused(
            f"A secret cannot be written to {file} ({error.strerror}); name one by --secret-file."
        ) from None
    if drawn:
        click.echo(
            f"Drew the secret of the hidden inputs: {file}. Keep it, and keep it to yourself.",
            err=True,
        )
    return file


def secret_in(file: Path) -> str:
    """The secret in a file."""
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"The secret file {file} is not readable UTF-8 text.") from None
    if not secret:
        raise Refused(f"The secret file {file} is empty.")
    return secret


def _handed_in(submissions: Path, assignment: str) -> list[Handed]:
    if is_submission(submissions):
        raise Refused(
            f"{submissions} is one submission: name the folder that it lies in, "
            "which holds a folder or a zip file for each learner."
        )
    if lesson := lesson_of_one_student(submissions):
        place = submissions.resolve()
        raise Refused(
            f"{submissions} holds {lesson}/ as one student's folder does: name {place.parent}, and "
            f"add --student {shlex.quote(place.name)} to grade only this one."
        )
    if (submissions / "submitted").is_dir() and (submissions / "source").is_dir():
        raise Refused(
            f"{submissions} is a course of nbgrader: name {submissions / 'submitted'}, "
            "where its submissions lie."
        )
    try:
        handed, others = handed_in(submissions, assignment), passed_over(submissions)
    except OSError as error:
        raise Refused(f"{submissions} cannot be read ({error.strerror}).") from None
    if not handed:
        raise Refused(f"There is no submission in {submissions}.")
    if said := of_platform(handed):
        click.echo(said, err=True)
    if others:
        more = f" and {len(others) - MAX_NAMED} more" if len(others) > MAX_NAMED else ""
        names = ", ".join(others[:MAX_NAMED])
        click.echo(f"Passed over, being neither folder nor zip file: {names}{more}.", err=True)
    return handed


def _of_students(handed: list[Handed], students: Sequence[str], submissions: Path) -> list[Handed]:
    """The submissions of some students; of all where none is named."""
    wanted = {plain_name(student) for student in students}
    if unknown := sorted(wanted - {submission.student for submission in handed}):
        close = get_close_matches(unknown[0], [submission.student for submission in handed], n=1)
        rest = f"; {close[0]!r} is the nearest" if close else ""
        raise Refused(f"There is no submission of {unknown[0]!r} in {submissions}{rest}.")
    return [submission for submission in handed if submission.student in wanted or not wanted]


def of_platform(handed: Sequence[Handed]) -> str:
    """What a learning platform packed, as far as the names tell; empty where none did.

    Examples
    --------
    >>> ada = Handed("Ada", Path("in"), platform="Moodle")
    >>> of_platform([ada, Handed("Ben", Path("in"))])
    "Moodle's download: 1 of 2 learners."
    """
    platforms = Counter(submission.platform for submission in handed if submission.platform)
    if not platforms:
        return ""
    (platform, number), *_ = platforms.most_common(1)
    of = f"{number} of " * (number != len(handed)) + f"{len(handed)} learner"
    of += "s" * (len(handed) != 1)
    again = sum(any(EARLIER in note.text for note in submission.notes) for submission in handed)
    attempts = f", {again} with more than one attempt: the last counts" if again else ""
    late = sum(any(LATE in note.text for note in submission.notes) for submission in handed)
    return f"{platform}'s download: {of}{attempts}{f', {late} late' if late else ''}."


def of_roster(handed: Sequence[Handed], absent: Sequence[Person]) -> str:
    """How many the roster knows, and who of it handed in nothing.

    Examples
    --------
    >>> of_roster([Handed("ada", Path("in"))], [Person("bn", "Ben Ng")])
    'Roster: 1 of 1 submission found; nothing was handed in by Ben Ng (bn).'
    """
    strangers = sum(
        any(STRANGER in note.text for note in submission.notes) for submission in handed
    )
    said = f"Roster: {len(handed) - strangers} of {len(handed)} submission"
    said += f"{'s' * (len(handed) != 1)} found"
    if absent:
        more = f" and {len(absent) - MAX_NAMED} more" if len(absent) > MAX_NAMED else ""
        names = ", ".join(person.named for person in absent[:MAX_NAMED])
        said += f"; nothing was handed in by {names}{more}"
    return f"{said}."
