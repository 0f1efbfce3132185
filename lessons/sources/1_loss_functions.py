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
# A model is a function that answers questions. To make its answers better, you first need one
# number that says how bad they are now: the **loss**.
#
# **After this lesson you can**
#
# - say what a loss is, and work one out by hand;
# - write mean squared error, binary and categorical cross-entropy so that they hold up at the
#   extremes;
# - derive the gradient of a loss, and test it with a nudge;
# - choose the loss that fits a task, and say what a model will learn from it;
# - design a loss that a few absurd values can't rule.
#
# **You need** NumPy arrays and functions in Python. Calculus is explained where it appears.
#
# **About 40 minutes** to read and play, about 60 more to write eleven short functions in
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
# ## What do you remember?
#
# Three questions from lesson 0. Answer before you look anything up.

# %%
from lab import recall

recall("1_loss_functions")

# %% [markdown]
# ## An archer learns
#
# An archer shoots at a round board. The center is the right answer, the target. The spot where the
# arrow lands is the prediction, and it depends on how the bow is set and aimed. After each shot a
# hand adjusts the bow, so that the next arrow lands closer.

# %%
from lab.pictures.loss_functions import bow_and_board

bow_and_board()

# %% [markdown]
# A model learns in the same way. Its **weights**, the numbers inside it, are the bow, and the
# **optimizer** is the hand: you meet both in lesson 2. But first, how bad was the shot?
#
# A **loss function** turns predictions and targets into one number that is 0 for a perfect shot and
# grows as the arrow lands farther away. Take the squared distance. Here is what three arrows cost.

# %%
from lab.pictures.loss_functions import archery_target

archery_target()

# %% [markdown]
# A miss of 10 cm costs twenty-five times as much as one of 2 cm. Why square the distance?
#
# 1. Large misses dominate: an archer who wants to lower this loss works on the wild arrows first.
# 2. The curve is smooth, and flat at the center: the nearer you are, the gentler its slope. That
#    will tell us how large a correction to make.

# %% [markdown]
# ## A number to predict: mean squared error
#
# Many answers are continuous numbers: a price, a temperature, the value of a stock. A house sold
# for 300,000 dollars, and your model said 350,000. The error is 50,000 dollars, its square $2.5
# \cdot 10^9$. Compare that with the squares of other misses.

# %%
assert (350_000 - 300_000) ** 2 == 2.5e9
[miss**2 / 50_000**2 for miss in (1_000, 50_000, 100_000)]

# %% [markdown]
# A miss of 100,000 costs four times as much as one of 50,000.
#
# A model answers many questions, so take the mean over all of them. With $n$ predictions $p_i$ and
# as many targets $t_i$, the **mean squared error** (MSE) is
#
# $$\text{MSE} = \frac{1}{n} \sum_{i=1}^{n} (p_i - t_i)^2 .$$
#
# There is one trap. NumPy stretches arrays of different shapes until they fit (*broadcasting*).
# Three predictions in a row minus three targets in a column make nine differences:

# %%
np.array([1.0, 2.0, 3.0]) - np.array([[1.0], [2.0], [3.0]])

# %% [markdown]
# Every prediction is right, yet six of the nine differences are not 0. So a loss compares the
# shapes first.

# %% [markdown]
# ### Write it: mean_squared_error
#
# Find `mean_squared_error` in `course/losses.py`, on the right, and replace its
# `raise NotImplementedError(…)` line with your code.
#
# - Make float arrays of both arguments, so that plain lists work too:
#   `predictions = np.asarray(predictions, dtype=float)`. Most functions in this course start this
#   way.
# - If the two shapes differ, raise `ValueError`.
# - Return the mean over all elements, whatever the shape, as a `float`.
#
# Save with Ctrl+S (⌘S on a Mac), then run the check.

# %%
check("mean_squared_error")

# %% [markdown]
# **Predict.** Now you shoot, and the function that you have just written keeps the score. Four
# arrows are near the center, one is 10 cm out, and it will move twice as far out. The experiment
# asks what that does to its own loss. Guess also how much the MSE will grow, and how much the MAE
# (mean absolute error), the plain mean of the distances.

