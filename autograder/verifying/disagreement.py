"""One thing that does not agree."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Disagreement:
    """One thing that does not agree.

    Attributes
    ----------
    where : str
        The file to look at, from the project's folder.
    what : str
        What is so.
    remedy : str
        What to do about it.
    """

    where: str
    what: str
    remedy: str
