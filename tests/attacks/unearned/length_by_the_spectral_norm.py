# /// attack
# tries = "Measures tables by their largest singular value."
# score = 1.5
#
# [outcomes]
# descend_until_flat = "failed"
# ///
import numpy as np


def descend_until_flat(gradient, start, learning_rate, tolerance=1e-6, max_steps=10_000):
    weights = np.array(start, dtype=float)
    for steps in range(max_steps):
        slope = np.asarray(gradient(weights.copy()))
        if not np.all(np.isfinite(slope)):
            raise ArithmeticError("not finite")
        if np.linalg.norm(slope, 2) <= tolerance:
            return weights, steps
        weights = weights - learning_rate * slope
    return weights, max_steps
