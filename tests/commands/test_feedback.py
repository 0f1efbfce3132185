"""`descent grade --feedback`: what each learner gets back, without nbgrader."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.maintain.make import solution_text, stub
from autograder.submissions.reading import Handed, read_submission
from autograder.submissions.submission import Submission

RIGHT = solution_text("losses")
WRONG = RIGHT.replace("np.mean((predictions - targets) ** 2)", "math.exp(predictions - targets)")
STUB = stub(RIGHT, "losses")
SECRET_WORD = "alligator"


def grade(folder: Path, out: Path, status: int = 0) -> str:
    arguments = ["grade", str(folder), "--assignment", "1", "--feedback", str(out)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == status, done.output
    return done.stderr


@pytest.fixture(scope="module")
def pages(sandbox: object, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The pages of a class, and what grading it said."""
    root = tmp_path_factory.mktemp("feedback")
    assert WRONG != RIGHT
    for name, text in {
        "ada": RIGHT,
        "ben": f"# {SECRET_WORD} <script>alert(1)</script>\n{WRONG}",
        "Cleo Vau_123_assignsubmission_file_": STUB,
    }.items():
        (root / "in" / name / "course").mkdir(parents=True)
        (root / "in" / name / "course" / "losses.py").write_text(text, encoding="utf-8")
    return root / "out", grade(root / "in", root / "out")


def test_each_learner_gets_a_page(pages: tuple[Path, str]) -> None:
    folder, said = pages
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    moodle = "Cleo Vau_123_assignsubmission_file_/feedback.html"
    assert names == {"ada.html", "ben.html", moodle}
    assert "3 feedback pages" in said
    assert "Moodle" in said


def test_the_page_marks_the_lines_that_the_cards_name(pages: tuple[Path, str]) -> None:
    folder, _ = pages
    page = (folder / "ben.html").read_text(encoding="utf-8")
    assert "mean_squared_error" in page
    assert "<script>" not in page
    assert "default-src 'none'" in page
    assert 'data-about="mean_squared_error"' in page
    assert re.search(r"(\d+) of \1 points", (folder / "ada.html").read_text(encoding="utf-8"))


def test_no_page_holds_the_word_of_another(pages: tuple[Path, str]) -> None:
    folder, _ = pages
    holding = [path.stem for path in folder.rglob("*.html") if SECRET_WORD in path.read_text()]
    assert holding == ["ben"]


def test_a_page_of_somebody_else_is_left(pages: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = pages
    (tmp_path / "ada.html").write_text("my own page", encoding="utf-8")
    said = grade(folder.parent / "in", tmp_path, status=2)
    assert "not a page of ours" in said
    assert (tmp_path / "ada.html").read_text(encoding="utf-8") == "my own page"


def test_what_changed_since_it_was_graded_gets_no_page(
    pages: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = pages

    def read(handed: Handed) -> Submission:
        found = read_submission(handed)
        later = {"course/losses.py": b"# another version"}
        return replace(found, files=later) if handed.student == "ben" else found

    monkeypatch.setattr("autograder.commands.feedback.read_submission", read)
    said = grade(folder.parent / "in", tmp_path / "out")
    assert "ben: changed since it was graded; no page." in said
    assert "2 feedback pages" in said
    assert not (tmp_path / "out" / "ben.html").exists()
