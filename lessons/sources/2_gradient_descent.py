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
# # 2 · Gradient descent
#
# A loss says how badly a model answers. Now you make it answer better. The method dates from 1847,
# fits on one line, and its descendants train nearly every neural network today: feel which way is
# down, take a small step, repeat.
#
# **After this lesson you can**
#
# - feel out the slope of any loss with differences, and say why the step must be neither long nor
#   tiny;
# - take a step of gradient descent by hand and in code;
# - keep the path of a descent, and stop when the ground is flat;
# - fit a line to real patients by gradient descent, and check it against the exact answer.
#
# **You need** lesson 1: mean squared error, slopes, and the chain rule.
#
# **About 40 minutes** to read and play, about 30 more to write five short functions in
# `course/gradient_descent.py`.

# %% [markdown]
# Run this cell first. It loads NumPy, your module and the checks, and makes the notebook notice
# each time you save the module.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import gradient_descent

# %% [markdown]
# ## A walk in the dark
#
# You stand on a hillside, blindfolded, and want to get down into the valley. You can't see it. But
# you can feel how the ground tilts under your feet. So you take a small step the way it falls, and
# feel again. Where the ground is flat, you stop.
#
# That is **gradient descent**. The words change, the walk stays the same:
#
# | on the hill | in a model |
# |:--|:--|
# | where you stand | the **weights**: the numbers inside the model that learning changes |
# | how high you are | the loss with these weights |
# | the tilt under your feet | the **gradient** |
# | how long a step you take on a given tilt | the **learning rate** |
#
# Here is such a hill, for a model with a single weight.

# %%
from lab.pictures.gradient_descent import slopes_underfoot

slopes_underfoot()

# %% [markdown]
# Read three things off the picture. A negative slope means that downhill is to the right, a
# positive one that it is to the left: always *against* the sign. A steep slope means that there is
# much to gain. And a slope of zero says "flat" and nothing more: it is the same on a hilltop as in
# a valley, and the same in the shallow valley as in the deep one. A blindfolded walker can't
# tell the difference. (With two weights there is one more flat place, the *saddle*: a mountain pass,
# which is lowest along the ridge and highest on the way across.)

# %% [markdown]
# ## Feel the slope
#
# In lesson 1 you nudged a prediction and watched the loss respond. Take the loss $-\ln p$, which
# is cross-entropy for a target of 1. At $p = 0.5$ its slope is $-1/p = -2$. We know the answer, so
# we can see how well a nudge finds it. Why should it find it at all? Look through a magnifier:

# %%
from lab.pictures.gradient_descent import zoom_until_straight

zoom_until_straight()

# %% [markdown]
# Close enough, a smooth curve can't be told from a straight line, its tangent. And the slope of a
# line is rise over run, between any two of its points.
#
# The **forward difference** takes the points $p$ and $p + h$. The **central difference** takes
# $p - h$ and $p + h$, one on either side:
#
# $$\text{forward} = \frac{L(p + h) - L(p)}{h} \qquad
# \text{central} = \frac{L(p + h) - L(p - h)}{2h}$$
#
# Both with a step of $h = 0.1$:


# %%
def loss(p):
    return -np.log(p)


forward = (loss(0.6) - loss(0.5)) / 0.1
central = (loss(0.6) - loss(0.4)) / 0.2
assert np.allclose([forward, central], [-1.823, -2.027], atol=5e-4)
print(f"forward {forward:.3f}, central {central:.3f}")

# %% [markdown]
# The true slope is $-2$. Forward misses by 0.177, central by 0.027. Now shorten the step to a
# tenth, $h = 0.01$:

# %%
forward = (loss(0.51) - loss(0.5)) / 0.01
central = (loss(0.51) - loss(0.49)) / 0.02
assert np.allclose([forward + 2, central + 2], [0.0197, -0.0003], atol=5e-5)
print(f"forward misses by {forward + 2:.4f}, central by {central + 2:.4f}")

# %% [markdown]
# Forward has become ten times better, central a hundred times. Why? Take a curve that can be
# multiplied out, $p^3$, whose slope is $3p^2$:
#
# $$(p \pm h)^3 = p^3 \pm 3p^2 h + 3p h^2 \pm h^3$$
#
# For the forward difference subtract $p^3$ and divide by $h$: $3p^2 + 3ph + h^2$. What is too much
# there shrinks as $h$ does. For the central difference subtract one side from the other. The bend,
# $3ph^2$, is the same on both and cancels. Divided by $2h$, $3p^2 + h^2$ is left, with an error that
# shrinks as $h^2$ does.

