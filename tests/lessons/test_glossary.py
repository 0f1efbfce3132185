"""The glossary: complete, true in its examples, and readable without seeing or scripts."""

import math
from html.parser import HTMLParser

import numpy as np
import pytest

from autograder.exercises.manifest import LESSONS
from lab.data.tables import load_digits, load_tumors
from lab.reading.glossary import Glossary, Term, flash_cards, glossary, read_terms, static_copy
from solutions.loss_curves import early_stopping

KEY_TERMS = [  # what the course promises to teach
    "loss function",
    "mean squared error",
    "binary cross-entropy",
    "cross-entropy",
    "categorical cross-entropy",
    "robust loss",
    "outlier",
    "softmax",
    "logit",
    "optimizer",
    "gradient",
    "gradient descent",
    "learning rate",
    "curvature",
    "SGD",
    "minibatch",
    "momentum",
    "RMSprop",
    "Adam",
    "weight decay",
    "hidden layer",
    "forward pass",
    "backpropagation",
    "epoch",
    "convergence",
    "overfitting",
    "early stopping",
    "patience",
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
    return next(term for term in read_terms() if term.term == name)


@pytest.mark.parametrize("name", KEY_TERMS)
def test_glossary_has_every_key_term(name):
    assert sum(term.term == name for term in read_terms()) == 1


def test_terms_and_their_other_names_are_unique():
    names = [name.lower() for term in read_terms() for name in (term.term, *term.also)]
    assert len(set(names)) == len(names)


def test_terms_stand_in_course_order_in_lessons_that_exist():
    order = [lesson.name for lesson in LESSONS]
    places = [order.index(term.lesson) for term in read_terms()]
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
    assert f"−ln 0.5 = {-math.log(0.5):.3f}" in term("cross-entropy").example
    prices = [210, 230, 240, 260, 2500]
    said = f"the mean is {np.mean(prices):.0f}, the median {np.median(prices):.0f}"
    assert said in term("outlier").example
    assert "slope 2(w − 3), which grows by 2 for each 1" in term("curvature").example
    cosine = [0.4 * 0.5 * (1 + math.cos(math.pi * step / 100)) for step in (0, 50, 100)]
    assert np.allclose(cosine, [0.4, 0.2, 0])
    said = "0.4 at step 0, 0.2 at step 50, 0 at step 100"
    assert said in term("learning-rate schedule").example
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
    assert "the mean holds 1.75" in term("bias correction").example
    assert 2 * (1 / 2 + 1 / 4 + 1 / 8) == 1.75
    assert early_stopping([0.5, 0.6, 0.7], patience=2) == (0, 2)
    assert "0.5, 0.6, 0.7 and patience 2: stop at the third" in term("patience").example
    assert term("accuracy").example == f"3 of 4 right: {3 / 4}"


def test_glossary_page_is_a_table_with_headers_and_an_anchor_for_each_term():
    page = Tags(glossary()._repr_html_())
    rows = [attrs["id"] for attrs in page.of("tr") if "id" in attrs]
    assert rows == [term.anchor for term in sorted(read_terms(), key=lambda t: t.term.lower())]
    assert len(set(rows)) == len(read_terms())
    assert len(page.of("caption")) == 1
    scopes = [attrs["scope"] for attrs in page.of("th")]
    assert scopes == ["col"] * 4 + ["row"] * len(rows)
    assert all(term.definition in page.text for term in read_terms())
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
    assert [card["term"] for card in everything] == [term.term for term in read_terms()]
    fifth = flash_cards("5_training_step").cards
    terms = ["hidden layer", "forward pass", "backpropagation", "ReLU"]
    assert [card["term"] for card in fifth] == terms
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
