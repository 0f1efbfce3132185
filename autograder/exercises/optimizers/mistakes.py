"""What learners get wrong about optimizers."""

from typing import Any

import numpy as np

from autograder.checking.mistake import Given, Mistakes
from solutions import optimizers as solution

BY_EXAMPLE = "Lesson 4, “Write it: stochastic_gradient_descent”"
WHY_ONE = "Lesson 4, “Why one example is enough, on average”"
MEMORY = "Lesson 4, “An optimizer is an object with a memory”"
BALL = "Lesson 4, “The ravine, and a heavy ball”"
RECENT = "Lesson 4, “RMSprop: divide by the recent size”"
BOTH = "Lesson 4, “Adam: both memories, and a correction”"
TOO_SMALL = "Lesson 4, “Two means that start too small”"
FIRST_STEP = "Lesson 4, “Adam's first step, in numbers”"


stochastic = Mistakes(solution.stochastic_gradient_descent, read=BY_EXAMPLE)
stochastic.slip(
    "weights_after_every_step",
    {
        "epochs + 1": "epochs * n_examples + 1",
        "for epoch": "step = 0\n    for epoch",
        "path[epoch + 1] =": "    step += 1\n            path[step] =",
    },
    says="The weights are kept after every single step. Keep them once for each epoch: "
    "append after the inner loop, not inside it.",
)
stochastic.slip(
    "path_without_start",
    {"return path": "return path[1:]"},
    says="The start is missing: row 0 of the result is the start, then one row for each epoch.",
)
stochastic.slip(
    "last_weights_only",
    {"return path": "return path[-1]"},
    says="Only the last weights are returned: return the weights after each epoch, the start "
    "first, as one array.",
)
stochastic.slip(
    "rows_that_are_one_array",
    {"return path": "return np.array([weights] * (epochs + 1))"},
    says="All rows are one and the same array, changed in place: `weights -= …` also changes what "
    "was kept. Write `weights = weights - …`, or keep a copy.",
)
stochastic.slip(
    "sgd_uphill",
    {"weights -=": "weights +="},
    says="The steps go uphill: subtract the gradient, do not add it.",
)


@stochastic.instead(
    says="An epoch makes a single step here, with the mean of all gradients. Step after each "
    "example instead.",
    read=WHY_ONE,
)
def one_step_an_epoch(given: Given) -> Any:
    weights = np.array(given.start, dtype=float)
    path = [weights]
    for _ in range(given.epochs):
        gradients = [given.example_gradient(weights, i) for i in range(given.n_examples)]
        weights = weights - given.learning_rate * np.mean(gradients, axis=0)
        path.append(weights)
    return np.array(path)


stochastic.slip(
    "gradients_at_the_epochs_start",
    {"(weights, int(i))": "(path[epoch], int(i))"},
    says="All gradients of an epoch are taken at the weights of its start. Take each one at the "
    "newest weights: call example_gradient inside the inner loop.",
)
stochastic.slip(
    "examples_drawn_with_a_die",
    {"rng.permutation(n_examples)": "rng.integers(n_examples, size=n_examples)"},
    says="Examples are drawn with replacement, so some come twice and others not at all. Shuffle "
    "them: rng.permutation(n_examples) holds each number once.",
    read=WHY_ONE,
)
stochastic.slip(
    "same_order_in_each_epoch",
    {"rng.permutation": "np.random.default_rng(seed).permutation"},
    says="The generator is made again in each epoch, so it deals the same order every time. Make "
    "it once, before the loop over epochs.",
)
stochastic.slip(
    "examples_in_the_tables_order",
    {"rng.permutation": "range"},
    says="The examples come in the order of the table. Shuffle them again for each epoch: "
    "rng.permutation(n_examples).",
    read=WHY_ONE,
)
stochastic.slip(
    "orders_without_a_seed",
    {"default_rng(seed)": "default_rng()"},
    says="The generator gets no seed, so that no run can be repeated: np.random.default_rng(seed).",
)
stochastic.slip(
    "orders_of_one_seed",
    {"default_rng(seed)": "default_rng(0)"},
    says="The orders are the same for all seeds: hand the argument on, "
    "np.random.default_rng(seed).",
)
stochastic.slip(
    "start_that_moves",
    {"np.array(start": "np.asarray(start"},
    says="The steps write into the caller's start. np.asarray makes no copy of a float array: "
    "begin with np.array(start, dtype=float).",
)
stochastic.slip(
    "path_of_whole_numbers",
    {"*weights.shape)": "*weights.shape), dtype=np.asarray(start).dtype"},
    says="A path made from a start of whole numbers holds whole numbers only, and cuts the rest "
    "off. Turn the start into floats first: np.array(start, dtype=float).",
)


