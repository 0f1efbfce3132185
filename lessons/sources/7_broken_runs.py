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
# # 7 · Broken runs
#
# You have six programs on your desk. All of them run to the end, none prints a warning, and each of
# them learns the wrong thing. “Neural net training fails silently,” says Karpathy (2019). In this
# lesson you repair all six, and learn to look before you change.
#
# **After this lesson you can**
#
# - say what a sound run must show before you start it, as a number;
# - get from a symptom to a short list of suspects, and test them one at a time;
# - find, in a program that runs, the line that makes it learn the wrong thing, and name the cause;
# - check a loop by letting it learn one batch by heart.
#
# **You need** lessons 1, 2 and 4. Lesson 6 helps you to read the curves.
#
# **About 40 minutes** to read and play, about 30 more to repair six programs in `course/broken_runs.py`.
# Each repair is a few characters long.

# %% [markdown]
# Run this cell first. It loads this lesson's module, and two earlier ones: where a function of
# yours isn't written yet, ours steps in, and a sentence says so.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import broken_runs, gradient_descent, losses
from lab import earlier

gradient_descent, losses = earlier(gradient_descent), earlier(losses)

# %% [markdown]
# ## What do you remember?
#
# Three questions from earlier lessons. Answer before you look anything up.

# %%
from lab import recall

recall("7_broken_runs")

# %% [markdown]
# ## Nothing is red
#
# A misspelled name stops a program at once, and Python tells you the line. Such a **bug**, an error
# in a program, costs a minute. The expensive bugs raise no error at all: every line is legal, every
# number is finite, and what comes out is not what you asked for. They are called **silent bugs**.
#
# Here are the six programs of this lesson as they were handed to you, each beside a sound run on the
# same data.

# %%
from lab.pictures.broken_runs import six_symptoms

six_symptoms()

# %% [markdown]
# Nobody could say from these pictures alone which line is to blame. But each picture shows a
# **symptom**: something you can see that shouldn't be so. A symptom makes some causes likely and rules
# others out. Getting from the symptom to the cause takes work, and a method makes it faster.

# %% [markdown]
# ## How to look
#
# 1. **Say what should be there, before you look.** As a number, or as a shape. If you can't say what
#    a line should give, you can't see that it gives something else.
# 2. **Make it small.** Three examples instead of three thousand, one step instead of a hundred. Then
#    every number fits on the screen, and you can work it out by hand.
# 3. **Print shapes first, then values**, at the top of the loop and for two or three steps. What
#    should change from step to step, and does it? What should stay?
# 4. **Let it learn one batch by heart.** A sound program can do that.
# 5. **Check the gradient by differences.** Then you know on which side of the update the bug is.
# 6. **Change one thing, and look again.** If it didn't help, put it back. Two changes at once can hide
#    each other.
#
# For a classifier you know one number before the first step: with equal probabilities for all classes the
# loss is the logarithm of their number. That is $\ln 2 = 0.693$ for two classes, $\ln 3 = 1.099$ for
# three and $\ln 10 = 2.303$ for ten. A run that starts far above knows less than nothing, and a run that
# stays there has not learned anything.

# %%
assert np.allclose(np.log([2, 3, 10]), [0.693, 1.099, 2.303], atol=5e-4)

# %% [markdown]
# The next four sections try four tests on code that you understand. Then come the programs.

# %% [markdown]
# ## Shapes that fit by accident
#
# NumPy combines arrays of different shapes if it can stretch one to fit the other. That is called
# **broadcasting**, and you have used it all along: `weights * 2`, or a bias added to every row. It also
# does this:

# %%
from lab.pictures.broken_runs import nine_differences

nine_differences()

# %% [markdown]
# A column minus a row is a table. No error, no warning. And a mean swallows the table, so one number
# comes out, as you expected. It is the wrong number: the mean of nine squares instead of three.

# %%
predictions, targets = np.array([[1.0], [4.0], [6.0]]), np.array([2.0, 4.0, 9.0])
errors = predictions - targets
assert errors.shape == (3, 3)
assert np.isclose(np.mean(errors**2), 132 / 9)
assert np.isclose(np.mean((predictions[:, 0] - targets) ** 2), 10 / 3)
errors.shape

