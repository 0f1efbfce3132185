"""The class report: its figures against ones counted by hand, and a page that cannot do harm."""

import itertools
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from autograder.atomic_files import write_in_one_step
from autograder.commands.main import main
from autograder.exercises.manifest import exercise
from autograder.exercises.registry import criteria_of, mistakes_of
from autograder.exercises.selection import graded_exercises
from autograder.grading.result_file import Heading, json_parts
from autograder.grading.results import (
    GRADED,
    UNREADABLE,
    CriterionResult,
    ExerciseResult,
    SubmissionResult,
    exercise_result,
    result_line,
)
from autograder.report.causes import example
from autograder.report.comparison import compared
from autograder.report.figures import ClassFigures, State, class_figures
from autograder.report.headlines import headlines
from autograder.report.items import Item
from autograder.report.page import page, percent
from autograder.report.plots import bins_of
from autograder.report.topics import topics
from autograder.sandbox.outcomes import Outcome
from autograder.submissions.roster import Person

LESSON = "1_loss_functions"
DESCENT = [sys.executable, "-c", "from autograder.commands.main import main; main()"]
HALVED, SUMMED = (each.name for each in mistakes_of("mean_squared_error", "losses")[:2])
RUDE = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u202e\x07"


def exercise_of(
    name: str, outcome: Outcome = Outcome.PASSED, mistake: str | None = None
) -> ExerciseResult:
    """An exercise whose first criterion ends so, whose others hold or are not written."""
    known = exercise(name)
    criteria = []
    for number, one in enumerate(criteria_of(name, known.module)):
        ending = outcome if number == 0 or outcome is Outcome.NOT_WRITTEN else Outcome.PASSED
        criteria.append(
            CriterionResult(
                name=one.name,
                title=one.title,
                points=float(one.points),
                passed=ending is Outcome.PASSED,
                outcome=ending,
                hidden=one.hidden,
                message="",
                mistake=mistake if number == 0 else None,
            )
        )
    return exercise_result(name, known.module, known.points, criteria)


NOT_WRITTEN = exercise_of("softmax", Outcome.NOT_WRITTEN)


def submission(student: str, **changed: ExerciseResult) -> SubmissionResult:
    """The solutions of lesson 1 with some exercises changed."""
    exercises = tuple(
        changed.get(each.name) or exercise_of(each.name) for each in graded_exercises(LESSON)
    )
    score = sum(each.score for each in exercises)
    return SubmissionResult(student, GRADED, score, 28.0, 0.0, None, 0.1, exercises)


def a_class() -> list[SubmissionResult]:
    """Six learners whose figures can be counted on two hands."""
    halved = exercise_of("mean_squared_error", Outcome.FAILED, HALVED)
    summed = exercise_of("mean_squared_error", Outcome.FAILED, SUMMED)
    raised = exercise_of("sigmoid", Outcome.RAISED)
    return [
        submission("ada"),
        submission("ben", mean_squared_error=halved),
        submission("cleo", mean_squared_error=halved, sigmoid=raised),
        submission("dora", mean_squared_error=summed, softmax=NOT_WRITTEN),
        submission("emil", softmax=NOT_WRITTEN),
        SubmissionResult("faye", UNREADABLE, None, 28.0, 0.0, "There is no course/.", 0.0, ()),
    ]


def figures_of(results: list[SubmissionResult]) -> ClassFigures:
    return class_figures(iter(results))


