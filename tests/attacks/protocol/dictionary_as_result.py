# /// attack
# tries = "Returns a dictionary with keys of every kind."
#
# [outcomes]
# softmax = "failed"
# ///
def softmax(logits):
    return {None: 1, (1, 2): 2, 1.5: 3, b"x": 4, True: 5, float("nan"): 6}
