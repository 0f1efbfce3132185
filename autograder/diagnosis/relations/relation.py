"""Relations between what was returned and what was expected.

A relation predicts what a wrong function returns, from what is expected and from the arguments. It
is named only where its prediction comes true in all comparisons, and something is wrong in at least
one of them. A single comparison that did not hold is a list of one.
"""

from collections.abc import Callable, Sequence

import numpy as np

from autograder.diagnosis.evidence.cases import Case
from autograder.diagnosis.relations import factors, functions, shapes
from autograder.diagnosis.relations.entries import missing_entries
from autograder.diagnosis.relations.pairs import Pair, Pairs, pairs_of, shared_inputs

Rule = Callable[[Pairs], str | None]


def right_for_one_size(pairs: Pairs) -> str | None:
    """Right for all calls with one number of rows, and for none with another."""
    for name in shared_inputs(pairs):
        if any(pair.inputs[name].ndim < 2 for pair in pairs):
            continue
        right = [len(pair.inputs[name]) for pair in pairs if pair.right]
        wrong = [len(pair.inputs[name]) for pair in pairs if not pair.right]
        if min(len(right), len(wrong)) > 1 and len({*right}) == 1 and right[0] not in wrong:
            rows = "1 row" if right[0] == 1 else f"{right[0]} rows"
            return (
                f"It is right where `{name}` has {rows}, and for no other number: which formula "
                "holds for that number only?"
            )
    return None


def _in_each(describe: Callable[[Pair], str | None]) -> Rule:
    """The rule that one sentence describes every pair that is not right."""

    def rule(pairs: Pairs) -> str | None:
        sentences = {describe(pair) for pair in pairs if not pair.right}
        return sentences.pop() if len(sentences) == 1 else None

    return rule


# These point to a cause.
LIKELY: tuple[Rule, ...] = (
    missing_entries,
    factors.size_factor,
    factors.familiar_factor,
    functions.function_of_expected,
    functions.function_of_an_argument,
)
# These say what is only so, …
OTHERS: tuple[Rule, ...] = (right_for_one_size, functions.rounded, factors.other_factor)
# … and these describe one comparison.
DESCRIPTIONS: tuple[Rule, ...] = tuple(
    _in_each(describe)
    for describe in (
        shapes.not_finite,
        shapes.all_the_same,
        factors.step_factor,
        shapes.other_shape,
        shapes.other_axis,
        factors.constant_difference,
        factors.small_difference,
        shapes.some_right,
    )
)


def relation_of(cases: Sequence[Case], rules: Sequence[Rule]) -> str | None:
    """A sentence on the first relation that holds in all cases, or None."""
    with np.errstate(all="ignore"):
        for name, pairs in pairs_of(cases):
            if not all(pair.right for pair in pairs):
                for rule in rules:
                    sentence = rule(pairs)
                    if sentence:
                        return name + sentence
    return None


def relation_in(case: Case) -> str | None:
    """A sentence on a single comparison that did not hold, however close it is, or None."""
    found = relation_of([case], (*LIKELY, *OTHERS, *DESCRIPTIONS))
    lists = pairs_of([case])
    if found or len(lists) != 1:
        return found
    with np.errstate(all="ignore"):
        return factors.small_difference(lists[0][1][0])
