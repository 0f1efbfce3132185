"""Slips that show in the learner's own line.

Each is looked for in the syntax tree alone. It explains an exception that its line raised, and
wrong values where the solution of the exercise has nothing like it. What is said quotes the line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from autograder.diagnosis.source.looks import (
    Found,
    axis_for_a_number,
    called_where_returned,
    changed_setting,
    divided_in_the_loop,
    drawn_with_replacement,
    flattened,
    full_batch_sizes,
    is_whole_division,
    largest_of_arrays,
    lengths_for_shapes,
    loss_for_a_slope,
    math_of_an_array,
    matrices,
    method_without_self,
    one_order_for_all,
    one_step_an_epoch,
    padded_ends,
    pair_for_values,
    power_sign,
    return_in_a_loop,
    returned_exception,
    setting_outside_the_object,
    shape_for_a_number,
    shuffled_arguments,
    shuffled_to_nothing,
    sign_after_equals,
    spectral_norm,
    state_that_starts_again,
    sum_that_goes_on,
    targets_as_places,
    type_of_the_argument,
    unguarded_exponential,
    whole_columns,
    whole_division,
    word_for_a_condition,
)
from autograder.diagnosis.source.syntax import Source
from autograder.exercises.manifest import exercise as entry
from autograder.sandbox.outcomes import Raised


def shuffles(exercise: str) -> bool:
    """Whether an exercise goes through examples in an order that is drawn."""
    return entry(exercise).shuffles


@dataclass(frozen=True)
class Slip:
    """A kind of slip: how it shows in the tree, what to say, and what it can explain."""

    look: Callable[[Source], Found]
    says: str
    raises: bool = False  # it explains an exception of its line …
    values: bool = True  # … and wrong values
    message: str = ""  # what must be in the exception's message
    only: Callable[[str], bool] = lambda exercise: True  # in which exercises
    unless: Callable[[Source], bool] | None = None  # in the solution; None: if it has the same


SLIPS = (
    Slip(power_sign, "`^` is not a power in Python: write `**`.", raises=True),
    Slip(matrices, "`np.{0}` makes no array: with it `*` and `**` multiply matrices. Use "
         "`np.asarray`.", raises=True),
    Slip(math_of_an_array, "`math.{0}` takes one number: `np.{0}` takes a whole array.",
         raises=True, values=False),
    Slip(axis_for_a_number, "`np.{0}` takes its second argument for an axis. Element by element "
         "it is `np.{1}`.", raises=True),
    Slip(shape_for_a_number, "`{0}` is a tuple, such as (3,), and no number: `.size` counts all "
         "elements, `len` the rows.", raises=True, values=False),
    Slip(shuffled_to_nothing, "`shuffle` works in place and returns None: `rng.permutation(n)` "
         "returns an order.", raises=True),
    Slip(targets_as_places, "The targets are one-hot rows, not labels, and are used as column "
         "numbers here: compute with the whole rows.", raises=True),
    Slip(setting_outside_the_object, "`{0}` is kept on the object: write `self.{1}`.",
         raises=True, values=False),
    Slip(called_where_returned, "This calls `{0}`: return the function itself, without brackets.",
         raises=True, only=lambda exercise: exercise == "choose_loss"),
    Slip(word_for_a_condition, '`"{0}"` alone is always true: compare again, `== "{0}"`.'),
    Slip(largest_of_arrays, "The built-in `{0}` compares whole arrays. Element by element it is "
         "`np.{0}imum`.", raises=True, values=False, message="truth value"),
    Slip(method_without_self, "`{0}` does not take its object: its first parameter is `self`.",
         raises=True, values=False, message="positional argument"),
    Slip(pair_for_values, "`{0}` returns two things, eigenvalues and eigenvectors. `eigvalsh` "
         "returns the eigenvalues alone.", raises=True),
    Slip(whole_columns, "`[:, {0}]` takes these columns of all rows. One entry of each row is "
         "`[np.arange(n), {0}]`."),
    Slip(loss_for_a_slope, "`backward` gets the loss itself, one number: hand it "
         "`loss_gradient(outputs, targets)`.", raises=True),
    Slip(one_step_an_epoch, "An epoch makes a single step here, with one example. It goes through "
         "all of them, in a loop inside the loop over the epochs.", only=shuffles),
    Slip(drawn_with_replacement, "`{0}` draws with replacement: some examples come twice and "
         "others never. `rng.permutation(n)` is an order of all.", only=shuffles),
    Slip(one_order_for_all, "The order is drawn once, before the epochs: draw it inside the loop "
         "over the epochs.", only=shuffles),
    Slip(return_in_a_loop, "This `return` is inside the loop, and ends it in its first round: "
         "indent it less.", raises=True),
    Slip(padded_ends, '`np.convolve` pads the ends by itself (`mode="full"`): `mode="valid"` '
         "keeps the whole runs only."),
    Slip(whole_division, "`//` cuts the fraction off: write `/`.",
         unless=lambda solved: any(map(is_whole_division, solved.nodes))),
    Slip(state_that_starts_again, "`{0}` starts again at each update, and what it held is "
         "forgotten: set it in `__init__`, and keep it on `self`."),
    Slip(changed_setting, "`{0}` is changed for good at each update: use a new name for this "
         "step's value."),
    Slip(divided_in_the_loop, "`{0}` is divided in every round: divide once, after the loop."),
    Slip(sum_that_goes_on, "`{0}` goes on from round to round: set it to 0 at the start of each "
         "round of the outer loop."),
    Slip(full_batch_sizes, "The last batch may be smaller than `batch_size`: weight its loss by "
         "the number of its own examples.", only=lambda exercise: exercise == "train"),
    Slip(spectral_norm, "`norm` of order 2 is, of a table, its largest singular value: leave the "
         "2 out, then the length runs over all elements."),
    Slip(unguarded_exponential, "This overflows for large numbers: subtract the largest of each "
         "row first.", only=lambda exercise: exercise == "softmax"),
)  # fmt: skip
# These need to know what went wrong: see `Witness`.
WHOLE_NUMBERS = Slip(
    type_of_the_argument,
    "`{0}` has the type of `{1}`: where that holds whole numbers, fractions are cut off. Add "
    "`dtype=float`.",
)
SHUFFLED = Slip(
    shuffled_arguments,
    "This shuffles the caller's `{0}`: draw an order of row numbers, `rng.permutation(n)`, and "
    "index with it.",
    only=shuffles,
)
MISTYPED = Slip(
    sign_after_equals,
    "`={0}` is two signs, `= {0}`: what was there is overwritten. Write `{0}=`.",
)
RETURNED = Slip(returned_exception, "This returns the exception: write `raise {0}(...)`.")
COUNTED = Slip(
    lengths_for_shapes, "`{0}` is the same for different shapes: compare `.shape` of both arrays."
)
FLATTENED = Slip(
    flattened, "The shapes are compared after this: compare those of the arguments as they come."
)


def slip_that_raised(source: Source, error: Raised, exercise: str) -> str | None:
    """A sentence on the slip on the line that raised an exception, or None."""
    lines = {frame[1] for frame in error.frames if str(frame[0]).startswith("course/")}
    for slip in SLIPS:
        explains = slip.raises and slip.only(exercise) and slip.message in error.message
        for node, *words in slip.look(source) if explains else ():
            first = getattr(node, "lineno", 0)
            where = range(first, (getattr(node, "end_lineno", None) or first) + 1)
            anywhere = slip.look in (matrices, method_without_self, pair_for_values) or (
                slip.look is shuffled_to_nothing and "NoneType" in error.message
            )
            if lines & {*where} or anywhere:
                return f"{source.quoted(node)}: {slip.says.format(*words)}"
    return None


def slip_in(source: Source, solved: Source, exercise: str, slips: Sequence[Slip]) -> str | None:
    """A sentence on the first slip that the solution does not have, or None."""
    for slip in slips:
        if slip.values and slip.only(exercise) and not _in_solution(slip, solved):
            for node, *words in slip.look(source):
                return f"{source.quoted(node)}: {slip.says.format(*words)}"
    return None


@cache
def _in_solution(slip: Slip, solved: Source) -> bool:
    return slip.unless(solved) if slip.unless else any(slip.look(solved))
