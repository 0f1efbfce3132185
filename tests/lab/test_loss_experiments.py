"""The experiments of lessons 0 and 1: what they compute with the learner's functions."""

import numpy as np
import pytest

import lab
from lab.experiments.archery import ArcheryExperiment
from lab.experiments.logits import LogitsExperiment
from lab.experiments.probability import ProbabilityExperiment, probabilities
from lab.experiments.sliding_wave import WaveExperiment
from lab.widget.error_panel import Unusable
from lab.widget.kept import Kept
from lab.widget.returned_values import as_number

NOWHERE = {"kept": Kept(None)}


def mse(predictions, targets):
    return float(np.mean((np.asarray(predictions) - np.asarray(targets)) ** 2))


def bce(probabilities, targets):
    clipped = np.clip(probabilities, 1e-12, 1 - 1e-12)
    return float(np.mean(-(targets * np.log(clipped) + (1 - targets) * np.log(1 - clipped))))


def softmax(logits):
    shifted = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def unstable_softmax(logits):
    raised = np.exp(logits)
    return raised / raised.sum(axis=-1, keepdims=True)


def cce(probabilities, targets):
    return float(-np.sum(targets * np.log(np.maximum(probabilities, 1e-12))) / len(targets))


def answered(experiment, settings):
    answer, trouble = experiment.attempt(settings, 10)
    assert trouble is None, trouble
    return answer


def troubled(experiment, settings=None):
    answer, trouble = experiment.attempt(settings or experiment.settings, 10)
    assert answer is None
    return trouble


def test_wave_back_on_its_copy_has_no_distance():
    experiment = WaveExperiment(lambda p, t: abs(p - t), **NOWHERE)
    means = {
        shift: answered(experiment, {"shift": shift}).note["mean"] for shift in (0, 0.25, 0.5, 1)
    }
    assert means[0] == 0
    assert means[1] == pytest.approx(0, abs=1e-12)  # sines of angles up to 6π, rounded
    # |sin(x - s) - sin x| = 2 |sin(s/2)| |cos(x - s/2)|, and |cos| has the mean 2/π. With 20 points
    # a wavelength the mean is off by less than 1 %, and counting both ends shifts it by 1/61.
    for shift in (0.25, 0.5):
        expected = 4 / np.pi * np.sin(np.pi * shift)
        assert means[shift] == pytest.approx(expected, rel=0.03)


def test_wave_sends_what_the_function_returned_for_each_point():
    seen = []

    def distance(prediction, target):
        seen.append((prediction, target))
        return 10.0 * len(seen)

    answer = answered(WaveExperiment(distance, **NOWHERE), {"shift": 0.25})
    predictions, distances = answer.arrays
    assert distances.tolist() == [10.0 * k for k in range(1, 62)]
    assert [p for p, _ in seen] == pytest.approx(predictions.tolist(), abs=1e-6)  # float32
    assert all(type(p) is float and type(t) is float for p, t in seen)


def test_wave_moves_without_a_function():
    answer = answered(lab.slide_a_wave(), {"shift": 0.5})
    (predictions,) = answer.arrays
    assert predictions[5] == pytest.approx(-1, abs=1e-6)  # a quarter wavelength on: the trough
    assert "mean" not in answer.note


def test_wave_says_what_to_write():
    def distance(prediction, target):
        raise NotImplementedError("distance: not written yet")

    trouble = troubled(WaveExperiment(distance, **NOWHERE))
    assert trouble.kind == "unwritten"
    assert trouble.title.startswith("Write `distance` in ")


@pytest.mark.parametrize(("cm", "loss"), [(0, 0), (2, 4), (10, 100)])
def test_archery_reaches_the_figures_of_the_lesson(cm, loss):
    answer = answered(ArcheryExperiment(mse, **NOWHERE), {"arrows": [[0, cm]]})
    assert answer.note == {"mse": loss, "mae": cm}


def test_archery_asks_for_all_arrows_and_for_each_alone():
    answer = answered(ArcheryExperiment(mse, **NOWHERE), {"arrows": [[0, 0], [0, -2], [6, 8]]})
    misses, losses = answer.arrays
    assert misses.tolist() == [0, 2, 10]
    assert losses.tolist() == [0, 4, 100]
    assert answer.note["mse"] == pytest.approx(104 / 3)
    assert answer.note["mae"] == pytest.approx(4)


def test_archery_shows_a_wrong_loss_as_it_is():
    experiment = ArcheryExperiment(lambda p, t: float(np.sum((p - t) ** 2)), **NOWHERE)
    assert answered(experiment, {"arrows": [[0, 2], [2, 0]]}).note["mse"] == pytest.approx(8)


