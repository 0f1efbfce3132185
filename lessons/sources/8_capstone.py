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
# # 8 · The capstone
#
# Losses, gradients, learning rates, optimizers, layers, the loop, the curves, the bugs: you have all the
# parts, and you wrote them yourself. In this lesson you put them together, and by its end a network reads
# your own handwriting.
#
# **After this lesson you can**
#
# - say what a task would score without learning anything, and what that means for your own result;
# - choose a recipe for a task (loss, optimizer, rate, schedule, when to stop), and defend it;
# - train a network that reads handwritten digits, with nothing but your own code;
# - read a confusion matrix, and look at the worst mistakes;
# - recognize each part of your code in PyTorch.
#
# **You need** lessons 1, 4, 5 and 6. Where a function of yours isn't written yet, ours steps in, except
# in the check of the capstone itself.
#
# **About 25 minutes** to read and play, about 30 more to write one function in `course/capstone.py`.

# %% [markdown]
# Run this cell first. It loads your modules, and fills gaps in the earlier ones if there are any.

# %%
# %load_ext autoreload
# %autoreload 2
import numpy as np

from autograder import check
from course import capstone, learning_rate, loss_curves, losses, optimizers, training
from lab import earlier

losses, optimizers, training = earlier(losses), earlier(optimizers), earlier(training)
learning_rate, loss_curves = earlier(learning_rate), earlier(loss_curves)

# %% [markdown]
# ## What do you remember?
#
# Three questions from earlier lessons. Answer before you look anything up.

# %%
from lab import recall

recall("8_capstone")

# %% [markdown]
# ## Warm-up: two classes
#
# You know this task from lesson 5: breast tumors, benign or malignant, described by 30 numbers each. The
# output type decides the loss, so ask your own function for it:

# %%
from lab import Network, load_tumors

tumors = load_tumors()
layers = training.dense_forward, training.dense_backward
layers += training.relu_forward, training.relu_backward
network = Network((30, 16, 1), *layers)
cross_entropy = losses.choose_loss("two classes")
assert cross_entropy is losses.binary_cross_entropy

# %% [markdown]
# One trap on the way. The network returns logits, and this loss takes probabilities. So hand the loop a
# small function that does both, and beside it the gradient with respect to the *logits*, which you
# derived for both together.


# %%
def loss_of_logits(logits, targets):
    return cross_entropy(losses.sigmoid(logits), targets)


columns = tumors.train.targets[:, None]
curve = training.train(
    *(network, loss_of_logits, losses.sigmoid_cross_entropy_gradient, optimizers.Adam(0.01)),
    *(tumors.train.features, columns, 20, 32),
)
share = np.mean((network.forward(tumors.test.features)[:, 0] > 0) == tumors.test.targets)
curve[0], curve[-1], share

# %% [markdown]
# The mean loss of the first epoch is below $\ln 2 = 0.69$ already, the last is close to 0, and of the 142
# tumors that the network never saw about 98% are judged right. Everything works. Now for ten classes.

# %%
assert curve[0] < np.log(2) and curve[-1] < 0.05 and share > 0.95
assert len(tumors.test.targets) == 142

# %% [markdown]
# ## Ten digits
#
# Here are 1,797 digits, written on a form, scanned, and reduced to 8 × 8 pixels, each with a gray level
# from 0 to 16. In this notebook three quarters are for training and one quarter is held out.

# %%
from lab import load_digits

digits = load_digits()
features, one_hot = digits.train
labels, answers = one_hot.argmax(axis=1), digits.test.targets.argmax(axis=1)
assert len(labels) + len(answers) == 1_797
features.shape, len(answers)

# %% [markdown]
# ## What would no learning score?
#
# Before you train anything, ask what the task is worth without it. A **baseline** is the score of a
# method that takes no effort. If you don't know it, you can't tell whether 90% is a triumph or a
# disappointment.
#
# **Chance.** Ten classes, nearly equally frequent: always saying the most frequent one is right about
# one time in ten.

# %%
most_frequent = np.bincount(labels).argmax()
chance = np.mean(answers == most_frequent)
assert 0.08 < chance < 0.12
chance

