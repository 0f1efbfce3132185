"""The wheel, built from the source distribution: installed, used, uninstalled without a trace."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.commands.one_place import refuse_foreign_packages
from autograder.exercises.manifest import exercises_in
from autograder.refused import Refused

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
MAX_PACKAGES = 120
PACKAGES = {"autograder", "course", "lab", "lessons", "solutions"}


def run(*command: str | Path, folder: Path) -> str:
    """What a command prints; it must end well."""
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def uv(*arguments: str | Path, folder: Path) -> str:
    """What uv prints: without a network where its cache holds everything."""
    program = shutil.which("uv")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("uv is absent, and CI=true asks for every test")
        pytest.skip("needs uv")
    offline = subprocess.run(
        [program, "--offline", *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True
    )
    return "" if offline.returncode == 0 else run(program, *arguments, folder=folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the source distribution and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("built")
    uv("build", "--out-dir", folder, ROOT, folder=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel of this project."""
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def learners(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with what learners install."""
    place = tmp_path_factory.mktemp("learners") / "venv with é"
    uv("venv", "--python", sys.executable, place, folder=place.parent)
    uv("pip", "install", "--python", place / "bin" / "python", wheel, folder=place.parent)
    return place / "bin"


EXECUTED = """
import sys
import nbformat
from nbclient import NotebookClient

for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": "lessons"}}).execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "check(" in cell.source and "data" in output:
                print(path, output["data"]["text/plain"], "everything holds" in str(output))
"""


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.xdist_group("learners")
def test_learners_environment_takes_the_course_without_what_instructors_install(
    learners: Path, tmp_path: Path
) -> None:
    """From an empty folder to the first function that holds, and all lessons with stubs."""
    python, descent = learners / "python", learners / "descent"
    there = "from importlib.util import find_spec; print(*map(find_spec, ['nbgrader', 'sklearn']))"
    assert run(python, "-c", there, folder=tmp_path) == "None None\n"
    run(descent, "init", "mein Kurs", folder=tmp_path)
    folder = tmp_path / "mein Kurs"
    lessons = sorted(str(path.relative_to(folder)) for path in folder.glob("lessons/*.ipynb"))
    assert len(lessons) > 7
    said = run(python, "-c", EXECUTED, *lessons, folder=folder)
    assert "lessons/0_welcome.ipynb 0.0 False\n" in said

    assert run(descent, "hint", folder=folder).startswith("distance, in course/welcome.py:")
    shutil.copy(ROOT / "solutions" / "welcome.py", folder / "course")
    assert "✓ distance: everything holds" in run(descent, "check", "distance", folder=folder)
    said = run(python, "-c", EXECUTED, lessons[0], folder=folder)
    assert said == "lessons/0_welcome.ipynb 0.0 True\n"
    assert "✓ distance" in run(descent, "status", folder=folder)
    assert "welcome.kept-1.py" in run(descent, "reset", "distance", folder=folder)
    assert "is up to date" in run(descent, "update", folder=folder)
    said = run(descent, "lab", "1", "--version", folder=folder)
    assert said.splitlines()[-1].startswith("4.")  # below where the learner was and what is next
    assert sorted(path.name for path in folder.iterdir()) == [".descent", "course", "lessons"]


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.xdist_group("learners")
@pytest.mark.usefixtures("sandbox")
def test_learners_commands_work_where_the_installation_is_read_only(
    learners: Path, tmp_path: Path
) -> None:
    place = learners.parent
    read_only = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(place), str(place)]
    run(*read_only, learners / "descent", "init", "course", folder=tmp_path)
    folder = tmp_path / "course"
    shutil.copy(ROOT / "solutions" / "welcome.py", folder / "course")
    for words in (["check", "distance"], ["status"], ["reset", "0"], ["lab", "--version"]):
        run(*read_only, learners / "descent", *words, folder=folder)


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
def test_wheel_is_installed_works_and_leaves_nothing(wheel: Path, tmp_path: Path) -> None:
    uv("venv", "--python", sys.executable, tmp_path / "venv", folder=tmp_path)
    python, descent = (tmp_path / "venv" / "bin" / name for name in ("python", "descent"))
    listed = "import os, sysconfig; print(*os.listdir(sysconfig.get_path('purelib')))"
    before = run(python, "-c", listed, folder=tmp_path).split()
    wanted = f"first-descent[teach] @ {wheel.as_uri()}"
    uv("pip", "install", "--python", python, wanted, folder=tmp_path)
    installed = run(python, "-c", listed, folder=tmp_path).split()
    assert {"first_descent", "first_descent.pth"} <= set(installed) - set(before)
    assert not PACKAGES & set(installed)

    assert "Teach:" in run(descent, "--help", folder=tmp_path)
    course = tmp_path / "submitted" / "ada" / "course"
    course.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / "losses.py", course)
    said = run(descent, "grade", "submitted", "--assignment", "1", folder=tmp_path)
    points = sum(exercise.points for exercise in exercises_in("losses"))
    assert [submission["score"] for submission in json.loads(said)["submissions"]] == [points]

    uv("pip", "uninstall", "--python", python, "first-descent", folder=tmp_path)
    left = run(python, "-c", listed, folder=tmp_path)
    assert "descent" not in left
    assert not descent.exists()


@pytest.mark.exhaustive
def test_package_puts_itself_on_the_path_where_no_path_file_is_read(
    wheel: Path, tmp_path: Path
) -> None:
    shutil.unpack_archive(wheel, tmp_path, "zip")
    program = "import first_descent, autograder, solutions; print(autograder.__file__)"
    said = run(sys.executable, "-S", "-c", program, folder=tmp_path)
    assert Path(said.strip()) == tmp_path / "first_descent" / "autograder" / "__init__.py"


def test_learners_install_few_packages() -> None:
    """What the project needs without its extras, and what that needs; benchmarks measure it."""
    found: set[str] = set()
    waiting = [Requirement("first-descent")]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for line in distribution(wanted.name).requires or ():
            needed = Requirement(line)
            marks = [{"extra": extra} for extra in ("", *wanted.extras)]
            if needed.marker is None or any(map(needed.marker.evaluate, marks)):
                known = canonicalize_name(needed.name) in found
                waiting += [needed] if not known or needed.extras else []
        found.add(name)
    assert 100 < len(found) <= MAX_PACKAGES
    assert not found & {"nbgrader", "scikit-learn", "scipy", "pandas", "sphinx", "pytest"}


def test_descent_refuses_another_package_of_the_same_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_foreign_packages()
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, "lab", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Refused, match="The package lab is found in"):
        refuse_foreign_packages()
