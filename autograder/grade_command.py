"""What `descent grade` does: a batch with its progress on the terminal, and the result file."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.batch import Assignment, grade_folder
from autograder.journal import Journal
from autograder.results import results_csv, results_json
from autograder.submissions import Handed, handed_in


def grade_submissions(
    submissions: Path,
    assignment: str,
    out: Path | None,
    jobs: int | None,
    secret_file: Path | None,
    *,
    fresh: bool,
    wall: str,
) -> None:
    """Grade a folder and write the results to a file, or print them."""
    secret = secret_file.read_text(encoding="utf-8").strip() if secret_file else ""
    folder = submissions.resolve()
    place = folder.with_name(f"{folder.name}.{assignment}.journal")
    hidden = [folder, place, *([secret_file.resolve()] if secret_file else [])]
    task = Assignment(assignment, secret, wall, tuple(map(str, hidden)))
    handed = handed_in(folder, assignment)
    if not handed:
        raise click.UsageError(f"There is no submission in {submissions}.")
    if wall == "landlock":
        click.echo(
            "The wall “landlock” is the weaker one: submissions share this system's process and "
            "file names; see docs/security.md.",
            err=True,
        )
    with Journal(place, fresh=fresh) as journal:
        try:
            _with_progress(handed, task, journal, jobs or len(os.sched_getaffinity(0)))
        except KeyboardInterrupt:
            click.echo(
                f"Stopped. {len(journal.keys())} of {len(handed)} results are kept in "
                f"{place.name}; the same command goes on from there.",
                err=True,
            )
            sys.exit(130)
        students = [each.student for each in handed]
        if out is not None and out.suffix == ".csv":
            text = results_csv(journal.results(students))
        else:
            text = results_json(assignment, journal.lines(students), wall)
        told = summary(journal, len(handed), out) if out else ""
    if out is None:
        click.echo(text, nl=False)
    else:
        _replace(out, text)
        click.echo(told, err=True)


def summary(journal: Journal, count: int, out: Path) -> str:
    """One sentence about a batch."""
    scores = sorted(journal.scores())
    middle = f", median {scores[len(scores) // 2]:g} points" if scores else ""
    others = count - len(scores)
    rest = f"; {others} without a score: see “reason”" if others else ""
    return f"{len(scores)} submissions graded{middle}{rest}. Results: {out}"


def _with_progress(handed: list[Handed], task: Assignment, journal: Journal, jobs: int) -> None:
    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("grading", total=len(handed), rate="")

        def told(count: int) -> None:
            speed = progress.tasks[bar].speed
            progress.update(bar, completed=count, rate=f"{speed * 60:.0f}/min" if speed else "")

        grade_folder(handed, task, journal, jobs=jobs, told=told)


def _replace(path: Path, text: str) -> None:
    """Write a file in one step, so that it is never half there."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_text(text, encoding="utf-8", newline="")
    os.replace(beside, path)
