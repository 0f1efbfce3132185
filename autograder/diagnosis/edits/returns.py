"""Slips in what is handed on: a result computed too late, a value unused, all for some."""

from autograder.diagnosis.edits.pattern import Rule

ENDS = "A, B = float(X[I]), float(X[J])\nreturn C <= D"
OPERATORS = (
    Rule(
        "A = C\nX = E\nLINES\nreturn X",
        "A = C\nLINES\nA = C\nreturn E",
        1,
        "when {E} is computed at the end, after what changes it",
    ),
    Rule(
        "F(CALL)\nreturn R",
        "CALL\nreturn R",
        0,
        "when {CALL} is computed, and not handed on to {F}",
    ),
    Rule(
        "F(CALL)\nreturn R",
        "made = CALL\nF(made)\nreturn made",
        1,
        "when {CALL} is returned, not {R}",
    ),
    Rule(
        ENDS,
        "A, B = float(X[I]), np.asarray(X[I:], dtype=float)\nreturn bool(np.all(C <= D))",
        0,
        "when all entries from {X[I]} to {X[J]} are compared, not only these two",
    ),
)
