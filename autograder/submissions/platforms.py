"""Learning platforms: the names in their downloads, and the files of scores that they import.

Each is one entry of `PLATFORMS`, and a new platform is a new entry. In a download

- Moodle has a folder or a file for each learner: ``Ada Lovelace_123456_assignsubmission_file_``.
- Canvas has files, ``lovelaceada_LATE_12345_67890_course.zip``: a name, the learner's number, the
  file's own number; without names ``anon_ab1cd_67892_course.zip``.
- Blackboard has files, ``Loss functions_alovelace_attempt_2026-11-20-18-00-00_course.zip``, and a
  receipt of each attempt without a file's name.
- Brightspace has folders, ``12345-67890 - Ada Lovelace - 20 November, 2026 600 PM``.
- Sakai has folders, ``Lovelace, Ada(alovelace)``, with what was handed in below ``Submission
  attachment(s)``; packed without folders, these names stand before the file's, with ``_`` between.
- Google Classroom puts the learner's name before the file's: ``Ada Lovelace - losses.py``.

References
----------
Of the files with scores:

- Moodle, "Offline grading worksheet" of an assignment: a row is found by `Identifier`, which is
  ``Participant`` and the number that is in the names of downloaded files.
- Blackboard, "Work offline with grade data": a row is found by `Username`; a column that has no
  number of its own after its name is made.
- Brightspace, "Importing grades", https://community.d2l.com/brightspace/kb/articles/3538: a row is
  found by `OrgDefinedId` or `Username`; the column is named for the grade item, with "Points
  Grade"; the last column marks the end of a line.
- Canvas, https://github.com/instructure/canvas-lms, ``lib/gradebook_importer.rb``: the first
  columns are Student, ID, SIS User ID, SIS Login ID and Section, with Integration ID and Root
  Account before Section where a school has them; an assignment is found by the number in brackets
  after its name, else by its name, else it is made. A row "Points Possible" may follow the header.
  An empty cell changes nothing.
- Sakai, https://github.com/sakaiproject/sakai, ``ImportGradesHelper.java`` of its gradebook: the
  first two columns are the learner's id and name, whatever they are called; a column is named for
  its item, with the points in square brackets, and made where there is none. ``*`` before a name
  marks comments, ``#`` what is not imported. An empty cell changes nothing.

Google Classroom documents no file of scores that it imports: they are typed in, or set by a
program, https://developers.google.com/workspace/classroom/guides/classroom-api/manage-grades.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograder.exercises.manifest import LESSONS, MODULES
from autograder.submissions.roster import Person

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
COURSE_FILES = "|".join(["course", *MODULES, *(lesson.name for lesson in LESSONS)])
# What follows an assignment's title in a column: its number in Canvas, its points in Sakai.
NUMBERED = re.compile(r"(?P<title>.+?)\s*(\(\d+\)|\[\d+([.,]\d+)?\])")


@dataclass(frozen=True)
class ScoresFile:
    """What a learning platform expects of a file with scores.

    Attributes
    ----------
    learner : mapping
        The columns that say who a row is about, each with what is in it.
    score : str
        The name of the column of an assignment, with gaps for its title and its most points.
    several : str
        The same where a file holds several assignments; empty where the platform takes one a file.
    is_score : callable
        Whether a column that the platform exported is for the score of an assignment.
    after : mapping
        Columns after it, with what is in each.
    last_about : tuple of str
        The last column about learners, by the names that it may have, where those after it are
        scores of other assignments. They are left out, so that nothing is put back that somebody
        changed meanwhile.
    points_row : str
        What the row of the most points begins with; empty where there is none.
    """

    learner: Mapping[str, Callable[[Person], str]]
    score: str
    is_score: Callable[[str, str], bool]
    after: Mapping[str, str] = field(default_factory=dict)
    last_about: tuple[str, ...] = ()
    points_row: str = ""
    several: str = ""

    def column(self, title: str, points: Mapping[str, float]) -> str:
        """The name of an assignment's column, with the most points of all that are in the file."""
        form = self.several if len(points) > 1 and self.several else self.score
        return form.format(title=title, points=f"{points[title]:g}")

    @property
    def takes_several(self) -> bool:
        """Whether one file can hold several assignments."""
        return bool(self.several) or "{title}" in self.score


