# /// attack
# tries = "Hangs in C on one huge power."
#
# [outcomes]
# softmax = "timed out"
# ///
def softmax(logits):
    return 3 ** (10**9)
