"""What the lessons show: experiments, pictures, data sets and the small network.

This is the one face of the folder: every name that a lesson imports, except the pictures, which
are in ``lab.pictures.<lesson>``. A name is loaded when first asked for, so that
``from lab import load_tumors`` stays quick.

The forms of the cells in a lesson
----------------------------------
Recall, near the start of each lesson but the first: three questions from the lessons before, those
that this learner missed first::

    from lab import recall

    recall("2_gradient_descent")

The quiz and the cards at its end. Which questions were right at the first try, and in which of
Leitner's boxes a card lies, is kept beside the learner's progress; `flash_cards` without a lesson
shows the due cards of all::

    quiz("2_gradient_descent")
    flash_cards("2_gradient_descent")

Below the cell in which learners answer the question "To think about" (tagged ``answer``), the model
answer, which opens once that cell holds an answer. Its text, in plain paragraphs, is in
``lessons/model_answers.toml``, one entry for each lesson (``"2_gradient_descent" = '''…'''``)::

    model_answer("2_gradient_descent")

An experiment asks for a prediction by itself. What is to be seen is in the cell below it,
folded; it opens when the prediction is made::

    # %% [markdown]
    # <details class="what-to-see"><summary>What to see</summary>
    #
    # On the parabola …
    #
    # </details>
"""

from importlib import import_module
from typing import Any

EXPERIMENTS = {
    "drag_logits": "lab.experiments.logits",
    "drag_probability": "lab.experiments.probability",
    "draw_digit": "lab.experiments.draw_digit",
    "explore_learning_rate": "lab.experiments.learning_rate",
    "find_the_edge": "lab.experiments.edge",
    "map_learning_rates": "lab.experiments.momentum_map",
    "map_verdicts": "lab.experiments.verdict_map",
    "race_optimizers": "lab.experiments.optimizer_race",
    "shoot_at_target": "lab.experiments.archery",
    "slide_a_wave": "lab.experiments.sliding_wave",
    "slow_motion": "lab.experiments.training_step",
    "sparse_gradients": "lab.experiments.sparse_gradients",
    "sweep_rates": "lab.experiments.rate_sweep",
    "visit_clinic": "lab.experiments.clinic",
    "walk_the_hill": "lab.experiments.hill_walk",
    "watch_broken_run": "lab.experiments.broken_run",
    "watch_training": "lab.experiments.live_training",
    "what_does_it_learn": "lab.experiments.best_constant",
}
HOMES = EXPERIMENTS | {
    "Network": "lab.data.network",
    "earlier": "lab.reference_functions",
    "flash_cards": "lab.reading.glossary",
    "glossary": "lab.reading.glossary",
    "load_diabetes": "lab.data.tables",
    "load_digits": "lab.data.tables",
    "load_tumors": "lab.data.tables",
    "model_answer": "lab.reading.model_answer",
    "quiz": "lab.reading.quiz",
    "recall": "lab.reading.quiz",
}

__all__ = list(HOMES)


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"lab has no {name!r}; it has {', '.join(HOMES)}")
    return getattr(import_module(HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *HOMES])
