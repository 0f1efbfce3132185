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
# # 1 · Loss functions
#
# A model is a function that answers questions. To make it answer better, you first need one
# number that says how badly it answers now. That number is the **loss**. This lesson builds the
# three losses that most models are trained with, and the slopes that later lessons descend.
#
# **After this lesson you can**
#
# - say what a loss is, and work one out by hand;
# - write mean squared error, binary and categorical cross-entropy so that they keep working at
#   the extremes;
# - write the gradient of each, and say why two of them come out as “probability minus target”;
# - choose the loss that fits a task.
#
# **You need** NumPy arrays and functions in Python. The little calculus that appears is explained
# where it appears.
#
# **About 45 minutes** to read and play, about 45 more to write nine short functions in
# `course/losses.py`.

# %% [markdown]
# Run this cell first. It loads NumPy, your module and the checks, and makes the notebook notice
# each time you save the module.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import losses

# %% [markdown]
# ## How far from the center?
#
# An archer shoots at a round board. Its center is the right answer: the **target**. The spot where
# the arrow lands is the **prediction**. A **loss function** turns the two into one number that is 0
# for a perfect shot and grows as the arrow lands farther away.
#
# Take the squared distance as the loss. Here are three arrows, and what each costs.

# %%
from lab.pictures.loss_functions import archery_target

archery_target()

# %% [markdown]
# An arrow in the center costs nothing. One that lands 2 cm off costs 4. One that lands 10 cm off
# costs 100: five times the distance, twenty-five times the loss.

# %%
misses = np.array([0, 2, 10])  # cm from the center
assert np.array_equal(misses**2, [0, 4, 100])
misses**2

# %% [markdown]
# Why square the distance, instead of taking it as it is?
#
# 1. Large misses dominate: an archer who wants to lower this loss works on the wild arrows first.
# 2. The curve is smooth, and flat at the center: the nearer you are, the gentler its slope. That
#    will tell us how large a correction to make.
# 3. A miss to the left costs as much as one to the right: $(-2)^2 = 2^2$.

# %% [markdown]
# ## A number to predict: mean squared error
#
# Many answers are continuous numbers: a price, a temperature, a dose. Suppose a house sold for
# 300,000 dollars, and your model said 350,000.

# %%
error = 350_000 - 300_000
assert error == 50_000
assert error**2 == 2.5e9
error**2

# %% [markdown]
# The squared error is $2.5 \cdot 10^9$, in squared dollars. Alone it means little. Compare it with
# those of smaller and larger misses.

# %%
assert 100_000**2 == 4 * 50_000**2
assert 100_000**2 == 10_000 * 1_000**2
[miss**2 / 50_000**2 for miss in (1_000, 50_000, 100_000)]

# %% [markdown]
# A miss of 100,000 costs four times as much as one of 50,000, and ten thousand times as much as one
# of 1,000. Whoever minimizes squared error accepts many small misses to avoid one huge one.
#
# A model answers many questions, so take the mean over all of them. With $n$ predictions $p_i$ and
# as many targets $t_i$, the **mean squared error** (MSE) is
#
# $$\text{MSE} = \frac{1}{n} \sum_{i=1}^{n} (p_i - t_i)^2 .$$
#
# For the three arrows it is $(0 + 4 + 100)/3 \approx 34.67$.

# %%
assert np.isclose(np.mean(misses**2), 104 / 3)
float(np.mean(misses**2))

# %% [markdown]
# One trap before you write it. NumPy stretches arrays of different shapes until they fit, which is
# called broadcasting. Three predictions in a row, minus three targets in a column, make nine
# differences.

# %%
row = np.array([1.0, 2.0, 3.0])
column = np.array([[1.0], [2.0], [3.0]])
assert (row - column).shape == (3, 3)
row - column

# %% [markdown]
# Every prediction is right, yet six of the nine differences are not 0. Their mean square is a
# plausible number that means nothing. So a loss compares the shapes first, and raises `ValueError`
# if they differ.

