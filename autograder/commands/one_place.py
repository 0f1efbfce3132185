"""Whether the packages of First Descent are its own: others may have such short names, too."""

from importlib.util import find_spec
from pathlib import Path

import autograder
from autograder.refused import Refused

BESIDE = ("lab", "lessons", "solutions")  # where `autograder` is


def refuse_foreign_packages() -> None:
    """Refuse where a package of ours is hidden by another one of the same name."""
    ours = Path(autograder.__file__).parents[1]
    for name in BESIDE:
        spec = find_spec(name)
        place = Path(spec.origin).parents[1] if spec and spec.origin else None
        if place != ours:
            where = f"is found in {place}" if place else "is not there"
            raise Refused(
                f"The package {name} {where}, but First Descent is in {ours}: rename or uninstall "
                f"what else is called {name}, or install First Descent again."
            )
