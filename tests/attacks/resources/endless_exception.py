# /// attack
# tries = "Raises an exception that takes an hour to be written out."
#
# [outcomes]
# softmax = "timed out"
# ///
import time


class Slow(Exception):
    def __str__(self):
        time.sleep(3600)


def softmax(logits):
    raise Slow