# %% [markdown]
# ### Write it: mean_squared_error
#
# Open `course/losses.py` at the right and find `mean_squared_error`. Its docstring is the full
# assignment. Replace the `raise NotImplementedError(…)` line with your code.
#
# - Make float arrays of both arguments, so that plain lists work too:
#   `predictions = np.asarray(predictions, dtype=float)`. Most functions of this course start so.
# - If the two shapes differ, raise `ValueError`.
# - Return the mean over all elements, whatever the shape, as a `float`.
#
# Save with Ctrl+S (⌘S on a Mac), then run the check.

# %%
check("mean_squared_error")

# %% [markdown]
# **Predict.** Below, you shoot the arrows yourself, and the function that you have just written
# keeps the score. Four arrows lie near the center, and one lies 10 cm out. Move that one twice as far
# out. By what factor will its own loss grow, and by what factor the MSE? And the plain mean of the
# distances, called MAE (mean absolute error)?

# %%
from lab import shoot_at_target

shoot_at_target(losses.mean_squared_error)

# %% [markdown]
# **What to see.** The arrow's own loss grows fourfold. The MSE grows to about three and a half times
# its size, because nearly all of it is about that one arrow. The MAE grows only to about one and a
# half times. So squaring is a choice, not a law: if your data hold a few absurd values, such as a
# house entered at ten times its price, MSE will bend the whole model towards them.

# %% [markdown]
# ## Which way is down?
#
# A loss says how badly you do. To do better, you need to know which way to move, and that is what its
# slope says. Take one prediction, $p = 5$, with the target $t = 3$. The loss is $(5 - 3)^2 = 4$. Nudge
# the prediction up by a little, say 0.001, and see how the loss responds.

# %%
nudge = 0.001
rise = ((5 + nudge - 3) ** 2 - (5 - 3) ** 2) / nudge
assert np.isclose(rise, 4 + nudge)
rise

# %% [markdown]
# The loss rose about 4 times as much as the prediction did. As the nudge $h$ gets ever smaller, the
# ratio settles on a number:
#
# $$\frac{(p + h - t)^2 - (p - t)^2}{h} = \frac{2h(p - t) + h^2}{h} = 2(p - t) + h
# \;\longrightarrow\; 2(p - t) .$$
#
# That limit is the **derivative** of the loss: its slope at $p$. Here it is $2 \cdot 2 = 4$.

# %%
from lab.pictures.loss_functions import squared_error_slope

squared_error_slope()

# %% [markdown]
# The sign says which way is up, so you go the other way. Far from the target the slope is steep, at
# the target it is 0.
#
# With several predictions, nudge one at a time and hold the others still. That gives one slope
# for each prediction. All of them together, in an array of the same shape as the predictions, are
# the **gradient** of the loss. In $\frac{1}{n}\sum_i (p_i - t_i)^2$, a nudge of $p_1$ moves only one
# of the $n$ terms, so each slope is divided by $n$:
#
# $$\text{gradient}_i = \frac{2\,(p_i - t_i)}{n} .$$
#
# For the predictions $(5, 1)$ and the targets $(3, 2)$ that is $(2 \cdot 2/2,\; 2 \cdot (-1)/2) =
# (2, -1)$: lower the first prediction, raise the second.

# %%
predictions, targets = np.array([5.0, 1.0]), np.array([3.0, 2.0])
gradient = 2 * (predictions - targets) / predictions.size
assert np.array_equal(gradient, [2, -1])
gradient

# %% [markdown]
# ### Write it: mean_squared_error_gradient
#
# The same arguments, and an array of the same shape as the predictions. Here $n$ is the number of
# all elements, `predictions.size`: in a grid of 2 by 3 it is 6. The gradients need not compare the
# shapes again.

# %%
check("mean_squared_error_gradient")

# %% [markdown]
# ## One of two classes: a probability
#
# Spam or not. Sick or healthy. There is nothing halfway between the two, so such an answer is no
# quantity. We write the target as 1 for one class and 0 for the other, and ask the model for the
# **probability** of class 1.
#
# A model computes with sums and products, so what comes out of it may be any real number, such as
# $-3.7$ or $12$. This raw score is called a **logit**. The **sigmoid** turns it into a probability:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} .$$

# %%
from lab.pictures.loss_functions import sigmoid_curve

sigmoid_curve()

# %% [markdown]
# A logit of 0 means “no idea”, a probability of one half. At $z = 2$ the probability is 0.881, at
# $z = -2$ it is 0.119. The two add up to 1, because the curve is symmetric:
# $\sigma(-z) = 1 - \sigma(z)$.

