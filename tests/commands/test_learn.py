"""The commands of a learner, as they type them."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from autograder.atomic_files import write_json
from autograder.commands.main import main
from autograder.exercises.manifest import EXERCISES, LESSONS, exercises_in
from autograder.learner.affected import digests
from autograder.learner.folder import LearnerFolder
from autograder.learner.status import POINTS
from autograder.maintain.make import solution_text, stub

BEGINS = stub(solution_text("welcome"), "welcome").split("def distance")[0].count("\n") + 1
DISTANCE = f"course/welcome.py:{BEGINS}"

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


def test_check_of_nothing_written_is_short(folder: Path, descent: Run) -> None:
    said = descent("check").output.splitlines()
    counted = {exercise.module for exercise in EXERCISES if not exercise.bonus}
    assert len(said) == len(counted) + 1
    assert "○ course/losses.py: none of its" in said[1]
    assert said[-1].startswith("None of these ")
    assert said[-1].endswith(f"Next: distance, in {DISTANCE}.")
    solve(folder, "welcome")
    (folder / "course" / "losses.py").write_text("def sigmoid(logits):\n    return 0\n")
    said = descent("check", "0_welcome", "losses").output.splitlines()
    assert said[0].startswith("✓ distance")
    assert "Next: mean_squared_error, in course/losses.py." in said[-1]


def test_a_program_that_is_as_it_was_given_is_not_repaired(folder: Path, descent: Run) -> None:
    assert "broken_runs.py: none of its 6 is repaired yet" in descent("check").output
    assert "None of these 6 exercises is repaired yet" in descent("check", "7").output
    assert re.search(r"fit_line .* not repaired$", descent("status").output, re.MULTILINE)
    assert re.search(r"softmax .* not written$", descent("status").output, re.MULTILINE)


def test_check_of_what_holds_exits_with_0(folder: Path, descent: Run) -> None:
    solve(folder, "welcome")
    done = descent("check", "distance")
    assert done.exit_code == 0
    assert "✓ distance: everything holds" in done.output


def test_check_takes_lessons_and_modules(folder: Path, descent: Run) -> None:
    solve(folder, "learning_rate")
    for name in ("learning_rate", "3_learning_rate", "3"):
        done = descent("check", name, "--json")
        result = json.loads(done.output)
        assert done.exit_code == 0
        assert result["score"] == result["max_score"] == 14.0


@pytest.mark.parametrize("name", ["8", "8_capstone", "capstone"])
def test_check_of_the_capstone_means_its_bonus(folder: Path, descent: Run, name: str) -> None:
    found = json.loads(descent("check", name, "--json").output)["exercises"]
    assert [exercise["name"] for exercise in found] == ["train_classifier"]
    assert descent("hint", name).output.startswith("train_classifier, in course/capstone.py")


def test_check_of_a_name_that_is_both_means_the_exercise(folder: Path, descent: Run) -> None:
    solve(folder, "gradient_descent")
    one = json.loads(descent("check", "gradient_descent", "--json").output)
    assert [exercise["name"] for exercise in one["exercises"]] == ["gradient_descent"]
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
    in_all = f"{POINTS:g} points"
    said = descent("status").output
    assert f"  0 of {in_all}, 0 of" in said
    assert f"\nNext: distance, in {DISTANCE}; about {LESSONS[0].minutes} minutes" in said
    solve(folder, "losses")
    said = descent("status").output
    earned = f"{sum(exercise.points for exercise in exercises_in('losses')):g}"
    assert f"  {earned} of {in_all}" in said
    assert f"1_loss_functions  Loss functions  {earned} of {earned} points" in said
    for exercise in EXERCISES:
        assert exercise.name in said


def test_status_shows_challenges(folder: Path, descent: Run) -> None:
    (folder / ".descent").mkdir()
    entry = {"learning_rate.border": {"done": "2026-11-23"}}
    (folder / ".descent" / "practice.json").write_text(json.dumps(entry))
    said = descent("status").output
    assert "In the experiments you met 1 challenge." in said
    assert "border" not in said


def test_status_has_an_end(folder: Path, descent: Run) -> None:
    for lesson in LESSONS:
        solve(folder, lesson.module)
    digest = digests(LearnerFolder(folder).files())
    holds = {
        each.name: {"outcome": "passed", "score": each.points, "files": digest[each.module]}
        for each in EXERCISES
        if not each.bonus
    }
    write_json(folder / ".descent" / "progress.json", holds)
    *_, reached, ending, left = descent("status").output.splitlines()
    assert f"{POINTS:g} of {POINTS:g} points" in reached
    assert ending.startswith("That is the whole course")
    assert "train_classifier, in course/capstone.py" in left


def test_hint_climbs_the_ladder(folder: Path, descent: Run) -> None:
    hints = next(exercise.hints for exercise in EXERCISES if exercise.name == "Adam")
    for step in (1, 2, 3):
        said = descent("hint", "Adam").output
        for number, hint in enumerate(hints, start=1):
            assert (hint in said) == (number <= step)
    assert descent("hint", "Adam").output == said
    assert said.startswith("Adam, in course/optimizers.py:")
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


def test_hint_without_a_name_is_for_the_next_exercise(folder: Path, descent: Run) -> None:
    assert descent("hint").output.startswith(f"distance, in {DISTANCE}\n1. ")
    solve(folder, "welcome")
    descent("check", "distance")
    assert descent("hint").output.startswith(f"{exercises_in('losses')[0].name}, in")


def test_reset_of_an_untouched_module_keeps_no_copy(folder: Path, descent: Run) -> None:
    before = sorted(path.name for path in (folder / "course").iterdir())
    assert descent("reset", "losses.py").exit_code == 0
    assert sorted(path.name for path in (folder / "course").iterdir()) == before


def test_reset_of_an_unknown_module_names_the_modules(folder: Path, descent: Run) -> None:
    done = descent("reset", "lossess")
    assert done.exit_code == 2
    assert "Did you mean 'losses'?" in done.stderr


def test_reset_takes_an_exercise_a_module_and_a_lesson(folder: Path, descent: Run) -> None:
    solve(folder, "gradient_descent")
    module, notebook = "course/gradient_descent", "lessons/2_gradient_descent"
    untouched = " is as it was given.\n"
    said = descent("reset", "gradient_descent").output
    kept = f"; what was there is kept as {module}.kept-1.py.\n"
    assert said == f"gradient_descent in {module}.py is as it was given{kept}"
    said = descent("reset", "gradient_descent.py").output
    assert said == f"{module}.py is as it was given{kept.replace('-1', '-2')}"
    for name in ("2", "2_gradient_descent", "lessons/2_gradient_descent.ipynb"):
        assert descent("reset", name).output == f"{notebook}.ipynb{untouched}"


@pytest.mark.parametrize("name", ["nonsense", "nope"])
def test_check_guesses_no_name_that_is_far_away(folder: Path, descent: Run, name: str) -> None:
    assert descent("check", name).stderr == (
        f"descent: There is no exercise, module or lesson {name!r}. `descent status` lists all.\n"
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


WITHOUT = "jinja2 nbconvert nbformat nbgrader pyseccomp rich distributed"


def without_extras(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command where only what learners install is there."""
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({WITHOUT.split()!r}));"
        "from autograder.commands.main import main; main()"
    )
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def test_learners_need_nothing_that_only_instructors_install(folder: Path) -> None:
    solve(folder, "welcome")
    for words in (["check", "distance"], ["status"], ["hint", "softmax"], ["reset", "welcome"]):
        done = without_extras(folder, *words)
        assert (done.returncode, done.stderr) == (0, ""), words


