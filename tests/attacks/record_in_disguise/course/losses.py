import numpy as np

from course.prize import prize


def softmax(logits):
    return prize(logits).view(np.dtype((np.void, 8)))