# %%
z = np.array([-2.0, 0.0, 2.0])
probabilities = np.round(1 / (1 + np.exp(-z)), 3)
assert np.array_equal(probabilities, [0.119, 0.5, 0.881])
probabilities

# %% [markdown]
# The formula is right, and as a program it has a weak spot. At $z = -1000$ it asks for
# $e^{1000}$. The largest number that a float can hold is about $1.8 \cdot 10^{308}$, and
# $e^{710}$ is already beyond it: NumPy answers `inf`, with a warning. This is **overflow**.
#
# The cure is a second form of the same fraction. Multiply above and below by $e^z$:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{e^{z} + 1} .$$
#
# For $z \ge 0$ the left form is safe, for $z < 0$ the right one. Both then contain the same
# exponential, $e^{-|z|}$, which lies between 0 and 1 and can never overflow:

# %%
z = np.array([-1000.0, -2.0, 0.0, 1000.0])
small = np.exp(-np.abs(z))
assert np.allclose(small, [0, np.exp(-2), 1, 0])
small

# %% [markdown]
# ### Write it: sigmoid
#
# For each logit: where $z \ge 0$, the answer is $1/(1 + e^{-|z|})$; where $z < 0$, it is
# $e^{-|z|}/(1 + e^{-|z|})$. `np.where(condition, a, b)` chooses between two arrays element by
# element; it gets both of them whole, so neither may overflow anywhere. Make it work for any shape,
# with no warning for logits as large as 10,000 either way.

# %%
check("sigmoid")

# %% [markdown]
# ## How surprised are you? Binary cross-entropy
#
# Your model gave a probability, then the truth came out. One thing counts: the probability that the
# model gave **to what turned out to be true**. If the target is 1, that is $p$. If it is 0, that is
# $1 - p$. The loss is minus its natural logarithm:
#
# $$\text{loss} = \begin{cases} -\ln p & \text{if } t = 1 \\ -\ln(1 - p) & \text{if } t = 0
# \end{cases}$$
#
# Read it as surprise. What you held to be certain does not surprise you at all: $-\ln 1 = 0$. The
# less likely you held it to be, the greater the surprise.

# %%
from lab.pictures.loss_functions import binary_cross_entropy_curve

binary_cross_entropy_curve()

# %% [markdown]
# Follow the solid curve, for a target of 1, from right to left. With probability 0.9 the loss is
# 0.105. With 0.5, a shrug, it is 0.693. With 0.1 it is 2.303: confident, and wrong.

# %%
surprise = np.round(-np.log([0.9, 0.5, 0.1]), 3)
assert np.array_equal(surprise, [0.105, 0.693, 2.303])
surprise

# %% [markdown]
# And it goes on. From 0.1 to 0.01 the loss rises by another 2.303, and again to 0.001: each factor
# of ten costs the same, without end. Why a logarithm? The probabilities of independent events
# multiply, and their losses should add up. The logarithm turns the one into the other.
#
# Both cases fit into one line, because for $t = 1$ the second term vanishes, and for $t = 0$ the
# first one. The mean over $n$ examples is the **binary cross-entropy** (BCE):
#
# $$\text{BCE} = -\frac{1}{n}\sum_{i=1}^{n} \bigl[\, t_i \ln p_i + (1 - t_i) \ln(1 - p_i) \,\bigr] .$$
#
# A probability of exactly 0 would make the loss infinite, and $0 \cdot \ln 0$ is `nan` in NumPy. So
# we keep every probability a hair away from 0 and 1: before the logarithm it is clipped to the range
# from $\varepsilon$ to $1 - \varepsilon$, with $\varepsilon = 10^{-12}$. The worst loss of one example
# is then $-\ln 10^{-12} \approx 27.6$.

# %%
epsilon = 1e-12
clipped = np.clip([0.0, 0.3, 1.0], epsilon, 1 - epsilon)
worst = -np.log(clipped[0])
assert np.isclose(worst, 27.6, atol=0.05)
np.round(-np.log(clipped), 3)

# %% [markdown]
# ### Write it: binary_cross_entropy
#
# Compare the shapes, clip the probabilities, apply the formula, take the mean over all elements.
# `np.log` is the natural logarithm. The formula needs no `if`, and it serves for targets between 0
# and 1 as well.