class Checked(HTMLParser):
    """Reads a page strictly: every element that opens closes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def checked(text: str) -> Checked:
    parser = Checked()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


def text_of(text: str) -> str:
    """What a page says, with its white space as a browser shows it."""
    return " ".join("".join(checked(text).text).split())


def test_class_figures_count_states_by_hand() -> None:
    figures = figures_of(a_class())
    squared = figures.exercises["mean_squared_error"]
    assert squared.learners == 5
    assert squared.states == {State.HOLDS: 2, State.ASTRAY: 3}
    softmax = figures.exercises["softmax"]
    assert (softmax.tried, softmax.states[State.NOT_WRITTEN]) == (3, 2)
    assert softmax.counts == [3, 0, 2]
    # By hand, of 28: mean_squared_error's first criterion is worth 0.5, softmax 3, and sigmoid's
    # first criterion 0.25: ada 28, ben 27.5, cleo 27.25, dora 24.5, emil 25.
    assert figures.scores == [24.5, 25.0, 27.25, 27.5, 28.0]
    assert figures.median == 27.25
    assert figures.mean == pytest.approx(132.25 / 5)
    assert figures.middle_half == (25.0, 27.5)
    assert figures.unscored == [("faye", UNREADABLE, "There is no course/.")]


def test_class_figures_count_a_criterion_among_those_who_wrote_the_exercise() -> None:
    figures = figures_of(a_class())
    first = criteria_of("softmax", "losses")[0].name
    assert figures.exercises["softmax"].criteria[first].judged == 3
    hardest = figures.hardest_criteria[0]
    assert (hardest.exercise, hardest.unmet, hardest.judged) == ("mean_squared_error", 3, 5)


def test_class_figures_count_a_mistake_once_a_learner() -> None:
    twice = exercise_of("mean_squared_error", Outcome.FAILED, HALVED)
    twice = ExerciseResult(
        **{
            **vars(twice),
            "criteria": tuple(
                CriterionResult(**{**vars(one), "mistake": HALVED}) for one in twice.criteria
            ),
        }
    )
    figures = figures_of([submission("ada", mean_squared_error=twice)])
    (only,) = figures.causes.commonest
    assert (only.name, only.learners) == (HALVED, 1)
    assert only.known is not None
    assert only.known.name == HALVED


def test_class_figures_count_other_causes_by_what_the_card_says() -> None:
    def said(line: str, sentence: str) -> ExerciseResult:
        failed = exercise_of("sigmoid", Outcome.FAILED)
        cause = f"Line 3, `{line}`: {sentence}" if line else sentence
        criteria = tuple(replace(one, cause=cause) for one in failed.criteria)
        return replace(failed, criteria=criteria)

    results = [
        submission("ada", sigmoid=said("return x // y", "`//` cuts.")),
        submission("ben", sigmoid=said("z = x // 2  # Ben's", "`//` cuts.")),
        submission("cleo", sigmoid=said("", "Something is None.")),
        submission("dora", sigmoid=said(f"return '{RUDE}'", RUDE)),
    ]
    figures = figures_of(results)
    found = {cause.says: (cause.learners, cause.lines) for cause in figures.causes.commonest}
    assert found == {
        "`//` cuts.": (2, ["return x // y", "z = x // 2"]),
        "Something is None.": (1, []),
        RUDE: (1, ['return "…"']),
    }
    assert figures.exercises["sigmoid"].unexplained.total() == 0
    text = page(Heading(LESSON), figures)
    checked(text)
    assert "<script>" not in text
    assert "Ben&#39;s" not in text


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("return 2 * x", "return 2 * x"),
        ("if name == 'Ada' and x > 1:", 'if name == "…" and x > 1:'),
        ('print(f"{ada} is here")', None),
        ('x = """Ada', ""),
        ("x = (1 +", ""),
        ("x = 1 # Ada", "x = 1"),
        ("x = 'Ada", ""),
        ("x = 1 …", ""),
        ("", ""),
    ],
)
def test_example_of_a_line_holds_no_comment_and_no_text(line: str, shown: str | None) -> None:
    found = example(line)
    assert "Ada" not in found
    assert shown is None or found == shown


@given(st.text(alphabet="ab1'\"# (){}\\f=", max_size=30))
def test_example_of_any_line_is_short_and_ends(line: str) -> None:
    found = example(line)
    assert len(found) <= 100
    assert "\n" not in found


