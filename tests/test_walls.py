"""The walls between the rooms: who may import whom, stated in two tables and kept exactly.

A room is a folder of ``autograder/``. Each imports exactly what its row names, only downward: an
import too many fails, with its file and line, and so does a name too many in the table.
"""

import ast
import importlib
import importlib.util
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from autograder.grading.version import GRADING_ROOMS

ROOT = Path(__file__).parents[1]
GRADER = ROOT / "autograder"

MAY_IMPORT = {  # from the ground up; a row may only name rooms of the rows above it
    "protocol": (),
    "sandbox": ("protocol",),
    "checking": ("protocol", "sandbox"),
    "exercises": ("sandbox", "checking"),
    "submissions": ("exercises",),
    "diagnosis": ("protocol", "sandbox", "checking", "exercises"),
    "maintain": ("sandbox", "checking", "exercises"),
    "grading": ("sandbox", "checking", "exercises", "submissions", "diagnosis"),
    "learner": ("sandbox", "checking", "exercises", "submissions", "maintain", "grading"),
    "site": ("exercises", "maintain", "learner"),
    "batch": ("sandbox", "exercises", "submissions", "grading"),
    "report": ("sandbox", "exercises", "grading"),
    "nbgrader": (
        *("sandbox", "exercises", "submissions", "maintain"),
        *("grading", "learner", "batch"),
    ),
    "commands": (
        *("sandbox", "exercises", "submissions", "maintain"),
        *("grading", "learner", "site", "batch", "report", "nbgrader"),
    ),
}
GROUND = ("refused", "atomic_files")  # for all rooms but protocol; they import no room
ONLY_IN = {  # who may import what is not for everyone; paths below autograder/, or from the top
    "solutions": (
        *("exercises/registry.py", "exercises/*/mistakes.py", "grading/version.py"),
        *("maintain/make.py", "lab/reference_functions.py"),
    ),
    "lab": ("learner/status.py", "learner/course_map.py"),
    "lessons": ("nbgrader/released_notebook.py", "lab/reading/*.py"),
    "course": (),
    "msgpack": ("protocol/codec.py", "sandbox/visible_files.py"),
    "pyseccomp": ("sandbox/seccomp.py",),
    "click": ("commands/*.py",),
    "jinja2": ("report/page.py",),
    "nbgrader": ("nbgrader/*.py",),
    "distributed": ("batch/dask_cluster.py",),
}
LAB_MAY_IMPORT = {
    "reference_functions": (),
    "data": (),
    "widget": ("reference_functions",),
    "reading": ("widget",),
    "pictures": ("data", "reference_functions"),
    "experiments": ("reference_functions", "widget", "data", "pictures"),
}


@cache
def imports(path: Path) -> tuple[tuple[str, int], ...]:
    """The modules that a module imports, anywhere in it, each with its line."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module, node.lineno
            if node.level == 0:
                for alias in node.names:
                    yield f"{module}.{alias.name}", node.lineno


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def room_of(path: Path, house: Path = GRADER) -> str:
    """The room that a module is in; of a module on the ground floor, its own name."""
    return path.relative_to(house).with_suffix("").parts[0]


@cache
def arrows(house: Path) -> dict[str, dict[str, list[str]]]:
    """For each room, the rooms that it imports and where."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in modules(house):
        for module, line in imports(path):
            parts = module.split(".")
            known = len(parts) > 1 and (
                (house / parts[1]).is_dir() or (house / f"{parts[1]}.py").is_file()
            )
            if parts[0] == house.name and known and parts[1] != room_of(path, house):
                found[room_of(path, house)][parts[1]].append(f"{path.relative_to(ROOT)}:{line}")
    return found


# -- the grader's rooms ---------------------------------------------------------------------------


def test_table_names_every_room_and_points_only_downward() -> None:
    rooms = {path.parent.name for path in GRADER.glob("*/__init__.py")}
    assert set(MAY_IMPORT) == rooms
    above = list(MAY_IMPORT)
    for room, others in MAY_IMPORT.items():
        for other in others:
            assert above.index(other) < above.index(room), f"{room} may not import {other}: upward"


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_room_imports_exactly_what_its_row_names(room: str) -> None:
    found = arrows(GRADER)[room]
    allowed = {*MAY_IMPORT[room], *(GROUND if room != "protocol" else ())}
    for other, places in found.items():
        assert other in allowed, f"{room} may not import {other}, and does in {', '.join(places)}"
    unused = set(MAY_IMPORT[room]) - set(found)
    assert not unused, f"the row of {room} names {unused}, which it does not import"


def test_ground_files_import_no_room() -> None:
    for name in GROUND:
        assert not arrows(GRADER)[name], name


@pytest.mark.parametrize("package", ONLY_IN)
def test_package_is_imported_only_where_the_table_says(package: str) -> None:
    found = []
    for house in (GRADER, ROOT / "lab"):
        for path in modules(house):
            place = str(path.relative_to(GRADER if house == GRADER else ROOT))
            lines = [line for module, line in imports(path) if module.split(".")[0] == package]
            own = house.name == package
            if lines and not own and not any(fnmatch(place, each) for each in ONLY_IN[package]):
                found.append(f"{place}:{lines[0]}")
    assert not found, f"{package} may not be imported in {found}"


def test_protocol_imports_what_is_visible_inside() -> None:
    allowed = {"msgpack", "numpy", *sys.stdlib_module_names}
    for path in modules(GRADER / "protocol"):
        for module, line in imports(path):
            assert module.startswith(".") or module.split(".")[0] in allowed, f"{path}:{line}"