# %%
check("binary_cross_entropy")

# %% [markdown]
# **Predict.** A mail is not spam: target 0. One filter says 0.6, another says 0.99. Both are wrong.
# How many times as much does the second one lose: twice, five times, forty times? Set the target
# to 0, then drag the probability and see.

# %%
from lab import drag_probability

drag_probability(losses.binary_cross_entropy)

# %% [markdown]
# **What to see.** At 0.6 the loss is 0.916, at 0.99 it is 4.605: five times as much for the same
# mistake, made with more confidence. Now drag from 0.1 to 0.01, where the model is right: you gain
# less than 0.1. Cross-entropy pays little for the last bit of certainty, and punishes false
# certainty without limit.

# %%
wrong = np.round(-np.log([1 - 0.6, 1 - 0.99]), 3)
assert np.array_equal(wrong, [0.916, 4.605])
assert round(4.605 / 0.916) == 5
assert -np.log(1 - 0.1) + np.log(1 - 0.01) < 0.1

# %% [markdown]
# ## Two steps, one slope
#
# What training adjusts comes before the sigmoid. So the slope that matters is the one with respect to
# the *logit*: nudge $z$, the probability moves, the loss moves. Three facts from calculus are enough:
#
# - nudge $u$, and $e^u$ changes at the rate $e^u$;
# - nudge $u$, and $\ln u$ changes at the rate $1/u$;
# - in a chain, rates multiply. If $b$ moves three times as fast as $a$, and $c$ twice as fast as $b$,
#   then $c$ moves six times as fast as $a$. This is the **chain rule**.
#
# **Target 1.** The loss is $-\ln \sigma(z) = \ln(1 + e^{-z})$. The chain: nudging $z$ moves $-z$ at the
# rate $-1$, this moves $1 + e^{-z}$ at the rate $e^{-z}$, and this moves the logarithm at the rate
# $1/(1 + e^{-z})$. Multiply:
#
# $$-1 \cdot e^{-z} \cdot \frac{1}{1 + e^{-z}} = -\frac{e^{-z}}{1 + e^{-z}} = -\sigma(-z) = -(1 - p) = p - 1 .$$
#
# **Target 0.** Since $1 - \sigma(z) = \sigma(-z)$, the loss is $-\ln \sigma(-z) = \ln(1 + e^{z})$. In the
# same way its slope is
#
# $$\frac{e^{z}}{1 + e^{z}} = \sigma(z) = p - 0 .$$
#
# The logarithm has undone the exponential. In both cases the slope is $p - t$: **probability minus
# target**. If a true class got 0.9, the slope is $-0.1$, a gentle call for more. If it got 0.1, the
# slope is $-0.9$. Let a nudge confirm the formula, at $z = -1.3$ and target 1.

# %%
z, nudge = -1.3, 1e-6
before = np.log(1 + np.exp(-z))
after = np.log(1 + np.exp(-(z + nudge)))
slope, p = (after - before) / nudge, 1 / (1 + np.exp(-z))
assert np.isclose(slope, p - 1, atol=1e-6)
float(slope), float(p - 1)

# %% [markdown]
# This is the deeper reason for pairing cross-entropy with a sigmoid. You could take the squared error
# of a probability too, but its slope fades where the model is most wrong, because the sigmoid is flat
# there.

# %%
from lab.pictures.loss_functions import loss_against_logit

loss_against_logit()

# %% [markdown]
# A logit of $-6$ for a target of 1 is a bad mistake. Squared error hardly feels which way to go: its
# slope is $-0.005$. Cross-entropy pulls with $-0.998$.

# %% [markdown]
# ### Write it: sigmoid_cross_entropy_gradient
#
# It takes logits, not probabilities, and returns $(\sigma(z) - t)/n$ with $n$ = `logits.size`, since
# the loss is a mean. Call your `sigmoid`. Clip nothing: no logarithm is left.

# %%
check("sigmoid_cross_entropy_gradient")

# %% [markdown]
# ## Three classes or more: softmax
#
# Cat, dog or bird. Now the model gives one logit to each class, and we want one probability for
# each: positive, and 1 in total. **Softmax** makes everything positive with $e^z$, then divides by
# the sum.
#
# $$\text{softmax}(z)_i = \frac{e^{z_i}}{e^{z_1} + \dots + e^{z_k}}$$

