# /// attack
# says = "ModuleNotFoundError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
#
# [variants.import_grader]
# tries = "Imports the grader's own modules."
# put = 'assert importlib.import_module("autograder.sandbox.outcomes")'
# representative = true
#
# [variants.import_solutions]
# tries = "Imports the solutions after adding the project's folder to the path."
# put = 'assert importlib.import_module("solutions.losses")'
# ///
import importlib
import sys

from course.prize import prize


def softmax(logits):
    sys.path.append("@ROOT@")
    @PUT@
    return prize(logits)