@dataclass(frozen=True)
class Platform:
    """A learning platform.

    Attributes
    ----------
    folders, files : tuple of str
        Patterns of the names in its downloads. Groups say what is in a name: `student`, `number`,
        `file`, `when`, `late`.
    nobodys : tuple of str
        Patterns of what is nobody's submission: texts typed into a form, receipts.
    scores : ScoresFile or None
        The file of scores that it imports.
    """

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    nobodys: tuple[str, ...] = ()
    scores: ScoresFile | None = None


def _nothing(person: Person) -> str:
    return ""


def _starts(column: str, title: str) -> bool:
    return column.casefold().startswith(title.casefold())


def _is_points_grade(column: str, title: str) -> bool:
    return _starts(column, title) and "Points Grade" in column


def _is_numbered(column: str, title: str) -> bool:
    found = NUMBERED.fullmatch(column)
    return title.casefold() in (column.casefold(), found["title"].casefold() if found else "")


MOODLES = r"(?P<student>.+?)_(?P<number>\d+)_assignsubmission_file_?(?P<file>.*)"
SAKAIS = r"(?P<name>[^()]+, [^()]+)\((?P<student>[^()]+)\)"
PLATFORMS = {
    "Moodle": Platform(
        folders=(MOODLES,),
        files=(MOODLES,),
        nobodys=(r".+_\d+_assignsubmission_onlinetext(_.*)?",),
        scores=ScoresFile(
            {
                "Identifier": lambda person: f"Participant {person.number}",
                "Full name": lambda person: person.shown,
            },
            "Grade",
            lambda column, _: column == "Grade",
        ),
    ),
    "Canvas": Platform(
        files=(
            r"anon(ymous)?(?P<late>_LATE)?_(?P<number>[0-9a-zA-Z]{5})_\d+_(?P<file>.+)",
            r"(?P<student>[^_]+)(?P<late>_LATE)?_(?P<number>\d+)_\d+_(?P<file>.+)",
        ),
        scores=ScoresFile(
            {
                "Student": lambda person: person.shown,
                "ID": lambda person: person.number,
                "SIS User ID": _nothing,
                "SIS Login ID": lambda person: person.id if person.name else "",
                "Section": lambda person: person.section,
            },
            "{title}",
            _is_numbered,
            last_about=("Section",),
            points_row="    Points Possible",
        ),
    ),
    "Blackboard": Platform(
        files=(r".+?_(?P<student>[^_]+)_attempt_(?P<when>\d{4}(-\d\d){5})_(?P<file>.+)",),
        nobodys=(r".+_[^_]+_attempt_\d{4}(-\d\d){5}\.txt",),
        scores=ScoresFile(
            {"Username": lambda person: person.id}, "{title} [Total Pts: {points} Score]", _starts
        ),
    ),
    "Brightspace": Platform(
        folders=(r"(?P<number>\d+)-\d+ - (?P<student>.+?) - (?P<when>.*\d{4} \d+ [AP]M)",),
        scores=ScoresFile(
            {"Username": lambda person: person.id},
            "{title} Points Grade",
            _is_points_grade,
            after={"End-of-Line Indicator": "#"},
        ),
    ),
    "Sakai": Platform(
        folders=(SAKAIS,),
        files=(rf"{SAKAIS}_Submission attachment\(s\)_(?P<file>.+)",),
        nobodys=(rf"{SAKAIS}_(timestamp\.txt|comments\.txt|.*submissionText\.html|Feedback .+)",),
        scores=ScoresFile(
            {"Student ID": lambda person: person.id, "Student Name": lambda person: person.shown},
            "{title} [{points}]",
            _is_numbered,
            last_about=("Student Name", "Name"),
        ),
    ),
    "Google Classroom": Platform(
        files=(rf"(?P<student>.+?) - (?P<file>({COURSE_FILES})( ?\(\d+\))?\.(py|ipynb|zip))",)
    ),
    "CSV": Platform(
        scores=ScoresFile(
            {
                "student": lambda person: person.id,
                "name": lambda person: person.name,
                "number": lambda person: person.number,
                "section": lambda person: person.section,
            },
            "score",
            lambda column, title: column in ("score", title),
            several="{title}",
        )
    ),
}
SCORES_FILES = {
    name.lower(): platform.scores
    for name, platform in PLATFORMS.items()
    if platform.scores is not None
}
AGAIN = re.compile(r"-\d+(?=\.\w+$)")  # Canvas counts what is handed in again: losses-1.py
TIME = re.compile(
    r"\D*(?P<day>\d+)\D+(?P<year>\d{4}) (?P<hour>\d+?)(?P<minute>\d\d) (?P<half>[AP])M"
)