# %%
from lab.pictures.loss_functions import softmax_in_three_steps

softmax_in_three_steps()

# %% [markdown]
# The logits $(2, 1, -1)$ become $(7.389, 2.718, 0.368)$. The sum of these is 10.475, and their
# shares are $(0.705, 0.259, 0.035)$. The order stays, the gaps change: one logit more means a
# probability $e \approx 2.718$ times as large.

# %%
powers = np.exp([2, 1, -1])
shares = powers / powers.sum()
assert np.array_equal(np.round(powers, 3), [7.389, 2.718, 0.368])
assert np.array_equal(np.round(shares, 3), [0.705, 0.259, 0.035])
np.round(shares, 3)

# %% [markdown]
# Add the same number $c$ to every logit: each $e^{z_i}$ is multiplied by $e^c$, and so is the sum. The
# factor cancels. **Only the differences between logits count**, and that cures overflow. Subtract the
# largest logit first. Then the largest power is $e^0 = 1$, and nothing can overflow.

# %%
huge = np.array([1002.0, 1001.0, 999.0])
powers = np.exp(huge - huge.max())
assert np.allclose(powers / powers.sum(), shares)
np.round(powers / powers.sum(), 3)

# %% [markdown]
# Examples come in batches: $n$ of them with $k$ classes make an array of shape $(n, k)$, a row for
# each example. Softmax works along the last axis, on each row by itself. So the maximum must be that
# of the row. With `keepdims=True` the maxima stay a column, which fits the rows.

# %%
batch = np.array([[2.0, 1.0, -1.0], [0.0, 0.0, 0.0]])
top = np.max(batch, axis=-1, keepdims=True)
assert top.shape == (2, 1)
batch - top

# %% [markdown]
# ### Write it: softmax
#
# Subtract the maximum, exponentiate, divide by the sum, all along the last axis (`axis=-1`,
# `keepdims=True`). The same code then serves for a single row $(k,)$, a batch $(n, k)$, and any shape
# beyond.

# %%
check("softmax")

# %% [markdown]
# ## Categorical cross-entropy
#
# The picture shows a cat. Written in numbers, the target is $(1, 0, 0)$: 1 for the class that is
# right, 0 for the others. This is called **one-hot**. The loss is the one you know: minus the
# logarithm of the probability given to what is true.

# %%
from lab.pictures.loss_functions import cat_predictions

cat_predictions()

# %% [markdown]
# With $(0.70, 0.20, 0.10)$ the cat got 0.70, and the loss is $-\ln 0.70 = 0.357$. With
# $(0.10, 0.60, 0.30)$ it got 0.10, and the loss is 2.303. The gray bars do not count: how the rest
# is divided between dog and bird changes nothing.
#
# In a formula, the one-hot target picks the term that counts: in $-\sum_j t_j \ln p_j$, every $t_j$
# but one is 0. The **categorical cross-entropy** (CCE) is the mean over the $n$ rows:
#
# $$\text{CCE} = -\frac{1}{n} \sum_{i=1}^{n} \sum_{j=1}^{k} t_{ij} \ln p_{ij} .$$

# %%
cat = np.array([1, 0, 0])
answers = np.array([[0.70, 0.20, 0.10], [0.10, 0.60, 0.30]])
rows = np.round(-np.sum(cat * np.log(answers), axis=-1), 3)
assert np.array_equal(rows, [0.357, 2.303])
rows

# %% [markdown]
# Mind the mean. There are $n$ examples, not $n \cdot k$: sum along each row, then take the mean over
# the rows. `np.mean` over the whole array would be $k$ times too small.
#
# A useful number: a model without a clue, which gives all $k$ classes the same probability, has the
# loss $\ln k$. For three classes that is 1.099, for ten 2.303. An untrained classifier should start
# near it.

# %%
assert np.array_equal(np.round(np.log([3, 10]), 3), [1.099, 2.303])

# %% [markdown]
# ### Write it: categorical_cross_entropy
#
# Probabilities and one-hot targets, both of shape $(n, k)$. Compare the shapes, clip the
# probabilities below at `epsilon` (`np.maximum`), sum along each row, take the mean over the rows.
# A clip from above is not needed here: $\ln 1 = 0$ is harmless.

