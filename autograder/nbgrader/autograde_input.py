"""How nbgrader's autograding reads what was handed in."""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.coursedir import CourseDirectory

from autograder.exercises.manifest import LESSONS
from autograder.nbgrader.autograded_files import handed_in_at, notes_of, submission_of, write_kept
from autograder.nbgrader.cell_scores import mark_answers
from autograder.nbgrader.safe_markdown import is_fit_name
from autograder.nbgrader.submitted_notebook import as_node, released_notebook_in, submitted_notebook
from autograder.submissions.file_trees import shown
from autograder.submissions.reading import Handed

NAMES = frozenset(lesson.name for lesson in LESSONS)
MAX_FOLDERS = 500  # in a submission: nbgrader's own walk through more takes minutes


def expect_notebook(assignment: str, student: str, notebooks: list[str]) -> None:
    """Add the notebook that should have been handed in to those that nbgrader found.

    For nbgrader's ``pre_convert_hook``: a notebook of another name would be passed over, and the
    submission with it. `SubmittedNotebooks` reads whatever is there.
    """
    if notebooks and assignment in NAMES:
        expected = str(Path(notebooks[0]).with_name(f"{assignment}.ipynb"))
        if expected not in notebooks:
            notebooks.append(expected)


class HandedIn(CourseDirectory):  # type: ignore[misc]
    """The folders of a course, for autograding: nbgrader opens and copies nothing handed in.

    What is kept of a submission, `SubmittedNotebooks` writes.
    """

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """When something was handed in, by an ordinary file or not at all."""
        return handed_in_at(Path(dest_path))


class SubmittedNotebooks(NotebookExporter):
    """Nbgrader's way from a submitted notebook to an autograded one, by way of a repair.

    Assignments that are not lessons of this course, and later steps, are read as before.
    """

    def __init__(self, **kw: Any) -> None:
        super().__init__(**kw)  # type: ignore[no-untyped-call]
        converter: Any = self.parent
        course = getattr(converter, "coursedir", None)
        if course is not None and course.assignment_id in NAMES:
            settings = course.trait_values(config=True) | {"ignore": ["*"]}
            converter.coursedir = HandedIn(parent=course.parent, **settings)
            self._pass_over(converter.assignments, course)

    def _pass_over(self, assignments: dict[str, list[str]], course: CourseDirectory) -> None:
        """Leave out submissions that nbgrader must not even look through."""
        pattern = course.format_path(
            course.submitted_directory, "(?P<student>.*)", "(?P<lesson>.*)", escape=True
        )
        for folder in list(assignments):
            found = re.match(pattern, folder)
            reason = _unfit(found["student"] if found else "", Path(folder))
            if reason:
                self.log.error("Passed over: %s", reason)
                del assignments[folder]

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, Any]:
        """Read a notebook, repair it if it is a submitted one, and convert it."""
        course: Any = getattr(self.parent, "coursedir", None)
        asked = (resources or {}).get("nbgrader", {})
        lesson, student = asked.get("assignment", ""), asked.get("student", "")
        released = None
        if course is not None:
            folder = Path(course.format_path(course.submitted_directory, student, lesson))
            if Path(filename) == folder / f"{lesson}.ipynb":
                released = released_notebook_in(Path(course.root), lesson)
        if released is None:
            return super().from_filename(filename, resources, **kw)
        handed = Handed(student, folder)
        notebook = submitted_notebook(handed, lesson, released)
        for notice in notebook.notices:
            self.log.warning("%s: %s", student, notice)
        if notebook.doubt:
            mark_answers(notebook.notebook)
        kept = submission_of(handed).files | notes_of(handed)
        write_kept(Path(course.format_path(course.autograded_directory, student, lesson)), kept)
        resources = {**(resources or {}), "metadata": {"name": lesson, "path": str(folder)}}
        converted: tuple[Any, Any] = self.from_notebook_node(  # type: ignore[no-untyped-call]
            as_node(notebook.notebook), resources, **kw
        )
        return converted


def _unfit(student: str, folder: Path) -> str:
    """Why nbgrader must not look at a submission; else empty."""
    if not is_fit_name(student):
        return f"{shown(student)} is not a student's name."
    if folder.parent.is_symlink():
        return f"The folder of {student} is a link."
    folders = 0
    for _, within, _ in os.walk(folder):
        folders += len(within)
        if folders > MAX_FOLDERS:
            return (
                f"The submission of {student} holds more than {MAX_FOLDERS} folders; "
                "`descent grade --gradebook` grades it."
            )
    return ""
