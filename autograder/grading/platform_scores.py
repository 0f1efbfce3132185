"""Scores as the files that learning platforms import; see `submissions.platforms` for each."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.grading.result_file import without_formula
from autograder.refused import Refused
from autograder.submissions.platforms import SCORES_FILES, ScoresFile
from autograder.submissions.roster import Person, Table, rows_of


@dataclass(frozen=True)
class Scores:
    """The scores of one learner, by the title of the assignment; none where there is no score."""

    person: Person
    by_title: Mapping[str, float] = field(default_factory=dict)

    def written(self, title: str) -> str:
        """A score with two decimals at most; nothing where there is none."""
        score = self.by_title.get(title)
        return "" if score is None else f"{round(score, 2):g}"


def scores_file(platform: str, points: Mapping[str, float], scores: Iterable[Scores]) -> str:
    """A file that the platform imports, a row for each learner.

    Parameters
    ----------
    platform : str
        One of `SCORES_FILES`.
    points : mapping
        The most points of each assignment, by its title there.
    scores : iterable of Scores
        What the learners have.
    """
    to = SCORES_FILES[platform]
    lines = [[*to.learner, *(to.column(title, points) for title in points), *to.after]]
    if to.points_row:
        lines.append(_points_row(to, points, len(to.learner)))
    for score in scores:
        about = [without_formula(cell(score.person)) for cell in to.learner.values()]
        lines.append([*about, *map(score.written, points), *to.after.values()])
    return _text(lines, ",", marked=platform == "csv")  # for Excel


def filled_in(
    platform: str, points: Mapping[str, float], scores: Iterable[Scores], exported: Table
) -> tuple[str, dict[str, str]]:
    """A file that the platform exported, with our scores in it.

    Parameters
    ----------
    platform, points, scores
        See `scores_file`.
    exported : Table
        The platform's file. What else is in it stays, be it a score that a person wrote where we
        have none; of Canvas's and Sakai's the columns of other assignments are left out.

    Returns
    -------
    text : str
        The file to import.
    strangers : dict of str
        The learners who have no row of their own in it, and why.

    Raises
    ------
    Refused
        If it is not a file of this platform's.
    """
    to = SCORES_FILES[platform]
    header, rows = list(exported.header), [list(row) for row in exported.rows]
    places = {title: _place(to, title, points, header, rows) for title in points}
    by_id = {score.person.id: score for score in scores if score.by_title}
    found, strangers = rows_of([score.person for score in by_id.values()], exported)
    for student, number in found.items():
        row = rows[number]
        row += [""] * (max(places.values()) + 1 - len(row))
        for title in by_id[student].by_title:
            row[places[title]] = by_id[student].written(title)
    if not to.last_about:
        return _text([header, *rows], exported.separator, marked=exported.marked), strangers
    last = [place for place, head in enumerate(header) if head.strip() in to.last_about]
    if not last:
        raise Refused(
            f"The roster has no column {to.last_about[0]}: name the file that {platform} exported."
        )
    kept = [*range(last[0] + 1), *places.values()]
    lines = [[header[place] for place in kept]]
    if to.points_row:
        lines.append(_points_row(to, points, last[0] + 1))
    lines += [[rows[number][place] for place in kept] for number in sorted(found.values())]
    return _text(lines, ",", marked=False), strangers


def _place(
    to: ScoresFile,
    title: str,
    points: Mapping[str, float],
    header: list[str],
    rows: Sequence[list[str]],
) -> int:
    """The column of an assignment in a file of the platform's; a new one where there is none."""
    for place, column in enumerate(header):
        if to.is_score(column, title):
            return place
    place = len(header) - len(to.after)
    header.insert(place, to.column(title, points))
    for row in rows:
        row.insert(place, "")
    return place


def _points_row(to: ScoresFile, points: Mapping[str, float], about: int) -> list[str]:
    return [to.points_row, *[""] * (about - 1), *(f"{most:g}" for most in points.values())]


def _text(lines: Sequence[Sequence[str]], separator: str, *, marked: bool) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return "\ufeff" * marked + buffer.getvalue()
