"""What makes a result stale is what can change a grade, and nothing else."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import autograder
import solutions
from autograder.grading.version import changed_parts, grader_version

ROOT = Path(__file__).parents[2]


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """The version of a copy of the grader, which a test may change."""
    place = tmp_path / "solutions"  # where it is installed, no name counts
    for name, package in (("autograder", autograder), ("solutions", solutions)):
        made = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, place / name, ignore=made)
        monkeypatch.setattr(package, "__file__", str(place / name / "__init__.py"))
    return grader_version.__wrapped__


@pytest.mark.parametrize(
    "place",
    [
        *("report/plots.py", "commands/report.py", "learner/check.py", "nbgrader/gradebook.py"),
        *("batch/pool.py", "maintain/make.py", "site/build.py"),
    ],
)
def test_a_remark_elsewhere_grades_nobody_again(
    place: str, version: Callable[[], str], tmp_path: Path
) -> None:
    before = version()
    with (tmp_path / "solutions" / "autograder" / place).open("a") as file:
        file.write("# a remark\n")
    assert version() == before


@pytest.mark.parametrize(
    ("place", "part"),
    {
        "autograder/exercises/losses/checks.py": "criteria",
        "autograder/exercises/oracles/bowls.py": "criteria",
        "autograder/exercises/losses/mistakes.py": "mistakes",
        "autograder/exercises/manifest.py": "exercises",
        "autograder/checking/expectations.py": "way of grading",
        "autograder/sandbox/limits.py": "way of grading",
        "autograder/grading/budget.py": "way of grading",
        "solutions/losses.py": "solutions",
    }.items(),
)
def test_what_can_change_a_grade_makes_another_version_and_is_named(
    place: str, part: str, version: Callable[[], str], tmp_path: Path
) -> None:
    before = version()
    with (tmp_path / "solutions" / place).open("a") as file:
        file.write("# a remark\n")
    assert changed_parts(before, version()) == [part]


def test_python_and_numpy_make_another_version(
    version: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {version()}
    with monkeypatch.context() as patch:
        patch.setattr(np, "__version__", "9.9.9")
        found.add(version())
    with monkeypatch.context() as patch:
        patch.setattr("platform.python_version", lambda: "9.9.9")
        found.add(version())
    assert len(found) == 3
