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
# - work a forward and a backward pass by hand, and write both for dense layers and the ReLU;
# - say the shape of every array on the way, and find where a transpose belongs;
# - prove a gradient right by central differences;
# - write the training step and the loop around it, and say what each wrong order of its lines does.
#
# **You need** lessons 1, 2 and 4: losses, the gradient, the optimizer. Matrix products are repeated
# where they appear.
#
# **About 45 minutes** to read and play, about 35 more to write seven functions in
# `course/training.py`, most of them one to four lines long.

# %% [markdown]
# Run this cell first. It loads this lesson's module, and three earlier ones: where a function of
# yours is not written yet, the reference steps in, and a sentence says so.

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
# ## Five moves
#
# Nearly every network there is, large or small, is trained by repeating five moves:
#
# 1. **Forward.** Put a batch of inputs in at one end, take the outputs from the other.
# 2. **Loss.** One number: how far are the outputs from the targets?
# 3. **Backward.** For each weight: how much is it to blame? That is the gradient.
# 4. **Update.** The optimizer turns weights and gradient into new weights, and these go into the
#    network.
# 5. **Repeat** with the next batch.
#
# You have written the second and the fourth. We now go through all of them with a network so small
# that every number fits on paper.

# %% [markdown]
# ## Forward, in numbers
#
# Two inputs, two units in the middle, one output. A line carries a weight. A unit adds up what
# arrives, each value times the weight of its line, plus a number of its own, the *bias*. A unit in
# the middle then applies the **ReLU** (rectified linear unit): negative sums become 0, the others
# pass.

# %%
from lab.pictures.network_in_numbers import forward_in_numbers

forward_in_numbers()

# %% [markdown]
# Follow the numbers. The upper unit: $1 \cdot 1 + 2 \cdot 1 + 0 = 3$, and the ReLU lets it pass.
# The lower unit: $1 \cdot 1 + 2 \cdot (-2) + 1 = -2$, and the ReLU makes it 0. The output:
# $3 \cdot 2 + 0 \cdot (-1) - 1 = 5$. The target is 4, so the squared error is 1.
#
# This walk from inputs to outputs, layer by layer, is the **forward pass**. In NumPy it is three
# lines. The inputs are a table with one row for each example; here it has one row. The weights of a
# layer are a table with one row for each input and one column for each output:

# %%
inputs, target = np.array([[1.0, 2.0]]), 4.0
weights_1, bias_1 = np.array([[1.0, 1.0], [1.0, -2.0]]), np.array([0.0, 1.0])
weights_2, bias_2 = np.array([[2.0], [-1.0]]), np.array([-1.0])

sums = inputs @ weights_1 + bias_1
hidden = np.maximum(0, sums)
output = hidden @ weights_2 + bias_2
assert sums.tolist() == [[3, -2]]
assert hidden.tolist() == [[3, 0]]
assert output.tolist() == [[5]]
output

# %% [markdown]
# `@` is the matrix product. Row by column: the number in row $i$ and column $j$ of
# `inputs @ weights` is the sum of example $i$'s values, each times the weight that leads from it to
# output $j$. For that the inner sizes must agree:
#
# $$(n, \text{in}) \;@\; (\text{in}, \text{out}) \;\to\; (n, \text{out}) .$$
#
# The bias has shape $(\text{out},)$ and is added to every row.
#
# Why the ReLU? Without it, two layers are no better than one. Products of sums are sums:
# `(x @ A) @ B` is `x @ (A @ B)`, a single layer with the weights `A @ B`. The bend at zero is what
# makes a deeper network able to do more.

# %%
assert np.allclose((inputs @ weights_1) @ weights_2, inputs @ (weights_1 @ weights_2))

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
# The output was 5 instead of 4. Nine numbers had a hand in it: six weights and three biases. To
# improve them we need the slope of the loss with respect to each. You could nudge each in turn, as
# in lesson 2, but that takes two forward passes for every weight, and networks have millions.
#
# The chain rule of lesson 1 gets all of them in one walk: in a chain of steps, the rates multiply.
# Start at the loss and walk *back*. What we carry along is the **output gradient**: the slope of
# the loss with respect to what a place has put out. You may call it blame.

