"""One thing that does not agree, and what is so where a file cannot be read or imported."""

import ast
import traceback
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# what a module may raise as it is imported, where it was written in haste
NOT_IMPORTED = (SyntaxError, ImportError, NameError, AttributeError, TypeError, ValueError)
MANIFEST = "autograder/exercises/manifest.py"


@dataclass(frozen=True)
class Disagreement:
    """One thing that does not agree: the file to look at, what is so, and what to do about it."""

    where: str
    what: str
    remedy: str


def of_each(names: Iterable[str], where: str, what: str, remedy: str) -> Iterator[Disagreement]:
    """The same disagreement of each of some names, which are where the braces are."""
    for name in names:
        yield Disagreement(where, what.format(name), remedy.format(name))


def absent(where: str, remedy: str) -> Disagreement:
    """A file that is not there."""
    return Disagreement(where, "there is no such file", remedy)


def parsed(root: Path, where: str, remedy: str) -> Generator[Disagreement, None, ast.Module | None]:
    """The syntax tree of a file; why there is none, where it is absent or is not Python."""
    path = root / where
    try:
        return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    except OSError:
        yield absent(where, remedy)
    except SyntaxError as error:
        yield not_imported(root, error)
    return None


def assigned(tree: ast.Module, name: str, default: Any) -> Any:
    """The literal that a module assigns to a name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    return default


def text_of(path: Path) -> str:
    """The text of a file; nothing where there is no file."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


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
    return Disagreement(where.as_posix(), what, "fix that line, then run `descent verify` again")