def test_archery_hands_over_arrays_of_one_shape_that_may_be_changed():
    def spoils(predictions, targets):
        assert predictions.shape == targets.shape
        loss = mse(predictions, targets)
        predictions[:] = 0
        return loss

    misses = answered(ArcheryExperiment(spoils, **NOWHERE), {"arrows": [[3, 4], [0, 1]]}).arrays[0]
    assert misses.tolist() == [5, 1]


def test_archery_of_a_loss_that_is_nan_stays_alive():
    experiment = ArcheryExperiment(lambda p, t: float("nan"), **NOWHERE)
    answer = answered(experiment, {"arrows": [[0, 2]]})
    assert answer.note["mse"] is None
    assert np.isfinite(answer.arrays[1]).all()


def test_probability_slider_holds_the_figures_of_the_lesson():
    (losses,) = answered(ProbabilityExperiment(bce, **NOWHERE), {"target": 1}).arrays
    by_probability = dict(zip(probabilities(), losses.tolist(), strict=True))
    for probability, loss in ((0.9, 0.105), (0.5, 0.693), (0.1, 2.303)):
        assert round(by_probability[probability], 3) == loss
    (losses,) = answered(ProbabilityExperiment(bce, **NOWHERE), {"target": 0}).arrays
    by_probability = dict(zip(probabilities(), losses.tolist(), strict=True))
    for probability, loss in ((0.6, 0.916), (0.99, 4.605), (0.1, 0.105)):
        assert round(by_probability[probability], 3) == loss


def test_probability_without_a_clip_is_drawn_all_the_same():
    def unclipped(probabilities, targets):
        return -np.mean(targets * np.log(probabilities) + (1 - targets) * np.log(1 - probabilities))

    answer = answered(ProbabilityExperiment(unclipped, **NOWHERE), {"target": 1})
    assert answer.note == {"finite": False}
    assert np.isfinite(answer.arrays[0]).all()
    assert answer.arrays[0][0] == 1e9  # the loss of a sure mistake


def test_logits_reach_the_figures_of_the_lesson():
    experiment = LogitsExperiment(softmax, cce, **NOWHERE)
    # ln 0.7, ln 0.2 and ln 0.1, to the slider's steps of 0.05 above bird
    settings = {"logits": [1.95, 0.7, 0.0], "shift": 0.0, "target": 0}
    note = answered(experiment, settings).note
    assert [round(p, 2) for p in note["probabilities"]] == [0.70, 0.20, 0.10]
    assert round(note["loss"], 3) == 0.357
    assert note["sum"] == pytest.approx(1)


def test_logits_moved_together_change_nothing():
    experiment = LogitsExperiment(softmax, cce, **NOWHERE)
    notes = [
        answered(experiment, {"logits": [2, 1, 0], "shift": shift, "target": 1}).note
        for shift in (0, 3.5, 1000)
    ]
    for note in notes[1:]:
        assert note["probabilities"] == pytest.approx(notes[0]["probabilities"], rel=1e-9)
        assert note["loss"] == pytest.approx(notes[0]["loss"], rel=1e-9)


def test_logits_that_overflow_are_told_as_nan():
    experiment = LogitsExperiment(unstable_softmax, cce, **NOWHERE)
    answer = answered(experiment, {"logits": [2, 1, 0], "shift": 1000, "target": 0})
    assert answer.note == {"probabilities": [None] * 3, "sum": None, "loss": None}
    assert np.isfinite(answer.arrays[0]).all()


def test_logits_say_which_shape_came_and_which_was_expected():
    trouble = troubled(LogitsExperiment(lambda z: softmax(z)[0], cce, **NOWHERE))
    assert trouble.kind == "result"
    assert trouble.title == (
        "`softmax` returned an array of shape (3,); expected probabilities, shape (1, 3)."
    )


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (None, "`mse` returned None; expected a number. Is a `return` absent?"),
        ("four", "`mse` returned a str; expected a number."),
        (np.ones(3), "`mse` returned an array of shape (3,); expected one number."),
    ],
    ids=["nothing", "text", "array"],
)
def test_as_number_says_what_came_and_what_was_expected(returned, said):
    with pytest.raises(Unusable) as caught:
        as_number(returned, "mse")
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("experiment", "finding"),
    [
        (WaveExperiment(lambda p, t: abs(p - t), **NOWHERE), "The mean distance is 0.584."),
        (ArcheryExperiment(mse, **NOWHERE), "mean squared error 23.6"),
        (ProbabilityExperiment(bce, **NOWHERE), "At 0.6 the loss is 0.916"),
        (LogitsExperiment(softmax, cce, **NOWHERE), "If it is a cat, the cross-entropy is 0.408."),
    ],
    ids=["wave", "archery", "probability", "logits"],
)
def test_picture_has_an_alt_text_that_states_the_finding(experiment, finding):
    picture = experiment.picture(answered(experiment, experiment.settings))
    assert picture.png().startswith(b"\x89PNG")
    assert finding in picture.alt
