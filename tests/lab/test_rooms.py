"""The walls inside the lab: which folder may import which."""

import ast
from pathlib import Path

import pytest

LAB = Path(__file__).parents[2] / "lab"
# From the ground up: a row names folders of the rows above it only, so there is no circle.
MAY_IMPORT = {
    "widget": set(),
    "data": set(),
    "reading": {"widget"},
    "pictures": {"data"},
    "experiments": {"widget", "data", "pictures"},
}


def imported(path: Path) -> set[str]:
    """Names of the modules that a module imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_folder_imports_exactly_what_its_row_names(folder: str) -> None:
    modules = list((LAB / folder).rglob("*.py"))
    names = {name for path in modules for name in imported(path)}
    found = {name.split(".")[1] for name in names if name.startswith("lab.")}
    assert len(modules) >= 3
    assert "lab" not in names
    assert found - {folder} == MAY_IMPORT[folder]


def test_every_module_is_in_a_folder_with_a_row() -> None:
    assert {path.name for path in LAB.glob("*.py")} == {"__init__.py", "reference_functions.py"}
    assert {path.parent.name for path in LAB.glob("*/*.py")} == set(MAY_IMPORT)
    for name in ("__init__.py", "reference_functions.py"):
        assert not {module for module in imported(LAB / name) if module.startswith("lab")}


def test_rows_name_rows_above_them_only() -> None:
    above: set[str] = set()
    for folder, allowed in MAY_IMPORT.items():
        assert allowed <= above
        above.add(folder)
