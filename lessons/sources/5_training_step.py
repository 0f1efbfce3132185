# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 5 · The training step
#
# You have losses, gradients and optimizers. What is missing is the machine that joins them: a
# network, and a way to find the gradient of *all* its weights at once. By the end of this lesson
# your own code has learned to tell malignant tumors from benign ones.
#
# **After this lesson you can**
#
# - work a forward and a backward pass by hand, and derive both for whole batches;
# - test a gradient by central differences, and say what the comparison can't see;
# - write the training step and the loop around it, and say what each wrong order of its lines does;
# - explain why a step that helps one example may hurt the others;
# - measure how sharply a network's loss curves, and say what that has to do with the learning rate.
#
# **You need** lessons 1 to 4: losses, the gradient, curvature, the optimizer. Matrix products are
# explained where they appear.
#
# **About 40 minutes** to read and play, about 45 more to write eight functions in
# `course/training.py`, most of them one to four lines long.

# %% [markdown]
# Run this cell first. It loads this lesson's module and three earlier ones. Where a function of
# yours is missing, ours steps in, and a sentence says so.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import gradient_descent, losses, optimizers, training
from lab import earlier

gradient_descent = earlier(gradient_descent)
losses = earlier(losses)
optimizers = earlier(optimizers)

# %% [markdown]
# ## What do you remember?
#
# Three questions from earlier lessons. Answer before you look anything up.

# %%
from lab import recall

recall("5_training_step")

# %% [markdown]
# ## Five moves
#
# Nearly every network, large or small, is trained by repeating five moves:
#
# 1. **Forward.** Put a batch of inputs in at one end, take the outputs from the other.
# 2. **Loss.** One number: how far are the outputs from the targets?
# 3. **Backward.** For each weight: how much is it to blame? That is the gradient.
# 4. **Update.** The optimizer turns weights and gradient into new weights, and these go into the
#    network.
# 5. **Repeat** with the next batch.
#
# You have written the second and the fourth. Now all of them, with a network so small that every
# number fits on paper.

# %% [markdown]
# ## Forward, in numbers
#
# Two inputs, two units in the middle, one output. A line carries a weight. A unit adds up what
# arrives, each value times the weight of its line, plus a number of its own, the *bias*. The units
# in the middle are the **hidden layer**: neither given, as the inputs are, nor compared with a
# target, as the output is. A hidden unit then applies the **ReLU** (rectified linear unit):
# negative sums become 0, the others pass.

# %%
from lab.pictures.network_in_numbers import forward_in_numbers

forward_in_numbers()

# %% [markdown]
# Follow the numbers. The upper unit: $1 \cdot 1 + 2 \cdot 1 + 0 = 3$, and the ReLU lets it pass.
# The lower unit: $1 \cdot 1 + 2 \cdot (-2) + 1 = -2$, and the ReLU makes it 0. The output:
# $3 \cdot 2 + 0 \cdot (-1) - 1 = 5$. The target is 4, so the squared error is 1.
#
# This walk from inputs to outputs, layer by layer, is the **forward pass**. In NumPy it is three
# lines. Inputs have a row for each example, here one; weights have a row for each input and a
# column for each output:

# %%
inputs, target = np.array([[1.0, 2.0]]), 4.0
weights_1, bias_1 = np.array([[1.0, 1.0], [1.0, -2.0]]), np.array([0.0, 1.0])
weights_2, bias_2 = np.array([[2.0], [-1.0]]), np.array([-1.0])

sums = inputs @ weights_1 + bias_1
hidden = np.maximum(0, sums)
output = hidden @ weights_2 + bias_2
assert (sums.tolist(), hidden.tolist(), output.tolist()) == ([[3, -2]], [[3, 0]], [[5]])
output

# %% [markdown]
# `@` is the matrix product, row by column: in row $i$ and column $j$ is the sum of example $i$'s
# values, each times its weight to output $j$. So the inner sizes must agree:
#
# $$(n, \text{in}) \;@\; (\text{in}, \text{out}) \;\to\; (n, \text{out}) .$$
#
# The bias has shape $(\text{out},)$ and is added to every row.
#
# Why the ReLU? Without it, two layers are no better than one: `(x @ A) @ B` is `x @ (A @ B)`, one
# layer with the weights `A @ B`. The bend at zero is what lets a deeper network do more.