# %%
from lab import shoot_at_target

shoot_at_target(losses.mean_squared_error)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# The arrow's own loss grows fourfold. The MSE grows to about three and a half times its size,
# because nearly all of it comes from that one arrow, and the MAE to about one and a half times. So
# squaring is a choice, and the end of this lesson comes back to it.
#
# </details>

# %% [markdown]
# ## Which way is down?
#
# To do better, you need to know which way to move. Take one prediction, $p = 5$, with the target
# $t = 3$. The loss is $(5 - 3)^2 = 4$. Nudge the prediction up by 0.001, and see how the loss
# responds.

# %%
nudge = 0.001
rise = ((5 + nudge - 3) ** 2 - (5 - 3) ** 2) / nudge
assert np.isclose(rise, 4 + nudge)
rise

# %% [markdown]
# The loss rose about 4 times as much as the prediction. As the nudge $h$ shrinks, the ratio
# settles:
#
# $$\frac{(p + h - t)^2 - (p - t)^2}{h} = \frac{2h(p - t) + h^2}{h} = 2(p - t) + h
# \;\longrightarrow\; 2(p - t) .$$
#
# That limit is the **derivative** of the loss: its slope at $p$. Here it is $2 \cdot 2 = 4$.

# %%
from lab.pictures.loss_functions import squared_error_slope

squared_error_slope()

# %% [markdown]
# The sign says which way is up, so you go the other way.
#
# With several predictions, nudge one at a time and hold the others still. The slopes, in an array
# of the shape of the predictions, are the **gradient** of the loss. Here nudges find it for two
# predictions:

# %%
predictions, targets, h = np.array([5.0, 1.0]), np.array([3.0, 2.0]), 1e-6
before = np.mean((predictions - targets) ** 2)
nudged = predictions + h * np.eye(2)  # row i: prediction i is nudged
slopes = (np.mean((nudged - targets) ** 2, axis=1) - before) / h
assert np.allclose(slopes, [2, -1], atol=1e-5)
np.round(slopes, 3)

# %% [markdown]
# So lower the first prediction and raise the second. But why is the first slope 2 now, when it was
# 4 for the same prediction by itself?
#
# ### Write it: mean_squared_error_gradient
#
# You know the slope for a single prediction. The mean has $n$ terms. Which of them notice that you
# nudge $p_i$? And what does taking the mean do to the slope of that one term? Write down the answer
# for every prediction at once, and test it on the two above. As in the loss, $n$ counts all
# elements, and NumPy calls it the `size` of an array: a grid of 2 by 3 has 6, and a plain number
# has 1. In this course, gradients don't compare the shapes a second time.

# %%
check("mean_squared_error_gradient")

# %% [markdown]
# ## One of two classes: a probability
#
# Spam or not. Sick or healthy. We write the target as 1 for one class and 0 for the other, and ask
# the model for the **probability** of class 1. But a model computes sums and products, so what
# comes out may be any real number, such as $-3.7$ or $12$. This raw score is called a **logit**.
# The **sigmoid** turns it into a probability:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} .$$

# %%
from lab.pictures.loss_functions import sigmoid_curve

sigmoid_curve()

# %% [markdown]
# A logit of 0 means “no idea”, a probability of one half. The curve is symmetric:
# $\sigma(-z) = 1 - \sigma(z)$.
#
# The formula is right, but as a program it has a weak spot. At $z = -1000$ it asks for $e^{1000}$,
# more than a float can hold: NumPy answers `inf`, with a warning. This is **overflow**. The cure is
# a second form of the same fraction. Multiply numerator and denominator by $e^z$:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^{z}}{e^{z} + 1} .$$
#
# For $z \ge 0$ the left form is safe, for $z < 0$ the right one. Both then contain the same
# exponential, $e^{-|z|}$, which is never above 1.

