"""Whatever nbgrader is configured to, a gradebook's run touches only its own course."""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from nbgrader.api import Gradebook

from autograder.commands.main import main
from autograder.nbgrader import database
from autograder.nbgrader.course_settings import course_settings
from autograder.nbgrader.gradebook_writer import IntoGradebook

LESSON = "1_loss_functions"


@pytest.fixture(scope="module")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook that knows the lesson; making its tables takes a slow disk seconds."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as gradebook:
        gradebook.add_assignment(LESSON)
        gradebook.add_notebook(LESSON, LESSON)
    return path


def course(folder: Path, gradebook: Path) -> Path:
    """A course with a gradebook, a secret and one submission."""
    submitted = folder / "submitted" / "ada" / LESSON / "course"
    submitted.mkdir(parents=True)
    (submitted / "losses.py").write_text("")
    (folder / "secret.txt").write_text(folder.name)
    shutil.copy(gradebook, folder / "gradebook.db")
    return folder


@pytest.fixture
def courses(
    tmp_path: Path, empty_gradebook: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """Last year's course and this year's; nbgrader's configuration is the test's own."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    monkeypatch.chdir(tmp_path)
    return tuple(course(tmp_path / name, empty_gradebook) for name in ("last", "this"))


def configure(folder: Path, **settings: object) -> None:
    lines = [f"c.CourseDirectory.{name} = {str(value)!r}\n" for name, value in settings.items()]
    (folder / "nbgrader_config.py").write_text("c = get_config()\n" + "".join(lines))


def grade(folder: Path) -> Result:
    command = ["grade", str(folder / "submitted"), "--assignment", LESSON]
    return CliRunner().invoke(main, [*command, "--gradebook", str(folder / "gradebook.db")])


@pytest.mark.parametrize(
    "setting", ["root", "db_url", "autograded_directory", "directory_structure"]
)
@pytest.mark.parametrize("place", ["config", "this"])
def test_grade_refuses_settings_that_mean_another_course(
    courses: tuple[Path, Path], tmp_path: Path, setting: str, place: str
) -> None:
    last, this = courses
    values = {
        "root": last,
        "db_url": f"sqlite:///{last / 'gradebook.db'}",
        "autograded_directory": "../last/autograded",
        "directory_structure": f"{last}/{{nbgrader_step}}/{{student_id}}/{{assignment_id}}",
    }
    configure(tmp_path / place, **{setting: values[setting]})
    done = grade(this)
    assert done.exit_code == 2
    said = f"(c.CourseDirectory.{setting} in {tmp_path / place / 'nbgrader_config.py'})"
    assert said in done.stderr
    assert "last" in done.stderr
    assert str(this) in done.stderr
    assert len(done.stderr.splitlines()) <= 5
    assert not list(tmp_path.glob("*.journal"))


def test_settings_of_the_current_folder_are_not_the_courses(
    courses: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    last, this = courses
    policy = "c.AssignLatePenalties.plugin_class = 'last_year.Harsh'\n"
    configure(last, course_id="last")
    with (last / "nbgrader_config.py").open("a") as file:
        file.write(policy + "c.GradeInSandbox.secret_file = '/last/secret.txt'\n")
    monkeypatch.chdir(last)
    settings = course_settings(Path(os.path.relpath(this / "gradebook.db")))
    assert settings.config.AssignLatePenalties.get("plugin_class") is None
    assert settings.directory.course_id == ""
    assert settings.secret == this / "secret.txt"


def test_what_a_course_sets_for_itself_wins_over_the_home_folder(
    courses: tuple[Path, Path], tmp_path: Path
) -> None:
    last, this = courses
    configure(tmp_path / "config", root=last, db_url=f"sqlite:///{last / 'gradebook.db'}")
    configure(this, root=this, db_url=f"sqlite:///{this / 'gradebook.db'}")
    with (this / "nbgrader_config.py").open("a") as file:
        file.write("c.GradeInSandbox.secret_file = 'other.txt'\n")
    settings = course_settings(this / "gradebook.db")
    assert Path(settings.directory.root) == this
    assert settings.secret == this / "other.txt"  # as `nbgrader autograde` reads it


def test_a_gradebook_in_use_is_a_sentence_before_the_grading(
    courses: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MAX_WAIT", 0.1)
    _, this = courses
    with sqlite3.connect(this / "gradebook.db") as other:
        other.execute("begin immediate")
        done = grade(this)
        other.rollback()
    assert done.exit_code == 2
    assert "gradebook.db is in use: another program has been writing" in done.stderr
    assert "Nothing was graded." in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["grade"], ["export"]], ids=lambda words: words[0])
def test_a_file_that_is_not_a_gradebook_is_a_sentence(
    courses: tuple[Path, Path], tmp_path: Path, words: list[str]
) -> None:
    _, this = courses
    (this / "gradebook.db").write_bytes(b"not a database, as no text is" * 100)
    if words == ["grade"]:
        done = grade(this)
    else:
        command = ["export", str(this / "gradebook.db"), "--format", "canvas", "--out"]
        done = CliRunner().invoke(main, [*command, str(tmp_path / "canvas.csv")])
    assert done.exit_code == 2
    assert "gradebook.db is not a gradebook that can be read" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("kind", ["empty", "of another program"])
@pytest.mark.parametrize("words", [["grade"], ["export"]], ids=lambda words: words[0])
def test_a_database_that_is_not_nbgraders_gets_no_tables(
    courses: tuple[Path, Path], tmp_path: Path, words: list[str], kind: str
) -> None:
    _, this = courses
    database = this / "gradebook.db"
    database.unlink()
    database.touch()
    if kind != "empty":
        with sqlite3.connect(database) as other:
            other.execute("create table bookmarks (address text)")
    before = database.read_bytes()
    if words == ["grade"]:
        done = grade(this)
    else:
        command = ["export", str(database), "--format", "canvas", "--out"]
        done = CliRunner().invoke(main, [*command, str(tmp_path / "canvas.csv")])
    assert done.exit_code == 2
    assert "gradebook.db is not a gradebook of nbgrader's" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert database.read_bytes() == before


@pytest.mark.exhaustive
def test_a_gradebook_that_gets_busy_keeps_the_results(
    classroom: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MAX_WAIT", 0.1)
    room = classroom.copied_to(tmp_path)
    carry_over = IntoGradebook.__call__

    def while_another_writes(*arguments: Any) -> None:
        with sqlite3.connect(room.course / "gradebook.db") as other:
            other.execute("begin immediate")
            try:
                carry_over(*arguments)
            finally:
                other.rollback()

    with monkeypatch.context() as patch:
        patch.setattr(IntoGradebook, "__call__", while_another_writes)
        done = room.grade(status=2)
    assert "is in use" in done.stderr
    assert "The results are kept; the same command goes on from there." in done.stderr
    assert "11 scores of 12 submissions moved" in room.grade().stderr


def test_grading_leaves_the_course_alone_that_the_home_folder_names(
    classroom: Any, tmp_path: Path
) -> None:
    last, this = (classroom.copied_to(tmp_path / name) for name in ("last", "this"))
    with (this.root / "config" / "nbgrader_config.py").open("a") as file:
        file.write(f"c.CourseDirectory.root = {str(last.course)!r}\n")
    done = this.grade(status=2)
    assert str(last.course) in done.stderr
    assert str(this.course) in done.stderr
    assert not (last.course / "autograded").exists()
    assert this.grades() == {}