# %%
p, h = 2.0, 0.1  # the slope there is 3 · 2² = 12
assert np.isclose(((p + h) ** 3 - p**3) / h, 12 + 3 * p * h + h**2)
assert np.isclose(((p + h) ** 3 - (p - h) ** 3) / (2 * h), 12 + h**2)

# %% [markdown]
# Every smooth loss behaves so when the step is short. That is Taylor's formula, in which $L'$ is the
# slope at $p$, $L''$ the bend (how fast the slope changes), and $L'''$ how fast the bend changes:
#
# $$L(p \pm h) = L(p) \pm h L' + \tfrac{1}{2} h^2 L'' \pm \tfrac{1}{6} h^3 L''' + \dots$$
#
# Forward differences are off by about $\tfrac{1}{2} h L''$, central ones by $\tfrac{1}{6} h^2 L'''$.
# This is called **truncation error**: we cut the sum off.
#
# Then why not take $h = 10^{-15}$? Because a float holds about 16 digits. Two losses that lie so
# close together agree in nearly all of them, and their difference is made of the last digit or
# two, which are rounded. That **rounding error** of some $10^{-16}$ is then divided by $2h$, and
# grows as $h$ shrinks. Here are both errors, computed now, for 300 steps from $10^{-14}$ to 0.2:

# %%
from lab.pictures.gradient_descent import difference_errors

difference_errors(loss, 0.5, -2.0)

# %% [markdown]
# Read it from right to left. At first each curve falls as the step shrinks: truncation error,
# steeper for central. Then both climb again: rounding error. The best step lies in between, and
# central differences reach a floor that forward differences never see. A step of $10^{-5}$ is
# close to the bottom for losses and weights of ordinary size, so that is your default.

# %% [markdown]
# ## One slope for each weight
#
# A model has many weights. Nudge one, hold all the others still, and you get the slope for that
# one. Do so for each weight in turn. The slopes together, in an array of the shape of the weights,
# are the gradient.
#
# Take two weights and the loss $w_0^2 + 3 w_0 w_1$, at the point $(1, 2)$. This is the slope for
# the first weight:


# %%
def loss_of_two(w):
    return w[0] ** 2 + 3 * w[0] * w[1]


step = 1e-5
weights = np.array([1.0, 2.0])
above, below = weights.copy(), weights.copy()
above[0] += step
below[0] -= step
slope = (loss_of_two(above) - loss_of_two(below)) / (2 * step)
assert np.isclose(slope, 2 * 1 + 3 * 2)
print(f"{slope:.6f}")

# %% [markdown]
# Differentiate with $w_1$ held still, and you find $2 w_0 + 3 w_1 = 8$: it agrees. In the same way
# the slope for the second weight is $3 w_0 = 3$, so the gradient at $(1, 2)$ is $(8, 3)$.
#
# Two details decide whether this works in general.
#
# **Nudge a copy.** `above = weights` would be a second name for the same array. The nudge would
# stay in it, and the next slope would be felt at another place.
#
# **Start from floats.** An array of integers throws the nudge away, without a word:

# %%
whole = np.array([1, 2])
whole[0] += 1e-5
assert whole[0] == 1
whole

# %% [markdown]
# Weights come in many shapes: a vector, a matrix, a stack of matrices. `np.ndindex(shape)` visits
# the position of every element, whatever the shape, and `above[position]` takes each:

# %%
positions = list(np.ndindex(2, 2))
assert positions == [(0, 0), (0, 1), (1, 0), (1, 1)]
positions

# %% [markdown]
# ### Write it: numerical_gradient
#
# In `course/gradient_descent.py`; the docstring there is the full assignment. For each position,
# make two copies of the weights, nudge one up by `step` and the other down, evaluate `loss` at
# both, and store the central difference at the same position of the result. So `loss` is called
# twice for each weight, with an array of the full shape each time, and at no other point.

# %%
check("numerical_gradient")

# %% [markdown]
# ## The same slope, exactly
#
# Two evaluations for each weight: for a model with a million weights that makes two million
# evaluations of the loss, for a single step. To walk, we want the gradient from a formula. To
# *check* the formula, your numerical gradient is the best tool there is, and you will use it all
# through this course.
#
# For the parabola $L(w) = (w - 3)^2$ the chain rule gives the slope $2(w - 3)$. At $w = 0$ that is
# $-6$. The difference agrees:

# %%
w, step = 0.0, 1e-5
slope = ((w + step - 3) ** 2 - (w - step - 3) ** 2) / (2 * step)
assert np.isclose(slope, 2 * (w - 3))
print(f"{slope:.6f}")

# %% [markdown]
# With two weights the gradient is an arrow. Draw the loss as a map, with contour lines that join
# places of the same loss:

# %%
from lab.pictures.gradient_descent import gradient_arrows

gradient_arrows()

# %% [markdown]
# Along a contour the loss doesn't change, so the steepest way crosses it at a right angle. The
# gradient points along it, uphill. **Minus the gradient points downhill**, and the arrow is longer
# where the slope is steeper. See also what it does not do: it doesn't point straight at the lowest
# place. It knows the ground under your feet, and nothing else.

# %% [markdown]
# ## One step
#
# So step against the gradient, and let the learning rate $\alpha$ decide how far:
#
# $$w \;\leftarrow\; w - \alpha \cdot \text{gradient}$$
#
# Three steps by hand, on the parabola $(w - 3)^2$, from $w = 0$, with $\alpha = 0.25$:
#
# | step | weight | gradient $2(w - 3)$ | $-\,0.25 \cdot$ gradient | new weight | new loss |
# |--:|--:|--:|--:|--:|--:|
# | 1 | 0 | −6 | +1.5 | 1.5 | 2.25 |
# | 2 | 1.5 | −3 | +0.75 | 2.25 | 0.5625 |
# | 3 | 2.25 | −1.5 | +0.375 | 2.625 | 0.1406 |

# %%
from lab.pictures.gradient_descent import three_steps

path = [0.0]
for _ in range(3):
    path.append(path[-1] - 0.25 * 2 * (path[-1] - 3))
assert path == [0.0, 1.5, 2.25, 2.625]
assert np.allclose([(w - 3) ** 2 for w in path], [9, 2.25, 0.5625, 0.1406], atol=5e-5)
three_steps(path)

# %% [markdown]
# Nobody told the steps to become shorter. The learning rate stayed at 0.25; the slope became
# gentler. On this parabola each step halves the distance to 3, and so quarters the loss.
#
# A rule that turns a gradient into the next weights is called an **optimizer**. This is the
# plainest of them. Lesson 4 has four more.

# %% [markdown]
# ### Write it: gradient_step
#
# One step, for weights and a gradient of any shape: `weights − learning_rate · gradient`. Turn both
# into float arrays first, so that lists work. Return a new array. The short form
# `weights -= …` would overwrite the array of whoever called you.

# %%
check("gradient_step")

# %% [markdown]
# **Predict.** Now walk. The experiment feels the slope with your `numerical_gradient`, moves with
# your `gradient_step`, and draws the slope as a tangent. There are three hills. First, on the
# parabola: the steps of the table halve the distance; which learning rate would arrive in one
# step? Then take the hill with two valleys, which you know from the first picture: where will a
# walk from the right edge end, and where one from the left edge? Last, the plain: will the first
# steps be the longest, as they were on the parabola?

# %%
from lab import walk_the_hill

walk_the_hill(gradient_descent.numerical_gradient, gradient_descent.gradient_step)

# %% [markdown]
# **What to see.** On the parabola 0.5 arrives in one step: from 0, the step is $-0.5 \cdot (-6) =
# 3$. With two valleys and a small learning rate, each walk ends on its own side of the hilltop,
# deep valley or not: the start decides. On the plain the first steps are short, though the loss
# is high and the valley far away. A step is as long as the slope says. It knows nothing of how far
# there is to go.

# %% [markdown]
# ## The walk
#
# One step, then the next, from where the last one ended. Keep every point on the way, because the
# path tells how the walk went:
#
# $$\text{path}_0 = \text{start}, \qquad
# \text{path}_{k+1} = \text{path}_k - \alpha \cdot \text{gradient}(\text{path}_k)$$
#
# Note what has changed: `gradient` is now a *function*. You call it at each point that you reach.
# For `steps` steps there are `steps + 1` points, because the start counts. Stacked into one array,
# 10 steps with two weights have the shape (11, 2), with the start in row 0:

# %%
start = np.array([4.0, 2.0])
path = np.empty((10 + 1, *start.shape))
path[0] = start
assert path.shape == (11, 2)
path[0]

