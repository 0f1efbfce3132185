"""What the lessons show: experiments, pictures, data sets and the small network.

Experiments are imported when first asked for, so that ``from lab.data import …`` stays quick.
"""

from importlib import import_module
from typing import Any

EXPERIMENTS = {
    "explore_learning_rate": "lab.learning_rate",
}

__all__ = ["explore_learning_rate"]


def __getattr__(name: str) -> Any:
    if name not in EXPERIMENTS:
        raise AttributeError(f"lab has no experiment {name!r}; it has {', '.join(EXPERIMENTS)}")
    return getattr(import_module(EXPERIMENTS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *EXPERIMENTS])
