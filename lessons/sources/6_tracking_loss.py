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
# and to say when to stop.
#
# **After this lesson you can**
#
# - tell a healthy loss curve from one that is stuck, noisy, diverging or cut off too early, and say
#   what to change;
# - smooth a curve, and say what the smoothing hides;
# - notice when a network memorizes its training examples, and stop it in time;
# - say what accuracy sees and what it doesn't, and why nobody trains for it;
# - run a training from start to stop with nothing but your own code.
#
# **You need** lessons 1 and 3 to 5. Where one of their functions isn't written yet, ours stands in.
#
# **About 35 minutes** to read and play, about 30 more to write five short functions in
# `course/loss_curves.py`.

# %% [markdown]
# Run this cell first. It loads NumPy, your modules and the checks, and makes the notebook notice
# each time you save a module. The last lines fill gaps in the earlier modules, if there are any.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import learning_rate, loss_curves, losses, optimizers, training
from lab import earlier

losses, learning_rate = earlier(losses), earlier(learning_rate)
optimizers, training = earlier(optimizers), earlier(training)

# %% [markdown]
# ## What do you remember?
#
# Three questions from earlier lessons. Answer before you look anything up.

# %%
from lab import recall

recall("6_tracking_loss")

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
# **goal**. It may come from an earlier model, or from what guessing costs. Someone who gives each
# of ten digits the same probability has the loss $-\ln \frac{1}{10} = \ln 10 = 2.303$ (lesson 1). A
# network above that does worse than a shrug.

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
# - **Learning rate too low.** The curve does slope down, all the way, but in 25 epochs only from
#   2.31 to 2.26. The steps are tiny.
# - **Learning rate too high.** The curve drops to the level of guessing and stays there. The first
#   large steps threw the weights so far out that all 32 ReLUs output 0 for every digit. Where a
#   ReLU outputs 0 its gradient is 0 too, so none of them ever comes back.
# - **Too little capacity.** *Capacity* is the variety of functions that a network can become; more
#   hidden units mean more of it. Squeezed through a single hidden unit, ten digits can't all be
#   told apart, whatever the learning rate.
#
# The upper two look the same, and need opposite cures. So change one thing at a time: first the
# learning rate, ten times higher and ten times lower. If neither helps, give the network more
# units.

# %% [markdown]
# ## Noisy, diverging, still improving

# %%
from lab.pictures.tracking_loss import three_shapes

three_shapes()

# %% [markdown]
# **Noisy.** Each point is the loss of one small batch. Some batches hold harder digits than others,
# so the curve jumps even while the network gets steadily better. That is not a fault. Smooth it
# before you judge it. If even the smoothed curve doesn't fall, a larger batch or a lower learning
# rate calms the steps themselves.
#
# **Diverging.** This is linear regression on the diabetes patients, with a learning rate a little
# above the border $2/\lambda_{\max}$ of lesson 3. Look closely: the loss *falls* for three steps
# before it grows, and passes its first value at step 11. Along most directions the descent works;
# along the steepest one the error grows, and in the end it wins. Lower the learning rate.
#
# **Still improving.** The last value is the lowest so far, and the curve still slopes down. The
# only fault is impatience. Train longer, or raise the learning rate with care.

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
# Six losses went in, four means came out. The whole window must fit: it starts at position 0, 1, 2
# or 3, and from 4 on it would stick out. In general $n$ losses give $n - \text{window} + 1$ means.
# That is window − 1 fewer.
#
# Here is a noisy run with two windows. Each mean is drawn at the last step of its window, because
# that is when you can first know it.

# %%
from lab.pictures.tracking_loss import smoothing

smoothing()

# %% [markdown]
# The longer the window, the calmer the curve. It has three costs.
#
# - **Points are missing.** With window 60 you see nothing for the first 59 steps.
# - **It lags.** A mean of the last 60 losses tells you how things were about 30 steps ago: on a
#   straight line exactly (window − 1)/2 steps. The 0.8 above is known at the third loss, which is
#   0.6 by then.
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
# “The curve is flat” needs an exact meaning before a program can judge it. This course has two
# simple rules. Lesson 3's `judge_learning_rate` looks at a *finished* run: did its last tenth bring
# more than 1% of the whole drop? This lesson's `has_converged` works *during* a run: did the last
# `window` steps change the loss by more than 1% of itself? The field's own rule, *patience*, comes
# later in this lesson.
#
# With *now* for the last loss and *then* for the one `window` steps before, the run has converged
# if
#
# $$|\text{then} - \text{now}| \le \text{tolerance} \cdot |\text{then}| .$$
#
# With window 10 and tolerance 0.01, the healthy run converges at exactly its sixteenth loss:

# %%
from lab.pictures.tracking_loss import look_back

look_back()

# %%
for curve in healthy[:15], healthy:
    then, now = curve[-1 - 10], curve[-1]
    print(len(curve), "losses:", abs(then - now) <= 0.01 * abs(then))

# %% [markdown]
# Only these two losses count, not those between. On a noisy curve the answer is luck, so smooth it
# first. And the rule says that the curve is flat, not that it is low.

# %% [markdown]
# ### Write it: has_converged
#
# Given `losses`, `window=10` and `tolerance=0.01`, return `True` or `False` by the rule above.
#
# - To look back `window` steps takes `window + 1` losses. With `window` losses or fewer, and with
#   an empty list, the answer is `False`: too early to tell. Ask this first; then no index can fail.
# - A rise counts as much as a fall: that is what the bars $|\;|$ do.
# - Multiply by *then* instead of dividing by it. A loss of 0 is possible, and $0 \le 0$ works where
#   $0/0$ doesn't.

# %%
check("has_converged")

# %% [markdown]
# How much does smoothing help? Here is a loss that falls to 0.1 and then only jitters. From its
# 120th step on, how often does the rule, with a tolerance of 5%, notice that it is flat?

# %%
ready = earlier(loss_curves)
jitter = np.random.default_rng(0).normal(scale=0.01, size=200)
noisy = 0.1 + 0.9 * 0.9 ** np.arange(200) + jitter
smooth = ready.moving_average(noisy, window=30)
for name, curve in ("raw", noisy), ("smooth", smooth):
    ends = range(len(curve) - 80, len(curve))
    flat = np.mean([ready.has_converged(curve[:end], tolerance=0.05) for end in ends])
    print(f"{name}: {flat:.0%}")

# %% [markdown]
# ## A diagnosis in four words
#
# Now put the questions in order. The first yes ends the examination.
#
# | | question | diagnosis |
# |:--|:--|:--|
# | 1 | Is the last loss not finite (`nan` or infinity), or above the first one? | `"diverging"` |
# | 2 | Has the curve *not* converged, by your `has_converged`? | `"still improving"` |
# | 3 | Is the last loss at most the goal? | `"converged"` |
# | 4 | None of these: it is flat, and too high. | `"stuck"` |
#
# Let the goal be 0.15. Then the healthy run of 16 losses is *converged*: 0.1 is not above 1.0, the
# curve is flat, and $0.1 \le 0.15$. Its first six losses by themselves are *still improving*: six
# are too few to look back ten steps. A 1.0 followed by eleven times 0.7 is *stuck*: flat, but 0.7
# is above 0.15. And 1, 2, 4, 8 is *diverging*. The order matters: a curve that exploded to `nan`
# must not be called anything milder, and a run that is below its goal and still falls should go on.

# %%
assert np.isnan(np.inf - np.inf)  # where a nan comes from: huge numbers, subtracted
assert not np.nan > 1.0  # a comparison with nan is never true, so ask for it by name
np.isfinite([0.1, np.inf, np.nan])

# %% [markdown]
# ### Write it: diagnose
#
# Given `losses`, the goal (the argument is called `target`), `window=10` and `tolerance=0.01`,
# return one of the four strings. Call your own `has_converged`, and pass `window` and `tolerance`
# on to it. If you forget that, the check with other settings will tell you.
#
# Three edge cases to get exactly right. A last loss *equal* to the first is not diverging. A last
# loss *equal* to the goal is converged. And only the last loss is asked whether it is finite: a
# `nan` in the middle is not divergence, if the run has recovered.

# %%
check("diagnose")

# %% [markdown]
# **Predict.** Nine training runs have come to the clinic, each with its loss curve and the goal
# 0.15. For each one, say the word that *you* would say (keys 1 to 4), and then see what your
# `diagnose` says. One of them falls from 1.0 to 0.2, then climbs back to 0.8 and is still climbing.
# Which of the four words will your function say?

