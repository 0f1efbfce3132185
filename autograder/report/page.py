"""The report as one HTML page: it asks for nothing from anywhere, and holds no program."""

from datetime import date
from importlib.resources import files

from autograder.exercises.manifest import LESSONS
from autograder.grading.result_file import Heading
from autograder.report import sections
from autograder.report.class_figures import ClassFigures
from autograder.report.comparison import Comparison
from autograder.report.markup import Content, Markup, tag
from autograder.sandbox.wall import Wall

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


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
    title = f"Class report: {_what(heading.assignment)}"
    parts = sections.sections(figures, change, before=before, anonymous=anonymous)
    links = [tag("li", tag("a", each.short, href=f"#{each.anchor}")) for each in parts]
    style = (files("autograder.report") / "report.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Markup(style)),
    )
    body = tag(
        "body",
        tag(
            "header",
            tag("h1", title),
            tag("p", _subtitle(heading, figures, dated, anonymous), class_="quiet"),
            tag("nav", tag("ul", links), aria_label="Sections"),
        ),
        tag("main", sections.opening(figures, change), [_section(each) for each in parts]),
        tag("footer", _footer()),
    )
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang="en") + "\n"


def _section(each: sections.Section) -> Markup:
    return tag(
        "section",
        tag("h2", each.title, id=each.anchor),
        each.content,
        aria_labelledby=each.anchor,
    )


def _what(assignment: str) -> str:
    found = next((each for each in LESSONS if each.name == assignment), None)
    return found.title if found else "the whole course"


def _subtitle(
    heading: Heading, figures: ClassFigures, dated: date | None, anonymous: bool
) -> Content:
    handed = len(figures.learners) + len(figures.unscored)
    parts = ["First Descent", f"{handed:,} submission{'s' if handed != 1 else ''}"]
    if dated is not None:
        parts.append(f"results of {dated.day} {MONTHS[dated.month - 1]} {dated.year}")
    if anonymous:
        parts.append("without names")
    if heading.wall is not Wall.NAMESPACES:
        parts.append(f"graded behind the weaker wall “{heading.wall}”")
    return " · ".join(parts)


def _footer() -> Content:
    return [
        tag(
            "p",
            "How to read this. An exercise ",
            tag("em", "holds"),
            " when every one of its criteria does. It ",
            tag("em", "does not hold yet"),
            " when it was written and a criterion fails, raises an exception or runs out of time. "
            "Shares of criteria are of those who wrote the exercise and for whom the criterion was "
            "judged. A mistake is named where exactly one known mistake returns what the learner's "
            "function returned. Scores are without bonus points.",
        ),
        tag(
            "p",
            "Made by ",
            tag("code", "descent report"),
            ". This page asks for nothing from any network.",
        ),
    ]
