"""The loss-curve clinic: nine patients, and the learner's diagnose on each."""

import numpy as np
import pytest

from lab.experiments.clinic import (
    TARGET,
    TOLERANCE,
    VERDICTS,
    WINDOW,
    ClinicExperiment,
    patients,
)
from lab.widget.kept import Kept
from solutions.loss_curves import diagnose

EXPECTED = {  # by eye on the two losses that the rule compares, and the target 0.15
    "healthy": "converged",
    "cut off too early": "still improving",
    "thrown out": "stuck",
    "off the cliff": "diverging",
    "noisy": "converged",
    "far too careful": "still improving",
    "rebound": "still improving",
    "burst": "diverging",
    "bouncing": "stuck",
}


def verdicts(function, window=WINDOW, tolerance=TOLERANCE):
    experiment = ClinicExperiment(function, kept=Kept(None))
    answer, trouble = experiment.attempt({"window": window, "tolerance": tolerance}, 10)
    assert trouble is None
    return answer.note["verdicts"]


def test_patients_have_the_verdicts_that_their_stories_tell():
    names = [patient.name for patient in patients()]
    assert dict(zip(names, verdicts(diagnose), strict=True)) == EXPECTED
    assert set(EXPECTED.values()) == set(VERDICTS)


def test_patients_begin_with_a_finite_loss_and_are_long_enough_to_look_back():
    for patient in patients():
        assert np.isfinite(patient.losses[0]), patient.name
        assert len(patient.losses) > WINDOW, patient.name


def test_rebound_is_the_curve_of_the_lesson():
    (losses,) = [patient.losses for patient in patients() if patient.name == "rebound"]
    assert losses[0] == 1.0
    assert min(losses) == pytest.approx(0.2)
    assert losses[-1] == pytest.approx(0.8)
    assert losses[-1] > losses[-2]  # and climbing still


def test_three_verdicts_can_be_changed_at_once():
    usual = verdicts(diagnose)
    changed = verdicts(diagnose, window=20)
    assert sum(a != b for a, b in zip(usual, changed, strict=True)) >= 3


def test_compute_hands_on_curve_target_window_and_tolerance():
    seen = []

    def recorded(losses, target, window=10, tolerance=0.01):
        seen.append((tuple(losses), target, window, tolerance))
        return "stuck"

    assert verdicts(recorded, window=7, tolerance=0.25) == ["stuck"] * 9
    expected = [(patient.losses, TARGET, 7, 0.25) for patient in patients()]
    np.testing.assert_equal(seen, expected)  # nan equals nan here


def test_config_holds_no_nan():
    config = ClinicExperiment(diagnose, kept=Kept(None)).config
    burst = next(p for p in config["patients"] if p["name"] == "burst")["losses"]
    assert burst[-1] is None
    assert all(x is None or np.isfinite(x) for x in burst)


def test_words_are_kept_and_the_rest_is_refused():
    assert verdicts(lambda *_, **__: "fine") == ["fine"] * 9
    for returned, said in ((None, "returned None"), (True, 'a bool; expected one of "converged"')):
        experiment = ClinicExperiment(lambda *_, value=returned, **__: value, kept=Kept(None))
        _, trouble = experiment.attempt(experiment.settings, 60)
        assert said in trouble.title


def test_picture_has_an_alt_text_that_names_each_verdict():
    experiment = ClinicExperiment(diagnose, kept=Kept(None))
    answer, _ = experiment.attempt(experiment.settings, 10)
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    assert "3 stuck" in picture.alt
    assert "8 diverging" in picture.alt
