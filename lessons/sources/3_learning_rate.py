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
# # 3 · The learning rate
#
# In lesson 2 the learning rate came out of nowhere: 0.25 on a parabola, 0.1 for the patients.
# Choose it too high, and the walk is thrown out of the valley. Choose it too low, and you wait
# forever. For a bowl, this lesson finds exactly where the border is. For everything else, it shows
# how to read the answer off the losses.
#
# **After this lesson you can**
#
# - recognize a learning rate that is too high, too low or just right;
# - derive the border beyond which a descent diverges, and the rate that converges fastest;
# - say why one steep direction can make a whole descent slow;
# - judge a learning rate from the loss curve alone;
# - write a schedule that changes the learning rate while training goes on.
#
# **You need** lesson 2, and the product of a matrix with a vector.
#
# **About 40 minutes** to read and play, about 30 more to write five short functions in
# `course/learning_rate.py`.

# %% [markdown]
# Run this cell first. Its last line fetches lesson 2: your own functions where you have written
# them, and the course's own in place of any that are missing. If there are any, it says so.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import gradient_descent, learning_rate
from lab import earlier

walk = earlier(gradient_descent)

# %% [markdown]
# ## What do you remember?
#
# Three questions from earlier lessons. Answer before you look anything up.

# %%
from lab import recall

recall("3_learning_rate")

# %% [markdown]
# ## Four walks on one parabola
#
# Take the parabola of lesson 2, $(w - 3)^2$ with the gradient $2(w - 3)$. Start at $w = 0$ and walk
# 20 steps, four times, each time with another learning rate.


# %%
def slope(w):
    return 2 * (w - 3)


rates = [0.02, 0.3, 1.0, 1.05]
paths = [walk.gradient_descent(slope, [0.0], rate, 20) for rate in rates]

# %%
from lab.pictures.learning_rate import four_walks

four_walks(rates, paths)

# %% [markdown]
# - **Too low**, 0.02. Every step goes the right way and hardly gets anywhere. After 20 steps, more
#   than four tenths of the way is still left.
# - **Just right**, 0.3. Fast enough, careful enough: it is soon there, and further steps hardly
#   change the loss. This is **convergence**.
# - **Too high**, 1.05. The slope is steep, the step is long, and it carries you across the valley
#   and up the other side, a little higher than before. There the slope is steeper still, so the
#   next jump is longer. The loss grows, faster and faster. This is **divergence**.
# - Between the last two is a **border**. At 1.0 each jump lands exactly as high as it started,
#   forever.

# %%
too_high = paths[3].ravel()
assert np.allclose(too_high[:4], [0, 6.3, -0.63, 6.993])
assert np.allclose(paths[2].ravel()[:4], [0, 6, 0, 6])
assert 0.4 < (3 - paths[0][-1, 0]) / 3 < 0.45

# %% [markdown]
# ## Where the border is
#
# Is it a coincidence that the border is a round number? Don't look at the weight, look at the
# **error** $e = w - 3$: how far the weight is from the lowest point, with a minus sign to the left
# of it. The slope is $2e$. One step turns the error into
#
# $$e_{\text{new}} = e - \eta \cdot 2e = (1 - 2\eta)\, e .$$
#
# That is the whole secret. **A step multiplies the error by a fixed factor**, here $1 - 2\eta$.
#
# | learning rate $\eta$ | factor $1 - 2\eta$ | errors, from $-3$ |
# |--:|--:|:--|
# | 0.02 | 0.96 | −3, −2.88, −2.76, … slow |
# | 0.25 | 0.5 | −3, −1.5, −0.75, … halves, as in lesson 2 |
# | 0.5 | 0 | −3, 0: there in one step |
# | 0.75 | −0.5 | −3, 1.5, −0.75, … changes sides, shrinks |
# | 1 | −1 | −3, 3, −3, … forever |
# | 1.05 | −1.1 | −3, 3.3, −3.63, … grows |

