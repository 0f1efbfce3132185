"""`descent grade --gradebook`: a batch's scores in nbgrader's gradebook, or what would move."""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from autograder.batch.journal import Journal
from autograder.grading.results import GRADER_FAULT, SubmissionResult, submission_result
from autograder.grading.version import grader_version
from autograder.nbgrader.autograded_files import handed_in_at, modules_of, notes_of, write_kept
from autograder.nbgrader.cell_scores import Origin
from autograder.nbgrader.cells import Notebook
from autograder.nbgrader.database import database_refusals
from autograder.nbgrader.grade_changes import Regrading, regrading
from autograder.nbgrader.gradebook import CourseGradebook
from autograder.nbgrader.safe_markdown import is_fit_name
from autograder.nbgrader.submitted_notebook import released_notebook_in
from autograder.refused import Refused
from autograder.submissions.file_trees import shown
from autograder.submissions.handed_in import NOTHING
from autograder.submissions.reading import Handed
from autograder.submissions.submission import Submission


class IntoGradebook:
    """Carries the results of a batch into a gradebook, student by student.

    Parameters
    ----------
    database : Path
        The gradebook of the course.
    lesson : str
        The assignment.
    dry_run : bool
        Whether to say only what would move.

    Raises
    ------
    Refused
        If the course has no such assignment, or its gradebook cannot be used.
    """

    def __init__(self, database: Path, lesson: str, *, dry_run: bool) -> None:
        if lesson == "all":
            raise Refused("A gradebook knows lessons: name one by --assignment.")
        self._database, self._dry_run = database, dry_run
        with database_refusals(database, "Nothing was graded."):
            self._gradebook = CourseGradebook(database, lesson)
            if not dry_run:
                self._gradebook.expect_writable()
        released = released_notebook_in(self._gradebook.root, lesson)
        if released is None:
            raise Refused(
                f"There is no notebook source/{lesson}/{lesson}.ipynb beside {database.name}."
            )
        self._released: Notebook = released

    def secret_file(self) -> Path:
        """The file with the course's secret, as `nbgrader autograde` uses it.

        Raises
        ------
        Refused
            If it is not there.
        """
        path = self._gradebook.secret
        if not path.is_file():
            raise Refused(
                f"There is no {path}, which `descent release` wrote; name the file with the "
                "course's secret by --secret-file."
            )
        return path

    def __call__(self, journal: Journal, handed: Sequence[Handed]) -> None:
        """Carry over what the journal holds of these submissions."""
        moved = unscored = changed = 0
        keys = journal.keys()
        by_student = {each.student: each for each in handed if self._is_there(each)}
        for student in [each for each in by_student if not is_fit_name(each)]:
            click.echo(f"{shown(student)}: no student's name; passed over.", err=True)
            del by_student[student]
        kept = "The results are kept; the same command goes on from there."
        with self._gradebook, database_refusals(self._database, kept):
            for line in journal.lines(by_student):
                result = submission_result(json.loads(line))
                result = replace(result, printed=journal.printed(result.student))
                if result.status == GRADER_FAULT:
                    click.echo(f"{result.student}: {result.reason}", err=True)
                    unscored += 1
                    continue
                submission = by_student[result.student]
                files = modules_of(submission)
                if Submission(result.student, files).digest != keys[result.student].digest:
                    click.echo(
                        f"{result.student}: changed since it was graded; left as it was: "
                        "the same command grades it again.",
                        err=True,
                    )
                    changed += 1
                    continue
                moved += self._carry_over(submission, files, result)
        would = " would move; nothing was written" if self._dry_run else " moved"
        noun = "score" if moved == 1 else "scores"
        rest = f"; {unscored} left as they were: the grader failed" if unscored else ""
        rest += f"; {changed} left as they were: changed meanwhile" if changed else ""
        click.echo(
            f"{self._database.name}: {moved} {noun} of {len(by_student)} submissions{would}{rest}.",
            err=True,
        )

    def _is_there(self, handed: Handed) -> bool:
        """Whether a student handed in this lesson, and not others alone."""
        return handed.refusal != NOTHING

    def _carry_over(
        self, handed: Handed, files: dict[str, bytes], result: SubmissionResult
    ) -> bool:
        origin = Origin(Submission(handed.student, files).digest, grader_version())
        timestamp = handed_in_at(handed.path)
        done = regrading(self._gradebook, handed.path, timestamp, result, origin, self._released)
        if result.reason:
            click.echo(f"{handed.student}: {result.reason}", err=True)
        if done.causes and self._dry_run:
            _tell(handed.student, done)
        if not self._dry_run:
            self._gradebook.write(handed.student, timestamp, done.update)
            if done.notebook is not None:
                self._write_autograded(handed, files, done.notebook)
        return bool(done.causes)

    def _write_autograded(
        self, handed: Handed, files: dict[str, bytes], notebook: Notebook
    ) -> None:
        """Put the graded notebook where nbgrader keeps it, in one step."""
        course, lesson = self._gradebook.course, self._gradebook.lesson
        place = Path(course.format_path(course.autograded_directory, handed.student, lesson))
        beside = place.with_name(f".{place.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        contents = {f"{lesson}.ipynb": text.encode(), **files, **notes_of(handed.path)}
        write_kept(beside, contents, 0o664 if course.groupshared else 0o444)
        if course.groupshared:
            folders = [place.parent, beside, *filter(Path.is_dir, beside.iterdir())]
            for folder in folders:
                folder.chmod(folder.stat().st_mode | 0o2770)
        if place.exists():
            shutil.rmtree(place)
        os.replace(beside, place)


def _tell(student: str, done: Regrading) -> None:
    """Say what would move for a student, and why."""
    before, after = done.before - done.late_before, done.after - done.late_after
    click.echo(f"{student}: {before:g} → {after:g} ({'; '.join(done.causes)})")
    if any(move.turned for move in done.moves):
        for move in done.moves:
            click.echo(f"    {move}")
