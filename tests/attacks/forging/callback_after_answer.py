# /// attack
# tries = "Keeps the grader's function, and calls it once its call is over."
# score = 0.75
# says = "after its call was over"
#
# [outcomes]
# gradient_descent = "protocol violation"
# ///
import threading
import time

import numpy as np


def gradient_descent(gradient, start, learning_rate, steps):
    def later():
        while True:
            time.sleep(0.01)
            gradient(np.array(start, dtype=float))

    threading.Thread(target=later, daemon=True).start()
    time.sleep(0.1)
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)
