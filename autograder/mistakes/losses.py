"""What learners get wrong about losses."""

import numpy as np
from numpy.typing import ArrayLike

from autograder.catalogue import mistake


@mistake(
    "softmax",
    says="exp overflows for large logits: subtract the largest logit of each row first.",
    read="Lesson 1, “Softmax”",
)
def softmax_without_shift(logits: ArrayLike) -> np.ndarray:
    exponentials = np.exp(np.asarray(logits, dtype=float))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@mistake(
    "softmax",
    says="The exponentials are divided by the sum of all rows: divide each row by its own sum.",
    read="Lesson 1, “Softmax”",
)
def softmax_over_everything(logits: ArrayLike) -> np.ndarray:
    logits = np.asarray(logits, dtype=float)
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum()
