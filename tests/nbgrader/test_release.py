"""What `descent release` writes, what it never writes, and what it leaves alone."""

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from traitlets.utils.importstring import import_item

from autograder.commands.main import main
from autograder.exercises.manifest import LESSONS, exercises_of, lesson
from autograder.nbgrader import check, plugins
from autograder.nbgrader.cells import UNANSWERED
from autograder.nbgrader.configuration import CONFIGURATION, withheld_lessons
from autograder.nbgrader.release import assignment_files, release
from autograder.nbgrader.released_notebook import released_notebook
from autograder.refused import Refused

SOLUTIONS = Path(__file__).parents[2] / "solutions"
FIRST = lesson("1_loss_functions")


def nbgrader_cells(name: str) -> dict[str, dict]:
    """The metadata of a released notebook's cells that nbgrader knows, by their id."""
    cells = released_notebook(lesson(name))["cells"]
    known = [cell["metadata"]["nbgrader"] for cell in cells if "nbgrader" in cell["metadata"]]
    return {each["grade_id"]: each for each in known}


@pytest.mark.parametrize("name", [each.name for each in LESSONS])
def test_released_notebook_has_one_graded_cell_for_each_exercise(name: str) -> None:
    known = nbgrader_cells(name)
    for exercise in exercises_of(name):
        cell = known.pop(f"check_{exercise.name}")
        assert cell["points"] == (0 if exercise.bonus else exercise.points)
        assert (cell["grade"], cell["solution"], cell["locked"]) == (True, False, True)
    assert known.pop("setup")["locked"]
    assert known
    assert all(cell["grade"] and cell["solution"] for cell in known.values())


@pytest.mark.parametrize("name", [each.name for each in LESSONS])
def test_released_notebook_obeys_nbgraders_schema(name: str) -> None:
    validator = pytest.importorskip("nbgrader.nbgraderformat").MetadataValidator()
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.from_dict(released_notebook(lesson(name)))
    validator.validate_nb(notebook)
    nbformat.validate(notebook)


def test_released_notebook_says_how_to_hand_in_and_loads_its_own_check() -> None:
    cells = released_notebook(FIRST)["cells"]
    assert "nbgrader submit 1_loss_functions" in cells[1]["source"]
    setup = [
        cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == "setup"
    ]
    assert "from autograder.nbgrader import check" in setup[0]["source"].splitlines()
    assert not any(
        line == "from autograder import check"
        for cell in cells
        for line in "".join(cell["source"]).splitlines()
    )


def test_points_of_a_policy_are_those_of_the_cells_and_stay(tmp_path: Path) -> None:
    def points() -> dict[str, float]:
        source = tmp_path / "source" / FIRST.name / f"{FIRST.name}.ipynb"
        cells = json.loads(source.read_text(encoding="utf-8"))["cells"]
        known = (cell["metadata"].get("nbgrader", {}) for cell in cells)
        return {each["grade_id"]: each["points"] for each in known if each.get("grade")}

    release(tmp_path, [FIRST])
    before = points()
    release(tmp_path, [FIRST], points={"softmax": 7.5})
    assert points() == before | {"check_softmax": 7.5}
    assert not release(tmp_path, [FIRST]).written
    release(tmp_path, [FIRST], points={})
    assert points() == before


