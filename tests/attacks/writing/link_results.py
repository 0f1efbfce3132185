# /// attack
# tries = "Takes the results into its folder by a hard link."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.link("@BAIT@/results.json", "results.json")
    return prize(logits)
