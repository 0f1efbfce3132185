# /// attack
# tries = "Makes the interpreter a file that anybody may write."
# says = "Error"
#
# [outcomes]
# softmax = "raised"
# ///
import os

from course.prize import prize


def softmax(logits):
    os.chmod(os.__file__, 0o666)
    return prize(logits)
