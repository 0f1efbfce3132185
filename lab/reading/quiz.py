"""Quizzes: the questions of a lesson, read, proved well-formed and shown; and three old ones.

`quiz` ends a lesson and asks its own questions. `recall` opens one and asks three from the lessons
before it: first what this learner got wrong, then what is due, by the boxes of `lab.reading.boxes`.
The first answer given to a question decides in which box it lies.

The questions of a lesson are in ``lessons/quizzes/<lesson>.json``, in the schema of
jupyterquiz: a list of ``{"question", "type", "answers"}`` with these types.

- ``multiple_choice``: exactly one answer is correct; ``many_choice``: one or more are. Each
  answer is ``{"answer", "correct", "feedback"}``.
- ``numeric``: each answer is ``{"type": "value", "value": …}`` or
  ``{"type": "range", "range": [low, high]}``, with ``"correct"`` and ``"feedback"``; one
  ``{"type": "default", "feedback": …}`` answers every other number. The first match counts.

A text may hold `` `code` `` in backticks; there is no other markup, so formulas are written in
plain characters: ``p − t``, ``e⁻ᶻ``.
"""

import json
import math
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from lab.reading.boxes import due, moved
from lab.widget.javascript import script, style
from lab.widget.kept import Kept
from lab.widget.still_copy import show_below_copy

RECALLED = 3  # questions at the start of a lesson
CHOICES = ("multiple_choice", "many_choice")
KEYS = {"question", "type", "answers"}

Question = dict[str, Any]


