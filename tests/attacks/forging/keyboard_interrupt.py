# /// attack
# tries = "Raises KeyboardInterrupt, which would end a batch."
# says = "KeyboardInterrupt"
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    raise KeyboardInterrupt