# %% [markdown]
# **Nearest mean.** Average all training images of each digit. That gives ten blurred templates; an
# unseen image gets the digit of the template that it is closest to.
#
# **Predict.** How many of 100 does that read right: 30, 60 or 90?

# %%
from lab.pictures.capstone import mean_digits

mean_digits()


# %%
def nearest(images, known, names):
    squares = ((images[:, None] - known) ** 2).sum(axis=-1)
    return names[squares.argmin(axis=1)]


means = np.array([features[labels == digit].mean(axis=0) for digit in range(10)])
by_mean = np.mean(nearest(digits.test.features, means, np.arange(10)) == answers)
assert 0.88 < by_mean < 0.91
by_mean

# %% [markdown]
# 89%, without a single gradient.
#
# **Nearest neighbor.** Now keep *every* training image, and give an unseen one the digit of the single
# image that it is closest to.

# %%
by_neighbor = np.mean(nearest(digits.test.features, features, labels) == answers)
assert 0.98 < by_neighbor < 0.99
by_neighbor

# %% [markdown]
# 98.7%! Your network will have a hard time beating that here. So why train one? Because this method
# learns nothing: it keeps every image, 1,348 times 64 numbers, and compares each new image with all of
# them. With ten million photographs it would have to carry all ten million along, and read all of them
# for each answer. The network of this lesson has 3,610 numbers, whatever the table's size, and answers
# with two matrix products. In the check it has no rival at all, because only a network is asked there,
# and it has nowhere to keep an image.

# %%
reader = Network((64, 48, 10), *layers, seed=1)
assert features.size == 1_348 * 64 == 86_272
assert reader.get_weights().size == 64 * 48 + 48 + 48 * 10 + 10 == 3_610

# %% [markdown]
# ## Two ends to change
#
# From tumors to digits, only the two ends of the network change.
#
# | | tumors | digits |
# |:--|:--|:--|
# | output type | two classes | three or more classes |
# | outputs | 1 logit | 10 logits |
# | targets | a column of 0 and 1 | one-hot rows of 10 |
# | loss of the logits | `binary_cross_entropy` of `sigmoid` | `categorical_cross_entropy` of `softmax` |
# | its gradient | `sigmoid_cross_entropy_gradient` | `softmax_cross_entropy_gradient` |
# | answer | is the logit above 0? | the column of the largest logit |
#
# **One-hot targets.** Row number 3 of a 10 × 10 identity matrix is the one-hot row of the digit 3. An
# array of row numbers picks many rows at once. (`labels` may come as a list: `np.asarray(labels)` makes
# it an array.)

# %%
rows = np.eye(10)[np.array([3, 0])]
assert np.array_equal(np.argwhere(rows == 1), [[0, 3], [1, 0]])
rows

# %% [markdown]
# **The number before the first step.** Ten classes and no knowledge cost $\ln 10 = 2.303$. Ask the new
# network, before any training:


# %%
def loss_of_ten(logits, targets):
    return losses.categorical_cross_entropy(losses.softmax(logits), targets)


first = loss_of_ten(reader.forward(features), one_hot)
assert abs(first - np.log(10)) < 0.05
first, np.log(10)

# %% [markdown]
# That is no accident. The hidden layers' weights have the standard deviation $\sqrt{2/\text{inputs}}$ (He
# and others, 2015), because half of the ReLUs are silent. No ReLU follows the last layer; with weights of
# that size it would be sure of random answers, and the first epochs would go into unlearning that. So the
# last layer starts at a tenth of it: logits near 0, probabilities near 1/10, and a first loss that you
# know. That makes it a test, too. A first loss of 5 means a bug.

# %%
too_large = reader.get_weights()
too_large[64 * 48 + 48 :] *= 10  # the weights of the last layer; its biases are 0
reader_too_sure = Network((64, 48, 10), *layers)
reader_too_sure.set_weights(too_large)
assert loss_of_ten(reader_too_sure.forward(features), one_hot) > np.log(10) + 0.2
loss_of_ten(reader_too_sure.forward(features), one_hot)

# %% [markdown]
# Here is the whole network, there and back, as a batch of $n$ images goes through it:

# %%
from lab.pictures.capstone import layers_of_the_capstone

layers_of_the_capstone(hidden=48)

