"""Why something does not hold is said once: terminal, card, both kinds of feedback, and report."""

import html
import re
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.exercises.manifest import lesson
from autograder.grading.result_file import submissions_of
from autograder.grading.results import SubmissionResult
from autograder.learner.card import card_html
from autograder.maintain.make import solution_text
from autograder.nbgrader.cell_scores import Origin, cell_scores
from autograder.nbgrader.released_notebook import released_notebook

LESSON = "1_loss_functions"
RIGHT = solution_text("losses")
SLIPS = {  # what a learner wrote instead, and why that is wrong: a known mistake, a slip, advice
    "softmax": (
        "np.max(logits, axis=-1, keepdims=True)",
        "np.max(logits)  # as Ada says",
        "One maximum is subtracted from all rows",
    ),
    "mean_squared_error": (
        "return float(np.mean((predictions - targets) ** 2))",
        'return float(np.mean((predictions - targets) ** 2) // float("1"))',
        "`//` cuts the fraction off: write `/`.",
    ),
    "mean_squared_error_gradient": (
        "return 2 * (predictions - targets) / predictions.size",
        "2 * (predictions - targets) / predictions.size",
        "Is there a `return` at the end of every path through the function?",
    ),
}
LINES = {  # as they are shown to others
    "softmax": "highest = np.max(logits)",
    "mean_squared_error": 'return float(np.mean((predictions - targets) ** 2) // float("…"))',
}


def plain(text: str) -> str:
    """A page or a terminal's text without marks of code, tags and line breaks."""
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return " ".join(text.replace("`", "").split())


@dataclass(frozen=True)
class Told:
    """What each place says, and the record that it is made of."""

    places: dict[str, str]
    result: SubmissionResult
    report: str


def descent(*arguments: object) -> str:
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code in (0, 1), done.output
    return done.output


@pytest.fixture(scope="module")
def told(sandbox: object, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """One submission with three slips, through every command that speaks of it."""
    root = tmp_path_factory.mktemp("told")
    text = RIGHT
    for before, after, _ in SLIPS.values():
        assert text.count(before) == 1
        text = text.replace(before, after)
    for student in ("ada", "ben"):
        (root / "in" / student / "course").mkdir(parents=True)
        (root / "in" / student / "course" / "losses.py").write_text(text, encoding="utf-8")
    out, pages = root / "results.json", root / "pages"
    descent("grade", root / "in", "--assignment", 1, "--out", out, "--feedback", pages)
    descent("report", out, "--out", root / "report.html", "--lecture", root / "lecture.html")
    report = (root / "report.html").read_text(encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root / "in" / "ada")
        terminal = "\n".join(descent("check", name) for name in SLIPS)
    result = next(submissions_of(out))
    cells: list[dict[str, Any]] = released_notebook(lesson(LESSON))["cells"]
    scores = cell_scores(cells, result, Origin("", ""), {"course/losses.py": text.encode()})
    places = {
        "terminal": terminal,
        "card": card_html(result),
        "nbgrader's feedback": _html_of(scores),
        "feedback page": (pages / "ada.html").read_text(encoding="utf-8"),
        "report": report,
        "lecture": (root / "lecture.html").read_text(encoding="utf-8"),
    }
    return Told({place: plain(said) for place, said in places.items()}, result, report)


def _html_of(scores: Any) -> str:
    data = [output["data"] for score in scores.values() for output in score.outputs]
    return "\n".join(str(each.get("text/html", "")) for each in data)


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.parametrize(
    "place", ["terminal", "card", "nbgrader's feedback", "feedback page", "report", "lecture"]
)
def test_every_place_says_the_same_sentence(told: Told, place: str, name: str) -> None:
    (exercise,) = (each for each in told.result.exercises if each.name == name)
    sentences = {one.sentence for one in exercise.criteria if one.cause}
    (sentence,) = sentences
    assert SLIPS[name][2] in sentence
    assert plain(sentence) in told.places[place]


def test_report_shows_lines_of_learners_and_what_they_wrote_of_people_is_not_in_it(
    told: Told,
) -> None:
    for line in LINES.values():
        assert f"<code>{html.escape(line, quote=False)}</code>" in told.report.replace("&#34;", '"')
    assert "as Ada says" not in told.report


def test_report_counts_each_learner_once_for_each_cause(told: Told) -> None:
    again = told.places["report"].partition("What to teach again")[2]
    assert "2 × // cuts the fraction off: write /." in again
    assert "something else" not in again
