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
# # 4 · Optimizers
#
# Gradient descent asks two questions at every step: where does the gradient come from, and what do
# you do with it? So far the answers were “from all the data” and “multiply it by the learning
# rate”. Better answers to both have made large networks trainable.
#
# **After this lesson you can**
#
# - say why a step on a single example is worth taking, and why such steps stop at a noise floor;
# - write SGD, Momentum, RMSprop and Adam, in the conventions that PyTorch uses;
# - predict the length of Adam's first step, whatever the gradient's size;
# - choose an optimizer for a problem, and say what would make you choose another.
#
# **You need** lessons 2 and 3. What you need of Python's classes is repeated where it appears.
#
# **About 45 minutes** to read and play, about 30 more to write one function and four short classes in
# `course/optimizers.py`.

# %% [markdown]
# Run this cell first. It loads NumPy, your module and the checks, and makes the notebook notice
# each time you save the module.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import optimizers

# %% [markdown]
# ## A gradient that reads everything
#
# The loss of a model is a mean over its examples. So is the gradient: to take one step of gradient
# descent, you compute one gradient for each example and average them. With 40 examples nobody
# minds. With 40 million, you read 40 million examples to move once.
#
# Suppose you read only one, and step at once:

# %%
from lab.pictures.optimizers import one_example_at_a_time

one_example_at_a_time()

# %% [markdown]
# Both paths fit a line to the same 40 points, from the same start, with the same learning rate. The
# left path reads all 40 examples before each step. The right one reads a single example, believes
# it, and steps. It staggers, yet it arrives, after reading a fortieth as much.
#
# This is **SGD**, stochastic gradient descent (*stochastic* means random). The idea goes back to
# Robbins and Monro (1951).

# %% [markdown]
# ## Why one example is enough, on average
#
# The smallest problem that shows it: one weight $w$, three examples with targets 1, 2 and 6, and
# the loss of example $i$ is $(w - t_i)^2$. Its gradient is $2(w - t_i)$. The mean of the three
# losses is smallest at the mean of the targets, $w = 3$. Look at the gradients there:

# %%
targets = np.array([1.0, 2.0, 6.0])
gradients_at_3 = 2 * (3.0 - targets)
assert gradients_at_3.mean() == 0.0
gradients_at_3

# %% [markdown]
# Two things stand in these numbers.
#
# **On average, one example tells the truth.** The mean of the example gradients *is* the full
# gradient, here 0. Draw an example at random, and you step in the right direction on average.
#
# **A single example never falls silent.** At the best weight each example still pulls: 4, 2, −6.
# With learning rate 0.1, the next step leads from 3 to 2.6, 2.8 or 3.6. Full gradient descent would
# stand still. SGD can't: it keeps jittering around the minimum.

# %%
next_weights = 3.0 - 0.1 * gradients_at_3
assert np.allclose(next_weights, [2.6, 2.8, 3.6])
next_weights

# %% [markdown]
# The height at which this jitter holds the loss is called the **noise floor**. It depends on the
# learning rate:

# %%
from lab.pictures.optimizers import noise_floor

noise_floor()

# %% [markdown]
# A large learning rate falls fast and stops high. A small one falls slowly and stops low. A
# learning rate that shrinks gets both: fast at first, and no floor at all. Robbins and Monro proved
# how fast it should shrink: slowly enough that the steps could still lead anywhere,
# $\sum_k \alpha_k = \infty$, and fast enough that the noise dies out, $\sum_k \alpha_k^2 < \infty$,
# where $\alpha_k$ is the learning rate of step $k$. The picture's $0.1 / (1 + \text{epoch})$ does
# both.
#
# The horizontal axis counts **epochs**. An epoch is one pass over the training examples, each of
# them used once. Examples are not drawn with a die. They are shuffled anew at the start of each
# epoch, and then taken one after the other. So every example gets its turn, and no accidental order
# of the table (all the cheap houses first) pulls the weights one way for long.

