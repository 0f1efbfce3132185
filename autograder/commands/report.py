"""`descent report`: read results, count them, write the page."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from autograder.atomic_files import write_in_one_step
from autograder.commands.output_file import refuse_unwritable
from autograder.grading.result_file import heading_of, submissions_of
from autograder.grading.results import SubmissionResult
from autograder.refused import Refused
from autograder.report.comparison import compared
from autograder.report.figures import class_figures
from autograder.report.page import page


@click.command()
@click.argument(
    "results",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="FILE.html, the page.",
)
@click.option(
    "--before",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Earlier results of the class, to show what changed.",
)
@click.option("--anonymous", is_flag=True, help="Leave out everything about single learners.")
def report(results: tuple[Path, ...], out: Path, before: Path | None, anonymous: bool) -> None:
    """Show where a class stands, as one page for the browser.

    RESULTS is what `descent grade --out FILE.json` wrote; several files are parts of one class.
    """
    if out.suffix not in (".html", ".htm"):
        raise Refused(f"--out takes a file ending in .html, not {out.name!r}.")
    refuse_unwritable(out)
    write_in_one_step(out, [_page(results, before, anonymous)])


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


def _page(results: Sequence[Path], before: Path | None, anonymous: bool) -> str:
    heading, *others = [heading_of(each) for each in results]
    if any(each.assignment != heading.assignment for each in others):
        raise Refused("These results are of different assignments: make a report of each.")
    figures = class_figures(_each_once(results))
    change = None
    if before is not None:
        heading_of(before)
        change = compared(class_figures(submissions_of(before)), figures)
    return page(
        heading,
        figures,
        change,
        dated=date.fromtimestamp(max(each.stat().st_mtime for each in results)),
        before=before.name if before else None,
        anonymous=anonymous,
    )
