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
# # 6 · Tracking the loss
#
# You can train a network now. But is it learning? You can't look into two thousand weights. What
# you can look at is one line: the loss, epoch by epoch. This lesson teaches you to read that line,
# and then hands you a real task, to solve with what you wrote in the whole course.
#
# **After this lesson you can**
#
# - tell a healthy loss curve from one that is stuck, noisy, diverging or cut off too early, and say
#   what to change;
# - smooth a curve, and say what the smoothing hides;
# - notice when a network learns its training examples by heart;
# - train a classifier of handwritten digits with nothing but your own code.
#
# **You need** lessons 1, 4 and 5. Where a function of theirs isn't written yet, ours stands in,
# except in the capstone at the end.
#
# **About 45 minutes** to read and play, about 20 more to write four short functions in
# `course/loss_curves.py`. The capstone at the end takes about an hour.

# %% [markdown]
# Run this cell first. It loads NumPy, your modules and the checks, and makes the notebook notice
# each time you save a module. The last line fills gaps in the earlier modules, if there are any.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import loss_curves, losses, optimizers, training
from lab import earlier

losses, optimizers, training = earlier(losses), earlier(optimizers), earlier(training)

# %% [markdown]
# ## A healthy run
#
# Your `train` from lesson 5 returns one loss for each epoch. Drawn against the epochs, they make
# the **loss curve** of the run. Here is what you hope to see.

# %%
from lab.pictures.tracking_loss import healthy_run

healthy_run()

# %% [markdown]
# The curve has two parts. First the loss falls: 1.0, 0.8, 0.6, 0.4, 0.2, 0.1. The network is
# learning. Then the loss stays at 0.1, epoch after epoch. More epochs would change nothing. This is
# **convergence**.

# %%
falling = [1.0, 0.8, 0.6, 0.4, 0.2, 0.1]
healthy = np.array(falling + 10 * [0.1])
assert np.allclose(np.diff(falling), [-0.2, -0.2, -0.2, -0.2, -0.1])
assert len(healthy) == 16
assert np.all(np.diff(healthy)[5:] == 0)

# %% [markdown]
# Two questions decide whether a run was good. *Is the curve flat by now?* And *is it low enough?*
# Keep them apart. A curve can be flat and bad, or good and not yet flat.
#
# What counts as low enough is yours to say, not the curve's. In this lesson we call that number the
# **target loss**. It may come from an earlier model, or from what guessing costs. Someone who gives
# each of ten digits the same probability has the loss $-\ln \frac{1}{10} = \ln 10 = 2.303$ (lesson
# 1). Above that, a network is worse than a shrug.

# %%
assert np.isclose(np.log(10), 2.303, atol=5e-4)

# %% [markdown]
# ## Flat, and high
#
# The most common disappointment: the curve goes flat early, far above where it should be. Here are
# four runs on the same handwritten digits. One is healthy.

# %%
from lab.pictures.tracking_loss import flat_and_high

flat_and_high()

# %% [markdown]
# Three curves end high, for three different reasons.
#
# - **Learning rate too low.** The curve looks nearly flat, yet it slopes down all the way. The
#   steps are tiny.
# - **Learning rate too high.** The curve drops to the level of guessing and stays there. The first
#   large steps threw the weights so far out that all 32 ReLUs output 0 for every digit. Where a
#   ReLU outputs 0 its gradient is 0 too, so none of them ever comes back.
# - **Too little capacity.** *Capacity* is the variety of functions that a network can become; more
#   hidden units mean more of it. Squeezed through a single hidden unit, ten digits can't be told
#   apart, whatever the learning rate.
#
# From the curve alone you can't always tell which it is. So change one thing at a time: first the
# learning rate, ten times higher and ten times lower. If neither helps, give the network more
# units.

# %% [markdown]
# ## Noisy, diverging, still improving

# %%
from lab.pictures.tracking_loss import three_shapes

three_shapes()

