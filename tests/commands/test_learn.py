"""The commands of a learner, as they type them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import psutil
import pytest
from click.testing import CliRunner, Result

from autograder.commands.main import main
from autograder.exercises.manifest import EXERCISES, LESSONS
from autograder.maintain.make import solution_text, stub

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder with nothing written; the current one."""
    (tmp_path / "course").mkdir()
    for lesson in LESSONS:
        text = stub(solution_text(lesson.module), lesson.module)
        (tmp_path / "course" / f"{lesson.module}.py").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def descent() -> Run:
    """Runs `descent` with some words."""
    return lambda *words: CliRunner().invoke(main, list(words))


def solve(folder: Path, module: str) -> None:
    (folder / "course" / f"{module}.py").write_text(solution_text(module), encoding="utf-8")


def test_check_says_not_written_and_exits_with_1(folder: Path, descent: Run) -> None:
    done = descent("check", "softmax")
    assert done.exit_code == 1
    assert "softmax: not written yet" in done.output


def test_check_of_what_holds_exits_with_0(folder: Path, descent: Run) -> None:
    solve(folder, "welcome")
    done = descent("check", "distance")
    assert done.exit_code == 0
    assert "✓ distance: everything holds" in done.output


def test_check_takes_lessons_and_modules(folder: Path, descent: Run) -> None:
    solve(folder, "learning_rate")
    for name in ("learning_rate", "3_learning_rate"):
        done = descent("check", name, "--json")
        result = json.loads(done.output)
        assert done.exit_code == 0
        assert result["score"] == result["max_score"] == 14.0


def test_check_of_a_name_that_is_both_means_the_exercise(folder: Path, descent: Run) -> None:
    solve(folder, "gradient_descent")
    one = json.loads(descent("check", "gradient_descent", "--json").output)
    assert [each["name"] for each in one["exercises"]] == ["gradient_descent"]
    lesson = json.loads(descent("check", "2_gradient_descent", "--json").output)
    assert len(lesson["exercises"]) == 5