# %%
for rate, errors in (
    (0.02, [-3, -2.88, -2.76]),
    (0.75, [-3, 1.5, -0.75]),
    (1.05, [-3, 3.3, -3.63]),
):
    path = walk.gradient_descent(slope, [0.0], rate, 2)
    assert np.allclose(path.ravel() - 3, errors, atol=0.005)

# %% [markdown]
# The 2 came from the parabola: it says how fast the slope changes as you move. That is the
# **curvature** of the loss, its second derivative, written $\lambda$ (lambda). A parabola
# $\tfrac{1}{2} \lambda (w - w^*)^2$ has its lowest point at $w^*$, so the error is $e = w - w^*$.
# Its slope is $\lambda e$, its curvature $\lambda$, and the factor of one step is
# $1 - \eta \lambda$.

# %%
from lab.pictures.learning_rate import factor_of_one_step

factor_of_one_step()

# %% [markdown]
# The error shrinks while the size of the factor, $|1 - \eta\lambda|$, is below 1. That is so while
# $\eta\lambda$ is between 0 and 2. So for a single parabola the border is at $2/\lambda$: the more
# sharply a valley bends, the shorter the steps must be. Just below the border the walk jumps from
# side to side and takes its time. At $\eta = 1/\lambda$ it arrives in one step.
#
# How long does it take? After $k$ steps the error has been multiplied by the factor $k$ times. To
# make it a thousand times smaller you need $|1 - \eta\lambda|^k = 1/1000$, so
# $k = \ln(1/1000) / \ln|1 - \eta\lambda|$. For the factors 0.96 and 0.5:

# %%
factors = np.array([0.96, 0.5])
steps_needed = np.log(1 / 1000) / np.log(factors)
assert np.array_equal(np.ceil(steps_needed), [170, 10])
np.ceil(steps_needed)

# %% [markdown]
# ## Steep across, flat along
#
# With one weight you could always choose $1/\lambda$. With two, the trouble begins. Take a valley
# that is flat along one weight, with curvature 1, and steep along the other, with curvature 10:
#
# $$L = \tfrac{1}{2}\left( 1 \cdot w_0^2 + 10 \cdot w_1^2 \right)$$
#
# The slope for $w_0$ is $1 \cdot w_0$, the slope for $w_1$ is $10 \cdot w_1$. Neither weight
# affects the other: each walks on its own parabola. But both must share one learning rate, so there
# are two factors, $1 - \eta \cdot 1$ and $1 - \eta \cdot 10$.

# %%
from lab.pictures.bowls import valley_walks

curvatures = np.array([1.0, 10.0])


def valley_slope(w):
    return curvatures * w


rates = [0.02, 2 / 11, 0.21]
paths = [walk.gradient_descent(valley_slope, [-10, 1], rate, 15) for rate in rates]
valley_walks(rates, paths, curvatures)

# %% [markdown]
# At 0.02 the walk drops to the floor of the valley and then creeps along it, with a factor of 0.98.
# At 0.21 it does well along the valley, with a factor of 0.79, but across it is thrown up the
# walls, with a factor of −1.1. And its loss?

# %%
losses = paths[2] ** 2 @ curvatures / 2
assert np.allclose(paths[2][3], [-10 * 0.79**3, (-1.1) ** 3])
assert losses.argmin() == 5
losses.round(2)

# %% [markdown]
# From the first step on the second weight is running away, and the loss doesn't show it: what is
# gained along the valley hides what is lost across. For five steps the loss falls, and only then
# does it grow. So **the steepest direction sets the border**, and **the flattest direction sets the
# pace.**
#
# Is there a learning rate that suits both? Draw the size of both factors against it:

# %%
from lab.pictures.bowls import two_factors

two_factors(curvatures)

# %% [markdown]
# The thick line follows the larger of the two sizes, because the slowest direction decides how long
# the walk takes. Its height is the **contraction factor**: a step multiplies the length of the
# error by this factor at most. At 0.02 it is 0.98, at 0.21 it is 1.1, and the walk diverges.

