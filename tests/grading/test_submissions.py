"""Folders as they come: every shape of a submission is read, or refused with a sentence."""

import os
import zipfile
from pathlib import Path

import pytest

from autograder.submissions import (
    MOST_BYTES,
    MOST_FILES,
    Handed,
    Unreadable,
    handed_in,
    read_submission,
)

CODE = b"def distance(prediction, target):\n    return abs(prediction - target)\n"


def hand_in(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        where = folder / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(content)
    return folder


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read_submission(Handed("ada", path))
    return str(refused.value)


def test_handed_in_finds_plain_folders_nbgrader_folders_and_zip_files(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada", {"course/welcome.py": CODE})
    hand_in(tmp_path / "bob" / "0_welcome", {"course/welcome.py": CODE})
    zipped(tmp_path / "cleo.zip", {"course/welcome.py": CODE})
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "notes.txt").write_text("not a submission")
    found = handed_in(tmp_path, "0_welcome")
    assert [each.student for each in found] == ["ada", "bob", "cleo"]
    for each in found:
        assert read_submission(each).files == {"course/welcome.py": CODE}


def test_read_submission_takes_python_files_alone(tmp_path: Path) -> None:
    files = {
        "course/welcome.py": CODE,
        "course/inner/more.py": b"x = 1\n",
        "course/data.csv": b"1,2\n",
        "course/__pycache__/welcome.cpython-311.pyc": b"\0",
        "numpy.py": b"raise SystemExit\n",
        "lessons/0_welcome.ipynb": b"{}",
    }
    read = read_submission(Handed("ada", hand_in(tmp_path, files)))
    assert sorted(read.files) == ["course/inner/more.py", "course/welcome.py"]


@pytest.mark.parametrize("prefix", ["", "ada/", "ada/final/"], ids=["none", "one", "two"])
def test_read_submission_finds_course_inside_a_zip(tmp_path: Path, prefix: str) -> None:
    files = {f"{prefix}course/welcome.py": CODE, "__MACOSX/course/._welcome.py": b"\0"}
    read = read_submission(Handed("ada", zipped(tmp_path / "ada.zip", files)))
    assert read.files == {"course/welcome.py": CODE}


def test_read_submission_refuses_what_is_not_there(tmp_path: Path) -> None:
    assert "There is no folder course/" in refusal(tmp_path)
    assert "There is no folder course/" in refusal(zipped(tmp_path / "a.zip", {"x.py": CODE}))
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 but no more")
    assert "damaged" in refusal(tmp_path / "b.zip")


def test_read_submission_refuses_links(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "ada", {"course/losses.py": CODE})
    (folder / "course" / "welcome.py").symlink_to("/etc/passwd")
    assert "is a link" in refusal(folder)
    outside = hand_in(tmp_path / "elsewhere", {"welcome.py": CODE})
    linked = tmp_path / "bob"
    linked.mkdir()
    (linked / "course").symlink_to(outside)
    assert "is a link" in refusal(linked)


def test_read_submission_refuses_links_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "ada.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("course/welcome.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in refusal(path)


@pytest.mark.parametrize(
    "name", ["../course/x.py", "/course/x.py", "course/../../x.py", "a\\course/x.py"]
)
def test_read_submission_refuses_names_that_lead_out_of_a_zip(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "ada.zip", {"course/welcome.py": CODE, name: b"x = 1\n"})
    assert "leads out of the archive" in refusal(path)


def test_read_submission_refuses_a_zip_bomb(tmp_path: Path) -> None:
    path = zipped(tmp_path / "ada.zip", {"course/welcome.py": bytes(200 * MOST_BYTES // 8)})
    assert path.stat().st_size < MOST_BYTES
    assert "more than 8 MiB" in refusal(path)


def test_read_submission_refuses_too_much(tmp_path: Path) -> None:
    many = {f"course/m{number}.py": b"" for number in range(MOST_FILES + 1)}
    assert f"more than {MOST_FILES} Python files" in refusal(hand_in(tmp_path / "many", many))
    large = hand_in(tmp_path / "large", {"course/welcome.py": CODE})
    with (large / "course" / "big.py").open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no room
    assert "larger than 8 MiB" in refusal(large)
    deep = "course/" + "/".join("d" * 9) + "/welcome.py"
    assert "folders deep" in refusal(hand_in(tmp_path / "deep", {deep: CODE}))


def test_read_submission_refuses_what_is_no_file(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "ada", {"course/losses.py": CODE})
    os.mkfifo(folder / "course" / "welcome.py")
    assert "is not an ordinary file" in refusal(folder)


def test_read_submission_refuses_names_that_are_no_text(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "ada", {"course/losses.py": CODE})
    name = os.fsencode(folder / "course") + b"/caf\xe9.py"
    with open(name, "wb") as file:
        file.write(CODE)
    assert "is not UTF-8 text" in refusal(folder)
