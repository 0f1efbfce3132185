"""The walls between the rooms: who may import whom."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def imported(path: Path) -> set[str]:
    """Top-level names of everything that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    return names


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ["course", "solutions"])
def test_course_imports_numpy_and_the_standard_library_alone(room: str) -> None:
    allowed = {"numpy", room, *sys.stdlib_module_names}
    assert len(modules(room)) >= 8
    for path in modules(room):
        assert imported(path) <= allowed, path


def test_lab_imports_neither_course_nor_autograder() -> None:
    assert len(modules("lab")) >= 20
    for path in modules("lab"):
        assert not imported(path) & {"course", "autograder"}, path


def test_autograder_never_imports_course() -> None:
    assert len(modules("autograder")) >= 40
    for path in modules("autograder"):
        assert "course" not in imported(path), path


def test_protocol_imports_what_is_visible_inside_alone() -> None:
    allowed = {"msgpack", "numpy", *sys.stdlib_module_names}
    for path in modules("autograder/protocol"):
        assert imported(path) <= allowed, path


def test_checks_do_not_judge_with_the_solutions() -> None:
    for path in [*modules("autograder/checks"), *modules("autograder/oracles")]:
        assert "solutions" not in imported(path), path


def test_imported_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("def f():\n    from course import losses\n    import autograder.checks\n")
    assert imported(path) == {"course", "autograder"}
