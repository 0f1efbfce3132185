"""Names that learning platforms give to what they let instructors download.

- Moodle has a folder or a file for each learner: ``Ada Lovelace_123456_assignsubmission_file_``.
- Canvas has files, ``lovelaceada_LATE_12345_67890_course.zip``: a name, the learner's number, the
  file's own number; without names ``anon_ab1cd_67892_course.zip``.
- Blackboard has files, ``Loss functions_alovelace_attempt_2026-11-20-18-00-00_course.zip``, and a
  receipt of each attempt without a file's name.
- Brightspace has folders, ``12345-67890 - Ada Lovelace - 20 November, 2026 600 PM``.
- Sakai has folders, ``Lovelace, Ada(alovelace)``.
- Google Classroom puts the learner's name before the file's: ``Ada Lovelace - losses.py``.
"""

import re
from dataclasses import dataclass

from autograder.exercises.manifest import LESSONS, MODULES

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
COURSE_FILES = "|".join(["course", *MODULES, *(lesson.name for lesson in LESSONS)])
NOBODYS = (  # texts that were typed into a form, receipts
    re.compile(r".+_\d+_assignsubmission_onlinetext(_.*)?", re.S),
    re.compile(r".+_[^_]+_attempt_\d{4}(-\d\d){5}\.txt", re.S),
)
FOLDERS = (
    ("Moodle", r"(?P<student>.+?)_(?P<number>\d+)_assignsubmission_file_?(?P<file>.*)"),
    ("Brightspace", r"(?P<number>\d+)-\d+ - (?P<student>.+?) - (?P<when>.*\d{4} \d+ [AP]M)"),
    ("Sakai", r"[^()]+, [^()]+\((?P<student>[^()]+)\)"),
)
FILES = (
    FOLDERS[0],
    ("Canvas", r"anon(ymous)?(?P<late>_LATE)?_(?P<number>[0-9a-zA-Z]{5})_\d+_(?P<file>.+)"),
    ("Canvas", r"(?P<student>[^_]+)(?P<late>_LATE)?_(?P<number>\d+)_\d+_(?P<file>.+)"),
    (
        "Blackboard",
        r".+?_(?P<student>[^_]+)_attempt_(?P<when>\d{4}(-\d\d){5})_(?P<file>.+)",
    ),
    (
        "Google Classroom",
        rf"(?P<student>.+?) - (?P<file>({COURSE_FILES})( ?\(\d+\))?\.(py|ipynb|zip))",
    ),
)
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
    """

    student: str
    number: str = ""
    file: str = ""
    when: str = ""
    late: bool = False
    platform: str = ""


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
    if any(pattern.fullmatch(name) for pattern in NOBODYS):
        return Label("")
    for platform, pattern in FOLDERS if is_folder else FILES:
        found = re.fullmatch(pattern, name, re.S)
        if found is not None:
            parts = {"student": "", "number": "", "file": "", "when": "", "late": None}
            parts |= found.groupdict()
            return Label(
                student=parts["student"] or f"anonymous_{parts['number']}",
                number=parts["number"] or "",
                file=AGAIN.sub("", parts["file"] or ""),
                when=_sortable(parts["when"] or ""),
                late=bool(parts["late"]),
                platform=platform,
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
