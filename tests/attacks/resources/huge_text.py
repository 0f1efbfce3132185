# /// attack
# tries = "Returns a text of a hundred megabytes."
#
# [outcomes]
# softmax = ["raised", "out of memory", "timed out"]
# ///
def softmax(logits):
    return "x" * (100 << 20)