# %%
from lab.pictures.network_in_numbers import backward_in_numbers

backward_in_numbers()

# %% [markdown]
# **The output.** The loss is $(\text{output} - 4)^2$, its slope $2 \cdot (5 - 4) = 2$.
#
# **A weight of the last layer.** The upper one carries the value 3. Nudge the weight, and the
# output moves 3 times as much, and the loss 2 times as much as the output: slope $3 \cdot 2 = 6$.
# The lower one carries 0, so nudging it changes nothing: slope 0. *A weight's slope is what came
# in, times the blame of what went out.* The bias goes in directly: slope 2.
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
# went out (4 and 0): the weights of the upper unit get 4 and 8, those of the lower unit 0 and 0.
#
# In NumPy, with the same tables as before:

# %%
output_gradient = 2 * (output - target)
weights_2_gradient, bias_2_gradient = hidden.T @ output_gradient, output_gradient.sum(axis=0)
hidden_gradient = output_gradient @ weights_2.T
sums_gradient = np.where(sums > 0, hidden_gradient, 0)
weights_1_gradient, bias_1_gradient = inputs.T @ sums_gradient, sums_gradient.sum(axis=0)

# %%
assert weights_2_gradient.tolist() == [[6], [0]]
assert bias_2_gradient.tolist() == [2]
assert hidden_gradient.tolist() == [[4, -2]]
assert sums_gradient.tolist() == [[4, 0]]
assert weights_1_gradient.tolist() == [[4, 0], [8, 0]]
assert bias_1_gradient.tolist() == [4, 0]
weights_1_gradient

# %% [markdown]
# This is **backpropagation**, made famous by Rumelhart, Hinton and Williams (1986). It costs about
# two forward passes, however many weights there are. It computes nothing mysterious: the same
# slopes that nudging would give, found together.

# %% [markdown]
# ## A batch, and its shapes
#
# With $n$ examples in a batch, inputs and outputs have $n$ rows, and so have their gradients: every
# example has its own blame. But there is only one table of weights, used by all examples. Its slope
# is the *sum* of what each example says. The matrix product `inputs.T @ output_gradient` does both
# at once: it multiplies what came in by the blame of what went out, and sums over the rows.

# %%
from lab.pictures.training_step import shapes_of_a_dense_layer

shapes_of_a_dense_layer()

# %% [markdown]
# You need not remember where the transposes go. **A gradient has the shape of the thing it belongs
# to**, and mostly one product of the two tables has that shape:
#
# | gradient of | shape | formula |
# |:--|:--|:--|
# | inputs | $(n, \text{in})$ | `output_gradient @ weights.T` |
# | weights | $(\text{in}, \text{out})$ | `inputs.T @ output_gradient` |
# | bias | $(\text{out},)$ | sum of `output_gradient` over the rows, axis 0 |
#
# Why sums, when the loss is a mean over the examples? Because the $1/n$ of the mean is already in
# the output gradient: the gradients that you wrote in lesson 1 divide by $n$. Dividing here again
# would count it twice.
#
# Two examples and one output, to check by hand: the inputs are $(1, 2)$ and $(3, 4)$, their blames
# 10 and −1. The first weight gets $1 \cdot 10 + 3 \cdot (-1) = 7$, the second
# $2 \cdot 10 + 4 \cdot (-1) = 16$, the bias $10 - 1 = 9$.

# %%
two_inputs, two_blames = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0], [-1.0]])
assert (two_inputs.T @ two_blames).tolist() == [[7], [16]]
assert two_blames.sum(axis=0).tolist() == [9]

