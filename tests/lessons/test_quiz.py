"""Quizzes: every file keeps to the schema, every breach is named, every number in them is right."""

import json
import math
import re
import subprocess
from copy import deepcopy
from pathlib import Path
from shutil import which

import numpy as np
import pytest

from lab.reading.quiz import Quiz, faults, quiz, read_questions, static_copy
from lab.widget.javascript import STATIC

LESSONS = Path(__file__).parents[2] / "lessons"
FILES = sorted((LESSONS / "quizzes").glob("*.json"))
NAMES = [file.stem for file in FILES]

CHOICE = {
    "question": "Which of `a` and `b`?",
    "type": "multiple_choice",
    "answers": [
        {"answer": "`a`", "correct": True, "feedback": "Because."},
        {"answer": "`b`", "correct": False, "feedback": "It is not."},
    ],
}
NUMERIC = {
    "question": "How many?",
    "type": "numeric",
    "answers": [
        {"type": "value", "value": 2, "correct": True, "feedback": "Two."},
        {"type": "range", "range": [3, 4], "correct": False, "feedback": "Fewer."},
        {"type": "default", "feedback": "Count."},
    ],
}


def changed(question, path, value):
    """A copy of a question with the value at a path replaced, or taken out if it is None."""
    copy = deepcopy(question)
    *way, last = path
    place = copy
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return copy


