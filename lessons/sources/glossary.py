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
# # Glossary
#
# All key terms of the course, from one file, in two forms: as cards to learn with, and as a page to
# look things up.
#
# ## Flash cards
#
# Read a term, say aloud what it means, then turn the card over. If you knew it, the card is done. If
# not, it goes back under the pile. Tick *definition first* to practice the other way round. Tab and
# Enter are all the keys you need.

# %%
from lab import flash_cards

flash_cards()

# %% [markdown]
# For the cards of one lesson, give its name.

# %%
flash_cards("4_optimizers")

# %% [markdown]
# ## All terms
#
# In alphabetical order, with the lesson in which you first meet each of them.

# %%
from lab import glossary

glossary()