# %% [markdown]
# ### Write it: dense_backward
#
# Return the three gradients of the table above as a tuple, in its order: `input_gradient`,
# `weights_gradient`, `bias_gradient`. The input gradient is what the layer before takes as its
# output gradient; that is how blame travels.

# %%
check("dense_backward")

# %% [markdown]
# ## The ReLU is a gate
#
# The other kind of layer has no weights at all. Here it is, and its slope:

# %%
from lab.pictures.training_step import relu_and_its_slope

relu_and_its_slope()

# %% [markdown]
# Forward, negative inputs become 0 and the others pass.
#
# ### Write it: relu_forward
#
# The larger of 0 and the input, element by element, for any shape. `np.maximum` compares element by
# element. (`np.max` is another function: it looks for the largest element.)

# %%
check("relu_forward")

# %% [markdown]
# Backward, it is a gate: its slope is 1 where the input was positive and 0 where it was negative.
# At exactly 0 there is a corner and no slope; we take 0, as PyTorch does.
#
# ### Write it: relu_backward
#
# Given the gradient of the ReLU's outputs and the *inputs of its forward pass*, return the gradient
# of the inputs: `output_gradient` where `inputs > 0`, and 0 elsewhere. The sign of the *inputs*
# decides. Blame itself may be negative, and a negative number passes an open gate like any other.
# `np.where(condition, a, b)` does it.

# %%
check("relu_backward")

# %% [markdown]
# ## One training step in numbers
#
# Back to the 2-2-1 network, and on to the fourth move. With learning rate 0.01, SGD subtracts a
# hundredth of each slope. Then look at the loss again:

# %%
new_weights_1 = weights_1 - 0.01 * weights_1_gradient
new_bias_1 = bias_1 - 0.01 * bias_1_gradient
new_weights_2 = weights_2 - 0.01 * weights_2_gradient
new_bias_2 = bias_2 - 0.01 * bias_2_gradient
assert np.allclose(new_weights_1, [[0.96, 1], [0.92, -2]])
assert np.allclose(new_bias_1, [-0.04, 1])
assert np.allclose(new_weights_2, [[1.94], [-1]])
assert np.allclose(new_bias_2, [-1.02])

# %%
new_hidden = np.maximum(0, inputs @ new_weights_1 + new_bias_1)
new_output = (new_hidden @ new_weights_2 + new_bias_2).item()  # the one number in it
assert np.isclose(new_output, 4.3344)
assert np.isclose((new_output - target) ** 2, 0.112, atol=5e-4)
new_output, (new_output - target) ** 2

# %% [markdown]
# The output went from 5 to 4.334, the loss from 1 to 0.112, in one step. All nine numbers were
# allowed to move, and five did: the lower unit was shut, and so its weights and its bias, and the
# weight that leads out of it, stayed as they were.

# %% [markdown]
# ## In slow motion
#
# **Predict.** Your four functions now run training steps on this very network, move by move. The
# first step is the one that you have just seen. Then come other examples in turn; the second has
# the inputs $(2, -1)$. With the new weights, work out its two sums on paper. Which units will be
# open, and which of the nine numbers will move this time?

# %%
from lab import slow_motion

slow_motion(
    training.dense_forward, training.dense_backward, training.relu_forward, training.relu_backward
)

# %% [markdown]
# **What to see.** In the first step the lower unit is shut: no blame passes back through it, and
# four numbers stay as they are. In the second step the sums are 0.96 and 5, so both units are open,
# and all nine numbers move. A unit that is shut for one example may be open for the next.

# %%
second_sums = np.array([[2.0, -1.0]]) @ new_weights_1 + new_bias_1
assert np.allclose(second_sums, [[0.96, 5]])
second_sums

