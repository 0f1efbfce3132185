"""What is printed reaches any terminal, pipe or file, whichever characters it can hold."""

import codecs
import sys

SUBSTITUTES = {
    "✓": "v",
    "✗": "x",
    "○": "o",
    "·": ".",
    "│": "|",
    "–": "-",
    "−": "-",
    "…": "...",
    "→": "->",
    "█": "#",
    "░": ".",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "×": "x",
    "²": "^2",
    "“": "'",  # no double quote: that would end a text of JSON
    "”": "'",
    "’": "'",
}
RULE = "substitute"


def print_what_the_terminal_can() -> None:
    """Let both streams write another sign where their encoding lacks one, instead of failing."""
    codecs.register_error(RULE, _substituted)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a closed stream is None
        if reconfigure is not None:
            reconfigure(errors=RULE)


def _substituted(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(SUBSTITUTES.get(sign, "?") for sign in lacking), error.end
