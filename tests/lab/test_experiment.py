"""The kernel's side of the experiments: requests, replies, troubles, challenges."""

import asyncio

import numpy as np
import pytest

from lab.experiments.archery import ArcheryExperiment
from lab.experiments.learning_rate import LearningRateExperiment
from lab.experiments.sliding_wave import WaveExperiment
from lab.widget.experiment import drawable
from lab.widget.kept import Kept
from solutions import losses
from solutions.welcome import distance


def descend(gradient, start, learning_rate, steps):
    path = [np.asarray(start, float)]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * np.asarray(gradient(path[-1])))
    return np.array(path)


def opened(function, tmp_path=None, steps=20):
    experiment = LearningRateExperiment(function, steps=steps, kept=Kept(tmp_path))
    sent = []
    experiment.send = lambda content, buffers=None: sent.append((content, buffers))
    return experiment, sent


def settings(learning_rate, **changes):
    return {"learning_rate": learning_rate, "start": [-8, 3], "conditioning": 10, **changes}


def ask(experiment, *rates, now=True, **changes):
    experiment._handle_custom_msg(
        {
            "type": "run",
            "view": "a",
            "seq": 7,
            "now": now,
            "settings": [settings(r, **changes) for r in rates],
        },
        [],
    )


def trouble_of(function):
    experiment, sent = opened(function)
    ask(experiment, 0.1)
    return sent[0][0]["trouble"]


def test_reply_is_one_message_with_one_float32_buffer():
    experiment, sent = opened(descend)
    ask(experiment, 0.05)
    ((head, (buffer,)),) = sent
    assert (head["type"], head["view"], head["seq"]) == ("answer", "a", 7)
    assert [list(shape) for shape in head["items"][0]["shapes"]] == [[21, 2], [21]]
    values = np.frombuffer(buffer, "f4")
    assert values.size == 3 * 21
    # One step by hand: w0 <- -8(1 - 0.05), w1 <- 3(1 - 0.5); float32 keeps seven digits.
    assert values[2:4] == pytest.approx([-7.6, 1.5], rel=1e-6)
    assert values[42] == pytest.approx(0.5 * (64 + 10 * 9), rel=1e-6)


def test_reply_to_guesses_stops_when_its_time_is_up(monkeypatch):
    experiment, sent = opened(descend)
    monkeypatch.setattr(type(experiment), "BATCH", 0.0)
    monkeypatch.setattr(type(experiment), "SLICE", 0.0)
    ask(experiment, 0.1, 0.2, 0.3, now=False)
    assert len(sent[0][0]["items"]) == 1


def test_reply_to_guesses_holds_as_many_as_fit(monkeypatch):
    experiment, sent = opened(descend)
    monkeypatch.setattr(type(experiment), "BATCH", 60.0)
    ask(experiment, 0.1, 0.2, 0.3, now=False)
    assert len(sent[0][0]["items"]) == 3
    assert np.frombuffer(sent[0][1][0], "f4").size == 3 * 3 * 21


def test_reply_of_a_diverging_descent_is_finite():
    experiment, sent = opened(descend, steps=800)
    ask(experiment, 9.0)
    assert np.isfinite(np.frombuffer(sent[0][1][0], "f4")).all()
    assert sent[0][0]["items"][0]["note"]["verdict"] == "too high"


def test_trouble_names_the_error_and_the_learners_line_only():
    def broken(gradient, start, learning_rate, steps):
        return [][3]

    trouble = trouble_of(broken)
    assert trouble["title"] == "Your code raised IndexError: list index out of range"
    assert trouble["code"] == "return [][3]"
    assert "in broken" in trouble["where"]
    assert trouble["where"].startswith("lab/test_experiment.py, line ")


def test_trouble_of_an_unfinished_function_says_what_to_write():
    def gradient_descent(gradient, start, learning_rate, steps):
        raise NotImplementedError("gradient_descent: not written yet")

    trouble = trouble_of(gradient_descent)
    assert trouble["kind"] == "unwritten"
    assert trouble["title"].startswith("Write `gradient_descent` in ")
    assert trouble["title"].endswith("first; this experiment runs your code.")


