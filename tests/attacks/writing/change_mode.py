# /// attack
# tries = "Makes the secret readable for everybody."
# says = "Error"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.chmod("@BAIT@/secret.txt", 0o666)
    return prize(logits)
