"""`descent make` and `descent verify`: made files, and everything that must agree."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.main import main
from autograder.exercises.manifest import LESSONS
from autograder.maintain.make import NotMade, made_files, make, stub
from autograder.maintain.verify import disagreements

ROOT = Path(__file__).parents[2]
ATTACK = "tests/attacks/processes/execute.py"
Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's sources, everything made, and of two attacks.

    What Python has compiled comes along, or each `verify_in` would compile the project again.
    """
    ignored = shutil.ignore_patterns("_build", "lessons", "pictures")
    for name in ("solutions", "lessons", "course", "autograder", "lab", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for path in (ATTACK, "tests/attacks/forging/lying_float.py"):
        (tmp_path / path).parent.mkdir(parents=True)
        shutil.copy(ROOT / path, tmp_path / path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    readme = re.sub(r"\d+ attacks", "2 attacks", readme)
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    return tmp_path


def test_made_files_are_current_in_the_project() -> None:
    made = made_files(ROOT)
    assert len(made) == 2 * len(LESSONS) + 1  # a module and a notebook each, and the glossary
    for file in made:
        assert file.current, f"{file.path} is not what `descent make` makes"


def test_make_gives_the_same_bytes_again(project: Path) -> None:
    before = {file.path: file.path.read_bytes() for file in made_files(project)}
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
    assert "def __init__(self, learning_rate, momentum=0.9):" in made
    assert made.count('raise NotImplementedError("Adam: not written yet")') == 2
    assert "self.mean" not in made.split('"""')[-1]
    compile(made, "stub", "exec")


def test_stub_refuses_an_exercise_without_a_docstring() -> None:
    with pytest.raises(NotMade, match="half has no docstring"):
        stub("def half(x):\n    return x / 2\n", "demo")


def test_verify_finds_nothing_in_the_project() -> None:
    assert disagreements(ROOT) == []


@dataclass(frozen=True)
class Breakage:
    """A change of the text of one file, which loses the file where it makes None of it."""

    path: str
    change: Callable[[str], str | None]

    def __call__(self, project: Path) -> None:
        file = project / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = self.change(file.read_text(encoding="utf-8") if file.exists() else "")
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")


def edit(path: str, old: str, new: str) -> Breakage:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return Breakage(path, change)


def lose(path: str) -> Breakage:
    return Breakage(path, lambda text: None)


def add(path: str, more: str) -> Breakage:
    return Breakage(path, lambda text: text + more)


# What was done, words of what is said about it, and the file that is named if not the changed one.
Case = tuple[Breakage, str] | tuple[Breakage, str, str]
NEW_EXPERIMENT = """
from lab.widget.experiment import Experiment


class NewExperiment(Experiment, folder="new"):
    def picture(self, answer):
        return None
"""
LESSON_3 = "lessons/sources/3_learning_rate.py"
LOSSES = "solutions/losses.py"
LESSON_1 = "lessons/sources/1_loss_functions.py"
MISTAKES = "autograder/exercises/losses/mistakes.py"
CHECKS = "autograder/exercises/losses/checks.py"
NEW = "lab/experiments/new.py"
REGISTER = "lab/__init__.py"
BROKEN: dict[str, Case] = {
    "stub edited": (
        edit("course/losses.py", "import numpy as np", "import numpy as np, os"),
        "was edited",
    ),
    "docstring changed": (
        edit(LOSSES, "natural logarithm", "natural log"),
        "is not up to date",
        "course/losses.py",
    ),
    "docstring lost": (
        edit(LOSSES, "def softmax(logits):", "def softmax(logits):\n    0"),
        "`softmax` has no docstring",
    ),
    "docstring of a method lost": (
        edit(
            "solutions/optimizers.py",
            "def update(self, weights, gradient):",
            "def update(self, weights, gradient):\n        0",
        ),
        "`SGD.update` has no docstring",
    ),
    "examples lost": (
        edit("solutions/welcome.py", ">>>", "..."),
        "is not up to date",
        "course/welcome.py",
    ),
    "answer lost": (edit(LOSSES, "def softmax(", "def soft_max("), "`softmax` is not there"),
    "answer not in the manifest": (
        edit(LOSSES, "def softmax(", "def soft_max("),
        "`soft_max` is not in the manifest",
    ),
    "answer not in __all__": (edit(LOSSES, '    "softmax",\n', ""), "__all__ does not name"),
    "answer is not Python": (edit(LOSSES, "def softmax(", "def softmax(("), "is not Python"),
    "solutions of a lesson lost": (lose("solutions/training.py"), "there is no such file"),
    "notebook edited": (edit("lessons/1_loss_functions.ipynb", "archer", "Archer"), "was edited"),
    "check cell lost": (
        edit(LESSON_1, 'check("sigmoid")', "# to do"),
        "`sigmoid` has 0 check cells",
    ),
    "check cell of nothing": (
        edit(LESSON_1, 'check("sigmoid")', 'check("sigmoids")'),
        'check("sigmoids") checks no exercise',
    ),
    "heading renamed": (
        edit(LESSON_1, "## Which way is down?", "## Downhill?"),
        "there is no such heading",
        MISTAKES,
    ),
    "quiz broken": (edit("lessons/quizzes/1_loss_functions.json", "[", "[["), "is not JSON"),
    "quiz lost": (lose("lessons/quizzes/2_gradient_descent.json"), "there is no such file"),
    "minutes that nobody counted": (
        edit(LESSON_1, "**About 40 minutes**", "**About 20 minutes**"),
        "says 20 minutes at its head",
    ),
    "lesson lost": (lose(LESSON_3), "there is no such file"),
    "lesson not in the manifest": (
        add("lessons/sources/7_more.py", "# %% [markdown]\n# # 7 · More\n"),
        "no lesson of the manifest",
    ),
    "key term not in the glossary": (
        edit("lessons/glossary.toml", '"learning rate"', '"step length"'),
        "lacks “learning rate”",
    ),
    "term not among the key terms": (
        edit(LESSON_3, "# - **Condition number**", "# - **Kappa**"),
        "lack “condition number”",
    ),
    "glossary broken": (add("lessons/glossary.toml", "]]"), "cannot be read"),
    "experiment not registered": (
        add(NEW, NEW_EXPERIMENT),
        "names no experiment of lab/experiments/new.py",
        REGISTER,
    ),
    "experiment without a computation": (add(NEW, NEW_EXPERIMENT), "has no `compute`"),
    "front end not written": (
        add(NEW, NEW_EXPERIMENT),
        "there is no such file",
        "lab/static/experiments/new/main.js",
    ),
    "experiment in no lesson": (
        Breakage(LESSON_3, lambda text: text.replace("explore_learning_rate(", "explore(")),
        "no lesson uses `explore_learning_rate`",
        "lab/experiments/learning_rate.py",
    ),
    "experiment not in the book": (
        edit("docs/experiments.md", "lab.slide_a_wave(", "lab.slide("),
        "does not show `slide_a_wave`",
    ),
    "experiment renamed": (
        edit("lab/experiments/sliding_wave.py", "def slide_a_wave(", "def slide_waves("),
        "`slide_a_wave` is not in lab/experiments/sliding_wave.py",
        REGISTER,
    ),
    "experiment that is not Python": (
        add("lab/experiments/sliding_wave.py", "def wave(:\n"),
        "is not Python: invalid syntax",
    ),
    "register of experiments that is not Python": (
        add(REGISTER, "def wave(:\n"),
        "is not Python: invalid syntax",
    ),
    "lesson that is not Python": (add(LESSON_3, "def walk(:\n"), "is not Python: invalid syntax"),
    "attack without a verdict": (
        edit(ATTACK, "# /// attack", "# an attack"),
        "does not begin with a block",
    ),
    "attack without a module": (
        edit(ATTACK, (ROOT / ATTACK).read_text(encoding="utf-8").partition("# ///\n")[2], ""),
        "has nothing below its block",
    ),
    "attack that says nothing of what it tries": (
        edit(ATTACK, "# tries", "# does"),
        "has no `tries`",
    ),
    "attack with an unknown key": (edit(ATTACK, "# says", "# said"), "has a `said`"),
    "attack with an unknown outcome": (
        edit(ATTACK, '"raised"', '"exploded"'),
        "'exploded' is not an outcome",
    ),
    "attack on an unknown exercise": (
        edit(ATTACK, "# softmax", "# soft_max"),
        "there is no exercise `soft_max`",
    ),
    "attack on exercises of several modules": (
        edit(ATTACK, "# softmax", '# gradient_step = "failed"\n# softmax'),
        "has exercises of several modules",
    ),
    "attack whose verdict cannot be read": (
        edit(ATTACK, "# [outcomes]", "# [outcomes]]"),
        "its block is not TOML",
    ),
    "attack with a text for no place": (
        edit(ATTACK, "# tries", "# put = 'os.fork()'\n# tries"),
        "a `put` without an @PUT@",
    ),
    "attack that is a folder": (
        add("tests/attacks/processes/threads/course/losses.py", ""),
        "is not an attack",
        "tests/attacks/processes/threads",
    ),
    "lesson not in the book": (
        edit("docs/index.md", "lessons/4_optimizers\n", ""),
        "does not list lessons/4_optimizers",
    ),
    "module not in the reference": (
        edit("docs/exercises.md", "solutions.training\n", "solutions.losses\n"),
        "lacks solutions.training",
    ),
    "number of mistakes that moved on": (
        edit("README.md", " known ones", "0 known ones"),
        "known ones”",
    ),
    "number of attacks that moved on": (lose(ATTACK), "does not say “1 attacks”", "README.md"),
    "picture without words": (add("README.md", "\n![](docs/pictures/card.png)\n"), "no alt text"),
    "picture with empty words": (
        add("docs/learning.md", '\n<img src="pictures/card.png" alt="">\n'),
        "no alt text",
    ),
    "figure without words": (
        add("docs/learning.md", "\n```{figure} pictures/card.png\n:width: 100%\n```\n"),
        "no alt text",
    ),
}
# The same for what `descent verify` reads by importing it.
BROKEN_MODULES: dict[str, Case] = {
    "criteria of a lesson lost": (
        lose("autograder/exercises/training/checks.py"),
        "there is no such file",
    ),
    "criteria that cannot be imported": (
        edit(CHECKS, "import numpy as np", "import numpyy as np"),
        "raises ModuleNotFoundError at import: No module named 'numpyy'",
    ),
    "mistakes that are not Python": (
        add(MISTAKES, "def halved(:\n"),
        "is not Python: invalid syntax",
    ),
    "criterion worth less": (
        edit("autograder/exercises/welcome/checks.py", "distance.example(0", "distance.example(1"),
        "sums to 1 points, not to 0",
    ),
    "criterion of no exercise": (
        edit(CHECKS, 'Criteria("softmax")', 'Criteria("soft_max")'),
        "checks `soft_max`, no exercise of losses",
    ),
    "criterion that needs another's": (
        edit(CHECKS, 'needs=("', 'needs=("not_'),
        "which is no earlier criterion",
    ),
    "mistakes of a lesson lost": (
        lose("autograder/exercises/training/mistakes.py"),
        "there is no such file",
    ),
    "mistake of no exercise": (
        edit(MISTAKES, "Mistakes(solution.softmax,", "Mistakes(len,"),
        "answers `len`, no exercise of losses",
    ),
    "slip in a solution that says it otherwise now": (
        edit(LOSSES, "decay = np.exp", "decay_of = np.exp"),
        "a slip changes 'decay ='",
        MISTAKES,
    ),
    "hints lost": (
        edit("autograder/exercises/losses/hints.py", '    "softmax": (', '    "soft_max": ('),
        "`softmax` has no ladder of three hints",
    ),
    "exercise without anything": (
        edit("autograder/exercises/manifest.py", '"softmax"', '"softmin"'),
        "`softmin` is not there",
        LOSSES,
    ),
}


@pytest.mark.sampled(every=8)
@pytest.mark.parametrize("name", BROKEN)
def test_verify_names_the_file_and_the_remedy(project: Path, name: str) -> None:
    breakage, what, *elsewhere = BROKEN[name]
    breakage(project)
    (where,) = elsewhere or [breakage.path]
    found = [disagreement for disagreement in disagreements(project) if disagreement.where == where]
    assert any(what in each.what for each in found), found
    assert all(each.remedy for each in found)


@pytest.mark.slow
@pytest.mark.sampled(every=8)
@pytest.mark.parametrize("name", BROKEN_MODULES)
def test_verify_tells_what_a_module_lacks(project: Path, name: str) -> None:
    breakage, what, *elsewhere = BROKEN_MODULES[name]
    breakage(project)
    (where,) = elsewhere or [breakage.path]
    done = verify_in(project)
    assert done.returncode == 1, done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith(f"{where}: ")]
    assert any(what in line for line in told), done.stdout


def test_verify_tells_once_what_is_not_python_and_goes_on(project: Path) -> None:
    add("solutions/losses.py", "def softmax(:\n")(project)
    add("autograder/exercises/training/checks.py", "def test_(:\n")(project)
    lose("lessons/quizzes/2_gradient_descent.json")(project)
    done = verify_in(project)
    last = len((project / "solutions/losses.py").read_text(encoding="utf-8").splitlines())
    told = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert told[0] == f"solutions/losses.py: line {last} is not Python: invalid syntax"
    assert [line.split(":")[0] for line in told[1:]] == [
        "autograder/exercises/training/checks.py",
        "lessons/quizzes/2_gradient_descent.json",
    ]
    assert done.stderr == "3 to fix.\n"


def verify_in(project: Path) -> subprocess.CompletedProcess[str]:
    """`descent verify` in a process whose modules come from the copy."""
    command = "from autograder.commands.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", command, "verify"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_verify_command_exits_with_1_where_something_disagrees(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert CliRunner().invoke(main, ["verify"]).exit_code == 0
    BROKEN["stub edited"][0](project)
    done = CliRunner().invoke(main, ["verify"])
    assert done.exit_code == 1
    assert "course/losses.py: was edited" in done.output
    assert "1 to fix" in done.stderr
