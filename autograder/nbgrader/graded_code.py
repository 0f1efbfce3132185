"""The learner's code beside its card: read-only, escaped, with the lines that the card names.

It is found by its lines and never parsed: what was handed in may be no Python at all.
"""

import html
import re
from collections.abc import Mapping, Sequence

from autograder.grading.results import ExerciseResult, marked_lines
from autograder.sandbox.outcomes import Outcome

MAX_LINES = 150
MAX_LETTERS = 300  # of a line
AROUND = 4  # lines around one that a card names, where the function is not found
CLOSING = (")", "]", "}")  # what may stand at the left end within a definition


def code_html(result: ExerciseResult, files: Mapping[str, bytes]) -> str:
    """The lines of one exercise as a piece of HTML; nothing where there are none.

    Parameters
    ----------
    result : ExerciseResult
        What was graded.
    files : mapping
        The submission: content by path.
    """
    path = f"course/{result.module}.py"
    lines = files.get(path, b"").decode("utf-8", "replace").splitlines()
    marked = {number for place, number in marked_lines([result]) if place == path}
    first, last = _span(lines, result.name, marked)
    if first >= last or result.outcome is Outcome.NOT_WRITTEN:
        return ""
    folded = _docstring(lines, first, last) - marked
    kept = [number for number in range(first + 1, last + 1) if number not in folded]
    rows = ""
    for number in kept[:MAX_LINES]:
        rows += _row(number, lines[number - 1], marked=number in marked)
        if number + 1 in folded:
            rows += _row(None, "    … the docstring", marked=False)
    if len(kept) > MAX_LINES:
        rows += _row(None, f"… and {len(kept) - MAX_LINES} more lines", marked=False)
    opened = "" if result.passed else " open"
    return (
        f'<details{opened} style="max-width: 760px; margin: 4px 0">'
        '<summary style="display: list-item; cursor: pointer">The code that was '
        f"graded: {html.escape(path)}, lines {first + 1} to {last}</summary>"
        '<pre style="margin: 4px 0; padding: 6px 0; border: 1px solid #d5d9de; border-radius: 8px; '
        f'overflow-x: auto; font-size: 92%; line-height: 1.45">{rows}</pre></details>'
    )


def _row(number: int | None, line: str, *, marked: bool) -> str:
    text = "".join(sign if sign.isprintable() else " " for sign in line.expandtabs(4))
    tint = "; background: rgba(213, 94, 0, 0.16); font-weight: 600" if marked else ""
    place = "" if number is None else str(number)
    return (
        f'<span style="display: block; padding: 0 12px{tint}"><span style="display: inline-block; '
        f'width: 3.4em; opacity: 0.6; user-select: none">{place}</span>'
        f"{html.escape(text[:MAX_LETTERS]) or ' '}</span>"
    )


def _docstring(lines: Sequence[str], first: int, last: int) -> set[int]:
    """The numbers of a docstring's lines after its first: what was handed out is not the answer.

    A closing line with anything else on it stays.
    """
    for number in range(first + 1, last):
        line = lines[number].strip().removeprefix("r")
        quotes = line[:3]
        if quotes in ('"""', "'''"):
            if quotes in line[3:]:
                return set()
            ends = (end for end in range(number + 1, last) if quotes in lines[end])
            end = next(ends, number)
            return set(range(number + 2, end + 1 + (lines[end].strip() == quotes)))
        if line.endswith(("):", "]:", ",", "(")) or line.startswith("def "):
            continue  # the head of the function
        return set()
    return set()


def _span(lines: Sequence[str], name: str, marked: set[int]) -> tuple[int, int]:
    """The lines of a definition: the first, from 0, and the one after the last.

    Examples
    --------
    >>> _span(
    ...     ["import math", "@cached", "def f(", "    x,", "):", "    pass", "", "y = 1"],
    ...     "f",
    ...     set(),
    ... )
    (1, 6)
    """
    begins = re.compile(rf"(async\s+def|def|class)\s+{re.escape(name)}\b")
    heads = [number for number, line in enumerate(lines) if begins.match(line)]
    if not heads:  # what the card names, such as a line that Python cannot read
        found = sorted(number for number in marked if number <= len(lines))
        if not found:
            return 0, 0
        return max(0, found[0] - 1 - AROUND), min(len(lines), found[0] + AROUND)
    first = last = heads[-1]
    while first and lines[first - 1].startswith("@"):
        first -= 1
    for number in range(last + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line[0].isspace() and not line.startswith((*CLOSING, "#")):
            break
        if line.strip() and not line.startswith("#"):
            last = number
    return first, last + 1