# %%
from lab import visit_clinic

visit_clinic(loss_curves.diagnose)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Most verdicts agree with your eyes. Where they don't, ask which two losses were compared. The
# noisy curve passes as *converged* because its last loss happens to be level with the one ten
# epochs before. The bouncing one is *stuck*: ten epochs are an even number of jumps, so both losses
# are on the same side of the valley. With window 9 both verdicts change. And the curve that climbs
# back to 0.8 is called *still improving*: it isn't above its first loss, and it isn't flat. A rule
# of four lines is a good servant, but look at the picture too.
#
# </details>

# %% [markdown]
# ---
# **A good place to stop.** You can read a training curve. When you come back, run the notebook
# from its top (menu *Run*, *Run All Cells*); what you wrote is there. Next: what the training curve
# can't tell.
#
# ---

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
# `np.argmax(…, axis=1)` says in which column the largest value of each row is. The fourth answer is
# *bird*, and it was a cat. Three of four are right: 0.75.
#
# Why not train for accuracy itself? Because it has no slope. Nudge a probability from 0.51 to 0.52
# and the answer stays the same, so the gradient is 0 almost everywhere. Accuracy doesn't see
# certainty: for it, 0.51 is as right as 0.99. The loss does:

# %%
assert np.allclose(-np.log([0.51, 0.99]), [0.673, 0.010], atol=5e-4)
-np.log([0.51, 0.99])

# %% [markdown]
# And ask what accuracy is worth before you praise it. A “model” that calls every tumor of lesson 5
# benign, and helps nobody, is right about this share of the time:

# %%
from lab import load_tumors

tumors = load_tumors()
benign = np.mean(tumors.test.targets == 0)
assert 0.6 < benign < 0.7
benign

# %% [markdown]
# ### Write it: accuracy
#
# Given `probabilities` and one-hot `targets`, both of shape $(n, \text{classes})$, return the share
# of rows in which both have their largest value in the same column, as a `float` between 0 and 1.
# Logits would do as well as probabilities, because softmax keeps their order.

# %%
check("accuracy")

# %% [markdown]
# ## Examples it has never seen
#
# So far, all losses came from the examples that the network trained on. A hospital doesn't want to
# know how well a model remembers its old patients. It has new ones. So we keep some examples aside,
# never train on them, and compute the loss there as well: the **held-out loss**. Here we train on
# only 60 of the tumors, and hold out 142.

# %%
few_features, few_targets = tumors.train.features[:60], tumors.train.targets[:60, None]
held_features, held_targets = tumors.test.features, tumors.test.targets[:, None]
assert (few_features.shape, held_features.shape) == ((60, 30), (142, 30))

# %% [markdown]
# The network has 30 inputs, 64 hidden units and one output, a logit: 2,049 weights for 60 patients.
# Train for 120 epochs, all 60 in one batch, and after each epoch compute the held-out loss.

# %%
from lab import Network

layers = training.dense_forward, training.dense_backward
layers += training.relu_forward, training.relu_backward


def loss(logits, targets):
    return losses.binary_cross_entropy(losses.sigmoid(logits), targets)


# %%
def watched(features, targets, epochs=120):
    network, adam = Network((30, 64, 1), *layers), optimizers.Adam(learning_rate=0.01)
    slope, curves = losses.sigmoid_cross_entropy_gradient, []
    for epoch in range(epochs):
        table = features, targets, 1, len(targets), epoch  # one epoch, one batch
        (trained_on,) = training.train(network, loss, slope, adam, *table)
        curves.append((trained_on, loss(network.forward(held_features), held_targets)))
    return network, *np.transpose(curves)


network, training_losses, held_out_losses = watched(few_features, few_targets)
assert network.get_weights().size == 2_049

# %% [markdown]
# Both losses in one picture:

# %%
from lab.pictures.tracking_loss import training_and_held_out

training_and_held_out(training_losses, held_out_losses)

# %% [markdown]
# At first both curves fall: what the network learns about the 60 helps with the 142. Then they
# part. The training loss goes on toward 0. The held-out loss turns around after about 15 epochs and
# doubles. From there on the network learns what is peculiar to these 60 patients, and that helps
# with nobody else. This is **overfitting**.

