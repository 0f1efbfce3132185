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
# A loss says how badly a model answers. Now you make it answer better. The method dates from 1847
# (Cauchy), fits on one line, and its descendants train neural networks today: find out which way is
# down, take a small step, repeat.
#
# **After this lesson you can**
#
# - estimate the slope of any loss with differences, and say why the nudge must be neither too large
#   nor too small;
# - take a step of gradient descent by hand and in code;
# - keep the path of a descent, and stop when the ground is flat;
# - derive the gradient of a linear model, and fit it to real patients.
#
# **You need** lesson 1: mean squared error, slopes, and the chain rule.
#
# **About 35 minutes** to read and play, about 35 more to write five short functions in
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
# ## What do you remember?
#
# Three questions from earlier lessons. Answer before you look anything up.

# %%
from lab import recall

recall("2_gradient_descent")

# %% [markdown]
# ## A walk in the dark
#
# You stand on a hillside, blindfolded, and want to get down into the valley. You can't see it, but
# you can feel how the ground tilts under your feet. So you take a small step downhill, and feel
# again. Where the ground is flat, you stop.
#
# That is **gradient descent**, and it is what the archer's hand does with the bow.
#
# | on the hill | on the range | in a model |
# |:--|:--|:--|
# | where you stand | how the bow is set | the **weights**: the numbers inside the model that learning changes |
# | how high you are | how far from the center the arrow lands | the loss with these weights |
# | the tilt under your feet | how a small turn of the bow moves the arrow | the **gradient** |
# | how long a step you take on a given tilt | how boldly the hand corrects | the **learning rate** |
# | the rule by which you walk | the hand | the **optimizer** |
#
# Here is such a hill, for a model with a single weight. The lowest point is the goal.

# %%
from lab.pictures.gradient_descent import slopes_underfoot

slopes_underfoot()

# %% [markdown]
# The picture says three things. A negative slope means that downhill is to the right, a positive
# one that it is to the left: always *against* the sign. A steep slope means that a short step
# changes the loss a lot; it does not say how far away the goal is. And a slope of zero says “flat”
# and nothing more: it is the same on a hilltop as in a valley, and the same in the shallow valley
# as at the goal. A blindfolded walker can't tell the difference. (With two weights there is one
# more kind of flat place, the *saddle*: a mountain pass, which is the lowest point along the ridge
# and the highest on the way across.)

# %% [markdown]
# ## Estimate the slope
#
# In lesson 1 you nudged a prediction and watched the loss respond. Take the loss $-\ln p$, which is
# cross-entropy for a target of 1. At $p = 0.5$ its slope is $-1/p = -2$. We know the answer, so we
# can see how well a nudge finds it. Why should it find it at all? Look through a magnifier:

# %%
from lab.pictures.gradient_descent import zoom_until_straight

zoom_until_straight()

# %% [markdown]
# Seen from close enough, a smooth curve looks like a straight line, its tangent. And the slope of a
# line is rise over run, between any two of its points. The **forward difference** takes the points
# $p$ and $p + h$, where $h$ is the nudge. The **central difference** takes $p - h$ and $p + h$:
#
# $$\text{forward} = \frac{L(p + h) - L(p)}{h} \qquad
# \text{central} = \frac{L(p + h) - L(p - h)}{2h}$$
#
# How far off is each of them, for a nudge of 0.1 and for one of 0.01?


# %%
def loss(p):
    return -np.log(p)


h = np.array([0.1, 0.01])
forward = (loss(0.5 + h) - loss(0.5)) / h
central = (loss(0.5 + h) - loss(0.5 - h)) / (2 * h)
assert np.allclose(forward + 2, [0.1768, 0.0197], atol=5e-5)
assert np.allclose(central + 2, [-0.0273, -0.0003], atol=5e-5)
print("forward misses by", (forward + 2).round(4))
print("central misses by", (central + 2).round(4))

# %% [markdown]
# With a tenth of the nudge, forward gets about ten times better, and central about a hundred times.
# Why? Take a curve that can be multiplied out, $p^3$, whose slope is $3p^2$:
#
# $$(p \pm h)^3 = p^3 \pm 3p^2 h + 3p h^2 \pm h^3$$
#
# For the forward difference, subtract $p^3$ and divide by $h$: $3p^2 + 3ph + h^2$. The excess
# shrinks as $h$ does. For the central difference, subtract one side from the other. The bend,
# $3ph^2$, is the same on both and cancels. Divided by $2h$, $3p^2 + h^2$ is left, with an error
# that shrinks as $h^2$ does. Other smooth curves behave in the same way when $h$ is small, by
# Taylor's formula. This error is called **truncation error**.

