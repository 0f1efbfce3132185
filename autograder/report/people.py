"""The parts of the report that are about single learners: how many, and who, unless anonymous."""

from collections import Counter
from collections.abc import Sequence

from autograder.exercises.manifest import LESSONS
from autograder.learner.card import points
from autograder.report.class_figures import ClassFigures, Learner
from autograder.report.markup import Content, Markup, tag
from autograder.report.tables import Column, first_of, folded, table

MOST_ROWS = 15
MOST_NAMES = 40
MOST_LEARNERS = 20_000  # a page of more is one that no browser likes


def stuck(figures: ClassFigures, anonymous: bool) -> Content:
    """Which exercise holds learners up, and where they stopped writing."""
    held_up: dict[str, list[Learner]] = {}
    stopped: dict[str, list[Learner]] = {}
    for each in figures.learners:
        if each.stuck is not None:
            held_up.setdefault(each.stuck.exercise, []).append(each)
        if each.stopped is not None:
            stopped.setdefault(each.stopped, []).append(each)
    parts: list[Content] = []
    if held_up:
        parts.append(_hurdles(figures, held_up, anonymous))
    else:
        parts.append(tag("p", "Nobody: whatever was written holds."))
    if stopped:
        parts += [tag("h3", "Where they stopped writing"), _stops(figures, stopped, anonymous)]
    return parts


def _hurdles(figures: ClassFigures, held_up: dict[str, list[Learner]], anonymous: bool) -> Markup:
    columns = [Column("Exercise, and the first hurdle"), Column("Learners", "number")]
    rows = []
    for name in (name for name in figures.exercises if name in held_up):
        here = held_up[name]
        hurdles = Counter(each.stuck.criterion for each in here if each.stuck)
        hurdle, count = hurdles.most_common(1)[0]
        share = "" if len(hurdles) == 1 else f" ({count:,} of {len(here):,})"
        first = [tag("code", name), tag("span", hurdle + share, class_="more")]
        row: list[Content] = [first, f"{len(here):,}"]
        rows.append(row if anonymous else [*row, _names(here)])
    caption = (
        "The first exercise that a learner wrote and that does not hold yet, in course order, and "
        "the criterion that most of them fail first there."
    )
    return table(caption, columns if anonymous else [*columns, Column("Who")], rows)


def _stops(figures: ClassFigures, stopped: dict[str, list[Learner]], anonymous: bool) -> Markup:
    columns = [Column("Exercise"), Column("Learners", "number")]
    rows: list[list[Content]] = []
    for name in (name for name in figures.exercises if name in stopped):
        row: list[Content] = [tag("code", name), f"{len(stopped[name]):,}"]
        rows.append(row if anonymous else [*row, _names(stopped[name])])
    caption = "The first exercise that a learner has not written, in course order, bonus left out."
    return table(caption, columns if anonymous else [*columns, Column("Who")], rows)


def moved(title: str, changes: Sequence[tuple[str, float, float]]) -> Content:
    """Whose score changed most."""
    if not changes:
        return None
    columns = [Column("Learner"), Column("Before", "number"), Column("Now", "number")]
    rows = [[_name(name), points(old), points(new)] for name, old, new in changes[:MOST_ROWS]]
    return [
        tag("h3", title),
        table(first_of(len(rows), len(changes), "largest changes"), columns, rows),
    ]


def unscored(figures: ClassFigures, anonymous: bool) -> Content:
    """Submissions without a score, and why."""
    if anonymous:
        reasons = Counter(status for _, status, _ in figures.unscored)
        rows = [[status, f"{count:,}"] for status, count in reasons.most_common()]
        return table(
            "Why there is none.", [Column("Status"), Column("Submissions", "number")], rows
        )
    columns = [Column("Learner"), Column("Status"), Column("Reason")]
    named = [[_name(name), status, reason] for name, status, reason in figures.unscored]
    return table("Submissions that could not be graded, and why.", columns, named)


def everyone(figures: ClassFigures) -> Content:
    """All learners with their points."""
    if len(figures.learners) > MOST_LEARNERS:
        said = f"These are {len(figures.learners):,} learners, too many for a page: "
        return tag("p", said, tag("code", "descent grade --out FILE.csv"), " lists them all.")
    modules = list(figures.by_module)
    short = {each.module: each.name[0] for each in LESSONS}
    columns = [Column("Learner"), Column("Points", "number")]
    if len(modules) > 1:
        columns += [Column(f"Lesson {short.get(module, module)}", "number") for module in modules]
    columns += [Column("Stuck at"), Column("Stopped before")]
    rows = []
    for each in figures.learners:
        row: list[Content] = [_name(each.name), points(each.score)]
        if len(modules) > 1:
            row += [points(round(each.by_module.get(module, 0.0), 6)) for module in modules]
        row.append(tag("code", each.stuck.exercise) if each.stuck else "")
        row.append(tag("code", each.stopped) if each.stopped else "")
        rows.append(row)
    shown = table("All learners with their points.", columns, rows)
    return folded(
        f"Show all {len(rows):,}",
        tag("div", shown, class_="wide", tabindex="0", role="region", aria_label="All learners"),
    )


def _names(learners: Sequence[Learner]) -> Content:
    parts: list[Content] = []
    for each in learners[:MOST_NAMES]:
        parts += [", " if parts else None, _name(each.name)]
    if len(learners) > MOST_NAMES:
        parts.append(f" and {len(learners) - MOST_NAMES:,} more")
    return parts


def _name(name: str) -> Markup:
    """A learner's name, kept from turning the line around it."""
    return tag("bdi", name)