def test_class_figures_count_a_module_that_cannot_be_imported_once() -> None:
    raised = {
        each.name: exercise_of(each.name, Outcome.RAISED) for each in graded_exercises(LESSON)
    }
    torch, numpy = (f"ModuleNotFoundError: No module named '{name}'" for name in ("torch", "nunpy"))
    broken = [
        replace(submission(name, **raised), not_imported=(("losses", reason),), look=("Look.",))
        for name, reason in (("gus", torch), ("hana", torch), ("ida", numpy))
    ]
    figures = figures_of([*a_class(), *broken])
    assert figures.not_imported == {("losses", torch): 2, ("losses", numpy): 1}
    squared = figures.exercises["mean_squared_error"]
    assert (squared.astray, squared.tried, squared.not_imported) == (3, 5, 3)
    assert squared.counts == [2, 6, 0]  # it does not hold for them either
    assert [topic.exercise.name for topic in topics(figures)] == ["mean_squared_error"]
    assert sum(each.unexplained.total() for each in figures.exercises.values()) == 1  # cleo's
    by_name = {each.name: each for each in figures.learners}
    assert by_name["gus"].hurdle == "course/losses.py cannot be imported"
    said = text_of(page(Heading(LESSON), figures))
    assert "3 modules cannot be imported" in said
    assert f"2 × course/losses.py: {torch}" in said
    assert figures.to_look_at == [("gus", ("Look.",)), ("hana", ("Look.",)), ("ida", ("Look.",))]


def test_class_figures_say_who_is_stuck_where() -> None:
    by_name = {each.name: each for each in figures_of(a_class()).learners}
    assert by_name["ada"].complete
    assert by_name["ada"].stuck is None
    assert by_name["cleo"].stuck == "mean_squared_error"
    assert by_name["cleo"].hurdle == criteria_of("mean_squared_error", "losses")[0].title
    assert by_name["emil"].stuck is None
    assert by_name["emil"].stopped == "softmax"
    assert not by_name["emil"].complete
    stuck = figures_of(a_class()).stuck
    assert [one.name for one in stuck["mean_squared_error"]] == ["ben", "cleo", "dora"]
    assert list(stuck) == ["mean_squared_error"]


def test_topics_are_what_most_learners_wrote_in_vain() -> None:
    (squared,) = topics(figures_of(a_class()))  # sigmoid is one learner's affair
    assert squared.exercise.name == "mean_squared_error"
    assert (squared.exercise.astray, squared.exercise.tried) == (3, 5)
    assert [(each.name, each.learners) for each in squared.causes] == [(HALVED, 2), (SUMMED, 1)]
    assert squared.causes[0].known is not None
    assert squared.reading == squared.causes[0].known.read
    raised = exercise_of("sigmoid", Outcome.RAISED)
    more = [*a_class(), *(submission(name, sigmoid=raised) for name in ("gus", "hana", "ida"))]
    first, second = topics(figures_of(more))
    assert (first.exercise.name, first.exercise.astray, first.causes) == ("sigmoid", 4, ())
    assert first.reading == "Lesson 1"
    assert second.exercise.name == "mean_squared_error"
    assert topics(figures_of(a_class()[:1])) == []
    (own,) = topics(figures_of(a_class()[1:2]))  # of a single learner, every exercise counts
    assert own.exercise.astray == 1


def test_page_names_mistakes_in_the_words_of_the_catalogue() -> None:
    plain = exercise_of("mean_squared_error", Outcome.FAILED)
    results = [*a_class(), submission("gus", mean_squared_error=plain)]
    said = text_of(page(Heading(LESSON), figures_of(results)))
    title = criteria_of("mean_squared_error", "losses")[0].title
    assert "4 of the 6 who wrote it" in said
    assert "2 × This is half of the mean squared error" in said
    assert f"1 × something else; what fails most often is {title}." in said
    assert "Nothing: what was written" in text_of(page(Heading(LESSON), figures_of(a_class()[:1])))


def test_headlines_say_how_the_class_does() -> None:
    said = "\n".join(headlines(figures_of(a_class()), None))
    assert "The median is 27.25 of 28 points" in said
    many = [*a_class(), *(submission(f"s{n}", softmax=NOT_WRITTEN) for n in range(5))]
    assert "7 have not written everything yet." in "\n".join(headlines(figures_of(many), None))


