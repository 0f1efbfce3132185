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
# that makes the next guess a little better. Then it does that again, ten thousand times. In this
# course you write every piece of that loop yourself. At the end, your own code reads handwritten
# digits.
#
# **After this lesson you can**
#
# - find your way between lesson, code and check;
# - write a function, check it, and read the answer;
# - get help when you are stuck.
#
# **You need** a little Python: what a function is, and how it returns a value.
#
# **About 10 minutes.**

# %% [markdown]
# ## Two panels
#
# At the left is the lesson: this notebook. It is made of **cells**, some of prose, some of code.
# Click on a code cell and press **Shift+Enter**: the cell runs, and the next one is selected. Go
# through a lesson from top to bottom, and run every cell as you meet it.
#
# At the right is your code: the file `course/welcome.py`. That is the only place where you write
# functions in this course, one file for each lesson.
#
# Run this cell first. It loads your file and the checks, and makes the notebook notice each time
# you save the file.

# %%
# %load_ext autoreload
# %autoreload 2
from autograder import check
from course import welcome

# %% [markdown]
# ## Your first function
#
# A weather app says that it will be 21 degrees. That is a **prediction**. The thermometer then
# shows 19. That is the **target**: the right answer. The app was off by 2 degrees, and whether it
# said too much or too little, the distance is 2.

# %%
assert abs(21 - 19) == 2
assert abs(19 - 21) == 2
float(abs(19 - 21))

# %% [markdown]
# Python's `abs` takes the sign away from a number, and `float` gives a whole number its decimal
# point: 2 becomes 2.0. Those two are all you need.
#
# ### Write it: distance
#
# 1. In `course/welcome.py`, at the right, find the function `distance`. The text in triple quotes
#    below its name is its *docstring*. It is the full assignment, in every exercise.
# 2. Replace the line `raise NotImplementedError("distance: not written yet")` with your own:
#    return the distance between `prediction` and `target`, wrapped in `float(…)`. Keep the four
#    spaces in front of it.
# 3. Save the file: **Ctrl+S**, or **⌘S** on a Mac.
# 4. Run the next cell.

# %%
check("distance")

# %% [markdown]
# Green? Then you have done everything that an exercise asks for. Not green yet? Read what the card
# says, mend the function, save, and run the same cell again. You may do so as often as you like:
# attempts cost nothing. From lesson 1 on, the card also shows points, such as *2.25 of 3*. They
# only say how much of the function holds by now.
#
# ## What the card says
#
# A card lists what your function should do, one line each, and says how it ended.
#
# | the card says | what to do |
# |:--|:--|
# | ✓ everything holds | go on |
# | ○ not written yet | write it, and take out the `raise NotImplementedError` line; then look at the spelling of the name |
# | ✗ something does not hold yet | read the first line with a ✗: the call, what came, and what was expected |
# | ✗ your code raised an exception | look at the line of your file that the card shows |
# | – not run | mend what comes before: this line needs it |
# | ✗ timed out, ✗ out of memory, ✗ crashed | look for a loop without an end, or a far too large array |
# | ! grader fault | tell us: that is *our* mistake, never yours |
#
# One rule explains most surprises: **the check reads the saved file.** What you typed but did not
# save does not exist for it yet.

# %% [markdown]
# ## Predict, then play
#
# In each lesson there are experiments: pictures that you move, and that run *the function which
# you wrote*. Before each one we ask you to predict what will happen. Please do, if only in your
# head. Students who predict the outcome of a demonstration understand more of it afterwards; those
# who merely watch understand about as much as those who never saw it (Crouch and others, 2004).
#
# **Predict.** Below is a wave, with a slider that shifts it sideways. The dashed wave stays where
# it is. As you drag the slider to the right, will the distance between the two grow and grow? Or
# will it fall back to 0 at some point?

# %%
from lab import slide_a_wave

slide_a_wave(welcome.distance)

# %% [markdown]
# **What to see.** The distance grows, then shrinks, and comes back to 0 when the wave has moved by
# one whole wavelength, where it lies on its copy again. A measure of distance can have more than
# one lowest point. Keep that picture: it returns when you walk downhill in lesson 2.

