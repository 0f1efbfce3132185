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
# In lesson 2 the learning rate fell from the sky: 0.25 on a parabola, 0.1 for the patients. Choose
# it too high, and the walk is thrown out of the valley. Choose it too low, and you wait for ever.
# No other setting decides so much. For a bowl, this lesson tells you exactly where the border lies,
# and for everything else, how to read the answer off the losses.
#
# **After this lesson you can**
#
# - recognize a learning rate that is too high, too low or just right;
# - work out the border beyond which a descent diverges, and the rate that converges fastest;
# - say why one steep direction can make a whole descent slow;
# - judge a learning rate from the loss curve alone;
# - write a schedule that changes the learning rate while training goes on.
#
# **You need** lesson 2, and the product of a matrix with a vector.
#
# **About 35 minutes** to read and play, about 20 more to write five short functions in
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
# ## Four walks on one parabola
#
# Take the parabola of lesson 2, $(w - 3)^2$ with the gradient $2(w - 3)$. Start at $w = 0$ and
# walk 20 steps, four times, each time with another learning rate.


# %%
def slope(w):
    return 2 * (w - 3)


rates = [0.02, 0.3, 1.0, 1.05]
paths = [walk.gradient_descent(slope, [0.0], rate, 20) for rate in rates]

# %%
from lab.pictures.learning_rate import four_walks

four_walks(rates, paths)

# %% [markdown]
# - **Too low**, 0.02. Every step goes the right way and hardly gets anywhere. After 20 steps, four
#   tenths of the way are still left.
# - **Just right**, 0.3. A few firm steps, and it is there: further steps hardly change the loss.
#   This is **convergence**.
# - **Too high**, 1.05. The slope is steep, the step is long, and it leads over the valley and up
#   the other side, a little higher than before. There the slope is steeper still, so the next jump
#   is longer. The loss grows, faster and faster. This is **divergence**.
# - Between the last two lies a **border**. At 1.0 each jump lands exactly as high as it started,
#   for ever.

# %%
too_high = paths[3].ravel()
assert np.allclose(too_high[:4], [0, 6.3, -0.63, 6.993])
assert np.allclose(paths[2].ravel()[:4], [0, 6, 0, 6])
assert 0.4 < (3 - paths[0][-1, 0]) / 3 < 0.45

# %% [markdown]
# ## Where the border lies
#
# Is it chance that the border is a round number? Don't look at the weight, look at the **error**:
# the distance from the lowest point, $e = w - 3$. The slope is $2e$. One step makes of it
#
# $$e_{\text{new}} = e - \alpha \cdot 2e = (1 - 2\alpha)\, e .$$
#
# That is the whole secret. **A step multiplies the error by a fixed factor**, here $1 - 2\alpha$.
#
# | learning rate $\alpha$ | factor $1 - 2\alpha$ | errors, from $-3$ |
# |--:|--:|:--|
# | 0.02 | 0.96 | −3, −2.88, −2.76, … slow |
# | 0.25 | 0.5 | −3, −1.5, −0.75, … halves, as in lesson 2 |
# | 0.5 | 0 | −3, 0: there in one step |
# | 0.75 | −0.5 | −3, 1.5, −0.75, … changes sides, shrinks |
# | 1 | −1 | −3, 3, −3, … for ever |
# | 1.05 | −1.1 | −3, 3.3, −3.63, … grows |
#
# The 2 came from the parabola: it says how fast the slope changes as you move. That is the
# **curvature** of the loss, its second derivative, written $\lambda$ (lambda). A parabola
# $\tfrac{1}{2} \lambda (w - w^*)^2$ has its lowest point at $w^*$, so the error is $e = w - w^*$.
# Its slope is $\lambda e$, its curvature $\lambda$, and the factor of one step is
# $1 - \alpha \lambda$.

# %%
from lab.pictures.learning_rate import factor_of_one_step

factor_of_one_step()

# %% [markdown]
# The error shrinks when the size of the factor, $|1 - \alpha\lambda|$, is below 1. That is so while
# $\alpha\lambda$ lies between 0 and 2:
#
# $$0 < \alpha < \frac{2}{\lambda}$$
#
# The border is at $2/\lambda$. The sharper a valley bends, the shorter the steps must be. A
# little below the border the walk jumps from side to side and takes its time. At
# $\alpha = 1/\lambda$ it arrives in one step.
#
# How long does it take? After $k$ steps the error has been multiplied by the factor $k$ times. To
# make it a thousand times smaller you need $|1 - \alpha\lambda|^k = 1/1000$, so
# $k = \ln(1/1000) / \ln|1 - \alpha\lambda|$. (The loss is the square of the error, so it becomes a
# million times smaller meanwhile.) For the factors 0.96 and 0.5:

