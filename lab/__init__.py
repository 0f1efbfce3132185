"""What the lessons show: experiments, pictures, data sets and the small network.

Experiments are imported when first asked for, so that ``from lab.data import …`` stays quick.
"""

from importlib import import_module
from typing import Any

EXPERIMENTS = {
    "drag_logits": "lab.logits",
    "drag_probability": "lab.probability",
    "explore_learning_rate": "lab.learning_rate",
    "map_learning_rates": "lab.momentum_map",
    "race_optimizers": "lab.optimizer_race",
    "shoot_at_target": "lab.archery",
    "slide_a_wave": "lab.wave",
    "slow_motion": "lab.training_step",
    "visit_clinic": "lab.clinic",
    "walk_the_hill": "lab.hill_walk",
    "watch_training": "lab.live_training",
}

__all__ = [
    "drag_logits",
    "drag_probability",
    "explore_learning_rate",
    "map_learning_rates",
    "race_optimizers",
    "shoot_at_target",
    "slide_a_wave",
    "slow_motion",
    "visit_clinic",
    "walk_the_hill",
    "watch_training",
]


def __getattr__(name: str) -> Any:
    if name not in EXPERIMENTS:
        raise AttributeError(f"lab has no experiment {name!r}; it has {', '.join(EXPERIMENTS)}")
    return getattr(import_module(EXPERIMENTS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *EXPERIMENTS])
