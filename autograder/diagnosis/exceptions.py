"""What an exception of a learner's code usually means, and the next step."""

import re

from autograder.sandbox.outcomes import Raised

ARRAY_FIRST = (
    "Plain lists and numbers are passed too: make arrays of the arguments first, "
    "`x = np.asarray(x, dtype=float)`."
)
OWN_RAISE = (
    "This `raise` is your own, and this call is to return a result: when is the line reached, and "
    "when should it be?"
)
# Kind of the exception, a pattern of its message, and what to do. The first that fits speaks.
CAUSES = (
    ("TypeError", r"'(int|float)' object is not iterable|iteration over a 0-d array",
     "A plain number is passed here, and no loop can run over it. Compute with the whole array at "
     "once, `x = np.asarray(x, dtype=float)`, without a loop."),
    ("TypeError", r"bitwise_xor|unsupported operand type\(s\) for \^",
     "`^` is not a power in Python: write `**`."),
    ("TypeError", r"operand.*'(function|method|_Supplied)'",
     "A function is used as a number here: call it, with its arguments in brackets."),
    ("TypeError", r"object is not callable",
     "What stands before the brackets here is no function: is one of its methods meant, or `*`?"),
    ("IndexError", r"only integers",
     "A fraction is no index, nor is anything else but a whole number: `/` always makes a "
     "fraction, `//` a whole number."),
    ("", r"\b(list|tuple|int|float)'? (object|and)|'(list|tuple)' and|list indices|non-int of type",
     ARRAY_FIRST),
    ("TypeError", r"can't multiply sequence|can only concatenate|not subscriptable.*'(int|float)'",
     ARRAY_FIRST),
    ("TypeError", r"len\(\) of unsized",
     "A plain number has no length. `np.shape(x)` is the shape of anything, `np.size(x)` counts "
     "all elements."),
    ("", r"'NoneType'",
     "Something is None here: does a function that was called end without `return`?"),
    ("TypeError", r"(missing|unexpected|takes|got) .*argument",
     "Keep names, order and defaults of the parameters as in the stub; the call must work."),
    ("ValueError", r"broadcast|mismatch in its core dimension|shapes? .* not aligned|dimension",
     "Two shapes do not fit. Print both `.shape`s before this line."),
    ("ValueError", r"truth value of an array",
     "`if`, `while`, `and` and `max` need one True or False, and get one for each element. Element "
     "by element it is `np.where` or `np.maximum`; a whole array needs one number first, such as "
     "its length."),
    ("IndexError", r"", "An index runs past the end: count from 0, and compare with `len`."),
    ("UnboundLocalError", r"",
     "The name is read before anything was assigned to it in this function."),
    ("NameError", r"",
     "The name is not defined here: look for a spelling slip or a missing import."),
    ("AttributeError", r"",
     "The object has no such attribute: is its name spelled as where it is set or defined?"),
    ("ZeroDivisionError", r"", "Something is divided by 0: which count or step can be 0 here?"),
    ("RecursionError", r"", "The function calls itself without an end."),
    ("ModuleNotFoundError", r"",
     "Only NumPy, the standard library and your own `course` are there."),
    ("SyntaxError", r"",
     "Python cannot read this line: look at it and at the end of the line above."),
)  # fmt: skip


def cause_of_exception(error: Raised) -> str | None:
    """A sentence on what an exception usually means, or None."""
    if error.frames and str(error.frames[-1][3]).startswith("raise "):
        return OWN_RAISE
    for kind, pattern, sentence in CAUSES:
        if (not kind or kind in error.kinds) and re.search(pattern, error.message):
            return sentence
    return None
