"""What cheats try: each attack is one file, which says what it tries and how it must end.

It is ``tests/attacks/<family>/<name>.py``: the module that is handed in, below a block of comments
that holds TOML between ``# /// attack`` and ``# ///``, as the metadata of a script (PEP 723). The
block is not handed in and nothing is put there instead: a module may begin as it likes, with the
name of its encoding too, and its lines are counted from the first below the block, so that a
longer block changes no message. ``prize.py`` and ``frames.py`` beside the families are handed in
with each attack.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from autograder.exercises.manifest import EXERCISES
from autograder.maintain.verify.disagreement import Disagreement
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.wall import Wall

BLOCK = re.compile(rb"\A# /// attack\n((?:#(?: .*)?\n)*?)# ///\n")
SHARED = ("prize", "frames")
MODULES = {exercise.name: exercise.module for exercise in EXERCISES}
OUTCOMES = [str(outcome) for outcome in Outcome]


@dataclass(frozen=True)
class Attack:
    """One attack, as its block describes it.

    Attributes
    ----------
    path : Path
        Its file.
    source : bytes
        What is handed in of it.
    tries : str
        What it tries, in one sentence.
    outcomes : dict
        How each exercise must end; several where that depends on the machine.
    score : float
        The points that it earns by what is right in it.
    says : str or list of str
        What some message must hold one of: it failed for the reason that it should fail for.
    without_walls : bool
        Whether it gets through, and does no harm, where there are no walls.
    representative : bool
        Whether it is run whenever the tests are, for all attacks that go the same way.
    module : str
        The module that it is handed in as; if empty, that of its exercises.
    files : dict
        The text of other files that are handed in with it, by path.
    landlock : dict
        What is different behind the weaker wall.
    """

    path: Path
    source: bytes
    tries: str
    outcomes: dict[str, str | list[str]]
    score: float = 0.0
    says: str | list[str] = ""
    without_walls: bool = False
    representative: bool = False
    module: str = ""
    files: dict[str, str] = field(default_factory=dict)
    landlock: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Attack":
        """The attack in a file.

        Raises
        ------
        ValueError
            If its block is absent or is not TOML.
        """
        table, source = _parts(path.read_bytes())
        return cls(path, source, **table)

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.stem

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
        return {**shared, **others, f"course/{module}.py": self.source}


def attack_files(root: Path) -> list[Path]:
    """The files of all attacks of the project in a folder."""
    return sorted(root.glob("tests/attacks/*/*.py"))


def _parts(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The table in a file's block, and what is below the block."""
    block = BLOCK.match(content)
    if block is None:
        raise ValueError("does not begin with a block from `# /// attack` to `# ///`")
    lines = block[1].decode().splitlines()
    return tomllib.loads("\n".join(line[2:] for line in lines)), content[block.end() :]


def disagreements(root: Path) -> Iterator[Disagreement]:
    """Attacks without a block or a module, and expected verdicts that cannot be."""
    for path in sorted(root.glob("tests/attacks/*/*")):
        where = path.relative_to(root).as_posix()
        if path.parent.name == "__pycache__" or path.name == "__pycache__":
            continue
        if path.is_dir() or path.suffix != ".py":
            yield Disagreement(
                where, "is not an attack", "write it as one file, tests/attacks/<family>/<name>.py"
            )
            continue
        try:
            table, source = _parts(path.read_bytes())
        except tomllib.TOMLDecodeError as error:
            yield Disagreement(where, f"its block is not TOML: {error}", "fix it")
        except ValueError as error:
            yield Disagreement(
                where, str(error), "say in it what the attack tries and its outcomes"
            )
        else:
            if not source.strip():
                yield Disagreement(where, "has nothing below its block", "write what is handed in")
            yield from _unexpected(table, where)


def _unexpected(table: dict[str, Any], where: str) -> Iterator[Disagreement]:
    """What is wrong with a block."""
    known = {key.name for key in fields(Attack)} - {"path", "source"}
    for key in ("tries", "outcomes"):
        if not table.get(key):
            yield Disagreement(where, f"has no `{key}`", "compare with another attack's")
    for key in sorted(table.keys() - known):
        yield Disagreement(
            where, f"has a `{key}`, which nothing reads", "use one of: " + ", ".join(sorted(known))
        )
    outcomes = table["outcomes"] if isinstance(table.get("outcomes"), dict) else {}
    modules = {MODULES[name] for name in outcomes if name in MODULES}
    if len(modules) > 1 and not table.get("module"):
        yield Disagreement(
            where, "has exercises of several modules", "name in `module` the one that is handed in"
        )
    for name, expected in outcomes.items():
        if name not in MODULES:
            yield Disagreement(where, f"there is no exercise `{name}`", "name one that there is")
        for outcome in expected if isinstance(expected, list) else [expected]:
            if outcome not in OUTCOMES:
                yield Disagreement(
                    where,
                    f"{outcome!r} is not an outcome",
                    "use one of: " + ", ".join(OUTCOMES),
                )
