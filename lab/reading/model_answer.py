"""A model answer to the question of a lesson, which opens after the learner's own.

The answers are in ``lessons/model_answers.toml``: one text for each lesson, its paragraphs apart by
an empty line. What learners write stays where they write it, in the cell above.
"""

import tomllib
from html import escape
from importlib.resources import files

import anywidget
import traitlets

from lab.widget.javascript import script, style
from lab.widget.still_copy import show_below_copy


class ModelAnswer(anywidget.AnyWidget):
    """A button that opens the model answer once the cell above holds an answer."""

    _esm, _css = script("reading/model_answer"), style("reading/model_answer")
    paragraphs: traitlets.List[str] = traitlets.List().tag(sync=True)

    def _ipython_display_(self, **_: object) -> None:
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        copy = f"<details><summary>Our answer, after yours</summary>{text}</details>"
        copy = f'<div class="answer-copy">{copy}</div>'
        show_below_copy(self, copy, "A model answer.", still="answer-copy", live="model-answer")


def model_answer(lesson: str) -> ModelAnswer:
    """Model answer to the question "To think about" of a lesson; for the cell below the answer.

    Parameters
    ----------
    lesson : str
        The lesson's name, such as ``"1_loss_functions"``.

    Raises
    ------
    ValueError
        If there is none for that lesson.
    """
    text = (files("lessons") / "model_answers.toml").read_text(encoding="utf-8")
    answers = tomllib.loads(text)
    if lesson not in answers:
        raise ValueError(f"no model answer for {lesson!r}; there are: {', '.join(answers)}")
    paragraphs = (part.replace("\n", " ").strip() for part in answers[lesson].split("\n\n"))
    return ModelAnswer(paragraphs=[paragraph for paragraph in paragraphs if paragraph])
