# /// attack
# [variants.zero_strides]
# tries = "Returns an array of a trillion elements in eight bytes."
# put = "return np.broadcast_to(1.0, (1 << 20, 1 << 20))"
# says = "too large"
# outcomes = { softmax = "raised" }
#
# [variants.zero_strides_small]
# tries = "Returns many views of one number, which unfold as they are sent."
# put = "return [np.broadcast_to(1.0, (1 << 9, 1 << 9))] * 1000"
# outcomes = { softmax = ["raised", "out of memory", "timed out"] }
# ///
import numpy as np


def softmax(logits):
    @PUT@