# %% [markdown]
# ### Write it: dense_forward
#
# A layer in which every input leads to every output is called *dense*. Its forward pass is
# `inputs @ weights + bias`. Turn all three into float arrays first, so that lists work too.

# %%
check("dense_forward")

# %% [markdown]
# ## Backward: who is to blame?
#
# The output was 5 instead of 4. Nine numbers had a hand in it: six weights and three biases. We
# need the slope of the loss for each of them. You could nudge each in turn, as in lesson 2, but
# that takes two forward passes for every weight, and networks have millions.
#
# The chain rule of lesson 1 finds all of them in one walk. Start at the loss and walk *back*. What
# you carry along is the **output gradient**: how fast the loss grows with what a layer has put out.
# You may call it blame.

# %%
from lab.pictures.network_in_numbers import backward_in_numbers

backward_in_numbers()

# %% [markdown]
# **The output.** The loss is $(\text{output} - 4)^2$, its slope $2 \cdot (5 - 4) = 2$.
#
# **The last layer.** Its upper weight carries the value 3. Nudge the weight, and the output moves 3
# times as much, and the loss 2 times as much as the output: slope $3 \cdot 2 = 6$. The lower one
# carries 0, so nudging it changes nothing: slope 0. *A weight's slope is what came in, times the
# blame of what went out.* The bias goes in directly: slope 2.
#
# **Back through the weights.** If the upper unit's value moved, the output would move 2 times as
# much, because that is the weight between them: $2 \cdot 2 = 4$ arrives at the upper unit,
# $2 \cdot (-1) = -2$ at the lower one. *Blame flows back along the same lines, times the same
# weights.*
#
# **Back through the ReLU.** The upper sum, 3, had passed, so its blame passes: 4. The lower sum,
# −2, had been cut to 0. Nudging it changes nothing, so its blame becomes 0.
#
# **The first layer** is a dense layer like the last. What came in (1 and 2) times the blame of what
# went out (4 and 0): the weights of the upper unit get 4 and 8, its bias 4. Those of the lower
# unit, and its bias, get 0.
#
# Nine slopes. Your `numerical_gradient` finds them by nudging, in 18 forward passes:


# %%
def loss_of(nine):
    first, bias, second, last_bias = np.split(nine, [4, 6, 8])
    values = np.maximum(0, inputs @ first.reshape(2, 2) + bias)
    return ((values @ second + last_bias - target) ** 2).item()


start = np.array([1, 1, 1, -2, 0, 1, 2, -1, -1.0])
nine_slopes = gradient_descent.numerical_gradient(loss_of, start)
assert np.allclose(nine_slopes, [4, 0, 8, 0, 4, 0, 6, 0, 2])
nine_slopes.round(6)

# %% [markdown]
# This is **backpropagation**, made famous by Rumelhart, Hinton and Williams (1986). It finds all
# slopes at the cost of about two forward passes, however many weights there are.

# %% [markdown]
# ## A batch, and its shapes
#
# With $n$ examples in a batch, inputs and outputs have $n$ rows, and so have their gradients: each
# example has its own blame. But all examples use the same table of weights, and its slope is the
# *sum* of what each of them says. Here are two examples and one output, to do by hand. The inputs
# are $(1, 2)$ and $(3, 4)$, their blames 10 and −1. The first weight gets
# $1 \cdot 10 + 3 \cdot (-1) = 7$, the second $2 \cdot 10 + 4 \cdot (-1) = 16$, the bias
# $10 - 1 = 9$.
#
# Why sums, when the loss is a mean? Because its $1/n$ is already in the output gradient: the
# gradients of lesson 1 divide by $n$.
#
# For whole tables, find the products yourself. One law helps: **a gradient has the shape of the
# thing it belongs to.** Mostly, a single product of two of the tables has that shape, one of them
# transposed.
#
# | | inputs | weights | bias | output gradient |
# |:--|:--|:--|:--|:--|
# | shape | $(n, \text{in})$ | $(\text{in}, \text{out})$ | $(\text{out},)$ | $(n, \text{out})$ |
#
# Then check each product against the two rules in italics above. Does row by column also sum over
# the examples?

