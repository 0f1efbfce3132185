"""Results for people: a card in the notebook, text in the terminal."""

import html
from dataclasses import dataclass

from autograder.exercises.manifest import exercise
from autograder.grading.results import CriterionResult, ExerciseResult, SubmissionResult
from autograder.sandbox.outcomes import Outcome

MARKS = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.NOT_WRITTEN: "○",
    Outcome.NOT_RUN: "–",
    Outcome.RAISED: "✗",
    Outcome.TIMED_OUT: "✗",
    Outcome.OUT_OF_MEMORY: "✗",
    Outcome.CRASHED: "✗",
    Outcome.PROTOCOL_VIOLATION: "✗",
    Outcome.GRADER_FAULT: "!",
}
WORDS = {
    Outcome.PASSED: "holds",
    Outcome.NOT_WRITTEN: "not written yet",
    Outcome.RAISED: "your code raised an exception",
}
GREEN, RED, QUIET = (
    "var(--jp-success-color1, #1b7f4b)",
    "var(--jp-error-color1, #b3261e)",
    "var(--jp-ui-font-color2, #5f6670)",
)
BORDER = "1px solid var(--jp-border-color2, #d5d9de)"
AS_BEFORE = "for the same reason"
MAX_PRINTED_LINES = 12


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
        return all(each.passed for each in self.result.exercises)

    @property
    def points(self) -> float:
        """Points earned, bonus included."""
        return sum(each.score for each in self.result.exercises)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {
            "text/plain": f"{float(self.points)!r}",
            "text/html": card_html(self.result, self.notes),
        }

    def __repr__(self) -> str:
        return "\n".join([card_text(self.result), *self.notes])


def card_text(result: SubmissionResult, *, color: bool = False) -> str:
    """The result as text, an exercise after the other."""
    parts = [
        _exercise_text(each, color, said=_said_before(result, each)) for each in result.exercises
    ]
    if result.printed.strip():
        parts.append("Your code printed:\n" + _indented(_printed(result.printed), "  │ "))
    return "\n".join(parts)


def card_html(result: SubmissionResult, notes: tuple[str, ...] = ()) -> str:
    """The result as one self-contained piece of HTML; every text of the learner is escaped."""
    several = len(result.exercises) > 1
    body = "".join(
        _exercise_html(each, several=several, said=_said_before(result, each))
        for each in result.exercises
    )
    if result.printed.strip():
        printed = html.escape(_printed(result.printed))
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


def points(value: float) -> str:
    """Points without a superfluous zero."""
    return f"{value:g}"


# -- text -----------------------------------------------------------------------------------------


def _said_before(result: SubmissionResult, exercise: ExerciseResult) -> bool:
    """Whether an earlier exercise failed for the very same reason: their module does not load."""
    earlier = result.exercises[: result.exercises.index(exercise)]
    return exercise.outcome is Outcome.RAISED and any(
        other.module == exercise.module and _first_message(other) == _first_message(exercise)
        for other in earlier
    )


def _first_message(exercise: ExerciseResult) -> str:
    return next((one.message for one in exercise.criteria if one.message), "")


def _exercise_text(each: ExerciseResult, color: bool, *, said: bool) -> str:
    earned = f"{points(each.score)} of {points(each.max_score)} points" if each.max_score else ""
    head = f"{MARKS[each.outcome]} {each.name}: {_outcome_words(each.outcome)}"
    lines = [_tinted(head + (f" ({earned})" if earned else ""), each.outcome, color)]
    if said:
        return f"{lines[0]} {AS_BEFORE}"
    if each.outcome is Outcome.NOT_WRITTEN:
        return "\n".join([*lines, _indented(each.criteria[0].message, "    ")])
    for one in each.criteria:
        if each.outcome is Outcome.PASSED:
            break
        lines.append("  " + _tinted(f"{MARKS[one.outcome]} {one.title}", one.outcome, color))
        if one.message and _spoken(one, each):
            lines.append(_indented(one.message, "      "))
    return "\n".join(lines)


def _tinted(text: str, outcome: Outcome, color: bool) -> str:
    if not color:
        return text
    code = {Outcome.PASSED: "32", Outcome.NOT_WRITTEN: "2", Outcome.NOT_RUN: "2"}.get(outcome, "31")
    return f"\x1b[{code}m{text}\x1b[0m"


def _outcome_words(outcome: Outcome) -> str:
    if outcome is Outcome.PASSED:
        return "everything holds"
    if outcome is Outcome.FAILED:
        return "something does not hold yet"
    return WORDS.get(outcome, str(outcome))


def _spoken(one: CriterionResult, each: ExerciseResult) -> bool:
    """Whether to show a message: the same explanation is given once."""
    if one.outcome is Outcome.NOT_RUN:
        return False
    earlier = [other.message for other in each.criteria[: each.criteria.index(one)]]
    return one.message not in earlier


def _indented(text: str, margin: str) -> str:
    return "\n".join(margin + line for line in text.splitlines())


def _printed(text: str) -> str:
    lines = ["".join(c if c.isprintable() else " " for c in line) for line in text.splitlines()]
    if len(lines) > MAX_PRINTED_LINES:
        lines = [*lines[:MAX_PRINTED_LINES], f"… and {len(lines) - MAX_PRINTED_LINES} more lines"]
    return "\n".join(line[:300] for line in lines)


# -- HTML -----------------------------------------------------------------------------------------


def _exercise_html(each: ExerciseResult, *, several: bool, said: bool) -> str:
    tint = _tint(each.outcome)
    earned = f"{points(each.score)} of {points(each.max_score)} points" if each.max_score else ""
    head = _row(
        f'<span aria-hidden="true" style="color: {tint}; font-weight: 700">'
        f"{MARKS[each.outcome]}</span>",
        f"<strong>{html.escape(each.name)}</strong> "
        f'<span style="color: {tint}">{_outcome_words(each.outcome)}</span>'
        + (f" {AS_BEFORE}" if said else ""),
        earned,
    )
    if said:
        return f'<div style="padding: 6px 14px">{head}</div>'
    if each.outcome is Outcome.NOT_WRITTEN:
        rows = _message_html(each.criteria[0].message or "") + _hint_html(each)
    else:
        rows = "".join(_criterion_html(one, each) for one in each.criteria)
        rows = f'<ul style="list-style: none; margin: 6px 0 0; padding: 0">{rows}</ul>'
        if each.outcome is not Outcome.PASSED:
            rows += _hint_html(each)
    if several:
        opened = "" if each.outcome in (Outcome.PASSED, Outcome.NOT_WRITTEN) else " open"
        return (
            f'<details{opened} style="padding: 6px 14px"><summary>{head}</summary>{rows}</details>'
        )
    return f'<div style="padding: 8px 14px">{head}{rows}</div>'


def _criterion_html(one: CriterionResult, each: ExerciseResult) -> str:
    state = WORDS.get(one.outcome, str(one.outcome))
    message = _message_html(one.message) if one.message and _spoken(one, each) else ""
    row = _row(
        f'<span aria-label="{state}" role="img" style="color: {_tint(one.outcome)}; '
        f'font-weight: 700">{MARKS[one.outcome]}</span>',
        html.escape(one.title),
        f"{points(one.points)} p" if one.points else "",
    )
    return f'<li style="margin: 3px 0">{row}{message}</li>'


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
        f"background: var(--jp-layout-color2, #f4f5f7); font-family: var(--jp-code-font-family, "
        f'monospace); font-size: 92%; overflow-wrap: anywhere">{lines}</div>'
    )


def _hint_html(each: ExerciseResult) -> str:
    hints = exercise(each.name).hints
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
