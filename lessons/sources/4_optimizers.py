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
# - write SGD, Momentum, RMSprop, Adam and AdamW, as PyTorch does;
# - derive Adam's bias correction, and predict its first step whatever the gradient's size;
# - compare optimizers fairly, and see through a comparison that isn't;
# - choose an optimizer for a problem.
#
# **You need** lessons 2 and 3. Classes in Python are explained.
#
# **About 40 minutes** to read and play, about 35 more to write one function and five short classes
# in `course/optimizers.py`.

# %% [markdown]
# Run this cell first. It loads NumPy, your module and the checks, and makes the notebook notice
# each time you save the module.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import losses, optimizers, training
from lab import earlier

# %% [markdown]
# ## What do you remember?
#
# Three questions from earlier lessons. Answer before you look anything up.

# %%
from lab import recall

recall("4_optimizers")

# %% [markdown]
# ## A gradient that reads everything
#
# The loss of a model is a mean over its examples. So is the gradient: one step of gradient descent
# computes one gradient for each example and averages them. With 40 examples nobody minds. With 40
# million, you read them all to move once.
#
# Suppose you read only a few, and step at once. Here three walks fit a line to the same 40 points.
# Each reads every point five times, 200 examples in all, and each has its own best learning rate:

# %%
from lab.pictures.optimizers import one_example_at_a_time

one_example_at_a_time()

# %% [markdown]
# The left walk reads all 40 points before each step, so its reading pays for five steps. The right
# one trusts every single point, and takes 200. It staggers, but it gets much closer for the same
# reading.
#
# This is **SGD**, stochastic gradient descent (*stochastic* means random; Robbins & Monro, 1951).

# %% [markdown]
# ## Why one example is enough, on average
#
# Take one weight $w$ and three examples, with targets 1, 2 and 6. The loss of example $i$ is
# $(w - t_i)^2$, its gradient $2(w - t_i)$. The mean loss is lowest at the mean of the targets,
# $w = 3$. Look at the gradients there:

# %%
gradients_at_3 = 2 * (3.0 - np.array([1.0, 2.0, 6.0]))
assert gradients_at_3.mean() == 0.0
assert np.allclose(3.0 - 0.1 * gradients_at_3, [2.6, 2.8, 3.6])
gradients_at_3

# %% [markdown]
# **On average, one example tells the truth.** The mean of the example gradients *is* the full
# gradient, here 0.
#
# **A single example never falls silent.** At the best weight each example still pulls: 4, 2, −6.
# With learning rate 0.1, the next step leads from 3 to 2.6, 2.8 or 3.6. Full gradient descent would
# stand still. SGD can't: it keeps jittering around the minimum.
#
# The height at which this jitter holds the loss is called the **noise floor**. It depends on the
# learning rate:

# %%
from lab.pictures.optimizers import noise_floor

noise_floor()

# %% [markdown]
# A large learning rate falls fast and stops high, a small one falls slowly and stops low. One that
# shrinks gets both: fast at first, and no floor at all. Robbins and Monro proved what is enough:
# rates that add up to infinity, while their squares do not. The picture's
# $0.1 / (1 + \text{epoch})$ does both. Averaging the weights of the last epochs also gets below the
# floor (Polyak & Juditsky, 1992).
#
# The horizontal axis counts **epochs**. An epoch is one pass over the training examples, each of
# them used once. At the start of each, the examples are shuffled again, so that no accidental order
# of the table (all the cheap houses first) pulls the weights one way for long.

# %% [markdown]
# ### Write it: stochastic_gradient_descent
#
# You are given `example_gradient(weights, i)`, the gradient of the loss of only example `i`, and
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
# list changes with it, and in the end all its rows are the same. `weights = weights - …` makes a
# new array.

# %%
check("stochastic_gradient_descent")

# %% [markdown]
# ## Minibatches: a little less noise
#
# Between one example and all of them is the **minibatch**: a few examples drawn at random whose
# mean gradient makes one step. How much calmer is it? If the table is huge, the noise of a mean of
# $B$ draws falls like $1/\sqrt{B}$. An epoch draws without putting back, so in a small table it
# falls faster, and a batch of everything has no noise at all:

# %%
from lab.pictures.optimizers import minibatch_noise

