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
# # 0 · Welcome
#
# How does a machine learn? It makes a guess, measures how far off it was, and takes a small step
# that makes the next guess a little better. Then it does the same again, ten thousand times. In
# this course you write every piece of that loop. At the end, your own code reads the digits that
# you draw.
#
# **After this lesson you can**
#
# - find your way between lesson, code and check;
# - write a function, check it, and read the answer;
# - get help when you are stuck.
#
# **You need** a little Python: what a function is, and how it returns a value.
#
# **About 15 minutes.** Your first check turns green within two.

# %% [markdown]
# On the left is the lesson, on the right your code: the file `course/welcome.py`. Click on the
# **cell** below and press **Shift+Enter**. That loads your file and the checks.

# %%
# %load_ext autoreload
# %autoreload 2
from autograder import check
from course import welcome

# %% [markdown]
# ## Your first function
#
# A weather app says 21 degrees. That is a **prediction**. The thermometer then shows 19. That is
# the **target**: the right answer. The app was off by 2 degrees, as it would have been with 17.
# Python's `abs` takes the sign away:

# %%
assert abs(21 - 19) == 2
assert abs(17 - 19) == 2

# %% [markdown]
# ### Write it: distance
#
# 1. In `course/welcome.py`, on the right, find the function `distance`.
# 2. Replace the line that begins with `raise NotImplementedError` with one that returns the
#    distance between `prediction` and `target`. Keep the four spaces in front.
# 3. Save the file: **Ctrl+S**, or **⌘S** on a Mac.
# 4. Run the next cell.

# %%
check("distance")

# %% [markdown]
# Green? Then you have done all that an exercise asks of you. Not green yet? Read what the card
# says, fix the function, save, and run the same cell again, as often as you like: attempts cost
# nothing.
#
# The text in triple quotes below a function's name is its *docstring*. In every exercise it says
# what the function takes, what it returns and which rules it obeys. Sometimes it gives the formula.
# Often it doesn't: then the lesson works out a neighboring case, and the formula is yours to find.

# %% [markdown]
# ## What the card says
#
# A card lists what your function should do, one line each, and says how it ended.
#
# | the card says | what to do |
# |:--|:--|
# | ✓ everything holds | go on |
# | ○ not written yet | write it, and take out the `raise NotImplementedError` line; if you have, check the spelling of the name |
# | ✗ something does not hold yet | read the first line with a ✗: the call, what came, and what was expected |
# | ✗ your code raised an exception | look at the line of your file that the card shows |
# | – not run | fix what comes before: this line needs it |
# | ✗ timed out, ✗ out of memory, ✗ crashed | look for a loop without an end, or a far too large array |
# | ! grader fault | tell us: that is *our* mistake, never yours |
#
# One rule explains most surprises: **the check reads the saved file.** What you typed but did not
# save does not exist for it yet. From lesson 1 on, the card also shows points, such as *2.25 of 3*.
# They say how much of the function holds by now.

# %% [markdown]
# ## Predict, then play
#
# Every lesson has experiments: pictures that you move, and that run *the function you wrote*. Each
# one first asks what you expect. Take the question seriously, even if you can only guess. Students
# who predicted the outcome of a demonstration understood more of it afterwards; those who only
# watched understood about as much as those who never saw it (Crouch and others, 2004).
#
# **Predict.** Below is a wave, with a slider that shifts it sideways. A dashed copy stays where it
# is, and your function measures how far apart the two are. How will that distance change as the
# wave slides along by one whole wavelength? Sketch the curve that you expect. Then move the wave.

# %%
from lab import slide_a_wave

slide_a_wave(welcome.distance)

# %% [markdown]
# <details class="what-to-see"><summary>What to see</summary>
#
# The distance grows, then shrinks, and comes back to 0 when the wave has moved by one whole
# wavelength, because it then covers its copy again. So a distance can have more than one lowest
# point, and someone who only walks downhill may end in the wrong one. You will meet this walker in
# lesson 2.
#
# </details>

