"""The book's table of the exercises is true; run as a program, this file writes it again.

The last column is what ``benchmarks/mutation.py`` printed: it is kept as it is there.
"""

import re
from pathlib import Path

import pytest

from autograder.exercises.manifest import EXERCISES, Exercise
from autograder.exercises.registry import criteria_of, mistakes_of
from autograder.maintain.verify.by_heart import judged_exercises, points_by_heart

PAGE = Path(__file__).parents[2] / "docs" / "exercises.md"
HEAD = "| lesson | exercise | points | criteria | known mistakes | mutants noticed |"
ROW = re.compile(
    r"^\| (\d) \| `(\w+)` \| (.*) \| (\d+) \| (\d+) \| (\d+ of \d+|–) \|$", re.MULTILINE
)


def row(entry: Exercise, mutants: str) -> str:
    """The line of an exercise."""
    points = f"bonus {entry.points:g}" if entry.bonus else f"{entry.points:g}"
    known = len(mistakes_of(entry.name, entry.module))
    judged = len(criteria_of(entry.name, entry.module))
    return f"| {entry.lesson[0]} | `{entry.name}` | {points} | {judged} | {known} | {mutants} |"


def test_table_has_a_true_line_for_each_exercise() -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = {match[2]: match for match in ROW.finditer(text)}
    assert list(found) == [entry.name for entry in EXERCISES]
    for entry in EXERCISES:
        assert found[entry.name][0] == row(entry, found[entry.name][6])


@pytest.mark.exhaustive
def test_points_by_heart_are_as_the_page_says() -> None:
    earned = sum(max(points_by_heart(entry).values()) for entry in judged_exercises())
    said = re.search(r"by heart earns ([\d.]+) of the (\d+) points", PAGE.read_text("utf-8"))
    assert said is not None
    assert float(said[1]) == pytest.approx(earned)
    assert float(said[2]) == sum(entry.points for entry in EXERCISES if not entry.bonus)


def main() -> None:
    """Write the table again."""
    text = PAGE.read_text(encoding="utf-8")
    kept = {match[2]: match[6] for match in ROW.finditer(text)}
    lines = [row(entry, kept.get(entry.name, "–")) for entry in EXERCISES]
    before, _, rest = text.partition(HEAD + "\n")
    rule, _, rest = rest.partition("\n")
    after = ROW.sub("", rest).lstrip("\n")
    PAGE.write_text("\n".join([before + HEAD, rule, *lines, "", after]), encoding="utf-8")


if __name__ == "__main__":
    main()
