"""How many processes a submission takes: what is not there is not asked for a second time."""

from collections.abc import Iterator

import pytest

from autograder.exercises.manifest import EXERCISES, MODULES
from autograder.grading.grade import grade
from autograder.maintain.make import solution_text, stub
from autograder.sandbox.session import Session
from autograder.sandbox.unwalled import UnwalledBackend
from autograder.submissions.submission import Submission

STUBS = {f"course/{name}.py": stub(solution_text(name), name).encode() for name in MODULES}


class Counting(UnwalledBackend):
    """A backend that counts the sessions that it opens."""

    opened = 0

    def open(self, files: dict[str, bytes]) -> Session:
        """Open a session, and count it."""
        self.opened += 1
        return super().open(files)


@pytest.fixture
def backend() -> Iterator[Counting]:
    """A backend that counts."""
    made = Counting()
    yield made
    made.close()


@pytest.mark.parametrize("files", [STUBS, {}], ids=["stubs", "nothing"])
def test_what_is_not_written_takes_one_session(backend: Counting, files: dict[str, bytes]) -> None:
    result = grade(Submission("ada", files), backend, EXERCISES)
    assert result.score == 0
    assert backend.opened == 1


def test_what_builds_on_a_missing_exercise_is_judged_with_ours(backend: Counting) -> None:
    text = solution_text("losses").replace("def softmax(", "def soft_max(", 1)
    entries = [each for each in EXERCISES if each.module == "losses"]
    result = grade(Submission("ada", {"course/losses.py": text.encode()}), backend, entries)
    lost = [each.name for each in result.exercises if not each.passed]
    assert lost == ["softmax"]
    assert backend.opened > 1
