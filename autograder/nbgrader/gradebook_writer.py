"""`descent grade --gradebook`: a batch's scores in nbgrader's gradebook, or what would move."""

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from autograder.batch.journal import Journal
from autograder.grading.results import GRADER_FAULT, SubmissionResult, submission_result
from autograder.grading.version import grader_version
from autograder.nbgrader.autograded_files import handed_in_at, notes_of, submission_of, write_kept
from autograder.nbgrader.carried import say_what_moved
from autograder.nbgrader.cell_scores import Origin
from autograder.nbgrader.cells import Notebook
from autograder.nbgrader.database import database_refusals
from autograder.nbgrader.grade_changes import Regrading, regrading
from autograder.nbgrader.gradebook import CourseGradebook
from autograder.nbgrader.safe_markdown import is_fit_name
from autograder.nbgrader.submitted_notebook import released_notebook_in
from autograder.refused import Refused
from autograder.submissions.file_trees import shown
from autograder.submissions.reading import Handed
from autograder.submissions.submission import Submission


class IntoGradebook:
    """Carries the results of a batch into a gradebook, student by student.

    With `dry_run` it only says what would move. `secret` is the file with the course's secret.

    Raises
    ------
    Refused
        If the course has no such assignment, or its gradebook cannot be used.
    """

    def __init__(self, database: Path, lesson: str, *, dry_run: bool) -> None:
        self._database, self._dry_run = database, dry_run
        with database_refusals(database, "Nothing was graded."):
            self._gradebook = CourseGradebook(database, lesson)
            if not dry_run:
                self._gradebook.expect_writable()
        released = released_notebook_in(self._gradebook.root, lesson)
        if released is None:
            where = f"source/{lesson}/{lesson}.ipynb"
            raise Refused(f"There is no notebook {where} beside {database.name}.")
        self._released, self.secret = released, self._gradebook.secret

    def __call__(
        self, journal: Journal, handed: Sequence[Handed], same: Mapping[str, str]
    ) -> dict[str, tuple[str, str]]:
        """Carry over what the journal holds of these submissions.

        Parameters
        ----------
        journal : Journal
            The results.
        handed : sequence of Handed
            The submissions.
        same : mapping
            Why a person has to look for the answer, by the student: of those with whom nothing
            changed, who are passed over.

        Returns
        -------
        dict
            The same of the others, and where the graded notebook is.
        """
        moved = unscored = changed = 0
        done: dict[str, tuple[str, str]] = {}
        keys = journal.keys()
        by_student = {}
        for entry in handed:
            if is_fit_name(entry.student):
                by_student[entry.student] = entry
            else:
                print(
                    f"{shown(entry.student)}: not a student's name; passed over.", file=sys.stderr
                )
        named = {student: entry.person.named for student, entry in by_student.items()}
        kept = "The results are kept; the same command goes on from there."
        with closing(self._gradebook), database_refusals(self._database, kept):
            for student, reason in journal.unscored(same):
                print(f"{named.get(student, student)}: {reason}", file=sys.stderr)
            for line in journal.lines(by_student.keys() - same.keys()):
                result = submission_result(json.loads(line))
                if result.reason:
                    print(f"{named[result.student]}: {result.reason}", file=sys.stderr)
                if result.status == GRADER_FAULT:
                    unscored += 1
                    continue
                handed_in = by_student[result.student]
                submission = submission_of(handed_in)
                if submission.digest != keys[result.student].digest:
                    print(
                        f"{named[result.student]}: changed since it was graded; left as it was: "
                        "the same command grades it again.",
                        file=sys.stderr,
                    )
                    changed += 1
                    continue
                result = replace(result, printed=journal.printed(result.student))
                carried = self._carry_over(handed_in, submission, result)
                moved += bool(carried.causes)
                place = (
                    self._gradebook.autograded(result.student) / f"{self._gradebook.lesson}.ipynb"
                )
                done[result.student] = carried.doubt, str(place)
            self._gradebook.commit()
        rest = f"; {unscored} left as they were: the grader failed" if unscored else ""
        rest += f"; {changed} left as they were: changed meanwhile" if changed else ""
        found = {**same} | {student: doubt for student, (doubt, _) in done.items()}
        doubts = [(named[student], doubt) for student, doubt in sorted(found.items()) if doubt]
        say_what_moved(self._database, moved, len(by_student), rest, doubts, dry_run=self._dry_run)
        return done

    def _carry_over(
        self, handed: Handed, submission: Submission, result: SubmissionResult
    ) -> Regrading:
        origin = Origin(submission.digest, grader_version())
        own_folder = not (handed.files or handed.refusal)
        timestamp = handed_in_at(handed.path) if own_folder else None
        done = regrading(
            self._gradebook, handed, timestamp, result, origin, self._released, submission.files
        )
        if not self._dry_run:
            number = handed.number if handed.platform == "Canvas" else ""
            self._gradebook.write(handed.student, timestamp, done.grades, done.comments, number)
            if done.notebook is not None:
                self._write_autograded(handed, submission.files, done.notebook)
        elif done.causes:
            _show(handed.person.named, done)
        return done

    def _write_autograded(
        self, handed: Handed, files: dict[str, bytes], notebook: Notebook
    ) -> None:
        """Put the graded notebook where nbgrader keeps it, in one step."""
        lesson, shared = self._gradebook.lesson, self._gradebook.course.groupshared
        place = self._gradebook.autograded(handed.student)
        beside = place.with_name(f".{place.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        contents = {f"{lesson}.ipynb": text.encode(), **files, **notes_of(handed)}
        write_kept(beside, contents, 0o664 if shared else 0o444)
        for folder in (place.parent, beside, *filter(Path.is_dir, beside.iterdir())):
            if shared:
                folder.chmod(folder.stat().st_mode | 0o2770)
        if place.exists():
            shutil.rmtree(place)
        os.replace(beside, place)


def _show(student: str, done: Regrading) -> None:
    """Print what would move for a student, and why."""
    before, after = done.before - done.late_before, done.after - done.late_after
    print(f"{student}: {before:g} → {after:g} ({'; '.join(done.causes)})")
    if any(move.turned for move in done.moves):
        for move in done.moves:
            print(f"    {move}")
