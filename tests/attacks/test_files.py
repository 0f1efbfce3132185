"""Attacks by files that git cannot hold: links, devices, sparse files, names, archives.

All of them are in one folder of submissions, which is graded once, by the command: each gets its
own result, and the honest submission among them gets its marks.
"""

import json
import os
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import solutions
from autograder.exercises.manifest import LESSONS

RIGHT = Path(solutions.__file__).with_name("losses.py").read_bytes()
WRONG = b"def softmax(logits):\n    return None\n"
LESSON = next(lesson.name for lesson in LESSONS if lesson.module == "losses")
MAX_SCORE = 28.0
DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]

Builder = Callable[[Path, Path], None]
BUILDERS: dict[str, tuple[Builder, Any]] = {}


def attack(name: str, expected: str | float) -> Callable[[Builder], Builder]:
    """Declare what builds one submission, and its score or the reason that there is none."""

    def declare(builder: Builder) -> Builder:
        BUILDERS[name] = (builder, expected)
        return builder

    return declare


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(folder: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> None:
    """A zip file instead of the folder."""
    path = folder.with_name(folder.name + ".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)


# -- links ------------------------------------------------------------------------------------


@attack("module-is-a-link", "is a link")
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "welcome.py", WRONG)
    (folder / "course" / "losses.py").symlink_to(right)


@attack("module-is-a-broken-link", "is a link")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "losses.py").symlink_to("/nowhere/at/all")


@attack("module-links-to-itself", "is a link")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "losses.py").symlink_to("losses.py")


@attack("module-links-to-users", "is a link")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "losses.py").symlink_to("/etc/passwd")


@attack("folder-inside-is-a-link", "is a link")
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", WRONG)
    (folder / "course" / "more").symlink_to(right.parent, target_is_directory=True)


@attack("folder-links-above-itself", "is a link")
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", WRONG)
    (folder / "course" / "again").symlink_to("..", target_is_directory=True)


@attack("course-is-a-link", "is a link")
def _(folder: Path, right: Path) -> None:
    folder.mkdir()
    (folder / "course").symlink_to(right.parent, target_is_directory=True)


@attack("student-is-a-link-to-another", "is a link")
def _(folder: Path, right: Path) -> None:
    folder.symlink_to("honest", target_is_directory=True)


@attack("assignment-is-a-link-to-another", "is a link")
def _(folder: Path, right: Path) -> None:
    folder.mkdir()
    (folder / LESSON).symlink_to("../honest", target_is_directory=True)


@attack("zip-file-is-a-link-to-another", "is a link")
def _(folder: Path, right: Path) -> None:
    folder.with_name(folder.name + ".zip").symlink_to("honest-in-a-zip.zip")


@attack("module-is-a-hard-link", "another name")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    (folder / "course" / "losses.py").hardlink_to(right)


# -- what is not a file -----------------------------------------------------------------------


@attack("module-is-a-pipe", "is not an ordinary file")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    os.mkfifo(folder / "course" / "losses.py")


@attack("module-is-a-socket", "cannot be opened")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(folder / "course")  # a socket's path may be 107 bytes long
        listener.bind("losses.py")
        os.chdir(here)


@attack("module-is-a-device", "is not an ordinary file")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    try:
        os.mknod(folder / "course" / "losses.py", 0o20666, os.makedev(1, 5))
    except PermissionError:  # only root may: a pipe is refused in the same way
        os.mkfifo(folder / "course" / "losses.py")


