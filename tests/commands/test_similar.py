"""`descent similar`: a folder for programs that find similar submissions."""

from pathlib import Path

from click.testing import CliRunner

from autograder.commands.main import main
from autograder.maintain.make import solution_text, stub

RIGHT = solution_text("losses")


def similar(folder: Path, out: Path, *options: str, status: int = 0) -> str:
    arguments = ["similar", str(folder), "--assignment", "1", "--out", str(out), *options]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == status, done.output
    return done.output


def hand_in(folder: Path, *students: str) -> None:
    for student in students:
        (folder / student / "course").mkdir(parents=True)
        (folder / student / "course" / "losses.py").write_text(RIGHT, encoding="utf-8")
        (folder / student / "course" / "private.py").write_text("x = 1", encoding="utf-8")


def test_folder_holds_modules_and_what_everybody_was_given(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "ada", "ben")
    said = similar(tmp_path / "in", tmp_path / "out")
    found = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.py")}
    assert found == {"base/losses.py", "submissions/ada/losses.py", "submissions/ben/losses.py"}
    base = (tmp_path / "out" / "base" / "losses.py").read_text(encoding="utf-8")
    assert base == stub(RIGHT, "losses")
    assert f"--base-code {tmp_path / 'out' / 'base'}" in said
    assert "a person decides" in said


def test_folders_are_named_by_the_roster(tmp_path: Path) -> None:
    download = tmp_path / "in"
    download.mkdir()
    for name in ("lovelaceada_123_9001", "ngben_124_9002", "vaucleo_125_9003"):
        (download / f"{name}_losses.py").write_text(RIGHT, encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,number\nal,Ada Lovelace,123\nbn,,124\n", encoding="utf-8")
    said = similar(download, tmp_path / "out", "--roster", str(roster))
    assert "Canvas's download: 3 learners." in said
    assert "Roster: 2 of 3 submissions found." in said
    folders = sorted(path.name for path in (tmp_path / "out" / "submissions").iterdir())
    assert folders == ["Ada Lovelace (al)", "bn", "vaucleo"]


def test_two_learners_never_share_a_folder(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "a_b", "a:b")
    similar(tmp_path / "in", tmp_path / "out")
    assert len([*(tmp_path / "out" / "submissions").iterdir()]) == 2


def test_a_folder_with_something_in_it_is_left(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "ada", "ben")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    assert "not empty" in similar(tmp_path / "in", tmp_path / "out", status=2)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_one_submission_is_like_no_other(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "ada")
    assert "two are needed" in similar(tmp_path / "in", tmp_path / "out", status=2)