# %% [markdown]
# Your `mean_squared_error` from lesson 1 refuses two shapes that differ, for this very reason. In a loop
# that you write yourself, nothing refuses. So print the shape of every array in it, once.

# %% [markdown]
# ## One batch by heart
#
# Take four examples, and train on these four only. A sound program brings the loss close to zero: four
# examples can be learned by heart, whatever they are. If it stays high, something between the data
# and the update is broken. You have found that out in a second, with four rows that you can print.
#
# **Predict.** Six random numbers describe each of four examples, and each example has a class of its
# own. What will the loss be before the first step, and what after 300 steps?

# %%
generator = np.random.default_rng(7)
features, one_hot, weights = generator.normal(size=(4, 6)), np.eye(4), np.zeros((6, 4))
curve = []
for _ in range(300):
    logits = features @ weights
    curve.append(losses.categorical_cross_entropy(losses.softmax(logits), one_hot))
    gradient = features.T @ losses.softmax_cross_entropy_gradient(logits, one_hot)
    weights = weights - 0.5 * gradient
assert np.isclose(curve[0], np.log(4)) and curve[-1] < 0.05
curve[0], curve[-1]

# %% [markdown]
# It begins at $\ln 4 = 1.386$ and ends below 0.05. This test is called **overfitting one batch**. Numbers
# drawn at random can't be *understood*, so it says nothing about new examples. It says that the loop
# works.

# %% [markdown]
# ## A factor lost
#
# Here is a gradient with a bug: someone forgot the 2 of the squared error. A **gradient check**
# compares it with central differences, as in lesson 5. Don't only ask whether the two agree. Look at
# their *ratio*.

# %%
x, t, w = generator.normal(size=(5, 2)), generator.normal(size=5), np.array([1.0, -1.0])
claimed = x.T @ (x @ w - t) / len(t)
measured = gradient_descent.numerical_gradient(lambda w: np.mean((x @ w - t) ** 2), w)
assert np.allclose(measured / claimed, 2)
measured / claimed

# %% [markdown]
# The ratio is the same for every weight. So the direction is right and a factor is lost: the steps are not
# as long as you think. A factor of 2 does little harm, which is why it can hide for years. Other
# factors do more, so try the check with two sizes of data.
#
# If the ratios differ from weight to weight, the formula itself is wrong. If they are all 1, the
# gradient is sound, and the bug is in what happens to it afterwards.

# %% [markdown]
# ## One array, two names
#
# In Python an assignment gives a thing a name. It copies nothing.

# %%
from lab.pictures.broken_runs import two_names

two_names()

# %%
weights = np.array([3.0])
kept, copied = weights, weights.copy()
weights += 1  # changes the array in place
assert (kept[0], copied[0]) == (4.0, 3.0)
kept, copied

# %% [markdown]
# `weights = weights + 1` would have made a new array, and `kept` would still refer to the old one.
# `weights += 1` writes into the array that both names refer to. Either is fine, as long as you know which
# of them you wrote.

# %% [markdown]
# ## The flat line
#
# Now to the programs. Open `course/broken_runs.py`; `fit_line` is the first. A sound run fits a line
# through points by gradient descent. Say what it should return for points near the line
# $1.5 \cdot x + 1$, and run it:

# %%
inputs = np.linspace(-1, 3, 30)[:, None]
slope, intercept = broken_runs.fit_line(inputs, 1.5 * inputs[:, 0] + 1, 0.1, 200)
round(slope, 3), round(intercept, 3)

# %% [markdown]
# As it was handed to you, it returns a slope of 0 and an intercept of 2.5: the mean of the targets. All
# the inputs are there, and the line ignores them.
#
# **Predict.** Below, your program runs beside a sound one. Look at what its variables hold, and guess
# the cause. The experiment keeps your guess.

# %%
from lab import watch_broken_run

watch_broken_run(broken_runs.fit_line)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Both runs begin at the same loss. Put the slider at step 1, and go down the table until something
# differs. Don't start with its values: you can say what shape it ought to have.
#
# </details>
#
# ### Repair it: fit_line
#
# Repair it in `course/broken_runs.py`, save, and look at the experiment again: when the bug is gone, the
# two curves meet. Then run the check.

# %%
check("fit_line")

