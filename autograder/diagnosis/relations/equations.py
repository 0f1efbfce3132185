"""What learners return instead: equations that come true in every call.

Each is an equation between what was returned, `r`, what was expected, `y`, and one or two
arguments, `x` and `z`, with what to say where it comes true.
"""

from collections.abc import Mapping

MOVED = ("weights", "start")  # arguments that a step is taken from
Equations = Mapping[str, str]

# A result with other entries, or of another shape, comes true by chance only rarely.
ENTRIES: Equations = {
    "r = y[1:]": "The first entry is missing, and the rest is right: the start belongs to the "
    "result.",
    "r = y[:-1]": "The last entry is missing, and the rest is right: go one step further.",
    "r[:-1] = y": "There is one entry too many at the end, and the rest is right: stop one step "
    "earlier.",
    "r[1:] = y": "There is one entry too many at the start, and the rest is right.",
    "r = y[-1]": "It is only the last entry: return all of them, the earlier ones too.",
    "r[len(r) - len(y) :] = y": "The expected entries are all there, with others before them: "
    "leave those out.",
    "r[: len(y)] = y": "The expected entries are all there, with others after them: leave those "
    "out.",
    "r[(len(r) - len(y) + 1) // 2 :][: len(y)] = y": "The expected entries are all there, with "
    "others before and after them: leave those out.",
    "r = y[:: -(-len(y) // len(r))]": "Of the expected entries only some are there, at "
    "equal distances: go on by one.",
    "r[:: (len(r) - 1) // (len(y) - 1)] = y": "The expected entries are there, with others between "
    "them: keep one for each outer round.",
    "r.ravel() = y.ravel()": "The numbers are right, in another shape: the shapes of the arguments "
    "say which.",
    **{
        f"r.{mean}({axis}) = y": f"The {mean} over {what} is still to be taken."
        for axis, what in (("axis=0", "axis 0"), ("axis=-1", "axis -1"), ("", "all elements"))
        for mean in ("sum", "mean")
    },
    "r = y.sum()": "It is the sum of the expected elements: keep them apart, without a sum.",
    "r = y.mean()": "It is the mean of the expected elements: keep them apart, without a mean.",
}
COLUMNS = "np.atleast_1d(x).shape[-1] ** (x.ndim > 1)"
SIZES: Equations = {
    f"r = y * {COLUMNS}": "It is the expected result times the number of columns of `{}`: it is "
    "divided by the number of rows only (`len`) instead of all elements (`.size`), or a sum is "
    "taken where a mean is expected.",
    f"r = y / {COLUMNS}": "It is the expected result divided by the number of columns of `{}`: it "
    "is divided by the number of all elements instead of the rows only, or a mean is taken where a "
    "sum is expected.",
    **{
        f"r = y {sign} {count}": f"It is the expected result {word} {what} `{{}}`: {why}."
        for count, what in (
            ("x.size", "the number of elements of"),
            ("len(x)", "the number of rows of"),
            ("float(x)", ""),
        )
        for sign, word, why in (
            ("*", "times", "a sum is taken where a mean is expected"),
            ("/", "divided by", "a mean is taken where a sum is expected, or it is divided twice"),
        )
    },
}
FACTORS: Equations = {
    "r = -y": "It is the expected result with the opposite sign.",
    **{
        f"r = {sign}y * {factor}": f"It is {what} the expected result{opposite}: {why}."
        for sign, opposite in (("", ""), ("-", ", with the opposite sign"))
        for factor, what, why in (
            ("2", "twice", "a factor 2 is too many"),
            ("0.5", "half", "a factor 2 is missing"),
            ("100", "100 ×", "in percent, where a share is expected"),
            ("0.01", "0.01 ×", "a constant factor is off"),
            ("1 / np.log(2)", "1.443 ×", "the natural logarithm is expected (`np.log`), not that "
             "of base 2"),
            ("1 / np.log(10)", "0.4343 ×", "the natural logarithm is expected (`np.log`), not that "
             "of base 10"),
        )
    },
}  # fmt: skip
OF_EXPECTED: Equations = {
    "r = np.broadcast_to(y[-1], y.shape)": "Every entry is the last one: the same array is in "
    "every place, and changes with each step. Make a new one at each step, or keep a copy.",
    "r = np.abs(y)": "It is the absolute value of the expected result: the sign gets lost.",
    "np.abs(r) = y": "Its size is right and its sign is not always: take `abs` of it.",
    "r = np.sqrt(y)": "It is the root of the expected result: leave the root out.",
    "r = np.log(y)": "It is the logarithm of the expected result.",
    "r = np.exp(np.minimum(y, 700))": "It is the exponential of the expected result.",
    "r = 1 - y": "It is 1 minus the expected result: a sign is flipped, or the opposite is "
    "counted.",
    "r = y ** 2": "It is the square of the expected result: a root is missing, or a square is too "
    "many.",
    "r = 1 / y": "It is 1 over the expected result: numerator and denominator have changed places.",
    "r = y.T": "It is the expected result transposed: swap the two factors, or use `.T`.",
    "r = y[::-1]": "It is the expected result in reverse order.",
    "r = y.sum() + 0 * y": "Every element is the sum of all expected ones: treat each by itself.",
    "r = y.sum(axis=-1, keepdims=True) + 0 * y": "Every element is the sum of the expected ones of "
    "its row: treat each element by itself, not a whole row.",
    "r = np.cumsum(y, axis=0)": "It is the expected result, added up along the first axis: nothing "
    "is to be added up.",
    **{
        f"r = y.{mean}(axis={axis})": f"It is the {mean} of the expected result over axis {axis}: "
        "leave that axis."
        for mean in ("sum", "mean")
        for axis in (0, 1)
    },
    "r.min() = y": "The expected number is the smallest of these: return only that.",
    "r.max() = y": "The expected number is the largest of these: return only that.",
    "r.ravel()[-1] = y": "The expected number is the last of these: return only that.",
    "r[1:] = y[:-1]": "It is one step late: each entry is where the one before it belongs.",
    "r[:-1] = y[1:]": "It is one step early: each entry is where the one after it belongs.",
    "np.sort(r.ravel()) = np.sort(y.ravel())": "The numbers are right, in another order.",
}
OF_TWO_ARGUMENTS: Equations = {
    "r = np.mean((x * z).sum(axis=-1))": "It is the mean over the rows of what `{}` holds where "
    "`{}` is 1.",
    "r = np.mean(np.round(x) == z)": "It is the share of all single elements in which `{}`, "
    "rounded, and `{}` are equal: compare row by row.",
}
OF_ARGUMENT: Equations = {
    "r = x": "It is `{}`, unchanged.",
    "r = x.sum()": "It is the sum of `{}`.",
    "r = x.mean()": "It is the mean of `{}`.",
    "r = x.max()": "It is the largest element of `{}`.",
    "r = np.sqrt((x * x).sum())": "It is the length of `{}`, its Euclidean norm.",
    "r = x * x": "It is the square of `{}`.",
    "r = np.sqrt(np.abs(x))": "It is the root of `{}`.",
    "r = np.abs(x)": "It is the absolute value of `{}`.",
    "r = -x": "It is `{}` with the opposite sign.",
    "r = np.sign(x)": "It is the sign of `{}`: 1, 0 or −1.",
    "r = np.where(x > 0, 1.0, 0.0)": "It says where `{}` is positive, 1 or 0.",
    "r = np.exp(np.minimum(x, 700))": "It is the exponential of `{}`.",
    "r = np.log(x)": "It is the logarithm of `{}`.",
    "r = np.tanh(x)": "It is tanh of `{}`: tanh runs from −1 to 1.",
    "r = 1 / (1 + np.exp(-x))": "It is the sigmoid of `{}`, each element for itself.",
    "r = x.T": "It is `{}` transposed.",
    "r = x / x.sum()": "It is `{}` divided by its sum.",
    "r = np.cumsum(x) / np.arange(1, x.size + 1)": "Each entry is the mean of all entries of `{}` "
    "so far.",
    "r = x / x.sum(axis=-1, keepdims=True)": "It is `{}` with each row divided by its sum.",
}
OF_BOTH: Equations = {
    "r = y + x": "`{}` is added to the expected result: it is one too many.",
    "r = y * x": "It is the expected result times `{}`: it is a factor too many.",
}
STEPS: Equations = {
    "r = y - x": "It is only the step: `{}` itself is missing, and the step is to be taken from "
    "it.",
    "r = x - y": "It is only the step: subtract it from `{}`.",
    "r = 2 * x - y": "`{}` is moved the opposite way: subtract, not add.",
}
ROUNDED: Equations = {
    f"r = np.round(y, {digits})": f"It is rounded to {digits} digits after the point: return it as "
    "it is."
    for digits in range(7)
} | {
    "r = np.trunc(y)": "The fractions are cut off: whole numbers slipped in (`//`, `int`, an array "
    "of integers)."
}