# %% [markdown]
# **Noisy.** Each point is the loss of one small batch. Some batches hold harder digits than others,
# so the curve jumps even while the network gets steadily better. That is no fault. Smooth it before
# you judge it. If even the smoothed curve doesn't fall, a larger batch or a lower learning rate
# calms the steps themselves.
#
# **Diverging.** This is linear regression on the diabetes patients, with a learning rate a little
# above the border $2/\lambda_{\max}$ of lesson 3. Look closely: the loss *falls* for three steps
# before it grows, and passes its first value at step 11. Along most directions the descent works;
# along the steepest one the error grows, and in the end it wins. Lower the learning rate.
#
# **Still improving.** The last value is the lowest so far, and the curve still slopes down. Nothing
# is wrong but impatience. Train longer, or raise the learning rate with care.

# %% [markdown]
# ## Smoothing: the moving average
#
# To see the trend through the noise, replace each loss by the mean of a few neighbors. A **moving
# average** slides a window of fixed length along the curve and takes the mean at each place. With
# window 3, on the falling part of the healthy run:
#
# $$\frac{1.0 + 0.8 + 0.6}{3} = 0.8, \quad \frac{0.8 + 0.6 + 0.4}{3} = 0.6, \quad
# \frac{0.6 + 0.4 + 0.2}{3} = 0.4, \quad \frac{0.4 + 0.2 + 0.1}{3} = 0.233 .$$

# %%
window = 3
means = np.array([np.mean(falling[i : i + window]) for i in range(4)])
assert np.allclose(means, [0.8, 0.6, 0.4, 0.7 / 3])
means

# %% [markdown]
# Six losses went in, four means came out. The window must fit whole: it starts at position 0, 1, 2
# or 3, and from 4 on it would stick out. In general $n$ losses give $n - \text{window} + 1$ means.
# That is window − 1 fewer.
#
# Here is a noisy run with two windows. Each mean is drawn at the last step of its window, because
# that is when you can first know it.

# %%
from lab.pictures.tracking_loss import smoothing

smoothing()

# %% [markdown]
# The longer the window, the calmer the curve. Three things are the price.
#
# - **Points are missing.** With window 60 you see nothing for the first 59 steps.
# - **It lags.** A mean of the last 60 losses tells how things stood about 30 steps ago. On a
#   straight line it is exactly (window − 1)/2 steps late. Look at the four means above: the 0.8 is
#   known at the third loss, which is 0.6 by then. With window 3, that is one step late.
# - **It hides events.** One burst to 5 among losses of 0.1 becomes, with window 10, ten means of
#   0.59: a hump where there was a spike.

# %%
burst = np.full(30, 0.1)
burst[15] = 5.0
means = np.array([np.mean(burst[i : i + 10]) for i in range(21)])
assert np.allclose(means[6:16], 0.59)
assert np.allclose(means[:6], 0.1)

# %% [markdown]
# So smooth to see a trend, and look at the raw curve before you believe it.
#
# ### Write it: moving_average
#
# In `course/loss_curves.py`. Given `losses` and `window`, return the array of means, the first one
# over `losses[0]` to `losses[window - 1]`. Its length is $n - \text{window} + 1$, and nothing is
# padded. Raise `ValueError` unless $1 \le \text{window} \le n$. With window 1 you get the losses
# back. A list comprehension like the one above will do; so will `np.convolve` with `mode="valid"`.

# %%
check("moving_average")

# %% [markdown]
# ## Flat, by a rule
#
# “The curve is flat” needs an exact meaning before a program can stop a run. Lesson 3 had one: it
# judged a learning rate by a whole run, and asked what share of the *whole drop* the last tenth had
# brought. This rule has to work while a run goes on, when nobody knows yet how far it will drop. So
# it compares two losses only: the last one, and the one `window` steps before it.
#
# $$\text{then} = \text{losses}[-1 - \text{window}], \qquad \text{now} = \text{losses}[-1]$$
#
# The run has converged if the change is small *compared with then*:
#
# $$|\text{then} - \text{now}| \le \text{tolerance} \cdot |\text{then}| .$$
#
# With the default tolerance 0.01, a change of up to 1 % counts as none. And with the default window
# 10, the healthy run converges at exactly its sixteenth loss:

