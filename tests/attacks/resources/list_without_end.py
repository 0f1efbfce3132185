# /// attack
# tries = "Fills the memory with a list."
#
# [outcomes]
# softmax = ["out of memory", "timed out"]
# ///
def softmax(logits):
    kept = []
    while True:
        kept.append(bytes(1 << 20))
