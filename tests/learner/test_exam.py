"""An exam says what is written, and nothing of what holds, in every place where a check shows."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.exercises.selection import selected
from autograder.learner.background_check import BackgroundCheck
from autograder.learner.card import card_html, card_text
from autograder.learner.check import check_folder, warm_backend
from autograder.learner.exam import EXAM, LATER, NOTICE
from autograder.learner.folder import LearnerFolder
from autograder.maintain.make import solution_text, stub

RIGHT = solution_text("losses")
WRONG = RIGHT.replace("np.max(logits, axis=-1, keepdims=True)", "0.0")
NAMES = ("sigmoid", "softmax")


def folder(root: Path, text: str, *, exam: bool = True) -> LearnerFolder:
    (root / "course").mkdir(parents=True)
    (root / "course" / "losses.py").write_text(text, encoding="utf-8")
    if exam:
        (root / EXAM).write_text(NOTICE, encoding="utf-8")
    return LearnerFolder(root)


def cards(place: LearnerFolder) -> tuple[str, str]:
    """The card of two exercises as text and as HTML."""
    result = check_folder(place, selected(NAMES), warm_backend()).result
    return card_text(result), card_html(result)


def test_right_and_wrong_look_the_same_in_an_exam(tmp_path: Path) -> None:
    right, wrong = folder(tmp_path / "right", RIGHT), folder(tmp_path / "wrong", WRONG)
    assert cards(right) == cards(wrong)
    assert right.progress()["softmax"]["outcome"] == wrong.progress()["softmax"]["outcome"]
    text, page = cards(wrong)
    assert "softmax: written" in text
    assert LATER in text
    assert not any(word in page for word in ("logits", "point", "Hints", "holds yet", "✓"))
    ordinary, _ = cards(folder(tmp_path / "ordinary", WRONG, exam=False))
    assert "does not hold yet" in ordinary


def test_what_is_not_written_or_not_imported_is_said_without_hints(tmp_path: Path) -> None:
    text, page = cards(folder(tmp_path / "stub", stub(RIGHT, "losses")))
    assert "not written yet" in page
    assert "Hints" not in page
    text, _ = cards(folder(tmp_path / "broken", RIGHT + "\ndef broken(:\n"))
    assert "course/losses.py cannot be imported: SyntaxError" in text


def test_the_check_at_every_save_says_no_more(tmp_path: Path) -> None:
    said = []
    check = BackgroundCheck(said.append)
    place = folder(tmp_path, WRONG)
    check.hear({"folder": str(place.root), "names": list(NAMES)})
    check.hear(None)
    check.run()
    results = [each["exercise"] for each in said if each["stage"] == "result"]
    assert {each["name"] for each in results} >= set(NAMES)
    assert not any("logits" in each["html"] for each in results)
    assert {each["outcome"] for each in results} <= {"not run", "not written"}


def test_there_are_no_hints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder(tmp_path, RIGHT).root)
    done = CliRunner().invoke(main, ["hint", "softmax"])
    assert done.exit_code == 2
    assert "hints come with the feedback" in done.stderr
