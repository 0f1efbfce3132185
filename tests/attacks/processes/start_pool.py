# /// attack
# tries = "Starts a pool of processes."
# says = "Error"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
# ///
import multiprocessing

from course.prize import prize


def softmax(logits):
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.map(abs, [-1]) == [1]
    return prize(logits)
