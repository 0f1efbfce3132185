"""Folders as they come: every shape of a submission is read, or refused with a sentence."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest

from autograder.commands.grade_input import of_platform
from autograder.submissions.file_trees import MAX_BYTES, MAX_ENTRIES, Unreadable
from autograder.submissions.handed_in import (
    NOTHING,
    handed_in,
    is_submission,
    lesson_of_one_student,
    passed_over,
)
from autograder.submissions.reading import MAX_FILES, Handed, read_submission
from autograder.submissions.timestamp import timestamp_in

CODE = b"def distance(prediction, target):\n    return abs(prediction - target)\n"
MODULE = {"course/welcome.py": CODE}


def hand_in(folder: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        where = folder / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_bytes(content)
    return folder


def zip_bytes(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zip_bytes(files))
    return path


def files_of(path: Path) -> dict[str, bytes]:
    return read_submission(Handed("ada", path)).files


def refusal(handed: Path | Handed) -> str:
    with pytest.raises(Unreadable) as refused:
        read_submission(handed if isinstance(handed, Handed) else Handed("ada", handed))
    return str(refused.value)


# -- a folder of submissions ----------------------------------------------------------------------


def test_handed_in_finds_plain_folders_nbgrader_folders_and_zip_files(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada", MODULE)
    hand_in(tmp_path / "bob" / "0_welcome", MODULE)
    zipped(tmp_path / "cleo.zip", MODULE)
    zipped(tmp_path / "dora.ZIP", MODULE)
    hand_in(tmp_path / "Jürgen von der Au", MODULE)
    hand_in(tmp_path, {".hidden/x": b"", "__MACOSX/._ada": b"", "notes.txt": b"", "mine.py": b""})
    found = handed_in(tmp_path, "0_welcome")
    assert [each.student for each in found] == ["Jürgen von der Au", "ada", "bob", "cleo", "dora"]
    for each in found:
        assert read_submission(each).files == MODULE
    assert passed_over(tmp_path) == ["mine.py", "notes.txt"]


def test_handed_in_takes_moodles_names_apart(tmp_path: Path) -> None:
    inner = zip_bytes(MODULE)
    hand_in(tmp_path / "Ada Lovelace_123_assignsubmission_file_", {"my course.zip": inner})
    hand_in(tmp_path / "Ben Ng_124_assignsubmission_file", MODULE)
    hand_in(tmp_path / "Ben Ng_124_assignsubmission_onlinetext_", {"onlinetext.html": b"hello"})
    hand_in(tmp_path, {"Cleo Vau_125_assignsubmission_file_welcome.py": CODE})
    hand_in(tmp_path, {"Dora Xu_126_assignsubmission_file_course.zip": inner})
    found = handed_in(tmp_path)
    assert [each.student for each in found] == ["Ada Lovelace", "Ben Ng", "Cleo Vau", "Dora Xu"]
    for each in found:
        assert read_submission(each).files == MODULE
    assert passed_over(tmp_path) == ["Ben Ng_124_assignsubmission_onlinetext_"]


def test_handed_in_takes_canvas_names_apart(tmp_path: Path) -> None:
    hand_in(tmp_path, {"lovelaceada_123_4567_course.zip": zip_bytes(MODULE)})
    hand_in(tmp_path, {"ngben_LATE_124_4568_welcome-2.py": CODE, "ngben_124_4569_note.txt": b"hi"})
    hand_in(tmp_path, {"vaucleo_125_4570_0_welcome.ipynb": b"{}"})
    ada, ben, cleo = handed_in(tmp_path)
    assert [submission.student for submission in (ada, ben, cleo)] == [
        "lovelaceada",
        "ngben",
        "vaucleo",
    ]
    assert read_submission(ada).files == read_submission(ben).files == MODULE
    assert "There is no folder course/ in the submission; it holds '0_welcome.ipynb'." in (
        refusal(cleo)
    )


def test_handed_in_takes_names_of_canvas_without_names_apart(tmp_path: Path) -> None:
    hand_in(tmp_path, {"anon_ab1cd_92_course.zip": zip_bytes(MODULE)})
    hand_in(tmp_path, {"anonymous_x9y8z_93_welcome.py": CODE})
    found = handed_in(tmp_path)
    assert [each.student for each in found] == ["anonymous_ab1cd", "anonymous_x9y8z"]
    for each in found:
        assert read_submission(each).files == MODULE


OTHER = {"course/welcome.py": b"old = 1\n"}


def test_handed_in_takes_the_last_attempt_of_blackboard(tmp_path: Path) -> None:
    start = "Loss functions_{}_attempt_2026-11-{}-18-01-00{}"
    files = {
        start.format("cvau", 19, "_course.zip"): zip_bytes(OTHER),
        start.format("cvau", 20, "_course.zip"): zip_bytes(MODULE),
        start.format("cvau", 20, ".txt"): b"Name: Cleo Vau",
        start.format("bng", 20, "_welcome.py"): CODE,
        start.format("bng", 20, "_notes.txt"): b"hello",
    }
    ben, cleo = handed_in(hand_in(tmp_path, files))
    assert (ben.student, cleo.student) == ("bng", "cvau")
    assert read_submission(ben).files == read_submission(cleo).files == MODULE
    (note,) = cleo.notes
    assert note.text.startswith("An earlier attempt was passed over: 'Loss functions_cvau_attempt_")
    assert passed_over(tmp_path) == [start.format("cvau", 20, ".txt")]


def test_handed_in_takes_the_last_attempt_of_brightspace(tmp_path: Path) -> None:
    name = "12347-67890 - Cleo Vau - {} November, 2026 {} PM"
    for day, time, files in ((20, 559, OTHER), (20, 601, MODULE), (9, 630, OTHER)):
        hand_in(tmp_path / name.format(day, time), files)
    zipped(tmp_path / "12346-67890 - Ben Ng - Nov 20, 2026 1201 AM" / "course.zip", MODULE)
    hand_in(tmp_path, {"index.html": b""})
    ben, cleo = handed_in(tmp_path)
    assert (ben.student, cleo.student) == ("Ben Ng", "Cleo Vau")
    assert read_submission(ben).files == read_submission(cleo).files == MODULE


def test_handed_in_takes_names_of_sakai_apart(tmp_path: Path) -> None:
    folder = tmp_path / "Lovelace, Ada(alovelace)"
    zipped(folder / "Submission attachment(s)" / "course.zip", MODULE)
    hand_in(folder, {"timestamp.txt": b"20261120180000000"})
    (ada,) = handed_in(tmp_path)
    assert (ada.student, ada.name) == ("alovelace", "Lovelace, Ada")
    assert read_submission(ada).files == MODULE
    assert timestamp_in(ada.path) == "2026-11-20 18:00:00.000 UTC"


def test_handed_in_takes_what_sakai_packed_without_folders(tmp_path: Path) -> None:
    ada, ben = "Lovelace, Ada(alovelace)", "Ng, Ben(bng)"
    files = {
        f"{ada}_Submission attachment(s)_welcome.py": CODE,
        f"{ada}_timestamp.txt": b"20261120180000000",
        f"{ada}_comments.txt": b"",
        f"{ada}_{ada}_submissionText.html": b"typed",
        f"{ben}_Submission attachment(s)_course.zip": zip_bytes(MODULE),
        "grades.csv": b"",
    }
    hand_in(tmp_path, files)
    found = handed_in(tmp_path)
    assert [each.student for each in found] == ["alovelace", "bng"]
    assert all(read_submission(each).files == MODULE for each in found)
    assert passed_over(tmp_path) == [
        f"{ada}_{ada}_submissionText.html",
        f"{ada}_comments.txt",
        f"{ada}_timestamp.txt",
        "grades.csv",
    ]


def test_handed_in_takes_names_of_google_classroom_apart(tmp_path: Path) -> None:
    files = {"Ada Lovelace - welcome.py": CODE, "Ada Lovelace - 0_welcome.ipynb": b"{}"}
    hand_in(tmp_path, {**files, "Ben Ng - course.zip": zip_bytes(MODULE), "welcome - Copy.py": b""})
    ada, ben = handed_in(tmp_path)
    assert (ada.student, ben.student) == ("Ada Lovelace", "Ben Ng")
    assert read_submission(ada).files == read_submission(ben).files == MODULE
    assert passed_over(tmp_path) == ["welcome - Copy.py"]


@pytest.mark.parametrize("name", ["_onlinetext_", "_onlinetext", "_onlinetext_onlinetext.html"])
def test_handed_in_takes_no_text_of_moodle_for_a_student(name: str, tmp_path: Path) -> None:
    name = f"Ben Ng_124_assignsubmission{name}"
    hand_in(tmp_path, {name if name.endswith("html") else f"{name}/onlinetext.html": b"hello"})
    assert handed_in(tmp_path) == []
    assert passed_over(tmp_path) == [name]


def test_read_submission_says_that_a_zip_file_is_a_platforms_whole(tmp_path: Path) -> None:
    inner = {
        f"Ada_{number}_assignsubmission_file_/course.zip": zip_bytes(MODULE) for number in (1, 2)
    }
    assert refusal(zipped(tmp_path / "ML-Lesson 1-123.zip", inner)) == (
        "This is what a learning platform packed for all, such as 'Ada_1_assignsubmission_file_': "
        "unpack it, and name the folder."
    )


def test_handed_in_knows_a_name_in_any_form(tmp_path: Path) -> None:
    hand_in(tmp_path / "Jose\u0301", MODULE)
    (jose,) = handed_in(tmp_path)
    assert jose.student == "Jos\u00e9"
    zipped(tmp_path / "Jos\u00e9 .zip", MODULE)
    (jose,) = handed_in(tmp_path)
    assert refusal(jose).startswith("There are two submissions")


def test_handed_in_says_whose_names_differ_only_in_case(tmp_path: Path) -> None:
    for name in ("ada", "ADA", "ben"):
        hand_in(tmp_path / name, MODULE)
    notes = {
        submission.student: [note.text for note in submission.notes]
        for submission in handed_in(tmp_path)
    }
    text = "Another submission has the same name in other letters, large for small."
    assert notes == {"ADA": [text], "ada": [text], "ben": []}


def test_handed_in_says_that_canvas_calls_it_late(tmp_path: Path) -> None:
    hand_in(tmp_path, {"ngben_LATE_124_4568_welcome.py": CODE})
    (ben,) = handed_in(tmp_path)
    assert (ben.platform, ben.number) == ("Canvas", "124")
    assert [note.text for note in ben.notes] == ["Handed in late, says the platform."]


def test_handed_in_says_that_the_assignment_is_there_again(tmp_path: Path) -> None:
    for name in ("0_welcome", "0_welcome-resubmission"):
        hand_in(tmp_path / "ada" / name, MODULE)
    hand_in(tmp_path / "ben" / "0_welcome (2)", MODULE)
    hand_in(tmp_path / "ben" / "1_loss_functions", MODULE)
    ada, ben = handed_in(tmp_path, "0_welcome")
    assert [note.text for note in read_submission(ada).notes] == [
        "Beside 0_welcome/ there is '0_welcome-resubmission', which was not graded."
    ]
    assert refusal(ben) == "There is no 0_welcome/, but '0_welcome (2)'; rename it."


def test_lesson_of_one_student_tells_a_student_from_a_class(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada" / "0_welcome", MODULE)
    assert lesson_of_one_student(tmp_path / "ada") == "0_welcome"
    assert lesson_of_one_student(tmp_path) == lesson_of_one_student(tmp_path / "no") == ""


def test_handed_in_keeps_learners_of_one_name_apart(tmp_path: Path) -> None:
    for number in (123, 124):
        hand_in(tmp_path / f"Ada Lovelace_{number}_assignsubmission_file_", MODULE)
    assert [submission.student for submission in handed_in(tmp_path)] == [
        "Ada Lovelace_123",
        "Ada Lovelace_124",
    ]


def test_handed_in_refuses_two_submissions_of_one_learner(tmp_path: Path) -> None:
    zipped(hand_in(tmp_path / "ada", MODULE).with_suffix(".zip"), MODULE)
    hand_in(tmp_path, {"ngben_1_10_losses.py": CODE, "ngben_1_11_losses-1.py": CODE})
    ada, ben = handed_in(tmp_path)
    assert refusal(ada) == "There are two submissions, 'ada' and 'ada.zip'; keep one."
    assert "'ngben_1_10_losses.py' and 'ngben_1_11_losses-1.py'" in refusal(ben)


def test_handed_in_knows_who_handed_in_other_lessons_alone(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada" / "1_loss_functions", MODULE)
    (tmp_path / "ben").mkdir()
    for submission in handed_in(tmp_path, "0_welcome"):
        assert refusal(submission) == NOTHING
    (whole, _) = handed_in(tmp_path, "all")
    assert refusal(whole) == "It holds single lessons; name one by --assignment."


@pytest.mark.parametrize("name", ["ada.rar", "ada.7z", "ada.tar.gz"])
def test_handed_in_asks_for_a_zip_file_instead_of_another_archive(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"Rar!")
    (ada,) = handed_in(tmp_path)
    assert ada.student == "ada"
    assert refusal(ada) == (
        f"There is no folder course/ in the submission; it holds '{name}'. "
        "Hand in the folder course/, as it is or as a zip file."
    )


def test_is_submission_tells_one_from_a_folder_of_many(tmp_path: Path) -> None:
    hand_in(tmp_path / "ada", MODULE)
    assert is_submission(tmp_path / "ada")
    assert not is_submission(tmp_path)


# -- where course/ is -----------------------------------------------------------------------------


def test_read_submission_takes_python_files_alone(tmp_path: Path) -> None:
    files = {
        "course/welcome.py": CODE,
        "course/inner/more.py": b"x = 1\n",
        "course/data.csv": b"1,2\n",
        "course/._welcome.py": b"\0",
        "course/.DS_Store": b"\0",
        "course/.ipynb_checkpoints/welcome-checkpoint.py": b"old",
        "course/__pycache__/welcome.cpython-311.pyc": b"\0",
        "numpy.py": b"raise SystemExit\n",
        "lessons/0_welcome.ipynb": b"{}",
    }
    wanted = {"course/welcome.py": CODE, "course/inner/more.py": b"x = 1\n"}
    assert files_of(hand_in(tmp_path / "folder", files)) == wanted
    assert files_of(zipped(tmp_path / "ada.zip", files)) == wanted


LAYOUTS = {
    "as it should be": MODULE,
    "in a folder": {"ada/course/welcome.py": CODE},
    "in folders": {"ada's work/final version (2)/course/welcome.py": CODE},
    "in itself": {"course/course/welcome.py": CODE},
    "capital": {"Course/welcome.py": CODE},
    "the modules alone": {"welcome.py": CODE},
    "the modules in a folder": {"first-descent/welcome.py": CODE, "first-descent/notes.md": b""},
    "with what macOS adds": {
        **MODULE,
        "__MACOSX/course/._welcome.py": b"\0",
        "__MACOSX/course/welcome.py": b"\0",
        ".DS_Store": b"\0",
    },
    "with an older copy": {**MODULE, "old/course/welcome.py": b"old = 1\n"},
    "with a folder course of something else": {
        "course/slides.pdf": b"",
        "work/course/welcome.py": CODE,
    },
    "in one zip file": {"my work.zip": zip_bytes({"ada/course/welcome.py": CODE})},
    "in one zip file beside a notebook": {"course.zip": zip_bytes(MODULE), "0.ipynb": b"{}"},
    "in one zip file a folder down": {"work/course.zip": zip_bytes(MODULE)},
    "in a zip file in a zip file": {
        "work.zip": zip_bytes({"inner/course.zip": zip_bytes(MODULE), "0.ipynb": b"{}"})
    },
    "beside a folder of too many files": {
        **MODULE,
        **{f"venv/lib/{number}.py": b"" for number in range(MAX_ENTRIES + 1)},
    },
}
ONLY_ON_DISK = ("beside a folder of too many files", "in a zip file in a zip file")


@pytest.mark.parametrize("files", LAYOUTS.values(), ids=LAYOUTS)
def test_read_submission_finds_the_modules_in_a_folder(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    assert files_of(hand_in(tmp_path / "ada", files)) == MODULE


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name not in ONLY_ON_DISK], ids=str)
def test_read_submission_finds_the_modules_in_a_zip_file(name: str, tmp_path: Path) -> None:
    assert files_of(zipped(tmp_path / "ada.zip", LAYOUTS[name])) == MODULE


def test_read_submission_does_not_count_hidden_names_in_a_zip_file(tmp_path: Path) -> None:
    """As the project's own folder has them once `uv run` made its environment."""
    hidden = {f".venv/lib/python3.12/site-packages/{n:05}.py": b"" for n in range(MAX_ENTRIES)}
    hidden |= {f".git/objects/{number:05}": b"" for number in range(MAX_ENTRIES)}
    assert files_of(zipped(tmp_path / "ada.zip", {**hidden, **MODULE})) == MODULE