def test_check_of_an_unknown_name_names_the_nearest(
    folder: Path, descent: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    done = descent("check", "sofmax")
    assert done.exit_code == 2
    assert "Did you mean 'softmax'?" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_commands_say_where_they_must_be_run(
    tmp_path: Path, descent: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["check"], ["status"], ["hint", "softmax"], ["reset", "losses"]):
        done = descent(*words)
        assert done.exit_code == 2, words
        assert "There is no folder course/" in done.stderr


def test_check_works_from_a_folder_inside(
    folder: Path, descent: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve(folder, "welcome")
    (folder / "lessons").mkdir()
    monkeypatch.chdir(folder / "lessons")
    assert descent("check", "distance").exit_code == 0


def test_status_counts_points_and_notices_changes(folder: Path, descent: Run) -> None:
    assert "In all: 0 of 100 points." in descent("status").output
    solve(folder, "losses")
    said = descent("status").output
    assert "In all: 24 of 100 points." in said
    assert "1_loss_functions  Loss functions  24 of 24 points" in said
    for each in EXERCISES:
        assert each.name in said


def test_status_shows_challenges(folder: Path, descent: Run) -> None:
    (folder / ".descent").mkdir()
    entry = {"learning_rate.border": {"done": "2026-11-23"}}
    (folder / ".descent" / "practice.json").write_text(json.dumps(entry))
    assert "learning_rate.border" in descent("status").output


def test_hint_climbs_the_ladder(folder: Path, descent: Run) -> None:
    hints = next(each.hints for each in EXERCISES if each.name == "Adam")
    for step in (1, 2, 3):
        said = descent("hint", "Adam").output
        for number, hint in enumerate(hints, start=1):
            assert (hint in said) == (number <= step)
    assert descent("hint", "Adam").output == said
    assert descent("hint", "losses").exit_code == 2


def test_reset_keeps_what_was_there(folder: Path, descent: Run) -> None:
    mine = "def softmax(logits):\n    return 'my work'\n"
    path = folder / "course" / "losses.py"
    for number in (1, 2):
        path.write_text(mine, encoding="utf-8")
        done = descent("reset", "losses")
        assert done.exit_code == 0
        assert f"course/losses.kept-{number}.py" in done.output
        assert path.read_text(encoding="utf-8") == stub(solution_text("losses"), "losses")
        assert (folder / "course" / f"losses.kept-{number}.py").read_text() == mine


def test_reset_of_an_untouched_module_keeps_no_copy(folder: Path, descent: Run) -> None:
    before = sorted(path.name for path in (folder / "course").iterdir())
    assert descent("reset", "losses.py").exit_code == 0
    assert sorted(path.name for path in (folder / "course").iterdir()) == before


def test_reset_of_an_unknown_module_names_the_modules(folder: Path, descent: Run) -> None:
    done = descent("reset", "lossess")
    assert done.exit_code == 2
    assert "the modules are welcome, losses" in done.stderr


def test_reset_of_an_exercise_names_its_module(folder: Path, descent: Run) -> None:
    done = descent("reset", "softmax")
    assert done.exit_code == 2
    said = " ".join(done.stderr.split())
    assert "softmax is in course/losses.py: `descent reset losses` puts the whole module" in said


@pytest.mark.parametrize("name", ["nonsense", "nope"])
def test_check_guesses_no_name_that_is_far_away(folder: Path, descent: Run, name: str) -> None:
    assert descent("check", name).stderr == (
        f"descent: There is no exercise, module or lesson {name!r}.\n"
    )


def test_help_shows_the_three_groups(descent: Run) -> None:
    said = descent("--help").output
    assert said.index("Learn:") < said.index("Teach:") < said.index("Maintain:")
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert f"  {name} " in said
        assert not command.get_short_help_str(70).endswith("..."), name


def test_lab_of_an_unknown_lesson_names_the_lessons(folder: Path, descent: Run) -> None:
    done = descent("lab", "9")
    assert done.exit_code == 2
    assert "0_welcome" in done.stderr


SIDE_FILES = {
    "a file for the folder": lambda private: private.touch(),
    "a folder for the file": lambda private: (private / "progress.json").mkdir(parents=True),
    "entries of another form": lambda private: (
        private.mkdir(),
        [
            (private / name).write_text(json.dumps({"softmax": 3, "distance": {"outcome": 1}}))
            for name in ("progress.json", "hints.json", "practice.json")
        ],
    ),
    "a list": lambda private: (
        private.mkdir(),
        [(private / name).write_text("[1]") for name in ("progress.json", "hints.json")],
    ),
    "brackets without end": lambda private: (
        private.mkdir(),
        [
            (private / name).write_text("[" * 200_000)
            for name in ("progress.json", "hints.json", "practice.json")
        ],
    ),
}


@pytest.mark.parametrize("spoil", SIDE_FILES.values(), ids=list(SIDE_FILES))
def test_no_side_file_costs_an_answer(
    folder: Path, descent: Run, spoil: Callable[[Path], object]
) -> None:
    solve(folder, "welcome")
    spoil(folder / ".descent")
    kept = (folder / ".descent" / "progress.json").is_file()
    for words, answer in (
        (["check", "distance"], "✓ distance: everything holds"),
        (["status"], "✓ distance"),
        (["hint", "softmax"], "1. "),
    ):
        done = descent(*words)
        assert done.exit_code == 0, (words, done.output)
        assert answer in done.output
        if words != ["hint", "softmax"]:
            assert ("Progress is not kept: " in done.output) != kept
            assert done.output.count("Progress is not kept") <= 1


def test_hint_shows_all_where_it_cannot_remember(folder: Path, descent: Run) -> None:
    (folder / ".descent").touch()
    said = descent("hint", "softmax").output
    assert [line[:2] for line in said.splitlines()[:3]] == ["1.", "2.", "3."]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437", "ascii"])
def test_no_encoding_of_the_terminal_ends_a_command(folder: Path, encoding: str) -> None:
    solve(folder, "welcome")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    for words in (["check", "distance"], ["status"], ["check", "sofmax"], ["--help"]):
        code = "from autograder.commands.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, *words], env=environment, capture_output=True, timeout=120
        )
        assert done.returncode == (2 if "sofmax" in words else 0), done.stderr
        assert b"Traceback" not in done.stderr
    ours = (
        "\N{CHECK MARK}\N{MINUS SIGN}\N{LEFT DOUBLE QUOTATION MARK}\N{CJK UNIFIED IDEOGRAPH-4E00}"
    )
    code = "import sys; from autograder.commands.terminal import *; print_what_the_terminal_can()\n"
    code += f"sys.stderr.write({ours!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, timeout=120
    )
    assert done.stderr in (b"v-'?", b"\xfb-'?", b"v-\x93?")  # some have a sign of these


def test_watch_checks_again_what_was_saved_during_the_check(folder: Path) -> None:
    module = folder / "course" / "welcome.py"
    module.write_text("while True:\n    pass\n")
    code = "from autograder.commands.main import main; main()"
    watching = subprocess.Popen(
        [sys.executable, "-u", "-c", code, "check", "distance", "--watch"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    try:
        while not busy(watching.pid):
            assert watching.poll() is None
        solve(folder, "welcome")  # while the check waits for its time limit
        said = []
        for line in watching.stdout:
            said.append(line)
            if "everything holds" in line:
                break
        assert "timed out" in said[0]
    finally:
        watching.kill()
        watching.wait()
        watching.stdout.close()


def busy(process: int) -> bool:
    """Whether a child of a process has computed for a second: it runs an endless loop."""
    family = psutil.Process(process).children()
    return any(child.cpu_times().user > 1 for child in family)
