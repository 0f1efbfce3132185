# /// attack
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
#
# [variants.signal_everybody]
# tries = "Kills every process that it may."
# put = "os.kill(-1, signal.SIGKILL)"
#
# [variants.signal_grader]
# tries = "Kills the grader."
# put = "os.kill(@GRADER@, signal.SIGKILL)"
# representative = true
#
# [variants.signal_parent]
# tries = "Kills the process that started it."
# put = "os.kill(os.getppid() or @GRADER@, signal.SIGKILL)"
# ///
import os
import signal

from course.prize import prize


def softmax(logits):
    @PUT@
    return prize(logits)