# %%
p, h = 2.0, 0.1  # the slope there is 3 · 2² = 12
assert np.isclose(((p + h) ** 3 - p**3) / h, 12 + 3 * p * h + h**2)
assert np.isclose(((p + h) ** 3 - (p - h) ** 3) / (2 * h), 12 + h**2)

# %% [markdown]
# Then why not take $h = 10^{-15}$? Because a float holds about 16 digits. Two losses that are so
# close together agree in nearly all of them, and their difference is made of the last digit or two,
# which are rounded. That **rounding error** of some $10^{-16}$ is then divided by $2h$, and grows
# as $h$ shrinks. Here are both errors, computed now, for 300 nudges from $10^{-14}$ to 0.2:

# %%
from lab.pictures.gradient_descent import difference_errors

difference_errors(loss, 0.5, -2.0)

# %% [markdown]
# Read it from right to left. At first each curve falls as the nudge shrinks: truncation error,
# steeper for central. Then both climb again: rounding error. The best nudge is in between, and
# central differences get down to a floor that forward differences never reach. A nudge of $10^{-5}$
# is close to the bottom for losses and weights of ordinary size, so that is your default.

# %% [markdown]
# ## One slope for each weight
#
# A model has many weights. Nudge one, hold all the others still, and you get the slope for that
# one. Do so for each weight in turn. The slopes together, in an array of the shape of the weights,
# are the gradient. Take two weights and the loss $w_0^2 + 3 w_0 w_1$, at the point $(1, 2)$. This
# is the slope for the first weight:


# %%
def loss_of_two(w):
    return w[0] ** 2 + 3 * w[0] * w[1]


h, weights = 1e-5, np.array([1.0, 2.0])
above, below = weights.copy(), weights.copy()
above[0] += h
below[0] -= h
slope = (loss_of_two(above) - loss_of_two(below)) / (2 * h)
assert np.isclose(slope, 2 * 1 + 3 * 2)
print(f"{slope:.6f}")

# %% [markdown]
# Differentiate with $w_1$ held still, and you find $2 w_0 + 3 w_1 = 8$: it agrees. In the same way
# the slope for the second weight is $3 w_0 = 3$, so the gradient at $(1, 2)$ is $(8, 3)$.
#
# Two details decide whether this works in general. **Nudge a copy**: `above = weights` would be a
# second name for the same array, and the nudge would stay in it. **Start from floats**: an array of
# integers throws the nudge away, without a word.

# %%
whole = np.array([1, 2])
whole[0] += 1e-5
assert whole[0] == 1
whole

# %% [markdown]
# ### Write it: numerical_gradient
#
# Weights come in many shapes: a vector, a matrix, a stack of matrices. `np.ndindex(weights.shape)`
# visits the position of every element, whatever the shape, and `above[position]` takes each. For
# each position, make two copies of the weights, nudge one up and the other down, evaluate `loss` at
# both, and store the central difference at the same position of the result. So `loss` is called
# twice for each weight, with an array of the full shape each time, and nowhere else. The nudge $h$
# is called `step` in the function's arguments.

# %%
check("numerical_gradient")

# %% [markdown]
# ## The same slope, exactly
#
# Each weight takes two evaluations of the loss. With a million weights that is two million of them,
# for a single step. So to walk, we want the gradient from a formula. To *check* the formula, your
# numerical gradient is the best tool there is, and you will use it all through this course.
#
# With two weights the gradient is an arrow. Draw the loss as a map, with contour lines that join
# places with the same loss:

# %%
from lab.pictures.gradient_descent import gradient_arrows

gradient_arrows()

# %% [markdown]
# Along a contour the loss doesn't change, so the steepest way crosses it at a right angle. The
# gradient points along it, uphill. **Minus the gradient points downhill**, and the arrow is longer
# where the slope is steeper. But it doesn't point straight at the goal: it knows the ground under
# your feet, and nothing else.

# %% [markdown]
# ## One step
#
# So step against the gradient, and let the learning rate, written $\eta$ (eta), decide how far:
#
# $$w \;\leftarrow\; w - \eta \cdot \text{gradient}$$
#
# For the parabola $L(w) = (w - 3)^2$ the slope is $2(w - 3)$. Three steps by hand, from $w = 0$,
# with $\eta = 0.25$:
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
heights = [(w - 3) ** 2 for w in path]
assert np.allclose(heights, [9, 2.25, 0.5625, 0.1406], atol=5e-5)
three_steps(path)

