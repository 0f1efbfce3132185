"""What grading ends with: whom to look at, in the terminal, the result file and the report."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.main import main
from autograder.grading.result_file import submissions_of
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


def test_a_look_alike_that_comes_later_is_seen(
    graded: tuple[Path, str, object], tmp_path: Path
) -> None:
    root = Path(shutil.copytree(graded[0], tmp_path / "class"))
    hand_in(root / "submissions", {"ben/course/losses.py.txt": RIGHT})
    done = descent("grade", root / "submissions", "--assignment", 1, "--out", root / "b.json")
    assert "    ben: This file may be meant: 'course/losses.py.txt'." in done.stderr


def test_single_students_are_graded_into_the_same_result(sandbox: object, tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "in", {"ada/course/losses.py": STUB, "ben/course/losses.py": STUB})
    out = tmp_path / "results.json"
    command = ("grade", folder, "--assignment", 1, "--out", out)
    only_ada = descent(*command, "--student", "ada")
    assert [one.student for one in submissions_of(out)] == ["ada"]  # of ben there is none yet
    assert "1 submission graded" in only_ada.stderr
    descent(*command)
    hand_in(folder, {"ada/course/losses.py": RIGHT, "ben/course/losses.py": RIGHT})
    descent(*command, "--student", "ada")
    scores = {one.student: one.score for one in submissions_of(out)}
    assert scores == {"ada": 28.0, "ben": 0.0}  # ben's as it was graded before
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


def test_people_of_the_roster_are_named_and_hidden_where_asked(
    sandbox: object, tmp_path: Path
) -> None:
    files = {"al/course/losses.py": STUB, "x/course/losses.py": STUB, "bn/notes.txt": "no course"}
    folder = hand_in(tmp_path / "in", files)
    roster, out = tmp_path / "roster.csv", tmp_path / "results.json"
    roster.write_text("id,name\nal,Ada Lovelace\nbn,Ben Ng\nzr,Zoe Ray\n", encoding="utf-8")
    said = descent("grade", folder, "--assignment", 1, "--roster", roster, "--out", out).stderr
    assert "nothing was handed in by Zoe Ray (zr)." in said
    assert "    Ben Ng (bn): There is no folder course/" in said
    assert "    Ada Lovelace (al): 0 points" in said
    assert "    x: Not found in the roster" in said
    page = tmp_path / "report.html"
    descent("report", out, "--out", page)
    text = page.read_text(encoding="utf-8")
    assert all(name in text for name in ("Ada Lovelace", "Ben Ng", "Zoe Ray"))
    descent("report", out, "--out", page, "--anonymous")
    text = page.read_text(encoding="utf-8")
    assert not any(name in text for name in ("Lovelace", "Ben Ng", "Zoe", "zr"))
