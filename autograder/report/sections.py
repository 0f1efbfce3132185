"""The parts of the report, in reading order."""

from dataclasses import dataclass

from autograder.learner.card import points
from autograder.report import people, plots
from autograder.report.class_figures import ClassFigures, ExerciseFigures, State
from autograder.report.comparison import Comparison
from autograder.report.findings import findings
from autograder.report.markup import Content, prose, tag
from autograder.report.tables import Column, Group, first_of, folded, grouped_table, table
from autograder.report.topics import teach_again, words

MOST_ROWS = 15
AMONG = "; shares are of those who wrote the exercise"
STATES = ((State.HOLDS, "holds"), (State.ASTRAY, "astray"), (State.NOT_WRITTEN, "unwritten"))


@dataclass(frozen=True)
class Section:
    """A part of the page under its own heading.

    Attributes
    ----------
    anchor : str
        Where links lead.
    short : str
        Its name among the links.
    title : str
        Its heading.
    content : Content
        What stands under it.
    """

    anchor: str
    short: str
    title: str
    content: Content


def sections(
    figures: ClassFigures, change: Comparison | None, *, before: str | None, anonymous: bool
) -> list[Section]:
    """All parts that there is something to say in."""
    found = []
    if figures.learners and figures.max_score:
        found.append(Section("scores", "Scores", "Scores", _scores(figures)))
    if figures.learners:
        found += [
            Section("exercises", "Exercises", "Lessons and exercises", _exercises(figures)),
            Section("criteria", "Criteria", "What fails most", _criteria(figures)),
            Section("mistakes", "Mistakes", "Mistakes with a name", _mistakes(figures)),
            Section(
                "stuck", "Who is stuck", "Who is stuck where", people.stuck(figures, anonymous)
            ),
        ]
    if before is not None:
        found.append(
            Section(
                "change",
                "Change",
                "Since the earlier results",
                _change(change, "the earlier ones" if anonymous else before, anonymous),
            )
        )
    if figures.unscored:
        found.append(
            Section(
                "unscored",
                "Without a score",
                "Without a score",
                people.unscored(figures, anonymous),
            )
        )
    if figures.learners and not anonymous:
        found.append(Section("learners", "Learners", "Every learner", people.everyone(figures)))
    return found


def opening(figures: ClassFigures, change: Comparison | None) -> Content:
    """What comes first: a few figures, what to teach again, and what else stands out."""
    complete = sum(each.complete for each in figures.learners)
    tiles: list[tuple[str, Content]] = [("Graded", f"{len(figures.learners):,}")]
    if figures.max_score and figures.learners:
        of = tag("small", f" of {figures.max_score:g}")
        tiles.append(("Median", [points(round(figures.median, 1)), of]))
        tiles.append(("Mean", [points(round(figures.mean, 1)), of]))
    tiles.append(("Complete", f"{complete:,}"))
    if figures.unscored:
        tiles.append(("Without a score", tag("a", f"{len(figures.unscored):,}", href="#unscored")))
    parts: list[Content] = [
        tag(
            "dl",
            [tag("div", tag("dt", name), tag("dd", value)) for name, value in tiles],
            class_="tiles",
        )
    ]
    if figures.learners:
        parts += [tag("h2", "What to teach again", id="again"), teach_again(figures)]
    if said := findings(figures, change):
        listed = tag("ul", [tag("li", each) for each in said], class_="findings")
        parts += [tag("h2", "What else stands out", id="else"), listed]
    return parts


def _scores(figures: ClassFigures) -> Content:
    bins = plots.bins_of(figures.scores, figures.max_score)
    fullest = max(bins, key=lambda each: each.count)
    text = (
        f"Histogram of {len(figures.learners):,} scores from 0 to {figures.max_score:g} points. "
        f"The median is {figures.median:g}; the fullest range is {fullest.label} points "
        f"with {fullest.count:,} learners."
    )
    rows = [
        [f"{each.label} points", f"{each.count:,}", percent(each.count, len(figures.learners))]
        for each in bins
    ]
    columns = [Column("Score"), Column("Learners", "number"), Column("Share", "number")]
    return [
        plots.histogram(bins, figures.median, text),
        folded(
            "The same as a table",
            table("Learners by score; each range includes its lower end.", columns, rows),
        ),
    ]


