"""`descent grade`: a batch with its progress on the terminal, and the result file."""

import logging
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from autograder.batch.assignment import Assignment
from autograder.batch.cores import usable_cores
from autograder.batch.grade_folder import grade_folder
from autograder.batch.journal import Journal
from autograder.batch.pool import Graders, Pool
from autograder.batch.progress_bar import shown_progress
from autograder.commands.grade_input import (
    ClassIn,
    class_in,
    drawn_secret,
    place_of_journal,
    secret_in,
)
from autograder.commands.grade_summary import report
from autograder.commands.output_file import refuse_unwritable
from autograder.commands.path_kinds import FILE_IN, FILE_OUT, FOLDER_IN, FOLDER_OUT
from autograder.commands.results import ClassResults
from autograder.exercises.manifest import OWN
from autograder.exercises.own import own_folder
from autograder.exercises.selection import graded_exercises, lesson_asked_for
from autograder.grading.policy import Policy
from autograder.grading.policy_file import read_policy
from autograder.grading.result_file import print_parts
from autograder.refused import Refused
from autograder.sandbox.wall import Wall
from autograder.sandbox.walled import refuse_other_systems
from autograder.submissions.handed_in import passed_over
from autograder.submissions.reading import Handed

STOPPED = 128 + signal.SIGINT
Then = Callable[[Journal, Sequence[Handed]], None]  # what is done with the results


@click.command()
@click.argument("submissions", type=FOLDER_IN)
@click.option(
    "--assignment", default="all", show_default=True, help="A lesson's name or number, or all."
)
@click.option("--out", type=FILE_OUT, help="FILE.json or FILE.csv.")
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes at once; one for each core by default."
)
@click.option(
    "--secret-file",
    type=FILE_IN,
    help="File with the secret that seeds the random inputs; drawn beside the journal by default.",
)
@click.option(
    "--scheduler", help="Grade on a Dask cluster (tcp://host:8786) instead of this machine."
)
@click.option("--fresh", is_flag=True, help="Grade everything again, whatever the journal holds.")
@click.option(
    "--gradebook",
    type=FILE_OUT,
    help="Write the scores into this gradebook.db of nbgrader.",
)
@click.option(
    "--journal",
    type=FILE_OUT,
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
    "--roster",
    type=FILE_IN,
    help="Who is who: a table with names and ids, as a platform or a spreadsheet wrote it.",
)
@click.option(
    "--policy",
    type=FILE_IN,
    help="FILE.toml with points, due dates, extensions and what being late takes off.",
)
@click.option(
    "--feedback",
    type=FOLDER_OUT,
    help="Write a page for each learner into this folder.",
)
@click.option(
    "--wall",
    type=click.Choice([wall.value for wall in Wall]),
    default=Wall.NAMESPACES.value,
    help="The isolation; landlock is weaker: see docs/security.md.",
)
def grade(**options: Any) -> None:
    """Grade a folder of submissions in the sandbox.

    SUBMISSIONS holds a folder or a zip file for each learner, with course/ in it. nbgrader's
    folders, and downloads of learning platforms, are taken as they are.

    \b
    descent grade submitted --assignment 1_loss_functions --out results.json
    descent report results.json --out results.html

    Results are kept beside the folder as they complete: after Ctrl-C, a crash or a power cut the
    same command goes on where it was, and grades again only what changed.
    """
    asked = Asked(**options)
    _refuse_contradictions(asked)
    rules = read_policy(asked.policy) if asked.policy is not None else Policy()
    place = place_of_journal(asked.journal, asked.submissions.resolve(), asked.lesson)
    secret_file, then = _to_follow(asked, place, rules)
    group = class_in(asked.submissions, asked.lesson, asked.roster, asked.students)
    _name_strangers(asked, rules, group)
    secret_file = secret_file or drawn_secret(place.with_suffix(".secret"))
    grading = _assignment(asked, place, secret_file)
    with closing(Journal(place, fresh=asked.fresh)) as journal:
        graded = _grade(group.handed, grading, journal, _graders(asked, grading))
        over = tuple(passed_over(asked.submissions))
        results = ClassResults(journal, group, grading, rules, over)
        if asked.out is not None:
            results.write(asked.out)
        elif not then:
            print_parts(results.json())
        report(results, graded, asked.out)
        _carry_on(then, journal, group.handed)