minibatch_noise()

# %% [markdown]
# Half the noise for four times the reading sounds like a bad bargain. But machines multiply whole
# matrices, and a batch of 32 often takes hardly longer than one example.

# %% [markdown]
# ## An optimizer is an object with a memory
#
# From here on, the gradient is given: of one example, a batch or everything. The **optimizer**
# decides what to do with it. Ours all have one method:
# `new_weights = optimizer.update(weights, gradient)`.
#
# Some of them remember earlier gradients. In Python, a thing with a memory is an instance of a
# class, and what is stored on `self` lasts from one call to the next.
#
# ### Write it: SGD
#
# First look at a class with a memory, which none of the exercises asks for. It sums all gradients:
#
# ```python
# class GradientSum:
#     def __init__(self, learning_rate):  # runs once: GradientSum(0.1)
#         self.learning_rate = learning_rate  # kept for update
#         self.total = 0.0  # the memory, empty at first
#
#     def update(self, weights, gradient):  # runs at each step
#         gradient = np.asarray(gradient, dtype=float)  # lists become arrays of floats
#         self.total = self.total + gradient  # 0.0 + array: an array of the right shape
#         return np.asarray(weights, dtype=float) - self.learning_rate * self.total
# ```
#
# Two details save hours:
#
# - The memory starts at `0.0`. The first addition gives it the shape of the gradient, whatever that
#   is: a number plus an array is an array.
# - `self.total = self.total + gradient` makes a new array. `self.total = gradient` would only give
#   the caller's array a second name, and `self.total += gradient` would then write into it. In your
#   classes, make new arrays; never use `+=`, `-=` or `*=` on one.
#
# Now yours, which has no memory: `update` returns `weights - learning_rate * gradient`. Its name
# says that the gradient may come from a single example or a batch; the rule is the same for any
# gradient. Each of your classes has two `raise` lines, one in `__init__` and one in `update`.
# Replace both.

# %%
check("SGD")

# %% [markdown]
# ## The ravine, and a heavy ball
#
# In lesson 3 a narrow valley made gradient descent slow: the steep walls cap the learning rate, and
# along the gentle floor that rate crawls. Here the walls curve 40 times as much as the floor:

# %%
from lab.pictures.optimizers import ravine

ravine()

# %% [markdown]
# At the top, gradient descent jumps from wall to wall. At the bottom, with the same learning rate,
# each step remembers the ones before. Across the valley the gradients change sign, and in that
# memory they cancel. Along it they agree, and add up. So the walk gathers **momentum**, like a
# heavy ball that rolls down (Polyak, 1964).
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
agree, alternate = np.sum(0.9 ** np.arange(100)), np.sum((-0.9) ** np.arange(100))
assert np.allclose([agree, alternate], [1 / (1 - 0.9), 1 / (1 + 0.9)], rtol=1e-4)
np.round([agree, alternate], 3)

# %% [markdown]
# Gradients that agree build up to ten times a single one. Those that alternate shrink to about half
# of one.
#
# ### Write it: Momentum
#
# The velocity is the memory. Let it start as the total of `GradientSum` does. Renew the velocity
# first, then step with the *new* velocity, so that the very first step is that of SGD.

# %%
check("Momentum")

# %% [markdown]
# ## How large can the steps be now?
#
# **Predict.** Without momentum, learning rates above $2/\lambda_{\max}$ diverge: here above 0.05.
# As momentum grows, does the border move left, move right, or stay? And where on the map is the
# fastest cell: at the bottom, in the middle, or at the very top?

# %%
from lab import map_learning_rates

map_learning_rates(optimizers.Momentum)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# The border leans to the right, to $2(1 + \text{momentum})/\lambda_{\max}$: at 0.9 almost twice as
# far. The fastest cell is in the middle: with less momentum the floor of the valley is slow; with
# more, the ball swings back and forth. Polyak (1964) computed the best pair; Goh (2017) draws the
# map.
#
# </details>