def _exercises(figures: ClassFigures) -> Content:
    columns = [
        Column("Exercise"),
        Column("Shares", "drawn"),
        Column("Holds", "number"),
        Column("Does not hold yet", "number"),
        Column("Not written", "number"),
        Column("Mean points", "number"),
    ]
    groups = []
    for module, exercises in figures.by_module.items():
        lesson = exercises[0].lesson
        name = f"{lesson.name[0]} · {lesson.title}" if lesson else module
        counted = [each for each in exercises if not (each.known and each.known.bonus)] or exercises
        whole = ExerciseFigures(name, module, sum(each.max_score for each in counted))
        for each in counted:
            whole.states.update(each.states)
            whole.points += each.points
        heading = _exercise_cells(whole, name, len(figures.learners))
        rows = []
        for each in exercises:
            title = each.known.title if each.known else None
            bonus = " (bonus)" if each.known and each.known.bonus else ""
            label = [tag("code", each.name), tag("span", title, bonus, class_="more")]
            rows.append(_exercise_cells(each, label, len(figures.learners)))
        groups.append(Group(heading, rows))
    key = [tag("li", plots.bar(1.0, class_), tag("span", str(state))) for state, class_ in STATES]
    return [
        tag("ul", key, class_="key", aria_hidden="true"),
        grouped_table(
            "Share of learners for whom each exercise holds; a lesson's row is the share over its "
            "exercises.",
            columns,
            groups,
        ),
    ]


def _exercise_cells(each: ExerciseFigures, label: Content, learners: int) -> list[Content]:
    shares = [(class_, each.share(state)) for state, class_ in STATES]
    cells: list[Content] = [label, plots.shares_bar(shares)]
    cells += [percent(each.states[state], each.learners) for state, _ in STATES]
    worth = f"{each.points / max(1, learners):.2f} of {each.max_score:g}"
    return [*cells, worth if each.max_score else ""]


def _criteria(figures: ClassFigures) -> Content:
    hardest = figures.hardest_criteria
    if not hardest:
        return tag("p", "Nothing fails: every exercise that was written holds.")
    columns = [
        Column("Criterion"),
        Column("Share", "drawn"),
        Column("Fails for", "number"),
        Column("That is", "number"),
    ]
    rows = [
        [
            [one.title, tag("span", tag("code", each.name), class_="more")],
            plots.bar(one.unmet / one.judged, "astray"),
            f"{one.unmet:,} of {one.judged:,}",
            percent(one.unmet, one.judged),
        ]
        for each, one in hardest[:MOST_ROWS]
    ]
    caption = first_of(len(rows), len(hardest), "criteria that fail most often", AMONG)
    return table(caption, columns, rows)


def _mistakes(figures: ClassFigures) -> Content:
    commonest = figures.commonest_mistakes
    if not commonest:
        return tag("p", "No known mistake was recognized.")
    columns = [
        Column("Mistake"),
        Column("Share", "drawn"),
        Column("Learners", "number"),
        Column("What to say, and where to read on"),
    ]
    rows = []
    for each in commonest[:MOST_ROWS]:
        advice: Content = "It is no longer in the catalogue."
        if each.known is not None:
            advice = [prose(each.known.says), tag("span", each.known.read, class_="more")]
        tried = figures.exercises[each.exercise].tried
        rows.append(
            [
                [
                    words(each.name),
                    tag("span", tag("code", each.exercise), class_="more"),
                ],
                plots.bar(each.learners / tried, "astray"),
                f"{each.learners:,} of {tried:,}",
                advice,
            ]
        )
    caption = first_of(len(rows), len(commonest), "commonest known mistakes", AMONG)
    return table(caption, columns, rows)


def _change(change: Comparison | None, before: str, anonymous: bool) -> Content:
    if change is None:
        return tag("p", f"Nobody with a score is both in these results and in {before}.")
    columns = [
        Column("Exercise"),
        Column("From before to now", "drawn"),
        Column("Held before", "number"),
        Column("Holds now", "number"),
        Column("Gained", "number"),
        Column("Lost", "number"),
    ]
    rows: list[list[Content]] = []
    for each in change.exercises:
        earlier, later = each.before / change.learners, each.now / change.learners
        row: list[Content] = [tag("code", each.name), plots.arrow(earlier, later)]
        row += [percent(each.before, change.learners), percent(each.now, change.learners)]
        rows.append([*row, f"{each.gained:,}", f"{each.lost:,}"])
    come = (
        f"{_learners_are(change.learners)} a score both here and in {before}"
        + (f"; {change.arrived:,} without an earlier one" if change.arrived else "")
        + (f"; {change.left:,} with an earlier one alone" if change.left else "")
        + f". The median of those in both went from {change.before[0]:.4g} to {change.now[0]:.4g} "
        f"points, their mean from {change.before[1]:.4g} to {change.now[1]:.4g}."
    )
    moved: Content = None
    if not anonymous:
        moved = [
            people.moved("Fewer points than before", change.fallen),
            people.moved("Most gained", change.risen),
        ]
    caption = "Share of those learners for whom each exercise holds."
    return [tag("p", come), table(caption, columns, rows), moved]


def percent(part: int, whole: int) -> str:
    """A share in percent; only none is 0 %, and only all is 100 %."""
    if not whole:
        return "–"
    share = round(100 * part / whole)
    if 0 < part < whole:
        share = min(99, max(1, share))
    return f"{share} %"


def _learners_are(count: int) -> str:
    return "One learner has" if count == 1 else f"{count:,} learners have"
