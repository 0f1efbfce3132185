"""What everybody reads: every lesson and module is in the book, every picture has its words."""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import LESSONS, MODULES
from autograder.exercises.registry import mistakes_in
from autograder.maintain.verify.attacks import attack_count
from autograder.maintain.verify.disagreement import (
    NOT_IMPORTED,
    Disagreement,
    not_imported,
    text_of,
)

INDEX = "docs/index.md"
REFERENCE = "docs/exercises.md"
SILENT = (  # pictures that say nothing to who cannot see them
    re.compile(r"!\[\s*\]\([^)]*\)"),
    re.compile(r"<img\b(?![^>]*\balt\s*=\s*\"[^\"]+\")[^>]*>"),
    re.compile(r"```\{(?:image|figure)\} (?![^`]*?^:alt: \S)[^`]*?```", re.MULTILINE),
)


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Lessons and modules that the book lacks, pictures without alt text, counts that moved on."""
    yield from _counts(root)
    index, reference = text_of(root / INDEX), text_of(root / REFERENCE)
    for lesson in LESSONS:
        if f"lessons/{lesson.name}\n" not in index:
            yield Disagreement(INDEX, f"does not list lessons/{lesson.name}", "add it to its table")
        if f"solutions.{lesson.module}\n" not in reference:
            what, remedy = f"lacks solutions.{lesson.module}", "add a section with its automodule"
            yield Disagreement(REFERENCE, what, remedy)
    pages = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("lessons/sources/*.py")]
    for page in sorted(pages):
        where, text = page.relative_to(root).as_posix(), text_of(page)
        for picture in (picture for pattern in SILENT for picture in pattern.findall(text)):
            what = f"a picture has no alt text: {' '.join(picture.split())[:60]}"
            yield Disagreement(where, what, "say what the picture shows")


def _counts(root: Path) -> Iterator[Disagreement]:
    """The numbers of things in README.md that are counted here."""
    counts = {"attacks": attack_count(root)}
    try:
        counts["known ones"] = sum(len(mistakes_in(module)) for module in MODULES)
    except NOT_IMPORTED as error:
        yield not_imported(root, error)
    for things, count in counts.items():
        said = re.search(rf"(\d+) {things}", text_of(root / "README.md"))
        if said is None or int(said[1]) != count:
            what = f"does not say “{count} {things}”"
            yield Disagreement("README.md", what, "write the number that is so")
