# /// attack
# tries = "Looks for the secret in its environment."
# says = "KeyError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    assert os.environ["DESCENT_SECRET"]
    return prize(logits)