@stochastic.instead(
    says="The path has a column for each weight of a vector, and so works only for vectors. Its "
    "shape is (epochs + 1, *start.shape): np.array of a list of weights has it."
)
def path_of_a_vector_only(given: Given) -> Any:
    path = np.zeros((given.epochs + 1, len(given.start)))
    path[:] = given.right()
    return path


stochastic.slip(
    "one_example_an_epoch",
    {"in rng.permutation(n_examples)": "in [rng.integers(n_examples)]"},
    says="An epoch makes one step with one example here. It goes through all n_examples, one "
    "step after each: `for i in rng.permutation(n_examples)`.",
)
stochastic.slip(
    "steps_divided_by_the_examples",
    {"learning_rate *": "learning_rate / n_examples *"},
    says="The learning rate is divided by the number of examples. Each example makes a whole "
    "step: learning_rate times its gradient.",
)

sgd = Mistakes(solution.SGD, read="Lesson 4, “Write it: SGD”")
sgd.slip(
    "ClimbingSGD",
    {"weights - self": "weights + self"},
    says="The step goes uphill: subtract the gradient, do not add it.",
)
sgd.slip(
    "SGDReturnsTheStep",
    {"weights - ": ""},
    says="Only the step is returned: subtract it from the weights, and return those.",
)
sgd.slip(
    "SGDInPlace",
    {
        "return": "weights -= self.learning_rate * gradient\n        return",
        " - self.learning_rate * gradient": "",
    },
    says="`weights -= …` writes into the caller's array. Write `return weights - …`, which makes a "
    "new one.",
    read=MEMORY,
)
sgd.slip(
    "sgd_with_one_rate_for_all",
    {"self.learning_rate =": "type(self).learning_rate ="},
    says="The learning rate is kept on the class, so the newest optimizer sets it for all. Keep "
    "it on the object: self.learning_rate.",
    read=MEMORY,
)
sgd.slip(
    "NormalizedSGD",
    {"* gradient": "* gradient / (np.linalg.norm(gradient) or 1.0)"},
    says="The gradient is divided by its length, so its size no longer counts. SGD takes the "
    "gradient as it is.",
)
sgd.slip(
    "ClippedSGD",
    {"* gradient": "* np.clip(gradient, -100, 100)"},
    says="The gradient is cut to sizes of at most 100. SGD takes every gradient as it is, however "
    "large.",
)

