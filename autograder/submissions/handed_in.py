"""What is in a folder of submissions, by student."""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.exercises.manifest import LESSONS
from autograder.submissions.file_trees import (
    OnDisk,
    Unreadable,
    is_left_by_systems,
)
from autograder.submissions.platforms import Label, label_of
from autograder.submissions.reading import Handed, holds_modules, is_zip, names_in_words
from autograder.submissions.roster import Person, Table, person_of, rows_of
from autograder.submissions.submission import Note

LESSON_NAMES = frozenset(lesson.name for lesson in LESSONS)
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
EARLIER, LATE = "An earlier attempt", "Handed in late"  # how notes begin
STRANGER = "Not found in the roster"
NOTHING = "Nothing was handed in for this assignment."


@dataclass(frozen=True)
class _Piece:
    """One of the names in a folder of submissions: what it says, and what it names."""

    label: Label
    entry: os.DirEntry[str]

    @property
    def shown(self) -> str:
        """The name as text."""
        return _as_text(self.entry.name)


def handed_in(folder: Path, assignment: str = "all") -> list[Handed]:
    """What is in a folder of submissions, by student.

    A student's folder holds ``course/`` itself or, as nbgrader keeps it, a folder of the
    assignment's name that does. A zip file is named for its student. Names that a learning platform
    gave are taken apart; its number stays in the name where two learners have one name. Of several
    attempts that a platform numbers by their times, the last counts.
    """
    found: dict[tuple[str, str], list[_Piece]] = {}
    for piece in _pieces(folder):
        found.setdefault((piece.label.student, piece.label.number), []).append(piece)
    names = Counter(student for student, _ in found)
    nearly = Counter(student.casefold() for student in names)
    handed = []
    for (student, number), pieces in found.items():
        name = f"{student}_{number}" if number and names[student] > 1 else student
        submission = _of_pieces(name, _last_attempt(pieces), assignment)
        notes = [*submission.notes, *_notes_on_attempts(pieces)]
        if nearly[student.casefold()] > 1:
            text = "Another submission has the same name in other letters, large for small."
            notes.append(Note("", text, always=True))
        last = max(pieces, key=lambda piece: piece.label.when).label
        submission = replace(submission, notes=tuple(notes), number=number, when=last.when)
        handed.append(replace(submission, platform=last.platform, name=last.name))
    return sorted(handed, key=lambda submission: submission.student)


def with_roster(handed: Sequence[Handed], roster: Table) -> tuple[list[Handed], list[Person]]:
    """The same submissions under the ids of a roster, and those who handed in nothing.

    Whoever is not found there exactly once keeps the name of the download, with a note.
    """
    found, problems = rows_of([submission.person for submission in handed], roster)
    people = [person_of(roster, row) for row in range(len(roster.rows))]
    times = Counter(plain_name(person.id) for person in people)
    known = []
    for submission in handed:
        row = found.get(submission.student)
        person = people[row] if row is not None else submission.person
        student = plain_name(person.id)
        problem = problems.get(submission.student, "")
        if row is not None and times[student] > 1:
            problem = f"{student!r} is there {times[student]} times"
        if problem:
            text = f"{STRANGER}: {problem}."
            known.append(
                replace(submission, notes=(*submission.notes, Note("", text, always=True)))
            )
        else:
            submission = replace(
                submission, student=student, number=submission.number or person.number
            )
            name, section = person.name or submission.name, person.section
            known.append(replace(submission, name=name, section=section))
    taken = {*found.values()}
    absent = [
        person for row, person in enumerate(people) if row not in taken and _is_learner(person)
    ]
    return sorted(known, key=lambda submission: submission.student), absent


def _is_learner(person: Person) -> bool:
    """Whether a row is about a learner: an export of Canvas has others."""
    return bool(person.id) and not person.id.strip().startswith("Points Possible")


def plain_name(name: str) -> str:
    """A student's name in one form: letters composed, and no space around it.

    Examples
    --------
    >>> plain_name(" Jose\u0301 ") == "Jos\u00e9"
    True
    """
    return unicodedata.normalize("NFC", name).strip()


