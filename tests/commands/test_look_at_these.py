"""What grading ends with: whom to look at, in the terminal, the result file and the report."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.main import main
from autograder.maintain.make import solution_text, stub

RIGHT = solution_text("losses")
STUB = stub(RIGHT, "losses")
LESSON = "1_loss_functions"
ALIKE = "This file may be meant: 'course/losses (1).py'. Only course/losses.py is graded."


def hand_in(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def descent(*arguments: object, status: int = 0) -> Result:
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code == status, done.output
    return done


@pytest.fixture(scope="module")
def graded(
    sandbox: object, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, dict[str, object]]:
    """A class, what grading it said, and its results."""
    root = tmp_path_factory.mktemp("class")
    folder = hand_in(
        root / "submissions",
        {
            "ada/course/losses.py": RIGHT,
            "ben/course/losses.py": STUB,
            "cleo/course/losses (1).py": RIGHT,
            "dora/course/losses.py": "import torch\n" + RIGHT,
            "emil/course/losses.py": "import torch\n" + RIGHT,
            "notes.txt": "mine",
        },
    )
    done = descent("grade", folder, "--assignment", 1, "--out", root / "results.json")
    return root, done.stderr, json.loads((root / "results.json").read_text(encoding="utf-8"))


def test_grading_ends_with_whom_to_look_at(graded: tuple[Path, str, object]) -> None:
    _, said, _ = graded
    lines = said.splitlines()
    start = lines.index("Look at these:")
    torch = "course/losses.py cannot be imported: ModuleNotFoundError: No module named 'torch'."
    assert lines[start + 1 : start + 5] == [
        f"    cleo: {ALIKE}",
        f"    dora: {torch}",
        f"    emil: {torch}",
        "    ben: 0 points: nothing that is asked for is written.",
    ]


def test_the_result_file_says_whom_to_look_at(graded: tuple[Path, str, dict[str, object]]) -> None:
    _, _, results = graded
    assert results["passed_over"] == ["notes.txt"]
    submissions = results["submissions"]
    assert isinstance(submissions, list)
    look = {one["student"]: one.get("look") for one in submissions}
    assert look["ada"] is None
    assert look["cleo"] == [ALIKE]
    imports = {one["student"]: one.get("not_imported") for one in submissions}
    assert imports["cleo"] is None
    assert imports["dora"] == {"losses": "ModuleNotFoundError: No module named 'torch'"}


def test_the_report_shows_whom_to_look_at(graded: tuple[Path, str, object]) -> None:
    root, *_ = graded
    descent("report", root / "results.json", "--out", root / "report.html")
    page = (root / "report.html").read_text(encoding="utf-8")
    assert '<h2 id="look">Look at these</h2>' in page
    assert "2 modules cannot be imported" in page
    assert "notes.txt" in page
    descent("report", root / "results.json", "--out", root / "hidden.html", "--anonymous")
    hidden = (root / "hidden.html").read_text(encoding="utf-8")
    assert "2 modules cannot be imported" in hidden
    assert not any(text in hidden for text in ("Look at these", "notes.txt", "torch", "cleo"))


def test_a_look_alike_that_comes_later_is_seen(graded: tuple[Path, str, object]) -> None:
    root, *_ = graded
    hand_in(root / "submissions", {"ben/course/losses.py.txt": RIGHT})
    done = descent("grade", root / "submissions", "--assignment", 1, "--out", root / "b.json")
    assert "    ben: This file may be meant: 'course/losses.py.txt'." in done.stderr


def test_grade_takes_single_students(graded: tuple[Path, str, object]) -> None:
    root, *_ = graded
    out = root / "some.csv"
    command = ("grade", root / "submissions", "--assignment", 1, "--out", out)
    descent(*command, "--student", "ada", "--student", "cleo")
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("\ufeffstudent,")  # without the mark Excel garbles names
    assert [line.partition(",")[0] for line in lines[1:]] == ["ada", "cleo"]
    refused = descent(*command, "--student", "adda", status=2)
    assert "There is no submission of 'adda'" in refused.stderr
    assert "'ada' is the nearest" in refused.stderr


def test_grade_refuses_the_folder_of_one_student(tmp_path: Path) -> None:
    ada = hand_in(tmp_path / "submitted" / "ada", {f"{LESSON}/course/losses.py": RIGHT})
    refused = descent("grade", ada, "--assignment", 1, status=2)
    assert f"{ada} holds {LESSON}/ as one student's folder does" in refused.stderr
    assert f"name {ada.parent}, and add --student ada" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["submitted"]


def test_report_counts_nobody_twice(graded: tuple[Path, str, object]) -> None:
    root, *_ = graded
    path = root / "results.json"
    refused = descent("report", path, path, "--out", root / "twice.html", status=2)
    assert f"ada is both in {path} and in {path}" in refused.stderr
    assert not (root / "twice.html").exists()
