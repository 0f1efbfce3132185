# /// attack
# [outcomes]
# softmax = "raised"
#
# [variants.limit_grader]
# tries = "Sets the limits of the grader."
# put = "resource.prlimit(@GRADER@, resource.RLIMIT_NOFILE, (3, 3))"
# says = "PermissionError"
#
# [variants.raise_own_limits]
# tries = "Lifts its own limits."
# put = "resource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6))"
# says = "Error"
# representative = true
# ///
import resource

from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