# %% [markdown]
# ### Write it: sigmoid
#
# Write both forms with $e^{-|z|}$ (`np.abs` is $|z|$), and let `np.where(condition, a, b)` choose
# between the two arrays, element by element. Both are computed in full before it chooses, so
# neither may overflow anywhere. Make it work for any shape, with no warning for logits as large as
# 10,000 either way.

# %%
check("sigmoid")

# %% [markdown]
# ## How surprised are you? Binary cross-entropy
#
# Your model gave a probability, then the truth came out. What counts is the probability **of what
# turned out to be true**. If the target is 1, that is $p$. If it is 0, that is $1 - p$. The loss is
# minus its natural logarithm:
#
# $$\text{loss} = \begin{cases} -\ln p & \text{if } t = 1 \\ -\ln(1 - p) & \text{if } t = 0
# \end{cases}$$
#
# Read it as surprise. What you were sure of does not surprise you: $-\ln 1 = 0$. The less likely
# you thought it, the greater the surprise.

# %%
from lab.pictures.loss_functions import binary_cross_entropy_curve

binary_cross_entropy_curve()

# %% [markdown]
# Follow the solid curve, for a target of 1, from right to left: 0.9; then 0.5, a shrug; then 0.1,
# confident and wrong. Each further factor of ten costs another 2.303, without end. Why a logarithm?
# It turns products into sums: the probabilities of independent events multiply, and their losses
# add up.
#
# Both cases fit into one line, because each target makes one of the two terms vanish. The mean over
# $n$ examples is the **binary cross-entropy** (BCE):
#
# $$\text{BCE} = -\frac{1}{n}\sum_{i=1}^{n} \bigl[\, t_i \ln p_i + (1 - t_i) \ln(1 - p_i) \,\bigr] .$$

# %% [markdown]
# ### Write it: binary_cross_entropy
#
# A probability of exactly 0 would make the loss infinite. So compare the shapes, then clip the
# probabilities, with `np.clip`, to the range from $\varepsilon$ to $1 - \varepsilon$, where
# $\varepsilon$ is `epsilon`, $10^{-12}$. Apply the formula and take the mean over all elements.
# `np.log` is the natural logarithm. The formula needs no `if`, so it also works for targets between
# 0 and 1.

# %%
check("binary_cross_entropy")

# %% [markdown]
# **Predict.** A message is not spam: target 0. One filter says 0.6, another says 0.99. Both are
# wrong. How much more does the second one lose? Answer in the experiment, then drag the
# probability.

# %%
from lab import drag_probability

drag_probability(losses.binary_cross_entropy)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# At 0.6 the loss is 0.916, at 0.99 it is 4.605: five times as much for the same mistake, made with
# more confidence. Now drag from 0.1 to 0.01, where the model is right: you gain less than 0.1. Once
# you are right, the last bit of certainty earns little.
#
# </details>

# %% [markdown]
# ## Two steps, one slope
#
# Training adjusts what comes before the sigmoid. So what matters is how the loss changes with the
# *logit*. Three facts from calculus are enough:
#
# - nudge $u$, and $e^u$ changes at the rate $e^u$;
# - nudge $u$, and $\ln u$ changes at the rate $1/u$;
# - in a chain, rates multiply: if one thing moves three times as fast as $u$, and another twice as
#   fast as that one, then the other moves six times as fast as $u$. This is the **chain rule**.
#
# **Target 1.** The loss is $-\ln \sigma(z) = \ln(1 + e^{-z})$. Follow the chain: nudging $z$ moves
# $-z$ at the rate $-1$, that moves $1 + e^{-z}$ at the rate $e^{-z}$, and that moves its logarithm
# at the rate $1/(1 + e^{-z})$. Multiply the three, and use the second form of the sigmoid:
#
# $$-1 \cdot e^{-z} \cdot \frac{1}{1 + e^{-z}} = -\frac{e^{-z}}{1 + e^{-z}} = -\sigma(-z) = p - 1 .$$
#
# The logarithm has undone the exponential. If the true class got 0.9, the slope is $-0.1$, a gentle
# call for more; if it got 0.1, the slope is $-0.9$.
#
# **Target 0** is yours. The loss is $-\ln(1 - \sigma(z)) = -\ln \sigma(-z) = \ln(1 + e^{z})$. Here
# is what nudges say about both targets, beside $p$:

# %%
z, h = -1.3, 1e-6
nudged = np.array([z - h, z + h])
slope_1 = np.diff(np.log(1 + np.exp(-nudged)))[0] / (2 * h)
slope_0 = np.diff(np.log(1 + np.exp(nudged)))[0] / (2 * h)
p = 1 / (1 + np.exp(-z))
assert np.isclose(slope_1, p - 1)
print(f"p = {p:.3f}, slopes {slope_1:.3f} (target 1), {slope_0:.3f} (target 0)")

# %% [markdown]
# Why not take the squared error of the probability? Because its slope fades where the model is most
# wrong: the sigmoid is flat there. At a logit of $-6$, for a target of 1, it is $-0.005$, while
# cross-entropy pulls with $-0.998$.

# %%
from lab.pictures.loss_functions import loss_against_logit

loss_against_logit()

# %% [markdown]
# ### Write it: sigmoid_cross_entropy_gradient
#
# It takes logits, not probabilities, and returns the slope of the mean loss for each. Find the
# slope for target 0 as above. Then look for one expression in $p$ and $t$ that holds for both
# targets, and remember what the mean does. Call your `sigmoid`. Clip nothing: no logarithm is left.

# %%
check("sigmoid_cross_entropy_gradient")

# %% [markdown]
# ---
# **A good place to stop.** You have the losses for a number and for two classes, and their slopes.
# When you come back, run the notebook from its top (menu *Run*, *Run All Cells*); what you wrote is
# there.
#
# ---

# %% [markdown]
# ## Three classes or more: softmax
#
# Cat, dog or bird. Now the model gives one logit to each class, and we want one probability for
# each: positive, and 1 in total. **Softmax** makes everything positive with $e^z$, then divides by
# the sum.
#
# $$\text{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$

# %%
from lab.pictures.loss_functions import softmax_in_three_steps

shares = np.exp([2, 1, -1]) / np.sum(np.exp([2, 1, -1]))
assert np.array_equal(np.round(shares, 3), [0.705, 0.259, 0.035])
assert np.isclose(shares[0] / shares[1], np.e)
softmax_in_three_steps()

# %% [markdown]
# The order stays, the gaps change: a class whose logit is 1 higher than another's gets
# $e \approx 2.718$ times its probability, as the cat does here beside the dog.
#
# Add the same number to every logit: each $e^{z_i}$ is multiplied by the same factor, and so is the
# sum. The factor cancels. **Only the differences between logits count**, and that cures overflow:
# subtract the largest logit first, and the largest power is $e^0 = 1$.

# %% [markdown]
# ### Write it: softmax
#
# Examples come in batches: an array with a row for each example and a column for each class, and
# softmax works on each row by itself. Subtract the maximum, exponentiate, divide by the sum, all
# along the last axis (`axis=-1`). With `keepdims=True` maxima and sums stay a column, which fits
# the rows. The same code then works for a single row, and for any shape beyond.

# %%
check("softmax")

# %% [markdown]
# ## Categorical cross-entropy
#
# The picture shows a cat. Written in numbers, the target is $(1, 0, 0)$: 1 for the class that is
# right, 0 for the others. Such a row is called **one-hot**. The loss is the one you know: minus the
# logarithm of the probability given to what is true.

# %%
from lab.pictures.loss_functions import cat_predictions

cat_predictions()

# %% [markdown]
# How the rest is divided between dog and bird, the gray bars, changes nothing.
#
# In general, the **cross-entropy** of a prediction $p$ for a target $t$, both spread over classes
# $j$, is $-\sum_j t_j \ln p_j$: the surprise about each class, weighted by how much of the truth it
# holds. A one-hot target keeps a single term. With two classes, $(t, 1 - t)$ against $(p, 1 - p)$,
# it is the binary cross-entropy. The mean over $n$ rows is the **categorical cross-entropy** (CCE):
#
# $$\text{CCE} = -\frac{1}{n} \sum_{i=1}^{n} \sum_j t_{ij} \ln p_{ij} .$$
#
# A useful number: a model without a clue, which gives three classes the same probability, has the
# loss $\ln 3$.

