"""What cheats try: every attack says what it tries and how it must end."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from autograder.exercises.manifest import EXERCISES
from autograder.maintain.verify.disagreement import Disagreement
from autograder.sandbox.outcomes import Outcome

NEEDED = {"tries": str, "family": str, "score": float, "outcomes": dict}


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Attacks without files, and expected verdicts that cannot be."""
    for folder in sorted((root / "tests" / "attacks").glob("*/")):
        if folder.name.startswith("__"):
            continue
        home = f"tests/attacks/{folder.name}"
        if not list(folder.glob("course/**/*.py")):
            yield Disagreement(
                home, "has no course/ with the files that attack", "write course/<module>.py"
            )
        yield from _expected(folder / "expected.toml", f"{home}/expected.toml")


def _expected(path: Path, where: str) -> Iterator[Disagreement]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        yield Disagreement(
            where,
            "there is no such file",
            "say in it what the attack tries, its family, its score and its outcomes",
        )
        return
    except tomllib.TOMLDecodeError as error:
        yield Disagreement(where, f"is not TOML: {error}", "mend it")
        return
    for key, kind in NEEDED.items():
        if not isinstance(table.get(key), kind):
            yield Disagreement(where, f"has no `{key}`", "compare with another attack's")
    outcomes = table.get("outcomes")
    for name, found in (outcomes if isinstance(outcomes, dict) else {}).items():
        among = found if isinstance(found, list) else [found]
        if name not in {each.name for each in EXERCISES}:
            yield Disagreement(where, f"there is no exercise `{name}`", "name one that there is")
        for outcome in among:
            if outcome not in {str(each) for each in Outcome}:
                yield Disagreement(
                    where,
                    f"{outcome!r} is no outcome",
                    "use one of: " + ", ".join(str(each) for each in Outcome),
                )
