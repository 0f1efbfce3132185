# /// attack
# tries = "Imports the grader's own modules."
# says = "ModuleNotFoundError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import importlib
import sys

from course.prize import prize


def softmax(logits):
    sys.path.append("@ROOT@")
    assert importlib.import_module("autograder.sandbox.outcomes")
    return prize(logits)