# %% [markdown]
# ### Write it: stochastic_gradient_descent
#
# You are given `example_gradient(weights, i)`, the gradient of the loss of example `i` alone, and
# the number of examples. The plan:
#
# 1. Turn `start` into a float array, `np.array(start, dtype=float)`. It is the first point to keep.
# 2. Before the first epoch, make one random generator: `np.random.default_rng(seed)`. Made again
#    inside the loop, it would deal the same order in each epoch.
# 3. In each epoch, ask it for a fresh order: `generator.permutation(n_examples)` is a shuffled
#    array of the numbers 0 to `n_examples - 1`. For each `i` in it, compute the gradient at the
#    *newest* weights, and step. Hand over `int(i)`, a plain whole number.
# 4. After each epoch (not after each step) keep the weights. Return all that you kept as one array
#    of shape `(epochs + 1, *start.shape)`. For a list of arrays, `np.array(the_list)` does it.
#
# One trap: `weights -= …` changes the array in place. If you appended that array to a list, the
# list changes with it, and all its rows come out alike. `weights = weights - …` makes a new array.

# %%
check("stochastic_gradient_descent")

# %% [markdown]
# ## Minibatches: a little less noise
#
# Between one example and all of them lies a **minibatch**: a few examples drawn at random whose
# mean gradient makes one step. How much calmer is it? The noise of a mean of $B$ draws falls like
# $1/\sqrt{B}$:

# %%
from lab.pictures.optimizers import minibatch_noise

minibatch_noise()

# %% [markdown]
# Four times the batch, half the noise. A batch of 100 is ten times as calm as a single example, for
# a hundred times the reading. That sounds like a bad bargain, and for a computer that handles one
# example at a time it would be. Real machines multiply whole matrices: a batch of 32 often takes
# hardly longer than one example. So batches of 16 to 512 are common. In lesson 5 you will write the
# function that cuts a table into minibatches.

# %% [markdown]
# ## An optimizer is an object with a memory
#
# From here on somebody else computes the gradient, from one example, a batch or everything. The
# **optimizer** decides what to do with it. Ours all have one method:
# `new_weights = optimizer.update(weights, gradient)`.
#
# Some of them remember earlier gradients. In Python, a thing with a memory is an instance of a
# class. Here is one that remembers the sum of all gradients, which none of your exercises needs:


# %%
class GradientSum:
    def __init__(self, learning_rate):
        self.learning_rate = learning_rate  # kept for update
        self.total = 0.0  # the memory, empty at first

    def update(self, weights, gradient):
        gradient = np.asarray(gradient, dtype=float)  # lists become arrays of floats
        self.total = self.total + gradient  # 0.0 + array: an array of the right shape
        return np.asarray(weights, dtype=float) - self.learning_rate * self.total


# %% [markdown]
# `__init__` runs once, when you write `GradientSum(0.1)`; `update` runs at each step. What is
# stored on `self` lasts from one call to the next. Two details save hours:
#
# - The memory starts at `0.0`. The first addition gives it the shape of the gradient, whatever that
#   is: a number plus an array is an array.
# - `self.total = self.total + gradient` makes a new array. `self.total = gradient` would only give
#   the caller's array a second name, and `self.total += gradient` would then write into it. In your
#   classes, make new arrays; never use `+=`, `-=` or `*=` on one.

# %%
summing = GradientSum(learning_rate=0.1)
first = summing.update([1.0, 1.0], gradient=[1, 2])
second = summing.update(first, gradient=[1, 2])
assert np.allclose(first, [0.9, 0.8])
assert np.allclose(second, [0.7, 0.4])
first, second

# %% [markdown]
# ### Write it: SGD
#
# The optimizer without memory: `update` returns `weights - learning_rate * gradient`. You wrote the
# formula in lesson 2. Now it becomes a class. Its name says that the gradient may come from a
# single example or a batch; the rule is the same for any gradient.
#
# Each of your four classes has two `raise` lines, one in `__init__` and one in `update`. Replace
# both.