# %%
from lab.pictures.tracking_loss import look_back

look_back()

# %% [markdown]
# With 15 losses, *then* is still 0.2 and *now* is 0.1. The change is 0.1, far above $0.01 \cdot 0.2
# = 0.002$: not converged. One epoch later *then* is 0.1 as well.

# %%
then, now = healthy[:15][-1 - 10], healthy[:15][-1]
assert (then, now) == (0.2, 0.1)
assert not abs(then - now) <= 0.01 * abs(then)

# %%
then, now = healthy[-1 - 10], healthy[-1]
assert (then, now) == (0.1, 0.1)
assert abs(then - now) <= 0.01 * abs(then)

# %% [markdown]
# Six things to know about this rule.
#
# - To look back `window` steps takes `window + 1` losses. With `window` losses or fewer, and with
#   an empty list, the answer is `False`: too early to tell.
# - The change is relative to the loss itself. From 0.500 to 0.496 is less than 1 %, so it counts as
#   flat. From 0.500 to 0.490 is 2 %, so it doesn't. The unit of the loss drops out.
# - So it can contradict lesson 3. A loss that halves at each of 20 steps has leveled out for lesson
#   3: its last steps bring next to nothing of the whole drop. By this rule it is as far from flat
#   as ever, however low it is.
# - Up counts like down: that is what the bars $|\;|$ do. A curve on its way up hasn't converged.
# - Multiply by *then* instead of dividing by it. A loss of 0 is possible, and $0 \le 0$ works where
#   $0/0$ doesn't.
# - Only the two losses count, not those between. On a noisy curve that is chance, so hand the rule
#   a smoothed one.

# %%
assert abs(0.500 - 0.496) <= 0.01 * 0.500
assert not abs(0.500 - 0.490) <= 0.01 * 0.500

# %%
halving = 0.5 ** np.arange(21)
assert halving[-3] - halving[-1] <= 0.01 * (halving[0] - halving[-1])  # lesson 3: leveled out
assert not abs(halving[-11] - halving[-1]) <= 0.01 * abs(halving[-11])  # here: not flat

# %% [markdown]
# ### Write it: has_converged
#
# Given `losses`, `window=10` and `tolerance=0.01`, return `True` or `False` by the rule above. Ask
# first whether there are enough losses; then no index can fail.

# %%
check("has_converged")

# %% [markdown]
# ## A diagnosis in four words
#
# Now put the questions in order. The first that is answered with yes ends the examination.
#
# | | question | diagnosis |
# |:--|:--|:--|
# | 1 | Is the last loss not finite (`nan` or infinity), or above the first one? | `"diverging"` |
# | 2 | Has the curve *not* converged, by your `has_converged`? | `"still improving"` |
# | 3 | Is the last loss at most the target loss? | `"converged"` |
# | 4 | None of these: it is flat, and too high. | `"stuck"` |
#
# Let the target loss be 0.15. Then the healthy run of 16 losses is *converged*: 0.1 is not above
# 1.0, the curve is flat, and $0.1 \le 0.15$. Its first six losses alone are *still improving*: six
# are too few to look back ten steps. A 1.0 followed by eleven times 0.7 is *stuck*: flat, but 0.7
# is above 0.15. And 1, 2, 4, 8 is *diverging*.
#
# The order matters. Question 1 comes first because a curve that exploded to `nan` must not be
# called anything milder. Question 2 comes before 3 because a run that is below its target and still
# falls should go on.
#
# Three borders, so that you hit them exactly. A last loss *equal* to the first is not diverging. A
# last loss *equal* to the target is converged. And only the last loss is asked whether it is
# finite. Lesson 3 turned a run down for any `nan`; here a `nan` in the middle is not divergence, if
# the run has recovered.

