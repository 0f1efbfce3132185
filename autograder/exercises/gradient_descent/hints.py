"""Hints for gradients and descent."""

HINTS = {
    "numerical_gradient": (
        "To feel the slope in one direction, how many points do you compare? Which of the "
        "weights may differ between them?",
        "Go through the positions one by one. At each make two copies of the weights, move "
        "that one element up in the first and down in the second, and divide the rise of "
        "the loss by the distance.",
        "np.ndindex(weights.shape) yields each index. Then above is weights.copy() with "
        "step added at that index, below one with step taken away there, and the gradient "
        "at that index is the difference of the two losses over 2 · step. Make floats of "
        "the weights first.",
    ),
    "gradient_step": (
        "Which way is downhill, if the gradient points uphill?",
        "Against the gradient, and the learning rate says how far. The caller's array must "
        "stay as it was, so build a new one.",
        "Make float arrays of both. Then weights minus the product of the other two, as a "
        "new array: an expression with -, not the assignment -=.",
    ),
    "gradient_descent": (
        "How many points does a path of 3 steps have? At how many of them is the gradient needed?",
        "Make room for steps + 1 points, put the start first, and fill in one point after "
        "the other, each from the one before.",
        "np.empty((steps + 1, *start.shape)) makes the room, and row 0 is the start. For "
        "each k in range(steps), row k + 1 is what your gradient_step makes of row k and of "
        "the gradient called once at row k.",
    ),
    "descend_until_flat": (
        "In which order: look, judge, step? Go through the example of the docstring with a pencil.",
        "At each point get the gradient once. Not finite: raise. Short enough: return the "
        "weights and the steps so far. Else step. If the loop runs out, return where you "
        "are.",
        "Count with for … in range(max_steps). Inside: slope is the gradient at the "
        "weights; if np.isfinite(slope) does not hold for np.all of it, raise "
        "ArithmeticError; if np.linalg.norm(slope) is at most tolerance, return both; then "
        "your gradient_step. After the loop, return the weights and max_steps.",
    ),
    "linear_regression_gradient": (
        "What is the error of each example? How much does the loss change when one weight grows "
        "a little?",
        "Write the slope for one weight first: a mean over the rows, of the error times "
        "something. Which product of matrices adds that up for all weights at once?",
        "errors is features @ weights minus targets, one for each row. Each weight gathers the "
        "errors times its own feature: multiply features.T @ errors by 2 over the number of "
        "rows.",
    ),
}
