"""Results for people: a card in the notebook, text in the terminal."""

import html
import textwrap
import time
from dataclasses import dataclass, replace
from typing import Any

from autograder.exercises.manifest import Exercise, exercise
from autograder.grading.results import CriterionResult, ExerciseResult, SubmissionResult
from autograder.learner.exam import is_withheld
from autograder.sandbox.outcomes import Outcome

MARKS = {
    **dict.fromkeys(Outcome, "✗"),
    Outcome.PASSED: "✓",
    Outcome.NOT_WRITTEN: "○",
    Outcome.NOT_RUN: "–",
    Outcome.GRADER_FAULT: "!",
}
WORDS = {
    Outcome.PASSED: "holds",
    Outcome.NOT_WRITTEN: "not written yet",
    Outcome.RAISED: "your code raised an exception",
}
# Outside JupyterLab the page's own color of text is mixed in: the colors then suit light and dark.
GREEN, RED, QUIET = (
    "var(--jp-success-color1, color-mix(in srgb, #1b9a5f 62%, currentColor))",
    "var(--jp-error-color1, color-mix(in srgb, #e03c31 45%, currentColor))",
    "var(--jp-ui-font-color2, color-mix(in srgb, currentColor 72%, transparent))",
)
WASH = "var(--jp-layout-color2, color-mix(in srgb, currentColor 7%, transparent))"
BORDER = "1px solid var(--jp-border-color2, color-mix(in srgb, currentColor 20%, transparent))"
# Our JupyterLab extension shows a newer card of these exercises instead of this one.
LIVE = "application/vnd.first-descent.card+json"
AS_BEFORE = "for the same reason"
MAX_PRINTED_LINES = 12
WIDTH = 100  # of a line of names


@dataclass(frozen=True)
class Card:
    """What a check found, as HTML in a notebook and as text elsewhere.

    In a notebook its plain-text form is the number of points, which nbgrader reads as the score.
    """

    result: SubmissionResult
    notes: tuple[str, ...] = ()  # sentences on what is not as it should be around the check

    @property
    def passed(self) -> bool:
        """Whether everything that was checked holds."""
        return all(graded.passed for graded in self.result.exercises)

    @property
    def points(self) -> float:
        """Points earned, bonus included."""
        return sum(graded.score for graded in self.result.exercises)

    def of(self, exercise: str) -> "Card":
        """The card of one of its exercises."""
        only = tuple(graded for graded in self.result.exercises if graded.name == exercise)
        return replace(self, result=replace(self.result, exercises=only))

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        names = [graded.name for graded in self.result.exercises]
        return {
            "text/plain": f"{float(self.points)!r}",
            "text/html": card_html(self.result, self.notes),
            LIVE: {"exercises": names, "at": time.time()},
        }

    def __repr__(self) -> str:
        return "\n".join([card_text(self.result), *self.notes])


def card_text(result: SubmissionResult, *, color: bool = False) -> str:
    """The result as text, an exercise after the other."""
    several = len(result.exercises) > 1
    parts = [
        _exercise_text(graded, color, said=_said_before(result, graded))
        for graded in result.exercises
        if not (several and graded.outcome is Outcome.NOT_WRITTEN)
    ]
    if several:
        lines = _unwritten_lines(result)
        parts += [_tinted(line, Outcome.NOT_WRITTEN, color) for line in lines]
    if result.printed.strip():
        parts.append("Your code printed:\n" + _indented(_printed(result.printed), "  │ "))
    return "\n".join(parts)


def card_html(result: SubmissionResult, notes: tuple[str, ...] = ()) -> str:
    """The result as one self-contained piece of HTML; every text of the learner is escaped."""
    several = len(result.exercises) > 1
    body = "".join(
        _exercise_html(graded, several=several, said=_said_before(result, graded))
        for graded in result.exercises
    )
    return _frame(body, result.printed, notes)


def exercise_card_html(exercise: ExerciseResult, printed: str = "") -> str:
    """The card of one exercise; see `card_html`."""
    return _frame(_exercise_html(exercise, several=False, said=False), printed, ())


def points(value: float) -> str:
    """Points without a superfluous zero."""
    return f"{round(value, 2):g}"