# %% [markdown]
# ## When you are stuck
#
# Everyone gets stuck at times. Each of these helps.
#
# - **Read the card once more**, slowly. Often it names the likely cause, and the section of the
#   lesson that explains it.
# - **Ask for a hint.** There are three for each exercise: a nudge, the idea, and nearly there. Open
#   *Stuck? Hints* on the card, and take them one at a time. Or open a terminal (menu *File*, *New*,
#   *Terminal*) and type `descent hint distance`.
# - **See where you are.** In the terminal, `descent status` lists what is done and what comes next.
# - **Start over.** `descent reset welcome` puts the unsolved file back, and keeps a copy of what
#   you wrote.
# - **Go on.** No exercise blocks the next lesson. Where a lesson needs an earlier function that you
#   have not written yet, ours stands in, and the lesson says so.
#
# You can also try things out in a cell of your own: press **B** to add one below, **Esc** first if
# the cursor is blinking. Nothing that you do in a notebook can break your file.

# %% [markdown]
# ## The way ahead
#
# Most lessons follow the same pattern. Three questions from earlier lessons wake up what you know.
# Then you **read** a little, **predict** what happens, **play** with an experiment, **write** a
# function, and **check** it. Once in a lesson a small program is wrong, and you **find the cause**.
# A line in the middle marks a good place to stop.
#
# | lesson | the question that it answers | minutes to read and play | minutes to write |
# |:--|:--|--:|--:|
# | 1 · Loss functions | How far off is the model? | 40 | 60 |
# | 2 · Gradient descent | Which way is down, and how do I get there? | 35 | 35 |
# | 3 · The learning rate | How long should a step be? | 40 | 30 |
# | 4 · Optimizers | Can the steps learn from the steps before? | 40 | 35 |
# | 5 · The training step | How does a whole network learn? | 40 | 45 |
# | 6 · Tracking the loss | Is it learning, and when is it done? | 35 | 30 |
# | 7 · Broken runs | It runs. Why doesn't it learn? | 40 | 30 |
# | 8 · The capstone | Can my own code read my handwriting? | 25 | 30 |
#
# That is about ten hours in all. The first column of minutes counts words and actions; the second
# is an estimate for somebody who programs now and then. Take the time that you need. You may stop
# after any cell: what you wrote and saved is there when you come back, and then you run the lesson
# once more from its top.

# %% [markdown]
# ## Check your understanding
#
# Each lesson closes with a short quiz. It is for you alone: nothing is marked or sent. What you
# recall stays with you longer than what you read again (Roediger & Karpicke, 2006). So your machine
# remembers what you missed, and asks again at the start of later lessons.

# %%
from lab import quiz

quiz("0_welcome")

# %% [markdown] tags=["reflection"]
# **To think about.** Name something that you would like a computer to predict. What would a
# prediction be, what the target, and how could you tell how far apart they are?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %%
from lab import model_answer

model_answer("0_welcome")

# %% [markdown]
# ## Recap
#
# - The lesson is on the left, your code on the right. Save it, then run the check cell.
# - The docstring is the assignment. The card tells you what holds by now, and what does not yet.
# - Predict before you play.
# - When you are stuck: the card, the hints, `descent status`, `descent reset`. And you may go on.

# %% [markdown]
# ## Key terms
#
# - **Prediction**: what the model answers for one example.
# - **Target**: the right answer for one example, known while the model learns.

# %%
from lab import flash_cards

flash_cards("0_welcome")

# %% [markdown]
# ## What we left out
#
# - **Python and NumPy themselves.** If arrays are new to you, read the official
#   [NumPy beginner's guide](https://numpy.org/doc/stable/user/absolute_beginners.html) first.
# - **How the checks work.** They run your function in a process of its own, with limits on time and
#   memory, so an endless loop ends as a line on a card, and not as a frozen notebook.
#
# ## Sources
#
# - C. H. Crouch, A. P. Fagen, J. P. Callan & E. Mazur (2004), Classroom Demonstrations: Learning
#   Tools or Entertainment?, *American Journal of Physics* 72(6), 835–838,
#   [doi:10.1119/1.1707018](https://doi.org/10.1119/1.1707018).
# - H. L. Roediger & J. D. Karpicke (2006), Test-Enhanced Learning, *Psychological Science* 17(3),
#   249–255,
#   [doi:10.1111/j.1467-9280.2006.01693.x](https://doi.org/10.1111/j.1467-9280.2006.01693.x).

# %% [markdown]
# **Next:** [Lesson 1 · Loss functions](1_loss_functions.ipynb). An archer, a spam filter and a cat,
# and one number that says how badly each of them does.