def test_headlines_name_a_lesson_only_where_more_stopped_than_anywhere_else() -> None:
    def stopped_at(name: str, count: int) -> list[SubmissionResult]:
        unwritten = exercise_of(name, Outcome.NOT_WRITTEN)
        return [
            SubmissionResult(f"{name}{n}", GRADED, 0, 5, 0, None, 0, (unwritten,))
            for n in range(count)
        ]

    early, late = stopped_at("softmax", 6), stopped_at("gradient_step", 5)
    (said, _) = headlines(figures_of([*late, *early]), None)
    name = "lesson 1, Loss functions"
    assert (
        said
        == f"Nobody has written everything yet; more stopped in {name}, than anywhere else (6)."
    )
    (said, _) = headlines(figures_of([*late, *early[1:]]), None)
    assert said == "Nobody has written everything yet."


def test_compared_counts_only_learners_in_both() -> None:
    before = a_class()[1:]
    now = [submission("ben"), submission("cleo", mean_squared_error=before[1].exercises[0])]
    now.append(submission("emil", sigmoid=exercise_of("sigmoid", Outcome.FAILED)))
    now.append(submission("gus"))
    change = compared(figures_of(before), figures_of(now))
    assert change is not None
    assert (change.learners, change.arrived, change.left) == (3, 1, 1)
    by_name = {each.name: each for each in change.exercises}
    squared, sigmoid = by_name["mean_squared_error"], by_name["sigmoid"]
    assert (squared.before, squared.now, squared.gained, squared.lost) == (1, 2, 1, 0)
    assert (sigmoid.before, sigmoid.now, sigmoid.gained, sigmoid.lost) == (2, 2, 1, 1)
    assert change.before[0] == 27.25  # of 27.5, 27.25 and 25
    assert change.now[0] == 27.75  # of 28, 27.75 and 27.5
    assert [name for name, _, _ in change.risen] == ["emil", "ben", "cleo"]
    assert change.fallen == ()
    assert compared(figures_of(before), figures_of([submission("hana")])) is None
    said = text_of(page(Heading(LESSON), figures_of(now), change, before="b.json"))
    assert "3 learners have a score both here and in b.json; 1 only here; 1 only there." in said


@given(
    st.lists(st.floats(0, 1), max_size=200),
    st.sampled_from([1.0, 2.0, 10.0, 14.0, 16.0, 18.0, 24.0, 100.0]),
)
def test_bins_of_hold_every_score_once(shares: list[float], most: float) -> None:
    scores = [share * most for share in shares]
    bins = bins_of(scores, most)
    assert sum(each.count for each in bins) == len(scores)
    assert bins[0].low == 0
    assert bins[-1].high == most
    assert all(one.high == other.low for one, other in itertools.pairwise(bins))
    assert 5 <= len(bins) <= 20


