# /// attack
# tries = "Returns text that is no text."
#
# [outcomes]
# softmax = ["raised", "failed"]
# ///
def softmax(logits):
    return "\ud800\udfff" * 10
