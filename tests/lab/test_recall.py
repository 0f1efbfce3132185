"""Recall: which questions come back, which cards are due, and what is kept of an answer."""

import datetime

import pytest

from lab.reading.boxes import DAYS, due, moved
from lab.reading.glossary import FlashCards, read_terms
from lab.reading.model_answer import model_answer
from lab.reading.quiz import Quiz, read_questions, recall
from lab.widget.kept import Kept

TODAY = datetime.date.today()


def answer(quiz, number, right):
    quiz._receive(quiz, {"question": number, "right": right}, [])


def test_recall_asks_three_questions_of_earlier_lessons_only(tmp_path):
    asked = recall("3_learning_rate", Kept(tmp_path)).questions
    assert len(asked) == 3
    assert [question["from"] for question in asked] == ["Lesson 2", "Lesson 1", "Lesson 0"]


def test_question_that_was_missed_comes_first_and_leaves_once_it_is_right(tmp_path):
    kept = Kept(tmp_path)
    quiz = Quiz(read_questions("1_loss_functions"), kept)
    missed = quiz.questions[2]["name"]
    answer(quiz, 2, right=False)
    again = recall("4_optimizers", kept)
    assert again.questions[0]["name"] == missed
    answer(again, 0, right=True)
    assert kept.entries("quiz")[missed] == {"box": 2, "day": TODAY.isoformat()}
    assert missed not in [q["name"] for q in recall("4_optimizers", kept).questions]


def test_question_waits_longest_where_all_are_known(tmp_path):
    kept = Kept(tmp_path)
    names = [q["name"] for q in read_questions("0_welcome")]
    for days, name in enumerate(names):
        day = (TODAY - datetime.timedelta(days=days)).isoformat()
        kept.change("quiz", name, lambda _, day=day: {"box": 2, "day": day})
    asked = [q["name"] for q in recall("1_loss_functions", kept).questions]
    assert asked == names[::-1][:3]


def test_recall_before_the_first_lesson_is_refused():
    with pytest.raises(ValueError, match="first lesson"):
        recall("0_welcome")
    with pytest.raises(ValueError, match="no quiz named"):
        recall("9_nothing")


def test_answers_that_belong_to_no_question_are_not_kept(tmp_path):
    quiz = Quiz(read_questions("0_welcome"), Kept(tmp_path))
    for number in (-1, 99, "0", None):
        answer(quiz, number, right=True)
    assert Kept(tmp_path).entries("quiz") == {}


def test_box_goes_up_one_by_one_and_down_at_once():
    entry = None
    for _ in range(7):
        entry = moved(entry, known=True, today=TODAY)
    assert entry["box"] == len(DAYS)
    assert due(entry) == TODAY + datetime.timedelta(days=DAYS[-1])
    assert moved(entry, known=False, today=TODAY)["box"] == 1


@pytest.mark.parametrize("entry", [{}, {"day": 3}, {"day": "x", "box": 2}, {"box": "y"}])
def test_entry_that_somebody_has_edited_is_due_today(entry):
    assert due(entry) == TODAY
    assert moved(entry, known=True)["box"] in (2, 3)


def test_card_that_was_known_is_due_later_and_one_that_was_not_tomorrow(tmp_path):
    terms = read_terms("4_optimizers")
    cards = FlashCards(terms, Kept(tmp_path))
    assert all(card["due"] == 0 for card in cards.cards)
    for term, known in ((terms[0].term, True), (terms[1].term, False), ("no such term", True)):
        cards._receive(cards, {"term": term, "known": known}, [])
    later = FlashCards(terms, Kept(tmp_path)).cards
    assert [card["due"] for card in later[:3]] == [DAYS[1], DAYS[0], 0]
    assert sorted(Kept(tmp_path).entries("cards")) == sorted([terms[0].term, terms[1].term])


def test_model_answer_of_a_lesson_without_one_is_refused():
    with pytest.raises(ValueError, match="no model answer"):
        model_answer("no lesson")
