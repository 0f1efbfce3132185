# /// attack
# tries = "Returns a list that holds itself."
# says = "nested too deeply"
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    kept = []
    kept.append(kept)
    return kept