# %%
assert np.isnan(np.inf - np.inf)  # where a nan comes from: huge numbers, subtracted
assert not np.nan > 1.0  # a comparison with nan is never true, so ask for it by name
np.isfinite([0.1, np.inf, np.nan])

# %% [markdown]
# ### Write it: diagnose
#
# Given `losses`, `target`, `window=10` and `tolerance=0.01`, return one of the four strings. Call
# your own `has_converged`, and pass it `window` and `tolerance` on. If you forget that, the check
# with other settings will tell you.

# %%
check("diagnose")

# %% [markdown]
# **Predict.** Nine training runs have come to the clinic as its patients, each with its loss curve
# and the target loss 0.15. For each one, choose the word that *you* would say, and then see what
# your `diagnose` says. One run in particular: its curve falls from 1.0 to 0.2, then climbs back to
# 0.8 and is climbing still. Which of the four words will your function say?

# %%
from lab import visit_clinic

visit_clinic(loss_curves.diagnose)

# %% [markdown]
# **What to see.** Most verdicts agree with your eyes. Where they don't, ask which two losses were
# compared. The noisy curve passes as *converged* because its last loss happens to be level with the
# one ten epochs before. The bouncing one is *stuck*: ten epochs are an even number of jumps, so
# both losses lie on the same side of the valley. With window 9 both verdicts change. The curve that
# looks flat at the top is *still improving*, because ten epochs change it by a little more than 2
# %; with the tolerance at 3 % it is *stuck*. And the curve that climbs back to 0.8 is called *still
# improving*: it isn't above its first loss, and it isn't flat. The name of the second verdict
# promises more than the rule knows. A rule of four lines is a good servant, but look at the picture
# too.

# %% [markdown]
# ## Examples it has never seen
#
# So far, all losses came from the examples that the network trained on. A hospital doesn't want to
# know how well a model remembers its old patients. It has new ones. So we keep some examples aside,
# never train on them, and compute the loss there as well: the **held-out loss**.
#
# Here are breast tumors, benign or malignant, described by 30 measurements each. We train on only
# 60 of them and hold out 142.

# %%
from lab import load_tumors

tumors = load_tumors()
few_features, few_targets = tumors.train.features[:60], tumors.train.targets[:60, None]
held_features, held_targets = tumors.test.features, tumors.test.targets[:, None]
assert few_features.shape == (60, 30)
assert few_targets.shape == (60, 1)
assert held_features.shape == (142, 30)

# %% [markdown]
# The `[:, None]` turns the targets into a column, the shape of the network's output: 1 for
# malignant, 0 for benign. The network has 30 inputs, 64 hidden units and one output, a logit. Its
# loss is your binary cross-entropy of your sigmoid.

# %%
from lab import Network

layers = training.dense_forward, training.dense_backward
layers += training.relu_forward, training.relu_backward
network = Network((30, 64, 1), *layers, seed=0)
assert network.get_weights().size == 30 * 64 + 64 + 64 + 1 == 2_049


# %%
def loss(logits, targets):
    return losses.binary_cross_entropy(losses.sigmoid(logits), targets)


# %% [markdown]
# 2,049 weights for 60 patients. Train for 120 epochs, all 60 patients in one batch, and after each
# epoch compute the held-out loss.

# %%
adam, slope = optimizers.Adam(learning_rate=0.01), losses.sigmoid_cross_entropy_gradient
training_losses, held_out_losses = [], []
for epoch in range(120):
    settings = {"epochs": 1, "batch_size": 60, "seed": epoch}
    training_losses += list(
        training.train(network, loss, slope, adam, few_features, few_targets, **settings)
    )
    held_out_losses.append(loss(network.forward(held_features), held_targets))

# %%
from lab.pictures.tracking_loss import training_and_held_out

training_and_held_out(training_losses, held_out_losses)