# %%
assert np.isclose(max(abs(1 - 0.02 * curvatures)), 0.98)
assert np.isclose(max(abs(1 - 0.21 * curvatures)), 1.1)

# %% [markdown]
# ## A tilted bowl
#
# Real valleys don't run along the weights. Here is the loss $w_0^2 + w_0 w_1 + w_1^2$ (its table of
# four numbers is explained in a moment):

# %%
from lab.pictures.bowls import tilted_bowl

H = np.array([[2.0, 1.0], [1.0, 2.0]])
tilted_bowl(H)

# %% [markdown]
# Turn your head, and it is an ordinary valley again. A bowl has **its own axes**, and along each of
# them it is a parabola. But the weights are mixed: change one of them, and the slope of the other
# changes too.
#
# So curvature needs a table: how fast does each slope change with each weight? This table of second
# derivatives is the **Hessian** $H$. Row $i$, column $j$ holds the change of slope $i$ as weight
# $j$ moves. Our loss has the slopes $2w_0 + w_1$ and $w_0 + 2w_1$, and so
#
# $$H = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}, \qquad \text{gradient} = H w, \qquad
# L = \tfrac{1}{2} w^{\mathsf T} H w .$$

# %%
w = np.array([1.0, 2.0])
assert np.array_equal(H @ w, [4, 5])
assert 0.5 * w @ H @ w == w[0] ** 2 + w[0] * w[1] + w[1] ** 2 == 7

# %% [markdown]
# Now find the axes in the table. Along them the gradient points straight away from the lowest
# point. Try the direction $(1, 1)$, then $(1, -1)$:

# %%
assert np.array_equal(H @ [1, 1], [3, 3])
assert np.array_equal(H @ [1, -1], [1, -1])

# %% [markdown]
# $H$ stretches $(1, 1)$ by 3 and $(1, -1)$ by 1, and turns neither. Such directions are called
# eigenvectors, and the factors 3 and 1 are the **eigenvalues** of $H$: the curvatures along the
# bowl's own axes. `np.linalg.eigvalsh` finds them for a symmetric table, in ascending order.
# Measured along these axes, each part of the error has its own factor, $1 - \eta\lambda$, as in the
# valley.

# %%
eigenvalues = np.linalg.eigvalsh(H)
assert np.allclose(eigenvalues, [1, 3])
eigenvalues

# %% [markdown]
# In the exercises the Hessian is symmetric and all its eigenvalues are greater than 0. Such a table
# is called *positive definite*; it is the table of a bowl with one lowest point.
#
# ### Write it: largest_stable_learning_rate
#
# For a single parabola you know the border. A bowl has a curvature along each of its axes, and all
# of them share one learning rate. Along which axis is the walk thrown out first? From a Hessian of
# shape $(d, d)$, return the border as a float. `np.linalg.eigvalsh` takes nested lists as well as
# arrays.

# %%
check("largest_stable_learning_rate")

# %% [markdown]
# **Predict.** Now move the slider yourself. The experiment walks with the `gradient_descent` of
# lesson 2 in the valley with curvatures 1 and 10. It asks you for a verdict on one rate. Then find
# two things: where on the slider does the walk begin to diverge, and where does that point move to
# if the valley is 40 times as steep across, instead of 10?

# %%
from lab import explore_learning_rate

explore_learning_rate(walk.gradient_descent)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Divergence begins at 0.2, and for a curvature of 40 at 0.05: always at $2/\lambda_{\max}$,
# wherever the walk starts. A little below the border the path bounces between the walls. Far below
# it, the path bends once and creeps. The steeper the valley, the narrower the stretch of the slider
# that deserves to be called just right.
#
# </details>

# %% [markdown]
# ## Find the cause
#
# A friend has a bowl with the Hessian below. Both weights have the curvature 2, she says, so the
# border is at $2/2 = 1$, and 0.7 is well below it. Fifteen steps later:

# %%
B = np.array([[2.0, 1.8], [1.8, 2.0]])
border = 2 / np.diag(B).max()
path = walk.gradient_descent(lambda w: B @ w, [1.0, 0.5], 0.7 * border, 15)
friends_losses = 0.5 * np.sum(path * (path @ B), axis=1)
assert friends_losses[-1] > 1e6 * friends_losses[0]
[f"{value:,.0f}" for value in friends_losses[[0, 1, 2, 15]]]

# %% [markdown]
# The code does what she says. What is wrong with what she says? Print what you suspect before you
# read on.

# %%
# Look for the cause here: print curvatures, directions, factors.

# %% [markdown]
# <details><summary>What it was</summary>
#
# The diagonal holds the curvatures *along the weights*: how the loss bends if one weight moves and
# the other one is held still. But the walk moves both, and the bowl is steepest along $(1, 1)$,
# where both change together: the eigenvalues are 0.2 and 3.8, so the border is at
# $2/3.8 \approx 0.53$. At 0.7 the factor along $(1, 1)$ is $1 - 0.7 \cdot 3.8 = -1.66$. **The
# largest eigenvalue is never smaller than the largest entry of the diagonal**, so this mistake
# never puts the border too low, and nearly always too high.
#
# </details>

# %% jupyter={"source_hidden": true}
# The proof. Open it when you have found the cause.
assert np.allclose(np.linalg.eigvalsh(B), [0.2, 3.8])
assert np.isclose(1 - 0.7 * 3.8, -1.66)
path = walk.gradient_descent(lambda w: B @ w, [1.0, 0.5], 0.7 * 2 / 3.8, 15)
assert np.all(np.diff(0.5 * np.sum(path * (path @ B), axis=1)) < 0)

# %% [markdown]
# ---
# **A good place to stop.** You know where the border is. When you come back, run the notebook from
# its top (menu *Run*, *Run All Cells*); what you wrote is there. Next: how fast, the patients
# again, and loss curves.
#
# ---

# %% [markdown]
# ## How fast, in the slowest direction?
#
# The border says whether a walk arrives. The contraction factor says how fast. For $H$, with the
# eigenvalues 1 and 3:
#
# | learning rate | factors | contraction factor |
# |--:|:--|--:|
# | 0.3 | 0.7 and 0.1 | 0.7 |
# | 0.5 | 0.5 and −0.5 | 0.5 |
# | 0.6 | 0.4 and −0.8 | 0.8 |

# %%
factors = 1 - np.array([[0.3], [0.5], [0.6]]) * eigenvalues
assert np.allclose(factors, [[0.7, 0.1], [0.5, -0.5], [0.4, -0.8]])
assert np.allclose(np.abs(factors).max(axis=1), [0.7, 0.5, 0.8])

# %% [markdown]
# ### Write it: contraction_factor
#
# From a learning rate and a Hessian, the contraction factor. The table works out three cases for a
# bowl with two axes; a Hessian may have any number of them. Look at the last row again: why isn't
# it 0.4, and why isn't it −0.8?

# %%
check("contraction_factor")

# %% [markdown]
# ### Write it: best_learning_rate
#
# The learning rate with the smallest contraction factor. Go back to the picture of two factors, and
# look at where the thick line is lowest. Two lines cross there. Which directions do they belong to,
# on which side of 0 is each of the two factors, and what does it mean that their sizes are equal?
# Write down that equation, with $\lambda_{\min}$ and $\lambda_{\max}$, and solve it for $\eta$.
# Test: for the picture, with the curvatures 1 and 10, you should get 0.182. Why do the other
# eigenvalues of a larger bowl not count? ($1 - \eta\lambda$ is a straight line in $\lambda$.)

# %%
check("best_learning_rate")

# %% [markdown]
# At the best rate, the contraction factor turns out to be $(\kappa - 1)/(\kappa + 1)$, where
# $\kappa = \lambda_{\max}/\lambda_{\min}$ (kappa) is the **condition number**. If it is 1, the bowl
# is round, and one step gets you there. If it is large, the valley is narrow, and the best factor
# is close to 1. No learning rate can cure that. Steps to shrink the error a thousandfold, for
# $\kappa = 10$, 100 and 1,000:

# %%
condition = np.array([10, 100, 1000])
best_factor = (condition - 1) / (condition + 1)
steps_needed = np.ceil(np.log(1 / 1000) / np.log(best_factor))
assert np.array_equal(steps_needed, [35, 346, 3454])
steps_needed

# %% [markdown]
# ## The patients again
#
# For the mean squared error of a linear model, the gradient changes with $w$ at the rate
# $H = \frac{2}{n} X^{\mathsf T} X$: that is the Hessian, and it is the same everywhere. So the
# theory holds exactly for lesson 2's patients. Put your three functions to work (the course's own
# step in for any that are missing): the border, the best rate, and the contraction factors at
# lesson 2's rate of 0.1 and at the best.

# %%
from lab import load_diabetes

features, targets = load_diabetes().train
X = np.column_stack([np.ones(len(features)), features])
patients_hessian = 2 / len(X) * X.T @ X

# %%
rules = earlier(learning_rate)
border = rules.largest_stable_learning_rate(patients_hessian)
best = rules.best_learning_rate(patients_hessian)
factors = [rules.contraction_factor(rate, patients_hessian) for rate in (0.1, best)]
found = np.array([border, best, *factors])
assert np.allclose(found, [0.2441, 0.2436, 0.9981, 0.9954], atol=5e-5)
found.round(4)

# %% [markdown]
# Lesson 2's rate of 0.1 was safe, and slower than the best by a factor of more than two:
# $0.9981^{2.4} \approx 0.9954$. The curvatures explain the long crawl:

# %%
eigenvalues = np.linalg.eigvalsh(patients_hessian)
assert round(eigenvalues[-1] / eigenvalues[0]) == 429  # the condition number
assert round(np.log(factors[1]) / np.log(factors[0]), 1) == 2.4
eigenvalues.round(3)

# %% [markdown]
# How does the loss after a number of steps depend on the learning rate?

# %%
from lab.pictures.learning_rate import loss_against_learning_rate

best_weights = np.linalg.lstsq(X, targets)[0]
loss_against_learning_rate(patients_hessian, -best_weights, [10, 100, 1000])

# %% [markdown]
# Coming from the left, each curve falls: longer steps, lower losses. Then, at the border, a cliff.
# The lowest point of each curve is close to the cliff, and it moves closer as there are more steps.
# In practice: **find the cliff, then stay a little to the left of it.**
#
# And the line with one measurement, BMI? There both curvatures are 2, the condition number is 1,
# and the best rate is 0.5. It should arrive in a single step. Does it?

# %%
line = X[:, [0, 3]]  # the column of ones, and BMI
first_step = -0.5 * walk.linear_regression_gradient(np.zeros(2), line, targets)
assert np.allclose(np.linalg.eigvalsh(2 / len(line) * line.T @ line), 2)
assert np.allclose(first_step, np.linalg.lstsq(line, targets)[0])
first_step

# %% [markdown]
# It does: 154 and 48, the weights that took 50 steps in lesson 2.

# %% [markdown]
# ## Reading the loss curve
#
# A network with a million weights has a million eigenvalues, and nobody computes them all. (The
# largest one can be found from gradients alone; you will do so in lesson 5.) What you always have
# is the losses of a run. They are enough to judge the learning rate, by three questions:

# %%
from lab.pictures.learning_rate import judged_curves

step = np.arange(41)
high, low, right = 9 * 1.03**step, 9 * 0.98**step, 1 + 9 * 0.88**step
judged_curves({"too high": high, "too low": low, "just right": right})

