"""Nbgrader's configuration of the course that a gradebook belongs to, and of no other.

Nbgrader reads settings from the home folder, the system and the current folder. Whatever they say,
all that is read and written with a gradebook belongs to one course: the one whose folder it is in.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_core.application import JupyterApp
from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from traitlets.config import Config
from traitlets.config.application import Application

from autograder.refused import Refused

SECRET = "secret.txt"


@dataclass(frozen=True)
class CourseSettings:
    """What nbgrader's configuration says of a course.

    Attributes
    ----------
    directory : CourseDirectory
        Nbgrader's own view of the course's folders.
    config : Config
        All settings.
    secret : Path
        The file with the secret that autograding uses.
    """

    directory: CourseDirectory
    config: Config
    secret: Path


class _Settings(NbGrader):  # type: ignore[misc]
    """Reads the settings as nbgrader's commands do in the folder of the course."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.initialize([], root=str(root))

    def load_config_file(self, **options: Any) -> None:
        """Load what is set for all courses, then what this course sets.

        Nbgrader itself loads the current folder's settings: that may be another course's.
        """
        JupyterApp.load_config_file(self, **options)
        Application.load_config_file(self, self.config_file_name, str(self.root))


def course_settings(database: Path) -> CourseSettings:
    """The settings of the course that a gradebook belongs to.

    Parameters
    ----------
    database : Path
        The gradebook; its folder is the course's.

    Raises
    ------
    Refused
        If nbgrader's configuration means another course, gradebook or folder than this one.
    """
    database = database.resolve()
    root = database.parent
    app = _Settings(root)
    course = app.coursedir
    if Path(course.root).resolve() != root:
        _refuse(app, "CourseDirectory.root", course.root, f"the course of {database} is {root}")
    meant = _database_of(course.db_url)
    if meant is None or meant.resolve() != database:
        _refuse(app, "CourseDirectory.db_url", course.db_url, f"--gradebook names {database}")
    for setting in ("source_directory", "submitted_directory", "autograded_directory"):
        step = getattr(course, setting)
        place = Path(course.format_path(step, "student", "lesson"))
        if not place.is_relative_to(course.root) or ".." in place.parts:
            said = f"the course of {database} is {root}"
            own = setting in app.config.CourseDirectory
            _refuse(
                app, f"CourseDirectory.{setting if own else 'directory_structure'}", place, said
            )
    secret = app.config.GradeInSandbox.get("secret_file", SECRET)
    return CourseSettings(course, app.config, root / secret)


def _database_of(url: str) -> Path | None:
    """The file of a gradebook's address; None for a database that is not a file."""
    try:
        address = make_url(url)
    except ArgumentError:
        return None
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    return Path(address.database)


def _refuse(app: _Settings, setting: str, theirs: object, ours: str) -> None:
    own = str(app.root / "nbgrader_config.py")
    name = setting.partition(".")[2]
    sources = [path for path in app.loaded_config_files if name in _text(path)]
    where = f" in {sources[-1]}" if sources else ""
    raise Refused(
        f"nbgrader's configuration means {theirs} (c.{setting}{where}), but {ours}.\n"
        "Nothing was graded, so that no other course is written over. Name the gradebook of the "
        f"course that is meant, or take this setting out or set it right in {own}."
    )


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8", errors="replace")