# %% [markdown]
# ## RMSprop: divide by the recent size
#
# One weight's gradient may be a thousand times another's, and one learning rate must serve both.
# Worse, these sizes change while you train.
#
# - A **recurrent network** reads a text word by word with the same weights. Its gradient is a
#   product with one factor for each word. A hundred factors of 1.05 make 132, a hundred of 0.95 make
#   0.006: the gradient explodes or vanishes.
# - In **reinforcement learning** the model makes its own data. Rewards are rare at first; when the
#   player finds a trick, games, rewards and gradients all change at once.
#
# So Hinton, Srivastava and Swersky (2012) divide the gradient by its own recent size. **RMSprop**
# keeps, for each weight, a running mean of its squared gradients, zero at first. With $g$ for the
# gradient, $s$ for that mean square and $w$ for the weights:
#
# $$\begin{aligned}
# s &\leftarrow \text{decay} \cdot s + (1 - \text{decay}) \cdot g^2 \\
# w &\leftarrow w - \text{learning\_rate} \cdot \frac{g}{\sqrt{s} + \text{epsilon}}
# \end{aligned}$$
#
# Squares, roots and quotients are taken entry by entry. Hence the name: root of the mean of
# squares. Watch it while the gradient jumps from 1 to 100 and falls back:

# %%
from lab.pictures.optimizers import changing_gradients

assert (round(1.05**100), round(0.95**100, 3)) == (132, 0.006)
changing_gradients()

# %% [markdown]
# SGD's steps jump a hundredfold. RMSprop's rise for a moment, then return to one learning rate.
# What counts is *recent* history, about the last $1/(1 - \text{decay})$ steps. The price: after
# large gradients, the steps stay short for a while.

# %% [markdown]
# ### Write it: RMSprop
#
# The very first step deserves a number. From $s = 0$, one gradient makes $s = 0.01\,g^2$ at decay
# 0.99, so the step is $g / (0.1\,|g|)$: ten learning rates long, for every weight.
#
# The small **epsilon** is there for weights whose gradient is exactly 0: without it their step
# would be 0/0. Where it is added matters: as in PyTorch, ours is added *after* the root. Some other
# libraries add it under the root. (Hinton's lecture used decay 0.9; PyTorch, and we, default to
# 0.99.)
#
# One memory, the mean square $s$. Renew it first, then divide by the root of the *new* $s$. The
# numerator is this step's gradient: not its square, and not a mean.

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
# By default $\beta_1$ is 0.9 and $\beta_2$ is 0.999. Note the factor $1 - \beta_1$, which the
# velocity of momentum does not have.
#
# ### Two means that start too small
#
# Both start from zero, and zero is not a gradient. Take a running mean with decay ½ instead of 0.9,
# and follow three gradients $g_1$, $g_2$, $g_3$ through it:
#
# | after | the mean holds | shares add up to |
# |:--|:--|--:|
# | $g_1$ | $\tfrac{1}{2} g_1$ | $\tfrac{1}{2}$ |
# | $g_2$ | $\tfrac{1}{4} g_1 + \tfrac{1}{2} g_2$ | $\tfrac{3}{4}$ |
# | $g_3$ | $\tfrac{1}{8} g_1 + \tfrac{1}{4} g_2 + \tfrac{1}{2} g_3$ | $\tfrac{7}{8}$ |
#
# In a true mean the shares add up to 1. Here the starting zero still holds the rest: a half, a
# quarter, an eighth. If every gradient is 2, the mean is only 1.75 after three. **Bias correction**
# takes this out: divide by what the shares add up to.

# %%
mean = 0.5 * (0.5 * (0.5 * 0 + 0.5 * 2) + 0.5 * 2) + 0.5 * 2
assert mean == 7 / 8 * 2 == 1.75

# %% [markdown]
# Now it's your turn, on paper. The decay is $\beta$ instead of ½, and $k$ updates have been made,
# this one included. How much does the starting zero still hold? What do the shares of the gradients
# add up to? Test your formula with ½ and 3: it must give ⅞. Then use it twice, once with $\beta_1$
# for $\hat m$, the corrected $m$, and once with $\beta_2$ for $\hat s$. The step is
#
# $$w \leftarrow w - \text{learning\_rate} \cdot \frac{\hat m}{\sqrt{\hat s} + \text{epsilon}}.$$

# %% [markdown]
# ## Adam's first step, in numbers
#
# **Predict.** The learning rate is 0.001. The first gradient of one weight is 0.001, that of
# another 1000, a million times larger. How long is the first step of each?

