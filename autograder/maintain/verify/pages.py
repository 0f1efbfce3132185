"""What everybody reads: every lesson and module is in the book, every picture has its words."""

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import LESSONS, MODULES
from autograder.exercises.registry import mistakes_in
from autograder.maintain.verify.attacks import attack_count
from autograder.maintain.verify.disagreement import NOT_IMPORTED, Disagreement, not_imported

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
    index, reference = (_text(root / name) for name in (INDEX, REFERENCE))
    for lesson in LESSONS:
        if f"lessons/{lesson.name}\n" not in index:
            yield Disagreement(INDEX, f"does not list lessons/{lesson.name}", "add it to its table")
        if f"solutions.{lesson.module}\n" not in reference:
            yield Disagreement(
                REFERENCE, f"lacks solutions.{lesson.module}", "add a section with its automodule"
            )
    pages = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("lessons/sources/*.py")]
    for page in sorted(pages):
        for pattern in SILENT:
            for found in pattern.findall(_text(page)):
                picture = " ".join(found.split())[:60]
                yield Disagreement(
                    page.relative_to(root).as_posix(),
                    f"a picture has no alt text: {picture}",
                    "say what the picture shows",
                )


def _counts(root: Path) -> Iterator[Disagreement]:
    """The numbers of things in README.md that are counted here."""
    counts = {"attacks": attack_count(root)}
    try:
        counts["known ones"] = sum(len(mistakes_in(module)) for module in MODULES)
    except NOT_IMPORTED as error:
        yield not_imported(root, error)
    for what, count in counts.items():
        said = re.search(rf"(\d+) {what}", _text(root / "README.md"))
        if said is None or int(said[1]) != count:
            yield Disagreement(
                "README.md", f"does not say “{count} {what}”", "write the number that is so"
            )


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.is_file() else ""