# %%
factors = np.array([0.96, 0.5])
steps_needed = np.log(1 / 1000) / np.log(factors)
assert np.array_equal(np.ceil(steps_needed), [170, 10])
np.ceil(steps_needed)

# %% [markdown]
# ## Steep across, flat along
#
# With one weight you could always choose $1/\lambda$. With two, the trouble begins. Take a valley
# that is flat along one weight, with curvature 1, and steep across, along the other, with
# curvature 10:
#
# $$L = \tfrac{1}{2}\left( 1 \cdot w_0^2 + 10 \cdot w_1^2 \right)$$
#
# The slope for $w_0$ is $1 \cdot w_0$, the slope for $w_1$ is $10 \cdot w_1$. Neither weight takes
# notice of the other: each walks on a parabola of its own. But both must share one learning rate,
# so there are two factors, $1 - \alpha \cdot 1$ and $1 - \alpha \cdot 10$.

# %%
from lab.pictures.bowls import valley_walks

curvatures = np.array([1.0, 10.0])
rates = [0.02, 2 / 11, 0.21]
paths = [walk.gradient_descent(lambda w: curvatures * w, [-10, 1], rate, 15) for rate in rates]
valley_walks(rates, paths, curvatures)

# %% [markdown]
# At 0.02 the walk drops to the floor of the valley and then creeps along it, with a factor of
# 0.98. At 0.21 it does well along the valley, but across it is thrown up the walls. Work out three
# steps of that walk. The factors are $1 - 0.21 \cdot 1 = 0.79$ and $1 - 0.21 \cdot 10 = -1.1$:
#
# | step | $w_0$, times 0.79 | $w_1$, times −1.1 | loss |
# |--:|--:|--:|--:|
# | 0 | −10 | 1 | 55 |
# | 1 | −7.9 | −1.1 | 37.26 |
# | 2 | −6.241 | 1.21 | 26.80 |
# | 3 | −4.930 | −1.331 | 21.01 |

# %%
losses = paths[2] ** 2 @ curvatures / 2
by_hand = [[-10, 1], [-7.9, -1.1], [-6.241, 1.21], [-4.930, -1.331]]
assert np.allclose(paths[2][:4], by_hand, atol=5e-4)
assert np.allclose(losses[:4], [55, 37.26, 26.80, 21.01], atol=5e-3)
assert losses.argmin() == 5
losses.round(2)

# %% [markdown]
# The second weight is already running away, and the loss doesn't show it: what is gained along the
# valley hides what is lost across. For five steps it falls, and only then does it grow. So **the
# steepest direction sets the border**, here $2/10 = 0.2$, and **the flattest direction sets the
# pace.**
#
# So what counts is the larger of the two sizes, the slowest direction. It is called the
# **contraction factor**: the length of the error shrinks at least by this factor at each step.
#
# $$\text{contraction factor} = \max_{\lambda} |1 - \alpha\lambda|$$

# %%
assert np.isclose(max(abs(1 - 0.02 * curvatures)), 0.98)
assert np.isclose(max(abs(1 - 0.21 * curvatures)), 1.1)

# %%
from lab.pictures.bowls import two_factors

two_factors(curvatures)

# %% [markdown]
# The thick line is the contraction factor for each learning rate. It is lowest where the two sizes
# are equal. There the flat direction is still on its side, $1 - \alpha\lambda_{\min}$, and the
# steep one already jumps across, $\alpha\lambda_{\max} - 1$. Set the two equal and solve for
# $\alpha$:
#
# $$\alpha_{\text{best}} = \frac{2}{\lambda_{\min} + \lambda_{\max}}$$
#
# Here that is $2/11 \approx 0.182$, with the factor $9/11 \approx 0.818$. In general the best
# factor is
#
# $$\frac{\lambda_{\max} - \lambda_{\min}}{\lambda_{\max} + \lambda_{\min}}
# = \frac{\kappa - 1}{\kappa + 1}, \qquad \kappa = \frac{\lambda_{\max}}{\lambda_{\min}} .$$
#
# The ratio $\kappa$ (kappa) is the **condition number**. If it is 1, the bowl is round, the best
# factor is 0, and one step does it. If it is large, the valley is narrow, and the best factor is
# close to 1. No learning rate can cure that.

