"""How nbgrader's autograding reads what was handed in: `nbgrader_config.py` names these two."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from autograder.exercises import LESSONS
from autograder.nbgrader.notebooks import as_node, released_notebook_in, submitted_notebook


def expect_notebook(assignment: str, student: str, notebooks: list[str]) -> None:
    """Add the notebook that should have been handed in to those that nbgrader found.

    For nbgrader's ``pre_convert_hook``: a notebook of another name would be passed over, and the
    submission with it. `SubmittedNotebooks` reads whatever stands in its place.
    """
    if notebooks and any(lesson.name == assignment for lesson in LESSONS):
        expected = str(Path(notebooks[0]).with_name(f"{assignment}.ipynb"))
        if expected not in notebooks:
            notebooks.append(expected)


class SubmittedNotebooks(NotebookExporter):
    """Nbgrader's way from a submitted notebook to an autograded one, by way of putting it right.

    Assignments that are not lessons of this course, and later steps, are read as ever.
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, Any]:
        """Read a notebook, put it right if it is a submitted one, and convert it."""
        course = getattr(self.parent, "coursedir", None)
        asked = (resources or {}).get("nbgrader", {})
        lesson, student = asked.get("assignment", ""), asked.get("student", "")
        folder = Path(filename).parent
        if course is None or folder != Path(
            course.format_path(course.submitted_directory, student, lesson)
        ):
            return super().from_filename(filename, resources, **kw)
        released = released_notebook_in(Path(course.root), lesson)
        if released is None or Path(filename).stem != lesson:
            return super().from_filename(filename, resources, **kw)
        right = submitted_notebook(folder, lesson, released)
        for notice in right.notices:
            self.log.warning("%s: %s", student, notice)
        resources = resources or {}
        now = datetime.now(UTC)
        resources["metadata"] = {
            "name": lesson,
            "path": str(folder),
            "modified_date": f"{now:%B} {now.day}, {now.year}",
        }
        converted: tuple[Any, Any] = self.from_notebook_node(  # type: ignore[no-untyped-call]
            as_node(right.notebook), resources, **kw
        )
        return converted
