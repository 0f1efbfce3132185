"""What the lessons show: experiments, pictures, data sets and the small network.

This is the one face of the folder: every name that a lesson imports, except the pictures, which
are in ``lab.pictures.<lesson>``. A name is loaded when first asked for, so that
``from lab import load_tumors`` stays quick.
"""

from importlib import import_module
from typing import Any

EXPERIMENTS = {
    "drag_logits": "lab.experiments.logits",
    "drag_probability": "lab.experiments.probability",
    "explore_learning_rate": "lab.experiments.learning_rate",
    "map_learning_rates": "lab.experiments.momentum_map",
    "race_optimizers": "lab.experiments.optimizer_race",
    "shoot_at_target": "lab.experiments.archery",
    "slide_a_wave": "lab.experiments.sliding_wave",
    "slow_motion": "lab.experiments.training_step",
    "visit_clinic": "lab.experiments.clinic",
    "walk_the_hill": "lab.experiments.hill_walk",
    "watch_training": "lab.experiments.live_training",
}
HOMES = EXPERIMENTS | {
    "Network": "lab.data.network",
    "earlier": "lab.reference_functions",
    "flash_cards": "lab.reading.glossary",
    "glossary": "lab.reading.glossary",
    "load_diabetes": "lab.data.tables",
    "load_digits": "lab.data.tables",
    "load_tumors": "lab.data.tables",
    "quiz": "lab.reading.quiz",
}

__all__ = list(HOMES)


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"lab has no {name!r}; it has {', '.join(HOMES)}")
    return getattr(import_module(HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *HOMES])
