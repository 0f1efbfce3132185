"""What the lessons show: experiments, pictures, data sets and the small network.

Experiments are imported when first asked for, so that ``from lab.data import …`` stays quick.
"""

from importlib import import_module
from typing import Any

EXPERIMENTS = {
    "explore_learning_rate": "lab.learning_rate",
    "map_learning_rates": "lab.momentum_map",
    "race_optimizers": "lab.optimizer_race",
    "slow_motion": "lab.training_step",
    "walk_the_hill": "lab.hill_walk",
}

__all__ = [
    "explore_learning_rate",
    "map_learning_rates",
    "race_optimizers",
    "slow_motion",
    "walk_the_hill",
]


def __getattr__(name: str) -> Any:
    if name not in EXPERIMENTS:
        raise AttributeError(f"lab has no experiment {name!r}; it has {', '.join(EXPERIMENTS)}")
    return getattr(import_module(EXPERIMENTS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *EXPERIMENTS])
