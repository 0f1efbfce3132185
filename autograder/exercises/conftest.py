"""Under pytest the criteria run against the solutions, in this process."""

import numpy as np
import pytest

from autograder.checking.judge import Seed
from autograder.checking.student import Student
from autograder.exercises.registry import solved_student


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    """The solutions of the module that the criterion belongs to."""
    return solved_student(request.path.parent.name)


@pytest.fixture
def random(request: pytest.FixtureRequest) -> np.random.Generator:
    """The generator of the criterion's random inputs."""
    return Seed().generator(request.function.criterion.name)


@pytest.fixture
def exercise_random(request: pytest.FixtureRequest) -> np.random.Generator:
    """The generator of inputs that are the same for all criteria of the exercise."""
    return Seed().generator(request.function.criterion.exercise)