# %% [markdown]
# Nobody told the steps to become shorter. The learning rate stayed at 0.25; the slope became
# gentler. On this parabola each step halves the distance to 3, and so quarters the loss.
#
# A rule that turns a gradient into the next weights is called an **optimizer**. This is the
# plainest of them. Lesson 4 has others.

# %% [markdown]
# ### Write it: gradient_step
#
# One step, for weights and a gradient of any shape: `weights − learning_rate · gradient`. Turn both
# into float arrays first, so that lists work. Return a new array. The short form `weights -= …`
# would overwrite the caller's array.

# %%
check("gradient_step")

# %% [markdown]
# **Predict.** Now walk. The experiment finds the slope with your `numerical_gradient`, moves with
# your `gradient_step`, and draws the slope as a tangent. There are three hills. On the parabola the
# steps in the table halved the distance; the experiment asks which learning rate arrives in one
# step. On the hill with two valleys, which you know from the first picture: where will a walk from
# the right edge end, and where one from the left edge? And on the plain: will the first steps be
# the longest, as they were on the parabola?

# %%
from lab import walk_the_hill

walk_the_hill(gradient_descent.numerical_gradient, gradient_descent.gradient_step)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# On the parabola 0.5 arrives in one step: from 0, the step is $-0.5 \cdot (-6) = 3$. With two
# valleys and a small learning rate, each walk ends on its own side of the hilltop, goal or not: the
# start decides. On the plain the first steps are short, though the loss is high and the goal far
# away. A step is as long as the slope says. It knows nothing of how far there is to go.
#
# </details>

# %% [markdown]
# ---
# **A good place to stop.** You can find a slope and take a step. When you come back, run the
# notebook from its top (menu *Run*, *Run All Cells*); what you wrote is there. Next come whole
# walks, and a line through real patients.
#
# ---

# %% [markdown]
# ## The walk
#
# One step, then the next, from where the last one ended. Keep every point on the way, because the
# path tells how the walk went:
#
# $$\text{path}_0 = \text{start}, \qquad
# \text{path}_{k+1} = \text{path}_k - \eta \cdot \text{gradient}(\text{path}_k)$$
#
# Something has changed: `gradient` is now a *function*. You call it at each point that you reach.
# After $k$ steps there are $k + 1$ points, because the start counts. Stacked into one array, 10
# steps with two weights have the shape (11, 2), with the start in row 0:

# %%
start = np.array([4.0, 2.0])
path = np.empty((10 + 1, *start.shape))
path[0] = start
assert path.shape == (11, 2)
path[0]

# %% [markdown]
# ### Write it: gradient_descent
#
# Fill the path, one row a step, and return it. `*start.shape` unpacks the shape, so the line above
# works for weights of any shape. Call `gradient` exactly `steps` times: at the last point there is
# nothing left to decide. With 0 steps the path is only the start. You may call your own
# `gradient_step`.

# %%
check("gradient_descent")

# %% [markdown]
# ## Find the cause
#
# A friend walks down a bowl with the slopes $2(w_0 - 3)$ and $2(w_1 - 3)$. The goal is $(3, 3)$,
# and the learning rate, 0.1, is a sound one. Yet the walk comes to rest at $(3, 0)$, and there it
# stays.

# %%
path = np.tile([8, -4], (21, 1))  # 21 rows, each of them the start
for k in range(20):
    path[k + 1] = path[k] - 0.1 * 2 * (path[k] - 3)
assert np.array_equal(path[-1], path[-5])
path[[0, 1, 2, 3, 10, 20]]

# %% [markdown]
# Is the ground flat at $(3, 0)$? What should the next step be, and what does it become? Print what
# you suspect before you read on.

# %%
# Look for the cause here: print slopes, one step by hand, what the array is made of.

# %% [markdown]
# <details><summary>What it was</summary>
#
# The ground is not flat: the second slope is $2 \cdot (0 - 3) = -6$, so the next point should be
# $0 + 0.6$. But `np.tile([8, -4], …)` makes an array of *integers*, and whatever is stored in it
# loses what is after the decimal point: 0.6 becomes 0. It is luck that the first weight arrives at
# 3. One decimal point cures it: `[8.0, -4.0]`. A walk that rests where the slope is not zero was
# **not stopped by the ground**, so look at how the weights are stored and updated.
#
# </details>