# %%
condition = np.array([1, 10, 100, 1000])
best_factor = (condition - 1) / (condition + 1)
with np.errstate(divide="ignore"):
    steps_needed = np.ceil(np.log(1 / 1000) / np.log(best_factor))
assert np.array_equal(steps_needed[1:], [35, 346, 3454])
steps_needed[1:]

# %% [markdown]
# Steps to shrink the error a thousandfold, for $\kappa = 10$, 100 and 1,000, at the best learning
# rate: the number grows as $\kappa$ does.

# %% [markdown]
# ## A bowl that lies askew
#
# Real valleys don't run along the weights. Here is the loss $w_0^2 + w_0 w_1 + w_1^2$ (its table of
# four numbers is explained in a moment):

# %%
from lab.pictures.bowls import tilted_bowl

H = np.array([[2.0, 1.0], [1.0, 2.0]])
tilted_bowl(H)

# %% [markdown]
# Turn your head, and it is an ordinary valley again. A bowl has **axes of its own**, and along each
# of them it is a parabola. But in terms of the weights they are mixed: change one weight, and the
# slope of the other changes too.
#
# So curvature needs a table: how fast does each slope change with each weight? This table of second
# derivatives is the **Hessian** $H$. Row $i$, column $j$ holds the change of slope $i$ as weight
# $j$ moves. Our loss has the slopes $2w_0 + w_1$ and $w_0 + 2w_1$, and so
#
# $$H = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}, \qquad \text{gradient} = H w .$$
#
# The loss can be had from $H$ too. Multiply each slope by its own weight and add up, which is
# written $w^{\mathsf T} H w$:
#
# $$w^{\mathsf T} H w = w_0 (2w_0 + w_1) + w_1 (w_0 + 2w_1) = 2\,(w_0^2 + w_0 w_1 + w_1^2)$$
#
# That is twice the loss, so $L = \tfrac{1}{2} w^{\mathsf T} H w$. At the point $(1, 2)$ the slopes
# are 4 and 5, $1 \cdot 4 + 2 \cdot 5 = 14$, and the loss is 7.

# %%
w = np.array([1.0, 2.0])
assert np.array_equal(H @ w, [4, 5])
assert 0.5 * w @ H @ w == w[0] ** 2 + w[0] * w[1] + w[1] ** 2 == 7

# %% [markdown]
# Now find the axes in the table. Along them the gradient lies on the axis itself, straight away from
# the lowest point. Try the direction $(1, 1)$, then $(1, -1)$:

# %%
assert np.array_equal(H @ [1, 1], [3, 3])
assert np.array_equal(H @ [1, -1], [1, -1])

# %% [markdown]
# $H$ stretches $(1, 1)$ by 3 and $(1, -1)$ by 1, and turns neither. Such directions are called
# eigenvectors, and the factors 3 and 1 are the **eigenvalues** of $H$: the curvatures along the
# bowl's own axes. `np.linalg.eigvalsh` finds them for a symmetric table, in ascending order:

# %%
eigenvalues = np.linalg.eigvalsh(H)
assert np.allclose(eigenvalues, [1, 3])
eigenvalues

# %% [markdown]
# Measured along these axes, the error behaves as before: each part has its own factor,
# $1 - \alpha\lambda$. So all that we found for the valley holds for every bowl, with the
# eigenvalues of $H$ as the $\lambda$. The border is $2/\lambda_{\max}$, here $2/3$.
#
# Mind the diagonal: it holds two 2s, and neither is an eigenvalue. Whoever takes it for the
# curvatures puts the border at $2/2 = 1$, far beyond the true one.
#
# In the exercises the Hessian is symmetric and all its eigenvalues are greater than 0. Such a
# table is called *positive definite*; it is the table of a bowl with one lowest point.

# %% [markdown]
# ### Write it: largest_stable_learning_rate
#
# In `course/learning_rate.py`. From a Hessian of shape $(d, d)$, the border $2/\lambda_{\max}$, as
# a float. `np.linalg.eigvalsh` takes nested lists as well as arrays.

# %%
check("largest_stable_learning_rate")

# %% [markdown]
# **Predict.** Now take the slider yourself. The experiment walks with the `gradient_descent` of
# lesson 2 in the valley that you have just seen, with curvatures 1 and 10. Two questions first.
# Where on the slider does the walk begin to diverge? If you make the valley steeper across, say
# 40 in place of 10, where does that point move to? Then try its three challenges.

