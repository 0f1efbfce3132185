"""Written answers: each comes from its own student's files, and none is a zero that nobody saw."""

import copy
import html
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.exercises.manifest import exercises_of, lesson
from autograder.nbgrader.cells import UNANSWERED, grade_id, source_of
from autograder.nbgrader.released_notebook import released_notebook
from autograder.nbgrader.submitted_notebook import submitted_notebook
from autograder.submissions.handed_in import handed_in
from autograder.submissions.reading import Handed

LESSON = "1_loss_functions"
NOTEBOOK = f"{LESSON}.ipynb"
RELEASED = released_notebook(lesson(LESSON))
ANSWER = "I would weigh the term of the sick patients more heavily."
SOLUTION = Path(__file__).parents[2] / "solutions" / "losses.py"
Notebook = dict[str, Any]


def answer_of(notebook: Notebook) -> Notebook:
    """The cell of the answer."""
    (found,) = [cell for cell in notebook["cells"] if grade_id(cell) == "reflection_1"]
    return found


def answered(text: str = ANSWER) -> Notebook:
    """The released notebook with an answer."""
    notebook = copy.deepcopy(RELEASED)
    answer_of(notebook)["source"] = text
    return notebook


def as_bytes(notebook: Notebook) -> bytes:
    return json.dumps(notebook).encode()


def of_format_3() -> Notebook:
    cells = []
    for cell in answered()["cells"]:
        code = cell["cell_type"] == "code"
        cells.append({**cell, ("input" if code else "source"): cell["source"]})
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


def without_ids() -> Notebook:
    """As it comes back from a program that keeps neither ids nor metadata."""
    notebook = answered()
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id")
    return notebook


def below() -> Notebook:
    notebook = copy.deepcopy(RELEASED)
    place = notebook["cells"].index(answer_of(notebook)) + 1
    notebook["cells"].insert(place, {"cell_type": "markdown", "metadata": {}, "source": ANSWER})
    return notebook


def merged() -> Notebook:
    """As *Merge Cell Above* leaves it: the question's cell holds the answer as well."""
    notebook = copy.deepcopy(RELEASED)
    place = notebook["cells"].index(answer_of(notebook))
    question = notebook["cells"][place - 1]
    question["source"] = f"{source_of(question)}\n\n{ANSWER}"
    del notebook["cells"][place]
    return notebook


UNTOUCHED = as_bytes(RELEASED)
SEEN = {  # files, and what the notice says
    "format 3": ({NOTEBOOK: as_bytes(of_format_3())}, "holds no notebook of format 4"),
    "over 32 MiB": ({NOTEBOOK: as_bytes(answered()) + b" " * (33 << 20)}, "larger than 32 MiB"),
    "damaged": ({NOTEBOOK: as_bytes(answered())[:-9]}, "is not JSON"),
    "none": ({}, "There is no notebook of this lesson"),
    "ids and metadata lost": ({NOTEBOOK: as_bytes(without_ids())}, "cell was put back"),
    "merged into the question": ({NOTEBOOK: as_bytes(merged())}, "cell was put back"),
    "in a cell below": ({NOTEBOOK: as_bytes(below())}, "another cell of text is the student's own"),
    "in a duplicate": (
        {NOTEBOOK: UNTOUCHED, f"{LESSON}-Copy1.ipynb": as_bytes(answered())},
        f"The answer is in '{LESSON}-Copy1.ipynb'",
    ),
    "damaged, with a duplicate": (
        {NOTEBOOK: UNTOUCHED[:-9], f"{LESSON}-Copy1.ipynb": as_bytes(answered())},
        f"is not JSON. The notebook was handed in as '{LESSON}-Copy1.ipynb'.",
    ),
}
READ = {  # files in which the answer is found
    "UTF-16": {NOTEBOOK: as_bytes(answered()).decode().encode("utf-16")},
    "UTF-8 with a mark": {NOTEBOOK: b"\xef\xbb\xbf" + as_bytes(answered())},
    "a second ending": {f"{NOTEBOOK}.json": as_bytes(answered())},
    "renamed": {"homework.ipynb": as_bytes(answered())},
    "in a folder": {f"lessons/{NOTEBOOK}": as_bytes(answered())},
    "duplicate": {NOTEBOOK: UNTOUCHED, f"{LESSON}-Copy1.ipynb": as_bytes(answered())},
}


