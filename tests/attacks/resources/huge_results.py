# /// attack
# [outcomes]
# softmax = "raised"
#
# [variants.broadcasting_column]
# tries = "Returns a column of a million rows, which NumPy would broadcast against every row."
# put = "return np.full((1_000_000, 1), 0.5)"
# says = "UnreadableResult"
#
# [variants.huge_array]
# tries = "Fills the memory with an array."
# put = "return np.ones(1 << 33)"
# representative = true
# outcomes = { softmax = ["out of memory", "timed out"] }
#
# [variants.huge_result]
# tries = "Returns more bytes than a frame may hold."
# put = "return np.zeros(20 << 20)"
# says = "too large"
# representative = true
# ///
import numpy as np


def softmax(logits):
    @PUT@