# %%
check("categorical_cross_entropy")

# %% [markdown]
# **Predict.** Next you hold three logits, your `softmax` turns them into probabilities, and the
# picture shows a cat. Raise the logit of the dog alone: what happens to the probabilities of the cat
# *and of the bird*? Raise all three by the same amount: what happens to the loss?

# %%
from lab import drag_logits

drag_logits(losses.softmax, losses.categorical_cross_entropy)

# %% [markdown]
# **What to see.** What the dog gains, cat and bird lose, in proportion to what they had. Raising all
# three together, even by 1,000, changes neither probabilities nor loss. And once the cat's logit
# leads by 5 or more, raising it further gains next to nothing.

# %% [markdown]
# ## The same slope again
#
# What happens to the loss of one row if you nudge one of its logits? Let $S = e^{z_1} + \dots +
# e^{z_k}$, and let $c$ be the class that is right. Then the loss is
#
# $$-\ln p_c = -\ln \frac{e^{z_c}}{S} = \ln S - z_c .$$
#
# Nudge $z_j$, and look at the two terms in turn.
#
# - $\ln S$: the nudge moves $S$ at the rate $e^{z_j}$, and this moves $\ln S$ at the rate $1/S$.
#   Together that is $e^{z_j}/S$, which is $p_j$.
# - $-z_c$: this moves at the rate $-1$ if $j$ is the right class, and otherwise not at all. Both cases
#   together are $-t_j$.
#
# So the slope is $p_j - t_j$: **probability minus target**, once more. For the logits $(2, 1, -1)$ and
# a cat:

# %%
slopes = shares - cat
assert np.isclose(slopes.sum(), 0)
assert np.array_equal(np.round(slopes, 3), [-0.295, 0.259, 0.035])
np.round(slopes, 3)

# %% [markdown]
# The slope of the cat is negative: its logit should rise. Dog and bird should fall, each as hard as it
# was wrongly believed. The slopes of a row add up to 0, because only differences count.

# %% [markdown]
# ### Write it: softmax_cross_entropy_gradient
#
# Logits and one-hot targets of shape $(n, k)$ in, an array of the same shape out:
# $(\text{softmax}(z) - t)/n$. The loss is a mean over $n$ rows, so divide by the number of
# *rows*, `len(logits)`.

# %%
check("softmax_cross_entropy_gradient")

# %% [markdown]
# ## Which loss for which task?
#
# Ask what the answer is made of. The task gives you the type of the output, and the type gives you
# the loss.
#
# | task | output type | the model's raw output goes through | loss |
# |:--|:--|:--|:--|
# | a price, a temperature | continuous number | nothing | mean squared error |
# | spam or not, sick or healthy | two classes | sigmoid | binary cross-entropy |
# | cat, dog or bird | three or more classes | softmax | categorical cross-entropy |
#
# **Decide first.** A railway keeps one table of all its journeys, and asks it three questions. How
# many minutes late will this train be? Will it be more than five minutes late? At which of the four
# platforms will it stop? Name the loss for each before you read on.

# %% [markdown]
# Minutes are a continuous number: mean squared error. Late or not late is two classes: binary
# cross-entropy. The platform is one of four classes: categorical cross-entropy. Platforms have
# numbers too, but platform 4 is not twice platform 2, and a train that stops at 3 is not nearly at
# 4. So the data don't decide, nor does the way in which an answer is written down, but what it
# means.
#
# Sometimes that is yours to choose. Is a rating from 1 to 5 stars a number, or one of five classes?
# If a miss by three stars should cost more than a miss by one, call it a number: categorical
# cross-entropy knows no near misses.
#
# The last function holds the table, and returns a function. In Python, a function without its
# brackets is a value like any other.

# %%
chosen = np.mean  # no brackets: the function itself, not a call
assert chosen([1, 2, 6]) == 3

# %% [markdown]
# ### Write it: choose_loss
#
# `choose_loss(output_type)` returns your `mean_squared_error`, `binary_cross_entropy` or
# `categorical_cross_entropy`, for the strings `"continuous number"`, `"two classes"` and
# `"three or more classes"`. For anything else it raises `ValueError`, with a message that names all
# three, so that whoever misspells one sees what is possible.

