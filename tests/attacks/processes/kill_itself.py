# /// attack
# tries = "Kills itself, to look like an accident."
# says = "signal 11"
# representative = true
#
# [outcomes]
# softmax = "crashed"
# ///
import ctypes


def softmax(logits):
    ctypes.string_at(0)