# %% [markdown]
# At first both curves fall: what the network learns about the 60 helps with the 142. Then they
# part. The training loss goes on towards 0. The held-out loss turns around after about ten epochs
# and doubles. From there on the network learns what is peculiar to these 60 patients, which helps
# with nobody else. This is **overfitting**.

# %%
best, last = min(held_out_losses), held_out_losses[-1]
assert np.isclose(best, 0.092, atol=0.002)
assert np.isclose(last, 0.181, atol=0.002)
assert 5 < np.argmin(held_out_losses) < 15
assert training_losses[-1] < 0.002
best, last

# %% [markdown]
# The training curve alone looks like the healthiest run of this lesson. Only held-out examples can
# tell. Read the two together:
#
# | training loss | held-out loss | what to do |
# |:--|:--|:--|
# | falling | falling | train on |
# | flat and high | flat and high | learning rate, or more capacity |
# | falling | rising | stop at the lowest point (*early stopping*); more examples; fewer units |
#
# *Early stopping* means: copy the weights whenever the held-out loss is the lowest so far, stop
# when it has risen for a while, and go back to the copy.

# %% [markdown]
# ## Accuracy: the number that people ask for
#
# A doctor doesn't ask for your cross-entropy. She asks how often you are right. **Accuracy** is the
# share of examples whose most probable class is the right one. Four pictures of cat, dog or bird:

# %%
probabilities = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.3, 0.5], [0.4, 0.1, 0.5]])
targets = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]])
answers, truth = np.argmax(probabilities, axis=1), np.argmax(targets, axis=1)
assert answers.tolist() == [0, 1, 2, 2]
assert truth.tolist() == [0, 1, 2, 0]
np.mean(answers == truth)

# %% [markdown]
# `np.argmax(…, axis=1)` says in which column the largest value of each row stands. Do that for the
# probabilities and for the one-hot targets, and compare. The fourth answer is *bird*, and it was a
# cat. Three of four are right: 0.75.
#
# Why not train for accuracy itself? Because it has no slope. Nudge a probability from 0.51 to 0.52
# and the answer stays the same, so the gradient is 0 almost everywhere. Accuracy doesn't see
# certainty: for it, 0.51 is as right as 0.99. The loss does:

# %%
assert np.allclose(-np.log([0.51, 0.99]), [0.673, 0.010], atol=5e-4)
-np.log([0.51, 0.99])

# %% [markdown]
# And ask what accuracy is worth before you praise it. Of the held-out tumors, most are benign. A
# “model” that calls every tumor benign, and helps nobody, is right about this share of the time:

# %%
benign = np.mean(held_targets == 0)
assert 0.6 < benign < 0.7
benign

# %% [markdown]
# ### Write it: accuracy
#
# Given `probabilities` and one-hot `targets`, both of shape $(n, k)$, return the share of rows in
# which both have their largest value in the same column, as a `float` between 0 and 1. Logits would
# do as well as probabilities, because softmax keeps their order.

# %%
check("accuracy")

# %% [markdown]
# ## Train it live
#
# Here everything comes together: your losses, your optimizers, your layers, your training loop and
# your accuracy, on tumors and then on digits. A run has 30 epochs. Start with the tumors and
# `Adam`. Choose a learning rate and a batch size, press start, and watch the curve grow. You can
# stop at any time, and go on from there.
#
# **Predict.** Recall from lesson 4 what Adam's learning rate means: about so far may each weight
# move in one step. Which of 0.0001, 0.01 and 1 will give a curve that crawls, which a healthy one,
# and which trouble? And in the same 30 epochs, will batches of 8 get further than batches of 128,
# or less far?

# %%
from lab import watch_training

watch_training(losses, optimizers, training, loss_curves)