# %%
g = np.array([0.001, 1000.0])
m_hat, s_hat = 0.1 * g / 0.1, 0.001 * g**2 / 0.001  # one update from zeros, and its share
steps = 0.001 * m_hat / (np.sqrt(s_hat) + 1e-8)
assert np.allclose(steps, 0.001, rtol=2e-5)
[f"{step:.12f}" for step in steps]

# %% [markdown]
# Both steps are the learning rate, 0.001. After the correction $\hat m = g$ and $\hat s = g^2$, so
# the quotient is $g/|g|$: the *sign* of the gradient. Its size cancels, except for a trace of
# epsilon. So Adam's learning rate reads like a length.

# %% [markdown]
# ### Write it: Adam
#
# In code $\beta_1$ is `beta1` and $\beta_2$ is `beta2`; the docstring writes `mean` and
# `mean_square` for $m$ and $s$. (The paper writes $v$ for our $s$, and $t$ for the number of
# updates, our $k$.)
#
# Three memories: $m$, $s$ and the count $k$ of updates, all zero at first. In each update: add 1 to
# $k$, renew $m$ and $s$, correct both, step. Keep $m$ and $s$ *uncorrected* in memory; $\hat m$ and
# $\hat s$ serve this step only.

# %%
check("Adam")

# %% [markdown]
# What would happen without the correction?

# %%
from lab.pictures.optimizers import first_steps_of_adam

first_steps_of_adam()

# %% [markdown]
# $s$ needs about a thousand steps to fill up, $m$ only ten, so their quotient overshoots: the
# wildest steps come when least is known. The first is $0.1/\sqrt{0.001} = 3.16$ learning rates
# long:

# %%
assert np.allclose(0.1 * g / np.sqrt(0.001 * g**2), 3.16, atol=0.003)
0.1 * g / np.sqrt(0.001 * g**2)  # m over the root of s, after one update from zeros

# %% [markdown]
# ---
# **A good place to stop.** You have written the four classics. When you come back, run the notebook
# from its top (menu *Run*, *Run All Cells*); what you wrote is there. Next: rare words, weights
# that decay, and a fair race.
#
# ---

# %% [markdown]
# ## A word that hardly ever appears
#
# A language model has a weight for every word. “The” is in each example, “zebra” in one out of a
# hundred. Where a word is missing, the gradient of its weight is exactly 0. Such gradients are
# called *sparse*. SGD moves a weight only when its word appears, so zebra's weight moves a
# hundredth as far. Adam looks at how strong a weight's gradients are, and at *how often* they come.
#
# Let a gradient of 1 come in a share $p$ of the steps. Then the mean and the mean square are both
# about $p$. Adam's step is $p/\sqrt{p} = \sqrt{p}$ learning rates: a tenth of the frequent word's.
# Ask your Adam:

# %%
ready = earlier(optimizers)
adam, path = ready.Adam(learning_rate=1.0), [np.zeros(2)]
for k in range(1, 10_001):
    path.append(adam.update(path[-1], [1.0, float(k % 100 == 0)]))  # frequent word, rare word
lengths = (path[5_000] - path[10_000]) / 5_000  # learning rates a step, in the second half
assert np.allclose(lengths, [1, np.sqrt(1 / 100)], atol=0.005)
lengths

# %% [markdown]
# **Predict.** The weights of both words should become 1. Four optimizers get learning rates at
# which they learn the *frequent* word equally fast. Rank them: who learns the rare word best?

# %%
from lab import sparse_gradients