def test_trouble_of_an_endless_loop_comes_within_the_limit(monkeypatch):
    def endless(gradient, start, learning_rate, steps):
        while True:
            steps += 1

    monkeypatch.setattr(LearningRateExperiment, "LIMIT", 0.1)
    experiment, sent = opened(endless)
    ask(experiment, 0.1)
    assert sent[0][0]["slow"]
    assert sent[0][0]["trouble"]["kind"] == "time"
    assert sent[0][0]["trouble"]["code"] in ("while True:", "steps += 1")


def test_trouble_of_sys_exit_leaves_the_kernel_alive():
    def leaves(gradient, start, learning_rate, steps):
        raise SystemExit(3)

    assert trouble_of(leaves)["title"] == "Your code raised SystemExit: 3"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (None, "returned None"),
        ("path", "a str that is not an array of numbers"),
        (np.zeros((4, 2)), "shape (4, 2); expected the path, the start and then one row for each"),
    ],
    ids=["nothing", "text", "one row short"],
)
def test_trouble_of_a_path_says_what_came_and_what_was_expected(path, said):
    assert said in trouble_of(lambda *_: path)["title"]


def judged(rule):
    experiment = LearningRateExperiment(descend, rule, steps=10, kept=Kept(None))
    return experiment.attempt(experiment.settings, 60)


def test_learners_own_rule_gives_the_verdicts():
    answer, trouble = judged(lambda losses: "too high" if len(losses) == 11 else "too low")
    assert trouble is None
    assert answer.note["verdict"] == "too high"


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ("fine", '"fine"; expected one of "too low", "just right", "too high".'),
        (None, "None; expected a word."),
    ],
    ids=["another word", "nothing"],
)
def test_a_rule_that_names_none_of_the_three_is_told_so(returned, said):
    _, trouble = judged(lambda losses: returned)
    assert said in trouble.title


def test_drawable_bounds_everything():
    made = drawable([np.nan, np.inf, -np.inf, 5.0, 1e9], bound=10)
    assert made.tolist() == [10, 10, -10, 5, 10]
    assert made.dtype == np.float32


def test_achieved_challenge_is_recorded_and_an_unknown_one_is_not(tmp_path):
    experiment, _ = opened(descend, tmp_path)
    for name in ("learning_rate.border", "learning_rate.moon"):
        experiment._handle_custom_msg({"type": "achieved", "challenge": name}, [])
    assert list(Kept(tmp_path).entries("practice")) == ["learning_rate.border"]
    done = {goal["name"]: goal["done"] for goal in experiment.config["challenges"]}
    assert done["learning_rate.border"]
    assert not done["learning_rate.sprint"]
    again, _ = opened(descend, tmp_path)
    assert {g["name"] for g in again.config["challenges"] if g["done"]} == {"learning_rate.border"}


def test_picture_has_an_alt_text_that_states_the_finding():
    experiment, _ = opened(descend, steps=100)
    answer, trouble = experiment.attempt(settings(0.18), 10)
    assert trouble is None
    picture = experiment.picture(answer)
    assert picture.png().startswith(b"\x89PNG")
    assert "just right" in picture.alt or "too high" in picture.alt
    assert "in 100 steps" in picture.alt


def in_a_loop(work):
    """Run a coroutine in its own event loop, as messages are handled in a kernel."""
    return asyncio.run(asyncio.wait_for(work, 300))


def request(experiment, seq, now, rates, view="a"):
    asked = {"type": "run", "view": view, "seq": seq, "now": now}
    experiment._handle_custom_msg({**asked, "settings": [settings(r) for r in rates]}, [])


async def until(holds):
    while not holds():
        await asyncio.sleep(0.001)


