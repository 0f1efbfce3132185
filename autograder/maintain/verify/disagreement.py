"""One thing that does not agree, and how it is told where a module cannot be read or imported."""

import ast
import traceback
from dataclasses import dataclass
from pathlib import Path

# what a module may raise as it is imported, where it was written in haste
NOT_IMPORTED = (SyntaxError, ImportError, NameError, AttributeError, TypeError, ValueError)


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


def parsed(root: Path, where: str) -> ast.Module:
    """The syntax tree of a file; what it raises knows the file."""
    path = root / where
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def not_imported(root: Path, error: Exception) -> Disagreement:
    """Which line of which file kept something from being read or imported."""
    if isinstance(error, SyntaxError):
        path, line = Path(error.filename or ""), error.lineno
        what = f"line {line} is not Python: {error.msg}"
    else:
        places = traceback.extract_tb(error.__traceback__)
        own = [place for place in places if Path(place.filename).is_relative_to(root)]
        place = (own or places)[-1]
        path, line = Path(place.filename), place.lineno
        what = f"line {line} raises {type(error).__name__} at import: {error}"
    where = path.relative_to(root) if path.is_relative_to(root) else path
    return Disagreement(where.as_posix(), what, "mend that line, then run `descent verify` again")