# %% [markdown]
# **What to see.** At 0.0001 the training loss creeps down and is *still improving* when the run
# ends. At 0.01 both tasks are learned within a few epochs. At 1 every weight moves by about 1 in
# the first step, and since weights start at a few tenths, that wipes out the start: the loss shoots
# up. On the tumors it recovers. On the digits it stays near $\ln 10$, flat and high, as in the
# picture above.
#
# Smaller batches mean more steps an epoch, so the loss gets further in the same number of epochs.
# The losses of the single batches are the noisier for it. And watch the held-out loss. In long
# healthy runs it turns up while the training loss still falls, and the accuracy hardly notices: 95
# % or more in both tasks.

# %% [markdown]
# ## Capstone: read handwriting
#
# Now without our network. In `course/loss_curves.py` stands one more function,
# `train_classifier(images, labels, seed=0)`. It gets images of handwritten digits and the digit on
# each one, learns from them in whatever way you choose, and returns a function `classify(images)`,
# which says what is on images that it has never seen.
#
# - `images` has the shape $(n, 64)$: 8 × 8 pixels in a row, gray levels from 0 to 16.
# - `labels` has the shape $(n,)$: whole numbers from 0 to 9.
# - `classify(images)` returns $n$ whole numbers, for $n = 1$ as well.
#
# To make sure that only learning helps, the pixels come in another order, which is secret and the
# same for all images, with a little noise of at most half a gray level.

# %%
from lab.pictures.tracking_loss import shuffled_digits

shuffled_digits()

# %% [markdown]
# You can't read the lower row. A dense layer reads it as well as the upper one. Its first hidden
# unit computes $x_1 w_1 + \dots + x_{64} w_{64} + b$, and a sum doesn't care in which order it is
# added up. Nothing in your network knew where a pixel was.
#
# **How it is graded.** Your function trains on two random thirds of the 1,797 images, and
# `classify` is asked about the last third, whose labels never leave the grader. Full marks need 95
# % right. Training and answering together may take 20 seconds of one processor core. There is
# nothing but NumPy and your own `course` folder: no scikit-learn, and no `lab.Network`. You build
# the network from your own layer functions.

# %% [markdown]
# ## A plan for the capstone
#
# From tumors to digits, only the two ends of the network change.
#
# | | tumors | digits |
# |:--|:--|:--|
# | output type | two classes | three or more classes |
# | outputs | 1 logit | 10 logits |
# | targets | a column of 0 and 1 | one-hot rows of 10 |
# | gradient at the output | `sigmoid_cross_entropy_gradient` | `softmax_cross_entropy_gradient` |
# | answer | is the logit above 0? | the column of the largest logit |
#
# **1. Scale.** Gray levels go up to 16, and first weights are made for inputs of about 1. Bring the
# pixels to the range from −1 to 1: divide by 8, subtract 1. `classify` must scale in exactly the
# same way, so make it a little function of its own.
#
# **2. One-hot targets.** Row number 3 of a 10 × 10 identity matrix is the one-hot row of the digit
# 3. An array of row numbers picks many rows at once. (`labels` may come as a list:
# `labels = np.asarray(labels)` makes it such an array.)

# %%
rows = np.eye(10)[np.array([3, 0])]
assert np.array_equal(np.argwhere(rows == 1), [[0, 3], [1, 0]])
assert rows.sum() == 2
rows

# %% [markdown]
# **3. Four arrays of weights.** One hidden layer of 64 units is enough. Its weights have the shape
# (64, 64) and its bias (64,). The second layer has (64, 10) and (10,). Draw the weights from a
# normal distribution with standard deviation $\sqrt{2/\text{inputs}}$, which keeps the size of the
# numbers about the same from layer to layer (He and others, 2015). The biases start at 0. The
# weights must not: if all hidden units start alike, all get the same gradient, and they stay alike
# for ever.

# %%
generator = np.random.default_rng(0)
drawn = generator.normal(0.0, np.sqrt(2 / 64), size=(64, 64))
assert np.isclose(drawn.std(), np.sqrt(2 / 64), rtol=0.05)
assert 64 * 64 + 64 + 64 * 10 + 10 == 4_810  # all the numbers that will be learned