# %% jupyter={"source_hidden": true}
# The proof. Open it when you have found the cause.
assert path.dtype.kind == "i"
path = np.tile([8.0, -4.0], (21, 1))
for k in range(20):
    path[k + 1] = path[k] - 0.1 * 2 * (path[k] - 3)
assert np.allclose(path[-1], 3, atol=0.1)
path[-1].round(3)

# %% [markdown]
# ## When is it flat?
#
# How many steps are enough? Ask the ground. Where the gradient is short, it is flat, and you may
# stop. How long is a gradient with many entries? Square them all, add up, take the root:
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum g_i^2}$$
#
# This is its **Euclidean norm**. `np.linalg.norm(g)` computes it over all elements, for a matrix
# too:

# %%
assert np.linalg.norm(np.array([3.0, -4.0])) == 5
assert np.linalg.norm(np.array([[1.0, 1.0], [1.0, 1.0]])) == 2

# %% [markdown]
# Floats will hardly ever give exactly zero, so we stop at a **tolerance**, here $10^{-6}$. On the
# parabola above, the gradient starts at $-6$ and halves at each step, so its length is $6 / 2^k$
# after $k$ steps. It takes 23 of them to reach the tolerance:

# %%
assert 6 / 2**22 > 1e-6 >= 6 / 2**23
print(f"{6 / 2**22:.2e} after 22 steps, {6 / 2**23:.2e} after 23")

# %% [markdown]
# A walk may also never reach flat ground. It may crawl: then a limit ends it. Or it may run away:
# with too high a learning rate the weights grow at every step, until the gradient overflows to
# `inf`, or turns into `nan`, “not a number”. Then there is no point in going on. Take care with
# `nan`: it answers every comparison with no.

# %%
not_a_number = np.inf - np.inf
assert not (not_a_number <= 1e-6)
assert not np.isfinite(not_a_number)

# %% [markdown]
# ### Write it: descend_until_flat
#
# At each point, in this order: compute the gradient; if an entry is not finite
# (`np.all(np.isfinite(g))` says no), raise `ArithmeticError`, Python's error for a computation that
# went wrong; if the norm is at most `tolerance`, return; otherwise take a step. Return a pair: the
# weights, in a new array, and the number of steps taken. A start that is already flat takes 0
# steps, and you return a copy of it. After `max_steps` steps, return where you are; there is no
# need to ask for the gradient again.

# %%
check("descend_until_flat")

# %% [markdown]
# ## A line through 332 patients
#
# Time for real data. For 442 patients with diabetes, doctors noted ten measurements, and one year
# later how far the disease had progressed (Efron and others, 2004). We learn from 332 of the
# patients and set 110 aside. Each measurement has been **standardized**: its mean was subtracted,
# and what was left was divided by its standard deviation. So 0 is an average patient, and 1 is one
# standard deviation above.

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
# $w_1$, and each moves at the rate of its patient's BMI. So, by the chain rule, the two slopes are
# the means of $2 \cdot \text{error} \cdot 1$ and $2 \cdot \text{error} \cdot \text{BMI}$. That is
# all we need to walk:

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
# On the left, the line starts flat at zero and climbs into the cloud of patients. On the right, the
# same walk seen on the loss: the two weights go straight to the goal. The contours are circles
# here, since standardizing has made both directions equally steep.
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
# gives $(n,)$. And where is the height $w_0$? Give every patient one more feature that is always 1.
# Its weight is added to every prediction: that *is* the height.
#
# ### Write it: linear_regression_gradient
#
# You have seen the slope of $w_1$ for one measurement. What is the slope of weight $j$, when the
# predictions move at the rate of the $j$th measurement? Write it as a sum over the patients. Then
# look for one matrix product that does all these sums at once: you have an array of shape $(n, d)$
# and errors of shape $(n,)$, and need $(d,)$. `features.T` is the table turned on its side. As
# always, make float arrays of the arguments first. Compare your function with `numerical_gradient`
# before you run the check. Don't add the column of ones inside: the caller decides on the features.

# %%
check("linear_regression_gradient")

# %% [markdown]
# Now the whole table, with eleven weights. Your `descend_until_flat` walks, once until the gradient
# is shorter than 10, and once until it is shorter than 0.01. (`earlier` puts the course's own
# functions in place of any that are still missing, and says so.)

# %%
from lab import earlier

walk = earlier(gradient_descent)
X = np.column_stack([np.ones(len(features)), features])


def patients_gradient(w):
    return walk.linear_regression_gradient(w, X, targets)