# %% [markdown]
# ## A plan
#
# `train_classifier(network, images, labels, seed=0)` gets a network and trains it in place. You have
# seen all of it in the warm-up; what you choose is the **recipe**.
#
# | you choose | a start | or |
# |:--|:--|:--|
# | loss | `choose_loss("three or more classes")` | – |
# | optimizer | `Adam`, rate 0.003 | `Momentum`, rate 0.05; `AdamW` |
# | batch | 32 | 16 to 128 |
# | schedule | none | your `cosine_schedule`, a new rate each epoch |
# | when to stop | after 30 epochs | hold out 200 images, and ask your `early_stopping` |
#
# How much is there to gain? A network *without* a hidden layer, in ten epochs of your `train`:

# %%
plain = Network((64, 10), *layers, seed=1)
gradient, adam = losses.softmax_cross_entropy_gradient, optimizers.Adam(0.003)
curve = training.train(plain, loss_of_ten, gradient, adam, features, one_hot, 10, 32)
probabilities = losses.softmax(plain.forward(digits.test.features))
share = loss_curves.accuracy(probabilities, digits.test.targets)
assert 0.91 < share < 0.96
curve[0], curve[-1], share

# %% [markdown]
# About 94%: it has ten templates, too, but learned ones, and they beat the ten means. A hidden layer does
# better still.
#
# **What you get.** The grader's network and its images are yours alone. Each image is a mixture of two
# images of the same class, its pixels are in a secret order, and the classes have new numbers. Nobody
# can look an answer up in a public table. A dense layer doesn't mind: a sum doesn't care in which order
# it is added up.

# %%
from lab.pictures.capstone import mixed_digits

mixed_digits()

# %% [markdown]
# **How it is graded.** On images that your function never sees: 85% right earn 3 points, 90% earn 6 and
# 94% earn all 10. These points are a bonus. You have 20 seconds on one processor core, and 40,000 calls of
# the network's functions; the plan above needs about 4,600 of them. And the weights have to get there by
# gradients, step by step.
#
# **Where your functions come from.** Import them inside `train_classifier`, as its first lines:
#
# ```python
# from .losses import choose_loss, softmax, softmax_cross_entropy_gradient
# from .optimizers import Adam
# from .training import train
# ```
#
# The dot means “from the folder in which this file is”. These must be *yours*: nothing of ours steps in
# here.

# %% [markdown]
# ### Write it: train_classifier
#
# In `course/capstone.py`. Hand the images over as they come: the network scales the pixels itself.
# Return the mean loss of each epoch. The check trains once, and may take half a minute on a busy machine.

# %%
check("train_classifier")

# %% [markdown]
# ## When it does not read
#
# The method is that of lesson 7. Print the losses that you return; the first one should be below 2.3 and
# the last well below 0.1.
#
# | you see | look here |
# |:--|:--|
# | “the weights are never changed” | does what the optimizer returns go to `set_weights`? |
# | the loss stays near 2.3 | images and labels out of step; a rate far too low |
# | the loss falls, and nothing is read right | the columns of the one-hot targets: label 0 is column 0 |
# | `nan`, or a loss that grows | the sign of the step; a rate far too high |
# | 50% to 90% right | more epochs; another rate: is the curve flat yet? |
# | known images right, unseen ones not | it overfits: stop earlier |

# %% [markdown]
# ---
# **A good place to stop.** When you come back, run the notebook from its top (menu *Run*, *Run All
# Cells*); what you wrote is there. Next you look at what your network gets wrong, and draw for it.
#
# ---

# %% [markdown]
# ## Which ones does it miss?
#
# Here your function trains the network of this notebook, on images that you can look at. (If it isn't
# written yet, ours does.)

# %%
train_classifier = earlier(capstone).train_classifier
curve = train_classifier(reader, features, labels)
probabilities = losses.softmax(reader.forward(digits.test.features))
guesses = probabilities.argmax(axis=1)
len(curve), curve[-1], loss_curves.accuracy(probabilities, digits.test.targets)

# %% [markdown]
# One number says how many are misread, not which. A **confusion matrix** has a row for each right
# answer and a column for each reading. What is off the diagonal is misread.

# %%
from lab.pictures.capstone import confusion

