"""The report as one HTML page: it asks for nothing from anywhere, and holds no program."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.exercises.manifest import LESSONS
from autograder.grading.result_file import Heading
from autograder.report.comparison import Comparison
from autograder.report.figures import ClassFigures, lesson_figures
from autograder.report.headlines import headlines
from autograder.report.plots import histogram
from autograder.report.topics import topics, words

ROOM = Path(__file__).parent


def page(
    heading: Heading,
    figures: ClassFigures,
    change: Comparison | None = None,
    *,
    dated: date | None = None,
    before: str | None = None,
    anonymous: bool = False,
) -> str:
    """The whole page.

    Parameters
    ----------
    heading : Heading
        What was graded.
    figures : ClassFigures
        The results.
    change : Comparison, optional
        What changed since earlier results.
    dated : date, optional
        Of when the results are.
    before : str, optional
        The name of the file that held the earlier ones.
    anonymous : bool, optional
        Whether to leave out everything about single learners.
    """
    templates = Environment(
        loader=FileSystemLoader([ROOM / "templates", ROOM]),
        extensions=["jinja2.ext.do"],
        autoescape=True,
        finalize=written,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"percent": percent, "words": words, "counted": counted}
    titles = {lesson.name: lesson.title for lesson in LESSONS}
    return templates.get_template("page.html").render(
        what=titles.get(heading.assignment, "the whole course"),
        wall=heading.wall,
        passed_over=heading.passed_over,
        dated=dated,
        anonymous=anonymous,
        figures=figures,
        topics=topics(figures),
        headlines=headlines(figures, change),
        histogram=histogram(figures.scores, figures.max_score),
        lessons=[
            (lesson_figures(exercises), exercises) for exercises in figures.by_module.values()
        ],
        before="the earlier ones" if before and anonymous else before,
        change=change,
    )


def written(value: Any) -> Any:
    """A value as it is written on the page, before it is escaped.

    Numbers get commas or lose superfluous zeros. What cannot be seen in a text (control characters,
    marks that turn lines) is made visible.

    Examples
    --------
    >>> written(12000), written(2.0), written(None), written("plain text")
    ('12,000', '2', '', 'plain text')
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in value)
    return value


def percent(part: int, whole: int) -> str:
    """A share in percent; only none is 0 %, and only all is 100 %."""
    if not whole:
        return "–"
    share = round(100 * part / whole)
    if 0 < part < whole:
        share = min(99, max(1, share))
    return f"{share} %"


def counted(values: Iterable[str]) -> list[tuple[str, int]]:
    """Each value and how often it is there, the commonest first."""
    return Counter(values).most_common()
