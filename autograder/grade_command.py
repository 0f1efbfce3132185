"""What `descent grade` does: a batch with its progress on the terminal, and the result file."""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from autograder import batch
from autograder.batch import Assignment, Graders, Pool, grade_folder
from autograder.cores import usable_cores
from autograder.grading import graded_exercises
from autograder.journal import Journal, JournalUnusable
from autograder.refusals import Refused, refuse_unwritable
from autograder.result_file import Heading, csv_parts, json_parts, print_parts, write_in_one_step
from autograder.submissions import Handed, handed_in

STOPPED = 128 + signal.SIGINT


def grade_submissions(
    submissions: Path,
    assignment: str,
    out: Path | None,
    jobs: int | None,
    secret_file: Path | None,
    *,
    fresh: bool,
    wall: str,
    scheduler: str | None = None,
    then: Callable[[Journal, Sequence[Handed]], None] | None = None,
) -> None:
    """Grade a folder and write the results to a file, print them, or hand them on to `then`."""
    if not sys.platform.startswith("linux"):
        raise Refused(
            "Submissions can be run safely on Linux alone. "
            "On Windows use WSL 2, on macOS a Linux virtual machine."
        )
    if scheduler is not None and jobs is not None:
        raise Refused("--jobs is for this machine; a cluster uses all of its workers.")
    if out is not None:
        refuse_unwritable(out)
    secret = _secret(secret_file) if secret_file else ""
    folder = submissions.resolve()
    place = folder.parent / f"{folder.name or 'submissions'}.{assignment}.journal"
    hidden = [folder, place, *([secret_file.resolve()] if secret_file else [])]
    task = Assignment(assignment, secret, wall, tuple(map(str, hidden)))
    handed = _handed_in(submissions, assignment)
    if wall == "landlock":
        click.echo(
            "The wall “landlock” is the weaker one: submissions share this system's process and "
            "file names; see docs/security.md.",
            err=True,
        )
    try:
        with Journal(place, fresh=fresh) as journal:
            _grade(handed, task, journal, _graders(task, jobs, scheduler))
            if out is not None or then is None:
                _write(out, task, journal, [each.student for each in handed])
            if then is not None:
                then(journal, handed)
    except JournalUnusable as reason:
        raise Refused(str(reason)) from None


def summary(scores: Sequence[float], count: int, out: Path) -> str:
    """One sentence about a batch."""
    ordered = sorted(scores)
    middle = f", median {ordered[len(ordered) // 2]:g} points" if ordered else ""
    others = count - len(ordered)
    rest = f"; {others} without a score: see “reason”" if others else ""
    noun = "submission" if len(ordered) == 1 else "submissions"
    return f"{len(ordered)} {noun} graded{middle}{rest}. Results: {out}"


# -- before -----------------------------------------------------------------------------------


def _secret(file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"The secret file {file} is not readable UTF-8 text.") from None
    if not secret:
        raise Refused(f"The secret file {file} is empty.")
    return secret


def _handed_in(submissions: Path, assignment: str) -> list[Handed]:
    try:
        handed = handed_in(submissions, assignment)
    except OSError as error:
        raise Refused(f"{submissions} cannot be read ({error.strerror}).") from None
    if not handed:
        raise Refused(f"There is no submission in {submissions}.")
    return [Handed(_as_text(each.student), each.path) for each in handed]


def _as_text(name: str) -> str:
    """A name of a folder as text: bytes that are no UTF-8 are shown as such."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _graders(
    task: Assignment, jobs: int | None, scheduler: str | None
) -> Callable[[int], AbstractContextManager[Graders]]:
    if scheduler is not None:
        return lambda _: _cluster(scheduler, task)
    most = jobs or usable_cores()
    return lambda count: Pool(min(most, count), task)


@contextmanager
def _cluster(scheduler: str, task: Assignment) -> Iterator[Graders]:
    """A Dask cluster, with what can go wrong there as sentences."""
    try:
        from autograder.cluster import Cluster, ClusterLost, ClusterUnavailable
    except ModuleNotFoundError:
        raise Refused(
            "--scheduler needs the package distributed: pip install 'first-descent[cluster]'."
        ) from None
    logging.disable()  # what distributed logs about lost connections is said in a sentence below
    try:
        with Cluster(scheduler, task) as graders:
            yield graders
    except ClusterUnavailable as reason:
        raise Refused(str(reason)) from None
    except ClusterLost as reason:
        raise click.ClickException(
            f"{reason} The results so far are kept; the same command goes on from there."
        ) from None
    finally:
        logging.disable(logging.NOTSET)


# -- during -----------------------------------------------------------------------------------


def _grade(
    handed: Sequence[Handed],
    task: Assignment,
    journal: Journal,
    graders: Callable[[int], AbstractContextManager[Graders]],
) -> None:
    try:
        with _stoppable(), _bar() as bar:
            shown = bar.add_task("reading", total=len(handed))

            def told(progress: batch.Progress) -> None:
                if progress.waiting is None:
                    bar.update(shown, completed=progress.looked_at)
                elif progress.waiting and not progress.graded:
                    bar.reset(shown, total=progress.waiting, description="grading")
                elif progress.waiting:
                    bar.update(shown, completed=progress.graded)

            grade_folder(handed, task, journal, graders, told)
    except KeyboardInterrupt:
        kept = len(journal.keys().keys() & {each.student for each in handed})
        click.echo(
            f"Stopped. {kept} of {len(handed)} results are kept; "
            "the same command goes on from there.",
            err=True,
        )
        sys.exit(STOPPED)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite request to end (SIGTERM) do what Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Rate(ProgressColumn):
    """Submissions a minute, over the last half minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed or task.description == "reading":
            return Text("")
        return Text(f"· {speed * 60:,.0f} a minute", style="progress.data.speed")


class _Count(ProgressColumn):
    """How many of how many."""

    def render(self, task: Task) -> Text:
        return Text(f"{int(task.completed):,} of {int(task.total or 0):,}")


class _Time(ProgressColumn):
    """How long it will take yet, and in the end how long it took."""

    def render(self, task: Task) -> Text:
        if task.finished_time is not None:
            return Text(f"· in {timedelta(seconds=round(task.finished_time))}")
        left = task.time_remaining
        return Text("" if left is None else f"· {timedelta(seconds=round(left))} left")


def _bar() -> Bar:
    columns = (TextColumn("{task.description}"), BarColumn(), _Count(), _Rate(), _Time())
    return Bar(*columns, console=Console(stderr=True), speed_estimate_period=30)


# -- after ------------------------------------------------------------------------------------


def _write(out: Path | None, task: Assignment, journal: Journal, students: list[str]) -> None:
    lines = journal.lines(students)
    if out is not None and out.suffix == ".csv":
        parts = csv_parts([each.name for each in graded_exercises(task.name)], lines)
    else:
        parts = json_parts(Heading(task.name, task.wall), lines)
    if out is None:
        print_parts(parts)
        return
    try:
        write_in_one_step(out, parts)
    except OSError as error:
        raise click.ClickException(
            f"{out} cannot be written ({error.strerror}); the results are kept in the journal, "
            "and the same command writes them."
        ) from None
    click.echo(summary(journal.scores(students), len(students), out), err=True)
