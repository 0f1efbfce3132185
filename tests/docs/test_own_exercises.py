"""The example of a private folder with exercises of one's own, from outside: nothing of ours."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OWN = Path(__file__).parents[2] / "docs" / "own_exercises"
ANSWER = (OWN / "solutions" / "ridge.py").read_text(encoding="utf-8")
DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
STUB = "def ridge_loss(predictions, targets, weights, strength):\n    raise NotImplementedError\n"


def descent(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*DESCENT, *map(str, arguments)]
    environment = {**os.environ, "DESCENT_EXERCISES": str(folder)}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)


def test_own_exercises_are_graded_named_and_reported(sandbox: object, tmp_path: Path) -> None:
    class_of = {
        "answer": ANSWER,
        "lasso": ANSWER.replace("np.asarray(weights) ** 2", "np.abs(weights)"),
        "mean": ANSWER.replace("np.sum", "np.mean"),
        "stub": STUB,
    }
    for student, text in class_of.items():
        (tmp_path / "in" / student / "course").mkdir(parents=True)
        (tmp_path / "in" / student / "course" / "ridge.py").write_text(text, encoding="utf-8")
    out = tmp_path / "results.json"
    options = ["--assignment", "ridge_regression", "--out", out, "--feedback", tmp_path / "pages"]
    done = descent(OWN, "grade", tmp_path / "in", *options)
    assert done.returncode == 0, done.stderr
    found = {}
    for each in json.loads(out.read_text(encoding="utf-8"))["submissions"]:
        (exercise,) = each["exercises"]
        named = {one["mistake"] for one in exercise["criteria"]} - {None}
        found[each["student"]] = (each["score"], exercise["outcome"], named)
    assert found == {
        "answer": (3.0, "passed", set()),
        "lasso": (1.0, "failed", {"ridge_loss_of_absolute_weights"}),
        "mean": (1.0, "failed", {"ridge_loss_with_a_mean_penalty"}),
        "stub": (0.0, "not written", set()),
    }
    page = (tmp_path / "pages" / "lasso.html").read_text(encoding="utf-8")
    assert "that is the lasso" in page
    report = descent(OWN, "report", out, "--out", tmp_path / "report.html")
    assert report.returncode == 0, report.stderr
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Class report: Ridge regression" in text
    assert "Our notes, \u201cSmall weights\u201d" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "there is no exercises.toml"),
        ("[[lesson]]\nname = 'x'\n", "needs 'title'"),
        ("lesson = 3 =", "cannot be read"),
        (
            "[[lesson]]\nname = 'x'\ntitle = 'X'\nmodule = 'losses'\nexercise = []\n",
            "there is another module called losses",
        ),
    ],
    ids=["none", "incomplete", "damaged", "ours"],
)
def test_what_does_not_fit_is_one_sentence(text: str | None, words: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "exercises.toml").write_text(text, encoding="utf-8")
    done = descent(tmp_path, "grade", tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_points_that_do_not_add_up_are_said(tmp_path: Path) -> None:
    shutil.copytree(OWN, tmp_path / "own")
    described = tmp_path / "own" / "exercises.toml"
    described.write_text(described.read_text().replace("points = 3", "points = 4"))
    done = descent(tmp_path / "own", "grade", tmp_path, "--assignment", "ridge_regression")
    assert done.returncode == 2
    assert "ridge_loss is worth 4 points" in done.stderr
    assert "add up to 3" in done.stderr