# %% [markdown]
# ### Write it: dense_backward
#
# Return the three gradients as a tuple: `input_gradient`, `weights_gradient`, `bias_gradient`. The
# input gradient is what the layer before takes as its output gradient; that is how blame travels.
# The numbers 7, 16 and 9 are your first test.

# %%
check("dense_backward")

# %% [markdown]
# Green? Then compare your products with these.

# %%
from lab.pictures.training_step import shapes_of_a_dense_layer

shapes_of_a_dense_layer()

# %% [markdown]
# ## The ReLU is a gate
#
# The other kind of layer has no weights at all. Here it is, and its slope:

# %%
from lab.pictures.training_step import relu_and_its_slope

relu_and_its_slope()

# %% [markdown]
# ### Write it: relu_forward
#
# The larger of 0 and the input, element by element, for any shape. `np.maximum` compares element by
# element. (`np.max` is another function: it looks for the largest element.)

# %%
check("relu_forward")

# %% [markdown]
# Backward, it is a gate. You have walked through two of them by hand: one that was open, one that
# was shut. At a sum of exactly 0 there is a corner and no slope; we take 0, as PyTorch does.
#
# ### Write it: relu_backward
#
# Given the gradient of the ReLU's outputs and the *inputs of its forward pass*, return the gradient
# of the inputs, for any shape. What decides whether the gate is open? Blame itself may be negative,
# and a negative number passes an open gate like any other. `np.where(condition, a, b)` chooses
# element by element.

# %%
check("relu_backward")

# %% [markdown]
# ## One training step in numbers
#
# Back to the 2-2-1 network. With learning rate 0.01, SGD subtracts a hundredth of each slope. Then
# look at the loss again:

# %%
new = start - 0.01 * nine_slopes
assert np.allclose(new, [0.96, 1, 0.92, -2, -0.04, 1, 1.94, -1, -1.02])
loss_of(start), loss_of(new)

# %% [markdown]
# The loss went from 1 to 0.112 in one step. Five of the nine numbers moved; those that lead into
# the shut unit and out of it stayed as they were.
#
# **Predict.** There are three more examples, with losses of 4, 1 and 1, so the mean of all four is
# 1.75. The step was taken for the first one only. Did the mean fall a lot, fall a little, or rise?

# %%
four_inputs = np.array([[1.0, 2.0], [2.0, -1.0], [-1.0, 1.0], [3.0, 1.0]])
four_targets = np.array([4.0, -2.0, 0.0, 6.0])


def four_losses(nine):
    first, bias, second, last_bias = np.split(nine, [4, 6, 8])
    values = np.maximum(0, four_inputs @ first.reshape(2, 2) + bias)
    return (values @ second + last_bias - four_targets) ** 2


# %%
assert np.allclose(four_losses(start), [1, 4, 1, 1])
assert four_losses(new).mean() > four_losses(start).mean() == 1.75
four_losses(new).round(2), four_losses(new).mean().round(2)

# %% [markdown]
# It *rose*, to 2.20. The step lowered one loss and raised the three others. Nothing is broken. The
# gradient of one example is right about *that* example, and agrees with the mean's gradient only on
# average (lesson 4).

# %% [markdown]
# ## In slow motion
#
# **Predict.** Your four functions now run training steps on this very network, move by move. The
# first step is the one above. Then come the other examples in turn; the second has the inputs
# $(2, -1)$. With the new weights, work out its two sums on paper. Which of the nine numbers will
# move this time?

# %%
from lab import slow_motion

slow_motion(
    training.dense_forward, training.dense_backward, training.relu_forward, training.relu_backward
)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# In the second step both sums are above 0, so both units are open, and all nine numbers move. The
# mean loss jumps up at the first step, falls at the second, and ends far below where it began.
#
# </details>

# %% [markdown]
# ---
# **A good place to stop.** You have done every move by hand. When you come back, run the notebook
# from its top (menu *Run*, *Run All Cells*); what you wrote is there.
#
# ---