def hand_in(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in {**files, "course/losses.py": SOLUTION.read_bytes()}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, "course/losses.py": SOLUTION.read_bytes()}.items():
            archive.writestr(name, content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed.getvalue())
    return path


Hand = Callable[[Path, dict[str, bytes]], Path]
WAYS: dict[str, Hand] = {
    "folder": hand_in,
    "zip file": lambda path, files: zipped(path.with_suffix(".zip"), files),
    "zip file in a folder": lambda path, files: zipped(path / "work.zip", files).parent,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("files", READ.values(), ids=READ)
def test_an_answer_is_read_wherever_it_is(
    files: dict[str, bytes], way: Hand, tmp_path: Path
) -> None:
    found = submitted_notebook(Handed("ada", way(tmp_path / "ada", files)), LESSON, RELEASED)
    assert answer_of(found.notebook)["source"] == ANSWER


@pytest.mark.parametrize(("files", "says"), SEEN.values(), ids=SEEN)
def test_a_person_looks_wherever_the_cell_does_not_tell(
    files: dict[str, bytes], says: str, tmp_path: Path
) -> None:
    folder = hand_in(tmp_path / "ada", files)
    found = submitted_notebook(Handed("ada", folder), LESSON, RELEASED)
    assert says in found.doubt
    assert found.doubt in html.unescape(found.notebook["cells"][0]["source"])


def test_nobody_looks_where_nothing_was_written(tmp_path: Path) -> None:
    notebook = copy.deepcopy(RELEASED)
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "1 + 1"})
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": UNANSWERED})
    folder = hand_in(tmp_path / "ada", {NOTEBOOK: as_bytes(notebook)})
    found = submitted_notebook(Handed("ada", folder), LESSON, RELEASED)
    assert (found.answered, found.doubt, found.notices) == (False, "", [])