momentum = Mistakes(solution.Momentum, read=BALL)
momentum.slip(
    "DampedMomentum",
    {"+ gradient": "+ (1 - self.momentum) * gradient"},
    says="The gradient comes into the velocity with the factor 1 − momentum. Here, as in PyTorch, "
    "its factor is 1.",
)
momentum.slip(
    "MomentumOfTheSum",
    {"self.velocity + gradient": "(self.velocity + gradient)"},
    says="The momentum multiplies the gradient too. It multiplies only the old velocity: "
    "momentum * velocity + gradient.",
)
momentum.slip(
    "MomentumWithoutFriction",
    {"self.momentum * ": ""},
    says="The velocity adds up and never fades: multiply the old one by momentum first.",
)
momentum.slip(
    "ForgetfulMomentum",
    {"self.momentum * self.velocity + gradient": "gradient"},
    says="The velocity is forgotten between two updates: keep it on the object, self.velocity.",
    read=MEMORY,
)
momentum.slip(
    "MomentumOneStepLate",
    {
        "self.velocity = self": "before, self.velocity = self.velocity, self",
        "self.learning_rate * self.velocity": "self.learning_rate * before",
    },
    says="The step is made with the old velocity, and the velocity renewed afterwards. Renew it "
    "first: the first step equals that of SGD.",
    read="Lesson 4, “Write it: Momentum”",
)
momentum.slip(
    "NesterovMomentum",
    {"rate * self.velocity": "rate * (gradient + self.momentum * self.velocity)"},
    says="This is Nesterov's momentum, which looks ahead. Step along the velocity itself: "
    "weights − learning_rate · velocity.",
)
momentum.slip(
    "MomentumWithTheRateTwice",
    {"+ gradient": "+ self.learning_rate * gradient"},
    says="The learning rate multiplies twice: in the velocity and again in the step. It belongs "
    "only in the step.",
)
momentum.slip(
    "momentum_that_is_shared",
    {
        "class Momentum:": "class Momentum:\n    velocity = 0.0",
        "self.velocity = 0.0": "pass",
        "self.velocity = self": (
            "kept = self.velocity if np.shape(self.velocity) == gradient.shape else 0.0\n"
            "        type(self).velocity = self"
        ),
        "momentum * self.velocity": "momentum * kept",
    },
    says="The velocity is kept on the class, so all optimizers share one. Set it in __init__: "
    "self.velocity = 0.0.",
    read=MEMORY,
)
momentum.slip(
    "MomentumThatKeepsTheGradient",
    {
        "self.velocity = 0.0": "self.velocity = None",
        "= self.momentum *": "= gradient if self.velocity is None else self.momentum *",
    },
    says="`self.velocity = gradient` gives the caller's array a second name, and its changes reach "
    "the velocity. Start from 0.0, and make a new array at each update.",
    read=MEMORY,
)
momentum.slip(
    "MomentumWithoutADefault",
    {"momentum=0.9": "momentum"},
    says="momentum has no default: write `def __init__(self, learning_rate, momentum=0.9)`.",
)
momentum.slip(
    "ClimbingMomentum",
    {"weights - self": "weights + self"},
    says="The step goes uphill: the gradient is added to the velocity, and the velocity is "
    "subtracted from the weights, learning_rate times.",
)
momentum.slip(
    "MomentumThatPushesBack",
    {
        "weights - self.learning_rate * self.velocity": (
            "(\n            weights - self.learning_rate * gradient\n"
            "            + self.learning_rate * self.momentum * self.velocity\n        )"
        ),
    },
    says="The velocity pushes the other way here, + learning_rate · momentum · velocity. The "
    "gradient is in the velocity already: weights − learning_rate · velocity.",
)