# %% [markdown]
# `*start.shape` unpacks the shape, so the same line serves for weights of any shape.
#
# ### Write it: gradient_descent
#
# Fill the path, one row a step, and return it. Call `gradient` exactly `steps` times. At the last
# point there is nothing left to decide, so nobody asks for a slope there. With 0 steps the path is
# the start alone. You may call your own `gradient_step`.

# %%
check("gradient_descent")

# %% [markdown]
# ## When is it flat?
#
# How many steps are enough? Ask the ground. Where the gradient is short, it is flat, and you may
# stop. How long is a gradient with many entries? Square them all, add up, take the root:
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum g_i^2}$$
#
# This is its **Euclidean norm**. The gradient $(3, -4)$ has the length $\sqrt{9 + 16} = 5$.
# `np.linalg.norm(g)` computes it over all elements, for a matrix too:

# %%
assert np.linalg.norm(np.array([3.0, -4.0])) == 5
assert np.linalg.norm(np.array([[1.0, 1.0], [1.0, 1.0]])) == 2

# %% [markdown]
# Floats will hardly ever give exactly zero, so we stop at a **tolerance**, here $10^{-6}$. On the
# parabola, from $w = 0$, the gradient starts at $-6$ and halves at each step. After $k$ steps its
# length is $6 / 2^k$, and that has to fall to $10^{-6}$:

# %%
assert 6 / 2**22 > 1e-6 >= 6 / 2**23
print(f"{6 / 2**22:.2e} after 22 steps, {6 / 2**23:.2e} after 23")

# %% [markdown]
# So 23 steps. A walk may also never become flat, and that can happen in two ways.
#
# - It crawls. Then a limit ends it: after `max_steps` steps you return where you are.
# - It runs away. With too high a learning rate the weights grow at every step, until the gradient
#   overflows to `inf`, or turns into `nan`, "not a number". There is no sense in walking on.
#
# The second needs care, because `nan` answers every comparison with no:

# %%
not_a_number = np.inf - np.inf
assert not (not_a_number <= 1e-6)
assert not np.isfinite(not_a_number)

# %% [markdown]
# A loop that only asks "is it flat?" would walk on with `nan` to the very end. So ask first whether
# all entries are finite: `np.all(np.isfinite(g))`.
#
# ### Write it: descend_until_flat
#
# At each point, in this order: compute the gradient; if an entry is not finite, raise
# `ArithmeticError`, Python's error for a computation that went wrong; if the norm is at most
# `tolerance`, return; else take a step. Return a pair, the weights and the number of steps taken.
# A start that is already flat takes 0 steps. After `max_steps` steps, there is no need to ask again.

# %%
check("descend_until_flat")

# %% [markdown]
# ## A line through 332 patients
#
# Time for real data. For 442 patients with diabetes, doctors noted ten measurements, and one
# year later how far the disease had progressed. The table comes with scikit-learn (Efron and
# others, 2004). We learn from 332 of the patients and set 110 aside.
#
# Each measurement has been **standardized**: we subtract its mean and divide by its standard
# deviation. So 0 is an average patient, and 1 is one standard deviation above.

# %%
from lab import load_diabetes

patients = load_diabetes()
features, targets = patients.train
assert features.shape == (332, 10)
patients.feature_names

# %% [markdown]
# First a single measurement, the body mass index (BMI), and a model with two weights, the height
# and the slope of a line:
#
# $$\text{prediction} = w_0 + w_1 \cdot \text{BMI}$$
#
# The loss is the mean squared error. Nudge $w_0$, and every prediction moves at the rate 1. Nudge
# $w_1$, and each moves at the rate of its patient's BMI. So, by the chain rule, the two slopes
# are the means of $2 \cdot \text{error} \cdot 1$ and $2 \cdot \text{error} \cdot \text{BMI}$. That
# is all we need to walk:

# %%
bmi = features[:, 2]
path = [np.zeros(2)]
for _ in range(50):
    error = path[-1][0] + path[-1][1] * bmi - targets
    slopes = np.array([np.mean(2 * error), np.mean(2 * error * bmi)])
    path.append(path[-1] - 0.1 * slopes)

# %%
from lab.pictures.gradient_descent import line_through_patients

line_through_patients(bmi, targets, path)