def test_read_submission_bounds_the_list_of_hidden_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("autograder.submissions.archives.MAX_LISTED", 2_000)
    names = {f".venv/{number}": b"" for number in range(2_000)}
    path = zipped(tmp_path / "ada.zip", {**names, **MODULE})
    assert "holds more than 10,000 files and folders" in refusal(path)


def test_read_submission_does_not_choose_between_zip_files(tmp_path: Path) -> None:
    deep = {"a/one.zip": zip_bytes(MODULE), "b/two.zip": zip_bytes(MODULE)}
    assert "There is no folder course/" in refusal(hand_in(tmp_path / "two", deep))
    endless = zip_bytes({"1.zip": zip_bytes({"2.zip": zip_bytes({"3.zip": zip_bytes(MODULE)})})})
    assert "it holds '2.zip'" in refusal(hand_in(tmp_path / "endless", {"0.zip": endless}))


def test_read_submission_takes_windows_separators_in_a_zip_file(tmp_path: Path) -> None:
    assert files_of(zipped(tmp_path / "ada.zip", {"ada\\course\\welcome.py": CODE})) == MODULE


def test_read_submission_takes_names_of_other_encodings_in_a_zip_file(tmp_path: Path) -> None:
    packed = zip_bytes({"Jürgen/course/welcome.py": CODE})
    (tmp_path / "ada.zip").write_bytes(packed.replace("ü".encode(), b"\xfc_"))
    with pytest.raises(UnicodeDecodeError):
        zipfile.ZipFile(tmp_path / "ada.zip")  # it says UTF-8, and is not
    assert "damaged" in refusal(tmp_path / "ada.zip")
    flags = bytearray((tmp_path / "ada.zip").read_bytes())
    for at, field in ((flags.find(b"PK\1\2"), 8), (0, 6)):
        flags[at + field + 1] &= ~0x08  # it says nothing, as old programs do
    (tmp_path / "ada.zip").write_bytes(flags)
    assert files_of(tmp_path / "ada.zip") == MODULE