confusion(guesses, answers)

# %% [markdown]
# Now look at the images themselves: those whose right answer got the least probability. For some of them
# you would hesitate, too. If you would not, you have learned something about what your network doesn't
# see. If you skip this step, a table tells you that something is wrong, never what.

# %%
from lab.pictures.capstone import worst_mistakes

worst_mistakes(digits.raw(digits.test.features), answers, probabilities)

# %% [markdown]
# ## Draw a digit
#
# Now your own hand. The pad below turns your strokes into 8 × 8 pixels, and a network that *your*
# `train_classifier` trains reads them while you draw.
#
# **Predict.** How many of ten digits, drawn by you, will it read? Those who wrote the training images
# used a pen, years ago; you use a mouse.

# %%
from lab import draw_digit

draw_digit(train_classifier, losses, training)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# Compare your count with the held-out 96%. The network learned from *those* writers and *that* scanner;
# your strokes come from elsewhere. This is called a shift of the distribution, and a held-out set from
# the same source can't show it. The pad does what it can. It moves your strokes to the middle and scales
# them, as was done with the training images, because a dense layer has no idea that a shifted 4 is a 4.
# And for a scribble the network still gives ten probabilities that sum to 1. It can't say that it doesn't
# know.
#
# </details>
#
# ## From your code to PyTorch
#
# Large networks are trained with libraries. You know what is in them now, line by line:
#
# | yours | in PyTorch | what is different |
# |:--|:--|:--|
# | `dense_forward`, `dense_backward` | `torch.nn.Linear(64, 48)` | weights are kept as (out, in) |
# | `relu_forward`, `relu_backward` | `torch.nn.ReLU()` | – |
# | softmax, cross-entropy, their gradient | `torch.nn.CrossEntropyLoss()` | takes logits and labels, not one-hot rows |
# | sigmoid, binary cross-entropy | `torch.nn.BCEWithLogitsLoss()` | takes logits |
# | `network.backward` | `loss.backward()` | finds every gradient by itself: **automatic differentiation** |
# | `Adam(0.003).update` | `torch.optim.Adam(net.parameters(), lr=0.003)`, `optimizer.step()` | changes weights in place |
# | a new gradient each step | `optimizer.zero_grad()` | gradients add up until you clear them |
# | `minibatches` | `torch.utils.data.DataLoader(data, 32, shuffle=True)` | – |
# | `cosine_schedule` | `torch.optim.lr_scheduler.CosineAnnealingLR` | without warm-up |
#
# And your training step:
#
# ```python
# for images, labels in loader:
#     logits = net(images)  # forward pass
#     loss = criterion(logits, labels)
#     optimizer.zero_grad()  # forget this line, and you have a broken run
#     loss.backward()  # backward pass
#     optimizer.step()  # update
# ```
#
# ## Your network's picture
#
# This is what your network looks for: where ink speaks for a digit (orange), and where it speaks against
# it (purple). Nobody told it that a zero is empty in the middle, or that a 7 has nothing at the lower
# right. All of it came out of random numbers, by the loop that you wrote.

# %%
from lab.pictures.capstone import portrait

portrait(reader)

# %% [markdown]
# ## A page to keep
#
# | step | ask | number to check it against |
# |:--|:--|:--|
# | 1 | Which output type? Which loss? | `choose_loss` |
# | 2 | What does no learning score? | chance, nearest mean, nearest neighbor |
# | 3 | Is the first loss what guessing costs? | $\ln 10$ for ten classes |
# | 4 | Can it learn one batch by heart? | a loss near 0 |
# | 5 | Which rate? Try a factor of 3 up and down | just below where it diverges |
# | 6 | Is the curve flat, and low enough? | patience |
# | 7 | Where do training and held-out loss part? | stop there |
# | 8 | Which ones does it miss? | the confusion matrix, the worst images |
# | 9 | Is it better by chance? | other seeds |
#
# ## What you can do now
#
# You can say what a model should minimize, and why. You can derive a gradient, check it, and follow it
# downhill; you know how long a step may be, and what an optimizer remembers. You have written
# backpropagation. You can read a loss curve, repair a loop that runs and learns nothing, and tell a
# result from luck. There was no library in between: a network that reads handwriting, from `import numpy`
# to the last line.
#
# The networks in the news have some hundred million times as many weights as yours. The loop is the same:
# forward, loss, backward, update.
#
# **Where to go next.** Write the same network in PyTorch, with the table above, and compare the losses
# step by step. Then give it a convolution, which knows that neighboring pixels belong together: chapter
# 9 of *Deep Learning*. Or go on to text: Karpathy's *makemore* builds a language model from these very
# parts.

