"""Slips in a formula that show in several places at once, or leave out two things together."""

from autograder.diagnosis.edits.pattern import Rule, Together

SLOPE = "with the factor `p * (1 - p)`, p being {P}, around {OLD}: a slope too many"
OPERATORS: tuple[Rule | Together, ...] = (
    Together({"A ** NAME": "A"}, 0, "without the power in {OLD0} and {OLD1}"),
    Together(
        {"A / (1 - B ** C)": "A"},
        0,
        "without the divisions by {1 - B0 ** C0} and by {1 - B1 ** C1}",
    ),
    # sizes are averaged, not squares
    Together(
        {"A ** 2": "np.abs(A)", "np.sqrt(B)": "B"},
        1,
        "without the square in {OLD0} and the root in {OLD1}",
    ),
    Together(
        {
            "np.clip(P, E, TOP)": "P",
            "np.log(A)": "np.log(A + E)",
            "np.log1p(B)": "np.log1p(B + E)",
        },
        1,
        "when {E0} is added inside each logarithm, and {OLD0} is left out",
    ),
    # √(a / c) + e as (√a + e) / √c
    Together(
        {"np.sqrt(NAME) + E": "(np.sqrt(A) + E) / np.sqrt(C)", "NAME = A / C": "NAME = A / C"},
        1,
        "when {E0} is added to the root of {A1} before that is divided by {C1}",
    ),
    *(
        Rule(f"{p} - A", f"({p} - A) * ({p} * (1 - {p}))", 1, SLOPE.replace("P", p))
        for p in ("sigmoid(X)", "softmax(X)")
    ),
    Rule("A * 0.5 * (1 + B)", "A * B", 0, "without the factor {0.5} and without {1} in {OLD}"),
)