@dataclass(frozen=True)
class Asked:
    """What the command line asks for: its options and their names."""

    submissions: Path
    assignment: str
    out: Path | None
    jobs: int | None
    secret_file: Path | None
    scheduler: str | None
    fresh: bool
    gradebook: Path | None
    journal: Path | None
    dry_run: bool
    students: tuple[str, ...]
    roster: Path | None
    policy: Path | None
    feedback: Path | None
    wall: str

    @cached_property
    def lesson(self) -> str:
        """The lesson's name, or all."""
        return "all" if self.assignment == "all" else lesson_asked_for(self.assignment).name


# -- before -----------------------------------------------------------------------------------


def _refuse_contradictions(asked: Asked) -> None:
    """Refuse what cannot be done, or not together, before anything is read or written."""
    if asked.lesson in OWN:
        from autograder.exercises.registry import expect_points_agree

        expect_points_agree(graded_exercises(asked.lesson))
    out = asked.out
    if out is not None and out.suffix not in (".json", ".csv"):
        raise click.UsageError(f"--out takes a file ending in .json or .csv, not {out.name!r}.")
    refuse_other_systems()
    if asked.scheduler is not None and asked.jobs is not None:
        raise Refused("--jobs is for this machine; a cluster uses all of its workers.")
    if asked.dry_run and asked.gradebook is None:
        raise click.UsageError("--dry-run compares with a gradebook: name it, --gradebook DB.")
    if out is not None:
        refuse_unwritable(out)


def _to_follow(asked: Asked, place: Path, rules: Policy) -> tuple[Path | None, list[Then]]:
    """The file with the secret, as far as it is known, and what is to be done with the results."""
    secret_file, then = asked.secret_file, list[Then]()
    if asked.gradebook is not None:
        from autograder.nbgrader.carried import OnlyWhatChanged
        from autograder.nbgrader.configuration import withheld_lessons

        into = OnlyWhatChanged(asked.gradebook, asked.lesson, place, dry_run=asked.dry_run)
        secret_file = secret_file or into.secret_file()
        course = asked.gradebook.resolve().parent
        if asked.feedback is not None and asked.lesson in withheld_lessons(course):
            raise Refused(
                f"{asked.lesson} is an exam, and its feedback is not released: descent release "
                f"{asked.gradebook.parent} --feedback"
            )
        then.append(into)
    if asked.feedback is not None:
        from autograder.commands.feedback import FeedbackPages

        then.append(FeedbackPages(asked.feedback, asked.lesson, rules))
    return secret_file, then


def _name_strangers(asked: Asked, rules: Policy, group: ClassIn) -> None:
    """Say which names in the policy are nobody's here."""
    ids = [submission.student for submission in group.everyone]
    if names := rules.strangers(asked.lesson, ids):
        example = f": write an id, such as {ids[0]}" if ids else ""
        click.echo(f"{asked.policy}: nobody here is called {', '.join(names)}{example}.", err=True)


def _assignment(asked: Asked, place: Path, secret_file: Path) -> Assignment:
    """What is graded, and how; say where the wall is the weaker one."""
    own = own_folder()
    hidden = [asked.submissions.resolve(), place, secret_file.resolve(), *([own] if own else [])]
    secret, wall = secret_in(secret_file), Wall(asked.wall)
    if wall is Wall.LANDLOCK:
        click.echo(
            f"The wall “{wall}” is the weaker one: submissions share this system's process and "
            "file names; see docs/security.md.",
            err=True,
        )
    return Assignment(asked.lesson, secret, wall, tuple(map(str, hidden)))


# -- during -----------------------------------------------------------------------------------


def _graders(asked: Asked, grading: Assignment) -> Callable[[int], AbstractContextManager[Graders]]:
    scheduler = asked.scheduler
    if scheduler is not None:
        return lambda _: _cluster(scheduler, grading)
    most = asked.jobs or usable_cores()
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
        kept = len(journal.keys().keys() & {submission.student for submission in handed})
        click.echo(
            f"Stopped. {kept} of {len(handed)} results are kept; "
            "the same command goes on from there.",
            err=True,
        )
        sys.exit(STOPPED)


def _carry_on(then: Sequence[Then], journal: Journal, handed: Sequence[Handed]) -> None:
    """Do what is to be done with the results."""
    try:
        with _stoppable():
            for step in then:
                step(journal, handed)
    except KeyboardInterrupt:
        click.echo("Stopped. All results are kept; the same command goes on from there.", err=True)
        sys.exit(STOPPED)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite request to end (SIGTERM) do what Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