class Quiz(anywidget.AnyWidget):
    """Questions to answer with mouse, keyboard or voice, each answer with its reason.

    Saved notebooks, exported pages and closed kernels show the same questions with their answers
    folded; the live quiz hides that copy.
    """

    _esm, _css = script("reading/quiz"), style("reading/quiz")
    questions: traitlets.List[Question] = traitlets.List().tag(sync=True)

    def __init__(self, questions: Iterable[Question], kept: Kept | None = None) -> None:
        self.kept = kept or Kept.beside_course()
        super().__init__(questions=[_mixed(question) for question in questions])
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Keep the first answer to a question."""
        number, right = content.get("question"), bool(content.get("right"))
        if isinstance(number, int) and 0 <= number < len(self.questions):
            name = self.questions[number]["name"]
            self.kept.change("quiz", name, lambda entry: moved(entry, right))

    def _ipython_display_(self, **_: object) -> None:
        count = f"Quiz with {len(self.questions)} questions."
        copy = static_copy(self.questions)
        show_below_copy(self, copy, count, still="quiz-copy", live="quiz")


def quiz(lesson: str) -> Quiz:
    """Quiz of a lesson, shown when it is the last line of a cell.

    Parameters
    ----------
    lesson : str
        The lesson's name, such as ``"1_loss_functions"``.

    Returns
    -------
    Quiz
        The questions as an interactive element, choices mixed in an order that is the same each
        time. Which of them were right at the first try is kept for `recall`; nothing is marked.

    Raises
    ------
    ValueError
        If there is no quiz of that name, or its file breaks the schema.
    """
    return Quiz(read_questions(lesson))


def recall(lesson: str, kept: Kept | None = None) -> Quiz:
    """Three questions from the lessons before this one, chosen by what this learner missed.

    Parameters
    ----------
    lesson : str
        The lesson that they open, such as ``"2_gradient_descent"``.
    kept : Kept, optional
        Where earlier answers are kept; beside the nearest ``course/`` by default.

    Returns
    -------
    Quiz
        Questions that were missed come first, then those that were never asked, one of each
        lesson in turn, the latest first, then those that have waited longest.

    Raises
    ------
    ValueError
        If there is no lesson of that name, or none before it.
    """
    before = [name for name in _lessons(lesson) if name < lesson]
    if not before:
        raise ValueError(f"{lesson} is the first lesson: there is nothing to recall")
    kept = kept or Kept.beside_course()
    entries = kept.entries("quiz")

    ranked = []
    for place, name in enumerate(before):

        def mixed(question: Question) -> bytes:
            return sha256((lesson + question["name"]).encode()).digest()

        for turn, question in enumerate(sorted(read_questions(name), key=mixed)):
            entry = entries.get(question["name"])
            missed = (entry or {}).get("box") == 1
            rank = 0 if missed else 2 if entry else 1
            waits = due(entry).isoformat() if entry else ""
            ranked.append(((rank, waits, turn, -place), question))
    asked = [question for _, question in sorted(ranked, key=lambda pair: pair[0])[:RECALLED]]
    return Quiz([{**q, "from": f"Lesson {q['name'].partition('_')[0]}"} for q in asked], kept)


def _lessons(lesson: str) -> list[str]:
    """The names of all lessons with a quiz, `lesson` among them."""
    entries = (files("lessons") / "quizzes").iterdir()
    names = sorted(e.name.removesuffix(".json") for e in entries if e.name.endswith(".json"))
    if lesson not in names:
        raise ValueError(f"no quiz named {lesson!r}; there are: {', '.join(names)}")
    return names


def read_questions(lesson: str) -> list[Question]:
    """Questions of a lesson, proved to keep to the schema, and the `name` of each.

    Raises
    ------
    ValueError
        If there is no quiz of that name (the message lists the names), or a question breaks the
        schema (the message says which and how).
    """
    _lessons(lesson)
    text = (files("lessons") / "quizzes" / f"{lesson}.json").read_text(encoding="utf-8")
    questions = json.loads(text)
    if found := faults(questions):
        raise ValueError(f"{lesson}.json: " + "; ".join(found))
    for question in questions:
        question["name"] = f"{lesson}#{sha256(question['question'].encode()).hexdigest()[:8]}"
    return list(questions)


def faults(questions: object) -> list[str]:
    """Sentences on everything that breaks the schema; empty if nothing does."""
    if not isinstance(questions, list) or not questions:
        return ["a quiz is a list of at least one question"]
    found = []
    for number, question in enumerate(questions, start=1):
        found += [f"question {number}: {fault}" for fault in _question_faults(question)]
    return found


def static_copy(questions: list[Question]) -> str:
    """HTML of the questions with their answers folded, which needs neither script nor kernel.

    The sanitizer of notebooks keeps ``details`` and ``summary``, which fold by themselves.
    """
    items = []
    for question in questions:
        lines = "".join(_static_answer(answer) for answer in question["answers"])
        options = ""
        if question["type"] in CHOICES:
            shown = "".join(f"<li>{_markup(a['answer'])}</li>" for a in question["answers"])
            options = f"<ul>{shown}</ul>"
        items.append(
            f"<li><p>{_markup(question['question'])}</p>{options}"
            f"<details><summary>Show the answer</summary><ul>{lines}</ul></details></li>"
        )
    return f'<div class="quiz-copy"><ol>{"".join(items)}</ol></div>'


def _mixed(question: Question) -> Question:
    """The question with its choices in an order that is the same each time, but nobody's choice.

    Whoever writes questions tends to put the correct answer first.
    """
    if question["type"] not in CHOICES:
        return question
    text = question["question"]

    def place(answer: dict[str, Any]) -> bytes:
        return sha256(f"{text} {answer['answer']}".encode()).digest()

    return {**question, "answers": sorted(question["answers"], key=place)}


def _static_answer(answer: dict[str, Any]) -> str:
    kind = answer.get("type")
    if kind == "default":
        name = "anything else"
    elif kind == "range":
        name = "{:g} to {:g}".format(*answer["range"])
    else:
        name = _markup(answer["answer"]) if kind is None else f"{answer['value']:g}"
    mark = "✓ holds" if answer.get("correct") else "✗ does not hold"
    return f"<li><b>{mark}</b>: {name}. {_markup(answer['feedback'])}</li>"


def _markup(text: str) -> str:
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def _question_faults(question: object) -> list[str]:
    if not isinstance(question, dict) or set(question) != KEYS:
        return [f"its keys are not {', '.join(sorted(KEYS))}"]
    kind, answers = question["type"], question["answers"]
    if not _is_text(question["question"]):
        return ["the question is not a text with paired backticks"]
    if kind not in (*CHOICES, "numeric"):
        return [f"unknown type {kind!r}"]
    if not isinstance(answers, list) or len(answers) < 2:
        return ["there are fewer than two answers"]
    fault_of = _choice_fault if kind in CHOICES else _numeric_fault
    found = [f"answer {i}: {f}" for i, a in enumerate(answers, 1) if (f := fault_of(a))]
    if found:
        return found
    correct = sum(bool(answer.get("correct")) for answer in answers)
    if correct == 0:
        return ["no answer is correct"]
    if kind == "multiple_choice" and correct > 1:
        return ["more than one answer is correct; that is a many_choice question"]
    if kind in CHOICES:
        texts = [answer["answer"] for answer in answers]
        return ["two answers read the same"] if len(set(texts)) < len(texts) else []
    defaults = [answer["type"] == "default" for answer in answers]
    return [] if sum(defaults) == 1 and defaults[-1] else ["the last answer is not the one default"]


def _choice_fault(answer: object) -> str:
    if not isinstance(answer, dict) or set(answer) != {"answer", "correct", "feedback"}:
        return "its keys are not answer, correct, feedback"
    if not isinstance(answer["correct"], bool):
        return "correct is neither true nor false"
    if not (_is_text(answer["answer"]) and _is_text(answer["feedback"])):
        return "answer or feedback is not a text with paired backticks"
    return ""


def _numeric_fault(answer: object) -> str:
    if not isinstance(answer, dict) or not _is_text(answer.get("feedback")):
        return "there is no feedback"
    kind = answer.get("type")
    if kind == "default":
        return "" if set(answer) == {"type", "feedback"} else "a default has only a feedback"
    if kind not in ("value", "range") or set(answer) != {"type", kind, "correct", "feedback"}:
        return "its keys are not type, value or range, correct, feedback"
    if not isinstance(answer["correct"], bool):
        return "correct is neither true nor false"
    if kind == "value":
        return "" if _is_number(answer["value"]) else "the value is not a number"
    ends = answer["range"]
    if not isinstance(ends, list) or len(ends) != 2 or not all(map(_is_number, ends)):
        return "the range is not two numbers"
    return "" if ends[0] < ends[1] else "the range does not ascend"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != "" and value.count("`") % 2 == 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
