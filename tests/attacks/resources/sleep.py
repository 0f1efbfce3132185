# /// attack
# tries = "Sleeps for an hour."
#
# [outcomes]
# softmax = "timed out"
# ///
import time


def softmax(logits):
    time.sleep(3600)