def test_read_submission_says_what_it_found_instead(tmp_path: Path) -> None:
    files = {f"{letter}.ipynb": b"" for letter in "abcde"}
    assert "it holds 'a.ipynb', 'b.ipynb', 'c.ipynb' and 2 more." in refusal(
        hand_in(tmp_path / "ada", files)
    )
    assert "it holds 'x.py'." in refusal(zipped(tmp_path / "a.zip", {"x.py": CODE}))
    assert "it holds nothing." in refusal(zipped(tmp_path / "b.zip", {}))
    two = {"a/course/welcome.py": CODE, "b/course/welcome.py": CODE}
    for path in (hand_in(tmp_path / "two", two), zipped(tmp_path / "c.zip", two)):
        assert refusal(path) == (
            "The modules may be those in 'a/course/' and 'b/course/'; hand in one folder course/."
        )
    deep = hand_in(tmp_path / "deep", {"a/b/c/d/course/welcome.py": CODE})
    assert "it holds 'a'." in refusal(deep)
    with_zips = hand_in(tmp_path / "zips", {"a.zip": zip_bytes(MODULE), "b.zip": b""})
    assert "it holds 'a.zip' and 'b.zip'." in refusal(with_zips)


# -- what must not be read ------------------------------------------------------------------------


def test_read_submission_refuses_links(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "ada", {"course/losses.py": CODE})
    (folder / "course" / "welcome.py").symlink_to("/etc/passwd")
    assert "is a link" in refusal(folder)
    outside = hand_in(tmp_path / "elsewhere", {"welcome.py": CODE})
    linked = tmp_path / "bob"
    linked.mkdir()
    (linked / "course").symlink_to(outside)
    assert "is a link" in refusal(linked)
    inner = hand_in(tmp_path / "cleo", MODULE)
    (inner / "course" / "more").symlink_to(outside)
    assert "'course/more' is a link" in refusal(inner)
    (tmp_path / "dora").symlink_to(inner)
    zipped(tmp_path / "real" / "emil.zip", MODULE)
    (tmp_path / "emil.zip").symlink_to(tmp_path / "real" / "emil.zip")
    (tmp_path / "faye.zip").symlink_to(tmp_path / "nowhere")
    by_name = {submission.student: submission for submission in handed_in(tmp_path)}
    for student in ("dora", "emil", "faye"):
        assert "is a link" in refusal(by_name[student])
    (tmp_path / "ngben_1_2_welcome.py").symlink_to("/etc/passwd")
    (ben,) = [submission for submission in handed_in(tmp_path) if submission.student == "ngben"]
    assert "is a link" in refusal(ben)