def test_checks_do_not_judge_with_the_solutions() -> None:
    judges = [*GRADER.glob("exercises/*/checks.py"), *modules(GRADER / "exercises" / "oracles")]
    assert len(judges) > 12
    for path in judges:
        for module, line in imports(path):
            named = module.startswith(("solutions", "autograder.exercises.registry"))
            assert not named, f"{path}:{line} judges with the solutions"


def test_graders_version_depends_on_all_rooms_that_a_grade_depends_on() -> None:
    reached = {"grading"}
    while more := {each for room in reached for each in MAY_IMPORT[room]} - reached:
        reached |= more
    assert set(GRADING_ROOMS) == reached


# -- the lab and the course -----------------------------------------------------------------------


@pytest.mark.parametrize("room", LAB_MAY_IMPORT)
def test_lab_room_imports_exactly_what_its_row_names(room: str) -> None:
    found = arrows(ROOT / "lab")[room]
    for other, places in found.items():
        assert other in LAB_MAY_IMPORT[room], f"{room} may not import {other}: {places}"
    assert set(LAB_MAY_IMPORT[room]) == set(found), f"the row of {room} names more than it imports"
    above = ["reference_functions", *LAB_MAY_IMPORT]
    assert all(above.index(other) < above.index(room) for other in LAB_MAY_IMPORT[room])


def test_table_names_every_room_of_the_lab() -> None:
    lab = ROOT / "lab"
    assert {path.name for path in lab.glob("*.py")} == {"__init__.py", "reference_functions.py"}
    rooms = {path.parent.name for path in lab.glob("*/*.py")}
    assert {*rooms, "reference_functions"} == set(LAB_MAY_IMPORT)
    for name in ("__init__", "reference_functions"):
        assert not arrows(lab)[name], f"lab/{name}.py imports a room"


@pytest.mark.parametrize("package", ["course", "solutions"])
def test_course_imports_only_numpy_and_the_standard_library(package: str) -> None:
    allowed = {"numpy", package, *sys.stdlib_module_names}
    assert len(modules(ROOT / package)) >= 8
    for path in modules(ROOT / package):
        for module, line in imports(path):
            assert module.startswith(".") or module.split(".")[0] in allowed, f"{path}:{line}"


def test_lab_does_not_import_the_grader() -> None:
    for path in modules(ROOT / "lab"):
        for module, line in imports(path):
            assert module.split(".")[0] != "autograder", f"{path}:{line}"


# -- names ----------------------------------------------------------------------------------------

DOTTED = re.compile(r"\b(?:autograder|lab)(?:\.[a-z_]+)+(?:\.[A-Z]\w*)?")


def dotted_names() -> dict[str, list[str]]:
    """Every dotted name of ours in a text, a docstring or a page, and where."""
    found: dict[str, list[str]] = defaultdict(list)
    # the changelog says what was called what: it is left out
    pages = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *ROOT.glob("docs/*.md"),
        ROOT / "pyproject.toml",
    ]
    for path in [*modules(GRADER), *modules(ROOT / "lab"), *pages]:
        for name in DOTTED.findall(path.read_text(encoding="utf-8")):
            found[name].append(str(path.relative_to(ROOT)))
    return found


def resolves(name: str) -> bool:
    """Whether a dotted name is a module, or leads to an attribute of one."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        try:
            spec = importlib.util.find_spec(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        if spec is None:
            continue
        value: object = importlib.import_module(".".join(parts[:count]))
        for part in parts[count:]:
            if not hasattr(value, part):
                return False
            value = getattr(value, part)
        return True
    return False


def test_every_dotted_name_in_a_text_leads_somewhere() -> None:
    assert len(dotted_names()) > 100
    lost = {name: where for name, where in dotted_names().items() if not resolves(name)}
    assert not lost


DESIGN = ROOT / "docs" / "design.md"
FLOOR = re.compile(r"  (\w+)/\s+(\d) ")
WALKED = re.compile(r"\w+(?:/\w+)+(?:\.\w+)?")


def drawn(title: str) -> str:
    """What design.md draws in the section of that title."""
    section = DESIGN.read_text(encoding="utf-8").split(f"\n## {title}\n")[1]
    return section.split("```")[1]


def is_there(name: str) -> bool:
    """Whether a name of a walk is a file, a module or a room; paths begin at the top or in ours."""
    places = [house / name for house in (ROOT, GRADER)]
    return any(place.exists() or place.with_suffix(".py").is_file() for place in places)


def test_every_step_of_the_walks_is_there() -> None:
    names = WALKED.findall(drawn("Four walks"))
    assert len(names) > 50
    assert [name for name in names if not is_there(name)] == []


def test_every_module_that_the_design_names_is_there() -> None:
    text = DESIGN.read_text(encoding="utf-8")
    spans = [span for span in re.findall(r"`([^`\s]+)`", text) if WALKED.fullmatch(span)]
    assert len(spans) > 30
    assert [name for name in spans if not is_there(name)] == []


def test_picture_shows_every_room_of_the_grader_on_its_floor() -> None:
    lines = drawn("The picture").splitlines()
    floors = {found[1]: int(found[2]) for line in lines if (found := FLOOR.match(line))}
    assert set(floors) == set(MAY_IMPORT)
    for room, others in MAY_IMPORT.items():
        assert floors[room] == 1 + max((floors[other] for other in others), default=0), room


def test_picture_shows_only_what_is_there() -> None:
    house = ROOT
    for line in drawn("The picture").strip().splitlines():
        found = re.match(r"(  )?([\w.]+)/? ", line)
        assert found, line
        house = house if found[1] else ROOT / found[2]
        assert (house / found[2] if found[1] else house).exists(), line


def test_imports_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("def f():\n    from course import losses\n    import autograder.checking\n")
    assert dict(imports(path)) == {"course": 2, "course.losses": 2, "autograder.checking": 3}