# %%
check("SGD")

# %% [markdown]
# ## The ravine, and a heavy ball
#
# In lesson 3 you saw what a narrow valley does to gradient descent. The steep walls cap the
# learning rate; the floor slopes so gently that the same learning rate crawls along it. Here the
# walls curve 40 times as much as the floor:

# %%
from lab.pictures.optimizers import ravine

ravine()

# %% [markdown]
# Above, gradient descent jumps from wall to wall. Below, same learning rate, but each step
# remembers the ones before. In the direction across the valley the gradients change sign, and their
# memory cancels. Along the valley they agree, and their memory adds up. A heavy ball rolling down
# the same valley does this; the method of Polyak (1964) is called the heavy ball, or **momentum**.
#
# It keeps a *velocity*, zero at first:
#
# $$\begin{aligned}
# \text{velocity} &\leftarrow \text{momentum} \cdot \text{velocity} + \text{gradient} \\
# \text{weights} &\leftarrow \text{weights} - \text{learning\_rate} \cdot \text{velocity}
# \end{aligned}$$
#
# With momentum 0, this is SGD. The usual value is 0.9. What does 0.9 do to gradients that agree,
# say 1, 1, 1, …? And to gradients that alternate, 1, −1, 1, …?

# %%
agree, alternate = [0.0], [0.0]
for step in range(100):
    agree.append(0.9 * agree[-1] + 1)
    alternate.append(0.9 * alternate[-1] + (-1) ** step)
assert np.allclose(agree[1:4], [1, 1.9, 2.71])
assert np.isclose(agree[-1], 1 / (1 - 0.9), rtol=1e-4)  # 10
assert np.isclose(abs(alternate[-1]), 1 / (1 + 0.9), rtol=1e-4)  # 0.526
agree[-1], abs(alternate[-1])

# %% [markdown]
# Agreeing gradients build up 1, 1.9, 2.71, … to ten times a single one. Alternating gradients
# shrink to about half of one. Nothing looked at the shape of the valley: the sum sorts the
# directions by itself.
#
# How much is it worth? With condition number $\kappa$ (steepest curvature over flattest, lesson 3)
# the error of well-tuned gradient descent shrinks by the factor $(\kappa - 1)/(\kappa + 1)$ a step.
# Well-tuned momentum has $\sqrt\kappa$ in place of $\kappa$ in the long run. For $\kappa = 100$,
# count the steps that make the error a thousand times smaller:

