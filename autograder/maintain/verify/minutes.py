"""How long a lesson takes to read and play, counted in its words and in what it asks to do.

What comes between a heading *Write it* or *Repair it* and its check belongs to the minutes of
writing, and the key terms and the sources are there to look things up: none of them is counted.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import LESSONS
from autograder.maintain.verify.disagreement import Disagreement, text_of

WORDS_PER_MINUTE = 200  # careful reading of a text from which one wants to learn
WORDS_PER_FORMULA = 3  # a formula in running text
SECONDS = {  # what one does, each counted as often as its pattern is found in the code
    r"^(?!from |import |[#%\n]).+$": 3,  # a line of code: read it, or what it prints
    r"\A": 4,  # a code cell: run it and look
    r"^from lab\.pictures": 8,  # a picture
    r"^recall\(": 100,  # three questions on earlier lessons
    r"^quiz\(": 160,  # three or four questions on this one
    r"^model_answer\(": 90,  # an answer in words of one's own, then ours
    r"^flash_cards\(": 60,  # its key terms
    r"^# Look for the cause": 90,  # a program that is wrong: look for the cause
}
SECONDS_OF_AN_EXPERIMENT = 120
SECONDS_OF_A_FORMULA = 10  # on its own line
ROUNDED_TO = 5  # minutes; nobody reads more precisely than that
SLACK = 3  # minutes between what is printed and what is counted

CELL = re.compile(r"^# %%(?P<prose> \[markdown\])?.*$", re.MULTILINE)
ON_ITS_LINE = re.compile(r"\$\$.*?\$\$", re.DOTALL)
IN_THE_TEXT = re.compile(r"\$[^$]+\$")
WORD = re.compile(r"\w[\w'’.,-]*")
WRITING = re.compile(r"^### (?:Write|Repair) it: .*", re.MULTILINE | re.DOTALL)
NOT_READ = re.compile(r"^## (?:Key terms|Sources)$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
PRINTED = re.compile(r"\*\*About (?P<minutes>\d+) minutes\*?\*?")
FACE = "lab/__init__.py"


def minutes_of(source: str, experiments: tuple[str, ...] = ()) -> float:
    """Minutes to read and play the lesson with this source, in which these experiments occur."""
    return sum(seconds_by_cell(source, experiments)) / 60


def seconds_by_cell(source: str, experiments: tuple[str, ...] = ()) -> list[float]:
    """Seconds for each cell of a lesson, in order."""
    marks = list(CELL.finditer(source))
    ends = [mark.start() for mark in marks[1:]] + [len(source)]
    seconds = []
    for mark, end in zip(marks, ends, strict=True):
        text = source[mark.end() : end].strip("\n")
        seconds.append(_reading(text) if mark["prose"] else _doing(text, experiments))
    return seconds


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Lessons whose head promises other minutes than are counted."""
    experiments = tuple(re.findall(r'^    "(\w+)": "lab\.experiments', text_of(root / FACE), re.M))
    for lesson in LESSONS:
        where = f"lessons/sources/{lesson.name}.py"
        text = text_of(root / where)
        if not text:
            continue  # that it is missing is said elsewhere
        counted = minutes_of(text, experiments)
        head = PRINTED.search(text)
        if head is None or abs(int(head["minutes"]) - counted) > SLACK:
            says = "no minutes" if head is None else f"{head['minutes']} minutes"
            right = ROUNDED_TO * round(counted / ROUNDED_TO)
            yield Disagreement(
                where,
                f"says {says} at its head, and {counted:.1f} are counted",
                f"write “**About {right} minutes**”, here and in the manifest, or change the text",
            )


def _reading(commented: str) -> float:
    text = NOT_READ.sub("", re.sub(r"^# ?", "", commented, flags=re.MULTILINE))
    text = WRITING.sub("", text)
    formulas = len(ON_ITS_LINE.findall(text))
    text = ON_ITS_LINE.sub(" ", text)
    words = len(IN_THE_TEXT.findall(text)) * WORDS_PER_FORMULA
    words += len(WORD.findall(IN_THE_TEXT.sub(" ", text)))
    return words * 60 / WORDS_PER_MINUTE + formulas * SECONDS_OF_A_FORMULA


def _doing(code: str, experiments: tuple[str, ...]) -> float:
    if re.match(r"check\(", code):
        return 0.0
    seconds = sum(
        seconds * len(re.findall(pattern, code, re.MULTILINE))
        for pattern, seconds in SECONDS.items()
    )
    names = "|".join(experiments)
    played = len(re.findall(rf"^(?:{names})\(", code, re.MULTILINE)) if names else 0
    return float(seconds + played * SECONDS_OF_AN_EXPERIMENT)