# %% [markdown]
# At the left, the line starts flat on the ground and climbs into the cloud of patients. At the
# right, the same walk seen on the loss: the two weights go straight to the lowest point. The
# contours are circles here, since standardizing has made both directions equally steep.
#
# For a line, statistics knows the answer without any walk: **least squares**. It agrees.

# %%
slope, height = np.polyfit(bmi, targets, deg=1)
assert np.allclose(path[-1], [height, slope], atol=0.01)
assert np.allclose(path[-1], [154.1, 48.1], atol=0.05)
path[-1]

# %% [markdown]
# An average patient has a progression of 154. One standard deviation more BMI goes with 48 more.
# ("Goes with", not "causes": a table can't tell the two apart.)

# %% [markdown]
# ## All ten at once
#
# With $d$ features the prediction for one patient is $x_1 w_1 + \dots + x_d w_d$. For all $n$
# patients together it is one matrix product, `features @ weights`: shape $(n, d)$ times $(d,)$
# gives $(n,)$.
#
# Nudge weight $j$. The prediction for patient $i$ moves at the rate $x_{ij}$. The loss moves with
# that prediction at the rate $\frac{2}{n} \cdot \text{error}_i$, as in lesson 1. Multiply, and add
# up over the patients:
#
# $$\text{gradient}_j = \frac{2}{n} \sum_{i=1}^{n} x_{ij} \cdot \text{error}_i
# \qquad\text{or, for all weights,}\qquad
# \text{gradient} = \frac{2}{n}\, X^{\mathsf T} (X w - t)$$
#
# $X^{\mathsf T}$, in NumPy `features.T`, is the table turned on its side: one row for each weight,
# so that its product with the errors gives one slope for each weight.
#
# Two examples by hand. With the rows $(1, 2)$ and $(1, -1)$, weights $(1, 1)$ and targets
# $(2, 1)$, the predictions are 3 and 0 and the errors $1$ and $-1$. The factor is $2/2 = 1$, and
# the slopes are $1 \cdot 1 + 1 \cdot (-1) = 0$ and $2 \cdot 1 + (-1) \cdot (-1) = 3$.

# %%
X, t = np.array([[1.0, 2.0], [1.0, -1.0]]), np.array([2.0, 1.0])
errors = X @ np.array([1.0, 1.0]) - t
assert np.array_equal(errors, [1, -1])
assert np.array_equal(X.T @ errors, [0, 3])

# %% [markdown]
# And where is the height $w_0$? Give every patient one more feature that is always 1, as in
# the first column above. Its weight is added to every prediction: that *is* the height.
#
# ### Write it: linear_regression_gradient
#
# The formula above, with weights $(d,)$, features $(n, d)$ and targets $(n,)$; the result has the
# shape of the weights. $n$ is the number of rows, `len(targets)`. Don't add the column of ones
# inside: whoever calls you decides on the features.

# %%
check("linear_regression_gradient")

# %% [markdown]
# Now the whole table: eleven weights, 3,000 steps. The next cell runs your own functions where you
# have written them. `earlier` puts the course's own in place of any that are still missing, and
# says so.

# %%
from lab import earlier

walk = earlier(gradient_descent)
X = np.column_stack([np.ones(len(features)), features])
path = walk.gradient_descent(
    lambda w: walk.linear_regression_gradient(w, X, targets), np.zeros(11), 0.1, 3000
)
losses = np.mean((path @ X.T - targets) ** 2, axis=1)
lowest = np.mean((X @ np.linalg.lstsq(X, targets)[0] - targets) ** 2)
assert np.isclose(losses[-1], lowest)
print(f"loss {losses[0]:.1f}, {losses[10]:.1f}, {losses[3000]:.4f}; least squares {lowest:.4f}")

# %%
from lab.pictures.gradient_descent import loss_above_least_squares

assert np.allclose([losses[0] - lowest, losses[10] - lowest], [27_147, 339], atol=0.5)
assert 2800 < np.argmax(losses < lowest + 0.001) < 2850
loss_above_least_squares(losses, lowest)

# %% [markdown]
# Ten steps go nearly all the way down: the loss starts 27,000 above the lowest one that there is,
# and then lies 339 above it. From there the walk crawls, and only after 2,800 steps is no more than
# 0.001 left. The line with one measurement showed nothing of the kind. Some of the ten measure
# almost the same thing, such as total cholesterol and LDL cholesterol, and that makes a valley with
# steep walls and a floor that hardly falls. Lesson 3 explains it.
#
# Last, the honest test: the 110 patients that the walk has never seen.