# %% [markdown]
# <details><summary>What it was</summary>
#
# The inputs are a column, (20, 1), the targets have the shape (20,), and the errors are a table of
# (20, 20): every prediction minus every target. The mean over the table pulls every prediction toward
# *all* targets, and what is closest to all of them is their mean. So the line goes flat.
#
# </details>

# %% [markdown]
# ## The loss that jumps
#
# `logistic_regression` tells two classes apart. With few examples its loss falls as it should. Here is
# the loss after 0 to 6 steps, for 10 examples and for 300 of the same kind. The learning rate is 0.2
# for both.


# %%
def losses_of(count):
    classes = np.arange(count) % 2
    spots = np.random.default_rng(7).normal(size=(count, 2)) + 0.8 * classes[:, None] - 0.4
    paths = [broken_runs.logistic_regression(spots, classes, 0.2, k) for k in range(7)]
    found = [losses.binary_cross_entropy(losses.sigmoid(spots @ w), classes) for w in paths]
    return np.round(found, 2).tolist()


losses_of(10), losses_of(300)

# %% [markdown]
# Both start at $\ln 2 = 0.69$. As handed to you, the first falls. The second jumps to 2.9 at the first
# step, and goes up and down from there. Lesson 6 would say that the learning rate is too high. You
# could lower it until the jumps stop, and many people do. But why should 300 examples need another
# learning rate than 10?
#
# **Predict.** Which cause fits a symptom that depends on the number of examples?

# %%
watch_broken_run(broken_runs.logistic_regression)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Put the slider at step 1. Both runs have started from the same weights, so what differs first has been
# computed differently. By what factor is it too large? Have you seen that number before?
#
# </details>
#
# ### Repair it: logistic_regression
#
# Which line should give the same size of number, however many examples there are?

# %%
check("logistic_regression")

# %% [markdown]
# <details><summary>What it was</summary>
#
# At step 1 the gradient of the broken run is 120 times as long, and there are 120 examples. The loss is
# a mean, but its gradient was summed. So each step is 120 times as long as the learning rate
# promises: far above the border. A lower rate only hides the bug until the table grows.
#
# </details>

# %% [markdown]
# ## The classifier that guesses
#
# `softmax_regression` reads three classes in minibatches, in a new order each epoch. The classes of this
# table are well apart, so a sound run soon has a loss near 0.2.

# %%
classes = np.arange(120) % 3
centers = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
spots = centers[classes] + np.random.default_rng(7).normal(size=(120, 2))
weights = broken_runs.softmax_regression(spots, np.eye(3)[classes], 0.1, 20, 16)
loss = losses.categorical_cross_entropy(losses.softmax(spots @ weights), np.eye(3)[classes])
round(loss, 2), round(np.log(3), 2)

# %% [markdown]
# As handed to you, the loss stays close to the second number. That is the loss of guessing, so the
# program finds nothing in these rows that would tell it their class. Is there nothing to find? Look at
# the data with your own eyes first. Then follow *one* example through the program.
#
# **Predict.** Which cause makes a good table worthless?

# %%
watch_broken_run(broken_runs.softmax_regression)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Put the slider at epoch 1. Leave the weights aside: they are only the consequence. Below them, some
# variables are the same in both runs, and then one is not. Which other variable should it go with?
#
# </details>
#
# ### Repair it: softmax_regression
#
# A way to see it: give each of six examples its own number as its only feature, and print a batch with
# its answers.

# %%
check("softmax_regression")

# %% [markdown]
# <details><summary>What it was</summary>
#
# The rows of a batch are in shuffled order, and the answers beside them are in the old one. Each row gets
# somebody else's answer, and a different one in each epoch. What is left to learn is how frequent each
# class is, and all three are equally frequent.
#
# </details>

# %% [markdown]
# ---
# **A good place to stop.** Three of six are sound. When you come back, run the notebook from its top
# (menu *Run*, *Run All Cells*); what you repaired is there. The next three programs get their first
# step right, and something goes wrong later.
#
# ---

# %% [markdown]
# ## Momentum that does nothing
#
# `train_with_momentum` is your optimizer from lesson 4 and its loop, in one function. Change one thing,
# and see whether the result changes with it: here the momentum, from 0.9 to 0.


# %%
def slope_of_bowl(weights):
    return np.array([1.0, 30.0]) * weights


for momentum in (0.9, 0.0):
    path = broken_runs.train_with_momentum(slope_of_bowl, [9.0, 1.0], 0.01, momentum, 100)
    print(momentum, path[-1].round(3))