def test_read_submission_refuses_links_in_a_zip(tmp_path: Path) -> None:
    for name in ("course/welcome.py", "course"):
        path = tmp_path / "ada.zip"
        with zipfile.ZipFile(path, "w") as archive:
            link = zipfile.ZipInfo(name)
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
        assert "is a link" in refusal(path)


def test_read_submission_refuses_other_names_of_files(tmp_path: Path) -> None:
    somebody = hand_in(tmp_path / "somebody", MODULE) / "course" / "welcome.py"
    folder = hand_in(tmp_path / "ada", {"course/losses.py": CODE})
    os.link(somebody, folder / "course" / "welcome.py")
    assert "is another name of a file" in refusal(folder)


@pytest.mark.parametrize(
    "name",
    [
        *("../course/x.py", "/course/x.py", "course/../../x.py"),
        *("..\\course\\x.py", "\\course\\x.py", "C:\\course\\x.py", "c:course/x.py"),
    ],
)
def test_read_submission_refuses_names_that_lead_out_of_a_zip(name: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "ada.zip", {**MODULE, name: b"x = 1\n"})
    assert "leads out of the zip file" in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "names",
    [
        ("course/losses.py", "course/losses.py"),
        ("course/losses.py", "course\\losses.py"),
        ("course/losses.py", "course//losses.py"),
        ("course", "course/losses.py"),
        ("course/losses.py", "course/losses.py/x.py"),
    ],
    ids=["twice", "backslash", "slashes", "file-first", "folder-last"],
)
def test_read_submission_refuses_a_name_that_a_zip_holds_twice(
    names: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "ada.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, CODE)
    assert "is in the zip file twice" in refusal(path)


def test_read_submission_takes_names_that_differ_in_case(tmp_path: Path) -> None:
    files = {"course/welcome.py": CODE, "course/Welcome.py": b"x = 1\n"}
    assert files_of(zipped(tmp_path / "ada.zip", files)) == files


def test_read_submission_refuses_what_is_encrypted_or_packed_strangely(tmp_path: Path) -> None:
    path = zipped(tmp_path / "ada.zip", MODULE)
    plain = path.read_bytes()
    for field, value, sentence in (
        (8, 1, "encrypted; hand it in without a password"),
        (10, zipfile.ZIP_LZMA, "'course/welcome.py' is packed in an unusual way"),
        (10, 9, "packed in an unusual way"),
    ):
        changed = bytearray(plain)
        changed[plain.find(b"PK\1\2") + field] = value
        changed[field - 2] = value
        path.write_bytes(changed)
        assert sentence in refusal(path)


def test_read_submission_refuses_whatever_is_damaged(tmp_path: Path) -> None:
    """Cut off anywhere, or with any byte changed: read, or refused with a sentence."""
    whole = zip_bytes({"ada/course/welcome.py": CODE, "ada/course/losses.py": CODE})
    path, drawn = tmp_path / "ada.zip", random.Random(20261123)
    broken = [whole[:length] for length in range(0, len(whole), 7)]
    for _ in range(600):
        changed = bytearray(whole)
        for _ in range(drawn.randint(1, 3)):
            changed[drawn.randrange(len(whole))] = drawn.randrange(256)
        broken.append(bytes(changed))
    refused = 0
    for content in broken:
        path.write_bytes(content)
        try:
            files_of(path)
        except Unreadable:
            refused += 1
    assert refused > len(broken) // 2


# -- bounds ---------------------------------------------------------------------------------------


def test_read_submission_refuses_a_zip_bomb(tmp_path: Path) -> None:
    path = zipped(tmp_path / "ada.zip", {"course/welcome.py": bytes(3 * MAX_BYTES)})
    assert path.stat().st_size < MAX_BYTES
    assert "larger than 8 MiB" in refusal(path)
    lies = path.read_bytes().replace((3 * MAX_BYTES).to_bytes(4, "little"), b"\x08\0\0\0")
    path.write_bytes(lies)
    assert "damaged" in refusal(path)
    half = bytes(MAX_BYTES // 2 + 1)
    many = zipped(tmp_path / "ben.zip", {"course/a.py": half, "course/b.py": half, **MODULE})
    assert "more than 8 MiB" in refusal(many)


def test_read_submission_refuses_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    long = zipped(tmp_path / "ada.zip", {f"course/{'ä' * 128}.py": b"", **MODULE})
    assert "is too long: 255 bytes at most" in refusal(long)


def test_read_submission_leaves_a_bomb_alone_that_is_no_module(tmp_path: Path) -> None:
    files = {**MODULE, "data/noise.bin": bytes(3 * MAX_BYTES)}
    assert files_of(zipped(tmp_path / "ada.zip", files)) == MODULE


def test_read_submission_refuses_too_much(tmp_path: Path) -> None:
    many = {f"course/m{number}.py": b"" for number in range(MAX_FILES + 1)}
    assert f"more than {MAX_FILES} Python files" in refusal(hand_in(tmp_path / "many", many))
    large = hand_in(tmp_path / "large", MODULE)
    with (large / "course" / "big.py").open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no room
    assert "larger than 8 MiB" in refusal(large)
    deep = "course/" + "/".join("d" * 9) + "/x.py"
    for path in (
        hand_in(tmp_path / "deep", {**MODULE, deep: CODE}),
        zipped(tmp_path / "deep.zip", {**MODULE, deep: CODE}),
        zipped(tmp_path / "deeper.zip", {**MODULE, "course/" + "d/" * 5000 + "x.py": CODE}),
    ):
        assert "folders deep" in refusal(path)


def test_read_submission_refuses_too_many_names(tmp_path: Path) -> None:
    names = {f"venv/{number}": b"" for number in range(MAX_ENTRIES)}
    sentence = "holds more than 10,000 files and folders; hand in only course/"
    assert sentence in refusal(zipped(tmp_path / "ada.zip", {**MODULE, **names}))
    longer = {f"{'d' * 250}/{number}": b"" for number in range(MAX_ENTRIES)}
    assert sentence in refusal(zipped(tmp_path / "ben.zip", {**MODULE, **longer}))
    folder = hand_in(tmp_path / "cleo", {f"course/{number}.txt": b"" for number in range(5)})
    for number in range(MAX_ENTRIES):
        os.mkdir(folder / "course" / str(number))
    assert sentence in refusal(folder)


def test_read_submission_refuses_what_is_no_file(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "ada", {"course/losses.py": CODE})
    os.mkfifo(folder / "course" / "welcome.py")
    assert "is not an ordinary file" in refusal(folder)
    os.mkfifo(tmp_path / "ben.zip")
    assert "is not an ordinary file" in refusal(tmp_path / "ben.zip")


def test_read_submission_refuses_names_that_are_no_text(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "ada", {"course/losses.py": CODE})
    name = os.fsencode(folder / "course") + b"/caf\xe9.py"
    with open(name, "wb") as file:
        file.write(CODE)
    assert "is not UTF-8 text" in refusal(folder)


def test_what_a_platform_packed_is_said(tmp_path: Path) -> None:
    for name in ("Ada_1_assignsubmission_file_", "Ben_2_assignsubmission_file_", "cleo"):
        (tmp_path / name / "course").mkdir(parents=True)
    assert of_platform(handed_in(tmp_path)) == "Moodle's download: 2 of 3 learners."
    again = tmp_path / "again"
    for when in ("18-00-00", "19-00-00"):
        name = f"Loss functions_ada_attempt_2026-11-20-{when}_losses.py"
        (again / name).parent.mkdir(exist_ok=True)
        (again / name).write_text("")
    said = "Blackboard's download: 1 learners, 1 with more than one attempt: the last counts."
    assert of_platform(handed_in(again)) == said.replace("1 learners", "1 learner")
