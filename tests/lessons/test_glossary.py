"""The glossary: complete, true in its examples, and readable without seeing or scripts."""

import math
from html.parser import HTMLParser

import numpy as np
import pytest

from autograder.exercises.manifest import LESSONS
from lab.data.tables import load_digits, load_tumors
from lab.reading.glossary import Glossary, Term, flash_cards, glossary, read_terms, static_copy

KEY_TERMS = [  # what the course promises to teach
    "loss function",
    "mean squared error",
    "binary cross-entropy",
    "categorical cross-entropy",
    "softmax",
    "logit",
    "optimizer",
    "gradient",
    "gradient descent",
    "learning rate",
    "SGD",
    "minibatch",
    "momentum",
    "RMSprop",
    "Adam",
    "forward pass",
    "backpropagation",
    "epoch",
    "convergence",
]


class Tags(HTMLParser):
    """Start tags with their attributes, the text, and whether every tag is closed in order."""

    VOID = ("br", "img")

    def __init__(self, html):
        super().__init__()
        self.starts, self.open, self.text = [], [], ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.starts.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def of(self, tag):
        return [attrs for name, attrs in self.starts if name == tag]


def term(name):
    return next(each for each in read_terms() if each.term == name)


@pytest.mark.parametrize("name", KEY_TERMS)
def test_glossary_has_every_key_term(name):
    assert sum(each.term == name for each in read_terms()) == 1


def test_terms_and_their_other_names_are_unique():
    names = [name.lower() for each in read_terms() for name in (each.term, *each.also)]
    assert len(set(names)) == len(names)


def test_terms_stand_in_course_order_in_lessons_that_exist():
    order = [lesson.name for lesson in LESSONS]
    places = [order.index(each.lesson) for each in read_terms()]
    assert places == sorted(places)
    assert set(places) == set(range(len(order)))  # every lesson defines at least one term


@pytest.mark.parametrize("each", read_terms(), ids=lambda each: each.anchor)
def test_definition_is_one_sentence_that_does_not_use_its_own_term(each):
    assert each.definition[0].isupper()
    assert each.definition.endswith(".")
    assert not any(mark in each.definition[:-1] for mark in (". ", "?", "!"))
    assert len(each.definition.split()) <= 32
    start = each.definition.lower().split(":")[0]
    assert each.term.lower() not in start
    assert each.example
    assert not each.example.endswith(".")


def test_examples_state_numbers_that_hold():
    assert "(4 + 100) / 2 = 52" in term("mean squared error").example
    assert (2**2 + 10**2) / 2 == 52
    assert f"{-math.log(0.9):.3f}" in term("binary cross-entropy").example
    assert f"{-math.log(0.7):.3f}" in term("categorical cross-entropy").example
    assert "probability 0.5" in term("logit").example
    assert 1 / (1 + math.exp(0)) == 0.5
    n_digits = len(load_digits().train.features)
    steps = math.ceil(n_digits / 32)
    assert f"{n_digits:,} digits in minibatches of 32: {steps} steps" in term("minibatch").example
    assert "100 examples in minibatches of 20: 5 steps" in term("epoch").example
    tumors = load_tumors()
    train, held_out = len(tumors.train.features), len(tumors.test.features)
    assert term("held-out loss").example == f"{train} tumors to train on, {held_out} held out"
    means = np.convolve([1.0, 0.8, 0.6], [0.5, 0.5], mode="valid")
    assert term("moving average").example.endswith(", ".join(f"{mean:.1f}" for mean in means))
    assert "gradient at w = 3 is 2 · 3 = 6" in term("gradient").example
    assert math.isclose(((3 + 1e-6) ** 2 - (3 - 1e-6) ** 2) / 2e-6, 6, rel_tol=1e-6)
    assert "0.1 and gradient 6: a step of −0.6" in term("learning rate").example
    assert term("accuracy").example == f"3 of 4 right: {3 / 4}"


def test_glossary_page_is_a_table_with_headers_and_an_anchor_for_each_term():
    page = Tags(glossary()._repr_html_())
    rows = [attrs["id"] for attrs in page.of("tr") if "id" in attrs]
    assert rows == [each.anchor for each in sorted(read_terms(), key=lambda t: t.term.lower())]
    assert len(set(rows)) == len(read_terms())
    assert len(page.of("caption")) == 1
    scopes = [attrs["scope"] for attrs in page.of("th")]
    assert scopes == ["col"] * 4 + ["row"] * len(rows)
    assert all(each.definition in page.text for each in read_terms())
    assert not page.of("script")


def test_glossary_escapes_what_looks_like_markup():
    odd = Term("<b>", "0_welcome", "If a < b & c.", 'say "x"', ("<i>",))
    page = Tags(Glossary((odd,))._repr_html_())
    assert "If a < b & c." in page.text
    assert not page.of("b")
    assert not page.of("i")


def test_glossary_reads_as_plain_text_too():
    lines = repr(glossary()).splitlines()
    assert len(lines) == len(read_terms())
    assert lines[0].startswith("accuracy: The share of")


def test_flash_cards_hold_every_term_of_the_lesson_and_no_other():
    everything = flash_cards().cards
    assert [card["term"] for card in everything] == [each.term for each in read_terms()]
    fifth = flash_cards("5_training_step").cards
    assert [card["term"] for card in fifth] == ["forward pass", "backpropagation"]
    assert fifth[0]["lesson"] == "Lesson 5"


def test_flash_cards_of_an_unknown_lesson_name_the_lessons():
    with pytest.raises(ValueError, match="4_optimizers"):
        flash_cards("optimizers")


def test_saved_flash_cards_fold_without_a_script():
    cards = flash_cards("1_loss_functions").cards
    page = Tags(static_copy(cards))
    assert len(page.of("details")) == len(page.of("summary")) == len(cards)
    assert not page.of("script")
    assert all(card["definition"] in page.text for card in cards)
