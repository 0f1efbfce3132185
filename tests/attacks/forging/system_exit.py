# /// attack
# tries = "Raises SystemExit(0), as a program that is done."
# says = "SystemExit"
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    raise SystemExit(0)