# %% [markdown]
# **4. An optimizer for each array.** An optimizer remembers gradients of one shape. So make four
# `Adam`s, once, before the loop. Made anew for each batch, they would remember nothing.
#
# Here is what happens to one batch of $n$ images, there and back:

# %%
from lab.pictures.capstone import layers_of_the_capstone

layers_of_the_capstone()

# %% [markdown]
# **5. The loop.** Make one random generator from `seed` before the loop, and let it draw a new seed
# for `minibatches` in each epoch, as in `train`. For each epoch, for each minibatch:
#
# - *forward*: dense, ReLU, dense. Keep what went into each of the three: the way back needs it.
# - *the slope at the logits*: `softmax_cross_entropy_gradient(logits, batch_targets)`. The loss
#   itself isn't needed for learning. Compute it when you want to watch.
# - *backward*, in the opposite order: `dense_backward`, `relu_backward`, `dense_backward`. Each
#   takes the gradient that came from behind, and what went into that layer on the way forward. The
#   first item that `dense_backward` returns goes on to the layer before; the other two belong to
#   the weights and the bias.
# - *update*: each of the four arrays, by its own `Adam`. Keep what `update` returns: it doesn't
#   change the old array.
#
# A learning rate of 0.003, batches of 32 and 30 epochs do well. In our trials this plan got 96 % to
# 99 % right, after a few seconds of training.
#
# **6. Return a function.** A function defined inside another sees the variables around it. So
# `classify` can use the trained weights: scale, forward, and `np.argmax(logits, axis=1)`.


# %%
def make_adder(amount):
    def add(number):
        return number + amount  # amount belongs to make_adder, and add remembers it

    return add


add_three = make_adder(3)
assert add_three(4) == 7

# %% [markdown]
# **Where your functions come from.** Write the imports as the first lines of `train_classifier`,
# not at the top of the file:
#
# ```python
# from .losses import softmax_cross_entropy_gradient
# from .optimizers import Adam
# from .training import dense_backward, dense_forward, minibatches, relu_backward, relu_forward
# ```
#
# The dot means “from the folder in which this file stands”. These seven are needed *from you*: no
# reference stands in. If one is missing, write it first, or do its work inside `train_classifier`.
#
# **Try it before the check.** Add a cell below (press **Esc**, then **B**) and measure on held-out
# digits, as you learned above:
#
# ```python
# from lab import load_digits
#
# digits = load_digits()
# pixels, labels = digits.raw(digits.train.features), digits.train.targets.argmax(axis=1)
# classify = loss_curves.train_classifier(pixels, labels)
# guesses = classify(digits.raw(digits.test.features))
# np.mean(guesses == digits.test.targets.argmax(axis=1))
# ```
#
# | it says | look here |
# |:--|:--|
# | about 0.1 or 0.2 | Do you keep what `update` returns? Are the first weights all 0? |
# | 0.5 to 0.9 | In this order: does `classify` scale as training did? What goes into each layer? Are the biases updated? Are `Adam`s made anew in the loop? Then the learning rate, and the number of epochs. |
# | `nan` in the weights | Is the learning rate far too high? Are the pixels scaled? |
# | above 0.95 | Run the check. |

# %% [markdown]
# ### Write it: train_classifier
#
# Any method will do, as long as it learns from the images with NumPy alone. The plan above is one
# that works. The check trains your classifier once, and may take half a minute on a busy computer.

# %%
check("train_classifier")

# %% [markdown]
# Green? Then look at what you have done. You wrote the losses and their slopes, the descent, the
# optimizers, the layers and the loop. There is no library in between. The networks in the news are
# many million times as large, and the loop is the same.

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("6_tracking_loss")

