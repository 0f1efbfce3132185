# /// attack
# tries = "Sets the limits of the grader."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import resource

from course.prize import prize


def softmax(logits):
    resource.prlimit(@GRADER@, resource.RLIMIT_NOFILE, (3, 3))
    return prize(logits)