# %% [markdown]
# ## A network of any size
#
# For more layers and units you want a class. `lab.Network` is one: dense layers with a ReLU between
# them, built from your four functions. Without its error messages, this is all of it:
#
# ```python
# class Network:
#     def forward(self, inputs):
#         self.seen = []
#         for weights, bias in self.parameters:
#             sums = dense_forward(inputs, weights, bias)
#             self.seen.append((inputs, weights, sums))
#             inputs = relu_forward(sums)
#         return sums  # no ReLU after the last layer
#
#     def backward(self, gradient):
#         parts = []
#         for inputs, weights, sums in reversed(self.seen):
#             if parts:  # each layer but the last sends its sums through a ReLU
#                 gradient = relu_backward(gradient, sums)
#             gradient, of_weights, of_bias = dense_backward(gradient, inputs, weights)
#             parts = [of_weights.ravel(), of_bias, *parts]
#         return np.concatenate(parts)
#
#     def get_weights(self):
#         return np.concatenate([part.ravel() for layer in self.parameters for part in layer])
#
#     def set_weights(self, flat):
#         layers = []
#         for weights, bias in self.parameters:
#             ends = [weights.size, weights.size + bias.size]
#             matrix, bias, flat = np.split(flat, ends)
#             layers.append((matrix.reshape(weights.shape), bias))
#         self.parameters = layers
# ```
#
# On the way forward it keeps what went into each layer and each ReLU, because the way back asks for
# both, from the last to the first: the input gradient of one layer is the output gradient of the
# layer before.
#
# An optimizer wants one array, not a pair for each layer. So `ravel` lays every table out in a row,
# and `concatenate` puts the rows end to end: one **flat vector**, in the same order for weights and
# gradient.

# %%
from lab import Network

ready = earlier(training)
dense = ready.dense_forward, ready.dense_backward
relu = ready.relu_forward, ready.relu_backward
network = Network((2, 3, 1), *dense, *relu, seed=1)
network.get_weights().shape  # 2·3 + 3 in the first layer, 3·1 + 1 in the second

# %% [markdown]
# ## Is the gradient right?
#
# A network with a flaw in its backward pass often learns all the same, only worse, and nobody
# notices. **Gradient checking** finds out: compare the backward pass with central differences, the
# slow and honest method of lesson 2. Take five random examples, and the loss as a function of the
# flat vector:

# %%
generator = np.random.default_rng(0)
batch, answers = generator.normal(size=(5, 2)), generator.normal(size=(5, 1))


def loss_at(weights):
    network.set_weights(weights)
    return losses.mean_squared_error(network.forward(batch), answers)


# %%
start = network.get_weights()
slow = gradient_descent.numerical_gradient(loss_at, start)
network.set_weights(start)
fast = network.backward(losses.mean_squared_error_gradient(network.forward(batch), answers))


def relative_error(one, other):
    return np.linalg.norm(one - other) / (np.linalg.norm(one) + np.linalg.norm(other))


assert relative_error(fast, slow) < 1e-7
relative_error(fast, slow)

# %% [markdown]
# Why *relative*? Where the slopes are tiny, even twice the right answer differs from it by a tiny
# number.

# %% [markdown]
# As a rule of thumb, below $10^{-7}$ is right, and above $10^{-2}$ is wrong (Li, Karpathy &
# Johnson, 2016). In between, suspect a **kink**: if a nudge carries a sum across 0, the ReLU opens
# halfway, and the difference measures neither slope. Then check with other examples, or with a
# smaller nudge.

# %% [markdown]
# ## Find the cause
#
# A friend wants to watch the loss on examples that she doesn't train on, and adds a line for it.
# Her layers are yours, and the gradient check above was fine. Here are her data, a hundred tumors,
# her loop, and the loss after 100 steps, without that line and with it:

# %%
from lab import load_tumors

tumors = load_tumors()
features, targets = tumors.train.features, tumors.train.targets.reshape(-1, 1)
watched, watched_targets = tumors.test.features[:100], tumors.test.targets[:100].reshape(-1, 1)


def cross_entropy(logits, targets):
    return losses.binary_cross_entropy(losses.sigmoid(logits), targets)


# %%
def friends_loss(watching):
    friends, sgd, held_out = Network((30, 16, 1), *dense, *relu), optimizers.SGD(0.1), []
    for _ in range(100):
        logits = friends.forward(features[:100])
        if watching:
            held_out.append(cross_entropy(friends.forward(watched), watched_targets))
        slopes = friends.backward(losses.sigmoid_cross_entropy_gradient(logits, targets[:100]))
        friends.set_weights(sgd.update(friends.get_weights(), slopes))
    return cross_entropy(logits, targets[:100])


friends_loss(watching=False), friends_loss(watching=True)