def test_bins_of_put_a_border_into_the_range_that_it_opens() -> None:
    bins = bins_of([0.0, 10.0, 19.99, 20.0, 100.0], 100.0)
    assert [each.count for each in bins] == [1, 2, 1, 0, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 7, "0 %"),
        (7, 7, "100 %"),
        (1, 1000, "1 %"),
        (999, 1000, "99 %"),
        (1, 3, "33 %"),
        (0, 0, "–"),
    ],
)
def test_percent_is_none_or_all_only_where_it_is(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text


def test_page_is_complete_and_asks_for_nothing() -> None:
    earlier = figures_of(a_class()[:4])
    figures = figures_of(a_class())
    text = page(Heading(LESSON), figures, compared(earlier, figures), before="earlier.json")
    parsed = checked(text)
    names = [name for name, _ in parsed.elements]
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(names)
    attributes = [name for _, each in parsed.elements for name in each]
    assert not {"src", "onclick", "style"} & set(attributes)
    assert "url(" not in text
    assert "@import" not in text
    assert not re.search(r"https?://", text)
    anchors = [each["id"] for _, each in parsed.elements if "id" in each]
    assert len(anchors) == len(set(anchors))
    links = [each["href"] for name, each in parsed.elements if name == "a"]
    assert len(links) == 9  # eight sections, and the number of those without a score
    assert all(str(link)[1:] in anchors for link in links)
    for name, each in parsed.elements:
        if name == "svg":
            assert each.get("aria-hidden") == "true" or each.get("aria-label")
    assert names.count("table") == names.count("caption") >= 7
    headings = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    steps = itertools.pairwise(headings)
    assert all(after - before <= 1 for before, after in steps)  # no level is left out


def test_page_shows_rude_texts_as_texts() -> None:
    results = [*a_class(), submission(RUDE, sigmoid=exercise_of("sigmoid", Outcome.FAILED, RUDE))]
    unread = SubmissionResult(RUDE + "2", UNREADABLE, None, 28.0, 0.0, RUDE, 0.0, ())
    figures = figures_of([*results, unread])
    text = page(Heading(LESSON, RUDE), figures, compared(figures, figures), before=RUDE)
    parsed = checked(text)
    names = {name for name, _ in parsed.elements}
    assert not {"script", "img"} & names
    assert not any(name.startswith("on") for _, each in parsed.elements for name in each)
    assert "<script>alert(1)</script>" in "".join(parsed.text)  # it is shown, as text
    assert not {"\u202e", "\x07"} & set(text)


def test_page_without_names_holds_no_name() -> None:
    names = ["Zebulon Quixote", "Wilhelmina Xu", "Thaddeus Ng", "Persephone Vau"]
    before = figures_of(
        [submission(name, sigmoid=exercise_of("sigmoid", Outcome.NOT_WRITTEN)) for name in names]
    )
    unread = SubmissionResult("Ignatius Pym", UNREADABLE, None, 28.0, 0.0, "Ignatius?", 0.0, ())
    astray = exercise_of("sigmoid", Outcome.FAILED)
    figures = figures_of([*(submission(name, sigmoid=astray) for name in names), unread])
    change = compared(before, figures)
    file = "of Cornelius.json"
    shown = page(Heading(LESSON), figures, change, before=file)
    hidden = page(Heading(LESSON), figures, change, before=file, anonymous=True)
    for name in [*names, "Ignatius", "Cornelius"]:
        assert name in shown
        assert name not in hidden
    assert "Every learner" not in hidden
    checked(hidden)


@pytest.mark.parametrize(
    "results",
    [
        [],
        [SubmissionResult("ada", UNREADABLE, None, 28.0, 0.0, "It is empty.", 0.0, ())],
        [SubmissionResult("ada", GRADED, 0.0, 0.0, 0.0, None, 0.0, (exercise_of("distance"),))],
        [submission("ada")],
    ],
    ids=["none", "unreadable", "without-points", "one"],
)
def test_page_of_hardly_anything_is_complete(results: list[SubmissionResult]) -> None:
    checked(page(Heading("all"), figures_of(results)))


def descent(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*DESCENT, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def test_report_writes_a_page_and_refuses_in_one_sentence(tmp_path: Path) -> None:
    path, out = tmp_path / "results.json", tmp_path / "report.html"
    write_in_one_step(path, json_parts(Heading(LESSON), map(result_line, a_class())))
    done = descent("report", path, "--out", out, "--before", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "27.25" in "".join(checked(out.read_text(encoding="utf-8")).text)
    other = tmp_path / "other.json"
    write_in_one_step(other, json_parts(Heading("all"), []))
    for arguments, sentence in (
        ([path, other, "--out", out], "One of these results is of all lessons"),
        ([path, "--out", tmp_path / "r.txt"], "--out takes a file ending in .html, not 'r.txt'."),
        ([path, "--out", tmp_path / "no" / "r.html"], f"There is no folder {tmp_path / 'no'}"),
        ([out, "--out", tmp_path / "r.html"], f"{out} is not JSON"),
        ([path, "--out", out, "--before", out], f"{out} is not JSON"),
    ):
        refused = CliRunner().invoke(main, ["report", *map(str, arguments)])
        assert refused.exit_code == 2
        assert sentence in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    names = sorted(each.name for each in tmp_path.iterdir())
    assert names == ["other.json", "report.html", "results.json"]


def test_report_puts_the_parts_of_a_class_together(tmp_path: Path) -> None:
    results = a_class()
    whole, one, two = (tmp_path / name for name in ("whole.json", "one.json", "two.json"))
    for path, part in ((whole, results), (one, results[:3]), (two, results[3:])):
        write_in_one_step(path, json_parts(Heading(LESSON), map(result_line, part)))
        os.utime(path, (0, 0))
    assert descent("report", whole, "--out", tmp_path / "a.html").returncode == 0
    assert descent("report", one, two, "--out", tmp_path / "b.html").returncode == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_exercises_tell_learners_apart() -> None:
    strong, weak = Item(), Item()
    for number in range(30):
        strong.add(holds=number > 12, rest=float(number))
        weak.add(holds=number % 2 == 0, rest=float(number))
    apart, unrelated = strong.discrimination(), weak.discrimination()
    assert apart is not None
    assert unrelated is not None
    everyone = np.arange(30.0)
    assert apart[0] == pytest.approx(np.corrcoef(everyone > 12, everyone)[0, 1])
    assert apart[1] > 0.6
    assert unrelated[1] < 0 < unrelated[2]


def test_few_learners_or_one_answer_for_all_say_nothing_of_an_exercise() -> None:
    few, same = Item(), Item()
    for number in range(30):
        same.add(holds=True, rest=float(number))
        if number < 9:
            few.add(holds=number > 4, rest=float(number))
    assert few.discrimination() is None
    assert same.discrimination() is None
    share, low, high = same.difficulty()
    assert (share, high) == (1.0, 1.0)
    assert 0.8 < low < 1


def test_report_links_to_each_learners_page_and_begins_with_whom_to_look_at(
    tmp_path: Path,
) -> None:
    people = {"ben": Person("ben", "Ben Ng", section="M1"), "ada": Person("ada", section="M2")}
    people["zoe"] = Person("zoe", "Zoe Ray")
    results = [replace(one, look=("Look.",)) if one.student == "cleo" else one for one in a_class()]
    heading = Heading(LESSON, passed_over=("x.txt",), people=people, absent=("zoe",))
    path, out = tmp_path / "results.json", tmp_path / "report.html"
    write_in_one_step(path, json_parts(heading, map(result_line, results)))
    (tmp_path / "pages").mkdir()
    for name in ("ada", "ben"):
        (tmp_path / "pages" / f"{name}.html").write_text("x")
    done = descent("report", path, "--out", out, "--feedback", tmp_path / "pages")
    assert (done.returncode, done.stderr) == (0, "")
    text = out.read_text(encoding="utf-8")
    parsed = checked(text)
    links = {each["href"] for name, each in parsed.elements if name == "a"}
    assert {"pages/ada.html", "pages/ben.html"} <= links
    assert not any("cleo" in str(link) for link in links)
    assert text.index('id="look"') < text.index('id="again"')
    said = text_of(text)
    assert "Nothing was handed in by Zoe Ray (zoe)." in said
    assert "Ben Ng (ben), cleo" in said  # who made the commonest mistake
    assert "Scores by section" in said
    hidden = page(heading, figures_of(results), anonymous=True, pages={"ada": "pages/ada.html"})
    assert not any(word in hidden for word in ("Ben Ng", "zoe", "Zoe", "pages/ada", "M1"))


def test_page_for_the_lecture_shares_the_minutes_and_names_nobody(tmp_path: Path) -> None:
    path, out, lecture = (tmp_path / name for name in ("r.json", "r.html", "lecture.html"))
    write_in_one_step(path, json_parts(Heading(LESSON), map(result_line, a_class())))
    options = ["--lecture", str(lecture), "--minutes", "30"]
    done = CliRunner().invoke(main, ["report", str(path), "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    text = lecture.read_text(encoding="utf-8")
    said = text_of(text)
    assert "30 min" in said  # the one topic that more than one learner has gets all of it
    assert "3 of the 5 who wrote it" in said
    assert not any(name in said for name in ("ada", "ben", "cleo", "dora"))
    refused = CliRunner().invoke(main, ["report", str(path), "--out", str(out), "--lecture", "x"])
    assert refused.exit_code == 2


def test_an_exercises_share_has_its_interval() -> None:
    results = [submission(f"learner {number}") for number in range(6)]
    results += [
        submission(f"{n}", softmax=exercise_of("softmax", Outcome.FAILED)) for n in range(4)
    ]
    said = text_of(page(Heading(LESSON), figures_of(results)))
    assert "60 %31 to 83" in said.replace("60 % 31", "60 %31")
