"""Tables that can be read on paper, on a telephone and by a screen reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.report.markup import Content, Markup, tag


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    label : str
        Its head.
    kind : str, optional
        ``"text"``, ``"number"`` (at the right) or ``"drawn"`` (a drawing of the row's numbers,
        which says nothing new).
    """

    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own.

    Attributes
    ----------
    cells : sequence
        The heading's cells; none where the rows need no heading.
    rows : sequence
        The rows: one cell for each column, the first of which names the row.
    """

    cells: Sequence[Content]
    rows: Sequence[Sequence[Content]]


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Content]]) -> Markup:
    """A table of rows."""
    return grouped_table(caption, columns, [Group((), list(rows))])


def grouped_table(caption: str, columns: Sequence[Column], groups: Iterable[Group]) -> Markup:
    """A table of groups of rows.

    The roles are written out because a narrow page lays the cells out one below the other, and
    browsers then forget that they are a table.
    """
    head = [
        tag(
            "th",
            each.label,
            scope="col",
            role="columnheader",
            class_=_class(each),
        )
        for each in columns
    ]
    bodies = []
    for group in groups:
        rows = [_row(columns, group.cells, "rowgroup", "lesson")] if group.cells else []
        rows += [_row(columns, row, "row", None) for row in group.rows]
        bodies.append(tag("tbody", rows, role="rowgroup"))
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", head, role="row"), role="rowgroup"),
        bodies,
        role="table",
        class_="rows",
    )


def first_of(shown: int, of: int, what: str, rest: str = "") -> str:
    """A caption that says whether these are all.

    Examples
    --------
    >>> first_of(15, 80, "commonest mistakes"), first_of(3, 3, "mistakes", " by name")
    ('The 15 commonest mistakes, out of 80.', 'The mistakes by name.')
    """
    if shown == of:
        return f"The {what}{rest}."
    return f"The {shown} {what}, out of {of:,}{rest}."


def folded(label: str, content: Content) -> Markup:
    """Content that is shown when asked for, and always on paper."""
    return tag("details", tag("summary", label), content)


def _row(
    columns: Sequence[Column], cells: Sequence[Content], scope: str, class_: str | None
) -> Markup:
    first, *others = zip(columns, cells, strict=True)
    drawn = [tag("th", first[1], scope=scope, role="rowheader")]
    for column, cell in others:
        label = column.label if column.kind != "drawn" and cell not in (None, "") else None
        drawn.append(tag("td", cell, role="cell", class_=_class(column), data_label=label))
    return tag("tr", drawn, role="row", class_=class_)


def _class(column: Column) -> str | None:
    return None if column.kind == "text" else column.kind
