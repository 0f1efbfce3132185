"""Leitner's boxes: what was known comes back later and later, what was not known tomorrow.

An entry is ``{"box": 2, "day": "2026-11-23"}``: the box in which a question or a flash card lies,
and the day on which it was last asked.
"""

import datetime
from typing import Any

DAYS = (1, 2, 4, 8, 16)  # days until a card of box 1, 2, … 5 is due again

Entry = dict[str, Any]


def moved(entry: Entry | None, known: bool, today: datetime.date | None = None) -> Entry:
    """The entry after an answer: one box on if it was `known`, else back in the first.

    Examples
    --------
    >>> day = datetime.date(2026, 11, 23)
    >>> moved({"box": 2, "day": "2026-11-21"}, True, day)
    {'box': 3, 'day': '2026-11-23'}
    >>> moved(None, False, day)
    {'box': 1, 'day': '2026-11-23'}
    """
    box = min(_box(entry) + 1, len(DAYS)) if known else 1
    return {"box": box, "day": (today or datetime.date.today()).isoformat()}


def due(entry: Entry | None, today: datetime.date | None = None) -> datetime.date:
    """The day on which something is to be asked again; today if it never was.

    Examples
    --------
    >>> due({"box": 3, "day": "2026-11-23"})
    datetime.date(2026, 11, 27)
    """
    try:
        day = datetime.date.fromisoformat((entry or {})["day"])
        return day + datetime.timedelta(days=DAYS[_box(entry) - 1])
    except (KeyError, TypeError, ValueError, IndexError):  # none, or one that somebody has edited
        return today or datetime.date.today()


def _box(entry: Entry | None) -> int:
    box = (entry or {}).get("box", 1)
    return box if isinstance(box, int) and 1 <= box <= len(DAYS) else 1
