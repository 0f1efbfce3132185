"""`descent report`: read results, count them, write the page."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from autograder.atomic_files import write_in_one_step
from autograder.commands.feedback import place_of
from autograder.commands.output_file import refuse_unwritable
from autograder.commands.path_kinds import FILE_IN, FILE_OUT, FOLDER_IN
from autograder.grading.policy import Policy
from autograder.grading.policy_file import read_policy
from autograder.grading.result_file import Heading, heading_of, submissions_of
from autograder.grading.results import SubmissionResult
from autograder.refused import Refused
from autograder.report.comparison import compared
from autograder.report.figures import ClassFigures, class_figures
from autograder.report.page import lecture_page, page
from autograder.report.whole_course import whole_course


@click.command()
@click.argument(
    "results",
    nargs=-1,
    required=True,
    type=FILE_IN,
)
@click.option(
    "--out",
    type=FILE_OUT,
    required=True,
    help="FILE.html, the page.",
)
@click.option(
    "--before",
    type=FILE_IN,
    help="Earlier results of the class, to show what changed.",
)
@click.option("--anonymous", is_flag=True, help="Leave out everything about single learners.")
@click.option(
    "--feedback",
    type=FOLDER_IN,
    help="The folder of `descent grade --feedback`: names become links to its pages.",
)
@click.option(
    "--lecture",
    type=FILE_OUT,
    help="FILE.html, one page for the next lecture: what to come back to, and how long.",
)
@click.option(
    "--minutes",
    type=click.IntRange(1, 600),
    default=20,
    show_default=True,
    help="How long there is in that lecture.",
)
@click.option(
    "--policy",
    type=FILE_IN,
    help="FILE.toml, for what lessons weigh in the course.",
)
def report(
    results: tuple[Path, ...],
    out: Path,
    before: Path | None,
    anonymous: bool,
    feedback: Path | None,
    lecture: Path | None,
    minutes: int,
    policy: Path | None,
) -> None:
    """Show where a class stands, as one page for the browser.

    RESULTS is what `descent grade --out FILE.json` wrote; several files are parts of one class.
    Those of several lessons make a page about the course.
    """
    for option, file in (("--out", out), ("--lecture", lecture)):
        if file is not None:
            if file.suffix not in (".html", ".htm"):
                raise Refused(f"{option} takes a file ending in .html, not {file.name!r}.")
            refuse_unwritable(file)
    rules = read_policy(policy) if policy is not None else Policy()
    heading, figures = _read(results, rules)
    pages = _pages(heading, figures, feedback, out) if feedback is not None else {}
    write_in_one_step(out, [_page(results, heading, figures, before, anonymous, pages)])
    if lecture is not None:
        write_in_one_step(lecture, [lecture_page(heading, figures, minutes)])


def _each_once(results: Sequence[Path]) -> Iterator[SubmissionResult]:
    """The submissions of all files: nobody is counted twice."""
    met: dict[str, Path] = {}
    for path in results:
        for result in submissions_of(path):
            if len(results) > 1 and met.setdefault(result.student, path) is not path:
                raise Refused(
                    f"{result.student} is both in {met[result.student]} and in {path}: several "
                    "files are parts of one class, so name each file once."
                )
            yield result


def _read(results: Sequence[Path], policy: Policy) -> tuple[Heading, ClassFigures]:
    """What was graded, and what it adds up to."""
    headings = [heading_of(path) for path in results]
    people = {student: person for heading in headings for student, person in heading.people.items()}
    assignments = {heading.assignment for heading in headings}
    absent = tuple(dict.fromkeys(name for heading in headings for name in heading.absent))
    passed_over = tuple(name for heading in headings for name in heading.passed_over)
    whole = replace(headings[0], people=people, absent=absent, passed_over=passed_over)
    if len(assignments) == 1:
        (lesson,) = assignments
        return whole, class_figures(
            policy.weighed(result, lesson) for result in _each_once(results)
        )
    if "all" in assignments:
        raise Refused("One of these results is of all lessons: name it alone, or those of lessons.")
    figures = class_figures(whole_course(results, policy))
    known = {learner.name for learner in figures.learners}.union(
        name for name, *_ in figures.unscored
    )
    absent = tuple(name for name in absent if name not in known)  # in all lessons
    return replace(whole, assignment="all", absent=absent), figures


def _pages(heading: Heading, figures: ClassFigures, feedback: Path, out: Path) -> dict[str, str]:
    """The learners' pages that are there, as seen from the report."""
    students = [
        *(learner.name for learner in figures.learners),
        *(name for name, *_ in figures.unscored),
    ]
    places = {student: feedback / place_of(heading.person(student)) for student in students}
    base = out.resolve().parent
    return {
        student: Path(os.path.relpath(place.resolve(), base)).as_posix()
        for student, place in places.items()
        if place.is_file()
    }


def _page(
    results: Sequence[Path],
    heading: Heading,
    figures: ClassFigures,
    before: Path | None,
    anonymous: bool,
    pages: Mapping[str, str],
) -> str:
    change = None
    if before is not None:
        heading_of(before)
        change = compared(class_figures(submissions_of(before)), figures)
    return page(
        heading,
        figures,
        change,
        dated=date.fromtimestamp(max(path.stat().st_mtime for path in results)),
        before=before.name if before else None,
        anonymous=anonymous,
        pages=pages,
    )
