# /// attack
# tries = "Raises an exception with a message of a hundred megabytes."
#
# [outcomes]
# softmax = ["raised", "out of memory", "timed out"]
# ///
def softmax(logits):
    raise ValueError("x" * (100 << 20))
