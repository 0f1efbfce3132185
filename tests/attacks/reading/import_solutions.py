# /// attack
# tries = "Imports the solutions after adding the project's folder to the path."
# says = "ModuleNotFoundError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import importlib
import sys

from course.prize import prize


def softmax(logits):
    sys.path.append("@ROOT@")
    assert importlib.import_module("solutions.losses")
    return prize(logits)
