# /// attack
# tries = "Returns a list nested a hundred thousand deep."
#
# [outcomes]
# softmax = ["raised", "crashed"]
# ///
def softmax(logits):
    kept = 0.0
    for _ in range(100_000):
        kept = [kept]
    return kept
