"""`descent grade --feedback DIR`: a page for each learner, to upload or to send."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from autograder.atomic_files import write_in_one_step
from autograder.batch.journal import Journal
from autograder.commands.output_file import file_name, without_signs
from autograder.grading.policy import Policy
from autograder.grading.results import submission_result
from autograder.learner.card import card_html
from autograder.refused import Refused
from autograder.report.page import feedback_page
from autograder.submissions.file_trees import Unreadable
from autograder.submissions.handed_in import LATE, NOTHING
from autograder.submissions.reading import Handed, read_submission
from autograder.submissions.roster import Person

OURS = 'name="generator" content="First Descent"'
MAX_HEAD = 2_000  # characters in which the page says that it is ours


class FeedbackPages:
    """Writes what each learner gets back into a folder.

    The page of Ada is ``Ada.html``; of what Moodle packed, ``feedback.html`` in a folder that is
    named as Moodle's own, so that the zipped folder is its "feedback files in a zip".

    Raises
    ------
    Refused
        If the folder cannot be made, or holds something else under the name of a page.
    """

    def __init__(self, folder: Path, assignment: str, policy: Policy) -> None:
        self._folder, self._assignment, self._policy = folder, assignment, policy
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"The folder {folder} cannot be made ({error.strerror}).") from None

    def __call__(self, journal: Journal, handed: Sequence[Handed]) -> None:
        """Write the pages of what the journal holds of these submissions."""
        keys = journal.keys()
        by_student = {
            submission.student: submission for submission in handed if submission.refusal != NOTHING
        }
        written = changed = 0
        for line in _with_progress(journal.lines(by_student), len(by_student)):
            result = submission_result(json.loads(line))
            handed_in = by_student[result.student]
            try:
                submission = read_submission(handed_in)
                files, digest = submission.files, submission.digest
            except (Unreadable, OSError):
                files, digest = {}, keys[result.student].digest
            if digest != keys[result.student].digest:
                click.echo(
                    f"{handed_in.person.named}: changed since it was graded; no page.", err=True
                )
                changed += 1
                continue
            result = self._policy.applied(result, self._assignment, handed_in)
            result = replace(result, printed=journal.printed(result.student))
            late = [note.text for note in handed_in.notes if note.text.startswith(LATE)]
            late = [] if result.days_late else late  # then the page says how many days
            page = feedback_page(
                result,
                self._assignment,
                card_html(result),
                files,
                late,
                name=handed_in.person.shown,
            )
            self._write(self._folder / place_of(handed_in.person), page)
            written += 1
        pages = "page" if written == 1 else "pages"
        click.echo(f"{written} feedback {pages} in {self._folder}", err=True)
        if any(submission.platform == "Moodle" for submission in handed):
            click.echo("Zip that folder for Moodle's “Upload multiple feedback files”.", err=True)

    def _write(self, path: Path, page: str) -> None:
        try:
            if path.exists() and OURS not in path.read_text("utf-8", "replace")[:MAX_HEAD]:
                raise Refused(f"{path} is not a page of ours; name another folder by --feedback.")
            path.parent.mkdir(parents=True, exist_ok=True)
            write_in_one_step(path, [page])
        except OSError as error:
            raise Refused(f"{path} cannot be written ({error.strerror}).") from None


def _with_progress(lines: Iterator[str], count: int) -> Iterator[str]:
    """The same lines, with a bar on a terminal."""
    if not sys.stderr.isatty():
        yield from lines
        return
    with click.progressbar(lines, length=count, label="feedback", file=sys.stderr) as shown:
        yield from shown


def place_of(person: Person) -> Path:
    """Where a learner's page goes; a name is never a path, and no two learners share one.

    Examples
    --------
    >>> place_of(Person("ada")).as_posix()
    'ada.html'
    >>> place_of(Person("Ada L", number="7", platform="Moodle")).as_posix()
    'Ada L_7_assignsubmission_file_/feedback.html'
    """
    if person.platform == "Moodle":
        name = without_signs(person.shown)
        return Path(f"{name}_{person.number}_assignsubmission_file_", "feedback.html")
    return Path(f"{file_name(person.id)}.html")
