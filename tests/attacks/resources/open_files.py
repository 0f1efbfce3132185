# /// attack
# tries = "Opens files until there are no more descriptors."
# says = "Too many open files"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    kept = [open("/dev/null") for _ in range(100_000)]
    return len(kept)