# %% [markdown]
# No error, and yet the second is four times the first. Why?

# %%
# Look for the cause here: what does the network keep, and from which forward pass?

# %% [markdown]
# <details><summary>What it was</summary>
#
# `backward` uses what the *last* `forward` kept. Her extra line is a forward pass too, so the blame
# of the training examples meets the inputs of the held-out ones. With equal numbers of both, no
# shape shows it; a gradient check of the whole step would. Move the line below `backward`.
#
# </details>

# %%
# The proof. Open it when you have found the cause.
assert friends_loss(watching=False) < 0.15 < 0.5 < friends_loss(watching=True)

# %% [markdown]
# ## Batches and epochs
#
# Where do the batches come from? Shuffle the table, cut it into slices. When all slices have been
# used, shuffle again. Why shuffle? Tables often come sorted. Here a single layer learns handwritten
# digits, once from a table sorted by digit, once shuffled:

# %%
from lab.pictures.training_step import sorted_or_shuffled

sorted_or_shuffled()

# %% [markdown]
# In the sorted table, nearly every batch shows one digit only. The model learns “everything is a
# 3”, then “everything is a 4”, and forgets each time. Shuffled, each batch is a small sample of the
# whole, and on average its gradient is the full one.
#
# Draw one random *order* of the row numbers, and use it for inputs and targets alike, so that each
# pair stays together.

# %%
table, answers = np.array([1, 2, 3, 4, 5]), np.array([10, 20, 30, 40, 50])
order = np.random.default_rng(0).permutation(5)
table[order], answers[order], [order[0:2], order[2:4], order[4:6]]

# %% [markdown]
# A slice that reaches beyond the end stops at the end, so `order[4:6]` has one row. This smaller
# last batch is kept, because it holds an example too.
#
# ### Write it: minibatches
#
# Return a list of pairs `(inputs, targets)`, one for each batch, as float arrays.
#
# - If inputs and targets differ in length, or `batch_size` is less than 1, raise `ValueError`.
# - Draw the order with `np.random.default_rng(seed).permutation(n)`: the same seed must give the
#   same order. Shuffle single examples, not ready-made batches.
# - `range(0, n, batch_size)` gives the start of each slice. A `batch_size` beyond `n` makes one
#   batch.

# %%
check("minibatches")

# %% [markdown]
# Are they worth it? Fit a linear model to the 332 patients of lesson 2, with your
# `stochastic_gradient_descent`, with batches of 32, and with all at once. Each reads every patient
# five times, at its own best rate out of 41. How far above the lowest possible loss do they end?

# %%
from lab import load_diabetes

patients, ready = load_diabetes().train, earlier(training)
table = np.column_stack([np.ones(len(patients.targets)), patients.features])
slope, n = gradient_descent.linear_regression_gradient, len(table)


def by_batches(size, rate):
    w = np.zeros(11)
    for epoch in range(5):
        for inputs, targets in ready.minibatches(table, patients.targets, size, epoch):
            w = w - rate * slope(w, inputs, targets)
    return w


# %%
one_by_one = optimizers.stochastic_gradient_descent(
    lambda w, i: slope(w, table[i : i + 1], patients.targets[i : i + 1]), np.zeros(11), n, 0.003, 5
)[-1]
lowest = np.linalg.lstsq(table, patients.targets, rcond=None)[0]
for steps, w in (5 * n, one_by_one), (55, by_batches(32, 0.04)), (5, by_batches(n, 0.2)):
    above = np.mean((table @ (w - lowest)) ** 2)
    print(f"{steps:5} steps: {above:4.0f} above the lowest loss")

# %% [markdown]
# Batches of 32 get nearly as low as single examples, in a thirtieth of the steps. The full batch
# has only five.

# %% [markdown]
# ## The order of the moves
#
# Each move uses what the one before has made. Here is what happens in the wrong order, to a single
# layer that learns the tumors, always with the same learning rate:

# %%
from lab.pictures.training_step import three_orders

three_orders()

# %% [markdown]
# | slip | what really happens | what you see |
# |:--|:--|:--|
# | update before backward | each step uses the gradient of the step before; the first has none | bounces or diverges at learning rates that are fine otherwise |
# | backward before forward | the last batch's outputs are compared with this batch's targets | learns next to nothing |
# | new weights never set | the update is computed and thrown away | a flat line |
# | loss measured after the update | each batch is judged by weights that have just seen it | a curve that looks better than the model is |
# | a new optimizer in each step | momentum and Adam forget everything | slower or noisier, and no error message |

