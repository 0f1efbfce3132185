"""How strong the checks are: what they say to every small change of the solutions.

Cosmic Ray makes mutants of the solutions: an operator, a comparison, a number or a condition is
another one, a loop never runs, a statement or a named argument is left out. It changes no text, so
that messages of exceptions and docstrings stay as they are. For each module the checks of that
module judge them all, in a copy of the project; checks that take far too long count as having
noticed. A mutant that no check notices is printed as a diff and ends the command with status 1,
unless `mutation_equivalents.toml` says why nobody could notice it. An entry there that fits no
mutant, or one that the checks do notice, ends it with status 1 as well. Functions that the same
file calls free are left out.

Run it with ``uv run --group mutation python benchmarks/mutation.py [MODULE …]``. As in continuous
integration, ``--every 10`` tries one mutant in ten.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from autograder.exercises.manifest import MODULES

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ("autograder", "lab", "lessons", "solutions")
EQUIVALENTS = Path(__file__).with_name("mutation_equivalents.toml")
KEYS = ("function", "before", "after")
COLUMNS = ("mutants", "killed", "timed out", "equivalent", "survived")
SETTINGS = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # the checks need none, and start sooner
    "OPENBLAS_NUM_THREADS": "1",  # a process with threads cannot fork safely
    "OMP_NUM_THREADS": "1",
}


def tried(module: str, every: int, left_out: list[str], copy: Path) -> Iterator[dict[str, str]]:
    """Yield one in so many mutants of a module with its outcome."""
    command = [sys.executable, str(Path(__file__).with_name("mutants.py"))]
    command += [module, str(every), *left_out]
    environment = {**os.environ, **SETTINGS, "PYTHONPATH": str(copy)}
    with subprocess.Popen(
        command, cwd=copy, env=environment, stdout=subprocess.PIPE, text=True
    ) as trial:
        assert trial.stdout is not None
        for line in trial.stdout:
            yield json.loads(line)
    if trial.returncode:
        sys.exit(f"the mutants of {module} could not all be tried")


def judged(
    module: str, every: int, listed: dict[str, Any], copy: Path
) -> tuple[dict[str, Counter[str]], list[str]]:
    """How many mutants of each exercise of a module ended how, and what is not as it should be."""
    left = Counter(
        tuple(mutant[key] for key in KEYS)
        for group in listed["equivalent"]
        for mutant in group["mutants"]
        if mutant["module"] == module
    )
    free = [entry["function"] for entry in listed["free"] if entry["module"] == module]
    counts, problems = defaultdict[str, Counter[str]](Counter), []
    for mutant in tried(module, every, free, copy):
        said = mutant["outcome"]
        change = tuple(mutant[key] for key in KEYS)
        diff = f"{module}.py, {change[0]}\n  - {change[1]}\n  + {change[2]}"
        if change in left:
            left[change] -= 1
            if said == "survived":
                said = "equivalent"
            else:
                problems.append(f"listed as equivalent, but {said}: {diff}")
        elif said == "survived":
            problems.append(f"survived: {diff}")
        counts[mutant["function"].partition(".")[0]].update((said, "mutants"))
    problems += [
        f"listed as equivalent, but there is no such mutant: {module}.py, {', '.join(mutant)}"
        for mutant, count in left.items()
        if count and every == 1
    ]
    return counts, problems


def main() -> None:
    """Try the mutants of all modules, or of those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(MODULES))
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try one mutant in N")
    asked = parser.parse_args()
    modules = asked.modules or MODULES
    listed = tomllib.loads(EQUIVALENTS.read_text(encoding="utf-8"))
    table, total, problems = Table("exercise"), Counter[str](), []
    for column in COLUMNS:
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory(prefix="mutation-") as place:
        for name in NEEDED:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, Path(place) / name, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", place)
        for module in modules:
            counts, found = judged(module, asked.every, listed, Path(place))
            problems += found
            for exercise, counted in counts.items():
                total += counted
                table.add_row(exercise, *(str(counted[column]) for column in COLUMNS))
    table.add_row("all", *(str(total[column]) for column in COLUMNS))
    Console(width=100).print(table)
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