# %%
best, last = min(held_out_losses), held_out_losses[-1]
assert np.allclose([best, last], [0.081, 0.161], atol=0.005)
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
# | falling | rising | stop at the lowest point; more examples; weight decay; fewer units |

# %% [markdown]
# ## Patience
#
# Where is the lowest point? Afterwards you see it. But while the training runs, each rise may be
# noise, with a lower loss to come. The usual rule is **early stopping** with *patience*: remember
# the best loss so far and the weights that had it. Count the epochs in a row that don't beat it.
# When the count reaches the **patience**, stop, and go back to the best weights (Prechelt, 1998).
#
# Do it by hand first. With these held-out losses and a patience of 2, when does the training stop,
# and which epoch do you go back to? And with 1, or 3?
#
# | epoch | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
# |:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
# | loss | 0.60 | 0.40 | 0.42 | 0.35 | 0.36 | 0.37 | 0.33 | 0.34 | 0.35 | 0.36 |
#
# <details><summary>Answers</summary>
#
# Patience 1 stops at the first rise, epoch 2, and keeps epoch 1, with 0.40. Patience 2 forgives
# that rise, stops at epoch 5 and keeps epoch 3, with 0.35. Patience 3 stops at epoch 9 and keeps
# epoch 6, with 0.33. More patience finds lower losses, and costs more epochs.
#
# </details>
#
# Often one asks for more than *any* improvement: the loss must fall below the best by more than
# `min_improvement`. Otherwise a loss that creeps down by a millionth each epoch never stops.

# %% [markdown]
# ### Write it: early_stopping
#
# Given all the losses of a run, say what would have happened: return `(best_epoch, stop_epoch)`,
# both counted from 0. Losses after the stop were never seen, and don't count.
#
# - The best so far is the loss of the last epoch that *improved*. An epoch improves if its loss is
#   below `best - min_improvement`; an equal loss doesn't.
# - A `nan` never improves anything. Comparisons with `nan` are False, so this may take care of
#   itself.
# - If patience never runs out, the run stops at its last epoch.
# - No losses, or a patience below 1: `ValueError`.

# %%
check("early_stopping")

# %%
stopping = earlier(loss_curves).early_stopping
by_hand = [0.60, 0.40, 0.42, 0.35, 0.36, 0.37, 0.33, 0.34, 0.35, 0.36]
assert [stopping(by_hand, patience) for patience in (1, 2, 3)] == [(1, 2), (3, 5), (6, 9)]
best_epoch, stop_epoch = stopping(held_out_losses, patience=5)
assert held_out_losses[best_epoch] == best
best_epoch, stop_epoch

# %% [markdown]
# On the 60 patients a patience of 5 finds the lowest point, and saves a hundred of the 120 epochs.

# %% [markdown]
# ## Find the cause
#
# A friend has too few examples. So she copies her 60, adds a little noise to the copies, shuffles
# all 120, trains on 80 and holds out 40. Her held-out loss falls and falls:

# %%
generator = np.random.default_rng(0)
doubled = np.concatenate([few_features, few_features + 0.1 * generator.normal(size=(60, 30))])
both_targets, order = np.concatenate([few_targets, few_targets]), generator.permutation(120)
friends, _, on_new_patients = watched(doubled[order[:80]], both_targets[order[:80]])
on_her_forty = loss(friends.forward(doubled[order[80:]]), both_targets[order[80:]])
on_her_forty, on_new_patients[-1]

# %% [markdown]
# On her 40 held-out examples the loss is less than a hundredth of what it is on 142 new patients.
# Early stopping never stops. What is wrong?

# %%
# Look for the cause here: how different are her 40 from her 80?

# %% [markdown]
# <details><summary>What it was</summary>
#
# Most of the 40 have a twin among the 80. A network that memorizes one twin knows the other.
# Held-out examples must share nothing with the training examples: split *first*, then copy, and
# only the training part. The same leak happens with two photographs of one person, or two visits of
# one patient.
#
# </details>

# %%
# The proof. Open it when you have found the cause.
twins = np.isin(order[80:] % 60, order[:80] % 60)  # row i + 60 is a copy of patient i
assert on_her_forty < on_new_patients[-1] / 100
np.mean(twins)

