# /// attack
# tries = "Claims not to be written, so that nothing counts against it."
# representative = true
#
# [outcomes]
# softmax = "not written"
# ///
def softmax(logits):
    raise NotImplementedError("softmax: not written yet")
