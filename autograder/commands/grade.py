"""`descent grade`: a batch with its progress on the terminal, and the result file."""

import logging
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from difflib import get_close_matches
from pathlib import Path
from statistics import median

import click

from autograder.atomic_files import write_in_one_step
from autograder.batch.assignment import Assignment, draw_secret
from autograder.batch.cores import usable_cores
from autograder.batch.grade_folder import grade_folder
from autograder.batch.journal import Journal
from autograder.batch.pool import Graders, Pool
from autograder.batch.progress_bar import shown_progress
from autograder.commands.output_file import refuse_unwritable
from autograder.exercises.selection import graded_exercises, lesson_asked_for
from autograder.grading.result_file import Heading, csv_parts, json_parts, print_parts
from autograder.refused import Refused
from autograder.sandbox.wall import Wall
from autograder.sandbox.walled import refuse_other_systems
from autograder.submissions.handed_in import (
    handed_in,
    is_submission,
    lesson_of_one_student,
    passed_over,
    plain_name,
)
from autograder.submissions.reading import Handed

STOPPED = 128 + signal.SIGINT
MAX_NAMED = 5
MAX_LOOKED_AT = 10


@click.command()
@click.argument("submissions", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--assignment", default="all", show_default=True, help="A lesson's name or number, or all."
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="FILE.json or FILE.csv."
)
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes at once; one for each core by default."
)
@click.option(
    "--secret-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the secret that seeds the random inputs; drawn beside the journal by default.",
)
@click.option(
    "--scheduler", help="Grade on a Dask cluster (tcp://host:8786) instead of this machine."
)
@click.option("--fresh", is_flag=True, help="Grade everything again, whatever the journal holds.")
@click.option(
    "--gradebook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the scores into this gradebook.db of nbgrader.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the results in this file, instead of one next to SUBMISSIONS.",
)
@click.option("--dry-run", is_flag=True, help="With --gradebook: say whose score would move.")
@click.option(
    "--student",
    "students",
    multiple=True,
    help="Grade only this student; can be given several times.",
)
@click.option(
    "--wall",
    type=click.Choice([wall.value for wall in Wall]),
    default=Wall.NAMESPACES.value,
    help="The isolation; landlock is weaker: see docs/security.md.",
)
def grade(
    submissions: Path,
    assignment: str,
    out: Path | None,
    jobs: int | None,
    secret_file: Path | None,
    scheduler: str | None,
    fresh: bool,
    gradebook: Path | None,
    journal: Path | None,
    dry_run: bool,
    students: tuple[str, ...],
    wall: str,
) -> None:
    """Grade a folder of submissions in the sandbox.

    SUBMISSIONS holds a folder or a zip file for each learner, with course/ in it. nbgrader's
    folders, and names that Moodle or Canvas gave, are taken as they are.

    \b
    descent grade submitted --assignment 1_loss_functions --out results.json
    descent report results.json --out results.html

    Results are kept beside the folder as they complete: after Ctrl-C, a crash or a power cut the
    same command goes on where it was, and grades again only what changed.
    """
    if assignment != "all":
        assignment = lesson_asked_for(assignment).name
    if out is not None and out.suffix not in (".json", ".csv"):
        raise click.UsageError(f"--out takes a file ending in .json or .csv, not {out.name!r}.")
    then = None
    if dry_run and gradebook is None:
        raise click.UsageError("--dry-run compares with a gradebook: name it, --gradebook DB.")
    if gradebook is not None:
        from autograder.nbgrader.gradebook_writer import IntoGradebook

        then = IntoGradebook(gradebook, assignment, dry_run=dry_run)
        secret_file = secret_file or then.secret_file()
    grade_submissions(
        submissions,
        assignment,
        out,
        jobs,
        secret_file,
        fresh=fresh,
        wall=Wall(wall),
        scheduler=scheduler,
        place=journal,
        then=then,
        students=students,
    )


