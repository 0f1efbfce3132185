"""The boxes of the diagnosis, and which of them builds on which: three floors, and no way back."""

import ast
from pathlib import Path

import autograder.diagnosis

ROOM = "autograder.diagnosis"
FOLDER = Path(autograder.diagnosis.__file__).parent
ARROWS = {
    "diagnose": {"recognize", "near_misses", "relations", "exceptions", "evidence", "source"},
    "recognize": {"evidence"},
    "near_misses": {"evidence", "edits"},
    "relations": {"evidence"},
    "evidence": set(),
    "source": {"edits"},
    "edits": set(),
    "exceptions": set(),
}
# What shows results must not be needed to find them: its modules ask the diagnosis.
ABOVE = ("grading", "messages", "results", "supplies", "feedback", "report", "nbgrader", "batch")


def imported(path: Path) -> set[str]:
    """The modules that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_diagnosis_has_these_boxes_and_these_arrows() -> None:
    arrows: dict[str, set[str]] = {}
    for path in FOLDER.rglob("*.py"):
        box = path.relative_to(FOLDER).parts[0].removesuffix(".py")
        if box != "__init__":
            inside = {name.split(".")[2] for name in imported(path) if name.startswith(f"{ROOM}.")}
            arrows.setdefault(box, set()).update(inside - {box})
    assert arrows == ARROWS


def test_diagnosis_imports_nothing_that_shows_results() -> None:
    for path in FOLDER.rglob("*.py"):
        rooms = {name.split(".")[1] for name in imported(path) if name.startswith("autograder.")}
        assert not rooms & {*ABOVE}, path
