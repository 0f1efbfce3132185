"""What cheats try: each attack is one file, which says what it tries and how it must end.

It is ``tests/attacks/<family>/<name>.py``: the module that is handed in, below a block of comments
that holds TOML between ``# /// attack`` and ``# ///``, as the metadata of a script (PEP 723). The
block is not handed in and nothing is put there instead: a module may begin as it likes, with the
name of its encoding too, and its lines are counted from the first below the block, so that a
longer block changes no message. ``prize.py`` and ``frames.py`` beside the families are handed in
with each attack.

Attacks that differ in one place share a file: a table ``[variants.<name>]`` for each says what it
tries and puts its text where the module has ``@PUT@``. What the variants have in common is above
them.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from autograder.exercises.manifest import EXERCISES
from autograder.maintain.verify.disagreement import Disagreement, of_each
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.wall import Wall

BLOCK = re.compile(rb"\A# /// attack\n((?:#(?: .*)?\n)*?)# ///\n")
SHARED = ("prize", "frames")
PLACE = b"@PUT@"  # where the variants of an attack differ
MODULES = {exercise.name: exercise.module for exercise in EXERCISES}
OUTCOMES = [str(outcome) for outcome in Outcome]


@dataclass(frozen=True)
class Attack:
    """One attack, as its block describes it."""

    path: Path
    name: str  # the file's, or that of the variant
    source: bytes  # what is handed in of the file
    tries: str  # what it tries, in one sentence
    # How each exercise must end; several where that depends on the machine.
    outcomes: dict[str, str | list[str]]
    score: float = 0.0  # the points that it earns by what is right in it
    # What some message must hold one of: it failed for the reason that it should fail for.
    says: str | list[str] = ""
    without_walls: bool = False  # whether it gets through without walls, and does no harm
    representative: bool = False  # whether it is run whenever the tests are, for all of its sort
    module: str = ""  # what it is handed in as; if empty, the module of its exercises
    files: dict[str, str] = field(default_factory=dict)  # handed in with it: their text, by path
    put: str = ""  # what is handed in instead of ``@PUT@``
    landlock: dict[str, Any] = field(default_factory=dict)  # other values behind the weaker wall

    @classmethod
    def read(cls, path: Path) -> list["Attack"]:
        """The attack in a file, or each of its variants; `ValueError` where its block is wrong."""
        table, source = _parts(path.read_bytes())
        variants = _variants(table, path)
        return [cls(path, name, source, **variant) for name, variant in variants.items()]

    @property
    def family(self) -> str:
        """The folder's name."""
        return self.path.parent.name

    def behind(self, wall: Wall) -> "Attack":
        """The attack, as it must end behind a wall."""
        return replace(self, **self.landlock) if wall is Wall.LANDLOCK else self

    def submission(self) -> dict[str, bytes]:
        """The files that are handed in, by path."""
        beside = self.path.parents[1]
        shared = {f"course/{name}.py": (beside / f"{name}.py").read_bytes() for name in SHARED}
        module = self.module or MODULES[next(iter(self.outcomes))]
        others = {path: text.encode() for path, text in self.files.items()}
        source = self.source.replace(PLACE, self.put.encode())
        return {**shared, **others, f"course/{module}.py": source}


def attacks(root: Path) -> list[Attack]:
    """All attacks of the project in a folder."""
    return [attack for path in _files(root) for attack in Attack.read(path)]


def attack_count(root: Path) -> int:
    """How many attacks there are; a file that cannot be read counts as one."""
    count = 0
    for path in _files(root):
        try:
            count += len(_variants(_parts(path.read_bytes())[0], path))
        except ValueError:  # its own disagreement says what is wrong with it
            count += 1
    return count


def _files(root: Path) -> list[Path]:
    return sorted(root.glob("tests/attacks/*/*.py"))


def _parts(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The table in a file's block, and what is below the block."""
    block = BLOCK.match(content)
    if block is None:
        raise ValueError("does not begin with a block from `# /// attack` to `# ///`")
    lines = block[1].decode().splitlines()
    return tomllib.loads("\n".join(line[2:] for line in lines)), content[block.end() :]


def _variants(table: dict[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    """The table of each attack in a file, by its name."""
    common = {key: value for key, value in table.items() if key != "variants"}
    variants = table.get("variants", {path.stem: {}})
    return {name: {**common, **variant} for name, variant in variants.items()}


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Attacks without a block or a module, and expected verdicts that cannot be."""
    for path in sorted(root.glob("tests/attacks/*/*")):
        where = path.relative_to(root).as_posix()
        if path.parent.name == "__pycache__" or path.name == "__pycache__":
            continue
        if path.is_dir() or path.suffix != ".py":
            remedy = "write it as one file, tests/attacks/<family>/<name>.py"
            yield Disagreement(where, "is not an attack", remedy)
            continue
        try:
            table, source = _parts(path.read_bytes())
        except tomllib.TOMLDecodeError as error:
            yield Disagreement(where, f"its block is not TOML: {error}", "fix it")
        except ValueError as error:
            remedy = "say in it what the attack tries and its outcomes"
            yield Disagreement(where, str(error), remedy)
        else:
            if not source.strip():
                yield Disagreement(where, "has nothing below its block", "write what is handed in")
            variants = _variants(table, path).values()
            if any((PLACE in source) != ("put" in variant) for variant in variants):
                yield Disagreement(
                    where,
                    "a `put` without an @PUT@, or an @PUT@ without a `put`",
                    "write @PUT@ where the variants differ, and `put` in each of them",
                )
            for variant in variants:
                yield from _unexpected(variant, where)


def _unexpected(table: dict[str, Any], where: str) -> Iterator[Disagreement]:
    """What does not agree in a block."""
    known = {key.name for key in fields(Attack)} - {"path", "name", "source"}
    lacking = [key for key in ("tries", "outcomes") if not table.get(key)]
    yield from of_each(lacking, where, "has no `{}`", "compare with another attack's")
    remedy = "use one of: " + ", ".join(sorted(known))
    further = sorted(table.keys() - known)
    yield from of_each(further, where, "has a `{}`, which nothing reads", remedy)
    outcomes = table["outcomes"] if isinstance(table.get("outcomes"), dict) else {}
    modules = {MODULES[name] for name in outcomes if name in MODULES}
    if len(modules) > 1 and not table.get("module"):
        remedy = "name in `module` the one that is handed in"
        yield Disagreement(where, "has exercises of several modules", remedy)
    for name, expected in outcomes.items():
        if name not in MODULES:
            yield Disagreement(where, f"there is no exercise `{name}`", "name one that there is")
        for outcome in expected if isinstance(expected, list) else [expected]:
            if outcome not in OUTCOMES:
                remedy = "use one of: " + ", ".join(OUTCOMES)
                yield Disagreement(where, f"{outcome!r} is not an outcome", remedy)