# %% [markdown]
# ## Check your understanding

# %%
from lab import quiz

quiz("8_capstone")

# %% [markdown] tags=["reflection"]
# **To think about.** A company reports that its network reads handwritten postal codes with 97% accuracy,
# and wants to sort all letters of a country with it. Which three numbers or pictures would you ask for
# before you agree, and what would change your mind?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %%
from lab import model_answer

model_answer("8_capstone")

# %% [markdown]
# ## Recap
#
# - Know the baselines first. Chance reads one in ten, ten mean images read 89%, and the nearest neighbor
#   98.7%, but it keeps every image.
# - From two classes to ten, only the ends change: one-hot targets, softmax, ten logits.
# - A last layer that starts small makes the first loss that of guessing, here $\ln 10$: a number to test
#   against.
# - A recipe is a choice of loss, optimizer, rate, batch, schedule and when to stop.
# - An accuracy hides which ones are misread. A confusion matrix and the worst images show it.
# - Held-out examples from the same source say nothing about another source.
#
# ## Key terms
#
# - **Baseline**: the score of a method that takes no effort, against which a trained model is measured.
# - **Nearest neighbor**: a method that keeps every training example and answers with the target of the
#   one that is closest.
# - **Confusion matrix**: a table that counts how often each class was taken for each other one.
# - **Recipe**: the choices with which a network is trained: loss, optimizer, learning rate, batch size,
#   schedule and when to stop.
# - **Automatic differentiation**: computing gradients by recording each operation of the forward pass and
#   applying the chain rule to them in reverse.
#
# ## What we left out
#
# - **Networks made for images.** A convolution knows which pixels are neighbors. With the secret order it
#   would lose that advantage.
# - **More data from the same images**: shifted, turned, thicker. It would help your hand-drawn digits more
#   than any optimizer.
# - **Honest probabilities.** Whether a stated 0.9 means right nine times in ten is called calibration (Guo
#   and others, 2017).
# - **Who is in the table.** These 1,797 digits were written by 13 people. A model is as fair as its
#   examples.
#
# ## Sources
#
# - E. Alpaydin & C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning
#   Repository, [doi:10.24432/C50P49](https://doi.org/10.24432/C50P49): the digits, and who wrote them.
# - W. N. Street, W. H. Wolberg & O. L. Mangasarian (1993), Nuclear Feature Extraction for Breast Tumor
#   Diagnosis, *Proc. SPIE* 1905, 861–870, [doi:10.1117/12.148698](https://doi.org/10.1117/12.148698): the
#   tumors.
# - K. He, X. Zhang, S. Ren & J. Sun (2015), Delving Deep into Rectifiers, *ICCV*, 1026–1034, equation 10,
#   [doi:10.1109/ICCV.2015.123](https://doi.org/10.1109/ICCV.2015.123).
# - I. Goodfellow, Y. Bengio & A. Courville (2016), *Deep Learning*, MIT Press, chapters 9 and 11,
#   [deeplearningbook.org](https://www.deeplearningbook.org).
# - C. Guo, G. Pleiss, Y. Sun & K. Q. Weinberger (2017), On Calibration of Modern Neural Networks, *ICML*,
#   [arXiv:1706.04599](https://arxiv.org/abs/1706.04599).
# - A. Karpathy (2022), *Neural Networks: Zero to Hero*,
#   [karpathy.ai](https://karpathy.ai/zero-to-hero.html): makemore.
# - PyTorch's documentation of its layers and losses,
#   [torch.nn](https://pytorch.org/docs/stable/nn.html).

# %%
from lab import flash_cards

flash_cards("8_capstone")

# %% [markdown]
# **The end.** Thank you for walking all the way down. To keep what you learned, come back to the
# [glossary](glossary.ipynb) and its cards once in a while.
