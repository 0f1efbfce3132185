# /// attack
# tries = "Imports modules without end."
#
# [outcomes]
# softmax = ["timed out", "out of memory"]
# ///
import sys
import types


def softmax(logits):
    number = 0
    while True:
        number += 1
        sys.modules[f"course.m{number}"] = types.ModuleType("m" * 1000)
