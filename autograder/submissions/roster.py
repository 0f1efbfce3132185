"""Who is who: a table of learners, as a platform or a spreadsheet wrote it, and whose row is whose.

A row is found by a platform's number or by an id first, then by a name in any order of its words
("lovelaceada" is "Ada Lovelace"), and at last by a name without accents.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.refused import Refused

# Columns that say who a row is about, by the words in their heads, in any letters.
IDS = (
    *("student", "id", "sis login id", "login id", "username", "user name", "student id"),
    *("orgdefinedid", "id number", "matriculation number", "sis user id", "email address"),
    *("email", "e-mail"),
)
NUMBERS = ("identifier", "number")
FULL_NAMES = ("full name", "name", "student name", "student")
LAST_NAMES, FIRST_NAMES = ("last name", "surname", "family name"), ("first name", "given name")
SECTIONS = ("section", "sections", "group", "groups")
# Where these stand side by side, "Student" is a name and "ID" a number: a gradebook of Canvas.
OF_CANVAS = {"student", "id", "section"}
ACCENTS = "Mn"


@dataclass(frozen=True)
class Person:
    """A learner, as far as a download and a roster tell.

    Attributes
    ----------
    id : str
        The name under which the learner is graded.
    name : str
        The full name, where `id` is something else.
    number : str
        The number by which a platform knows the learner.
    section : str
        The section of the class.
    platform : str
        The platform whose download it was.
    """

    id: str
    name: str = ""
    number: str = ""
    section: str = ""
    platform: str = ""

    @property
    def plain_id(self) -> str:
        """The id without the number that may tell it from another of the same name."""
        return self.id.removesuffix(f"_{self.number}") if self.number else self.id

    @property
    def shown(self) -> str:
        """The name to show to people."""
        return self.name or self.plain_id

    @property
    def named(self) -> str:
        """The name with the id, where both are known.

        Examples
        --------
        >>> Person("al", "Ada Lovelace").named, Person("al").named
        ('Ada Lovelace (al)', 'al')
        """
        return f"{self.name} ({self.id})" if self.name not in ("", self.id) else self.id


@dataclass
class Table:
    """A table of a text file: its head, its rows, and how they were written."""

    header: list[str]
    rows: list[list[str]]
    separator: str = ","
    marked: bool = False  # begins with the mark of UTF-8

    def places(self, names: Sequence[str]) -> list[int]:
        """The columns of these names, in the order of the names."""
        heads = self.heads
        return [place for name in names for place, head in enumerate(heads) if head == name]

    @property
    def heads(self) -> list[str]:
        """The names of the columns in one form."""
        return [" ".join(head.replace("_", " ").casefold().split()) for head in self.header]

    @property
    def is_of_canvas(self) -> bool:
        """Whether it is a gradebook of Canvas."""
        return set(self.heads) >= OF_CANVAS

    def cells(self, row: int, names: Sequence[str]) -> list[str]:
        """What a row holds in columns of these names, empty cells left out."""
        line = self.rows[row]
        found = [line[place].strip() for place in self.places(names) if place < len(line)]
        return [cell for cell in found if cell]


def read_table(path: Path) -> Table:
    """A table of learners in any encoding of text and with any separator.

    Raises
    ------
    Refused
        If it is not text, or has no column by which a learner can be found.
    """
    try:
        content = path.read_bytes()
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")  # Blackboard's, and Excel's "Unicode text"
        text = content.decode("utf-16" if wide else "utf-8")
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        instead = "save it as CSV in UTF-8 (in Excel: “CSV UTF-8”)."
        if content.startswith(b"PK"):
            raise Refused(f"{path} is a workbook: {instead}") from None
        raise Refused(f"{path} is not readable text: {instead}") from None
    found = table_of(text)
    known = {*IDS, *NUMBERS, *FULL_NAMES, *LAST_NAMES}
    if not known.intersection(found.heads):
        heads = ", ".join(found.header[:8]) or "nothing"
        raise Refused(
            f"{path} has no column by which learners can be found. It has {heads}; known are "
            "student, id, Username, Full name, Last name and others: see the guide."
        )
    return found


def table_of(text: str) -> Table:
    """The table in a text.

    Examples
    --------
    >>> found = table_of("\\ufeffid;Full name\\nada;Lovelace, Ada\\n")
    >>> found.header, found.rows, found.separator, found.marked
    (['id', 'Full name'], [['ada', 'Lovelace, Ada']], ';', True)
    """
    marked, text = text.startswith("\ufeff"), text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.startswith("sep=") and len(first.strip()) == 5:  # what Excel is told by some programs
        text, separator = rest, first[4]
    else:
        separator = max("\t;,", key=first.count)
    lines = [
        line for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if line
    ]
    header, *rows = lines or [[]]
    return Table(header, rows, separator, marked)


def person_of(table: Table, row: int) -> Person:
    """Whom a row is about; without an id the name stands for it.

    Examples
    --------
    >>> table = table_of("Username,Last Name,First Name,Section\\nalove,Lovelace,Ada,M1\\n")
    >>> person_of(table, 0)
    Person(id='alove', name='Ada Lovelace', number='', section='M1', platform='')
    """
    ids, numbers, names = _columns(table)
    both = [*table.cells(row, FIRST_NAMES)[:1], *table.cells(row, LAST_NAMES)[:1]]
    name = next(iter(table.cells(row, names)), "") or " ".join(both)
    number = next(iter(table.cells(row, numbers)), "").removeprefix("Participant ")
    known = [cell.removeprefix("#") for cell in table.cells(row, ids)]
    section = next(iter(table.cells(row, SECTIONS)), "")
    shown = name if "," not in name else " ".join(reversed([p.strip() for p in name.split(",", 1)]))
    return Person(next(iter(known), "") or shown or number, shown, number, section)


def rows_of(people: Iterable[Person], table: Table) -> tuple[dict[str, int], dict[str, str]]:
    """Which row of a table is whose.

    Parameters
    ----------
    people : iterable of Person
        The learners.
    table : Table
        The rows.

    Returns
    -------
    found : dict
        The rows, by id.
    problems : dict
        Of everybody else why there is none, by id: a sentence's end.
    """
    fitting = _fitting(list(people), table)
    claims: dict[int, list[tuple[int, str]]] = {}
    for student, (rank, rows) in fitting.items():
        if len(rows) == 1:
            claims.setdefault(rows[0], []).append((rank, student))
    found: dict[str, int] = {}
    for row, claimants in claims.items():
        best = min(rank for rank, _ in claimants)
        first = [student for rank, student in claimants if rank == best]
        if len(first) == 1:
            found[first[0]] = row
    problems = {}
    for student, (_, rows) in fitting.items():
        if student not in found:
            problems[student] = _problem(table, rows, claims, student)
    return found, problems


def _problem(
    table: Table, rows: Sequence[int], claims: Mapping[int, list[tuple[int, str]]], student: str
) -> str:
    if not rows:
        return "nobody there has this name or number"
    if len(rows) > 1:
        return f"it may be any of {len(rows)} there"
    others = [repr(other) for _, other in claims[rows[0]] if other != student]
    return f"the row of {person_of(table, rows[0]).id!r} fits {' and '.join(others)} as well"


def _columns(table: Table) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """The names of columns with ids, with numbers, and with full names."""
    if table.is_of_canvas:
        return [name for name in IDS if name not in OF_CANVAS], ("id", *NUMBERS), ("student",)
    names = [name for name in (*FULL_NAMES, *LAST_NAMES) if name in table.heads]
    return IDS, NUMBERS, FULL_NAMES if names == ["student"] else FULL_NAMES[:-1]


Way = tuple[Callable[[Person], Iterable[str]], Callable[[int], Iterable[str]]]


def _ways(table: Table) -> list[Way]:
    """By what a learner and a row may be found to fit, the surest way first."""
    ids, numbers, _ = _columns(table)

    def numbered(row: int) -> Iterable[str]:
        return map(plain, table.cells(row, (*numbers, *ids)))

    return [
        (lambda person: [f"participant {person.number}"] if person.number else [], numbered),
        (lambda person: [plain(person.number)], numbered),
        (lambda person: [person.plain_id], lambda row: table.cells(row, ids)),
        (lambda person: [plain(person.plain_id)], lambda row: map(plain, table.cells(row, ids))),
        (
            lambda person: map(_letters, (person.plain_id, person.name)),
            lambda row: _turned(table, row, _letters),
        ),
        (
            lambda person: map(_bare_letters, (person.plain_id, person.name)),
            lambda row: _turned(table, row, _bare_letters),
        ),
    ]


def _fitting(people: Sequence[Person], table: Table) -> dict[str, tuple[int, Sequence[int]]]:
    """The rows that may be each learner's, and how sure that is: 0 is the surest.

    One index of the rows after the other: of a large class no two are in memory at once.
    """
    fitting: dict[str, tuple[int, Sequence[int]]] = {person.id: (0, ()) for person in people}
    for rank, (keys, keys_of_row) in enumerate(_ways(table)):
        people = [person for person in people if not fitting[person.id][1]]
        rows: dict[str, list[int]] = {}
        for row in range(len(table.rows)) if people else ():
            for key in {*keys_of_row(row)} - {""}:
                rows.setdefault(key, []).append(row)
        for person in people:
            found = next((rows[key] for key in keys(person) if key in rows), ())
            fitting[person.id] = rank, found
    return fitting


def plain(text: str) -> str:
    """A name or number in one form, however a platform or a spreadsheet wrote it."""
    return unicodedata.normalize("NFC", text).strip().removeprefix("#").casefold()


def _letters(name: str) -> str:
    """The letters of a name alone, in one form.

    Examples
    --------
    >>> _letters("O'Neil, Ada")
    'oneilada'
    """
    text = unicodedata.normalize("NFC", name.casefold())
    return "".join(sign for sign in text if sign.isalnum())


def _bare_letters(name: str) -> str:
    """The same without accents."""
    apart = unicodedata.normalize("NFD", name)
    return _letters("".join(sign for sign in apart if unicodedata.category(sign) != ACCENTS))


def _turned(table: Table, row: int, letters: Callable[[str], str]) -> Iterator[str]:
    """A row's name with each of its words as the first one: platforms put the last name there."""
    names = table.cells(row, _columns(table)[2])
    names.append(" ".join([*table.cells(row, LAST_NAMES)[:1], *table.cells(row, FIRST_NAMES)[:1]]))
    for name in names:
        words = name.replace(",", " ").split()
        for first in range(len(words)):
            yield letters("".join([*words[first:], *words[:first]]))