rmsprop = Mistakes(solution.RMSprop, read=RECENT)
rmsprop.slip(
    "RMSpropWithEpsilonInside",
    {"self.mean_square) + self.epsilon": "self.mean_square + self.epsilon)"},
    says="Epsilon is under the root. Here, as in PyTorch, it is added after the root is taken: "
    "np.sqrt(mean_square) + epsilon.",
)
rmsprop.slip(
    "RMSpropWithEpsilonLast",
    {"self.mean_square) + self.epsilon": "self.mean_square)", "/ size": "/ size + self.epsilon"},
    says="Epsilon is added to the weights, after the division. It belongs in the denominator, in "
    "brackets: / (np.sqrt(mean_square) + epsilon).",
)
rmsprop.slip(
    "RMSpropWithoutEpsilon",
    {" + self.epsilon": ""},
    says="Without epsilon a weight whose gradient was always 0 gets 0/0: divide by "
    "np.sqrt(mean_square) + epsilon.",
)
rmsprop.slip(
    "RMSpropWithoutRoot",
    {"np.sqrt(self.mean_square)": "self.mean_square"},
    says="The gradient is divided by the mean square itself: take its root first, np.sqrt.",
)
rmsprop.slip(
    "RMSpropThatSums",
    {"self.decay * self": "self", "(1 - self.decay) * ": ""},
    says="The squares are added up and never forgotten, as in Adagrad. Multiply the old mean by "
    "decay, and the new square by 1 − decay.",
)
rmsprop.slip(
    "RMSpropWithWholeSquares",
    {"(1 - self.decay) * ": ""},
    says="The new square comes in with the factor 1, so that the mean grows too large: its factor "
    "is 1 − decay.",
)
rmsprop.slip(
    "RMSpropWithSwappedShares",
    {
        "self.decay * self": "(1 - self.decay) * self",
        "(1 - self.decay) * gradient": "self.decay * gradient",
    },
    says="The two shares have changed places: decay multiplies the old mean, 1 − decay the new "
    "square.",
)
rmsprop.slip(
    "RMSpropOfAbsoluteValues",
    {"gradient**2": "np.abs(gradient)", "np.sqrt(self.mean_square)": "self.mean_square"},
    says="The sizes of the gradients are averaged, not their squares: average gradient**2, and "
    "divide by the root of that mean.",
)
rmsprop.slip(
    "RMSpropOfTheWholeGradient",
    {"gradient**2": "np.sum(gradient**2)"},
    says="One size is measured for all weights together. Keep one for each weight: gradient**2 "
    "element by element, without a sum.",
)
rmsprop.slip(
    "RMSpropWithCorrection",
    {
        "self.mean_square = 0.0": "self.mean_square, self.updates = 0.0, 0",
        "size = ": (
            "self.updates += 1\n"
            "        corrected = self.mean_square / (1 - self.decay**self.updates)\n"
            "        size = "
        ),
        "np.sqrt(self.mean_square)": "np.sqrt(corrected)",
    },
    says="The mean square is corrected for its start from zeros, as in Adam. RMSprop has no such "
    "correction: its first step is long.",
)
rmsprop.slip(
    "RMSpropOneStepLate",
    {
        "self.mean_square = (": "before, self.mean_square = self.mean_square, (",
        "np.sqrt(self.mean_square)": "np.sqrt(before)",
    },
    says="The gradient is divided by the mean square of the last update. Renew the mean square "
    "first, then divide.",
    read="Lesson 4, “Write it: RMSprop”",
)
rmsprop.slip(
    "rmsprop_that_is_shared",
    {
        "class RMSprop:": "class RMSprop:\n    mean_square = 0.0",
        "self.mean_square = 0.0": "pass",
        "self.mean_square = (": (
            "kept = self.mean_square if np.shape(self.mean_square) == gradient.shape else 0.0\n"
            "        type(self).mean_square = ("
        ),
        "decay * self.mean_square": "decay * kept",
    },
    says="The mean square is kept on the class, so all optimizers share one. Set it in __init__: "
    "self.mean_square = 0.0.",
    read=MEMORY,
)
rmsprop.slip(
    "RMSpropInPlace",
    {
        "return weights - self": "weights -= self",
        "gradient / size": "gradient / size\n        return weights",
    },
    says="`weights -= …` writes into the caller's array. Write `return weights - …`, which makes a "
    "new one.",
    read=MEMORY,
)
rmsprop.slip(
    "RMSpropOfTheLecture",
    {"decay=0.99": "decay=0.9"},
    says="The default of decay is that of Hinton's lecture, 0.9. Here, as in PyTorch, it is 0.99.",
)
rmsprop.slip(
    "ClimbingRMSprop",
    {"weights - self": "weights + self"},
    says="The step goes uphill: subtract it from the weights, do not add it.",
)
rmsprop.slip(
    "RMSpropThatForgets",
    {"self.mean_square = (": "self.mean_square = 0.0\n        self.mean_square = ("},
    says="The mean square starts from 0 at each update, and what it held is forgotten. Set it to "
    "0 once, in __init__.",
)

