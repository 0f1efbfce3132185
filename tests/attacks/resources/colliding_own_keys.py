# /// attack
# tries = "Fills a dictionary with keys of one hash."
#
# [outcomes]
# softmax = "timed out"
# ///
class Key:
    def __hash__(self):
        return 1


def softmax(logits):
    return {Key(): 1 for _ in range(10**6)}
