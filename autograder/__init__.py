"""The grader of First Descent: checks what learners write and says what holds and why."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.learner.check import check

__all__ = ["check"]


def __getattr__(name: str) -> Any:
    """Import `check` when it is asked for: most commands do without what it needs."""
    if name == "check":
        from autograder.learner.check import check
        from autograder.learner.course_import import import_from_open_folder
        from autograder.learner.reloading import guard_reloading

        import_from_open_folder()
        guard_reloading()
        globals()[name] = check  # `from autograder import check` asks twice
        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