adam = Mistakes(solution.Adam, read=BOTH)
adam.slip(
    "AdamWithoutCorrection",
    {" / (1 - self.beta1**k)": "", " / (1 - self.beta2**k)": ""},
    says="The bias correction is missing: divide the mean by 1 − beta1**k and the mean square by "
    "1 − beta2**k before the step.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamWithACorrectedMeanOnly",
    {" / (1 - self.beta2**k)": ""},
    says="The mean is corrected, but the mean square is not: divide it by 1 − beta2**k.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamWithACorrectedSquareOnly",
    {" / (1 - self.beta1**k)": ""},
    says="The mean square is corrected, but the mean is not: divide it by 1 − beta1**k.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamWithoutThePower",
    {"beta1**k": "beta1", "beta2**k": "beta2"},
    says="The correction is the same at every step: it lacks the power. Count the updates, and "
    "divide by 1 − beta**k.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamDividedByTheShareOfTheZero",
    {"(1 - self.beta1**k)": "self.beta1**k", "(1 - self.beta2**k)": "self.beta2**k"},
    says="beta**k is what the zero at the start still holds. The gradients hold the rest: divide "
    "by 1 − beta**k.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamThatKeepsOneCorrected",
    {"corrected_mean = self.mean /": "self.mean = corrected_mean = self.mean /"},
    says="The corrected mean takes the place of the mean in memory, and the next update corrects "
    "it again. Keep the uncorrected one.",
)
adam.slip(
    "AdamThatKeepsTheCorrected",
    {
        "corrected_mean =": "corrected_mean = self.mean =",
        "corrected_mean_square =": "corrected_mean_square = self.mean_square =",
    },
    says="The corrected means are kept as the memory, and so are corrected again and again. Keep "
    "the uncorrected ones, and correct into new variables.",
    read="Lesson 4, “Write it: Adam”",
)
adam.slip(
    "AdamThatCountsFromTwo",
    {"k = self.updates": "k = self.updates + 1"},
    says="The count is 1 too large at each update: it is 1 at the first one. Add 1 to it once, "
    "before the correction.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamThatCountsFromZero",
    {"k = self.updates": "k = self.updates - 1"},
    says="At the first update the count is still 0, and 1 − beta**0 is 0. Add 1 to the count "
    "before the correction.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamWithSwappedBetas",
    {"beta1 = beta1": "beta1 = beta2", "beta2 = beta2": "beta2 = beta1"},
    says="beta1 and beta2 have changed places: beta1 belongs to the mean, beta2 to the mean "
    "square.",
)
adam.slip(
    "AdamWithAVelocity",
    {"(1 - self.beta1) * ": ""},
    says="The mean takes the gradient with the factor 1, as a velocity does. Adam's is a true "
    "mean: its factor is 1 − beta1.",
)
adam.slip(
    "AdamWithoutItsMean",
    {"step = corrected_mean": "step = gradient"},
    says="The step is made with only this gradient. The numerator is the corrected "
    "mean of the gradients.",
)
adam.slip(
    "AdamWithoutRoot",
    {"np.sqrt(corrected_mean_square)": "corrected_mean_square"},
    says="The mean is divided by the mean square itself: take its root first, np.sqrt.",
    read=FIRST_STEP,
)
adam.slip(
    "AdamWithEpsilonInside",
    {"mean_square) + self.epsilon": "mean_square + self.epsilon)"},
    says="Epsilon is under the root. It is added after the root is taken: "
    "np.sqrt(corrected_mean_square) + epsilon.",
)
adam.slip(
    "AdamWithEpsilonLast",
    {
        "np.sqrt(corrected_mean_square) + self.epsilon": "np.sqrt(corrected_mean_square)",
        "* step": "* step + self.epsilon",
    },
    says="Epsilon is added to the weights, after the division. It belongs in the denominator, in "
    "brackets: / (np.sqrt(mean_square) + epsilon).",
)
adam.slip(
    "AdamWithEpsilonTooEarly",
    {
        "np.sqrt(corrected_mean_square)": "np.sqrt(self.mean_square)",
        "self.learning_rate * step": "self.learning_rate * np.sqrt(1 - self.beta2**k) * step",
    },
    says="Epsilon is added before the mean square is corrected. Correct it first, then take the "
    "root, then add epsilon.",
    read=TOO_SMALL,
)
adam.slip(
    "AdamWithoutEpsilon",
    {" + self.epsilon": ""},
    says="Without epsilon a weight whose gradient was always 0 gets 0/0: divide by "
    "np.sqrt(corrected_mean_square) + epsilon.",
)
adam.slip(
    "adam_with_one_count_for_all",
    {
        "class Adam:": "class Adam:\n    updates = 0",
        "self.updates = 0": "pass",
        "self.updates +=": "type(self).updates +=",
    },
    says="The count of the updates is kept on the class, so the second optimizer does not start "
    "from 0. Set it in __init__, on the object.",
    read=MEMORY,
)
adam.slip(
    "AdamThatKeepsTheGradient",
    {
        "self.mean = self": (
            "if k == 2:\n"
            "            self.mean = (1 - self.beta1) * self.first\n"
            "        self.first = gradient\n"
            "        self.mean = self"
        )
    },
    says="The first mean is the caller's own array, and changes with it. Start from 0.0, and make "
    "a new array at each update.",
    read=MEMORY,
)
adam.slip(
    "AdamInPlace",
    {
        "return": "weights -= self.learning_rate * step\n        return",
        " - self.learning_rate * step": "",
    },
    says="`weights -= …` writes into the caller's array. Write `return weights - …`, which makes a "
    "new one.",
    read=MEMORY,
)
adam.slip(
    "AdamWithAShortMemory",
    {"beta2=0.999": "beta2=0.99"},
    says="The default of beta2 is 0.99 here. It is 0.999, as in the paper: the mean square has "
    "the longer memory.",
)
adam.slip(
    "ClimbingAdam",
    {"weights - self": "weights + self"},
    says="The step goes uphill: subtract it from the weights, do not add it.",
)
adam.slip(
    "AdamWithMultipliedCorrections",
    {"self.mean / (1": "self.mean * (1", "self.mean_square / (1": "self.mean_square * (1"},
    says="The means are multiplied by 1 − beta**k, which makes them smaller still. Divide by it.",
)
adam.slip(
    "AdamWithOneBeta",
    {
        "self.beta2 * self.mean_square": "self.beta1 * self.mean_square",
        "(1 - self.beta2) * gradient**2": "(1 - self.beta1) * gradient**2",
        "1 - self.beta2**k": "1 - self.beta1**k",
    },
    says="beta1 is used for both means. The mean of the squares has beta2.",
)
adam.slip(
    "AdamOfAbsoluteValues",
    {"gradient**2": "np.abs(gradient)"},
    says="The sizes of the gradients are averaged, not their squares: average gradient**2, and "
    "divide by the root of that mean.",
)
adam.slip(
    "AdamWithAShrinkingRate",
    {
        "        step =": "        self.learning_rate /= 1 - self.beta1**k\n        step =",
        "corrected_mean = self.mean / (1 - self.beta1**k)": "corrected_mean = self.mean",
    },
    says="self.learning_rate itself is changed at each update, so that the corrections pile up. "
    "Use a new name for this step's rate.",
)