sparse_gradients(optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# SGD and Momentum treat all weights alike. RMSprop and Adam give the rare word's weight longer
# steps, because its mean square is small. (**Adagrad**, the ancestor of both, divides by the root
# of the *sum* of all squares: Duchi, Hazan & Singer, 2011.)
#
# </details>

# %% [markdown]
# ## Weights that decay
#
# Large weights make a model jumpy: a small change of the input changes the answer a lot. So all
# weights are often made to shrink a little at each step; only those that the gradient keeps pushing
# stay large. This is **weight decay**. For SGD there are two ways to write it. Either add a
# multiple of the weights to the gradient,
#
# $$w - \eta\,(g + \text{weight\_decay} \cdot w) ,$$
#
# or shrink the weights first: $(1 - \eta \cdot \text{weight\_decay})\, w - \eta\, g$. Multiply out:
# they are the same. For Adam they are not. **Predict:** two weights of 1 get gradients that push
# back and forth and lead nowhere, one strong, the other weak. The decay, 0.1, is added to both
# gradients. Which weight shrinks?

# %%
adam, w = ready.Adam(learning_rate=0.01), np.ones(2)
for k in range(1000):
    push = np.array([10.0, 0.01]) * (-1) ** k
    w = adam.update(w, push + 0.1 * w)
assert w[0] > 0.85 > 0.01 > w[1]
w

# %% [markdown]
# Adam divides the decay too. So the second weight is gone, and the first has hardly shrunk. Both
# should have decayed by the same factor. Loshchilov and Hutter (2019) take the decay out of the
# gradient and shrink the weights themselves. That is **AdamW**.
#
# ### Write it: AdamW
#
# First multiply the weights by $1 - \text{learning\_rate} \cdot \text{weight\_decay}$. Then take
# Adam's step from there, with the gradient as it is. Your `Adam` is already written: an `AdamW` may
# keep one inside.

# %%
check("AdamW")

# %%
adamw, w = earlier(optimizers).AdamW(learning_rate=0.01, weight_decay=0.1), np.ones(2)
for k in range(1000):
    w = adamw.update(w, np.array([10.0, 0.01]) * (-1) ** k)
assert np.allclose(w, (1 - 0.01 * 0.1) ** 1000, atol=0.01)
w

# %% [markdown]
# Now both weights decay by the same factor, about $(1 - 0.001)^{1000}$.

# %% [markdown]
# ## A race, and what makes it fair
#
# Which optimizer is best? Many comparisons only say which one got a lucky learning rate. The same
# number is a factor for SGD, and a length for Adam. A fair race gives every runner its own best
# rate, found in the same way: of 89 rates from 0.0001 to 2.5, the one with the lowest mean loss
# over the last 20 of 200 steps.
#
# **Predict.** Bet on a runner for the ravine. Then bet again for the turned ravine: the same one,
# turned by 45 degrees, so that no weight runs along it. Who will mind?

# %%
from lab import race_optimizers

race_optimizers(
    optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam, optimizers.AdamW
)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# In the ravine RMSprop wins by far: with its own step size for each weight, a ravine along the
# weights becomes a bowl. In the turned ravine this advantage is gone. SGD and Momentum don't notice
# the turn: they know no weights, only directions. (AdamW leads there by luck: its decay pulls
# toward 0, where the lowest point is.) Then set all rates equal, and watch the order change.
#
# </details>

# %%
from lab.pictures.fair_comparison import where_races_end

runners = earlier(optimizers)
where_races_end(runners)

# %% [markdown]
# All fair races at a glance: nobody wins everywhere. On the round bowl SGD needs no help. On the
# banana (Rosenbrock's function: its valley is bent, so no step sizes fit for long) momentum gets
# farthest. AdamW, whose decay pulls it away from the lowest point at (1, 1), is last. On the noisy
# bowl all stop at about the same noise floor.

# %% [markdown]
# ## Loss against learning rate
#
# The sweep runs your optimizers at many rates and draws the loss at the end. On *digits*, a small
# network learns handwriting at each point.
#
# **Predict.** There, at one rate for all, SGD's loss ends several times as high as Adam's. How far
# ahead is Adam when each gets its own best rate?

# %%
from lab import sweep_rates

sweep_rates(
    optimizers.SGD, optimizers.Momentum, optimizers.RMSprop, optimizers.Adam, optimizers.AdamW
)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Every curve is a valley with a cliff on its right. The lowest points are far apart, so at *any*
# rate shared by all, somebody looks bad.
#
# </details>

# %% [markdown]
# Now train longer: five epochs, from three different starts, each optimizer at the best of 13 rates
# from 0.001 to 1:

# %%
from lab.pictures.fair_comparison import digits_at_best_rates

digits_at_best_rates(runners, earlier(training), earlier(losses))

# %% [markdown]
# On the right, at one rate for both, Adam's loss is a twentieth of SGD's, or SGD's is a thirtieth
# of Adam's. On the left, the five optimizers hardly differ more than three starts of the same one.

# %% [markdown]
# ## Which one to take
#
# | you have | take | because |
# |---|---|---|
# | a new problem, no time to tune | Adam, learning rate 0.001 | a sensible length of step, and hard to beat (below) |
# | rare words or features | Adam | zebra, above |
# | a transformer, such as a language model | AdamW, with warm-up and a cosine | LLaMA, for one, was trained like that (Touvron and others, 2023, section 2.3) |
# | recurrent networks, reinforcement learning | RMSprop or Adam | RMSprop, above |
# | images, and time to tune | also SGD with momentum | it can do better on new data (below) |
# | one round valley (a *convex* problem, well scaled) | SGD | nothing to repair (the bowl, above) |
#
# **Schmidt and others (2021)** ran fifteen popular optimizers on eight tasks. None won everywhere,
# but nothing newer beat Adam consistently. **Wilson and others (2017)** tuned learning rates.
# RMSprop and Adam often did worse on new data, even where their training loss was lower. **Choi and
# others (2019)** tuned *every* setting, epsilon too, and found that the more general method was
# never worse.
#
# The reason: SGD is a special case of RMSprop, and momentum of Adam: a huge epsilon drowns
# $\sqrt{s}$, and a learning rate multiplied by it makes up for that.

# %% [markdown]
# For **language models** the gap is real and large. Zhang and others (2020) blame gradients with
# rare huge values; Kunstner and others (2024) blame rare words. Try the second idea: 1,000 words,
# the $j$-th in a share proportional to $1/j$ of the text, a logit for each, learned by cross-entropy
# in 100 steps with the full gradient:

# %%
from lab.pictures.fair_comparison import rare_words

rare_words(runners)

# %% [markdown]
# Here no rate saves SGD: the slope of the rarest word is about a thousandth of the most frequent
# one's. It is a ravine along the weights, in a thousand dimensions. So compare on *your* problem,
# tune what you compare, and say what you tuned.

# %% [markdown]
# ## Find the cause
#
# A friend fits two weights. The loss is $(a - 3)^2 + (b + 1)^2$, and $b$ starts at −1, where its
# gradient is 0. It should stay there:

# %%
heavy, a, b = runners.Momentum(learning_rate=0.1), 0.0, -1.0
for _ in range(3):
    a = heavy.update(a, 2 * (a - 3))
    b = heavy.update(b, 2 * (b + 1))
print(f"a = {a:.2f}, b = {b:.2f}")

# %% [markdown]
# $b$ has run away from its best place, without an error, and your `Momentum` is right. What is
# wrong?

# %%
# Look for the cause here: print gradients, velocities, who updates what.

# %% [markdown]
# <details><summary>What it was</summary>
#
# One optimizer serves two weights. When $b$ is updated, the velocity still holds the gradient of
# $a$. Give each array its own optimizer, or put all weights into one array, as lesson 5 does.
#
# </details>

# %%
# The proof. Open it when you have found the cause.
assert runners.Momentum(learning_rate=0.1).update(-1.0, 2 * (-1.0 + 1)) == -1.0

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("4_optimizers")

# %% [markdown] tags=["reflection"]
# **To think about.** A friend trains a model with SGD and learning rate 0.05, and it learns well.
# She changes `SGD` to `Adam`, keeps 0.05, and the loss jumps around without falling. “So SGD is
# better here,” she says. Explain to her, with a number, what 0.05 means to each of the two, and
# what she must do before she can say which is better.

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %%
from lab import model_answer

model_answer("4_optimizers")

# %% [markdown]
# ## Recap
#
# - One example points the right way on average. With a constant learning rate SGD stops at a noise
#   floor; shrinking rates, averaging and larger batches get below it.
# - Momentum sums gradients: directions that last add up, zigzags cancel.
# - RMSprop divides each weight's gradient by its recent size. Adam does both, and corrects the
#   start: its first step is the learning rate, whatever the gradient's size.
# - A rare gradient moves its weight by the root of its share with Adam, by its share with SGD.
# - Weight decay shrinks weights. AdamW keeps it out of the gradient that Adam divides.
# - A fair comparison gives each optimizer its own best rate. At one rate for all, the rate decides.

# %% [markdown]
# ## Key terms
#
# - **SGD**: stochastic gradient descent: gradient descent whose gradient comes from one example, or
#   a few, drawn at random, instead of from all of them.
# - **Epoch**: one pass over the training examples, each of them used once.
# - **Minibatch**: a few examples drawn at random whose mean gradient makes one step.
# - **Momentum**: an optimizer that moves by a running sum of past gradients, so that steps in a
#   lasting direction add up and zigzags cancel.
# - **RMSprop**: an optimizer that divides each weight's gradient by the root of the running mean of
#   its recent squares.
# - **Adam**: an optimizer that joins a running mean of gradients with RMSprop's scaling, gives each
#   weight its own step size, and corrects the bias of starting from zeros.
# - **Bias correction**: dividing a running mean that started at zero by the share of it that the
#   values seen so far make up.
# - **Weight decay**: multiplying all weights by a number a little below 1 at each step, so that
#   only weights that the gradient keeps pushing stay large.

# %%
from lab import flash_cards

flash_cards("4_optimizers")

# %% [markdown]
# ## What we left out
#
# - **Conventions.** Ours are PyTorch's. Some books write $v \leftarrow \beta v + (1 - \beta)\, g$,
#   which at 0.9 makes steps ten times shorter. If somebody recommends a learning rate, ask for
#   which formula.
# - **Nesterov's momentum** looks at the gradient a little ahead of the ball (Nesterov 2004, section
#   2.2).
# - **Guarantees**, and how batch size and rate belong together (Bottou, Curtis & Nocedal 2018).
#
# ## Sources
#
# - H. Robbins & S. Monro (1951), A Stochastic Approximation Method, *Annals of Mathematical
#   Statistics* 22(3), 400–407,
#   [doi:10.1214/aoms/1177729586](https://doi.org/10.1214/aoms/1177729586).
# - B. T. Polyak (1964), Some Methods of Speeding up the Convergence of Iteration Methods, *USSR
#   Computational Mathematics and Mathematical Physics* 4(5), 1–17,
#   [doi:10.1016/0041-5553(64)90137-5](https://doi.org/10.1016/0041-5553%2864%2990137-5).
# - B. T. Polyak & A. B. Juditsky (1992), Acceleration of Stochastic Approximation by Averaging,
#   *SIAM Journal on Control and Optimization* 30(4), 838–855,
#   [doi:10.1137/0330046](https://doi.org/10.1137/0330046).
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
# - D. Choi, C. J. Shallue, Z. Nado, J. Lee, C. J. Maddison & G. E. Dahl (2019), On Empirical
#   Comparisons of Optimizers for Deep Learning,
#   [arXiv:1910.05446](https://arxiv.org/abs/1910.05446).
# - I. Loshchilov & F. Hutter (2019), Decoupled Weight Decay Regularization, *ICLR*, Algorithm 2,
#   [arXiv:1711.05101](https://arxiv.org/abs/1711.05101).
# - J. Zhang and others (2020), Why Are Adaptive Methods Good for Attention Models?, *NeurIPS* 33,
#   [arXiv:1912.03194](https://arxiv.org/abs/1912.03194).
# - R. M. Schmidt, F. Schneider & P. Hennig (2021), Descending through a Crowded Valley:
#   Benchmarking Deep Learning Optimizers, *ICML*, PMLR 139, 9367–9376,
#   [arXiv:2007.01547](https://arxiv.org/abs/2007.01547).
# - H. Touvron and others (2023), LLaMA: Open and Efficient Foundation Language Models, section 2.3,
#   [arXiv:2302.13971](https://arxiv.org/abs/2302.13971).
# - F. Kunstner, R. Yadav, A. Milligan, M. Schmidt & A. Bietti (2024), Heavy-Tailed Class Imbalance
#   and Why Adam Outperforms Gradient Descent on Language Models, *NeurIPS* 37,
#   [arXiv:2402.19449](https://arxiv.org/abs/2402.19449).
# - PyTorch's documentation of its optimizers,
#   [torch.optim](https://pytorch.org/docs/stable/optim.html).

# %% [markdown]
# **Next:** [Lesson 5 · The training step](5_training_step.ipynb). Where do the gradients of a whole
# network come from?