# %% [markdown]
# 1. Is any loss not finite (`nan` or `inf`), or is the last loss above the first? **Too high.**
# 2. Is the last loss equal to the first, or is the loss still falling at the end? **Too low.**
# 3. Otherwise, it fell and has leveled out: **just right.**
#
# "Still falling" needs a definition. Look at the **tail**, the last tenth of the steps, shaded in
# the picture. If the tail alone still brought more than 1% of the whole drop, the curve was still
# falling. Two curves by hand, each of 11 losses, so of 10 steps, with a tail of 1:

# %%
leveled = [100, 50, 26, 14, 8, 5, 3.5, 2.8, 2.4, 2.2, 2.1]
falling = [100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90]
tails = np.array([losses[-2] - losses[-1] for losses in (leveled, falling)])
drops = np.array([losses[0] - losses[-1] for losses in (leveled, falling)])
assert np.allclose(tails / drops, [0.001, 0.1], atol=5e-5)
tails / drops

# %% [markdown]
# The first is just right. The second is too low: too low *for this number of steps*, since with
# many more of them it would arrive. Keep the order of the questions. A `nan` answers every
# comparison with no, so without the first question a run full of `nan` would pass as just right.

# %% [markdown]
# ### Write it: judge_learning_rate
#
# Return `"too high"`, `"too low"` or `"just right"`, by the three questions in this order. A run
# with `len(losses)` values has one step fewer, since the first value was taken before the first
# step; its tail is `max(1, steps // 10)` steps long, and what the tail brought is
# `losses[-1 - tail] - losses[-1]`. Exactly 1% of the drop counts as leveled out. Before anything
# else, raise `ValueError` if there are fewer than 2 losses: a single point is not a curve.

# %%
check("judge_learning_rate")

# %% [markdown]
# Let your rule judge the patients: 100 steps with each of five rates, from tiny to just above the
# border of 0.2441.

# %%
verdicts = []
for rate in (0.001, 0.003, 0.01, 0.1, 0.25):
    path = walk.gradient_descent(
        lambda w: patients_hessian @ (w - best_weights), np.zeros(11), rate, 100
    )
    losses = np.mean((path @ X.T - targets) ** 2, axis=1)
    verdicts.append(rules.judge_learning_rate(losses))
    print(f"{rate}: {verdicts[-1]}, last loss {losses[-1]:,.0f}")
assert verdicts == ["too low"] * 2 + ["just right"] * 2 + ["too high"]

# %% [markdown]
# The rule is blunt. At 0.01 it says "just right", although 0.1 ends lower: the curve has leveled
# out by its own standards. A walk exactly on the border keeps its loss forever, and the rule, which
# sees only that nothing moved, says "too low". A curve that falls from 10 to 1 and then climbs to 5
# passes as just right, because the rule never asks whether a curve has turned around. So look at
# the picture as well: in a new cell,
# `explore_learning_rate(walk.gradient_descent, rules.judge_learning_rate)` opens the experiment
# again, with your rule as its judge. Lesson 6 has a rule with more patience.

# %%
assert rules.judge_learning_rate([9.0] * 21) == "too low"
assert rules.judge_learning_rate([10, 5, 1, 2, 3, 4, 5]) == "just right"

# %% [markdown]
# **Predict.** Now a map: a thousand walks of 60 steps, each judged by your rule. Learning rates run
# from left to right, valleys from bottom to top: from one that is as steep across as along to one a
# hundred times as steep. Before the walks fill in, mark the highest rate that is still just right
# where the valley is 10 times as steep across. And what happens to that rate, and to the lowest
# one, as the valleys get steeper?

# %%
from lab import map_verdicts

map_verdicts(walk.gradient_descent, learning_rate.judge_learning_rate)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# The border is the diagonal, $2/\lambda$: ten times as steep, a tenth of the rate. On the left the
# flat direction sets the pace, whatever the steepness. Between the two, what is just right is a
# wedge, and it closes: in the steepest valleys, 60 steps are too few at any rate.
#
# </details>

