"""The colors of every static figure."""

# Okabe & Ito's palette (2008): distinguishable with every common color vision deficiency.
BLUE = "#0072B2"
VERMILLION = "#D55E00"
GREEN = "#009E73"
ORANGE = "#E69F00"
SKY = "#56B4E9"
PURPLE = "#CC79A7"
DEEP_PURPLE = "#a8518a"  # for words: the palette's purple is too light to read
INK = "#1a1a1a"
SOFT = "#5f6670"
CONTOUR = "#b9c2cb"
PAPER = "#ffffff"

# Of each optimizer, its color and its marker: the same in pictures and experiments.
RUNNER_LOOKS = {
    "SGD": (BLUE, "o"),
    "Momentum": (VERMILLION, "s"),
    "RMSprop": (GREEN, "^"),
    "Adam": (PURPLE, "D"),
    "AdamW": (ORANGE, "v"),
}
