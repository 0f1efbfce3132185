"""Nbgrader's way from an autograded notebook to a page of feedback, closed during an exam."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.converters.base import NbGraderException

from autograder.nbgrader.configuration import withheld_lessons


class FeedbackPages(HTMLExporter):
    """Makes nbgrader's own pages, except of an exam whose feedback is not released."""

    def __init__(self, **kw: Any) -> None:
        super().__init__(**kw)  # type: ignore[no-untyped-call]
        course = getattr(self.parent, "coursedir", None)
        if course is not None and course.assignment_id in withheld_lessons(Path(course.root)):
            said = (
                f"{course.assignment_id} is an exam, and its feedback is not released: no page was "
                "made. When everybody has handed in: descent release "
                f"{course.root} --feedback"
            )
            self.log.error(said)
            raise NbGraderException(said)