start = np.zeros(11)
rough, few = walk.descend_until_flat(patients_gradient, start, 0.1, 10)
weights, many = walk.descend_until_flat(patients_gradient, start, 0.1, 0.01)
assert (few, many) == (16, 2565)
print(f"{few} steps, {many} steps")

# %%
from lab.pictures.gradient_descent import loss_above_least_squares

path = walk.gradient_descent(patients_gradient, start, 0.1, many)
losses = np.mean((path @ X.T - targets) ** 2, axis=1)
lowest = np.mean((X @ np.linalg.lstsq(X, targets)[0] - targets) ** 2)
assert np.array_equal(path[-1], weights)
assert np.allclose(losses[[0, few]] - lowest, [27_147, 67], atol=0.5)
assert losses[-1] - lowest < 0.003
loss_above_least_squares(losses, lowest, few)

# %% [markdown]
# Sixteen steps go nearly all the way down: the loss starts 27,147 above the lowest there is, and
# sixteen steps later it is only 67 above. From there the walk crawls. The line with one measurement
# showed nothing of the kind. Some of the ten measure almost the same thing, such as total
# cholesterol and LDL cholesterol, and that makes a valley with steep walls and a floor that hardly
# falls. Lesson 3 explains it.
#
# Last, the honest test: the 110 patients that the walk has never seen. **Decide first.** Which
# weights would you give to the doctors, those after 16 steps or those after 2,565?

# %%
X_test = np.column_stack([np.ones(110), patients.test.features])
same_for_all = np.full(110, targets.mean())
answers = np.array([same_for_all, X_test @ rough, X_test @ weights])
squares = (answers - patients.test.targets) ** 2
typical_errors = np.sqrt(np.mean(squares, axis=1))
assert np.allclose(typical_errors, [73.5, 57.9, 58.8], atol=0.05)
typical_errors

# %% [markdown]
# These are typical errors, the roots of three losses: 73.5 if you predict the same mean for
# everyone, 57.9 after 16 steps, 58.8 after 2,565. For these patients the long crawl bought nothing.
# Keep that in mind when you decide how flat is flat enough.

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

# %%
from lab import model_answer

model_answer("2_gradient_descent")

# %% [markdown]
# ## Recap
#
# - Gradient descent walks blindfolded: find the slope, step against it, repeat, stop when it is
#   flat. The hand adjusts the bow.
# - The gradient holds one slope for each weight. It points uphill, at right angles to the contour.
# - Central differences estimate it. Too large a nudge suffers from the bend of the curve, too small
#   a nudge from rounding; $10^{-5}$ is a good default.
# - The exact gradient comes from the chain rule and costs far less. Differences are there to check
#   it.
# - One step is $w \leftarrow w - \eta \cdot \text{gradient}$. With a fixed learning rate the steps
#   shrink as the slope does.
# - Flat means a short gradient: the bottom of a valley, or a hilltop, or a saddle. A walk that
#   rests where the gradient is not short has a bug.

# %% [markdown]
# ## Key terms
#
# - **Weights**: the numbers inside a model that learning changes.
# - **Gradient**: the slopes of the loss, one for each number that can be nudged: it points to where
#   the loss rises most steeply.
# - **Gradient descent**: walking downhill on the loss: take a small step against the gradient,
#   again and again, until the ground is flat.
# - **Learning rate**: the positive number that the gradient is multiplied by to give the step.
# - **Optimizer**: the rule that turns a gradient into the next weights.

# %%
from lab import flash_cards

flash_cards("2_gradient_descent")

# %% [markdown]
# ## What we left out
#
# - **Gradients by machine.** Libraries differentiate programs exactly and automatically. Lesson 5
#   shows the idea behind it, backpropagation.
# - **Choosing the length of each step.** A line search tries several lengths for every step and
#   keeps a good one. Second-order methods, such as Newton's, also use how the slope changes.
# - **Why not least squares?** For a linear model the exact solution is the better tool. Gradient
#   descent earns its place where no formula for the lowest point exists.
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
#   [doi:10.1137/16M1080173](https://doi.org/10.1137/16M1080173): the descendants that train
#   networks.
# - B. Efron, T. Hastie, I. Johnstone & R. Tibshirani (2004), Least Angle Regression, *Annals of
#   Statistics* 32(2), 407–499,
#   [doi:10.1214/009053604000000067](https://doi.org/10.1214/009053604000000067): the patients.

# %% [markdown]
# **Next:** [Lesson 3 · The learning rate](3_learning_rate.ipynb). You can walk. How long should a
# step be?
