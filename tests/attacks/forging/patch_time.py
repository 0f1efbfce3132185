# /// attack
# tries = "Stops the clock, so that no time limit is reached."
#
# [outcomes]
# softmax = "timed out"
# ///
import time

time.monotonic = time.time = time.perf_counter = lambda: 0.0


def softmax(logits):
    while True:
        pass
