"""Hints for losses and their gradients."""

HINTS = {
    "mean_squared_error": (
        "Work out the example of the docstring by hand: two misses, 2 and 10. In which order do "
        "you take the difference, the square and the mean?",
        "On arrays all three are one operation each: -, ** 2 and np.mean. Before that, two "
        "things: make float arrays of both arguments, and compare their shapes.",
        "After np.asarray(…, dtype=float) on each: if the two .shape differ, raise "
        "ValueError(…). Then float(np.mean(…)) of the squared differences, over all "
        "elements.",
    ),
    "mean_squared_error_gradient": (
        "Nudge one prediction a little: which of the squared terms changes, and how fast?",
        "Only its own term changes, so differentiate that one by its prediction. And what does "
        "the mean do to a change of a single term?",
        "The derivative of (p − t)² is 2 (p − t), and the mean divides it by the number of all "
        "elements: two times the array of differences, divided by predictions.size. No sum and "
        "no mean: the result has the shape of the predictions.",
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
        "For target 0 the loss is ln(1 + eᶻ). Follow the chain as the lesson does for target 1: "
        "nudge z, and how fast does 1 + eᶻ move? How fast its logarithm?",
        "The two rates multiplied are the second form of the sigmoid. So you have a slope for "
        "target 1 and one for target 0. What do you take from p in each? Then think of the mean.",
        "What is left is probability minus target: call your own sigmoid on the logits, "
        "subtract the targets, and divide by the number of elements, .size.",
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
        "In a one-hot row, how many of the terms are not zero? And over what is the mean taken?",
        "Keep the probabilities from reaching 0, take minus their logarithm, multiply by "
        "the targets, and add up along each row. Then the mean over the rows, not over all "
        "elements.",
        "np.maximum(probabilities, epsilon) raises the small ones. With surprise = minus "
        "np.log of that: sum targets · surprise, and divide by the number of rows, "
        "len(targets). Shapes are compared first, as before.",
    ),
    "softmax_cross_entropy_gradient": (
        "It looks like the gradient of sigmoid and binary cross-entropy. What differs?",
        "For one row: the loss is ln Σ eᶻ minus the logit of the right class. Differentiate "
        "that by one logit; once by that of the right class, once by another. Then think of the "
        "mean over the rows.",
        "Probability minus target again, row by row: call your own softmax on the logits, "
        "subtract the targets, and divide by len(logits), which is the number of rows.",
    ),
    "choose_loss": (
        "What does the function return: a number, a name or a function?",
        "A function is a value like any other: it can be in a dictionary, under the "
        "string that asks for it. Write its name without parentheses.",
        "A dictionary with the three strings as keys and your three losses as values. If "
        "output_type is not in it, raise ValueError with a message that joins all keys; "
        "else return what the dictionary holds.",
    ),
    "robust_loss": (
        "The square is round at the bottom, and too steep far out. The absolute value is right "
        "far out, and has a corner at the bottom. What would be like the square near 0, and like "
        "the absolute value far out?",
        "Either two pieces that meet: e²/2 up to some threshold, a straight line beyond it that "
        "begins where the parabola ends (Huber). Or one formula that bends by itself: think of "
        "the distance √(1 + e²), of ln(1 + e²) or of ln cosh e, and of what each is at e = 0.",
        "Compare the shapes as in mean_squared_error; then the mean over all elements of, for "
        "example, np.hypot(1.0, e) − 1: about e²/2 for small misses, about |e| − 1 for large "
        "ones. The − 1 makes it 0 at e = 0. In Huber's loss with threshold d the line is "
        "d · (|e| − d/2).",
    ),
    "robust_loss_gradient": (
        "Nudge one prediction: only its own term changes. How fast does your cost grow with e?",
        "Take the derivative of your cost by e, element by element, with its sign; the mean "
        "divides each by the number of all elements. If your cost has pieces, so has its "
        "derivative.",
        "For √(1 + e²) − 1 it is e / √(1 + e²), for Huber e up to the threshold d and d · sign "
        "of e beyond, for ln(1 + e²) it is 2e / (1 + e²), for ln cosh e it is tanh e; each "
        "divided by predictions.size.",
    ),
}