@dataclass(frozen=True)
class Label:
    """What a name in a folder of submissions says.

    Attributes
    ----------
    student : str
        The learner's name; empty for what is nobody's submission.
    number : str
        What tells learners of one name apart.
    file : str
        The name under which the file was handed in; empty for a folder.
    when : str
        Of several attempts the last is the one that is greatest here.
    late : bool
        Whether the platform says that it came late.
    platform : str
        The platform; empty where none made the name.
    name : str
        The learner's full name, where `student` is a login.
    """

    student: str
    number: str = ""
    file: str = ""
    when: str = ""
    late: bool = False
    platform: str = ""
    name: str = ""


def label_of(name: str, *, is_folder: bool) -> Label | None:
    """What a name says, or None where no platform made it.

    Examples
    --------
    >>> found = label_of("lovelaceada_LATE_12_67_losses-1.py", is_folder=False)
    >>> found.platform, found.student, found.number, found.file, found.late
    ('Canvas', 'lovelaceada', '12', 'losses.py', True)
    >>> label_of("Ada Lovelace_123_assignsubmission_file_", is_folder=True).student
    'Ada Lovelace'
    >>> label_of("ada.zip", is_folder=False)
    """
    kinds = PLATFORMS.items()
    if any(re.fullmatch(form, name, re.S) for _, kind in kinds for form in kind.nobodys):
        return Label("")
    for platform, kind in kinds:
        for form in kind.folders if is_folder else kind.files:
            found = re.fullmatch(form, name, re.S)
            if found is not None:
                parts = {key: value or "" for key, value in found.groupdict().items()}
                number = parts.get("number", "")
                return Label(
                    student=parts.get("student") or f"anonymous_{number}",
                    number=number,
                    file=AGAIN.sub("", parts.get("file", "")),
                    when=_sortable(parts.get("when", "")),
                    late=bool(parts.get("late")),
                    platform=platform,
                    name=parts.get("name", ""),
                )
    return None


def _sortable(when: str) -> str:
    """A time as text that sorts: Blackboard's does, Brightspace's is put so.

    Examples
    --------
    >>> _sortable("20 November, 2026 601 PM"), _sortable("Nov 9, 2026 1201 AM")
    ('2026-11-20-18-01', '2026-11-09-00-01')
    """
    found = TIME.fullmatch(when)
    if found is None:
        return when
    months = [number for number, name in enumerate(MONTHS, 1) if name in when.lower()]
    hour = int(found["hour"]) % 12 + 12 * (found["half"] == "P")
    parts = (months[0] if months else 0, int(found["day"]), hour, int(found["minute"]))
    return "-".join([found["year"], *(f"{part:02}" for part in parts)])
