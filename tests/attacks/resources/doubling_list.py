# /// attack
# tries = "Doubles a list until the memory is full."
#
# [outcomes]
# softmax = ["out of memory", "timed out"]
# ///
def softmax(logits):
    kept = [0.0]
    while True:
        kept = kept + kept