# %% [markdown]
# ### Write it: categorical_cross_entropy
#
# Probabilities and one-hot targets, a row for each example. Compare the shapes, clip the
# probabilities from below at `epsilon` (`np.maximum`), sum along each row, and take the mean over
# the rows. (`np.mean` over the whole table would also divide by the number of classes.) A clip from
# above is not needed here: $\ln 1 = 0$ is harmless.

# %%
check("categorical_cross_entropy")

# %% [markdown]
# **Predict.** Next you set three logits, your `softmax` turns them into probabilities, and the
# picture shows a cat. If you raise only the dog's logit, what happens to the probabilities of the
# cat *and of the bird*? If you raise all three by the same amount, what happens to the loss?

# %%
from lab import drag_logits

drag_logits(losses.softmax, losses.categorical_cross_entropy)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# What the dog gains, cat and bird lose, in proportion to what they had. Raising all three together,
# even by 1,000, changes neither probabilities nor loss. And once the cat's logit leads by 5 or
# more, raising it further gains next to nothing.
#
# </details>

# %% [markdown]
# ## Find the cause
#
# A friend's softmax is right for the logits $(2, 1, -1)$. Then four pictures come in one batch, all
# of cats, and the model is sure of each one: the cat leads by 20. The loss should be almost 0. It
# isn't, and no training brings it down.


# %%
def friends_softmax(z):
    powers = np.exp(z - np.max(z))
    return powers / np.sum(powers)


sure = np.tile([20.0, 0.0, 0.0], (4, 1))
friends_loss = np.mean(-np.log(friends_softmax(sure)[:, 0]))
assert np.allclose(friends_softmax(np.array([2, 1, -1])), shares)
print(f"{friends_loss:.3f}")

# %% [markdown]
# What is wrong, and why did the test not notice?

# %%
# Look for the cause here: print shapes, rows, sums.

# %% [markdown]
# <details><summary>What it was</summary>
#
# Without `axis=-1`, `np.sum` adds up the whole batch, so the four rows share a total of 1. Each row
# sums to 1/4, each cat gets 1/4 instead of 1, and $-\ln \tfrac14 = 1.386$. **Test with more than
# one row**, and test a law: each row sums to 1.
#
# </details>

# %% jupyter={"source_hidden": true}
# The proof. Open it when you have found the cause.
assert np.allclose(friends_softmax(sure).sum(axis=-1), 1 / 4)
assert np.isclose(friends_loss, np.log(4))

# %% [markdown]
# ## The same slope again?
#
# Nudge one logit of a row: how does its loss respond? Let $S$ be the sum of all $e^{z_j}$, and let
# $r$ be the class that is right. Then the loss is
#
# $$-\ln p_r = -\ln \frac{e^{z_r}}{S} = \ln S - z_r .$$
#
# **Nudge the right class**, $z_r$. The sum $S$ moves at the rate $e^{z_r}$, and this moves $\ln S$
# at the rate $1/S$: together $e^{z_r}/S$, which is $p_r$. The second term, $-z_r$, moves at the
# rate $-1$. So the slope is $p_r - 1$, as for target 1. For the cat above, that is
# $0.705 - 1 = -0.295$: its logit should rise.
#
# **Nudge another class**, and one of the two terms doesn't notice. Which one? To test your answer:
# raising all logits together changes nothing, so what must the slopes of a row add up to?

# %% [markdown]
# ### Write it: softmax_cross_entropy_gradient
#
# Logits and one-hot targets in, an array of the same shape out. Find the slope for a class that is
# not the right one, then one expression that holds for both kinds. And remember what the loss is a
# mean over. Call your `softmax`.

# %%
check("softmax_cross_entropy_gradient")

