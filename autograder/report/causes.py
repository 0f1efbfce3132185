"""What the cards of a class say of why exercises do not hold: how often, to whom, of which lines.

Counted is what each card recorded; nothing is looked for again.
"""

import io
import tokenize
from dataclasses import dataclass, field

from autograder.exercises.registry import Mistake, mistakes_in
from autograder.grading.results import CriterionResult, ExerciseResult

MAX_WHO = 40  # learners that are named for one cause
MAX_LINES = 2  # of learners, shown as examples
MAX_LETTERS = 100  # of such a line
LAYOUT = (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


@dataclass
class CauseFigures:
    """A cause, how many cards say it, to whom first, and lines that it was said of.

    Attributes
    ----------
    module, exercise
        Where it was said.
    name : str
        The known mistake; empty where the cause is another one.
    sentence : str
        What the cards say, without the learner's line; empty in results of an older version.
    learners : int
        How many have it on a card.
    who : list of str
        The first of them.
    lines : list of str
        A few lines of theirs, without comments and texts.
    """

    module: str
    exercise: str
    name: str
    sentence: str
    learners: int = 0
    who: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def known(self) -> Mistake | None:
        """The mistake in the catalogue, where it still is."""
        return next(
            (mistake for mistake in mistakes_in(self.module) if mistake.name == self.name), None
        )

    @property
    def says(self) -> str:
        """What to say about it."""
        return self.sentence or (self.known.says if self.known else "")

    def add(self, student: str, quoted: str) -> None:
        """Count one learner, with the line that the card quotes."""
        self.learners += 1
        if len(self.who) < MAX_WHO:
            self.who.append(student)
        line = example(quoted)
        if line and line not in self.lines and len(self.lines) < MAX_LINES:
            self.lines.append(line)


@dataclass
class Causes:
    """The causes of a class, by what they are."""

    found: dict[tuple[str, str, str, str], CauseFigures] = field(default_factory=dict)

    def add(self, student: str, exercise: ExerciseResult) -> bool:
        """Count what the card of one exercise says; whether it says anything."""
        said: dict[tuple[str, str, str, str], CriterionResult] = {}
        for criterion in exercise.criteria:
            if criterion.mistake or criterion.cause:
                sentence = "" if criterion.mistake else criterion.sentence
                key = exercise.module, exercise.name, criterion.mistake or "", sentence
                said.setdefault(key, criterion)
        for key, criterion in said.items():
            if key not in self.found:
                self.found[key] = CauseFigures(*key[:3], criterion.sentence)
            self.found[key].add(student, criterion.quoted)
        return bool(said)

    @property
    def commonest(self) -> list[CauseFigures]:
        """All of them, the commonest first."""
        return sorted(
            self.found.values(), key=lambda cause: (-cause.learners, cause.name, cause.sentence)
        )


def example(line: str) -> str:
    """A learner's line as it may be shown to others; empty where it may not.

    Comments are left out and texts in quotation marks replaced, since both could hold a name.

    Examples
    --------
    >>> example('return loss("Ada") / n  # by Ada')
    'return loss("…") / n'
    >>> example("return np.sum(misses - …"), example("x" * 101)
    ('', '')
    """
    kept, column = "", 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(line).readline):
            if token.type in LAYOUT:
                continue
            if token.type == tokenize.COMMENT:
                break
            if token.type == tokenize.ERRORTOKEN:
                return ""  # the line is cut
            is_text = token.type == tokenize.STRING or "STRING" in tokenize.tok_name[token.type]
            kept += " " * (token.start[1] - column) + ('"…"' if is_text else token.string)
            column = token.end[1]
    except (tokenize.TokenError, SyntaxError):
        return ""
    kept = kept.strip()
    return kept if len(kept) <= MAX_LETTERS else ""