@attack("module-is-a-folder", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py" / "losses.py", RIGHT)


@attack("course-is-a-file", "There is no folder course/")
def _(folder: Path, right: Path) -> None:
    put(folder / "course", RIGHT)


@attack("course-is-a-pipe", "There is no folder course/")
def _(folder: Path, right: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "course")


@attack("nothing-at-all", "Nothing was handed in")
def _(folder: Path, right: Path) -> None:
    folder.mkdir()


# -- too much ---------------------------------------------------------------------------------


@attack("module-of-a-gigabyte", "larger than 8 MiB")
def _(folder: Path, right: Path) -> None:
    with put(folder / "course" / "losses.py", b"").open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no room


@attack("many-large-modules", "more than 8 MiB")
def _(folder: Path, right: Path) -> None:
    for number in range(4):
        put(folder / "course" / f"m{number}.py", b"#" * (3 << 20))


@attack("ten-thousand-files", "more than 10,000 files")
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", RIGHT)
    for number in range(10_000):
        os.close(os.open(folder / "course" / f"{number}.txt", os.O_CREAT | os.O_WRONLY))


@attack("a-thousand-modules", "more than 200 Python files")
def _(folder: Path, right: Path) -> None:
    for number in range(1000):
        put(folder / "course" / f"m{number}.py", b"")


@attack("deep-folders", "folders deep")
def _(folder: Path, right: Path) -> None:
    put(folder.joinpath("course", *["d"] * 60) / "losses.py", RIGHT)


@attack("modules-in-many-folders", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", RIGHT)
    for number in range(180):  # more folders than the learner's side has room for
        put(folder / "course" / f"f{number}" / "a" / "b" / "c" / "m.py", b"")


@attack("large-but-honest", MAX_SCORE)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", RIGHT + b"\n# " + b"x" * (7 << 20) + b"\n")


# -- encodings and other contents -------------------------------------------------------------


@attack("latin-1-without-saying-so", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", b'name = "caf\xe9"\n' + RIGHT)


@attack("utf-16", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", RIGHT.decode().encode("utf-16"))


@attack("null-bytes", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", RIGHT.replace(b"import", b"imp\0ort", 1))


@attack("unknown-encoding", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", b"# -*- coding: rot13 -*-\n" + RIGHT)


@attack("a-program-by-name-only", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", b"\x7fELF\x02\x01\x01" + bytes(200))


@attack("only-bytecode", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "__pycache__" / "losses.cpython-311.pyc", b"\xa7\r\r\n" + bytes(12))
    put(folder / "course" / "losses.pyc", b"\xa7\r\r\n" + bytes(12))


@attack("compiled-module", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.so", b"\x7fELF" + bytes(200))


@attack("marked-utf-8", MAX_SCORE)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", b"\xef\xbb\xbf" + RIGHT)


@attack("carriage-returns", MAX_SCORE)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", RIGHT.replace(b"\n", b"\r\n"))


# -- names ------------------------------------------------------------------------------------


@attack("a=HYPERLINK(0)", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder.with_name("=HYPERLINK(0)") / "course" / "losses.py", WRONG)
    put(folder / "course" / "losses.py", WRONG)


@attack("<script>alert(1)<", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", WRONG)


@attack("two\nlines", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", WRONG)


@attack("\x1b[31mred\x07", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", WRONG)


@attack("'; drop table results; --", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", WRONG)


@attack("n" * 250, 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "losses.py", WRONG)


@attack("not-text-\\xe9", 0.0)
def _(folder: Path, right: Path) -> None:
    here = Path(os.fsdecode(os.fsencode(folder.parent) + b"/not-text-\xe9"))
    put(here / "course" / "losses.py", WRONG)


@attack("module-name-that-is-not-text", "is not UTF-8 text")
def _(folder: Path, right: Path) -> None:
    (folder / "course").mkdir(parents=True)
    put(Path(os.fsdecode(os.fsencode(folder / "course") + b"/caf\xe9.py")), WRONG)


@attack("module-name-with-control-characters", 0.0)
def _(folder: Path, right: Path) -> None:
    put(folder / "course" / "\x1b[31m\n.py", b"raise SystemExit")
    put(folder / "course" / "losses.py", WRONG)


# -- archives ---------------------------------------------------------------------------------


@attack("zip-bomb", "larger than 8 MiB")
def _(folder: Path, right: Path) -> None:
    zipped(folder, ("course/losses.py", bytes(100 << 20)))


@attack("zip-with-a-link", "is a link")
def _(folder: Path, right: Path) -> None:
    link = zipfile.ZipInfo("course/losses.py")
    link.external_attr = 0o120777 << 16
    zipped(folder, (link, os.fsencode(right)))


@attack("zip-that-leads-out", "leads out of the zip file")
def _(folder: Path, right: Path) -> None:
    zipped(folder, ("course/losses.py", WRONG), ("../honest/course/losses.py", WRONG))


@attack("zip-with-absolute-names", "leads out of the zip file")
def _(folder: Path, right: Path) -> None:
    zipped(folder, ("course/losses.py", WRONG), ("/etc/first-descent-attack.py", WRONG))


@attack("zip-with-a-name-that-no-disk-takes", "is too long")
def _(folder: Path, right: Path) -> None:
    zipped(folder, ("course/losses.py", RIGHT), (f"course/{'n' * 300}.py", b""))


@attack("zip-cut-off", "damaged")
def _(folder: Path, right: Path) -> None:
    zipped(folder, ("course/losses.py", RIGHT))
    path = folder.with_name(folder.name + ".zip")
    path.write_bytes(path.read_bytes()[:-30])


@attack("zip-of-noise", "damaged")
def _(folder: Path, right: Path) -> None:
    put(folder.with_name(folder.name + ".zip"), b"PK\x03\x04" + bytes(range(256)) * 40)


@attack("zip-inside-a-zip", "damaged")
def _(folder: Path, right: Path) -> None:
    zipped(folder, ("inner.zip", b"PK\x03\x04"))


@attack("zip-of-many-entries", "more than 10,000 files")
def _(folder: Path, right: Path) -> None:
    zipped(folder, *((f"course/{number}.txt", b"") for number in range(10_001)))


@attack("archive-inside-the-folder", MAX_SCORE)  # it is theirs, and right
def _(folder: Path, right: Path) -> None:
    folder.mkdir()
    zipped(folder / "course", ("losses.py", RIGHT))


# -- the batch --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory, sandbox: object
) -> tuple[dict[str, dict[str, Any]], Path]:
    """Every submission of this file graded in one batch: results by student, and the folder."""
    place = tmp_path_factory.mktemp("class")
    folder = place / "submissions"
    right = put(place / "right" / "losses.py", RIGHT)
    put(folder / "honest" / "course" / "losses.py", RIGHT)
    zipped(folder / "honest-in-a-zip", ("course/losses.py", RIGHT))
    for name, (build, _) in BUILDERS.items():
        build(folder / name, right)
    out = place / "results.json"
    command = [*DESCENT, "grade", str(folder), "--assignment", LESSON, "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    document = json.loads(out.read_text(encoding="utf-8"))
    table = subprocess.run(
        [*command[:-1], str(place / "results.csv")], capture_output=True, text=True, timeout=300
    )
    assert table.returncode == 0, table.stderr
    return {result["student"]: result for result in document["submissions"]}, place


@pytest.mark.parametrize("name", BUILDERS)
def test_hostile_files_get_their_own_result(
    name: str, graded: tuple[dict[str, dict[str, Any]], Path]
) -> None:
    result, expected = graded[0][name], BUILDERS[name][1]
    if isinstance(expected, float):
        assert (result["status"], result["score"], result["reason"]) == ("graded", expected, None)
    else:
        assert (result["status"], result["score"]) == ("unreadable", None)
        assert expected in result["reason"]
        assert result["reason"].isprintable()


def test_hostile_files_harm_nobody_else(graded: tuple[dict[str, dict[str, Any]], Path]) -> None:
    results, place = graded
    assert results["honest"]["score"] == results["honest-in-a-zip"]["score"] == MAX_SCORE
    assert (place / "right" / "losses.py").read_bytes() == RIGHT
    assert (place / "submissions" / "honest" / "course" / "losses.py").read_bytes() == RIGHT
    assert not Path("/etc/first-descent-attack.py").exists()


def test_names_of_students_cannot_act_in_a_spreadsheet(
    graded: tuple[dict[str, dict[str, Any]], Path],
) -> None:
    table = (graded[1] / "results.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK(0)" in table
    for row in table.splitlines():
        assert not re.match(r"^\"?[=+@]", row), row