def grade_submissions(
    submissions: Path,
    assignment: str,
    out: Path | None,
    jobs: int | None,
    secret_file: Path | None,
    *,
    fresh: bool,
    wall: Wall,
    scheduler: str | None = None,
    place: Path | None = None,
    then: Callable[[Journal, Sequence[Handed]], None] | None = None,
    students: Sequence[str] = (),
) -> None:
    """Grade a folder and write the results to a file, print them, or hand them on to `then`.

    The journal is at `place`, or next to the folder.
    """
    refuse_other_systems()
    if scheduler is not None and jobs is not None:
        raise Refused("--jobs is for this machine; a cluster uses all of its workers.")
    if out is not None:
        refuse_unwritable(out)
    folder = submissions.resolve()
    place = place or folder.parent / f"{folder.name or 'submissions'}.{assignment}.journal"
    place = place.resolve()
    if not place.parent.is_dir():
        raise Refused(f"There is no folder {place.parent} for the journal {place.name}.")
    handed = _of_students(_handed_in(submissions, assignment), students, submissions)
    secret_file = secret_file or _drawn_secret(place.with_suffix(".secret"))
    hidden = [folder, place, secret_file.resolve()]
    grading = Assignment(assignment, _secret(secret_file), wall, tuple(map(str, hidden)))
    if wall is Wall.LANDLOCK:
        click.echo(
            f"The wall “{wall}” is the weaker one: submissions share this system's process and "
            "file names; see docs/security.md.",
            err=True,
        )
    with closing(Journal(place, fresh=fresh)) as journal:
        graded = _grade(handed, grading, journal, _graders(grading, jobs, scheduler))
        names = [each.student for each in handed]
        heading = Heading(assignment, wall, tuple(passed_over(submissions)))
        if out is None and then is None:
            print_parts(json_parts(heading, journal.lines(names)))
        if out is not None:
            _write(out, heading, journal, names)
        _report(grading, journal, names, graded, out)
        if then is not None:
            then(journal, handed)


# -- before -----------------------------------------------------------------------------------


def _drawn_secret(file: Path) -> Path:
    """A file with a secret: without one, anybody could compute the hidden inputs."""
    try:
        drawn = draw_secret(file)
    except OSError as error:
        raise Refused(
            f"A secret cannot be written to {file} ({error.strerror}); name one by --secret-file."
        ) from None
    if drawn:
        click.echo(
            f"Drew the secret of the hidden inputs: {file}. Keep it, and keep it to yourself.",
            err=True,
        )
    return file


def _secret(file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"The secret file {file} is not readable UTF-8 text.") from None
    if not secret:
        raise Refused(f"The secret file {file} is empty.")
    return secret


def _handed_in(submissions: Path, assignment: str) -> list[Handed]:
    if is_submission(submissions):
        raise Refused(
            f"{submissions} is one submission: name the folder that it lies in, "
            "which holds a folder or a zip file for each learner."
        )
    if lesson := lesson_of_one_student(submissions):
        place = submissions.resolve()
        raise Refused(
            f"{submissions} holds {lesson}/ as one student's folder does: name {place.parent}, and "
            f"add --student {shlex.quote(place.name)} to grade only this one."
        )
    if (submissions / "submitted").is_dir() and (submissions / "source").is_dir():
        raise Refused(
            f"{submissions} is a course of nbgrader: name {submissions / 'submitted'}, "
            "where its submissions lie."
        )
    try:
        handed, others = handed_in(submissions, assignment), passed_over(submissions)
    except OSError as error:
        raise Refused(f"{submissions} cannot be read ({error.strerror}).") from None
    if not handed:
        raise Refused(f"There is no submission in {submissions}.")
    if others:
        more = f" and {len(others) - MAX_NAMED} more" if len(others) > MAX_NAMED else ""
        names = ", ".join(others[:MAX_NAMED])
        click.echo(f"Passed over, being neither folder nor zip file: {names}{more}.", err=True)
    return handed


def _of_students(handed: list[Handed], students: Sequence[str], submissions: Path) -> list[Handed]:
    """The submissions of some students; of all where none is named."""
    wanted = {plain_name(student) for student in students}
    if unknown := sorted(wanted - {one.student for one in handed}):
        close = get_close_matches(unknown[0], [one.student for one in handed], n=1)
        rest = f"; {close[0]!r} is the nearest" if close else ""
        raise Refused(f"There is no submission of {unknown[0]!r} in {submissions}{rest}.")
    return [one for one in handed if one.student in wanted or not wanted]