def lesson_of_one_student(folder: Path) -> str:
    """The lesson whose folder is in a folder that must be one student's; empty where there is none.

    As nbgrader keeps it, ``submitted/ada`` holds ``1_loss_functions``.
    """
    try:
        names = [entry.name for entry in _entries(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return ""
    return min(LESSON_NAMES.intersection(names), default="")


def is_submission(folder: Path) -> bool:
    """Whether a folder is a single submission: its ``course/`` holds modules of the course."""
    try:
        return (folder / "course").is_dir() and holds_modules(OnDisk(str(folder / "course")))
    except (OSError, Unreadable):
        return False


def passed_over(folder: Path) -> list[str]:
    """The names in a folder of submissions that are taken for nobody's."""
    return [_as_text(entry.name) for entry in _entries(folder) if _label(entry) is None]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(
            (entry for entry in entries if not is_left_by_systems(entry.name)),
            key=lambda entry: entry.name,
        )


def _pieces(folder: Path) -> Iterator[_Piece]:
    for entry in _entries(folder):
        label = _label(entry)
        if label is not None:
            yield _Piece(replace(label, student=plain_name(label.student)), entry)


def _label(entry: os.DirEntry[str]) -> Label | None:
    """What a name says: whose it is, and what was handed in; None for what is nobody's."""
    name, is_folder = _as_text(entry.name), entry.is_dir()
    label = label_of(name, is_folder=is_folder)
    if label is not None:
        return label if label.student else None
    if is_folder:
        return Label(name)
    stem, suffix = os.path.splitext(name)
    is_archive = suffix.lower() in (".zip", *OTHER_ARCHIVES)
    return Label(stem.removesuffix(".tar"), file=name) if is_archive else None


def _last_attempt(pieces: Sequence[_Piece]) -> list[_Piece]:
    last = max(piece.label.when for piece in pieces)
    return [piece for piece in pieces if piece.label.when == last]


def _notes_on_attempts(pieces: Sequence[_Piece]) -> Iterator[Note]:
    earlier = [
        piece.shown for piece in pieces if piece.label.when < max(p.label.when for p in pieces)
    ]
    if earlier:
        yield Note("", f"{EARLIER} was passed over: {names_in_words(earlier)}.")
    if any(piece.label.late for piece in pieces):
        yield Note("", f"{LATE}, says the platform.", always=True)


def _of_pieces(student: str, pieces: Sequence[_Piece], assignment: str) -> Handed:
    """What one student handed in."""
    if len(pieces) == 1:
        return _from_one(student, pieces[0].label.file, pieces[0].entry, assignment)
    files = {piece.label.file: piece.entry.path for piece in pieces}
    folder = Path(pieces[0].entry.path).parent
    together = all(piece.label.platform and not piece.entry.is_dir() for piece in pieces)
    if together and len(files) == len(pieces):
        return Handed(student, folder, files)
    names = names_in_words([piece.shown for piece in pieces])
    return Handed(student, folder, refusal=f"There are two submissions, {names}; keep one.")


def _from_one(student: str, file: str, entry: os.DirEntry[str], assignment: str) -> Handed:
    """What a single file or folder is as a submission."""
    path = Path(entry.path)
    if not entry.is_dir():
        return (
            Handed(student, path)
            if is_zip(file)
            else Handed(student, path.parent, {file: entry.path})
        )
    if entry.is_symlink() or (path / "course").is_dir():
        return Handed(student, path)
    names = [name for name in sorted(os.listdir(path)) if not is_left_by_systems(name)]
    lessons = LESSON_NAMES.intersection(names)
    again = [name for name in names if assignment in name and name != assignment]
    if assignment in lessons:
        notes = [_beside(assignment, names_in_words(list(map(_as_text, again))))] if again else []
        return Handed(student, path / assignment, notes=tuple(notes))
    if lessons and assignment == "all":
        return Handed(student, path, refusal="It holds single lessons; name one by --assignment.")
    if lessons and again:
        found = names_in_words(list(map(_as_text, again)))
        return Handed(student, path, refusal=f"There is no {assignment}/, but {found}; rename it.")
    return Handed(student, path, refusal=NOTHING if lessons or not names else "")


def _beside(assignment: str, names: str) -> Note:
    text = f"Beside {assignment}/ there is {names}, which was not graded."
    return Note("", text)


def _as_text(name: str) -> str:
    """A name of a file as text: bytes that are not UTF-8 are shown as such."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