# %% [markdown]
# In a sound run these two ends are far apart. As handed to you, they agree to the last digit: the
# weights are (3.294, 0) for both. An argument that changes nothing is a symptom in itself.
#
# **Predict.** The first step is right. What should the program still hold when the second begins?

# %%
watch_broken_run(broken_runs.train_with_momentum)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# After step 1 all variables agree. After step 2 they don't. Compare what differs with the gradient, in
# your run and in the sound one.
#
# </details>
#
# ### Repair it: train_with_momentum
#
# The formula is right. Follow the variable that differs from the end of one step into the next.

# %%
check("train_with_momentum")

# %% [markdown]
# <details><summary>What it was</summary>
#
# Both programs hold a velocity. In the broken one it is always the last gradient, no more: at the start
# of each step it is set to zero, and momentum times zero is zero. What was meant as a memory is made
# again in each step, and so holds nothing.
#
# </details>

# %% [markdown]
# ## Adam out of step
#
# Lesson 4 gave you a number to check `train_with_adam` against: on a constant slope, each step of Adam
# is as long as the learning rate. Here are the lengths of steps 1, 2, 10, 100 and 1,000, in learning
# rates.


# %%
def constant_slope(weights):
    return np.array([4.0])


path = broken_runs.train_with_adam(constant_slope, [0.0], 0.01, 1000)
steps = np.abs(np.diff(path[:, 0])) / 0.01
steps[[0, 1, 9, 99, 999]].round(2)

# %% [markdown]
# All five should be 1. As handed to you, they are 1, 1.34, 2.06, 1.02 and 0.4. This bug hides well: the
# first step is right, step 100 is nearly right by chance, and the run converges. On a real network you
# would see a slightly worse curve, and believe that this is how Adam does here.
#
# **Predict.** The first step is right and the second isn't. What is different in the second step of a
# constant slope?

# %%
watch_broken_run(broken_runs.train_with_adam)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# After step 1 all variables agree. After step 2 the running means still do, and the step is too long.
# What is computed between them, and from what?
#
# </details>
#
# ### Repair it: train_with_adam
#
# Print everything in the loop that should change from step to step, for three steps.

# %%
check("train_with_adam")

# %% [markdown]
# <details><summary>What it was</summary>
#
# The count is 1 in every step. So both means are divided as in the first step: by 0.1 and by 0.001.
# The mean of the gradients fills up within some ten steps, the mean of the squares takes a thousand. In
# between, the step is too long, up to twice; in the end it is too short, by
# $10 / \sqrt{1000} = 0.32$.
#
# </details>

# %% jupyter={"source_hidden": true}
# The proof. Open it when you have found the cause.
k = np.array([1, 2, 10, 100, 1000])
lengths = (1 - 0.9**k) / 0.1 / np.sqrt((1 - 0.999**k) / 0.001)
assert np.allclose(lengths, [1, 1.34, 2.06, 1.02, 0.4], atol=0.005)
assert np.isclose(10 / np.sqrt(1000), 0.32, atol=0.005)

# %% [markdown]
# ## The best weights, lost
#
# `train_until_worse` watches a loss, stops when it hasn't improved for a while, and returns the best
# weights that it met: early stopping, as in lesson 6. Here the loss is lowest at $w = 3$, and the
# descent walks past it.

# %%
best = broken_runs.train_until_worse(
    gradient=lambda w: np.array([-1.0]),
    loss=lambda w: float((w[0] - 3) ** 2),
    start=[0.0],
    learning_rate=0.5,
    max_steps=50,
    patience=4,
)
best

# %% [markdown]
# A sound run returns 3. As handed to you, it returns 5: the place where it stopped, four steps of 0.5
# further on. It stopped at the right time, so it knew which loss was lowest. And still it returns the
# wrong weights.
#
# **Predict.** Did the program never keep the best weights, or did something happen to them?

# %%
watch_broken_run(broken_runs.train_until_worse)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Move the slider step by step past the lowest loss. The best loss stays, as it should. What do the best
# weights do?
#
# </details>
#
# ### Repair it: train_until_worse
#
# There are two ways to repair it, and either is right.

# %%
check("train_until_worse")