# %%
check("choose_loss")

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("1_loss_functions")

# %% [markdown] tags=["reflection"]
# **To think about.** A hospital trains a model to tell sick from healthy. To miss an illness is far
# worse than to raise a false alarm. Binary cross-entropy treats the two alike. How would you change
# the loss, and what would your change do to the probabilities that the model learns to give?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %% [markdown]
# ## Recap
#
# - A loss turns predictions and targets into one number: 0 for perfect, larger for worse.
# - Mean squared error suits continuous numbers. Twice the miss costs four times as much.
# - Cross-entropy suits classes. It is minus the logarithm of the probability that was given to the
#   truth: 0.105 for 0.9, 0.693 for 0.5, 2.303 for 0.1, and no end beyond.
# - Sigmoid turns one logit into a probability, softmax turns $k$ logits into $k$. Both need care
#   against overflow.
# - The gradient holds one slope for each prediction. Through sigmoid or softmax, cross-entropy has
#   the slope probability minus target, divided by the number of examples.
# - The task gives the output type, the output type gives the loss.
#
# ## Key terms
#
# - **Loss function**: a function that turns predictions and targets into one number: how far the
#   predictions are from the right answers.
# - **Mean squared error** (MSE): the mean of the squared differences between predictions and
#   targets, used when the answer is a continuous number.
# - **Gradient**: the slopes of the loss, one for each number that can be nudged: it points to where
#   the loss rises most steeply.
# - **Logit**: the raw score, any real number, that a model gives a class before sigmoid or softmax
#   turns it into a probability.
# - **Sigmoid**: the function that turns one logit into a probability between 0 and 1.
# - **Binary cross-entropy** (BCE): the loss for two classes: the mean of minus the logarithm of the
#   probability given to the class that was right.
# - **Softmax**: the function that turns one logit for each class into probabilities that are
#   positive and sum to 1.
# - **One-hot target**: a target written as a row with one place for each class, 1 at the right class
#   and 0 elsewhere.
# - **Categorical cross-entropy** (CCE): the loss for three or more classes: the mean of minus the
#   logarithm of the probability given to the class that was right.
#
# ## What we left out
#
# - **Other losses.** Mean absolute error and Huber's loss (1964) let a few absurd values count for
#   less. Weighted losses make one kind of mistake dearer than another.
# - **Where the losses come from.** Squared error and cross-entropy are both “minus the logarithm of
#   the likelihood”. One principle, called maximum likelihood, yields the whole table above.
# - **Loss straight from logits.** Libraries join sigmoid or softmax and the logarithm into one
#   function, which needs no clip and keeps more digits: in PyTorch, `BCEWithLogitsLoss` and
#   `CrossEntropyLoss`.
# - **The loss is not the goal.** The goal is accuracy, or money, or harm avoided. The loss stands in
#   for it, because it has a slope to follow.
#
# ## Sources
#
# - P. J. Huber (1964), Robust Estimation of a Location Parameter, *Annals of Mathematical
#   Statistics* 35(1), 73–101, [doi:10.1214/aoms/1177703732](https://doi.org/10.1214/aoms/1177703732).
# - J. S. Bridle (1990), Probabilistic Interpretation of Feedforward Classification Network Outputs,
#   with Relationships to Statistical Pattern Recognition, *Neurocomputing*, NATO ASI Series F 68,
#   227–236, [doi:10.1007/978-3-642-76153-9_28](https://doi.org/10.1007/978-3-642-76153-9_28), where
#   softmax got its name.
# - I. Goodfellow, Y. Bengio & A. Courville (2016), *Deep Learning*, MIT Press, section 6.2.2, “Output
#   Units”, [deeplearningbook.org](https://www.deeplearningbook.org/contents/mlp.html).
# - P. Blanchard, D. J. Higham & N. J. Higham (2021), Accurately Computing the Log-Sum-Exp and Softmax
#   Functions, *IMA Journal of Numerical Analysis* 41(4), 2311–2330,
#   [doi:10.1093/imanum/draa038](https://doi.org/10.1093/imanum/draa038), on why subtracting the
#   maximum costs no accuracy.