# %%
kappa = 100
plain, heavy = (kappa - 1) / (kappa + 1), (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
steps_needed = np.ceil(np.log(1 / 1000) / np.log([plain, heavy]))
assert np.array_equal(steps_needed, [346, 35])
steps_needed

# %% [markdown]
# 346 steps, as in lesson 3, against 35. Where the root comes from you will see below.
#
# ### Write it: Momentum
#
# The velocity is the memory. Let it start as the total of `GradientSum` does. Renew the velocity
# first, then step with the *new* velocity, so that the very first step is that of SGD.

# %%
check("Momentum")

# %% [markdown]
# ## How large may the steps be now?
#
# **Predict.** Without momentum, learning rates above $2/\lambda_{\max}$ diverge: lesson 3. In our
# ravine $\lambda_{\max} = 40$, so the border lies at 0.05. The map below runs your `Momentum` with
# many learning rates (left to right) and many momenta (bottom to top). As momentum grows, does the
# border move left, move right, or stay? And where do you expect the fastest cell: at the bottom, in
# the middle, or at the very top?

# %%
from lab import map_learning_rates

map_learning_rates(optimizers.Momentum)

# %% [markdown]
# **What to see.** The border leans to the right: momentum converges up to
# $2(1 + \text{momentum})/\lambda_{\max}$, at 0.9 almost twice as far. The fastest cell lies in the
# middle. With less momentum the floor of the valley is slow; with more, the ball rolls past the
# minimum and swings back, again and again. Near momentum 1 it hardly loses speed at all.

# %% [markdown]
# Why does the border lean? Look at one axis, with curvature $\lambda$ and error $e$, so that the
# gradient is $\lambda e$. A step is minus learning rate times velocity, and the velocity keeps a
# share of the one before. So **momentum repeats a share of the last step**. With $\alpha$ for the
# learning rate and $\beta$ for the momentum:
#
# $$e_{k+1} = e_k - \alpha\lambda\, e_k + \beta\,(e_k - e_{k-1})$$
#
# On the border the ball jumps to and fro for ever: from $-E$ to $E$, a step of $2E$, and back to
# $-E$. Put these in: $-E = E - \alpha\lambda E + \beta \cdot 2E$, so $\alpha\lambda = 2(1 + \beta)$.
# With momentum 0.9 and curvature 40 that is a learning rate of 0.095. A hair below and a hair above:


# %%
def error_after(steps, rate, curvature=40, momentum=0.9):
    before, now = 1.0, 1.0
    for _ in range(steps):
        before, now = now, now - rate * curvature * now + momentum * (now - before)
    return abs(now)


assert error_after(200, rate=0.094) < 0.001
assert error_after(200, rate=0.096) > 1e12

# %% [markdown]
# For a bowl with curvatures from $\lambda_{\min}$ to $\lambda_{\max}$, Polyak found the best pair.
# Compare it with the cell that you found:

# %%
root = np.sqrt(40 / 1)  # of the condition number
best_momentum = ((root - 1) / (root + 1)) ** 2
best_learning_rate = (2 / (np.sqrt(40) + np.sqrt(1))) ** 2
assert np.isclose(best_momentum, 0.528, atol=5e-4)
assert np.isclose(best_learning_rate, 0.0746, atol=5e-5)
best_learning_rate, best_momentum

# %% [markdown]
# What makes this pair the best? (Skip the reason if complex numbers are new to you.) Try errors of
# the form $e_k = z^k$ in the formula for one axis, and it becomes
# $z^2 = (1 + \beta - \alpha\lambda)\, z - \beta$. The product of its two solutions is $\beta$. Where
# they are complex, both have the same size, so that is $\sqrt\beta$, *whatever the curvature*.
# Polyak's pair makes this hold from the floor to the walls. Every direction then shrinks by
# $\sqrt\beta = (\sqrt\kappa - 1)/(\sqrt\kappa + 1)$ a step: there is the root. In Goh's article in
# Distill (2017) you can drag all of this.

# %%
for curvature in (1, 5, 20, 40):
    middle = 1 + best_momentum - best_learning_rate * curvature
    sizes = np.abs(np.roots([1, -middle, best_momentum]))
    assert np.allclose(sizes, np.sqrt(best_momentum), atol=1e-6)
np.sqrt(best_momentum)

# %% [markdown]
# The usual 0.9 is more than this ravine needs. It suits narrower ones: it is the best momentum
# where the walls curve about 1,400 times as much as the floor.

# %%
root = (1 + np.sqrt(0.9)) / (1 - np.sqrt(0.9))  # the same formula, turned around
assert round(root**2, -2) == 1400
root**2

# %% [markdown]
# ## RMSprop: divide by the recent size
#
# A second trouble has nothing to do with valleys: *sizes*. One weight's gradient may be a thousand
# times another's, and one learning rate must serve both. Worse, sizes change while you train.
#
# - A **recurrent network** reads a text word by word with the same weights. Its gradient is a
#   product with one factor for each word. A factor of 1.05, a hundred words long, makes 132; a
#   factor of 0.95 makes 0.006. From one text to the next the gradient explodes or vanishes.
# - In **reinforcement learning** the model makes its own data. Reward is rare at first; when the
#   player finds a new trick, games, rewards and gradients all change at once.
#
# No fixed learning rate suits both the quiet and the loud times. Hinton, Srivastava and Swersky
# proposed a remedy in a lecture (2012): divide the gradient by its own recent size. **RMSprop**
# keeps, for each weight, a running mean of its squared gradients, zero at first. With $g$ for the
# gradient, $s$ for that mean square (the docstring writes `mean_square`) and $w$ for the weights:
#
# $$\begin{aligned}
# s &\leftarrow \text{decay} \cdot s + (1 - \text{decay}) \cdot g^2 \\
# w &\leftarrow w - \text{learning\_rate} \cdot \frac{g}{\sqrt{s} + \text{epsilon}}
# \end{aligned}$$
#
# Squares, roots and quotients are taken entry by entry, so each weight has an $s$ of its own. The
# root of the mean of squares gives the method its name. Watch it while the gradient jumps from 1 to
# 100 and falls back:

# %%
from lab.pictures.optimizers import changing_gradients

assert round(1.05**100) == 132
assert round(0.95**100, 3) == 0.006

changing_gradients()

# %% [markdown]
# SGD's steps jump a hundredfold. RMSprop's rise for a moment, at most to
# $1/\sqrt{1 - \text{decay}}$ learning rates, then return to one: what counts is *recent* history,
# about the last $1/(1 - \text{decay})$ steps. When the gradient falls back, the memory of the loud
# time makes the steps short until it fades. That is the price of a long memory.
#
# The very first step deserves a number. From $s = 0$, one gradient makes $s = 0.01\,g^2$ at decay
# 0.99, so the step is $g / (0.1\,|g|)$: ten learning rates long, for every weight.

# %%
g = np.array([0.001, -2.0, 1000.0])  # three weights, one gradient each
s = 0.99 * 0 + 0.01 * g**2
steps = 0.01 * g / (np.sqrt(s) + 1e-8)  # learning rate 0.01
assert np.allclose(steps, [0.1, -0.1, 0.1], rtol=1e-3)
steps

# %% [markdown]
# The small **epsilon** is there for weights whose gradient is exactly 0: without it their step
# would be 0/0. Where it stands matters: as in PyTorch, ours is added *after* the root. Some other
# libraries add it under the root. (Hinton's lecture used decay 0.9; PyTorch, and we, default to
# 0.99.)

# %% [markdown]
# ### Write it: RMSprop
#
# One memory, the mean square $s$. Renew it first, then divide by the root of the *new* $s$. Above
# the fraction line stands this step's gradient: not its square, and not a mean.

# %%
check("RMSprop")

# %% [markdown]
# ## Adam: both memories, and a correction
#
# **Adam** (Kingma & Ba, 2015) joins the two ideas. For each weight it keeps a running mean $m$ of
# the gradients, much as momentum does, and a running mean $s$ of their squares, as RMSprop does:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g, \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2 .$$
#
# In code $\beta_1$ is `beta1`, by default 0.9, and $\beta_2$ is `beta2`, 0.999; the docstring writes
# `mean` and `mean_square` for $m$ and $s$. Mind that $m$ is a true mean, with the factor
# $1 - \beta_1$, unlike the velocity of momentum. (The paper writes $v$ for our $s$.)
#
# Both start from zeros, and that makes the young means too small. Let the gradient be 2 at every
# step, so that $m$ ought to be 2:
#
# | step $t$ | $m$ | $1 - 0.9^t$ | $m / (1 - 0.9^t)$ |
# |--:|--:|--:|--:|
# | 1 | 0.2 | 0.1 | 2 |
# | 2 | 0.9 · 0.2 + 0.2 = 0.38 | 0.19 | 2 |
# | 3 | 0.9 · 0.38 + 0.2 = 0.542 | 0.271 | 2 |

# %%
means = [0.0]
for _ in range(3):
    means.append(0.9 * means[-1] + (1 - 0.9) * 2)
shares = 1 - 0.9 ** np.array([1, 2, 3])
assert np.allclose(means[1:], [0.2, 0.38, 0.542])
assert np.allclose(shares, [0.1, 0.19, 0.271])
assert np.allclose(means[1:] / shares, 2)

# %% [markdown]
# After $t$ steps $m$ holds the share $1 - \beta_1^t$ of what it should, and $s$ the share
# $1 - \beta_2^t$. So Adam divides exactly these shares out, which is called **bias correction**:
#
# $$\hat m = \frac{m}{1 - \beta_1^t}, \qquad \hat s = \frac{s}{1 - \beta_2^t}, \qquad
# w \leftarrow w - \text{learning\_rate} \cdot \frac{\hat m}{\sqrt{\hat s} + \text{epsilon}},$$
#
# where $t$ counts the updates and is 1 at the first one.

# %% [markdown]
# ## Adam's first step, in numbers
#
# **Predict.** The learning rate is 0.001. The first gradient of one weight is 0.001, that of
# another 1000, a million times larger. How long is the first step of each?

# %%
g = np.array([0.001, 1000.0])
m, s = 0.1 * g, 0.001 * g**2
m_hat, s_hat = m / (1 - 0.9), s / (1 - 0.999)
assert np.allclose(m_hat, g)
assert np.allclose(s_hat, g**2)
steps = 0.001 * m_hat / (np.sqrt(s_hat) + 1e-8)
assert np.allclose(steps, 0.001, rtol=2e-5)
[f"{step:.12f}" for step in steps]

# %% [markdown]
# **What to see.** Both steps are the learning rate, 0.001. After the correction $\hat m = g$ and
# $\hat s = g^2$, so the quotient is $g/|g|$: the *sign* of the gradient. Its size cancels. What is
# missing in the last digits is epsilon at work: it takes a hundred-thousandth off the step of the
# small gradient, and next to nothing off the other. Only a gradient about as small as epsilon
# itself, $10^{-8}$, gets a noticeably shorter step.
#
# This is why Adam's learning rate reads like a length: about so far may a weight move in one step.
# Later steps are as long where a weight's gradients agree, and shorter where they change sign,
# because $m$ then cancels and $s$ does not. In this sense each weight has a step size of its own.
#
# And without the correction?

# %%
from lab.pictures.optimizers import first_steps_of_adam

first_steps_of_adam()

# %% [markdown]
# Without it, the first step is $0.1/\sqrt{0.001} = 3.16$ learning rates long, and the twelfth more
# than six: $s$ needs about a thousand steps to fill up, $m$ only ten, so the quotient overshoots.
# The wildest steps would come at the start, when least is known.

# %%
numbers = np.arange(1, 61)
uncorrected = (1 - 0.9**numbers) / np.sqrt(1 - 0.999**numbers)
assert np.isclose(uncorrected[0], 3.162, atol=1e-3)
assert uncorrected.argmax() + 1 == 12
assert 6 < uncorrected.max() < 7
uncorrected[[0, 11]]

# %% [markdown]
# ### Write it: Adam
#
# Three memories: $m$, $s$ and the count $t$, all zero at first. In each update: add 1 to $t$, renew
# $m$ and $s$, correct both, step. Keep $m$ and $s$ *uncorrected* in memory; $\hat m$ and $\hat s$
# serve this step alone.

# %%
check("Adam")

# %% [markdown]
# ## The race
#
# **Predict.** Your four optimizers start side by side on five landscapes: a bowl, a ravine, a
# saddle, a bent valley called the banana, and a noisy bowl. Write down who wins in the ravine. Who
# leaves the saddle first? On the noisy bowl, who comes to rest?

# %%
from lab import race_optimizers

race_optimizers(optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam)

# %% [markdown]
# **What to see.** With the learning rates that the race starts with, no one wins everywhere.
#
# - On the round *bowl* SGD walks straight down and needs no help. RMSprop is last: its steps hardly
#   shrink as the slope fades.
# - In the *ravine* momentum and Adam leave the other two far behind.
# - At the *saddle*, where the slope is nearly zero, the two that divide by the gradient's size are
#   off first. SGD is still on the pass at the end.
# - Along the *banana* the floor is bent and nearly flat. Momentum gets farthest, and nobody
#   arrives.
# - On the *noisy bowl* nobody comes to rest. All four jitter at much the same height, and will as
#   long as the learning rates stay what they are.

# %% [markdown]
# ## Which one to take
#
# | you have | take | because |
# |---|---|---|
# | a new problem, no time to tune | Adam, learning rate 0.001 | steps have a sensible length whatever the gradients' sizes, and every weight gets its own |
# | gradients of very different sizes; rare words or features | Adam | a weight that seldom gets a gradient still takes sizeable steps when it does |
# | recurrent networks, reinforcement learning | RMSprop or Adam | the gradient's size changes dramatically, and recent history follows it |
# | time to tune, and new data that must be predicted well | SGD with momentum as well | it can do better on new data |
# | one round valley (a *convex* problem, well scaled) | SGD | nothing to repair |
#
# The fourth row is the one to remember when somebody says that Adam is always best. Wilson and
# colleagues (2017) trained networks on images, on texts and on the grammar of sentences, with tuned
# learning rates, and found that adaptive methods often did worse on new data than SGD, even when
# their *training* loss was lower. They also built a small problem that SGD solves perfectly, and on
# which Adam does hardly better than a coin on new data. Adam is the default because it works without
# tuning, not because it is the best at the end.

# %% [markdown]
# ## A word on conventions
#
# When somebody recommends a learning rate, ask for which formula. Ours are PyTorch's. Some books put
# the learning rate inside the velocity, $v \leftarrow \beta v + \alpha g$ and $w \leftarrow w - v$.
# The two agree until you change the learning rate during training. Others weight the gradient,
# $v \leftarrow \beta v + (1 - \beta)\, g$: at 0.9 the steps are then ten times shorter at the same
# learning rate.
#
# | ours | in PyTorch | where the papers differ |
# |---|---|---|
# | `SGD(learning_rate)` | `torch.optim.SGD(lr=…)` | – |
# | `Momentum(learning_rate, momentum)` | `torch.optim.SGD(lr=…, momentum=…)` | Polyak's $w_{k+1} = w_k - \alpha g + \beta (w_k - w_{k-1})$ is the same for a constant learning rate |
# | `RMSprop(…, decay, epsilon)` | `torch.optim.RMSprop(…, alpha, eps)` | the lecture's decay is 0.9 |
# | `Adam(…, beta1, beta2, epsilon)` | `torch.optim.Adam(…, betas, eps)` | the same as the paper's Algorithm 1 |

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("4_optimizers")

# %% [markdown] tags=["reflection"]
# **To think about.** A friend trains a model with SGD and learning rate 0.05, and it learns well.
# She changes one word, `SGD` to `Adam`, keeps 0.05, and the loss jumps about without falling.
# Explain to her, with a number, what 0.05 means to each of the two, and what you would try.

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %% [markdown]
# ## Recap
#
# - The full gradient is the mean of the example gradients, so one example points the right way on
#   average. SGD steps on it at once: cheap, and noisy.
# - With a constant learning rate SGD stops at a noise floor. A shrinking one gets below it. A
#   minibatch of $B$ examples has $\sqrt B$ times less noise.
# - Momentum sums gradients: directions that last add up, zigzags cancel.
# - RMSprop divides each weight's gradient by its recent size, which suits gradients whose size
#   changes dramatically.
# - Adam does both, and corrects the start: its first step is the learning rate, whatever the
#   gradient's size. It is the default. Tuned SGD with momentum can do better on new data.
#
# ## Key terms
#
# - **SGD**: stochastic gradient descent: gradient descent whose gradient comes from one example, or
#   a few, drawn at random, instead of from all of them.
# - **Minibatch**: a few examples drawn at random whose mean gradient makes one step.
# - **Epoch**: one pass over the training examples, each of them used once.
# - **Momentum**: an optimizer that moves by a running sum of past gradients, so that steps in a
#   lasting direction add up and zigzags cancel.
# - **RMSprop**: an optimizer that divides each weight's gradient by the root of the running mean of
#   its recent squares.
# - **Adam**: an optimizer that joins a running mean of gradients with RMSprop's scaling, gives each
#   weight a step size of its own, and corrects the bias of starting from zeros.
#
# ## What we left out
#
# - **Nesterov's momentum** looks at the gradient a little ahead of the ball. With exact gradients
#   it comes with better guarantees on convex problems (Nesterov 2004).
# - **Adagrad** (Duchi, Hazan & Singer 2011) came before RMSprop. It sums the squared gradients and
#   never forgets, so its steps only shrink.
# - **AdamW** (Loshchilov & Hutter 2019) shrinks the weights a little at each step, apart from
#   Adam's own update. It is a common choice for large language models.
# - **Guarantees.** Reddi, Kale & Kumar (2018) built a convex problem on which Adam does not
#   converge, and a variant that does.
# - **Curvature.** Newton's method uses second derivatives: few steps, each of them expensive.
#
# ## Sources
#
# - H. Robbins & S. Monro (1951), A Stochastic Approximation Method, *Annals of Mathematical
#   Statistics* 22(3), 400–407,
#   [doi:10.1214/aoms/1177729586](https://doi.org/10.1214/aoms/1177729586).
# - B. T. Polyak (1964), Some Methods of Speeding up the Convergence of Iteration Methods, *USSR
#   Computational Mathematics and Mathematical Physics* 4(5), 1–17,
#   [doi:10.1016/0041-5553(64)90137-5](https://doi.org/10.1016/0041-5553%2864%2990137-5).
# - Y. Nesterov (2004), *Introductory Lectures on Convex Optimization*, Springer, section 2.2,
#   [doi:10.1007/978-1-4419-8853-9](https://doi.org/10.1007/978-1-4419-8853-9).
# - J. Duchi, E. Hazan & Y. Singer (2011), Adaptive Subgradient Methods for Online Learning and
#   Stochastic Optimization, *Journal of Machine Learning Research* 12, 2121–2159,
#   [jmlr.org](https://www.jmlr.org/papers/v12/duchi11a.html).
# - G. Hinton, N. Srivastava & K. Swersky (2012), *Neural Networks for Machine Learning*, lecture
#   6e, slide 29,
#   [cs.toronto.edu](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf).
# - D. P. Kingma & J. Ba (2015), Adam: A Method for Stochastic Optimization, *ICLR*, Algorithm 1 and
#   section 3, [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
# - G. Goh (2017), Why Momentum Really Works, *Distill*,
#   [doi:10.23915/distill.00006](https://doi.org/10.23915/distill.00006).
# - A. C. Wilson, R. Roelofs, M. Stern, N. Srebro & B. Recht (2017), The Marginal Value of Adaptive
#   Gradient Methods in Machine Learning, *NeurIPS* 30, 4148–4158,
#   [arXiv:1705.08292](https://arxiv.org/abs/1705.08292).
# - L. Bottou, F. E. Curtis & J. Nocedal (2018), Optimization Methods for Large-Scale Machine
#   Learning, *SIAM Review* 60(2), 223–311,
#   [doi:10.1137/16M1080173](https://doi.org/10.1137/16M1080173).
# - S. J. Reddi, S. Kale & S. Kumar (2018), On the Convergence of Adam and Beyond, *ICLR*,
#   [arXiv:1904.09237](https://arxiv.org/abs/1904.09237).
# - I. Loshchilov & F. Hutter (2019), Decoupled Weight Decay Regularization, *ICLR*,
#   [arXiv:1711.05101](https://arxiv.org/abs/1711.05101).
# - PyTorch's documentation of its optimizers,
#   [torch.optim](https://pytorch.org/docs/stable/optim.html).
