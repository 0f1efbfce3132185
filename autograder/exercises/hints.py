"""The hint ladders: for each exercise a nudge, the idea, and nearly the code.

``descent hint`` climbs them one step at a time. No step holds a line that could be pasted as it
stands: the last bit of thinking stays with the learner.
"""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["HINTS"]

HINTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        # 0_welcome
        "distance": (
            "Compute the two examples of the docstring by hand. What do you do to 4.5 − 7?",
            "Take one number from the other, then take the sign away.",
            "Python's abs(…) takes the sign away. Put the difference of the two arguments "
            "inside, and make a float of it with float(…).",
        ),
        # 1_loss_functions
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
            "Take the target 1: which of the two terms is left? Then the target 0. And what is "
            "ln(0)?",
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
            "In a one-hot row, how many of the k terms are not zero? And over what is the mean "
            "taken?",
            "Keep the probabilities from reaching 0, take minus their logarithm, multiply by "
            "the targets, and add up along each row. Then the mean over rows: n of them, not n "
            "· k.",
            "np.maximum(probabilities, epsilon) raises the small ones. With surprise = minus "
            "np.log of that: sum targets · surprise, and divide by the number of rows, "
            "len(targets). Shapes are compared first, as ever.",
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
            "A function is a value like any other: it can stand in a dictionary, under the "
            "string that asks for it. Write its name without parentheses.",
            "A dictionary with the three strings as keys and your three losses as values. If "
            "output_type is not in it, raise ValueError with a message that joins all keys; "
            "else return what the dictionary holds.",
        ),
        # 2_gradient_descent
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
            "How many points does a path of 3 steps have? At how many of them is the gradient "
            "needed?",
            "Make room for steps + 1 points, put the start first, and fill in one point after "
            "the other, each from the one before.",
            "np.empty((steps + 1, *start.shape)) makes the room, and row 0 is the start. For "
            "each k in range(steps), row k + 1 is what your gradient_step makes of row k and of "
            "the gradient called once at row k.",
        ),
        "descend_until_flat": (
            "In which order: look, judge, step? Go through the first example of the docstring "
            "with a pencil.",
            "At each point get the gradient once. Not finite: raise. Short enough: return the "
            "weights and the steps so far. Else step. If the loop runs out, return where you "
            "are.",
            "Count with for … in range(max_steps). Inside: slope is the gradient at the "
            "weights; if np.isfinite(slope) does not hold for np.all of it, raise "
            "ArithmeticError; if np.linalg.norm(slope) is at most tolerance, return both; then "
            "your gradient_step. After the loop, return the weights and max_steps.",
        ),
        "linear_regression_gradient": (
            "What is the error of each example? How much does the loss change when one weight "
            "grows a little?",
            "Errors = predictions minus targets. Each weight collects the errors, weighted by "
            "its own feature: that is the product of the transposed features and the errors.",
            "errors is features @ weights minus targets, one for each row. Multiply features.T "
            "@ errors by 2 over the number of rows.",
        ),
        # 3_learning_rate
        "largest_stable_learning_rate": (
            "Which axis of the bowl is the first to get out of hand when the learning rate grows?",
            "The steepest one, with the largest eigenvalue λ: its error is multiplied by 1 − "
            "learning_rate · λ, which reaches −1 at the border.",
            "np.linalg.eigvalsh(hessian) gives the eigenvalues in ascending order. Divide 2 by "
            "the last of them, and make a float of it.",
        ),
        "contraction_factor": (
            "By what is the error along one axis multiplied at each step? Which axis decides?",
            "By 1 − learning_rate · λ. Its size matters, not its sign, and the slowest axis "
            "decides: the largest size among all eigenvalues.",
            "With the eigenvalues from np.linalg.eigvalsh: np.max of np.abs of (1 minus "
            "learning_rate times all of them), as a float.",
        ),
        "best_learning_rate": (
            "When the learning rate grows, the flattest axis gets faster. Which one gets "
            "slower, and from where on?",
            "The best is where both ends are equally fast: 1 − learning_rate · λmin is the "
            "opposite of 1 − learning_rate · λmax. Solve for the learning rate.",
            "From np.linalg.eigvalsh(hessian) take the first and the last eigenvalue; the "
            "answer is 2 over their sum.",
        ),
        "judge_learning_rate": (
            "The docstring lists three verdicts, and the first that holds counts. Which "
            "question must be asked before the others?",
            "First the length. Then everything that means too high. Then the two signs of too "
            "low: no drop at all, or a drop over the last tail steps that is still a good part "
            "of the whole drop. What is left is just right.",
            "tail is a tenth of the steps by //, but 1 at least. Too high: np.isfinite fails "
            "somewhere, or the last loss is above the first. Too low: the last equals the "
            "first, or losses[-1 - tail] minus the last is more than 0.01 times (first minus "
            "last). Else: fine.",
        ),
        "cosine_schedule": (
            "Draw the curve with warm-up. It has three pieces: in which order do you ask for them?",
            "From total_steps on it is 0. Before warmup_steps it is a straight line. Between "
            "them let progress run from 0 to 1, and use the cosine of π · progress.",
            "if step >= total_steps: 0.0; if step < warmup_steps: the share of peak; else "
            "progress = (step − warmup_steps) / (total_steps − warmup_steps), and peak times "
            "half of 1 + np.cos(np.pi * progress).",
        ),
        # 4_optimizers
        "stochastic_gradient_descent": (
            "How many steps are there in an epoch, and how many of the points do you keep?",
            "Two loops: over epochs, and within each over the examples in an order drawn anew. "
            "Step after every example, keep the weights after every epoch.",
            "Make one generator with np.random.default_rng before the loops. The inner loop "
            "goes over its permutation(n_examples), with one step by example_gradient(weights, "
            "int(i)) each time. Put the weights into row epoch + 1 of the path once the inner "
            "loop has ended.",
        ),
        "SGD": (
            "What must the object remember between two updates?",
            "Only its learning rate. The update is the gradient step of lesson 2.",
            "__init__ keeps self.learning_rate; update makes float arrays of both and returns "
            "weights minus the learning rate times the gradient, as a new array.",
        ),
        "Momentum": (
            "Go through the example of the docstring with a pencil: velocity, step, velocity, "
            "step. What must survive from one update to the next?",
            "The velocity: it starts at zero, is renewed at each update from itself and the "
            "gradient, and then gives the step. The learning rate comes in at the step only.",
            "self.velocity = 0.0 in __init__ will do: a number takes the shape of the first "
            "array that it is added to. In update, self.velocity becomes momentum times itself "
            "plus the gradient; the return value is weights minus learning rate times velocity.",
        ),
        "RMSprop": (
            "Each weight gets a step size of its own. What does the optimizer measure for each "
            "of them?",
            "A running mean of the squared gradients: decay of the old one plus 1 − decay of "
            "the new square. The step is the gradient divided by its root.",
            "Renew self.mean_square first. Then divide learning_rate times gradient by "
            "(np.sqrt(self.mean_square) + epsilon): the epsilon stands outside of the root, and "
            "the square uses gradient ** 2, element by element.",
        ),
        "Adam": (
            "It is momentum above the fraction line and RMSprop below, and one thing more. Why "
            "are the means too small at first?",
            "Three things to remember: mean, mean of squares, number of updates t. As the means "
            "start from zeros, after t updates they hold only 1 − beta ** t of their size: "
            "divide that out, in new variables.",
            "self.t += 1 first. Renew both means, each with its own beta. Then corrected = mean "
            "/ (1 - beta1 ** t), and likewise with beta2 for the squares. Step: learning_rate "
            "times the corrected mean over (root of the corrected square + epsilon).",
        ),
        # 5_training_step
        "dense_forward": (
            "Write down the shapes: (n, n_in), (n_in, n_out), (n_out,). What fits with what?",
            "A matrix product adds up inputs times weights for each row; NumPy adds the bias to "
            "every row on its own.",
            "inputs @ (what?) + bias, after making float arrays of all three.",
        ),
        "dense_backward": (
            "Each gradient has the shape of what it belongs to. Which products of the arguments "
            "have these shapes?",
            "Blame flows back along the weights: output gradient times transposed weights. Each "
            "weight collects its input times the blame over all rows. Each bias collects the "
            "blame alone.",
            "Three lines: output_gradient @ (transposed weights); (transposed inputs) @ "
            "output_gradient; output_gradient.sum(axis=0). Return them as a tuple, in this "
            "order.",
        ),
        "relu_forward": (
            "What happens to −2, to 0 and to 3?",
            "NumPy can compare all elements with 0 at once and take the larger one each time.",
            "np.maximum (not np.max) takes two things and keeps the larger one at each place: "
            "here 0.0, and the inputs as a float array.",
        ),
        "relu_backward": (
            "An input of −2 came out as 0. How much would the loss change if it were −1.9?",
            "Not at all: no blame for it. Where the input is above zero, the blame passes "
            "unchanged, whatever its own sign.",
            "np.where takes a condition on inputs, what to take where it holds, and what to "
            "take elsewhere.",
        ),
        "minibatches": (
            "How do you shuffle two arrays so that every example keeps its own target?",
            "Do not shuffle the arrays: draw one order of row numbers, cut it into pieces, and "
            "use each piece as an index into both.",
            "The order is a permutation of len(inputs) by np.random.default_rng(seed). With "
            "first in range(0, len(inputs), batch_size), the rows of a batch are order[first : "
            "first + …], and its pair is inputs and targets at these rows. The two ValueErrors "
            "come before.",
        ),
        "training_step": (
            "The docstring has five lines. Which of them produce something that a later one needs?",
            "The outputs serve the loss and its gradient. The gradient of the outputs goes into "
            "backward, the flat gradient into update, the new weights into set_weights. The "
            "loss waits until the end.",
            "Keep what forward(inputs) returns, and the loss of it. The gradient is what "
            "backward(…) makes of loss_gradient at the same outputs and targets. Then "
            "set_weights(…) of what update(…) makes of get_weights() and that gradient. Return "
            "the loss that you kept.",
        ),
        "train": (
            "You have both parts already: minibatches and training_step. What is left to do, "
            "apart from two loops?",
            "A new order in each epoch, so a new seed in each; and a mean in which a batch of 3 "
            "counts three times as much as a batch of 1.",
            "Make one np.random.default_rng before the loop; in each epoch let its "
            "integers(2**32) give the seed for minibatches, as an int. Add up len(batch_inputs) "
            "times the loss of each batch, divide by the number of all examples, append.",
        ),
        # 6_tracking_loss
        "moving_average": (
            "How many whole runs of 2 are there among 4 losses? Of 4 among 4?",
            "Each result is the mean of one run, and the next run starts one further. Check the "
            "window first.",
            "Unless 1 <= window <= len(losses), raise ValueError. Then one mean for each i in "
            "range(len(losses) - window + 1), of the slice that starts at i; or np.convolve "
            'with weights of 1 / window and mode="valid".',
        ),
        "has_converged": (
            "Which two losses are compared? How many must there be for both to exist?",
            "The last one, and the one window steps before it, losses[-1 - window]. The change "
            "is measured against the older one, and up counts like down.",
            "Too early, False: when len(losses) is at most window. Else compare the abs of then "
            "− now with tolerance times the abs of then, by <=.",
        ),
        "diagnose": (
            "The order of the questions is part of the answer. Which comes first?",
            "Diverging looks at the last loss alone and against the first. Then your "
            "has_converged with both settings. Only a flat curve is compared with the target.",
            "First: np.isfinite(last) fails, or last is above first. Second: not has_converged, "
            "called with losses, window and tolerance. What is left is converged or stuck, by "
            "comparing last with target (reaching it exactly is enough).",
        ),
        "accuracy": (
            "In a row of probabilities, where does the model's answer stand? And in a one-hot "
            "row the right one?",
            "Both stand where the largest value is. Compare the two positions row by row, and "
            "take the share of those that agree.",
            "np.argmax with axis=1 of each of the two tables; then the mean of where they are "
            "equal, as a float.",
        ),
        "train_classifier": (
            "You have all the parts: layers, loss gradient, Adam, minibatches. First make a "
            "network of one dense layer learn: it reaches more than 90 %.",
            "Bring the pixels to about −1 … 1. A hidden layer of 64 ReLUs, first weights from a "
            "normal distribution with standard deviation sqrt(2 / n_in), Adam with a learning "
            "rate of 0.003, batches of 32 and 30 epochs are enough. A little fresh noise on each "
            "batch helps on images that it never saw.",
            "For each batch: dense_forward, relu_forward, dense_forward; "
            "softmax_cross_entropy_gradient at the outputs; then dense_backward, relu_backward, "
            "dense_backward; then update with one Adam for each of the four arrays. classify "
            "runs the forward half and takes np.argmax along axis 1.",
        ),
    }
)
