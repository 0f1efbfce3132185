"""The key terms of the course: a glossary page and flash cards, both from one file.

The terms are in ``lessons/glossary.toml``. The section *Key terms* at the end of each lesson
repeats the definitions word for word.
"""

import datetime
import re
import tomllib
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from lab.reading.boxes import due, moved
from lab.widget.javascript import script, style
from lab.widget.kept import Kept
from lab.widget.still_copy import show_below_copy


@dataclass(frozen=True)
class Term:
    """A key term, defined in one sentence.

    Attributes
    ----------
    term : str
        The term as it is written in running text.
    lesson : str
        Name of the lesson where it first appears.
    definition : str
        One sentence.
    example : str
        A short formula or a number, in plain text.
    also : tuple of str
        Other names for the same thing.
    """

    term: str
    lesson: str
    definition: str
    example: str
    also: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Where the glossary page can be entered: ``#term-learning-rate``."""
        return "term-" + re.sub(r"[^a-z0-9]+", "-", self.term.lower()).strip("-")

    @property
    def lesson_title(self) -> str:
        """The lesson as readers see it: ``Lesson 3``."""
        return f"Lesson {self.lesson.partition('_')[0]}"


class Glossary:
    """All key terms as one table in alphabetical order, with an anchor at each.

    Parameters
    ----------
    terms : tuple of Term
        What to show.
    """

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = tuple(sorted(terms, key=lambda term: term.term.lower()))

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="text-align: left; padding: 0.3em 0.8em">{name}</th>'
            for name in ("Term", "What it means", "Example", "First met in")
        )
        rows = "".join(_row(term) for term in self.terms)
        return (
            '<table class="glossary" style="max-width: 62rem; font-size: inherit">'
            f'<caption style="text-align: left; font-weight: 600">{len(self.terms)} key terms '
            f"in alphabetical order</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )

    def __repr__(self) -> str:
        return "\n".join(f"{term.term}: {term.definition}" for term in self.terms)


class FlashCards(anywidget.AnyWidget):
    """Key terms as a pile of cards: read one side, recall the other, turn it over.

    The cards lie in Leitner's boxes (`lab.reading.boxes`): the pile holds those that are due. A
    card that you did not know goes back under the pile, and into the first box. Saved notebooks and
    closed kernels show all cards folded, which needs no script.
    """

    _esm, _css = script("reading/flash_cards"), style("reading/flash_cards")
    cards: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)

    def __init__(self, terms: tuple[Term, ...], kept: Kept | None = None) -> None:
        self.kept = kept or Kept.beside_course()
        entries = self.kept.entries("cards")
        super().__init__(cards=[_card(term, entries.get(term.term)) for term in terms])
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Move a card to the box where it belongs after an answer."""
        term, known = content.get("term"), bool(content.get("known"))
        if any(card["term"] == term for card in self.cards):
            self.kept.change("cards", term, lambda entry: moved(entry, known))

    def _ipython_display_(self, **_: object) -> None:
        count = f"{len(self.cards)} flash cards."
        show_below_copy(self, static_copy(self.cards), count, still="flash-copy", live="flash")


def glossary() -> Glossary:
    """All key terms of the course, shown as a table when it is the last line of a cell.

    Examples
    --------
    >>> glossary().terms[0].term
    'accuracy'
    """
    return Glossary(read_terms())


def flash_cards(lesson: str | None = None) -> FlashCards:
    """Key terms of one lesson, or of all, as flash cards.

    Parameters
    ----------
    lesson : str, optional
        Name of a lesson, such as ``"4_optimizers"``. By default, the cards of all lessons in
        course order.

    Returns
    -------
    FlashCards
        The cards as an interactive element: those that are due today, and the day on which the
        others are.

    Raises
    ------
    ValueError
        If no term belongs to a lesson of that name.
    """
    return FlashCards(read_terms(lesson))


def _card(term: Term, entry: dict[str, Any] | None) -> dict[str, Any]:
    """What the front end shows of a term: `due` in how many days, `next` if it is known today."""
    today = datetime.date.today()
    return {
        "term": term.term,
        "also": ", ".join(term.also),
        "definition": term.definition,
        "example": term.example,
        "lesson": term.lesson_title,
        "due": max(0, (due(entry) - today).days),
        "next": (due(moved(entry, True)) - today).days,
    }


def read_terms(lesson: str | None = None) -> tuple[Term, ...]:
    """Terms of one lesson, or of all, in course order.

    Raises
    ------
    ValueError
        If no term belongs to a lesson of that name (the message lists the lessons).
    """
    text = (files("lessons") / "glossary.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["terms"]
    terms = tuple(Term(**{**entry, "also": tuple(entry.get("also", ()))}) for entry in entries)
    chosen = tuple(term for term in terms if lesson in (None, term.lesson))
    if not chosen:
        names = ", ".join(dict.fromkeys(term.lesson for term in terms))
        raise ValueError(f"no key terms for lesson {lesson!r}; there are: {names}")
    return chosen


def static_copy(cards: list[dict[str, Any]]) -> str:
    """HTML of the cards with their backs folded, which needs neither script nor kernel."""
    items = "".join(
        f"<details><summary><b>{escape(card['term'])}</b></summary>"
        f"<p>{escape(card['definition'])}<br><i>{escape(card['example'])}</i></p></details>"
        for card in cards
    )
    return f'<div class="flash-copy">{items}</div>'


def _row(term: Term) -> str:
    style = 'style="text-align: left; vertical-align: top; padding: 0.3em 0.8em"'
    cell = f"<td {style}>"
    also = f"<br><small>also: {escape(', '.join(term.also))}</small>" if term.also else ""
    return (
        f'<tr id="{term.anchor}"><th scope="row" {style}>'
        f"{escape(term.term)}{also}</th>{cell}{escape(term.definition)}</td>"
        f"{cell}{escape(term.example)}</td>{cell}{escape(term.lesson_title)}</td></tr>"
    )