# %% [markdown]
# ### Write it: training_step
#
# One batch, the first four of the moves. Make each call exactly once:
#
# | move | call |
# |:--|:--|
# | forward | `outputs = network.forward(inputs)` |
# | loss | `loss(outputs, targets)`, kept for the end |
# | backward | `gradient = network.backward(loss_gradient(outputs, targets))`, one flat vector |
# | update | `new_weights = optimizer.update(network.get_weights(), gradient)` |
# | | `network.set_weights(new_weights)` |
#
# Return the loss that you kept, as a float: the loss *before* the update. Turn inputs and targets
# into float arrays at the start. `loss` and `loss_gradient` are functions that are handed in, such
# as those from lesson 1; `network` and `optimizer` are objects with the methods above, such as
# `Network` and `Adam`.

# %%
check("training_step")

# %% [markdown]
# ## The whole loop
#
# `train` repeats: for each epoch, new minibatches; for each minibatch, a training step. It returns
# one number for each epoch, the mean loss. Which mean? Suppose five examples in batches of two,
# with the losses 1, 2 and 6:

# %%
batch_losses, batch_sizes = np.array([1.0, 2.0, 6.0]), np.array([2, 2, 1])
fair, plain = np.sum(batch_sizes * batch_losses) / np.sum(batch_sizes), np.mean(batch_losses)
assert np.allclose([fair, plain], [2.4, 3.0])
fair, plain

# %% [markdown]
# Weighted by batch size the mean is 2.4, the mean over the five examples. In the plain mean of the
# three batches, 3.0, the lonely example counts double.
#
# ### Write it: train
#
# Use your `minibatches` and `training_step`.
#
# - Each epoch needs an order of its own, so each needs its own seed, and all of them must follow
#   from `seed`. Make `generator = np.random.default_rng(seed)` once;
#   `int(generator.integers(2**32))` is then a new seed for each epoch.
# - Add up `len(batch_inputs) * loss` over the batches of an epoch, divide by the number of all
#   examples, and append that to the list that you return. For `epochs=0` it is empty.
# - Take one training step for each batch, and evaluate nothing else: no extra forward pass.

# %%
check("train")

# %% [markdown]
# ## Real data: 427 tumors
#
# The table holds thirty measurements of the cell nuclei of 569 breast tumors, and whether each was
# malignant (1) or benign (0): 427 for training, 142 held out. The network has 30 inputs, 16 units
# in the middle, and one output, a logit. Two classes, so the loss is binary cross-entropy. The
# targets are a column, $(427, 1)$, like the network's outputs: lesson 1 showed what a row against a
# column would do.

# %%
assert features.shape == (427, 30)
ready, adam = earlier(training), optimizers.Adam(learning_rate=0.003)
slope = losses.sigmoid_cross_entropy_gradient
network = Network((30, 16, 1), *dense, *relu)
epoch_losses = ready.train(
    network, cross_entropy, slope, adam, features, targets, epochs=20, batch_size=32
)

# %%
from lab.pictures.training_step import loss_by_epoch

assert epoch_losses[-1] < 0.1 < epoch_losses[0]
loss_by_epoch(epoch_losses)

# %% [markdown]
# The loss falls steeply, then levels out. Does the network know something about tumors that it has
# *never seen*? A logit above 0 means a probability above one half:

# %%
said_malignant = network.forward(tumors.test.features)[:, 0] > 0
right = np.mean(said_malignant == tumors.test.targets)
assert right > 0.93
f"{right:.1%} of {len(said_malignant)} held-out tumors are classified correctly"

# %% [markdown]
# That is a network, its gradient, its optimizer and its loop, without any library but NumPy.