# %% [markdown]
# ## A network of any size
#
# The 2-2-1 network was written out line by line. For more layers and units you want a class.
# `lab.Network` is one: dense layers with a ReLU between them, built from your four functions.
# Except for its error messages, this is all of it:
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
# On the way forward it keeps what went into each layer and what went into each ReLU, because the way
# back asks for both. `backward` runs through them from the last to the first, and what
# `dense_backward` returns first is the blame for the layer before.
#
# An optimizer wants one array, though, and not a pair for each layer. So `ravel` lays every table
# out in a row, and `concatenate` puts the rows end to end: one **flat vector**, for the weights and
# for the gradient in the same order. `set_weights` cuts it up again.

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
# A network with a flaw in its backward pass often still learns, only worse, and nobody notices.
# **Gradient checking** finds out: compare the backward pass with central differences, the slow and
# honest method of lesson 2.
#
# Take five examples at random, and the loss as a function of the flat vector. Then both gradients,
# the slow one and the fast one:

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
largest_difference = np.abs(fast - slow).max()
assert largest_difference < 1e-8
largest_difference

# %% [markdown]
# Thirteen slopes, found in two ways, agree to eight decimals and more. If one of your layer
# functions were off, this number would be about as large as the slopes themselves. Check on a small
# network with a few examples, once, before you train; it takes two forward passes for each weight.

# %% [markdown]
# ## Batches and epochs
#
# The gradient is in order. Before we put the moves together, one thing is missing: the batches.
# Where do they come from? Shuffle the table, cut it into slices. An epoch has passed when all
# slices have been used. Then shuffle anew.
#
# Is shuffling worth the trouble? Tables often come sorted. Here a single layer learns handwritten
# digits, once from a table with all the zeros first, then the ones, and so on to the nines:

# %%
from lab.pictures.training_step import sorted_or_shuffled

sorted_or_shuffled()

# %% [markdown]
# In the sorted table, nearly every batch shows one digit only. The model learns “everything is a
# 3”, then “everything is a 4”, and forgets each time. At first the loss even rises above 2.303,
# that of knowing nothing. Shuffled, each batch is a small sample of the whole, and its gradient
# points where the full gradient points, on average.
#
# The technique: draw one random *order* of the row numbers and use it for inputs and targets alike,
# so that each pair stays together.

# %%
table, answers = np.array([1, 2, 3, 4, 5]), np.array([10, 20, 30, 40, 50])
order = np.random.default_rng(0).permutation(5)
assert np.array_equal(answers[order], 10 * table[order])
table[order], answers[order], [order[0:2], order[2:4], order[4:6]]

# %% [markdown]
# Slices of two cut five rows into 2, 2 and 1. A slice that reaches beyond the end stops at the end:
# `order[4:6]` has one row. The smaller last batch is kept, for it holds an example too.
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
# ## The order of the moves
#
# The moves have to come in their order, because each uses what the one before has made. The
# backward pass, for one, uses the inputs that each layer kept from the forward pass. Here is what
# happens otherwise to a single layer that learns the tumors of this lesson, with one and the same
# learning rate:

# %%
from lab.pictures.training_step import three_orders

three_orders()

# %% [markdown]
# | slip | what really happens | what you see |
# |:--|:--|:--|
# | update before backward | each step uses the gradient of the step before; the first has none | bounces or diverges at learning rates that are fine otherwise |
# | backward before forward | blame for this batch meets the inputs of the last one | learns next to nothing |
# | new weights never set | the update is computed and thrown away | a flat line |
# | loss measured after the update | each batch is judged by weights that have just seen it | a curve that looks better than the model is |
# | a new optimizer in each step | momentum and Adam forget everything | slower or noisier, and no error message |
# | in PyTorch: gradients not cleared | the gradients of all batches so far add up | steps that grow and grow |
#
# The last row concerns PyTorch alone, where `backward()` adds to the gradients that are there;
# hence its `optimizer.zero_grad()`. Our `backward` returns a new gradient each time.

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
# as those of lesson 1; `network` and `optimizer` are objects with the methods above, such as
# `Network` and `Adam`.

# %%
check("training_step")

