"""Words that stay out of code and documents: what nobody would say aloud.

Only what has been cleared is listed, each with what to write instead.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRITE_INSTEAD = {
    r"\b[Bb]ut for\b": "except for",
    r"\bfor ever\b": "forever",
    r"\bas ever\b": "as before",
    r"\b[Oo]therwise than\b": "differently from",
    r"\bso-manieth\b": "every n-th",
    r"(?<![a-z])[Aa]new(?![a-z])": "again",
    r"(?<![Tt]here\s)\b(?:is|are) no (?:file|text)s?\b": "is not a file; “there is no file” stays",
    r"\b[Jj]udgement": "judgment",
    r"\b[Mm]end(?:s|ed|ing)?\b": "fix, or repair",
    r"(?<![A-Z])MOST_": "MAX_",
    r"(?<![A-Z])LEAST_": "MIN_",
}


def pages() -> Iterator[Path]:
    """Code and documents; what is installed with npm is other people's."""
    yield from ROOT.glob("*.md")
    for folder in ("autograder", "lab", "docs", "benchmarks"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".js", ".md") and "node_modules" not in path.parts:
                yield path


def places(word: str, text: str) -> list[int]:
    """Lines in which a word begins; a line, or a line of a comment, may end in the middle of it."""
    pattern = word.replace(" ", r"[\s#]+")
    return [text.count("\n", 0, match.start()) + 1 for match in re.finditer(pattern, text)]


@pytest.mark.parametrize(("word", "instead"), WRITE_INSTEAD.items())
def test_word_is_written_nowhere(word: str, instead: str) -> None:
    found = []
    for path in pages():
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}:{line}" for line in places(word, text)]
    assert not found, f"write “{instead}”"


def test_pages_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in pages()}
    assert len(names) > 300
    assert {"README.md", "lab/static/shared/frame.js", "benchmarks/batch.py"} <= names


@pytest.mark.parametrize(
    "text",
    [
        "All but\nfor one.",
        "It runs for ever.",
        "as ever",
        "it is no file",
        "MOST_",
        "anew = 0",
    ],
)
def test_word_is_recognized_in(text: str) -> None:
    assert any(places(word, text) for word in WRITE_INSTEAD)


@pytest.mark.parametrize("text", ["There is no file.", "for everybody", "ALMOST_ALL", "renewed"])
def test_word_is_not_recognized_in(text: str) -> None:
    assert not any(places(word, text) for word in WRITE_INSTEAD)