# %% [markdown]
# ## How sharply does the loss curve?
#
# In lesson 3 the border of the learning rate was $2/\lambda_{\max}$, and you had the Hessian. The
# Hessian of a network with a million weights has a million times a million numbers, and nobody
# computes it. But two ideas find $\lambda_{\max}$ from gradients alone.
#
# **Multiply, and the steepest direction wins.** Take a bowl with curvatures 4 and 1 and the arrow
# $(1, 1)$. Multiply by the Hessian: $(4, 1)$. Again: $(16, 1)$, $(64, 1)$. The arrow turns toward
# the steep axis, and in each round it grows by nearly 4. This is the **power iteration**.
#
# **A product needs two gradients.** Along a line the Hessian says how the gradient changes. So
# nudge the weights by $h$ along the arrow $v$, forward and back, and take the difference:
# $Hv \approx \bigl(g(w + hv) - g(w - hv)\bigr)/2h$.

# %%
arrow, bowl = np.array([1.0, 1.0]), np.diag([4.0, 1.0])
for _ in range(6):
    arrow = bowl @ arrow / np.linalg.norm(bowl @ arrow)
assert np.isclose(arrow @ bowl @ arrow, 4, atol=1e-5)
arrow, arrow @ bowl @ arrow  # its direction, and the curvature along it

# %% [markdown]
# ### Write it: largest_curvature
#
# Start from a random arrow of length 1: with a fixed one you might start at right angles to the
# steepest axis. In each round, compute $Hv$ from two gradients; the estimate is the sum of
# $v \cdot Hv$, element by element; the next $v$ is $Hv$ divided by its length. Copy the first gradient
# with `np.array` before you ask for the second: the function may fill the same array again. Return
# the last estimate. If every entry of $Hv$ is zero, nothing curves: return 0.

# %%
check("largest_curvature")

# %% [markdown]
# ## The edge
#
# A network with 16 hidden units has been fitting a wave for 600 steps. Where is its border now?

# %%
x = np.linspace(-2, 2, 40)[:, None]
wave, ready = np.sin(2 * x), earlier(training)
curve = Network((1, 16, 1), *dense, *relu, seed=1)


def wave_slope(weights):
    curve.set_weights(weights)
    return curve.backward(losses.mean_squared_error_gradient(curve.forward(x), wave))


# %%
calm = curve.get_weights()
for _ in range(600):
    calm = calm - 0.05 * wave_slope(calm)
sharpest = ready.largest_curvature(wave_slope, calm, steps=30)
assert np.allclose([sharpest, 2 / sharpest], [17.7, 0.113], rtol=0.01)
sharpest, 2 / sharpest

# %% [markdown]
# **Predict.** From here the network trains on, with the full batch, at a learning rate 10% above the
# border. On a bowl, the loss would grow forever. Is a network a bowl? Draw the loss.

# %%
from lab import find_the_edge

layers = training.dense_forward, training.dense_backward
layers += training.relu_forward, training.relu_backward
find_the_edge(training.largest_curvature, *layers)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Below the border the loss falls smoothly. Above it, it falls too, for a while: in most directions
# nothing is wrong. Along the steepest one an error grows, step by step, until the loss bursts to
# many times its value. And then, unlike on a bowl, it comes down again. The burst has thrown the
# network to a place where the loss curves *less*.
#
# </details>

# %% [markdown]
# Where exactly? Train at three rates, and measure again where you end:


# %%
def curvature_after(rate, w=calm, steps=300):
    for _ in range(steps):
        w = w - rate * wave_slope(w)
    return ready.largest_curvature(wave_slope, w, steps=30)


# %%
for rate in 2 / sharpest * np.array([0.95, 1.05, 1.3]):
    curvature = curvature_after(rate)
    assert curvature < 1.05 * 2 / rate
    print(f"rate {rate:.3f}: border now {2 / curvature:.3f}")

# %% [markdown]
# The border has moved to the learning rate. Cohen and others (2021) found this in large networks
# too: with a full batch, the curvature rises while a network trains, until $2/\lambda_{\max}$ is as
# low as the learning rate, and then it hovers there, at the *edge of stability*. A network can't
# settle where it curves more than $2/\eta$: the smallest error would throw it out. So the learning
# rate does more than set the pace. It chooses which valleys a network can live in.

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("5_training_step")

# %% [markdown] tags=["reflection"]
# **To think about.** Suppose all weights of a network, in all layers, start at the same number, say
# 0.5, and all biases at 0. Follow one forward and one backward pass through a hidden layer with
# several units. What can you say about the units' outputs, their slopes, and the network after a
# thousand steps? What does it tell you about how weights should start?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %%
from lab import model_answer

model_answer("5_training_step")

