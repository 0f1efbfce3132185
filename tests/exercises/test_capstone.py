"""The criteria of the capstone: training earns its points, and nothing else does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lab.data.tables
from autograder.checking.expectations import Unmet
from autograder.checking.judge import Judgment, Seed, judge
from autograder.exercises.manifest import exercise
from autograder.exercises.oracles.secret_digits import (
    MAX_CALLS,
    Digits,
    SecretNetwork,
    Way,
    secret_digits,
)
from autograder.exercises.registry import criteria_of, mistakes_of, solved_module, solved_student
from autograder.grading.grade import grade
from autograder.sandbox.outcomes import Outcome
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission
from solutions.capstone import train_classifier as solution

TABLE = Path(lab.data.tables.__file__).with_name("digits.csv.gz")


def published_digits() -> tuple[Any, Any]:
    """The public table, which tests/lab/test_tables.py compares with scikit-learn's."""
    rows = np.loadtxt(TABLE, delimiter=",")
    return rows[:, :-1], rows[:, -1].astype(int)


def judged(train_classifier: Any, student: str = "ada") -> list[Judgment]:
    """The judgments of a function that trains."""
    submission = solved_student("capstone", {"train_classifier": train_classifier})
    judgments: dict[str, Judgment] = {}
    for each in criteria_of("train_classifier", "capstone"):
        if all(judgments[name].passed for name in each.needs):
            judgments[each.name] = judge(each, submission, Seed("secret", student))
        else:
            judgments[each.name] = Judgment(each, Outcome.NOT_RUN)
    return list(judgments.values())


def bonus(train_classifier: Any, student: str = "ada") -> float:
    """The points that it earns."""
    return sum(each.criterion.points for each in judged(train_classifier, student) if each.passed)


def finding(train_classifier: Any) -> Unmet:
    """What is found where it earns nothing."""
    first = judged(train_classifier)[0]
    assert isinstance(first.error, Unmet)
    return first.error


def softmax(logits: Any) -> Any:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def descent(
    network: Any,
    images: Any,
    labels: Any,
    steps: int = 400,
    rate: float = 0.3,
    rows: Callable[[int], Any] = lambda step: slice(None),
    start: Any = None,
) -> list[float]:
    """Plain descent with a little momentum, by no function of the course."""
    images, targets = np.asarray(images), np.eye(10)[labels]
    weights = np.array(network.get_weights() if start is None else start)
    velocity, losses = np.zeros_like(weights), []
    network.set_weights(weights)
    for step in range(steps):
        batch = rows(step)
        probabilities = softmax(network.forward(images[batch]))
        losses.append(float(-np.mean(np.log(probabilities[targets[batch] == 1] + 1e-12))))
        gradient = network.backward((probabilities - targets[batch]) / len(targets[batch]))
        velocity = 0.9 * velocity + gradient
        weights = weights - rate * velocity
        network.set_weights(weights)
    return losses


# -- right answers --------------------------------------------------------------------------------


