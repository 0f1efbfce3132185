"""The grader of First Descent: checks what learners write and says what holds and why."""

import importlib
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["check"]

check: Callable[..., Any]


def __getattr__(name: str) -> Any:
    """Import `check` when it is asked for: most commands do without what it needs.

    A notebook that imports it also imports `course` from the folder that `check` reads, and looks
    at a saved module before it is loaded again.
    """
    if name != "check":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    importlib.import_module("autograder.learner.course_import").import_from_open_folder()
    importlib.import_module("autograder.learner.reloading").guard_reloading()
    where = "tab_check" if sys.platform == "emscripten" else "check"  # in a browser, or not
    found = importlib.import_module(f"autograder.learner.{where}").check
    globals()[name] = found  # `from autograder import check` asks twice
    return found