# %% [markdown]
# ## Recap
#
# - A training step: forward, loss, backward, update, then the next batch.
# - Backward is the chain rule, walked from the loss to the inputs. A weight's slope is what came in
#   times the blame of what went out. Blame flows back along weights and through open ReLUs.
# - A gradient has the shape of the thing it belongs to. Weight gradients are sums over the batch.
# - Check a gradient by its relative error before you trust it.
# - A step on one example may raise the mean loss.
# - Shuffle again in each epoch, and keep inputs and targets together.
# - Gradients alone give the largest curvature. With a full batch, networks come to train at the
#   edge, where it is about $2/\eta$.

# %% [markdown]
# ## Key terms
#
# - **Hidden layer**: a layer between inputs and outputs, whose values no target prescribes.
# - **Forward pass**: computing the outputs of a network from its inputs, layer by layer.
# - **Backpropagation**: computing the gradient of the loss for every weight by the chain rule, from
#   the last layer back to the first.
# - **ReLU**: the function that replaces negative numbers by 0 and lets the others pass.

# %%
from lab import flash_cards

flash_cards("5_training_step")

# %% [markdown]
# ## What we left out
#
# - **Automatic differentiation.** PyTorch and JAX write the backward pass for you, by the rules
#   that you have applied (Baydin and others, 2018).
# - **How weights should start.** `Network` draws them with the spread $\sqrt{2/\text{in}}$ (He and
#   others, 2015), and a tenth of that in the last layer; lesson 8 says why.
# - **The edge with minibatches.** There the curvature of the full loss stays below $2/\eta$: the
#   smaller the batches, the further below (Jastrzębski and others, 2020; Cohen and others, 2021).
#
# ## Sources
#
# - D. E. Rumelhart, G. E. Hinton & R. J. Williams (1986), Learning Representations by
#   Back-Propagating Errors, *Nature* 323, 533–536,
#   [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0).
# - W. N. Street, W. H. Wolberg & O. L. Mangasarian (1993), Nuclear Feature Extraction for Breast
#   Tumor Diagnosis, *Proc. SPIE* 1905, 861–870,
#   [doi:10.1117/12.148698](https://doi.org/10.1117/12.148698): the tumors.
# - X. Glorot, A. Bordes & Y. Bengio (2011), Deep Sparse Rectifier Neural Networks, *AISTATS*, PMLR
#   15, 315–323, [proceedings.mlr.press](https://proceedings.mlr.press/v15/glorot11a.html): the
#   ReLU.
# - Y. Bengio (2012), Practical Recommendations for Gradient-Based Training of Deep Architectures,
#   437–478, [doi:10.1007/978-3-642-35289-8_26](https://doi.org/10.1007/978-3-642-35289-8_26):
#   minibatches, shuffling, and gradient checking.
# - F.-F. Li, A. Karpathy & J. Johnson (2016), CS231n: Convolutional Neural Networks for Visual
#   Recognition, course notes, “Gradient checks”,
#   [cs231n.github.io](https://cs231n.github.io/neural-networks-3/).
# - K. He, X. Zhang, S. Ren & J. Sun (2015), Delving Deep into Rectifiers, *ICCV*, 1026–1034,
#   [doi:10.1109/ICCV.2015.123](https://doi.org/10.1109/ICCV.2015.123).
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul & J. M. Siskind (2018), Automatic Differentiation
#   in Machine Learning: a Survey, *Journal of Machine Learning Research* 18(153), 1–43,
#   [jmlr.org](https://www.jmlr.org/papers/v18/17-468.html).
# - S. Jastrzębski, M. Szymczak, S. Fort, D. Arpit, J. Tabor, K. Cho & K. Geras (2020), The
#   Break-Even Point on Optimization Trajectories of Deep Neural Networks, *ICLR*,
#   [arXiv:2002.09572](https://arxiv.org/abs/2002.09572).
# - J. Cohen, S. Kaur, Y. Li, J. Z. Kolter & A. Talwalkar (2021), Gradient Descent on Neural
#   Networks Typically Occurs at the Edge of Stability, *ICLR*,
#   [arXiv:2103.00065](https://arxiv.org/abs/2103.00065).

# %% [markdown]
# **Next:** [Lesson 6 · Tracking the loss](6_tracking_loss.ipynb). Your network trains. Is it
# learning, and when should it stop?
