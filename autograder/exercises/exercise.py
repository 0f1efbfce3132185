"""What a lesson and an exercise are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """One lesson: a notebook, an nbgrader assignment and a module of the learner.

    Parameters
    ----------
    name : str
        The name of the notebook and of the assignment, such as ``"1_loss_functions"``.
    title : str
        The title that learners see.
    module : str
        The module of ``course/`` that the lesson fills.
    minutes : int
        About how long the lesson takes.
    """

    name: str
    title: str
    module: str
    minutes: int


@dataclass(frozen=True)
class Exercise:
    """One function or class that learners write.

    Parameters
    ----------
    name : str
        The name of the function or class.
    module : str
        The module of ``course/`` that holds it.
    lesson : str
        The name of the lesson that teaches it.
    points : float
        What it is worth.
    title : str
        What it is, as a noun phrase.
    hints : tuple of three str
        A nudge, the idea, and nearly the code.
    builds_on : tuple of str, optional
        The exercises of the same module that a natural answer calls.
    bonus : bool, optional
        Whether the points come on top of the 120 of the course.
    shuffles : bool, optional
        Whether a right answer chooses an order at random, so that two of them return other values.
    bug : tuple of two str, optional
        Where learners repair a program instead of writing one: a text of the solution, and what
        their copy says instead.
    """

    name: str
    module: str
    lesson: str
    points: float
    title: str
    hints: tuple[str, str, str]
    builds_on: tuple[str, ...] = ()
    bonus: bool = False
    shuffles: bool = False
    bug: tuple[str, str] | None = None