def test_quizzes_there_are_some():
    assert "0_welcome" in NAMES
    assert "1_loss_functions" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_quiz_file_keeps_to_the_schema(name):
    assert faults(json.loads((LESSONS / "quizzes" / f"{name}.json").read_text("utf-8"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_quiz_file_has_two_to_four_questions(name):
    assert 2 <= len(read_questions(name)) <= 4


@pytest.mark.parametrize("name", ["0_welcome", "1_loss_functions", "2_gradient_descent"])
def test_quiz_asks_for_no_number_that_its_lesson_works_out(name):
    """Numbers with a decimal part that are right here are nowhere in the lesson."""
    source = (LESSONS / "sources" / f"{name}.py").read_text(encoding="utf-8")
    for question in read_questions(name):
        assert question["type"] != "numeric"
        for answer in question["answers"]:
            for number in re.findall(r"\d+[.,]\d+", answer["answer"]):
                assert number not in source or not answer["correct"]


@pytest.mark.parametrize("name", NAMES)
def test_quiz_file_has_no_other_markup(name):
    text = json.dumps(read_questions(name), ensure_ascii=False)
    assert not re.search(r"\$|\*\*|</?\w+>|\\\\", text), "only `code` is shown as markup"


@pytest.mark.parametrize("name", NAMES)
def test_quiz_file_explains_each_answer_in_its_own_words(name):
    for question in read_questions(name):
        reasons = [answer["feedback"] for answer in question["answers"]]
        assert len(set(reasons)) == len(reasons)
        assert all(len(reason.split()) >= 4 for reason in reasons), reasons


@pytest.mark.parametrize("name", NAMES)
def test_quiz_file_numbers_can_all_be_reached(name):
    for question in read_questions(name):
        if question["type"] != "numeric":
            continue
        met = []
        for answer in question["answers"][:-1]:
            ends = answer.get("range") or [answer["value"]] * 2
            assert not any(low <= ends[0] and ends[1] <= high for low, high in met)
            met.append(ends)


@pytest.mark.parametrize("name", NAMES)
def test_quiz_file_is_shown_by_its_lesson(name):
    source = (LESSONS / "sources" / f"{name}.py").read_text(encoding="utf-8")
    assert source.count(f'\nquiz("{name}")\n') == 1


@pytest.mark.parametrize("good", [CHOICE, NUMERIC], ids=["choice", "numeric"])
def test_faults_finds_none_in_a_good_quiz(good):
    assert faults([good]) == []


@pytest.mark.parametrize(
    ("base", "path", "value", "said"),
    [
        (CHOICE, ["hint"], "x", "its keys are not"),
        (CHOICE, ["answers"], None, "its keys are not"),
        (CHOICE, ["question"], " ", "the question is not a text"),
        (CHOICE, ["question"], "one ` only", "the question is not a text"),
        (CHOICE, ["type"], "essay", "unknown type 'essay'"),
        (CHOICE, ["answers"], CHOICE["answers"][:1], "fewer than two answers"),
        (CHOICE, ["answers", 0, "correct"], False, "no answer is correct"),
        (CHOICE, ["answers", 1, "correct"], True, "more than one answer is correct"),
        (CHOICE, ["answers", 1, "correct"], 1, "answer 2: correct is neither true nor false"),
        (CHOICE, ["answers", 1, "feedback"], None, "answer 2: its keys are not"),
        (CHOICE, ["answers", 1, "feedback"], "", "answer 2: answer or feedback is not a text"),
        (CHOICE, ["answers", 1, "answer"], "`a`", "two answers read the same"),
        (NUMERIC, ["answers", 0, "value"], "2", "answer 1: the value is not a number"),
        (NUMERIC, ["answers", 0, "value"], True, "answer 1: the value is not a number"),
        (NUMERIC, ["answers", 0, "value"], math.nan, "answer 1: the value is not a number"),
        (NUMERIC, ["answers", 1, "range"], [4, 3], "answer 2: the range does not ascend"),
        (NUMERIC, ["answers", 1, "range"], [4], "answer 2: the range is not two numbers"),
        (NUMERIC, ["answers", 2, "correct"], False, "answer 3: a default has only a feedback"),
        (NUMERIC, ["answers", 2], None, "the last answer is not the one default"),
        (NUMERIC, ["answers", 0, "feedback"], None, "answer 1: there is no feedback"),
        (NUMERIC, ["answers", 0, "type"], "guess", "answer 1: its keys are not"),
        (NUMERIC, ["answers", 0, "correct"], 1, "answer 1: correct is neither true nor false"),
        (NUMERIC, ["answers", 0, "correct"], False, "no answer is correct"),
    ],
)
def test_faults_names_a_breach_of_the_schema(base, path, value, said):
    found = faults([CHOICE, changed(base, path, value)])
    assert len(found) == 1
    assert found[0].startswith("question 2: ")
    assert said in found[0]


@pytest.mark.parametrize("empty", [[], {}, "questions"], ids=["list", "dict", "text"])
def test_faults_wants_a_list_of_questions(empty):
    assert faults(empty) == ["a quiz is a list of at least one question"]


def test_faults_allows_several_correct_answers_in_a_many_choice():
    several = changed(changed(CHOICE, ["type"], "many_choice"), ["answers", 1, "correct"], True)
    assert faults([several]) == []


def test_read_questions_lists_the_names_if_one_is_unknown():
    with pytest.raises(
        ValueError, match=r"no quiz named '1_losses'; there are: .*1_loss_functions"
    ):
        read_questions("1_losses")


@pytest.mark.parametrize("name", NAMES)
def test_quiz_holds_the_questions_of_its_lesson(name):
    shown = quiz(name)
    assert isinstance(shown, Quiz)

    def in_order(questions):
        return [(q["question"], q["type"], sorted(map(str, q["answers"]))) for q in questions]

    assert in_order(shown.questions) == in_order(read_questions(name))


def test_quiz_mixes_the_answers_the_same_way_each_time():
    places = [
        question["answers"].index(next(a for a in question["answers"] if a["correct"]))
        for name in NAMES
        for question in quiz(name).questions
        if question["type"] == "multiple_choice"
    ]
    assert len(set(places)) > 1
    assert quiz(NAMES[0]).questions == quiz(NAMES[0]).questions


def test_quiz_keeps_the_order_of_numbers_whose_first_match_counts():
    asked = [q for name in NAMES for q in read_questions(name) if q["type"] == "numeric"]
    shown = [q for name in NAMES for q in quiz(name).questions if q["type"] == "numeric"]
    assert asked
    assert shown == asked


def test_static_copy_shows_everything_and_escapes_it():
    tricky = changed(CHOICE, ["answers", 0, "answer"], "`a < b` & c")
    page = static_copy([tricky, NUMERIC])
    assert "<code>a &lt; b</code> &amp; c" in page
    assert page.count("<details>") == 2
    for text in ("Because.", "It is not.", "Two.", "Fewer.", "Count.", "3 to 4", "anything else"):
        assert text in page
    assert page.count("✓ holds") == 2
    assert page.count("✗ does not hold") == 3


def test_quiz_shows_a_copy_that_needs_no_kernel_before_the_live_one(monkeypatch):
    shown = []
    monkeypatch.setattr("lab.widget.still_copy.display", lambda data, **_: shown.append(data))
    quiz("1_loss_functions")._ipython_display_()
    copy, live = shown
    assert "<details>" in copy["text/html"]
    assert copy["text/plain"] == "Quiz with 4 questions."
    assert "application/vnd.jupyter.widget-view+json" in live


def test_quiz_reaches_for_nothing_on_the_network():
    for file in ("quiz.js", "quiz.css"):
        assert "//cdn" not in (STATIC / "reading" / file).read_text("utf-8")
        assert "http" not in (STATIC / "reading" / file).read_text("utf-8")


def test_quiz_loss_functions_numbers_are_right():
    archers, signs, rain, logits = (
        json.dumps(q, ensure_ascii=False) for q in read_questions("1_loss_functions")
    )
    ann, ben = np.full(10, 5), np.append(np.zeros(9), 20)
    assert np.mean(ann**2) == 25 < np.mean(ben**2) == 40
    assert np.mean(ann) == 5 > np.mean(ben) == 2
    assert "400/10 = 40 against 25" in archers
    assert np.allclose(2 * np.array([-6, 2]) / 4, [-3, 1])
    assert "the errors are −6 and 2" in signs

    def cost(p):
        return -(0.8 * math.log(p) + 0.2 * math.log(1 - p))

    certain = 1 - 1e-12
    assert f"0.8 costs {cost(0.8):.3f} on average, 0.5 costs {cost(0.5):.3f}" in rain
    assert f"1 costs {cost(certain):.1f}" in rain
    assert f"Each of them costs {-math.log(1e-12):.1f}" in rain
    assert -math.log(0.8) < math.log(2) / 3
    assert "doubl" in logits
    z = np.array([2.0, 1.0, -1.0])
    once, twice = (np.exp(k * z) / np.exp(k * z).sum() for k in (1, 2))
    assert twice.max() > once.max()
    assert -math.log(twice[2]) > -math.log(once[2])


JUDGED = """
import { judgeChoice, matchNumber, readNumber } from "QUIZ";
const answers = [{correct: true}, {correct: true}, {correct: false}];
const numbers = [{type: "value", value: 2.5}, {type: "range", range: [3, 4]}, {type: "default"}];
console.log(JSON.stringify({
  read: ["2.5", " 2,5 ", "−3", "1/4", "2.5e9", "", "two", "1/2/3"].map(readNumber),
  match: [2.5, 2.5 + 1e-12, 3, 4, 4.1].map((n) => matchNumber(numbers, n).type),
  judge: [[], [0], [0, 2], [0, 1]].map((picked) => judgeChoice(answers, picked)),
}));
"""


@pytest.fixture(scope="module")
def judged():
    """What the quiz in the browser makes of some answers, run by Node."""
    node = which("node")
    if node is None:
        pytest.skip("Node is not installed")
    script = JUDGED.replace("QUIZ", (STATIC / "reading" / "quiz.js").as_uri())
    command = [node, "--no-warnings", "--input-type=module", "--eval", script]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    return json.loads(ended.stdout)


def test_quiz_reads_numbers_as_people_type_them(judged):
    assert judged["read"] == [2.5, 2.5, -3, 0.25, 2.5e9, None, None, None]  # NaN is null in JSON


def test_quiz_gives_the_first_matching_answer(judged):
    assert judged["match"] == ["value", "value", "range", "range", "default"]


def test_quiz_judges_a_choice(judged):
    nothing, half, stray, all_of_them = judged["judge"]
    assert nothing == {"right": False, "verdict": "Choose an answer first.", "shown": []}
    assert half["verdict"] == "Not yet. What you chose holds, and 1 more does."
    assert half["shown"] == [0]
    assert stray["verdict"] == "Not yet. 1 of your choices does not hold."
    assert not stray["right"]
    assert all_of_them == {"right": True, "verdict": "Yes.", "shown": [0, 1, 2]}
