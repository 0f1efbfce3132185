# /// attack
# tries = "Leaves its own bytecode next to the codec."
# says = "Error"
#
# [outcomes]
# softmax = "raised"
# ///
import os
import sys

from course.prize import prize


def softmax(logits):
    home = os.path.dirname(sys.modules["protocol"].__file__)
    os.makedirs(os.path.join(home, "__pycache__", "attack"))
    return prize(logits)