def _frame(body: str, printed: str, notes: tuple[str, ...]) -> str:
    if printed.strip():
        printed = html.escape(_printed(printed))
        body += (
            f'<details style="margin: 8px 14px"><summary>Your code printed</summary>'
            f'<pre style="white-space: pre-wrap; margin: 6px 0">{printed}</pre></details>'
        )
    for note in notes:
        body += f'<div style="margin: 6px 14px; color: {QUIET}">{html.escape(note)}</div>'
    return (
        f'<div role="group" aria-label="Feedback" style="border: {BORDER}; border-radius: 8px; '
        f"max-width: 760px; padding: 4px 0; margin: 4px 0; font-family: var(--jp-ui-font-family, "
        f'system-ui, sans-serif); line-height: 1.45">{body}</div>'
    )


# -- text -----------------------------------------------------------------------------------------


def _said_before(result: SubmissionResult, exercise: ExerciseResult) -> bool:
    """Whether an earlier exercise failed for the very same reason: their module does not load."""
    earlier = result.exercises[: result.exercises.index(exercise)]
    return exercise.outcome is Outcome.RAISED and any(
        other.module == exercise.module and _first_message(other) == _first_message(exercise)
        for other in earlier
    )


def _first_message(exercise: ExerciseResult) -> str:
    return next((criterion.message for criterion in exercise.criteria if criterion.message), "")


def _exercise_text(graded: ExerciseResult, color: bool, *, said: bool) -> str:
    earned = _earned(graded)
    head = f"{MARKS[graded.outcome]} {graded.name}: {_outcome_words(graded)}"
    lines = [_tinted(head + (f" ({earned})" if earned else ""), graded.outcome, color)]
    if said:
        return f"{lines[0]} {AS_BEFORE}"
    if graded.outcome is Outcome.NOT_WRITTEN:
        return "\n".join([*lines, _indented(graded.criteria[0].message, "    ")])
    for criterion in graded.criteria if graded.outcome is not Outcome.PASSED else ():
        titled = f"{MARKS[criterion.outcome]} {criterion.title}"
        lines.append("  " + _tinted(titled, criterion.outcome, color))
        if criterion.message and _spoken(criterion, graded):
            lines.append(_indented(criterion.message, "      "))
    return "\n".join(lines)


def _unwritten_lines(result: SubmissionResult) -> list[str]:
    """What is not written, a line for each module; by name where it is begun or the only one."""
    modules: dict[str, list[ExerciseResult]] = {}
    for graded in result.exercises:
        modules.setdefault(graded.module, []).append(graded)
    lines = []
    for module, exercises in modules.items():
        names = [graded.name for graded in exercises if graded.outcome is Outcome.NOT_WRITTEN]
        if not names:
            continue
        text = f"{MARKS[Outcome.NOT_WRITTEN]} course/{module}.py: "
        done = begun(exercise(names[0]))
        if len(names) == len(exercises) > 1 < len(modules):
            lines.append(f"{text}none of its {len(names)} is {done} yet")
        else:
            lines.append(textwrap.fill(f"{text}not {done} yet: {', '.join(names)}", WIDTH))
    return lines


def _tinted(text: str, outcome: Outcome, color: bool) -> str:
    if not color:
        return text
    code = {Outcome.PASSED: "32", Outcome.NOT_WRITTEN: "2", Outcome.NOT_RUN: "2"}.get(outcome, "31")
    return f"\x1b[{code}m{text}\x1b[0m"


def _earned(graded: ExerciseResult) -> str:
    of = f"{points(graded.score)} of {points(graded.max_score)} points"
    return of if graded.max_score else ""


def _outcome_words(graded: ExerciseResult) -> str:
    whole = {Outcome.PASSED: "everything holds", Outcome.FAILED: "something does not hold yet"}
    if graded.outcome is Outcome.NOT_RUN and is_withheld(graded):
        return "written"
    if graded.outcome is Outcome.NOT_WRITTEN and exercise(graded.name).bug:
        return f"not {begun(exercise(graded.name))} yet"
    return (WORDS | whole).get(graded.outcome, str(graded.outcome))


def begun(asked: Exercise) -> str:
    """What has happened to an exercise that the learner has begun: programs are there already."""
    return "repaired" if asked.bug else "written"


def _spoken(criterion: CriterionResult, graded: ExerciseResult) -> bool:
    """Whether to show a message: the same explanation is given once."""
    if criterion.outcome is Outcome.NOT_RUN:  # the check before it says why, unless there is none
        return criterion is graded.criteria[0]
    earlier = [other.message for other in graded.criteria[: graded.criteria.index(criterion)]]
    return criterion.message not in earlier


