"""What `descent report` does: read results, count them, write the page."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from autograder.commands.output_file import refuse_unwritable
from autograder.grading.result_file import (
    ResultsUnreadable,
    heading_of,
    submissions_of,
    write_in_one_step,
)
from autograder.refused import Refused
from autograder.report.class_figures import class_figures
from autograder.report.comparison import compared
from autograder.report.page import page


def write_report(
    results: Sequence[Path], out: Path, before: Path | None = None, *, anonymous: bool = False
) -> None:
    """Write the class report of result files.

    Parameters
    ----------
    results : sequence of Path
        What ``descent grade --out FILE.json`` wrote: one file, or the parts of a large class.
    out : Path
        The HTML file.
    before : Path, optional
        An earlier result file of the same class, to show what changed.
    anonymous : bool, optional
        Whether to leave out everything about single learners.

    Raises
    ------
    Refused
        If one of the files is no result file, or the page cannot be written.
    """
    if out.suffix not in (".html", ".htm"):
        raise Refused(f"--out takes a file ending in .html, not {out.name!r}.")
    refuse_unwritable(out)
    try:
        text = _page(results, before, anonymous)
    except ResultsUnreadable as reason:
        raise Refused(str(reason)) from None
    write_in_one_step(out, [text])


def _page(results: Sequence[Path], before: Path | None, anonymous: bool) -> str:
    heading, *others = [heading_of(each) for each in results]
    if any(each.assignment != heading.assignment for each in others):
        raise Refused("These results are of different assignments: make a report of each.")
    figures = class_figures(chain.from_iterable(submissions_of(each) for each in results))
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
