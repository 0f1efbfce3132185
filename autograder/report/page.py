"""The report of a class and the page for one learner: HTML that needs nothing, and runs nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from statistics import mean, median
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from autograder.exercises.manifest import LESSONS
from autograder.grading.result_file import Heading
from autograder.grading.results import SubmissionResult, marked_lines
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
    pages: Mapping[str, str] | None = None,
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
    pages : mapping, optional
        The addresses of learners' own pages, by id.
    """
    return (
        _templates(_who(heading, pages or {}))
        .get_template("page.html")
        .render(
            what=_title(heading.assignment),
            wall=heading.wall,
            passed_over=heading.passed_over,
            absent=heading.absent,
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
            groups=_groups(heading, figures),
        )
    )


def lecture_page(heading: Heading, figures: ClassFigures, minutes: int) -> str:
    """One page for the next lecture: what to come back to, and how long; it names nobody.

    Parameters
    ----------
    heading : Heading
        What was graded.
    figures : ClassFigures
        The results.
    minutes : int
        How long there is; the topics share it by how many learners each is for.
    """
    found = topics(figures)
    whole = sum(topic.exercise.astray for topic in found) or 1
    shares = [max(1, minutes * topic.exercise.astray // whole) for topic in found]
    if shares:
        shares[0] += max(0, minutes - sum(shares))
    return (
        _templates()
        .get_template("lecture.html")
        .render(
            what=_title(heading.assignment),
            figures=figures,
            minutes=minutes,
            topics=list(zip(found, shares, strict=True)),
        )
    )


def _groups(heading: Heading, figures: ClassFigures) -> list[tuple[str, int, float, float]]:
    """The sections of a class: how many, their median and mean; none where there is one."""
    scores: dict[str, list[float]] = {}
    for learner in figures.learners:
        scores.setdefault(heading.person(learner.name).section, []).append(learner.score)
    if len(scores) < 2:
        return []
    return [
        (name, len(group), median(group), mean(group)) for name, group in sorted(scores.items())
    ]


def _who(heading: Heading, pages: Mapping[str, str]) -> Callable[[str], Markup]:
    """How a learner is named: by name and id, with a link where there is a page."""

    def who(student: str) -> Markup:
        person = heading.person(student)
        text = Markup("<bdi>{}</bdi>").format(written(person.name or student))
        if person.name:
            text += Markup(" <bdi>({})</bdi>").format(written(student))
        if student in pages:
            return Markup('<a href="{}">{}</a>').format(quote(pages[student]), text)
        return text

    return who


def feedback_page(
    result: SubmissionResult,
    assignment: str,
    card: str,
    code: Mapping[str, bytes],
    notes: Sequence[str] = (),
    *,
    name: str = "",
) -> str:
    """The page that one learner gets back: points, cards, and the code with marked lines.

    Parameters
    ----------
    result : SubmissionResult
        What was graded.
    assignment : str
        A lesson, or ``"all"``.
    card : str
        The card as HTML, with everything of the learner's escaped.
    code : mapping
        The modules that were graded, by path.
    notes : sequence of str, optional
        What else the learner should know: that it came late, say.
    name : str, optional
        The learner's name, where the id is something else.
    """
    marks = marked_lines(result.exercises)
    paths = dict.fromkeys(f"course/{exercise.module}.py" for exercise in result.exercises)
    modules = {
        path: [
            (number, line, marks.get((path, number), []))
            for number, line in enumerate(code[path].decode("utf-8", "replace").splitlines(), 1)
        ]
        for path in paths
        if path in code
    }
    return _feedback_template().render(
        result=result,
        what=_title(assignment),
        card=Markup(card),
        modules=modules,
        notes=notes,
        name=name or result.student,
    )


@cache
def _feedback_template() -> Template:
    """Read once: a class has a thousand pages."""
    return _templates().get_template("feedback.html")


def _templates(who: Callable[[str], Markup] = Markup.escape) -> Environment:
    templates = Environment(
        loader=FileSystemLoader([ROOM / "templates", ROOM]),
        extensions=["jinja2.ext.do"],
        autoescape=True,
        finalize=written,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"percent": percent, "words": words, "counted": counted, "who": who}
    return templates


def _title(assignment: str) -> str:
    titles = {lesson.name: lesson.title for lesson in LESSONS}
    return titles.get(assignment, "the whole course")


def written(value: Any) -> Any:
    """A value as it is written on the page, before it is escaped.

    Numbers get commas, or two decimals at most without superfluous zeros. What cannot be seen in a
    text (control characters, marks that turn lines) is made visible.

    Examples
    --------
    >>> written(12000), written(2.0), written(2.14286), written(None), written("plain text")
    ('12,000', '2', '2.14', '', 'plain text')
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{round(value, 2):g}"
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
