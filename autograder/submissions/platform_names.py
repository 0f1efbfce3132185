"""Names that learning platforms give to what they let instructors download.

Moodle has a folder or a file for each learner, such as ``Ada
Lovelace_123456_assignsubmission_file_``; Canvas has files, such as
``lovelaceada_LATE_12345_67890_course.zip``: a name, the learner's number, the file's own number.
"""

import re
from dataclasses import dataclass

MOODLE = re.compile(r"(?P<student>.+?)_(?P<number>\d+)_assignsubmission_file_?(?P<file>.*)", re.S)
CANVAS = re.compile(r"(?P<student>[^_]+)(?:_LATE)?_(?P<number>\d+)_\d+_(?P<file>.+)", re.S)
AGAIN = re.compile(r"-\d+(?=\.\w+$)")  # Canvas counts what is handed in again: losses-1.py
ONLINE_TEXT = re.compile(r".+_\d+_assignsubmission_onlinetext_.*", re.S)


@dataclass(frozen=True)
class Label:
    """What a platform's name says.

    Attributes
    ----------
    student : str
        The learner's name.
    number : str
        What tells learners of one name apart.
    file : str
        The name under which the file was handed in; empty for a folder.
    """

    student: str
    number: str
    file: str


def label_of(name: str, *, is_folder: bool) -> Label | None:
    """What a name says, or None where no platform made it.

    Examples
    --------
    >>> label_of("Ada Lovelace_123_assignsubmission_file_", is_folder=True)
    Label(student='Ada Lovelace', number='123', file='')
    >>> label_of("lovelaceada_LATE_12_67_losses-1.py", is_folder=False)
    Label(student='lovelaceada', number='12', file='losses.py')
    >>> label_of("ada.zip", is_folder=False)
    """
    found = MOODLE.fullmatch(name) or (None if is_folder else CANVAS.fullmatch(name))
    if found is None:
        return None
    return Label(found["student"], found["number"], AGAIN.sub("", found["file"]))


def is_online_text(name: str) -> bool:
    """Whether a name is of the text that a learner typed into Moodle, beside what was handed in."""
    return ONLINE_TEXT.fullmatch(name) is not None
