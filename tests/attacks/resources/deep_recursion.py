# /// attack
# tries = "Calls itself without end."
# says = "RecursionError"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    return softmax(logits)