def _graders(
    grading: Assignment, jobs: int | None, scheduler: str | None
) -> Callable[[int], AbstractContextManager[Graders]]:
    if scheduler is not None:
        return lambda _: _cluster(scheduler, grading)
    most = jobs or usable_cores()
    return lambda count: closing(Pool(min(most, count), grading))


@contextmanager
def _cluster(scheduler: str, grading: Assignment) -> Iterator[Graders]:
    """A Dask cluster, with what can go wrong there as sentences."""
    try:
        from autograder.batch.dask_cluster import Cluster, ClusterLost
    except ModuleNotFoundError:
        raise Refused(
            "--scheduler needs the package distributed: pip install 'first-descent[cluster]'."
        ) from None
    logging.disable()  # what distributed logs about lost connections is said in a sentence below
    try:
        with Cluster(scheduler, grading) as graders:
            yield graders
    except ClusterLost as reason:
        raise click.ClickException(
            f"{reason} The results so far are kept; the same command goes on from there."
        ) from None
    finally:
        logging.disable(logging.NOTSET)


# -- during -----------------------------------------------------------------------------------


def _grade(
    handed: Sequence[Handed],
    grading: Assignment,
    journal: Journal,
    graders: Callable[[int], AbstractContextManager[Graders]],
) -> int:
    """Grade what the journal does not hold; how many that were."""
    try:
        with _stoppable(), shown_progress() as on_progress:
            return grade_folder(
                handed,
                grading,
                journal,
                graders,
                lambda progress: on_progress(progress, len(handed)),
            )
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


# -- after ------------------------------------------------------------------------------------


def _write(out: Path, heading: Heading, journal: Journal, students: list[str]) -> None:
    parts = json_parts(heading, journal.lines(students))
    if out.suffix == ".csv":
        names = [each.name for each in graded_exercises(heading.assignment)]
        parts = csv_parts(names, journal.lines(students))
    try:
        write_in_one_step(out, parts)
    except OSError as error:
        raise click.ClickException(
            f"{out} cannot be written ({error.strerror}); the results are kept in the journal, "
            "and the same command writes them."
        ) from None


def _report(
    grading: Assignment, journal: Journal, students: list[str], graded: int, out: Path | None
) -> None:
    """Say how the batch came out, who has no score and why, and what to do next."""
    scores = journal.scores(students)
    noun = "submission" if len(scores) == 1 else "submissions"
    most = sum(each.points for each in graded_exercises(grading.name) if not each.bonus)
    middle = f", median {median(scores):g} of {most:g} points" if scores and most else ""
    now = "" if graded == len(scores) else f" ({graded or 'none'} of them now)"
    unscored = journal.unscored(students)
    rest = f"; {len(unscored)} without a score:" if unscored else "."
    click.echo(f"{len(scores)} {noun} graded{now}{middle}{rest}", err=True)
    for student, reason in unscored[:MAX_NAMED]:
        click.echo(f"    {student}: {reason}", err=True)
    if len(unscored) > MAX_NAMED:
        click.echo(f"    and {len(unscored) - MAX_NAMED} more", err=True)
    _show_to_look_at(journal.to_look_at(students))
    if out is not None:
        click.echo(f"Results: {out}", err=True)
        if out.suffix == ".json":
            command = shlex.join(["descent", "report", str(out), "--out", f"{out.stem}.html"])
            click.echo(f"What to teach again: {command}", err=True)


def _show_to_look_at(found: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Name the submissions that a person should look at, zeros without a reason last."""
    if not found:
        return
    click.echo("Look at these:", err=True)
    ordered = sorted(found, key=lambda student: student[1][0].startswith("0 points"))
    for student, reasons in ordered[:MAX_LOOKED_AT]:
        click.echo(f"    {student}: {' '.join(reasons)}", err=True)
    if len(found) > MAX_LOOKED_AT:
        more = len(found) - MAX_LOOKED_AT
        click.echo(f"    and {more} more; --out FILE.json and `descent report` list all", err=True)