# %% [markdown]
# ## The whole loop
#
# `train` repeats: for each epoch, new minibatches; for each minibatch, a training step. It returns
# one number for each epoch, the mean loss. Which mean? Suppose five examples in batches of two,
# with the losses 1, 2 and 6. The last batch has one example only, and should not count as much as
# two:

# %%
batch_losses, batch_sizes = np.array([1.0, 2.0, 6.0]), np.array([2, 2, 1])
fair = np.sum(batch_sizes * batch_losses) / np.sum(batch_sizes)
assert np.isclose(fair, 2.4)
assert np.isclose(batch_losses.mean(), 3.0)
fair

# %% [markdown]
# Weighted by batch size the mean is 2.4, the mean over the five examples. The plain mean of the
# three batches, 3.0, lets the lonely example count double.
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
# Everything is there. The table holds thirty measurements of the cell nuclei of 569 breast tumors,
# and whether each was malignant (1) or benign (0). 427 of them are for training, 142 are held out.
# The network has 30 inputs, 16 units in the middle, and one output, a logit. Two classes, so the
# loss is binary cross-entropy, and its slope with respect to the logit is what you know:
# probability minus target, divided by $n$.

# %%
from lab import load_tumors

tumors = load_tumors()
features, targets = tumors.train.features, tumors.train.targets.reshape(-1, 1)
features.shape, targets.shape

# %% [markdown]
# The targets became a column, $(427, 1)$, because the network puts out a column. You know from
# lesson 1 what a row against a column would do.


# %%
def cross_entropy(logits, targets):
    return losses.binary_cross_entropy(losses.sigmoid(logits), targets)


ready = earlier(training)
slope = losses.sigmoid_cross_entropy_gradient
adam = optimizers.Adam(learning_rate=0.003)
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
# That is a network, its gradient, its optimizer and its loop, without any library but NumPy. Make a
# change and run the cells again: `optimizers.SGD(learning_rate=0.1)` for Adam, a batch size of 427,
# or no hidden layer, `(30, 1)`. Each tells you something.

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

# %% [markdown]
# ## Recap
#
# - A training step: forward, loss, backward, update, then the next batch. Each move uses what the
#   one before has made.
# - Backward is the chain rule, walked from the loss to the inputs. A weight's slope is what came in
#   times the blame of what went out. Blame flows back along the weights, and through the ReLUs that
#   are open.
# - A gradient has the shape of the thing it belongs to. Weight gradients are sums over the batch;
#   the mean's $1/n$ comes with the loss.
# - Check a gradient by central differences before you trust it.
# - Shuffle anew in each epoch, keep inputs and targets together, keep the smaller last batch, and
#   weight the mean loss by batch size.
#
# ## Key terms
#
# - **Forward pass**: computing the outputs of a network from its inputs, layer by layer.
# - **Backpropagation**: computing the gradient of the loss for every weight by the chain rule, from
#   the last layer back to the first.
#
# ## What we left out
#
# - **Automatic differentiation.** PyTorch and JAX write the backward pass for you, from the forward
#   pass, by the very rules that you have applied. Baydin and colleagues (2018) explain how.
# - **How weights should start.** `Network` draws them at random with the spread
#   $\sqrt{2/\text{in}}$ (He and colleagues, 2015), so that values neither fade nor explode from
#   layer to layer.
# - **Other layers.** Convolutions, attention and normalization have a forward and a backward pass
#   too, and fit into the same five moves.
# - **Stopping, and overfitting.** How many epochs are enough? That is lesson 6.
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
# - K. He, X. Zhang, S. Ren & J. Sun (2015), Delving Deep into Rectifiers, *ICCV*, 1026–1034,
#   [doi:10.1109/ICCV.2015.123](https://doi.org/10.1109/ICCV.2015.123).
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul & J. M. Siskind (2018), Automatic Differentiation
#   in Machine Learning: a Survey, *Journal of Machine Learning Research* 18(153), 1–43,
#   [jmlr.org](https://www.jmlr.org/papers/v18/17-468.html).
