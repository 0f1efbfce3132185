"""The optimizer race: its landscapes, its runners, and what the lesson says about them."""

import numpy as np
import pytest

from lab.data.landscapes import LANDSCAPES
from lab.experiments.optimizer_race import (
    CALM,
    GRID,
    PASS,
    RUNNERS,
    STEPS,
    OptimizerRace,
    terrain,
)
from lab.widget.kept import Kept
from solutions import optimizers

REFERENCE = {name: getattr(optimizers, name) for name in RUNNERS}


def opened(**replaced):
    return OptimizerRace(*(REFERENCE | replaced).values(), kept=Kept(None))


def raced(experiment, name, start=None, runners=RUNNERS, **rates):
    """Losses and paths by runner, and the note."""
    land = LANDSCAPES[name]
    settings = {
        "landscape": name,
        "start": list(start or land.start),
        "rates": dict(land.rates) | rates,
        "runners": list(runners),
    }
    answer, trouble = experiment.attempt(settings, 10)
    assert trouble is None, trouble
    names = answer.note["runners"]
    paths = dict(zip(names, answer.arrays[::2], strict=True))
    losses = dict(zip(names, answer.arrays[1::2], strict=True))
    return losses, paths, answer.note


@pytest.mark.parametrize("land", LANDSCAPES.values(), ids=LANDSCAPES)
def test_landscapes_gradient_is_the_slope_of_the_loss(land):
    draws = np.random.default_rng(7).uniform(*np.array([land.x_range, land.y_range]).T, (20, 2))
    assert np.ptp(draws, axis=0).min() > 1
    for x, y in draws:
        step = 1e-6
        slopes = [
            (land.loss(x + step, y) - land.loss(x - step, y)) / (2 * step),
            (land.loss(x, y + step) - land.loss(x, y - step)) / (2 * step),
        ]
        # Central differences: rounding is about 1e-16 · 1e4 / 1e-6 = 1e-6, bending less.
        np.testing.assert_allclose(land.gradient(np.array([x, y])), slopes, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("land", LANDSCAPES.values(), ids=LANDSCAPES)
def test_landscapes_lowest_places_have_loss_zero_and_no_slope(land):
    for point in land.lowest:
        assert land.loss(*point) == 0
        assert land.gradient(np.array(point)).tolist() == [0, 0]
    assert terrain(land).min() >= 0


def test_terrain_rows_go_from_low_to_high_second_weight():
    land = LANDSCAPES["banana"]
    rows = terrain(land).reshape(GRID[1], GRID[0])
    assert rows[0, 0] == pytest.approx(land.loss(land.x_range[0], land.y_range[0]), rel=1e-6)
    assert rows[-1, 0] == pytest.approx(land.loss(land.x_range[0], land.y_range[1]), rel=1e-6)


def test_terrain_is_sent_for_every_landscape():
    assert len(opened().terrain) == 4 * GRID[0] * GRID[1] * len(LANDSCAPES)


def test_race_of_sgd_on_the_bowl_follows_theory():
    losses, paths, _ = raced(opened(), "bowl", runners=["SGD"], SGD=0.25)
    # On a round bowl each step multiplies the weights by 1 - 0.25.
    factors = 0.75 ** np.arange(STEPS + 1)
    start = np.array(LANDSCAPES["bowl"].start)
    # float32 keeps seven digits; its smallest numbers lie near 1e-38.
    np.testing.assert_allclose(paths["SGD"], factors[:, None] * start, rtol=1e-5, atol=1e-35)
    assert losses["SGD"][0] == 0.5 * (start @ start)


def test_race_gives_every_runner_the_same_noise_each_time():
    first, paths, _ = raced(opened(), "noisy bowl")
    again, _, _ = raced(opened(), "noisy bowl")
    for name in RUNNERS:
        assert np.array_equal(first[name], again[name])
    land = LANDSCAPES["noisy bowl"]
    noise = land.noises(STEPS)
    assert noise.std() == pytest.approx(land.noise, rel=0.15)  # 400 draws: 3.5 % is one sigma
    rate = land.rates["SGD"]
    expected = np.array(land.start) - rate * (land.gradient(np.array(land.start)) + noise[0])
    np.testing.assert_allclose(paths["SGD"][1], expected, rtol=1e-6)


def test_race_begins_on_the_ravine_each_runner_at_its_own_best_rate():
    experiment = opened()
    assert experiment.settings["landscape"] == "ravine"
    assert experiment.settings["rates"] == LANDSCAPES["ravine"].rates
    ravine, _, _ = raced(experiment, "ravine")
    assert min(ravine, key=lambda name: ravine[name][-1]) == "RMSprop"
    turned, _, _ = raced(experiment, "turned ravine")
    assert min(turned, key=lambda name: turned[name][-1]) == "AdamW"  # decay: the lowest is at 0
    undecayed = {name: losses[-1] for name, losses in turned.items() if name != "AdamW"}
    assert min(undecayed, key=undecayed.get) == "Momentum"


def test_challenges_can_be_met_and_are_not_met_by_the_presets():
    experiment = opened()
    equal, _, _ = raced(experiment, "ravine", **dict.fromkeys(RUNNERS, 0.04))
    assert equal["SGD"][-1] < equal["Adam"][-1]
    start, _, _ = raced(experiment, "ravine", **dict.fromkeys(RUNNERS, experiment.config["equal"]))
    assert start["SGD"][-1] > start["Adam"][-1]
    preset, _, _ = raced(experiment, "saddle")
    slow, _, _ = raced(experiment, "saddle", SGD=0.01)
    assert preset["SGD"][PASS["steps"]] < PASS["loss"] <= slow["SGD"][PASS["steps"]]
    preset, _, _ = raced(experiment, "noisy bowl")
    calm, _, _ = raced(experiment, "noisy bowl", start=(0.5, 0.0), SGD=0.005)
    assert min(losses[-CALM["steps"] :].mean() for losses in preset.values()) > CALM["loss"]
    assert calm["SGD"][-CALM["steps"] :].mean() < CALM["loss"]


def test_challenge_counts_while_another_runner_is_not_written():
    experiment = opened(Adam=Unwritten)
    assert experiment.agrees(experiment.settings)
    assert not opened(Momentum=REFERENCE["SGD"]).agrees(experiment.settings)


class Unwritten:
    """A stub as the learner finds it."""

    def __init__(self, learning_rate):
        raise NotImplementedError("Adam: not written yet")


def test_race_goes_on_without_an_unwritten_runner():
    losses, _, note = raced(opened(Adam=Unwritten), "bowl")
    assert list(losses) == ["SGD", "Momentum", "RMSprop", "AdamW"]
    assert note["absent"] == ["Adam"]


def test_race_of_unwritten_runners_says_what_to_write():
    experiment = opened(Adam=Unwritten)
    settings = dict(experiment.settings) | {"runners": ["Adam"]}
    answer, trouble = experiment.attempt(settings, 10)
    assert answer is None
    assert trouble.title.startswith("Write `Adam` in ")


def test_race_keeps_the_path_of_a_runner_that_works_in_place():
    class InPlace:
        def __init__(self, learning_rate):
            self.learning_rate = learning_rate

        def update(self, weights, gradient):
            weights -= self.learning_rate * gradient
            return weights

    _, paths, _ = raced(opened(SGD=InPlace), "bowl", runners=["SGD"], SGD=0.25)
    np.testing.assert_allclose(paths["SGD"][2], 0.75**2 * np.array([-8, 4]), rtol=1e-6)


def test_trouble_names_the_runner_whose_update_returns_nothing():
    class Silent:
        def __init__(self, learning_rate):
            pass

        def update(self, weights, gradient):
            pass

    experiment = opened(RMSprop=Silent)
    _, trouble = experiment.attempt(experiment.settings, 10)
    assert trouble.title.startswith("`RMSprop.update` returned None; expected the new weights")


def test_picture_states_the_losses_of_all_runners():
    experiment = opened()
    answer, _ = experiment.attempt(experiment.settings, 10)
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    for name in RUNNERS:
        assert f"{name} at " in picture.alt
