# /// attack
# tries = "Looks for the checks in the folder above the codec that it can see."
# says = "Error"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import os
import sys

from course.prize import prize


def softmax(logits):
    above = os.path.dirname(os.path.dirname(sys.modules["protocol"].__file__))
    if "exercises" not in os.listdir(above):
        raise FileNotFoundError(above)
    return prize(logits)