def test_a_notebook_comes_only_from_the_students_own_files(tmp_path: Path) -> None:
    """As Canvas puts the files of all into one folder."""
    solution = SOLUTION.read_bytes()
    files = {
        "doeann_101_9001_losses.py": solution,
        f"doeann_101_9002_{NOTEBOOK}": as_bytes(answered("Ann's answer.")),
        "roebob_102_9003_losses.py": solution,
        "zulucy_103_9005_losses.py": solution,
        f"zulucy_103_9006_{NOTEBOOK}": as_bytes(answered("Lucy's answer.")),
        "ngben_104_9007_losses.py": solution,
        "ngben_104_9008_losses.py": solution,
        "timestamp.txt": b"2026-03-01 10:00:00 UTC",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    found = {
        each.student: submitted_notebook(each, LESSON, RELEASED)
        for each in handed_in(tmp_path, LESSON)
    }
    answers = {name: answer_of(made.notebook)["source"] for name, made in found.items()}
    assert answers == {
        "doeann": "Ann's answer.",
        "ngben": UNANSWERED,
        "roebob": UNANSWERED,
        "zulucy": "Lucy's answer.",
    }
    assert "There is no notebook of this lesson." in found["roebob"].doubt
    assert "There are two submissions" in found["ngben"].doubt


@pytest.fixture(
    scope="module", params=["ours", pytest.param("theirs", marks=pytest.mark.exhaustive)]
)
def road(
    request: pytest.FixtureRequest, classroom: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[Any, Any]]:
    """A road and its gradebook, in which each of those above is a student."""
    room = classroom.copied_to(tmp_path_factory.mktemp(request.param))
    for other in (room.course / "submitted").iterdir():
        other.rename(room.root / other.name)
    for number, (files, _) in enumerate(SEEN.values()):
        hand_in(room.course / "submitted" / f"s{number}" / LESSON, files)
    hand_in(room.course / "submitted" / "bea" / LESSON, {NOTEBOOK: UNTOUCHED})
    if request.param == "ours":
        room.grade()
    else:
        room.run("nbgrader", "autograde", LESSON)
    return request.param, room.grades()


@pytest.mark.parametrize("number", range(len(SEEN)), ids=SEEN)
def test_both_roads_wait_for_a_person(road: tuple[str, dict[Any, Any]], number: int) -> None:
    which, grades = road
    if which == "theirs" and list(SEEN)[number] == "none":
        return  # nbgrader passes over what has no notebook, and says so
    row = grades[f"s{number}", "reflection_1"]
    assert row["auto_score"] is None
    assert row["needs_manual_grade"] == 1
    assert row["auto_comment"] is None
    assert grades[f"s{number}", "check_softmax"]["auto_score"] == 3


def test_both_roads_give_nothing_for_nothing(road: tuple[str, dict[Any, Any]]) -> None:
    _, grades = road
    row = grades["bea", "reflection_1"]
    assert (row["auto_score"], row["needs_manual_grade"]) == (0, 0)
    assert row["auto_comment"] == "No response."


def test_canvas_to_canvas(classroom: Any, tmp_path: Path) -> None:
    """Loose files of a download go into the gradebook, and from there into Canvas's own file."""
    room = classroom.copied_to(tmp_path / "room")
    folder = tmp_path / "downloaded"
    folder.mkdir()
    solution = SOLUTION.read_bytes()
    for name, content in {
        "doeann_101_9001_losses.py": solution,
        f"doeann_101_9002_{NOTEBOOK}": as_bytes(answered("Ann's answer.")),
        "roebob_LATE_102_9003_losses.py": solution,
        "timestamp.txt": b"2026-03-01 10:00:00 UTC",
        "submission_secret.txt": b"of somebody",
    }.items():
        (folder / name).write_bytes(content)
    database = str(room.course / "gradebook.db")
    command = ["grade", str(folder), "--assignment", LESSON, "--gradebook", database]
    done = CliRunner().invoke(main, command, env=room.environment)
    assert done.exit_code == 0, done.output
    assert "    roebob: Handed in late, says the platform." in done.stderr
    doubts = done.stderr.partition("Look for these answers in the formgrader:\n")[2]
    assert doubts.startswith("    roebob: There is no notebook of this lesson.")
    assert "doeann" not in doubts
    text = json.dumps(room.autograded("roebob"))
    assert "Ann's answer." in json.dumps(room.autograded("doeann"))
    assert "Ann's answer." not in text
    secret = room.course / "autograded" / "roebob" / LESSON / "submission_secret.txt"
    assert secret.read_bytes() != b"of somebody"
    assert room.grades()["roebob", "check_softmax"]["timestamp"] is None

    exported = tmp_path / "exported.csv"
    exported.write_text(
        f"Student,ID,SIS User ID,SIS Login ID,Section,{LESSON} (8812)\n"
        "    Points Possible,,,,,20.00\n"
        '"Doe, Ann",101,,ann@example.org,Monday,\n"Roe, Bob",102,,bob@example.org,Monday,\n',
        encoding="utf-8",
    )
    command = ["export", database, "--format", "canvas", "--roster", str(exported)]
    done = CliRunner().invoke(main, [*command, "--out", str(tmp_path / "filled.csv")])
    assert done.exit_code == 0, done.output
    rows = (tmp_path / "filled.csv").read_text(encoding="utf-8").splitlines()[2:]
    scores = {row.split(",")[2]: float(row.split(",")[-1]) for row in rows}
    whole = sum(each.points for each in exercises_of(LESSON))
    assert scores == {"101": whole, "102": whole}


@pytest.mark.exhaustive
def test_an_answer_that_somebody_graded_is_not_named_again(classroom: Any, tmp_path: Path) -> None:
    room = classroom.copied_to(tmp_path / "room")
    assert "    ivy: The notebook is damaged" in room.grade().stderr
    row = room.grades()["ivy", "reflection_1"]
    query = "update grade set manual_score = 1, needs_manual_grade = 0 where id = ?"
    room.change(query, row["id"])
    said = room.grade().stderr
    assert "ivy" not in said
    assert "    fay: " in said
    assert room.grades()["ivy", "reflection_1"]["needs_manual_grade"] == 0
