"""What nbgrader and Sakai note beside a submission, read without following any link."""

import re
from pathlib import Path

from autograder.submissions.file_trees import Unreadable, opened

TIMESTAMP = "timestamp.txt"  # when it was handed in, as nbgrader's exchange or Sakai noted it
SAKAIS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})")  # in UTC
MAX_NOTED = 4096


def timestamp_in(folder: Path) -> str:
    """When a submission was handed in, as nbgrader would write it; empty where nothing says it."""
    text = noted(folder, TIMESTAMP).decode("ascii", "replace").strip()
    sakais = SAKAIS.fullmatch(text)
    return "{}-{}-{} {}:{}:{}.{} UTC".format(*sakais.groups()) if sakais else text


def noted(folder: Path, name: str) -> bytes:
    """What nbgrader noted beside a submission; nothing if there is no ordinary, short file."""
    if folder.is_symlink():
        return b""  # it would be another student's
    try:
        with opened(str(folder / name), name) as file:
            content = file.read(MAX_NOTED + 1)
    except Unreadable:
        return b""
    return content if len(content) <= MAX_NOTED else b""