# %% [markdown]
# <details><summary>What it was</summary>
#
# The name for the best weights and the name for the present ones refer to one array, and `-=` changes it
# in place. A number would have been safe, because numbers can't be changed. Copy what you want to keep,
# or make new weights in each step.
#
# </details>

# %% [markdown]
# ## From symptom to test
#
# What you did six times, on one page. It holds for networks of any size.
#
# | symptom | suspects | test |
# |:--|:--|:--|
# | predictions nearly equal, close to the mean | shapes that broadcast; a dead layer | print every shape; three examples |
# | first loss of a classifier far from that of guessing | last layer too large; logits or labels mixed up | loss before the first step |
# | loss stays at that of guessing | answers beside the wrong rows; no update; rate far too low | one batch by heart; follow one example |
# | loss jumps or grows with more data | a sum for a mean; rate too high | gradient check with two sizes of data |
# | a setting that changes nothing | a memory that is made again; an argument that isn't passed on | set it to an extreme |
# | first step right, later ones not | a count or a running mean | print what should change, for three steps |
# | good while training, bad afterwards | an array with two names; other scaling when it is used | compare a copy with what was kept |
# | training good, held-out bad | overfitting; held-out examples scaled differently | the same examples through both paths |
#
# The last line of defense: an old program that works. Make the new one do what the old one does, step
# by step, with the same seed, and find the first number that differs.

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("7_broken_runs")

# %% [markdown] tags=["reflection"]
# **To think about.** A friend's network has a loss of 2.3 after an hour, for ten classes. She has
# tried five learning rates, two optimizers and a larger network. What would you ask her to do in the
# next ten minutes, in which order, and what would each answer rule out?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %%
from lab import model_answer

model_answer("7_broken_runs")

# %% [markdown]
# ## Recap
#
# - The expensive bugs raise no error. Say what a sound run must show, as a number, before you look.
# - Print shapes, then values, for three examples and three steps.
# - A sound loop learns one batch by heart. A constant ratio to central differences is a lost factor.
# - Shuffle rows and answers by one order. Make a memory before the loop, and renew it inside.
# - An assignment copies nothing: copy what must not change.
# - Change one thing at a time, and put back what didn't help.
#
# ## Key terms
#
# - **Silent bug**: an error in a program that runs to the end without an exception or a warning, and
#   computes something other than what was meant.
# - **Broadcasting**: NumPy's way of combining arrays of different shapes by stretching one along the
#   other.
# - **Overfitting one batch**: training on a few examples only, to see whether the loss can be brought
#   near zero: a test of the loop, not of the model.
# - **Gradient check**: comparing a gradient with central differences of the loss, by their relative
#   error.
#
# ## What we left out
#
# - **Tools.** A debugger stops a program at any line and shows all variables. `np.seterr(all="raise")`
#   turns warnings into errors. PyTorch has anomaly detection for the first nan.
# - **Tests.** Each of the six bugs would have been caught by one test of three lines. That is how
#   libraries are kept sound; the checks of this course are such tests.
# - **Data.** Wrong labels, the same image in both sets, another scaling in use than in training: no
#   check of the program finds these. Look at the data.
# - **Randomness.** A run that differs from another may be neither better nor worse. Repeat it with
#   other seeds before you believe a difference.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio & A. Courville (2016), *Deep Learning*, MIT Press, section 11.5,
#   “Debugging Strategies”,
#   [deeplearningbook.org](https://www.deeplearningbook.org/contents/guidelines.html).
# - A. Karpathy (2019), *A Recipe for Training Neural Networks*,
#   [karpathy.github.io](https://karpathy.github.io/2019/04/25/recipe/).
# - N. Humbatova, G. Jahangirova, G. Bavota, V. Riccio, A. Stocco & P. Tonella (2020), Taxonomy of Real
#   Faults in Deep Learning Systems, *ICSE*, 1110–1121,
#   [doi:10.1145/3377811.3380395](https://doi.org/10.1145/3377811.3380395).
# - NumPy's documentation of its broadcasting rules,
#   [numpy.org](https://numpy.org/doc/stable/user/basics.broadcasting.html).

# %%
from lab import flash_cards

flash_cards("7_broken_runs")

# %% [markdown]
# **Next:** [Lesson 8 · The capstone](8_capstone.ipynb). Everything works now. Put it together, and let it
# read handwriting.