# %% [markdown]
# ## A rate that changes
#
# A single learning rate is a compromise. At the start you want long steps, to cover the distance.
# At the end you want short ones, to settle. That matters most where gradients are noisy, as they
# are when each is computed from a few examples only (lesson 4). So let the rate follow a
# **learning-rate schedule**.
#
# A popular one falls along half a cosine (Loshchilov & Hutter, 2017, section 3). Often a
# **warm-up** comes first: the rate climbs from 0 in a straight line (Goyal and others, 2017,
# section 2.2).

# %%
from lab.pictures.learning_rate import warmup_and_cosine

warmup_and_cosine(peak=0.4, total_steps=100, warmup_steps=10)

# %% [markdown]
# With $T$ the number of all steps and $W$ the number of warm-up steps, the rate at step $k$ is
#
# $$\eta_k = \begin{cases}
# 0 & \text{if } k \ge T \\[2pt]
# \text{peak} \cdot k / W & \text{if } k < W \\[2pt]
# \text{peak} \cdot \tfrac{1}{2}\left(1 + \cos\left(\pi\,\frac{k - W}{T - W}\right)\right)
# & \text{otherwise}
# \end{cases}$$
#
# The fraction in the cosine runs from 0, at the end of the warm-up, to 1, at the very end. Then the
# cosine runs from 1 to $-1$, so $\tfrac{1}{2}(1 + \cos)$ runs from 1 to 0. With a peak of 0.4,
# $T = 100$ and $W = 10$:

# %%
progress = (np.array([10, 40, 55, 100]) - 10) / (100 - 10)
scheduled = 0.4 * 0.5 * (1 + np.cos(np.pi * progress))
assert np.allclose(scheduled, [0.4, 0.3, 0.2, 0.0])
scheduled

# %% [markdown]
# ### Write it: cosine_schedule
#
# Return one float for one `step`. Without warm-up, $W$ is 0 and no step is below it, so nothing is
# ever divided by zero. From `total_steps` on, return exactly 0.0: a run that lasts too long must
# not climb the cosine again. The angle is in radians, as `np.cos` takes it.

# %%
check("cosine_schedule")

# %% [markdown]
# What is it good for? Walk 200 steps in the valley of curvatures 1 and 10, with noise added to
# every gradient: 50 walks at a high rate, 50 at a low one, 50 with your schedule from the high rate
# to 0.


# %%
def mean_last_loss(rate_at):
    w, noise = np.tile([-10.0, 1.0], (50, 1)), np.random.default_rng(0)
    for k in range(200):
        gradient = valley_slope(w) + noise.normal(size=w.shape)
        w = walk.gradient_step(w, gradient, rate_at(k))
    return np.mean(0.5 * w**2 @ curvatures)


high, low = mean_last_loss(lambda k: 0.1), mean_last_loss(lambda k: 0.01)
falling = mean_last_loss(lambda k: rules.cosine_schedule(0.1, k, 200))
assert falling < high / 5 < low / 25
print(f"high {high:.3f}, low {low:.3f}, from high to 0 {falling:.3f}")

# %% [markdown]
# The high rate arrives and keeps jittering. The low one has not arrived yet. The schedule does
# both: it goes far, then settles.
#
# **Design one.** The cosine is popular, not sacred. Write a schedule of your own that never exceeds
# 0.1. Can you end lower than the cosine does?


# %%
def my_schedule(k):
    return 0.1 if k < 100 else 0.01


print(f"yours {mean_last_loss(my_schedule):.4f}, the cosine {falling:.4f}")

# %% [markdown]
# For how long should it stay high, and how low must it end? That depends on the noise and on the
# flattest direction. A shrinking rate is not the only way to calm noise. Larger batches do it, and
# so does averaging the weights of many steps (lesson 4).
#
# And how do you find the peak? By a **range test** (Smith, 2017, section 3.3): start with a tiny
# rate, raise it a little at every step, and note the loss. It falls, then falls faster, then
# explodes. Choose a rate somewhat below the explosion. One short run shows you the cliff.

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("3_learning_rate")

