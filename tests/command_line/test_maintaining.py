"""`descent make` and `descent verify`: made files, and everything that must agree."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.command_line import main
from autograder.making import NotMade, made_files, make, stub
from autograder.verifying import disagreements

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's sources, everything made."""
    for name in ("solutions", "lessons", "course", "autograder"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_made_files_are_current_in_the_project() -> None:
    made = made_files(ROOT)
    assert len(made) == 15
    for each in made:
        assert each.current, f"{each.path} is not what `descent make` makes"


def test_make_gives_the_same_bytes_again(project: Path) -> None:
    before = {each.path: each.path.read_bytes() for each in made_files(project)}
    for path in before:
        path.unlink()
    written, refused = make(project)
    assert (sorted(written), refused) == (sorted(before), [])
    assert {path: path.read_bytes() for path in before} == before


def test_make_leaves_an_edited_module_alone(project: Path) -> None:
    path = project / "course" / "losses.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nmine = 1\n", encoding="utf-8")
    mine = path.read_bytes()
    assert make(project) == ([], [path])
    assert path.read_bytes() == mine
    assert make(project, overwrite=True) == ([path], [])
    assert (project / "course" / "losses.kept-1.py").read_bytes() == mine


@pytest.mark.parametrize("change", ["source", "output"])
def test_make_leaves_an_edited_notebook_alone(project: Path, change: str) -> None:
    path = project / "lessons" / "0_welcome.ipynb"
    found = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in found["cells"] if cell["cell_type"] == "code")
    if change == "source":
        cell["source"] = "mine"
    else:
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "mine"}]
    path.write_text(json.dumps(found), encoding="utf-8")
    mine = path.read_bytes()
    assert make(project) == ([], [path])
    assert path.read_bytes() == mine


def test_make_brings_an_outdated_module_up_to_date(project: Path) -> None:
    source = project / "solutions" / "welcome.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace('"""Return', '"""Give back', 1), encoding="utf-8")
    written, refused = make(project)
    assert ([path.name for path in written], refused) == (["welcome.py"], [])


def test_stub_keeps_signatures_and_docstrings_and_drops_answers() -> None:
    solution = (ROOT / "solutions" / "optimizers.py").read_text(encoding="utf-8")
    made = stub(solution, "optimizers")
    assert "def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):" in made
    assert made.count('raise NotImplementedError("Adam: not written yet")') == 2
    assert "self.mean" not in made.split('"""')[-1]
    compile(made, "stub", "exec")


def test_stub_refuses_an_exercise_without_a_docstring() -> None:
    with pytest.raises(NotMade, match="half has no docstring"):
        stub("def half(x):\n    return x / 2\n", "demo")


def test_verify_finds_nothing_in_the_project() -> None:
    assert disagreements(ROOT) == []


def breakage(name: str) -> Callable[[Path], None]:
    def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
        def apply(project: Path) -> None:
            file = project / path
            text = file.read_text(encoding="utf-8")
            assert old in text
            file.write_text(text.replace(old, new, 1), encoding="utf-8")

        return apply

    return {
        "stub edited": edit("course/losses.py", "import numpy as np", "import numpy as np, os"),
        "docstring changed": edit("solutions/losses.py", "natural logarithm", "natural log"),
        "notebook edited": edit("lessons/1_loss_functions.ipynb", "archer", "Archer"),
        "check cell lost": edit(
            "lessons/sources/1_loss_functions.py", 'check("sigmoid")', 'check("sigmoids")'
        ),
        "heading renamed": edit(
            "lessons/sources/1_loss_functions.py", "## Which way is down?", "## Downhill?"
        ),
        "quiz broken": edit("lessons/quizzes/1_loss_functions.json", "[", "[["),
        "lesson lost": lambda project: (project / "lessons/sources/3_learning_rate.py").unlink(),
        "criteria lost": lambda project: (project / "autograder/checks/training.py").unlink(),
        "mistakes lost": lambda project: (project / "autograder/mistakes/training.py").unlink(),
    }[name]


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("stub edited", "course/losses.py"),
        ("docstring changed", "course/losses.py"),
        ("notebook edited", "lessons/1_loss_functions.ipynb"),
        ("check cell lost", "lessons/sources/1_loss_functions.py"),
        ("heading renamed", "autograder/mistakes/losses.py"),
        ("quiz broken", "lessons/quizzes/1_loss_functions.json"),
        ("lesson lost", "lessons/sources/3_learning_rate.py"),
        ("criteria lost", "autograder/checks/training.py"),
        ("mistakes lost", "autograder/mistakes/training.py"),
    ],
)
def test_verify_names_the_file_and_the_remedy(project: Path, name: str, where: str) -> None:
    breakage(name)(project)
    found = [each for each in disagreements(project) if each.where == where]
    assert found
    assert all(each.what and each.remedy for each in found)


def test_verify_command_exits_with_1_where_something_disagrees(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert CliRunner().invoke(main, ["verify"]).exit_code == 0
    breakage("stub edited")(project)
    done = CliRunner().invoke(main, ["verify"])
    assert done.exit_code == 1
    assert "course/losses.py: was edited" in done.output
    assert "1 to mend" in done.stderr
