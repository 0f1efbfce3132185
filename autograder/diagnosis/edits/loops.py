"""Slips in the rounds of a loop: stale values, terms that count differently, cases asked too late.

A rule shows the loop as the solution has it, and as a learner wrote it.
"""

from autograder.diagnosis.edits.pattern import Rule

DESCENT = "for I in F(N):\n W -= R * G(W, J)"
JUDGED = "for A in range({}):\n LINES\n if T:\n  LINES2\n X = E"
JUDGED_LATE = "for A in range({}):\n LINES\n X = E\n if T:\n  LINES2"
TWO_SIDES = """
for I in R:
 A, B = X.copy(), X.copy()
 A[I] += H
 B[I] -= H
 C = F(A) - F(B)
 G[I] = C / (A[I] - B[I])
"""
ONE_SIDE = """
here = F(X.copy())
for I in R:
 {0} = X.copy()
 {0}[I] {1}= H
 C = {2} - {3}
 G[I] = C / ({4}[I] - {5}[I])
"""
EPOCHS = """
for A in R:
 LINES{before}
 for B in S:
  LINES2
  {inside}
 {after}
"""
MEANS = EPOCHS.format(before="", inside="T += W * X", after="M.append(T / N)")
LAST = EPOCHS.format(before="", inside="T = X", after="M.append(T)")
ALL = EPOCHS.format(before="", inside="M.append(X)", after="pass")
COUNTED = EPOCHS.format(
    before="\n rounds = 0", inside="T += X\n  rounds += 1", after="M.append(T / rounds)"
)
OPERATORS = (
    Rule(
        DESCENT,
        "old = W + 0.0\nfor I in F(N):\n W -= R * G(old, J)",
        1,
        "when {G(W, J)} is asked for at the value that {W} had before the inner loop",
    ),
    Rule(
        DESCENT,
        "old = W + 0.0\nfor I in range(N):\n W -= R * G(old, J) / N",
        1,
        "with one step for each round of the outer loop, along the mean of all {G(W, J)}",
    ),
    *(
        Rule(JUDGED.format("N"), JUDGED_LATE.format(n), 1, "when {X = E} comes before {T} is asked")
        for n in ("N", "1, N + 1")
    ),
    Rule(
        TWO_SIDES,
        ONE_SIDE.format("A", "+", "F(A)", "here", "A", "X"),
        1,
        "with {F(X)} in place of {F(B)}: to one side only",
    ),
    Rule(
        TWO_SIDES,
        ONE_SIDE.format("B", "-", "here", "F(B)", "X", "B"),
        1,
        "with {F(X)} in place of {F(A)}: to one side only",
    ),
    Rule(MEANS, COUNTED, 1, "when every {X} counts the same, without the factor {W}"),
    Rule(MEANS, LAST, 1, "when only the last {X} of each round is kept"),
    Rule(MEANS, ALL, 1, "when every {X} is kept, not one mean for each round of the outer loop"),
)