# %%
from lab import explore_learning_rate

explore_learning_rate(walk.gradient_descent)

# %% [markdown]
# **What to see.** Divergence begins at 0.2, and for a curvature of 40 at 0.05: always at
# $2/\lambda_{\max}$, wherever the walk starts. A little below the border the path bounces between the
# walls. Far below it, the path bends once and creeps. The steeper the valley, the narrower the
# stretch of the slider that deserves to be called just right.

# %% [markdown]
# ## How fast, in the slowest direction?
#
# The border says whether a walk arrives. How fast it does is for the contraction factor to say, and
# in a bowl that lies askew it is the largest $|1 - \alpha\lambda|$ over the eigenvalues. For $H$,
# with the eigenvalues 1 and 3:
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
# From a learning rate and a Hessian, the largest $|1 - \alpha\lambda|$ over all eigenvalues. Keep
# the absolute value: a factor of $-0.9$ is slower than one of 0.5.

# %%
check("contraction_factor")

# %% [markdown]
# ## The patients again
#
# For the mean squared error of a linear model, the gradient is
# $\frac{2}{n} X^{\mathsf T}(Xw - t)$. It changes with $w$ at the rate
# $H = \frac{2}{n} X^{\mathsf T} X$: that is the Hessian, and it is the same everywhere. So the
# theory holds exactly for lesson 2's patients.

# %%
from lab import load_diabetes

features, targets = load_diabetes().train
X = np.column_stack([np.ones(len(features)), features])
patients_hessian = 2 / len(X) * X.T @ X
eigenvalues = np.linalg.eigvalsh(patients_hessian)
assert round(eigenvalues[-1] / eigenvalues[0]) == 429
eigenvalues.round(3)

# %% [markdown]
# Eleven curvatures, from 0.019 to 8.193. The condition number is 429, and there is the reason for
# the long crawl of lesson 2. Was our learning rate of 0.1 a good one? The best one is where the
# flattest and the steepest direction are equally slow. The nine others lie between the two: as
# $1 - \alpha\lambda$ is a straight line in $\lambda$, its size is largest at one of the ends.
#
# ### Write it: best_learning_rate
#
# $2/(\lambda_{\min} + \lambda_{\max})$, from a Hessian. Only the two outermost eigenvalues count,
# however many there are.

# %%
check("best_learning_rate")

# %% [markdown]
# Put your three functions to work on the patients (again, the course's own step in for any that are
# missing):

# %%
rules = earlier(learning_rate)
border = rules.largest_stable_learning_rate(patients_hessian)
best = rules.best_learning_rate(patients_hessian)
factors = [rules.contraction_factor(rate, patients_hessian) for rate in (0.1, best)]
assert np.allclose([border, best, *factors], [0.2441, 0.2436, 0.9981, 0.9954], atol=5e-5)
print(f"border {border:.4f}, best {best:.4f}, factors {factors[0]:.4f} and {factors[1]:.4f}")

# %% [markdown]
# It was safe, and slower than the best by a factor of more than two:
# $0.9981^{2.4} \approx 0.9954$.
#
# How does the loss after a number of steps depend on the learning rate?

# %%
from lab.pictures.learning_rate import loss_against_learning_rate

best_weights = np.linalg.lstsq(X, targets)[0]
loss_against_learning_rate(patients_hessian, -best_weights, [10, 100, 1000])

# %% [markdown]
# Coming from the left, each curve falls: longer steps, lower losses. Then, at the border, a cliff.
# The lowest point of each curve is close to the cliff, and it moves closer as there are more steps.
# The formula for the best rate, 0.2436 here, is about the long run. With 10 steps to go, 0.20 does
# better, since the steep direction then has to settle as well. In practice: **find the cliff, then
# stay a little to the left of it.**
#
# And the line with one measurement, BMI? There both curvatures are 2, the condition number is 1,
# and the best rate is $2/(2 + 2) = 0.5$. It should arrive in a single step. Does it?

# %%
line = X[:, [0, 3]]  # the column of ones, and BMI
first_step = np.zeros(2) - 0.5 * walk.linear_regression_gradient(np.zeros(2), line, targets)
assert np.allclose(np.linalg.eigvalsh(2 / len(line) * line.T @ line), 2)
assert np.allclose(first_step, np.linalg.lstsq(line, targets)[0])
first_step

# %% [markdown]
# It does: 154 and 48, the weights that took 50 steps in lesson 2.

