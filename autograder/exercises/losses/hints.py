"""Hints for losses and their gradients."""

HINTS = {
    "mean_squared_error": (
        "Work out the first example of the docstring by hand: two misses, 2 and 10. In "
        "which order do you take the difference, the square and the mean?",
        "On arrays all three are one operation each: -, ** 2 and np.mean. Before that, two "
        "things: make float arrays of both arguments, and compare their shapes.",
        "After np.asarray(…, dtype=float) on each: if the two .shape differ, raise "
        "ValueError(…). Then float(np.mean(…)) of the squared differences, over all "
        "elements.",
    ),
    "mean_squared_error_gradient": (
        "Nudge one prediction a little: which of the squared terms changes, and how fast?",
        "Only its own term changes. The derivative of (p − t)² is 2 (p − t), and the mean "
        "has divided every term by the number of all elements.",
        "Two times the array of differences, divided by predictions.size. No sum and no "
        "mean: the result has the shape of the predictions.",
    ),
    "sigmoid": (
        "Try np.exp(1000.0) and np.exp(-1000.0) in the notebook. Which of them can you trust?",
        "The formula has two equal forms. One never overflows for logits ≥ 0, the other one "
        "for logits < 0. With decay = exp(−|z|) they are 1 / (1 + decay) and decay / (1 + "
        "decay).",
        "Compute decay once, as np.exp of minus np.abs(logits). Let np.where(logits >= 0, "
        "…, …) choose between the two numerators, and divide by what they share.",
    ),
    "binary_cross_entropy": (
        "Take the target 1: which of the two terms is left? Then the target 0. And what is ln(0)?",
        "Clip the probabilities first, so that neither p nor 1 − p can be 0. Then the "
        "formula element by element, with np.log, and the mean of it with its minus sign.",
        "p = np.clip(probabilities, the lower end, the upper end), both ends made from "
        "epsilon. Then minus np.mean of: targets times np.log of p, plus (1 − targets) "
        "times np.log of 1 − p. The comparison of shapes is that of mean_squared_error.",
    ),
    "sigmoid_cross_entropy_gradient": (
        "You need no logarithm here. What is left when the derivatives cancel?",
        "What is left is predicted minus right: the probabilities that belong to the "
        "logits, minus the targets, shared out over all elements by the mean.",
        "Call your own sigmoid on the logits, subtract the targets, and divide by the "
        "number of elements, .size.",
    ),
    "softmax": (
        "How large may an exponent be before np.exp overflows? Adding one number to all "
        "logits of a row changes nothing: which number would help?",
        "Subtract from each row its own maximum: the largest exponent is then 0. "
        "Exponentiate, and divide each row by its own sum.",
        "np.max and np.sum take axis=-1 and keepdims=True; with both, the result is a "
        "column that fits the rows again. So: exponentials of (logits minus that maximum), "
        "divided by that sum of them.",
    ),
    "categorical_cross_entropy": (
        "In a one-hot row, how many of the k terms are not zero? And over what is the mean taken?",
        "Keep the probabilities from reaching 0, take minus their logarithm, multiply by "
        "the targets, and add up along each row. Then the mean over rows: n of them, not n "
        "· k.",
        "np.maximum(probabilities, epsilon) raises the small ones. With surprise = minus "
        "np.log of that: sum targets · surprise, and divide by the number of rows, "
        "len(targets). Shapes are compared first, as before.",
    ),
    "softmax_cross_entropy_gradient": (
        "It looks like the gradient of sigmoid and binary cross-entropy. What differs?",
        "Predicted minus right again, but with softmax, and the mean is over rows: each "
        "row's gradient sums to zero.",
        "Call your own softmax on the logits, subtract the targets, and divide by "
        "len(logits), which is the number of rows.",
    ),
    "choose_loss": (
        "What does the function return: a number, a name or a function?",
        "A function is a value like any other: it can be in a dictionary, under the "
        "string that asks for it. Write its name without parentheses.",
        "A dictionary with the three strings as keys and your three losses as values. If "
        "output_type is not in it, raise ValueError with a message that joins all keys; "
        "else return what the dictionary holds.",
    ),
}