# %% [markdown]
# ## When you are stuck
#
# Everyone is, and each of these helps.
#
# - **Read the card once more**, slowly. It shows the call, what came and what was expected. Often
#   it names the likely cause, and the section of the lesson that explains it.
# - **Ask for a hint.** There are three for each exercise: a nudge, the idea, and nearly there. Open
#   *Stuck? Hints* on the card, and take them one at a time. Or open a terminal (menu *File*, *New*,
#   *Terminal*) and type `descent hint distance`: each call shows the next one.
# - **See where you are.** In the terminal, `descent status` lists what is done and what is not.
# - **Begin anew.** `descent reset welcome` puts the unsolved file back, and keeps what you wrote
#   beside it.
# - **Go on.** No exercise blocks the next lesson. Where one needs an earlier function which you
#   have not written yet, ours stands in, and the lesson says so.
#
# You can also try things out in a cell of your own: press **B** to add one below, **Esc** first if
# the cursor is blinking. Nothing that you do in a notebook can break your file.

# %% [markdown]
# ## The way ahead
#
# All lessons go alike, over and over: **read** a little, **predict** what happens, **play** with an
# experiment, **write** the function, **check** it. There is one lesson for each question on the
# way, and a task of your own at the end:
#
# | lesson | the question that it answers | minutes to read and play | minutes to write |
# |:--|:--|--:|--:|
# | 1 · Loss functions | How far off is the model? | 45 | 45 |
# | 2 · Gradient descent | Which way is down, and how do I get there? | 40 | 30 |
# | 3 · The learning rate | How long should a step be? | 35 | 20 |
# | 4 · Optimizers | Can the steps learn from the steps before? | 45 | 30 |
# | 5 · The training step | How does a whole network learn? | 45 | 35 |
# | 6 · Tracking the loss | Is it learning, and when is it done? | 45 | 20 |
# | Capstone | Can your own code read handwriting? | | 60 |
#
# That is a little more than eight hours in all. The last column is an estimate for somebody who
# programs now and then. Take the time that you need. You may stop after any cell: what you wrote
# and saved is there when you come back, and then you run the lesson once more from its top.

# %% [markdown]
# ## Check your understanding
#
# Each lesson closes with a short quiz. It is for you alone: nothing is counted or sent. To recall
# something is a better way to keep it than to read it again (Roediger & Karpicke, 2006).

# %%
from lab import quiz

quiz("0_welcome")

# %% [markdown] tags=["reflection"]
# **To think about.** Name something that you would like a computer to predict. What would a
# prediction be, what the target, and how could you tell how far apart they are?

# %% [markdown] tags=["answer"]
# *Write your answer here.*

# %% [markdown]
# ## Recap
#
# - The lesson is at the left, your code at the right. Save it, then run the check cell.
# - The docstring is the assignment, and the card tells you what holds and what does not yet.
# - Predict before you play.
# - When you are stuck: the card, the hints, `descent status`, `descent reset`. And you may go on.
#
# ## Key terms
#
# - **Prediction**: what the model answers for one example.
# - **Target**: the right answer for one example, known while the model learns.
#
# ## What we left out
#
# - **Python and NumPy themselves.** If arrays are new to you, read the official
#   [NumPy beginner's guide](https://numpy.org/doc/stable/user/absolute_beginners.html) first.
# - **How the checks work.** They run your function in a process of its own, with limits on time and
#   memory, so that an endless loop ends as a line on a card, and not as a frozen notebook.
#
# ## Sources
#
# - C. H. Crouch, A. P. Fagen, J. P. Callan & E. Mazur (2004), Classroom Demonstrations: Learning
#   Tools or Entertainment?, *American Journal of Physics* 72(6), 835–838,
#   [doi:10.1119/1.1707018](https://doi.org/10.1119/1.1707018).
# - H. L. Roediger & J. D. Karpicke (2006), Test-Enhanced Learning, *Psychological Science* 17(3),
#   249–255, [doi:10.1111/j.1467-9280.2006.01693.x](https://doi.org/10.1111/j.1467-9280.2006.01693.x).