# %% [markdown]
# ## Reading the loss curve
#
# For a network with a million weights, nobody computes eigenvalues. What you do have is the losses
# of a run. They are enough to judge the learning rate, by three questions:

# %%
from lab.pictures.learning_rate import judged_curves

step = np.arange(41)
judged_curves(
    {"too high": 9 * 1.03**step, "too low": 9 * 0.98**step, "just right": 1 + 9 * 0.88**step}
)

# %% [markdown]
# 1. Is any loss not finite (`nan` or `inf`), or is the last loss above the first? **Too high.**
# 2. Is the last loss equal to the first, or is the loss still falling at the end? **Too low.**
# 3. Otherwise, it fell and has leveled out: **just right.**
#
# "Still falling" needs a definition. Look at the **tail**, the last tenth of the steps, shaded in
# the picture. If the tail alone still brought more than 1 % of the whole drop, the curve was still
# falling. A run with `len(losses)` values has one step fewer, since the first value was taken
# before the first step:
#
# $$\text{steps} = \text{len(losses)} - 1, \qquad
# \text{tail} = \max(1, \lfloor \text{steps}/10 \rfloor)$$
#
# $$\text{still falling:}\quad \text{losses}[-1 - \text{tail}] - \text{losses}[-1] \;>\;
# 0.01 \cdot (\text{losses}[0] - \text{losses}[-1])$$
#
# ($\lfloor\;\rfloor$ rounds down; in Python `steps // 10`.) Two curves by hand, each of 11 losses,
# so of 10 steps, with a tail of 1:

# %%
leveled = [100, 50, 26, 14, 8, 5, 3.5, 2.8, 2.4, 2.2, 2.1]
falling = [100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90]
tails = np.array([losses[-2] - losses[-1] for losses in (leveled, falling)])
drops = np.array([losses[0] - losses[-1] for losses in (leveled, falling)])
assert np.allclose(tails, [0.1, 1])
assert np.allclose(drops, [97.9, 10])
tails / drops

# %% [markdown]
# The first curve gained 0.1 % of its drop in the tail, the second 10 %. So the first is just right,
# and the second is too low. Better said, it is too low *for this number of steps*: with many more
# of them it would arrive.
#
# Keep the order of the questions. A `nan` answers every comparison with no, so without the first
# question a run full of `nan` would pass as just right.

# %% [markdown]
# ### Write it: judge_learning_rate
#
# Return `"too high"`, `"too low"` or `"just right"`, by the three questions in this order. The
# comparison with 1 % is strict: exactly 1 % counts as leveled out. Before anything else, raise
# `ValueError` if there are fewer than 2 losses: a single point is no curve.

# %%
check("judge_learning_rate")

# %% [markdown]
# The rule is blunt, and it's good to know where. A walk exactly on the border keeps its loss for
# ever: "too low", says the rule, for it sees only that nothing moved. And a walk a hair below the
# border also falls slowly, and gets the same answer. When you hear "too low", raise the rate. If
# the loss then explodes, you know which side you were on.
#
# The case that you will meet most is another one. A curve falls from 10 to 1, then climbs to 5 and
# climbs still: "just right", says the rule. It ends below its start, and its tail doesn't fall.
# Whether a curve has turned around is a question that this rule never asks, so look at the picture
# as well.

# %%
turned = [10, 5, 1, 2, 3, 4, 5]
assert turned[-1] < turned[0]
assert not turned[-2] - turned[-1] > 0.01 * (turned[0] - turned[-1])

# %% [markdown]
# ## A rate that changes
#
# A single learning rate is a compromise. At the start you want long steps, to cover the distance.
# At the end you want short ones, to settle. Lesson 4 adds a stronger reason: gradients from a few
# examples at a time are noisy and keep the weights jittering, and only a shrinking rate calms them.
# So let the rate follow a **schedule**.
#
# A popular one falls along half a cosine (Loshchilov and Hutter, 2017). Often a **warm-up** goes
# before it: the rate climbs from 0 in a straight line. Networks start from random weights (you will
# meet them in lesson 5), and these can lie on very steep ground.

# %%
from lab.pictures.learning_rate import warmup_and_cosine

warmup_and_cosine(peak=0.4, total_steps=100, warmup_steps=10)