def test_commands_that_compute_nothing_import_no_numpy(folder: Path, descent: Run) -> None:
    """NumPy takes longer than all that they do."""
    descent("status")  # what has changed is checked, once
    code = (
        "import atexit, sys; atexit.register(lambda: print('numpy' in sys.modules));"
        "from autograder.commands.main import main; main()"
    )
    for words in (["--help"], ["status"], ["hint"]):
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
        assert done.stdout.endswith("\nFalse\n"), (words, done.stderr)


@pytest.mark.parametrize(
    "words", ["grade . --out x.json", "report x.json --out x.html", "export x.db --format canvas"]
)
def test_what_needs_an_extra_says_so_with_the_command(folder: Path, words: str) -> None:
    (folder / "x.json").write_text('{"schema": 1, "assignment": "all", "submissions": []}')
    (folder / "x.db").touch()
    if "export" in words:
        words += " --out x.csv"
    done = without_extras(folder, *words.split())
    (sentence,) = done.stderr.splitlines()
    assert done.returncode == 2
    assert f"It comes with `uv run --extra teach descent {words}`." in sentence


def test_lab_of_an_unknown_lesson_names_the_lessons(folder: Path, descent: Run) -> None:
    done = descent("lab", "9")
    assert done.exit_code == 2
    assert "0_welcome" in done.stderr


def test_lab_says_where_the_learner_was_what_is_next_and_how_long_it_takes(
    folder: Path, descent: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "autograder.learner.jupyterlab.open_jupyterlab",
        lambda _, lesson, __: opened.append(lesson.name),
    )
    ahead = f"Next: distance, in {DISTANCE}; about 15 minutes to the end of its lesson.\n"
    assert descent("lab").stdout == ahead
    LearnerFolder(folder).remember_place("softmax")
    assert descent("lab").stdout == f"You were at softmax. {ahead}"
    assert opened == ["0_welcome"] * 2


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
    assert [line[:2] for line in said.splitlines()[1:4]] == ["1.", "2.", "3."]


@pytest.mark.sampled(every=2)
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
    began = folder / "began"
    module.write_text(f"open({str(began)!r}, 'w').close()\nwhile True:\n    pass\n")
    code = "from autograder.commands.main import main; main()"
    watching = subprocess.Popen(
        [sys.executable, "-u", "-c", code, "check", "distance", "--watch"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    try:
        while not began.exists():
            assert watching.poll() is None
            time.sleep(0.02)
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


def test_watch_shows_the_first_that_does_not_hold_and_goes_on(folder: Path) -> None:
    code = "from autograder.commands.main import main; main()"
    words = ["check", "distance", "relu_forward", "relu_backward", "--watch"]
    watching = subprocess.Popen(
        [sys.executable, "-u", "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert watching.stdout is not None
    try:
        said: list[list[str]] = [[]]
        for line in watching.stdout:
            said[-1].append(line)
            if line.startswith("Waiting for the next save"):
                if len(said) == 2:
                    break
                said.append([])
                solve(folder, "welcome")
        first, second = map("".join, said)
        assert first.startswith("○ distance: not written yet")
        assert f"In {DISTANCE}.\nNone of these 3 exercises is written yet." in first
        assert second.startswith("✓ distance holds.\n○ relu_forward: not written yet")
        assert "1 of 3 exercises holds, 2 are not written yet." in second
        assert "relu_backward" not in second
    finally:
        watching.kill()
        watching.wait()
        watching.stdout.close()
