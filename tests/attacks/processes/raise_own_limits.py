# /// attack
# tries = "Lifts its own limits."
# says = "Error"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import resource

from course.prize import prize


def softmax(logits):
    resource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6))
    return prize(logits)