# %% [markdown]
# With $T$ the number of all steps and $W$ the number of warm-up steps, the rate at step $s$ is
#
# $$\alpha(s) = \begin{cases}
# 0 & \text{if } s \ge T \\[2pt]
# \text{peak} \cdot s / W & \text{if } s < W \\[2pt]
# \text{peak} \cdot \tfrac{1}{2}\left(1 + \cos\left(\pi\,\frac{s - W}{T - W}\right)\right)
# & \text{otherwise}
# \end{cases}$$
#
# The fraction in the cosine runs from 0, at the end of the warm-up, to 1, at the end of it all.
# Then the cosine runs from 1 to $-1$, so $\tfrac{1}{2}(1 + \cos)$ runs from 1 to 0. With a peak of
# 0.4, $T = 100$ and $W = 10$: step 5 has $0.4 \cdot 5/10 = 0.2$, step 10 has 0.4, and step 55,
# halfway between 10 and 100, has $0.4 \cdot \tfrac{1}{2}(1 + 0) = 0.2$.

# %%
progress = (np.array([10, 40, 55, 100]) - 10) / (100 - 10)
scheduled = 0.4 * 0.5 * (1 + np.cos(np.pi * progress))
assert np.allclose(scheduled, [0.4, 0.3, 0.2, 0.0])
scheduled

# %% [markdown]
# ### Write it: cosine_schedule
#
# One float for one `step`. Without warm-up, $W = 0$, no step is below it, so nothing is ever
# divided by zero. From `total_steps` on, return exactly 0.0, so that a run that goes on too long
# doesn't climb up the cosine again. The angle is in radians, as `np.cos` takes it.

# %%
check("cosine_schedule")

# %% [markdown]
# And how to find the peak? By a **range test** (Smith, 2017): start with a tiny rate, raise it a
# little at every step, and note the loss. It falls, then falls faster, then explodes. Choose a
# rate somewhat below the explosion. One short run shows you the cliff. The test suits training with
# noisy gradients, which lesson 4 brings. Without noise, the error in the steep direction is nearly
# zero by the time the rate crosses the border, and the explosion comes late.

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

# %% [markdown]
# ## Recap
#
# - Too high: the walk jumps over the valley, and the loss bounces or grows. Too low: tiny steps,
#   and the loss still falls when the run is over. Just right: it falls, then levels out.
# - On a bowl, each step multiplies the error along each of the bowl's own axes by
#   $1 - \alpha\lambda$.
# - The border is $2/\lambda_{\max}$: the steepest direction decides whether the walk converges.
# - The best rate in the long run is $2/(\lambda_{\min} + \lambda_{\max})$. Even then a large
#   condition number makes the walk slow.
# - The eigenvalues of the Hessian are the curvatures. A linear model with mean squared error has
#   $H = \frac{2}{n} X^{\mathsf T}X$.
# - Without eigenvalues, read the losses: finite? lower than before? leveled out?
# - A schedule changes the rate on the way: warm-up, then half a cosine down to 0.
#
# ## Key terms
#
# - **Learning rate**: the positive number that the gradient is multiplied by to give the step.
# - **Convergence**: the state in which further steps no longer change the loss noticeably.
# - **Divergence**: the state in which steps make the loss grow instead of shrink.
# - **Condition number**: how much more the loss curves in its steepest direction than in its
#   flattest: the largest eigenvalue of the Hessian divided by the smallest.
#
# ## What we left out
#
# - **Losses that are no bowls.** Near a smooth minimum every loss looks like a bowl, and the theory
#   holds there. Far from it, curvature changes on the way. Large networks even tend to drift to
#   where their curvature is about $2/\alpha$, and stay at the border (Cohen and others, 2021).
# - **Momentum**, which softens the price of a large condition number: about $\sqrt\kappa$ in place
#   of $\kappa$. Lesson 4 has it.
# - **A rate for each weight**: RMSprop and Adam, in lesson 4 too.
# - **Newton's method**, which divides by the curvature and knows no condition number, at the price
#   of a Hessian that large models can't afford.
# - **Other schedules**: in steps, exponential, one cycle, or several cosines with restarts.
#
# ## Sources
#
# - G. Goh (2017), Why Momentum Really Works, *Distill*,
#   [doi:10.23915/distill.00006](https://doi.org/10.23915/distill.00006): the error along the
#   bowl's own axes.
# - Y. Nesterov (2004), *Introductory Lectures on Convex Optimization*, Springer, section 2.1.5: the
#   rate $2/(\lambda_{\min} + \lambda_{\max})$ and the factor $(\kappa - 1)/(\kappa + 1)$,
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