# %% [markdown] tags=["reflection"]
# **To think about.** You train fifty networks with different learning rates and sizes, compute the
# held-out loss of each, and keep the one where it is lowest. You report that lowest held-out loss
# as what users may expect. Why is it too good to be true, and how would you get an honest number?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %% [markdown]
# ## Recap
#
# - A healthy loss curve falls, then goes flat at a low value. Ask two questions: is it flat, and is
#   it low enough?
# - Flat and high: the learning rate is too low or too high, or the network too small. Change one
#   thing at a time.
# - A moving average shows the trend of a noisy curve. It costs window − 1 points, lags by half a
#   window, and hides events.
# - `has_converged` compares the last loss with the one `window` steps before, relative to the older
#   one. `diagnose` asks four questions in order.
# - Training loss says what the network remembers, held-out loss what it has learned. Where the two
#   part, it overfits.
# - Accuracy is what people ask for. It has no slope, so you train on the loss.

# %% [markdown]
# ## Key terms
#
# - **Loss curve**: the losses of a training run drawn against its steps or epochs.
# - **Convergence**: the state in which further steps no longer change the loss noticeably.
# - **Moving average**: the mean of each run of consecutive values, as a window of fixed length
#   slides along the curve.
# - **Held-out loss**: the loss on examples that were kept aside and never used for training.
# - **Overfitting**: learning what is peculiar to the training examples, so that training loss falls
#   while held-out loss rises.
# - **Accuracy**: the share of examples whose most probable class is the right one.

# %% [markdown]
# ## What we left out
#
# - **Three sets instead of two.** Whoever uses held-out examples to choose settings needs a third
#   set, touched once, for the final number. With few examples, *cross-validation* lets all take
#   turns.
# - **Ways against overfitting**: weight decay, dropout, noise and small shifts added to the images.
#   Early stopping has been studied with care (Prechelt, 2012).
# - **Networks that overfit and don't mind.** Very large networks can fit their training set exactly
#   and still do well on new examples, better than middle-sized ones (Belkin and others, 2019).
# - **Honest probabilities.** The held-out loss above rose because the network became too sure of
#   itself. Whether a stated 0.9 means right nine times in ten is called calibration (Guo and
#   others, 2017).
# - **Networks made for images.** A convolution knows which pixels are neighbors. With the secret
#   order it would lose that advantage.
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio & A. Courville (2016), *Deep Learning*, MIT Press, chapter 11,
#   “Practical Methodology”,
#   [deeplearningbook.org](https://www.deeplearningbook.org/contents/guidelines.html).
# - L. Prechelt (2012), Early Stopping, But When?, in *Neural Networks: Tricks of the Trade*, 2nd
#   edition, Springer, 53–67,
#   [doi:10.1007/978-3-642-35289-8_5](https://doi.org/10.1007/978-3-642-35289-8_5).
# - K. He, X. Zhang, S. Ren & J. Sun (2015), Delving Deep into Rectifiers, *ICCV*, 1026–1034,
#   equation 10, [doi:10.1109/ICCV.2015.123](https://doi.org/10.1109/ICCV.2015.123).
# - M. Belkin, D. Hsu, S. Ma & S. Mandal (2019), Reconciling modern machine-learning practice and
#   the classical bias–variance trade-off, *PNAS* 116(32), 15849–15854,
#   [doi:10.1073/pnas.1903070116](https://doi.org/10.1073/pnas.1903070116).
# - C. Guo, G. Pleiss, Y. Sun & K. Q. Weinberger (2017), On Calibration of Modern Neural Networks,
#   *ICML*, [arXiv:1706.04599](https://arxiv.org/abs/1706.04599).
# - W. N. Street, W. H. Wolberg & O. L. Mangasarian (1993), Nuclear Feature Extraction for Breast
#   Tumor Diagnosis, *Proc. SPIE* 1905, 861–870,
#   [doi:10.1117/12.148698](https://doi.org/10.1117/12.148698): the tumors.
# - E. Alpaydin & C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning
#   Repository, [doi:10.24432/C50P49](https://doi.org/10.24432/C50P49): the digits.
