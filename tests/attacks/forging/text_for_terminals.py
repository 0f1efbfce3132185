# /// attack
# tries = "Raises exceptions whose names and texts act in a terminal."
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
RED = "\x1b[31m\x1b]0;title\x07\u202e"


def softmax(logits):
    raise type(RED + "Error", (Exception,), {})(RED + "\r\nsoftmax: everything holds (3 of 3)")