adamw = Mistakes(solution.AdamW, read="Lesson 4, “Write it: AdamW”")
adamw.slip(
    "AdamWWithTheDecayInTheGradient",
    {
        "self.shrinking = 1 - learning_rate * weight_decay": "self.weight_decay = weight_decay",
        "(self.shrinking * weights, gradient)": "(weights, gradient + self.weight_decay * weights)",
    },
    says="The decay is added to the gradient, so Adam divides it by its own size. Shrink the "
    "weights themselves, and hand the gradient on as it is.",
)
adamw.slip(
    "AdamWWithoutDecay",
    {"self.shrinking * ": ""},
    says="The weights do not decay: this is Adam. Multiply them by 1 − learning_rate · "
    "weight_decay before Adam's step.",
)
adamw.slip(
    "AdamWWithDecayAfterTheStep",
    {
        "self.adam.update(self.shrinking * weights, gradient)": (
            "self.shrinking * self.adam.update(weights, gradient)"
        )
    },
    says="The weights decay after Adam's step, which shortens the step too. Shrink them first, "
    "then make the step.",
)
adamw.slip(
    "AdamWWithDecayAtFullRate",
    {"1 - learning_rate * weight_decay": "1 - weight_decay"},
    says="The decay lacks the learning rate: the share that is lost at each step is "
    "learning_rate · weight_decay.",
)
adamw.slip(
    "AdamWWithTheDecayInTheStep",
    {
        "self.shrinking = 1 - learning_rate * weight_decay": (
            "self.decay = learning_rate * weight_decay"
        ),
        "return self.adam.update(self.shrinking * weights, gradient)": (
            "moved = self.adam.update(weights, gradient)\n"
            "        rest = 1 - self.adam.beta2**self.adam.updates\n"
            "        size = np.sqrt(self.adam.mean_square / rest) + self.adam.epsilon\n"
            "        return moved - self.decay * weights / size"
        ),
    },
    says="The decay is divided by the root of the mean square, as the step is. It never sees it: "
    "shrink the weights by 1 − learning_rate · weight_decay, then take Adam's step.",
)
adamw.slip(
    "AdamWThatGrows",
    {"1 - learning_rate": "1 + learning_rate"},
    says="The weights grow at each step instead of decaying: the factor is 1 − learning_rate · "
    "weight_decay.",
)
adamw.slip(
    "ForgetfulAdamW",
    {
        "self.adam = Adam(": "self.settings = (",
        "self.adam.update": "Adam(*self.settings).update",
    },
    says="Each update makes a new Adam, which remembers nothing: every step is a first step. Make "
    "one in __init__ and keep it on self.",
    read=MEMORY,
)
adamw.slip(
    "AdamWWithoutItsEpsilon",
    {"beta2, epsilon)": "beta2)"},
    says="epsilon is not handed on, so Adam takes its default. Hand on all four of its settings.",
)
adamw.slip(
    "AdamWWithSwappedBetas",
    {"(learning_rate, beta1, beta2,": "(learning_rate, beta2, beta1,"},
    says="beta1 and beta2 have changed places: beta1 belongs to the mean, beta2 to the mean "
    "square.",
)
adamw.slip(
    "AdamWWithoutADefaultDecay",
    {"weight_decay=0.01": "weight_decay=0.0"},
    says="The default of weight_decay is 0.0 here. It is 0.01, as in PyTorch.",
)
adamw.slip(
    "AdamWInPlace",
    {
        "return": "weights *= self.shrinking\n        return",
        "self.shrinking * weights": "weights",
    },
    says="`weights *= …` writes into the caller's array. Multiply into a new one: "
    "`(1 - …) * weights`.",
    read=MEMORY,
)
adamw.slip(
    "ClimbingAdamW",
    {"self.shrinking * weights, gradient": "self.shrinking * weights, -np.asarray(gradient)"},
    says="The step goes uphill: Adam subtracts it, so hand the gradient on as it is.",
)