# %% [markdown] tags=["reflection"]
# **To think about.** You fit the patients without standardizing: age in years, and cholesterol in
# numbers about five times as large. What happens to the Hessian, to the border and to the condition
# number? And why does it help everyone who trains models to standardize first?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %%
from lab import model_answer

model_answer("3_learning_rate")

# %% [markdown]
# ## Recap
#
# - Too high: the walk jumps over the valley, and the loss bounces or grows. Too low: tiny steps,
#   and the loss still falls when the run is over. Just right: it falls, then levels out.
# - On a bowl, each step multiplies the error along each of the bowl's own axes by
#   $1 - \eta\lambda$.
# - The border is $2/\lambda_{\max}$: the steepest direction decides whether the walk converges. The
#   flattest direction sets the pace, and a large condition number makes it slow even at the best
#   rate.
# - The eigenvalues of the Hessian are the curvatures, and its diagonal is not enough. A linear
#   model with mean squared error has $H = \frac{2}{n} X^{\mathsf T}X$.
# - Without eigenvalues, read the losses: finite? lower than before? leveled out?
# - A schedule changes the rate on the way: warm-up, then half a cosine down to 0.

# %% [markdown]
# ## Key terms
#
# - **Learning rate**: the positive number that the gradient is multiplied by to give the step.
# - **Convergence**: the state in which further steps no longer change the loss noticeably.
# - **Divergence**: the state in which steps make the loss grow instead of shrink.
# - **Curvature**: how fast the slope changes as you move in some direction: the second derivative
#   of the loss.
# - **Condition number**: how much more the loss curves in its steepest direction than in its
#   flattest: the largest eigenvalue of the Hessian divided by the smallest.
# - **Learning-rate schedule**: a rule that changes the learning rate from step to step, such as
#   half a cosine from a peak down to 0.

# %%
from lab import flash_cards

flash_cards("3_learning_rate")

# %% [markdown]
# ## What we left out
#
# - **Losses that are not bowls.** Near a smooth minimum every loss looks like a bowl, and the
#   theory holds there. Far from it, curvature changes on the way. Cohen and others (2021) saw
#   networks drift to where their curvature is about $2/\eta$, and stay at the border. Lesson 5
#   shows it.
# - **Momentum**, which softens the price of a large condition number, and **a rate for each
#   weight**: both in lesson 4.
# - **Newton's method**, which divides by the curvature and knows no condition number, at the price
#   of a Hessian that large models can't afford.
# - **Other schedules**: in steps, exponential, one cycle, or several cosines with restarts.
#
# ## Sources
#
# - G. Goh (2017), Why Momentum Really Works, *Distill*,
#   [doi:10.23915/distill.00006](https://doi.org/10.23915/distill.00006): the error along the bowl's
#   own axes.
# - Y. Nesterov (2004), *Introductory Lectures on Convex Optimization*, Springer, section 2.1.5: the
#   best rate on a bowl and its factor $(\kappa - 1)/(\kappa + 1)$,
#   [doi:10.1007/978-1-4419-8853-9](https://doi.org/10.1007/978-1-4419-8853-9).
# - L. N. Smith (2017), Cyclical Learning Rates for Training Neural Networks, *WACV*, section 3.3:
#   the range test, [doi:10.1109/WACV.2017.58](https://doi.org/10.1109/WACV.2017.58).
# - I. Loshchilov & F. Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts, *ICLR*,
#   [arXiv:1608.03983](https://arxiv.org/abs/1608.03983).
# - P. Goyal and others (2017), Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, section
#   2.2: warm-up, [arXiv:1706.02677](https://arxiv.org/abs/1706.02677).
# - J. Cohen, S. Kaur, Y. Li, J. Z. Kolter & A. Talwalkar (2021), Gradient Descent on Neural
#   Networks Typically Occurs at the Edge of Stability, *ICLR*,
#   [arXiv:2103.00065](https://arxiv.org/abs/2103.00065).

# %% [markdown]
# **Next:** [Lesson 4 · Optimizers](4_optimizers.ipynb). One rate for all weights, or one for each?
# And can a step learn from the steps before it?