def whole_batches(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    return descent(network, images, labels, steps=250)


def small_batches(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    rng = np.random.default_rng(seed)
    losses = descent(
        network, images, labels, 1500, 0.05, lambda step: rng.integers(len(images), size=32)
    )
    return tuple(losses)


def best_weights_in_the_end(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    """It stops early: the best weights of the held-out part come back, in one move."""
    known, held = slice(0, 1000), slice(1000, None)
    best, lowest, losses = network.get_weights(), np.inf, []
    for _ in range(12):
        weights = network.get_weights()
        losses += descent(network, images[known], labels[known], steps=30, start=weights)
        now = -np.mean(
            np.log(softmax(network.forward(images[held]))[range(len(labels) - 1000), labels[held]])
        )
        if now < lowest:
            best, lowest = network.get_weights(), now
    network.set_weights(best)
    return np.array(losses)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(whole_batches, marks=pytest.mark.exhaustive),
        small_batches,
        pytest.param(best_weights_in_the_end, marks=pytest.mark.exhaustive),
    ],
)
def test_capstone_gives_full_marks_to_other_ways_to_train(answer: Any) -> None:
    assert bonus(answer) == 10


def test_capstone_gives_full_marks_to_the_solution_and_trains_it_once() -> None:
    calls = []

    def counted(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
        calls.append((len(images), seed))
        return solution(network, images, labels, seed)

    assert bonus(counted) == 10
    assert [count for count, _ in calls] == [1198]
    assert 0 <= calls[0][1] < 1000


@pytest.mark.exhaustive
def test_capstone_gives_full_marks_to_the_solution_of_twenty_students() -> None:
    assert [bonus(solution, f"student {number}") for number in range(20)] == [10.0] * 20


# -- no training ----------------------------------------------------------------------------------


def least_squares_on_the_last_layer(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    """Reads the active units out of the gradient, and solves for the last layer."""
    network.forward(images)
    hidden = (len(network.get_weights()) - 10) // 75
    rows = []
    for image in np.asarray(images):
        network.forward(image[None])
        rows.append(network.backward(np.eye(10)[:1])[65 * hidden : 75 * hidden : 10])
    active = np.column_stack([np.array(rows), np.ones(len(rows))])
    last = np.linalg.lstsq(active, np.eye(10)[labels], rcond=None)[0]
    weights = network.get_weights()
    weights[65 * hidden :] = last.ravel()
    network.set_weights(weights)
    return [1.0, 0.1]


def weights_of_a_copy(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    """Trains a network of its own, and sets its weights."""
    copy = SecretNetwork(np.random.default_rng(seed))
    descent(copy.to_train, images, labels, steps=20)
    weights = network.get_weights()
    own = np.resize(copy.weights, weights.shape)
    network.set_weights(own)
    return [2.3, 0.1]


def nearest_neighbor(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    """Keeps every image; the network stays as it is."""
    known = np.asarray(images)
    network.classify = lambda new: labels[((new[:, None] - known) ** 2).sum(-1).argmin(1)]
    return [0.0]


def nearest_mean(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    """The means of the classes as the first layer of weights."""
    weights = np.zeros_like(network.get_weights())
    means = np.array([np.asarray(images)[labels == label].mean(axis=0) for label in range(10)])
    weights[: means.size] = means.T.ravel() / 100
    network.set_weights(weights)
    return [2.3, 0.5]


def public_table(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    """Looks each image's sorted gray levels up in the public table, and trains on nothing."""
    pixels, digits = published_digits()
    known = {tuple(np.sort(row)): digit for row, digit in zip(pixels, digits, strict=True)}
    found = [known.get(tuple(np.sort(np.rint(image))), 0) for image in images]
    network.set_weights(network.get_weights() + 0.0)
    return [1.0 - float(np.mean(np.array(found) == labels))]


def noise(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
    rng = np.random.default_rng(seed)
    for _ in range(100):
        network.forward(images[:8])
        network.backward(np.zeros((8, 10)))
        network.set_weights(network.get_weights() + rng.normal(size=network.get_weights().shape))
    return [2.0, 1.0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (least_squares_on_the_last_layer, "the weights are set, not trained"),
        (weights_of_a_copy, "the weights are set, not trained"),
        (nearest_neighbor, "the weights of the network are never changed"),
        (nearest_mean, "the weights are set, not trained"),
        (public_table, "the weights of the network are never changed"),
        (noise, "the weights go up along the gradients, not down"),
        (lambda network, images, labels, seed=0: [0.1], "never changed"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_capstone_gives_nothing_where_nothing_is_trained(answer: Any, said: str) -> None:
    assert said in finding(answer).finding


@pytest.mark.parametrize(
    "mistake", mistakes_of("train_classifier", "capstone"), ids=lambda m: m.name
)
def test_capstone_gives_known_mistakes_what_they_read(mistake: Any) -> None:
    earned = {"training_that_hardly_began": 3, "training_that_stops_on_the_slope": 6}
    assert bonus(mistake.answer(solved_module("capstone"))) == earned.get(mistake.name, 0)


def test_capstone_gives_nothing_to_functions_that_do_nothing(idle: Callable[..., Any]) -> None:
    assert bonus(idle) == 0


@pytest.mark.parametrize(
    "losses",
    [None, [], [np.nan], [1.0, np.inf], 0.3, "0.3", [[1.0, 0.5]], ["low"], {"loss": 1.0}],
    ids=repr,
)
def test_capstone_gives_nothing_where_no_finite_losses_come_back(losses: Any) -> None:
    def trains(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
        descent(network, images, labels, steps=40)
        return losses

    assert bonus(trains) == 0


@pytest.mark.exhaustive
def test_capstone_gives_steps_of_points() -> None:
    earned = []
    for steps in (3, 25, 60, 250):

        def trains(network: Any, images: Any, labels: Any, seed: int = 0, k: int = steps) -> Any:
            return descent(network, images, labels, steps=k, rate=0.1)

        earned.append(bonus(trains))
    assert earned == sorted(earned)
    assert earned[0] == 0
    assert earned[-1] == 10


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (lambda n, x: n.backward(np.zeros((5, 10))), "backward is called before forward"),
        (lambda n, x: n.forward(x[0]), "forward gets images of shape (64,), expected (n, 64)"),
        (lambda n, x: n.forward(x[:0]), "forward gets images of shape (0, 64)"),
        (lambda n, x: n.forward("images"), "images that are not a table of numbers"),
        (lambda n, x: n.set_weights(np.zeros(3)), "set_weights gets weights of shape (3,)"),
        (
            lambda n, x: (n.forward(x[:3]), n.backward(np.zeros((4, 10)))),
            "backward gets an output gradient of shape (4, 10)",
        ),
    ],
    ids=range(6),
)
def test_network_says_what_it_cannot_take(use: Any, said: str) -> None:
    def uses(network: Any, images: Any, labels: Any, seed: int = 0) -> Any:
        use(network, images)
        return [1.0]

    assert said in finding(uses).finding


def test_network_counts_all_its_calls() -> None:
    network = SecretNetwork(np.random.default_rng(1))
    image = np.zeros((1, 64))
    for _ in range(MAX_CALLS // 4):
        network.to_train.forward(image)
        network.to_train.backward(np.zeros((1, 10)))
        network.to_train.set_weights(network.to_train.get_weights())
    assert network.calls == MAX_CALLS
    with pytest.raises(Unmet, match="more than 40,000 times"):
        network.to_train.get_weights()


def test_network_backward_agrees_with_differences() -> None:
    random = np.random.default_rng(3)
    network = SecretNetwork(random)
    images, blame = random.uniform(0, 16, (5, 64)), random.normal(size=(5, 10))
    network.to_train.forward(images)
    slopes = network.to_train.backward(blame)
    start = network.weights.copy()
    for place in random.choice(start.size, 40, replace=False):
        nudged = []
        for sign in (1, -1):
            network.weights = start + sign * 1e-5 * (np.arange(start.size) == place)
            nudged.append(np.sum(blame * network.logits(images)))
        assert np.isclose((nudged[0] - nudged[1]) / 2e-5, slopes[place], rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("student", ["ada", "grace", "emmy"])
def test_network_starts_at_the_loss_of_guessing(student: str) -> None:
    random = Seed("secret", student).generator("x")
    digits, network = secret_digits(random), SecretNetwork(random)
    assert 32 <= network.hidden <= 64
    probabilities = softmax(network.logits(digits.images))
    right = probabilities[np.arange(len(digits.labels)), digits.labels]
    assert abs(float(-np.log(right).mean()) - np.log(10)) < 0.05


def test_way_is_measured_move_by_move() -> None:
    way = Way(np.zeros(2))
    way.ask(np.zeros(2), np.array([1.0, 0.0]))
    way.ask(np.array([-3.0, 0.0]), np.array([0.0, 2.0]))
    way.end(np.array([-3.0, 4.0]))
    assert (way.moves, way.length, way.longest, way.downhill) == (2, 7.0, 4.0, 3.0 - 8.0)


# -- the digits -----------------------------------------------------------------------------------


def digits_of(student: str) -> Digits:
    return secret_digits(Seed("secret", student).generator("x"))


def test_secret_digits_are_two_thirds_and_one() -> None:
    digits = digits_of("ada")
    assert digits.images.shape == (1198, 64)
    assert digits.unseen_images.shape == (599, 64)
    for labels in (digits.labels, digits.unseen_labels):
        assert set(labels.tolist()) == set(range(10))
    for images in (digits.images, digits.unseen_images):
        assert images.min() >= 0
        assert images.max() <= 16


def test_secret_digits_differ_from_student_to_student() -> None:
    ada, again, grace = digits_of("ada"), digits_of("ada"), digits_of("grace")
    np.testing.assert_array_equal(ada.images, again.images)
    assert not np.array_equal(ada.labels, grace.labels)
    assert not np.allclose(ada.images.mean(axis=0), grace.images.mean(axis=0), atol=1.0)


def test_sorted_gray_levels_name_no_image_of_the_public_table() -> None:
    """A label by the nearest sorted row of the table is hardly better than guessing."""
    digits = digits_of("ada")
    pixels, names = published_digits()
    rows, known = np.sort(digits.images, axis=1), np.sort(pixels, axis=1)
    squares = (rows**2).sum(1)[:, None] + (known**2).sum(1) - 2 * rows @ known.T
    found = names[squares.argmin(axis=1)]
    table = np.zeros((10, 10))
    np.add.at(table, (found, digits.labels), 1)
    assert table.max(axis=1).sum() / len(found) < 0.4  # with the best renaming of all labels


def test_mixed_images_stay_in_their_part_and_class() -> None:
    """No seen image holds a part of an unseen one: their pixel sums add up part by part."""
    pixels, _ = published_digits()
    digits = digits_of("ada")
    sums = pixels.sum(axis=1)
    assert abs(digits.images.sum(axis=1).mean() - sums.mean()) < 4
    assert digits.images.sum(axis=1).std() < sums.std()


# -- across the boundary --------------------------------------------------------------------------

TRAINS = b"""
import numpy as np

def train_classifier(network, images, labels, seed=0):
    targets, weights, losses = np.eye(10)[labels], network.get_weights(), []
    for _ in range(STEPS):
        logits = network.forward(images)
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        losses.append(float(-np.mean(np.log(p[targets == 1]))))
        weights = weights - 1.0 * network.backward((p - targets) / len(p))
        network.set_weights(weights)
    return losses
"""


def test_training_across_the_boundary_is_kept_nowhere() -> None:
    backend = UnwalledBackend()
    try:
        files = {"course/capstone.py": TRAINS.replace(b"STEPS", b"150")}
        result = grade(Submission("ada", files), backend, [exercise("train_classifier")], "secret")
    finally:
        backend.close()
    assert result.bonus >= 3  # 150 calls with 600 kB each are 90 MB: no less than 64 MiB
    assert result.score == 0
