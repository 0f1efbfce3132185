"""Gradients whose Hessian is known, and power iterations on them: oracles for lesson 5."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checking.expectations import Array, expect, expect_array
from autograder.checking.student import Student
from autograder.exercises.oracles.bowls import bowl
from autograder.exercises.oracles.slopes import Exact, exact
from autograder.exercises.oracles.walks import expect_no_other_calls, noted_gradient
from autograder.sandbox.session import Slope, traced, with_formula

FEW = 1e-18  # how much of the second direction may be left where an estimate is judged


@dataclass(frozen=True)
class Curved:
    """A gradient with the Hessian that it has at some weights.

    The curvatures come in their order by size, the one of largest size first.
    """

    gradient: Callable[[Array], Array]
    weights: Array
    hessian: Array
    curvatures: Array

    @property
    def steps(self) -> int:
        """After how many steps a power iteration is right, wherever it began."""
        ratio = float(np.abs(self.curvatures[1:]).max() / np.abs(self.curvatures[0]))
        return 2 + int(np.log(FEW) / (2 * np.log(max(ratio, 1e-3))))


def fresh_bowl(random: np.random.Generator, shape: tuple[int, ...]) -> Curved:
    """A bowl or a saddle in a random position, with one curvature far above the others in size."""
    weights = np.asarray(random.normal(0, 2, shape))
    largest = float(random.choice([-1, 1]) * random.uniform(2, 9))
    others = largest * random.uniform(0.1, 0.5, weights.size - 1) * random.choice([-1, 1])
    found = bowl(random, [largest, *others])
    center = random.normal(0, 1, weights.size)
    gradient = with_formula(Slope(found.hessian, center.reshape(shape)))
    return Curved(gradient, weights, found.hessian, np.array([largest, *others, 0.0]))


def fresh_network(random: np.random.Generator) -> Curved:
    """The loss of a network with two hidden units and six weights, on six examples."""
    while True:
        inputs, targets = random.normal(0, 1, (6, 2)), random.normal(0, 1, 6)
        weights = random.normal(0, 1, 6)

        def slopes(at: Any, inputs: Array = inputs, targets: Array = targets) -> Any:
            first, last = at[np.array([[0, 1], [2, 3]])], at[np.array([4, 5])]
            hidden = np.tanh(inputs @ first)
            blame = 2 * (hidden @ last - targets) / 6
            back = np.outer(blame, last) * (1 - hidden**2)
            return np.append(inputs.T @ back, blame @ hidden)

        hessian = np.array([_slope_along(slopes, weights, axis) for axis in np.eye(6)])
        values = np.linalg.eigvalsh((hessian + hessian.T) / 2)
        ordered = values[np.argsort(-np.abs(values))]
        if np.abs(ordered[1]) < 0.6 * np.abs(ordered[0]):
            gradient = with_formula(traced(slopes, weights=(6,)))
            return Curved(gradient, weights, hessian, ordered)


def _slope_along(slopes: Callable[[Exact], Exact], at: Array, axis: Array) -> Array:
    """How gradients change along an axis; in extended precision the error is about 1e-10."""
    step = exact(1e-5) * exact(axis)
    return np.asarray((slopes(at + step) - slopes(at - step)) / 2e-5, dtype=float)


def expect_power_iteration(
    student: Student, curved: Curved, steps: int, *settings: Any
) -> list[Array]:
    """Expect two gradients a step, to both sides of the weights; the directions of the steps.

    The nudge is the last setting. What is returned must be the curvature along the last direction.
    """
    walk = noted_gradient(curved.gradient, curved.weights.shape)
    nudge = settings[-1] if len(settings) > 1 else 1e-4
    returned = student.training.largest_curvature(walk.gradient, curved.weights, steps, *settings)
    expect_no_other_calls(student, len(walk.points), "gradient")
    expect(
        len(walk.points) == 2 * steps,
        f"gradient is called {len(walk.points)} times in {steps} steps, expected {2 * steps}",
        advice="Each step needs two gradients, one on either side of the weights, and no others.",
    )
    directions = []
    for first, second in zip(walk.points[::2], walk.points[1::2], strict=True):
        expect(
            np.allclose((first + second) / 2, curved.weights, rtol=1e-9, atol=1e-9),
            "the two gradients of a step are not taken on either side of the weights",
            advice="One at weights + nudge · v, the other at weights − nudge · v.",
        )
        along = np.ravel(first - second) / (2 * nudge)
        length = float(np.linalg.norm(along))
        expect(
            abs(length - 1) < 1e-6,
            f"gradient is asked {length * nudge:.4g} away from the weights, expected nudge, "
            f"{nudge:.4g}",
            advice="The points are weights ± nudge · v with the nudge that is asked for, and v has "
            "the length 1: divide it by its length before the first step and after each.",
        )
        directions.append(along)
    expect_array(np.asarray(returned), directions[-1] @ curved.hessian @ directions[-1])
    return directions