# %% [markdown]
# ## Train it live
#
# Here everything comes together: your losses, optimizers and layers, your training loop, schedule,
# moving average, accuracy and early stopping, on tumors and then on digits. A run has at most 30
# epochs. Choose a learning rate and a batch size, press start, and watch the curve grow. You can
# stop at any time, and go on from there.
#
# **Predict.** The experiment asks about plain SGD first. Then think ahead for `Adam`: which of the
# learning rates 0.0001, 0.01 and 1 gives a curve that crawls, which a healthy one, and which
# trouble? And in the same number of epochs, will batches of 8 get further than batches of 128, or
# less far?

# %%
from lab import watch_training

watch_training(losses, optimizers, training, loss_curves, learning_rate)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# At 0.0001 the training loss creeps down and is *still improving* when the run ends. At 0.01 both
# tasks are learned within a few epochs. At 1 the first steps wipe out the start, since weights
# start at a few tenths: the loss shoots up. On the tumors it recovers. On the digits it stays near
# $\ln 10$, flat and high, as in the picture above.
#
# Smaller batches mean more steps in each epoch, so the loss falls further in the same number of
# epochs. The dots are the losses of single batches, and the smaller the batches the noisier they
# are; the thin line through them is your moving average of ten. Watch the held-out loss: in long
# healthy runs it turns up while the training loss still falls, and the accuracy hardly notices.
# Then turn on early stopping, and your function ends the run a few epochs after the lowest point.
# Turn on the schedule, and the curves get calmer toward the end, as the noise floor of lesson 4
# promised.
#
# </details>

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

# %%
from lab import model_answer

model_answer("6_tracking_loss")

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
# - Accuracy is what people ask for. It has no slope, so you train on the loss.
# - Training loss says what the network remembers, held-out loss what it has learned. Where the two
#   part, it overfits.
# - Early stopping keeps the best weights so far, and gives up after *patience* epochs without a
#   better loss.

# %% [markdown]
# ## Key terms
#
# - **Loss curve**: the losses of a training run drawn against its steps or epochs.
# - **Moving average**: the means of neighboring values, as a window of fixed length slides along
#   the curve.
# - **Accuracy**: the share of examples whose most probable class is the right one.
# - **Held-out loss**: the loss on examples that were kept aside and never used for training.
# - **Overfitting**: learning what is peculiar to the training examples, so that training loss falls
#   while held-out loss rises.
# - **Early stopping**: ending a training run when the held-out loss has not improved for a while,
#   and going back to the weights that had the lowest.
# - **Patience**: the number of epochs in a row without improvement after which a training run is
#   stopped.

# %%
from lab import flash_cards

flash_cards("6_tracking_loss")

# %% [markdown]
# ## What we left out
#
# - **Three sets instead of two.** If you use held-out examples to choose settings, you need a third
#   set, touched once, for the final number. With few examples, *cross-validation* lets all take
#   turns.
# - **Other ways against overfitting**: dropout, noise and small shifts added to the training
#   images.
# - **Networks that overfit and don't mind.** Very large networks can fit their training set exactly
#   and still do well on new examples, better than middle-sized ones (Belkin and others, 2019).
# - **Honest probabilities.** The held-out loss above rose because the network became too sure of
#   itself. Whether a stated 0.9 means right nine times in ten is called calibration (Guo and
#   others, 2017).
#
# ## Sources
#
# - I. Goodfellow, Y. Bengio & A. Courville (2016), *Deep Learning*, MIT Press, chapter 11,
#   “Practical Methodology”,
#   [deeplearningbook.org](https://www.deeplearningbook.org/contents/guidelines.html).
# - L. Prechelt (1998), Automatic Early Stopping Using Cross Validation: Quantifying the Criteria,
#   *Neural Networks* 11(4), 761–767,
#   [doi:10.1016/S0893-6080(98)00010-0](https://doi.org/10.1016/S0893-6080%2898%2900010-0).
# - Keras's documentation of `EarlyStopping`, the rule in the form that we use,
#   [keras.io](https://keras.io/api/callbacks/early_stopping/).
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

# %% [markdown]
# **Next:** [Lesson 7 · Broken runs](7_broken_runs.ipynb). Six programs that run without an error,
# and are wrong. You know what a curve can tell; now find the line.