# %% [markdown]
# ## Which loss for which task?
#
# The task gives you the type of the output, and the type gives you the loss.
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
# Minutes late: mean squared error. Late or not: binary cross-entropy. One of four platforms:
# categorical cross-entropy, because platform 4 is not twice platform 2.
#
# ### Write it: choose_loss
#
# `choose_loss(output_type)` returns your `mean_squared_error`, `binary_cross_entropy` or
# `categorical_cross_entropy`, for the strings `"continuous number"`, `"two classes"` and
# `"three or more classes"`. It returns the function itself, so write its name without parentheses.
# For anything else it raises `ValueError`, with a message that names all three, so that someone who
# misspells one sees what is possible. In lesson 8 your own training program will call it.

# %%
check("choose_loss")

# %% [markdown]
# ## What a loss makes a model learn
#
# Four houses in a street sold for 210, 230, 240 and 260 thousand dollars. A fifth price, 250, was
# typed in as 2,500. Such a value, far from all the others, is an **outlier**. Suppose that the
# model knows only the street, so that it must give the same answer $c$ for all five. Which $c$ has
# the lowest loss? Try them all, with the squared and with the absolute error.

# %%
prices = np.array([210.0, 230.0, 240.0, 260.0, 2500.0])
c = np.arange(0.0, 2501.0)[:, np.newaxis]  # a column, a row of errors each
best_squared = np.argmin(np.mean((c - prices) ** 2, axis=1))
best_absolute = np.argmin(np.mean(np.abs(c - prices), axis=1))
assert best_squared == np.mean(prices) == 688
assert best_absolute == np.median(prices) == 240
print(f"squared {best_squared}, absolute {best_absolute}")

# %% [markdown]
# **The squared error teaches the mean**, here a price that no house in the street comes near. Why?
# At the best $c$ the slope is 0. The slope for each house is $2(c - t_i)$, and these cancel when
# $c$ is the mean.
#
# **The absolute error teaches the median**, the price in the middle. Its slope is $+1$ for every
# house that costs less than $c$ and $-1$ for every house that costs more, *however much more*.
# These cancel when there are as many on either side. The outlier has one vote, like everyone else.
#
# **Cross-entropy teaches the frequency.** If three of ten messages of a kind are spam, the best
# single answer is 0.3: set the mean of the slopes that you derived to 0, and see. That is why the
# outputs can be read as probabilities.

# %%
p = np.linspace(0.01, 0.99, 99)
assert np.isclose(p[np.argmin(-3 * np.log(p) - 7 * np.log(1 - p))], 0.3)


# %% [markdown]
# ## A loss of your own
#
# So should you use the absolute error where there are outliers? It has a flaw of its own: at the
# target its slope jumps from $-1$ to $1$, so corrections don't get smaller as you come near.

# %%
from lab.pictures.loss_functions import two_costs

two_costs()

# %% [markdown]
# You want both: round at the bottom like the squared error, and far out no steeper than a straight
# line, like the absolute error. That is a **robust loss**, and there are many.
#
# ### Write it: robust_loss
#
# Design one. The docstring lists the laws that it must obey; misses of about 1 are usual in this
# data, and misses of 10 or more are outliers. Compare the shapes first, as in every loss. Start
# from a sketch of cost against miss, then look for a formula, or for two: one for small misses, one
# for large. If you use two, their curves must meet where the second takes over. And try a miss of a
# million: does anything overflow?

# %%
check("robust_loss")

# %% [markdown]
# ### Write it: robust_loss_gradient
#
# Differentiate your own loss: the chain rule again, and the mean. Compare the result with nudges
# before you run the check, as you did above for two predictions. What does your gradient say about
# an outlier at 10, and about one at 1,000? If the second pulls a hundred times as hard, the loss is
# not robust.

# %%
check("robust_loss_gradient")

# %% [markdown]
# **Predict.** Nine buses were late, eight by a few minutes, and one by 18, after a breakdown. Three
# losses, your own among them, each look for the single answer that costs least. Where will the
# three answers be?

# %%
from lab import what_does_it_learn