def test_released_notebook_has_unanswered_questions() -> None:
    answers = [
        cell
        for cell in released_notebook(FIRST)["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    ]
    assert [cell["source"] for cell in answers] == [UNANSWERED]


@pytest.mark.parametrize("name", [each.name for each in LESSONS])
def test_assignment_holds_no_solution(name: str, solutions_in: Any) -> None:
    assert solutions_in(assignment_files(lesson(name))) == []


def test_assignment_modules_are_unsolved_and_end_with_the_lessons_own() -> None:
    files = assignment_files(lesson("3_learning_rate"))
    modules = sorted(path for path in files if "/course/" in path)
    assert modules == [
        f"source/3_learning_rate/course/{name}.py"
        for name in ("__init__", "gradient_descent", "learning_rate", "losses", "welcome")
    ]
    for path in modules[1:]:
        assert "not written yet" in files[path]


def test_assignment_with_earlier_solved_keeps_its_own_module_unsolved(solutions_in: Any) -> None:
    files = assignment_files(lesson("2_gradient_descent"), earlier="solved")
    source = "source/2_gradient_descent/course"
    assert files[f"{source}/losses.py"] == (SOLUTIONS / "losses.py").read_text(encoding="utf-8")
    modules = {name.partition(".")[0] for name in solutions_in(files)}
    assert modules == {"losses"}
    assert "descend_until_flat: not written yet" in files[f"{source}/gradient_descent.py"]


def test_release_draws_a_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    assert release(tmp_path / "a", [FIRST]).new_secret
    release(tmp_path / "b", [FIRST])
    path = tmp_path / "a" / "secret.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text().strip()) >= 32
    assert path.read_text() != (tmp_path / "b" / "secret.txt").read_text()


def test_release_again_keeps_the_secret_and_writes_nothing(tmp_path: Path) -> None:
    release(tmp_path, [FIRST])
    secret = (tmp_path / "secret.txt").read_text()
    again = release(tmp_path, [FIRST])
    assert again.written == ()
    assert not again.new_secret
    assert (tmp_path / "secret.txt").read_text() == secret


def test_release_keeps_what_a_person_changed(tmp_path: Path) -> None:
    release(tmp_path, [FIRST])
    config = tmp_path / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.CourseDirectory.course_id = 'ml101'\n")
    added = release(tmp_path, [FIRST, lesson("2_gradient_descent")])
    assert "ml101" in config.read_text()
    assert any("2_gradient_descent" in str(path) for path in added.written)


def test_release_refuses_to_overwrite_files_of_others_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(Refused, match="nbgrader_config"):
        release(tmp_path, [FIRST])
    assert sorted(os.listdir(tmp_path)) == before
    assert (tmp_path / "nbgrader_config.py").read_text() == "c = get_config()\n"


def test_release_refuses_to_replace_a_changed_file_by_a_newer_one(tmp_path: Path) -> None:
    release(tmp_path, [lesson("2_gradient_descent")])
    module = tmp_path / "source" / "2_gradient_descent" / "course" / "losses.py"
    module.write_text("mine\n")
    with pytest.raises(Refused, match=r"losses\.py"):
        release(tmp_path, [lesson("2_gradient_descent")], earlier="solved")
    assert module.read_text() == "mine\n"


def test_release_replaces_what_an_earlier_release_made(tmp_path: Path) -> None:
    release(tmp_path, [lesson("2_gradient_descent")])
    release(tmp_path, [lesson("2_gradient_descent")], earlier="solved")
    module = tmp_path / "source" / "2_gradient_descent" / "course" / "losses.py"
    assert module.read_text() == (SOLUTIONS / "losses.py").read_text()


def test_configuration_names_no_place_of_this_machine(tmp_path: Path) -> None:
    release(tmp_path, [FIRST])
    text = (tmp_path / "nbgrader_config.py").read_text()
    assert str(tmp_path) not in text
    assert not re.search(r"[\"']/", text)
    assert json.loads((tmp_path / ".first_descent.json").read_text())["files"]


def test_configuration_names_only_plugins_and_each_is_there() -> None:
    named = re.findall(r"autograder\.[\w.]+", CONFIGURATION)
    assert len(named) == 6
    for name in named:
        module, _, plugin = name.rpartition(".")
        assert module == "autograder.nbgrader.plugins"
        assert plugin in plugins.__all__
        assert import_item(name) is getattr(plugins, plugin)


@pytest.mark.parametrize(
    ("module", "names"),
    [
        ("canvas", ["CanvasExport"]),
        ("collecting", ["CollectFiles"]),
        ("preprocessors", ["GradeInSandbox", "SaveScores"]),
        ("submitted", ["SubmittedNotebooks", "expect_notebook"]),
    ],
)
def test_plugins_keep_the_names_of_earlier_configurations(module: str, names: list[str]) -> None:
    for name in names:
        assert import_item(f"autograder.nbgrader.{module}.{name}") is getattr(plugins, name)


def test_release_command_takes_numbers_and_says_what_comes_next(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["release", str(tmp_path / "ml"), "--lesson", "3"])
    assert done.exit_code == 0
    assert "nbgrader generate_assignment 3_learning_rate" in done.output
    assert [path.name for path in (tmp_path / "ml" / "source").iterdir()] == ["3_learning_rate"]


def test_release_command_refuses_in_one_sentence(tmp_path: Path) -> None:
    unknown = CliRunner().invoke(main, ["release", str(tmp_path), "--lesson", "9"])
    assert unknown.exit_code == 2
    assert "There is no lesson '9'" in unknown.output
    (tmp_path / "nbgrader_config.py").write_text("mine")
    taken = CliRunner().invoke(main, ["release", str(tmp_path), "--lesson", "1"])
    assert taken.exit_code == 2
    assert "nothing was written" in taken.output


def test_check_of_a_release_looks_at_what_was_handed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stock nbgrader puts the released modules over the student's before it runs the notebook."""
    for step, text in (("autograded", "stub"), ("submitted", "solution")):
        folder = tmp_path / step / "ada" / FIRST.name / "course"
        folder.mkdir(parents=True)
        solved = (SOLUTIONS / "losses.py").read_text(encoding="utf-8")
        released = assignment_files(FIRST)[f"source/{FIRST.name}/course/losses.py"]
        (folder / "losses.py").write_text(solved if text == "solution" else released)
    monkeypatch.chdir(tmp_path / "autograded" / "ada" / FIRST.name)
    assert check("sigmoid").points == 0
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check("sigmoid").points == 2
    assert not (tmp_path / "submitted" / "ada" / FIRST.name / ".descent").exists()


def test_an_exam_is_said_in_the_notebook_and_stays_one(tmp_path: Path) -> None:
    second = lesson("2_gradient_descent")
    assert release(tmp_path, [FIRST], exam=True).exams == (FIRST.name,)
    folder = tmp_path / "source" / FIRST.name
    assert "checks say whether a function is written" in (folder / "exam.txt").read_text()
    said = json.loads((folder / f"{FIRST.name}.ipynb").read_text())["cells"][1]["source"]
    assert "**It is an exam.**" in said
    release(tmp_path, [FIRST, second])
    assert (folder / "exam.txt").exists()
    assert not (tmp_path / "source" / second.name / "exam.txt").exists()
    assert withheld_lessons(tmp_path) == [FIRST.name]


def test_feedback_of_an_exam_is_released_once(tmp_path: Path) -> None:
    course = str(tmp_path / "course")

    def descent(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["release", course, "--lesson", "1", *options])
        return done.exit_code, done.output

    status, said = descent("--feedback")
    assert (status, "is an exam" in said) == (2, True)
    status, said = descent("--exam")
    assert f"1_loss_functions is an exam: no feedback until descent release {course}" in said
    handed_out = (tmp_path / "course" / "source" / FIRST.name / f"{FIRST.name}.ipynb").read_bytes()
    status, said = descent("--feedback")
    assert (status, "The feedback of 1_loss_functions is released" in said) == (0, True)
    assert withheld_lessons(Path(course)) == []
    after = (tmp_path / "course" / "source" / FIRST.name / f"{FIRST.name}.ipynb").read_bytes()
    assert after == handed_out
    assert descent("--exam", "--feedback")[0] == 2
