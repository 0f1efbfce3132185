# /// attack
# tries = "Ends the process with the exit status of success."
# says = "exit status 0"
# representative = true
#
# [outcomes]
# softmax = "crashed"
# ///
import os


def softmax(logits):
    os._exit(0)
