# /// attack
# tries = "Nests parentheses deeper than the parser goes."
#
# [outcomes]
# softmax = ["raised", "out of memory", "crashed"]
# ///
def softmax(logits):
    return eval("(" * 100_000 + ")" * 100_000)