# %%
X_test = np.column_stack([np.ones(110), patients.test.features])
test_losses = np.mean((path @ X_test.T - patients.test.targets) ** 2, axis=1)
mean_only = np.mean((targets.mean() - patients.test.targets) ** 2)
typical_errors = np.sqrt([mean_only, test_losses[10], test_losses[-1]])
assert np.allclose(typical_errors, [73.5, 58.9, 58.8], atol=0.05)
typical_errors

# %% [markdown]
# These are typical errors, the roots of three losses: 73.5 for whoever predicts the same mean for
# everyone, 58.9 after ten steps, 58.8 after 3,000. On patients that it has never seen, the walk
# had gained nearly everything after ten steps. The long crawl to the exact answer bought them
# next to nothing. Keep that in mind when you decide how flat is flat enough.

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("2_gradient_descent")

# %% [markdown] tags=["reflection"]
# **To think about.** A friend's `descend_until_flat` reports flat ground after 40 steps, but the
# loss is still high. Name two different places where the walk may have ended. Which small
# experiment would tell them apart?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %% [markdown]
# ## Recap
#
# - Gradient descent walks blindfolded: feel the slope, step against it, repeat, stop when it is
#   flat.
# - The gradient holds one slope for each weight. It points uphill, at right angles to the contour.
# - Central differences feel the slope out. Too long a step suffers from the bend of the curve, too
#   short a step from rounding; $10^{-5}$ is a good default.
# - The exact gradient comes from the chain rule and costs far less. Differences are there to check
#   it.
# - One step is $w \leftarrow w - \alpha \cdot \text{gradient}$. With a fixed learning rate the
#   steps shrink as the slope does.
# - Flat means a short gradient: the bottom of a valley, or a hilltop, or a saddle.
# - A linear model with mean squared error has the gradient $\frac{2}{n} X^{\mathsf T}(Xw - t)$.
#
# ## Key terms
#
# - **Weights**: the numbers inside a model that learning changes.
# - **Gradient**: the slopes of the loss, one for each number that can be nudged: it points to where
#   the loss rises most steeply.
# - **Gradient descent**: walking downhill on the loss: take a small step against the gradient,
#   again and again, until the ground is flat.
# - **Learning rate**: the positive number that the gradient is multiplied by to give the step.
# - **Optimizer**: the rule that turns a gradient into the next weights.
#
# ## What we left out
#
# - **Gradients by machine.** Libraries differentiate programs exactly and automatically. Lesson 5
#   shows the idea behind it, backpropagation.
# - **Choosing each step anew.** A line search tries several lengths for every step and keeps a
#   good one. Second-order methods, such as Newton's, also use how the slope changes.
# - **Why not least squares?** For a linear model the exact solution is the better tool. Gradient
#   descent earns its place where no formula for the lowest point exists, which is nearly
#   everywhere else.
# - **Proofs.** Under which conditions does the walk arrive, and how fast? Nesterov's book has the
#   theorems; lesson 3 proves the case of a bowl.
#
# ## Sources
#
# - A. Cauchy (1847), Méthode générale pour la résolution des systèmes d'équations simultanées,
#   *Comptes rendus de l'Académie des sciences* 25, 536–538: the first gradient descent.
# - J. Nocedal & S. J. Wright (2006), *Numerical Optimization*, 2nd edition, Springer, chapter 3 and
#   section 8.1 (differences, truncation and rounding),
#   [doi:10.1007/978-0-387-40065-5](https://doi.org/10.1007/978-0-387-40065-5).
# - Y. Nesterov (2004), *Introductory Lectures on Convex Optimization*, Springer, section 1.2.3,
#   [doi:10.1007/978-1-4419-8853-9](https://doi.org/10.1007/978-1-4419-8853-9).
# - L. Bottou, F. E. Curtis & J. Nocedal (2018), Optimization Methods for Large-Scale Machine
#   Learning, *SIAM Review* 60(2), 223–311,
#   [doi:10.1137/16M1080173](https://doi.org/10.1137/16M1080173).
# - B. Efron, T. Hastie, I. Johnstone & R. Tibshirani (2004), Least Angle Regression, *Annals of
#   Statistics* 32(2), 407–499,
#   [doi:10.1214/009053604000000067](https://doi.org/10.1214/009053604000000067): the patients.
