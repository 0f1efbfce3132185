"""The wheel: built, installed in an empty environment, used, and uninstalled without a trace."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.commands.one_place import refuse_foreign_packages
from autograder.refused import Refused

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
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
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "--out-dir", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.exhaustive
@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
def test_wheel_is_installed_works_and_leaves_nothing(wheel: Path, tmp_path: Path) -> None:
    uv("venv", "--python", sys.executable, tmp_path / "venv", folder=tmp_path)
    python, descent = (tmp_path / "venv" / "bin" / name for name in ("python", "descent"))
    listed = "import os, sysconfig; print(*os.listdir(sysconfig.get_path('purelib')))"
    before = run(python, "-c", listed, folder=tmp_path).split()
    uv("pip", "install", "--python", python, wheel, folder=tmp_path)
    installed = run(python, "-c", listed, folder=tmp_path).split()
    assert {"first_descent", "first_descent.pth"} <= set(installed) - set(before)
    assert not PACKAGES & set(installed)

    run(python, "-c", "from autograder import check; from lab import quiz", folder=tmp_path)
    assert "Teach:" in run(descent, "--help", folder=tmp_path)
    course = tmp_path / "submitted" / "ada" / "course"
    course.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / "losses.py", course)
    said = run(descent, "grade", "submitted", "--assignment", "1", folder=tmp_path)
    assert [each["score"] for each in json.loads(said)["submissions"]] == [24.0]

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
