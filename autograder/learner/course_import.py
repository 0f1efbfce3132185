"""One `course` for the card and for the experiments: the one that the open folder holds.

A package of that name may be importable from elsewhere: an installed copy, another checkout. In a
notebook `from course import losses` then has to find what `check` reads.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from autograder.grading.results import SubmissionResult
from autograder.learner.folder import LearnerFolder, NoCourse
from autograder.sandbox.outcomes import Outcome

PACKAGE = "course"


class OpenFolderFinder:
    """Finds the package `course` where `check` finds it: at or above the current folder."""

    @staticmethod
    def find_spec(
        fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Spec of the package; None for other names, or where there is no such folder."""
        if fullname != PACKAGE:
            return None
        try:
            folder = LearnerFolder.find()
        except NoCourse:
            return None
        return PathFinder.find_spec(fullname, [str(folder.root)], target)


def import_from_open_folder() -> None:
    """Let `import course` find the open folder's; say so where another is loaded already."""
    if OpenFolderFinder not in sys.meta_path:
        sys.meta_path.insert(0, OpenFolderFinder)
    try:
        said = other_course(LearnerFolder.find())
    except NoCourse:
        return
    if said:
        print(said)


def other_course(folder: LearnerFolder) -> str:
    """A sentence that names both where the loaded `course` is not this folder's; else nothing."""
    loaded = [Path(entry).resolve() for entry in getattr(sys.modules.get(PACKAGE), "__path__", [])]
    checked = (folder.root / PACKAGE).resolve()
    if not loaded or checked in loaded:
        return ""
    return (
        f"`check` reads {checked}, but this notebook has loaded `course` from {loaded[0]}: "
        "restart the kernel and run the first cell of the lesson."
    )


def written_in_notebook(result: SubmissionResult) -> list[str]:
    """A sentence for each unwritten exercise that a cell of the notebook defines instead."""
    here = vars(sys.modules["__main__"])
    return [
        f"`{exercise.name}` is defined in this notebook, but `check` reads "
        f"course/{exercise.module}.py: move it there, and save the file."
        for exercise in result.exercises
        if exercise.outcome is Outcome.NOT_WRITTEN
        and getattr(here.get(exercise.name), "__module__", None) == "__main__"
    ]