what_does_it_learn(losses.mean_squared_error, losses.robust_loss)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# The squared error follows the outlier as far as you drag it: each minute of the late ride moves
# its answer by a ninth of a minute. The absolute error doesn't notice: the ride in the middle stays
# in the middle. Your own loss follows a little at first. How little is up to your design.
#
# </details>

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

# %%
from lab import model_answer

model_answer("1_loss_functions")

# %% [markdown]
# ## Recap
#
# - A loss turns predictions and targets into one number: 0 for perfect, larger for worse.
# - Mean squared error suits continuous numbers. Twice the miss costs four times as much.
# - Cross-entropy suits classes. It is minus the logarithm of the probability that was given to the
#   truth, and being confident and wrong costs without limit.
# - Sigmoid turns one logit into a probability, softmax one logit for each class into as many
#   probabilities. Both need care against overflow.
# - The gradient holds one slope for each prediction. A nudge tests it.
# - Squared error teaches the mean, absolute error the median, cross-entropy the frequency. A robust
#   loss is round at the bottom and gives outliers little say.

# %% [markdown]
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
# - **One-hot target**: a target written as a row with one place for each class, 1 at the right
#   class and 0 elsewhere.
# - **Cross-entropy**: the surprise of a prediction at the truth: minus the logarithm of each
#   class's probability, weighted by the target and added up.
# - **Categorical cross-entropy** (CCE): the loss for three or more classes: the mean of minus the
#   logarithm of the probability given to the class that was right.
# - **Outlier**: a value far from all the others, such as a price with a digit too many.
# - **Robust loss**: a function of the misses that is round at the bottom and, far out, no steeper
#   than a straight line, so that a few absurd values can't rule the model.

# %%
from lab import flash_cards

flash_cards("1_loss_functions")

# %% [markdown]
# ## What we left out
#
# - **Where the losses come from.** One principle, maximum likelihood, yields the whole table of
#   tasks and losses above.
# - **Loss straight from logits.** Libraries join sigmoid or softmax with the logarithm, which needs
#   no clip and keeps more digits: in PyTorch, `BCEWithLogitsLoss` and `CrossEntropyLoss`.
# - **The loss is not the goal.** It stands in for accuracy, or money, or harm avoided, because it
#   has a slope to follow.
#
# ## Sources
#
# - P. J. Huber (1964), Robust Estimation of a Location Parameter, *Annals of Mathematical
#   Statistics* 35(1), 73–101,
#   [doi:10.1214/aoms/1177703732](https://doi.org/10.1214/aoms/1177703732).
# - J. S. Bridle (1990), Probabilistic Interpretation of Feedforward Classification Network Outputs,
#   with Relationships to Statistical Pattern Recognition, *Neurocomputing*, NATO ASI Series F 68,
#   227–236, [doi:10.1007/978-3-642-76153-9_28](https://doi.org/10.1007/978-3-642-76153-9_28), where
#   softmax got its name.
# - I. Goodfellow, Y. Bengio & A. Courville (2016), *Deep Learning*, MIT Press, section 6.2.2,
#   “Output Units”, [deeplearningbook.org](https://www.deeplearningbook.org/contents/mlp.html).
# - T. Gneiting (2011), Making and Evaluating Point Forecasts, *Journal of the American Statistical
#   Association* 106(494), 746–762,
#   [doi:10.1198/jasa.2011.r10138](https://doi.org/10.1198/jasa.2011.r10138): which loss asks for
#   the mean, and which for the median.
# - P. Blanchard, D. J. Higham & N. J. Higham (2021), Accurately Computing the Log-Sum-Exp and
#   Softmax Functions, *IMA Journal of Numerical Analysis* 41(4), 2311–2330,
#   [doi:10.1093/imanum/draa038](https://doi.org/10.1093/imanum/draa038), on why subtracting the
#   maximum costs no accuracy.

# %% [markdown]
# **Next:** [Lesson 2 · Gradient descent](2_gradient_descent.ipynb). You know how bad a shot was.
# Next comes the hand that adjusts the bow.
