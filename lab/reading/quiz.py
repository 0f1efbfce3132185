"""Quizzes at the end of a lesson: the questions of one file, read, proved well-formed and shown.

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
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from lab.widget.javascript import STATIC
from lab.widget.still_copy import show_below_copy

CHOICES = ("multiple_choice", "many_choice")
KEYS = {"question", "type", "answers"}

Question = dict[str, Any]


class Quiz(anywidget.AnyWidget):
    """Questions to answer with mouse, keyboard or voice, each answer with its reason.

    Saved notebooks, exported pages and closed kernels show the same questions with their answers
    folded; the live quiz hides that copy.
    """

    _esm = STATIC / "reading" / "quiz.js"
    _css = STATIC / "reading" / "quiz.css"
    questions: traitlets.List[Question] = traitlets.List().tag(sync=True)

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
        time. Answers stay in the browser; nothing is marked.

    Raises
    ------
    ValueError
        If there is no quiz of that name, or its file breaks the schema.
    """
    return Quiz(questions=[_mixed(question) for question in read_questions(lesson)])


def read_questions(lesson: str) -> list[Question]:
    """Questions of a lesson, proved to keep to the schema.

    Raises
    ------
    ValueError
        If there is no quiz of that name (the message lists the names), or a question breaks the
        schema (the message says which and how).
    """
    folder = files("lessons") / "quizzes"
    names = sorted(f.name.removesuffix(".json") for f in folder.iterdir() if ".json" in f.name)
    if lesson not in names:
        raise ValueError(f"no quiz named {lesson!r}; there are: {', '.join(names)}")
    questions = json.loads((folder / f"{lesson}.json").read_text(encoding="utf-8"))
    if found := faults(questions):
        raise ValueError(f"{lesson}.json: " + "; ".join(found))
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