def test_picture_is_answered_before_the_guesses_that_were_under_way(monkeypatch):
    experiment, sent = opened(descend)
    monkeypatch.setattr(type(experiment), "BATCH", 60.0)
    rates = np.linspace(0.01, 0.1, 5000)  # far more than are done before the picture is wanted

    async def talk():
        request(experiment, 1, False, rates)
        await asyncio.sleep(0.02)
        assert sent == []
        request(experiment, 2, True, [0.3])
        assert [head["seq"] for head, _ in sent] == [2]
        await until(lambda: len(sent) == 2)
        await asyncio.sleep(2 * experiment.LATE)

    in_a_loop(talk())
    (_, _), (late, (buffer,)) = sent
    assert late["seq"] == 1
    assert 0 < len(late["items"]) < len(rates)
    assert np.frombuffer(buffer, "f4").size == len(late["items"]) * 3 * 21
    assert experiment._guesses == {}


def test_guesses_of_two_views_are_both_answered(monkeypatch):
    experiment, sent = opened(descend)
    monkeypatch.setattr(type(experiment), "BATCH", 60.0)

    async def talk():
        request(experiment, 1, False, [0.1, 0.2, 0.3], view="a")
        request(experiment, 1, False, [0.4, 0.5], view="b")
        await until(lambda: len(sent) == 2)

    in_a_loop(talk())
    assert {head["view"]: len(head["items"]) for head, _ in sent} == {"a": 3, "b": 2}


def test_guesses_computed_after_an_edit_stand_under_the_version_before_it(monkeypatch):
    """What is newer than it claims is thrown away too early; what is older would be shown stale."""
    experiment, sent = opened(descend)
    monkeypatch.setattr(type(experiment), "BATCH", 60.0)

    async def talk():
        request(experiment, 1, False, [0.1] * 200)
        await asyncio.sleep(0.005)
        experiment.learner._seen = "edited"
        experiment.learner.version += 1
        await until(lambda: len(sent) == 1)

    in_a_loop(talk())
    assert sent[0][0]["version"] == 1


def test_many_runs_for_one_request_look_at_the_files_once(monkeypatch):
    experiment, sent = opened(descend)
    looks, look = [], type(experiment.learner).look
    monkeypatch.setattr(
        type(experiment.learner), "look", lambda learner: looks.append(1) or look(learner)
    )
    ask(experiment, *[0.1] * 9, now=False)
    assert len(sent[0][0]["items"]) == 9
    assert len(looks) == 1


def test_challenge_met_with_a_wrong_function_does_not_count(tmp_path):
    def summed(predictions, targets):
        return float(np.sum((np.asarray(predictions) - np.asarray(targets)) ** 2))

    for loss, counts in ((summed, False), (losses.mean_squared_error, True)):
        experiment = ArcheryExperiment(loss, kept=Kept(tmp_path))
        sent = []
        experiment.send = lambda content, buffers=None, sent=sent: sent.append(content)
        message = {"type": "achieved", "challenge": "archery.outlier"}
        experiment._handle_custom_msg({**message, "settings": experiment.settings}, [])
        assert sent[-1]["agrees"] is counts
        assert bool(Kept(tmp_path).entries("practice")) is counts


def test_function_without_a_reference_is_taken_at_its_word():
    experiment = ArcheryExperiment(losses.mean_squared_error, kept=Kept(None))
    assert experiment.agrees(experiment.settings)
    experiment.learner._given["another"] = abs
    assert experiment.agrees(experiment.settings)


def test_predictions_are_kept_one_behind_the_other_and_the_last_is_shown(tmp_path):
    experiment = WaveExperiment(distance, kept=Kept(tmp_path))
    assert experiment.config["prediction"]["given"] is None
    for given in ([0, 1], [1, 0]):
        message = {"type": "predicted", "prediction": "wave.curve", "given": given}
        experiment._handle_custom_msg(message, [])
    kept = Kept(tmp_path).entries("predictions")["wave.curve"]
    assert [entry["given"] for entry in kept] == [[0, 1], [1, 0]]
    again = WaveExperiment(distance, kept=Kept(tmp_path))
    assert again.config["prediction"]["given"] == [1, 0]