def _indented(text: str, margin: str) -> str:
    return "\n".join(margin + line for line in text.splitlines())


def _printed(text: str) -> str:
    lines = ["".join(c if c.isprintable() else " " for c in line) for line in text.splitlines()]
    if len(lines) > MAX_PRINTED_LINES:
        lines = [*lines[:MAX_PRINTED_LINES], f"… and {len(lines) - MAX_PRINTED_LINES} more lines"]
    return "\n".join(line[:300] for line in lines)


# -- HTML -----------------------------------------------------------------------------------------


def _exercise_html(graded: ExerciseResult, *, several: bool, said: bool) -> str:
    tint = _tint(graded.outcome)
    head = _row(
        f'<span aria-hidden="true" style="color: {tint}; font-weight: 700">'
        f"{MARKS[graded.outcome]}</span>",
        f"<strong>{html.escape(graded.name)}</strong> "
        f'<span style="color: {tint}">{_outcome_words(graded)}</span>'
        + (f" {AS_BEFORE}" if said else ""),
        _earned(graded),
    )
    if said:
        return f'<div style="padding: 6px 14px">{head}</div>'
    if graded.outcome is Outcome.NOT_WRITTEN:
        rows = _message_html(graded.criteria[0].message or "") + _hint_html(graded)
    else:
        rows = "".join(_criterion_html(criterion, graded) for criterion in graded.criteria)
        rows = f'<ul style="list-style: none; margin: 6px 0 0; padding: 0">{rows}</ul>'
        if graded.outcome is not Outcome.PASSED:
            rows += _hint_html(graded)
    if several:
        opened = "" if graded.outcome in (Outcome.PASSED, Outcome.NOT_WRITTEN) else " open"
        return (
            f'<details{opened} style="padding: 6px 14px"><summary>{head}</summary>{rows}</details>'
        )
    return f'<div style="padding: 8px 14px">{head}{rows}</div>'


def _criterion_html(criterion: CriterionResult, graded: ExerciseResult) -> str:
    state = WORDS.get(criterion.outcome, str(criterion.outcome))
    spoken = criterion.message and _spoken(criterion, graded)
    row = _row(
        f'<span aria-label="{state}" role="img" style="color: {_tint(criterion.outcome)}; '
        f'font-weight: 700">{MARKS[criterion.outcome]}</span>',
        html.escape(criterion.title),
        f"{points(criterion.points)} p" if criterion.points else "",
    )
    return (
        f'<li style="margin: 3px 0">{row}{_message_html(criterion.message) if spoken else ""}</li>'
    )


def _row(mark: str, text: str, worth: str) -> str:
    """Mark, text and points side by side: the text wraps between the other two."""
    return (
        f'<span style="display: inline-grid; grid-template-columns: 1.4em 1fr auto; '
        f'column-gap: 0.3em; width: calc(100% - 1.4em); vertical-align: top">{mark}'
        f'<span>{text}</span><span style="color: {QUIET}; font-size: 90%; white-space: nowrap">'
        f"{worth}</span></span>"
    )


def _message_html(message: str) -> str:
    lines = "<br>".join(html.escape(line) for line in message.splitlines())
    return (
        f'<div style="margin: 3px 0 6px 1.4em; padding: 6px 10px; border-left: 3px solid {QUIET}; '
        f"background: {WASH}; font-family: var(--jp-code-font-family, "
        f'monospace); font-size: 92%; overflow-wrap: anywhere">{lines}</div>'
    )


def _hint_html(graded: ExerciseResult) -> str:
    if is_withheld(graded):
        return ""
    hints = exercise(graded.name).hints
    steps = "".join(
        f'<details style="margin-left: 1.4em"><summary>{label}</summary>'
        f'<div style="margin-left: 1.4em">{html.escape(hint)}</div></details>'
        for label, hint in zip(("A nudge", "The idea", "Nearly there"), hints, strict=True)
    )
    return (
        f'<details style="margin: 4px 0 0 1.4em; color: {QUIET}"><summary>Stuck? Hints</summary>'
        f"{steps}</details>"
    )


def _tint(outcome: Outcome) -> str:
    if outcome is Outcome.PASSED:
        return GREEN
    return QUIET if outcome in (Outcome.NOT_WRITTEN, Outcome.NOT_RUN) else RED
