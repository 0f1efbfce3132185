# /// attack
# tries = "Puts its own modules instead of NumPy, msgpack and the session's code."
# representative = true
#
# [outcomes]
# softmax = "failed"
#
# [files]
# "autograder.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# "course/numpy.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# "course/sitecustomize.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# "msgpack.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# "numpy.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# "protocol.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# "sitecustomize.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# "usercustomize.py" = "def __getattr__(name):\n    return lambda *arguments, **keywords: True\n"
# ///
import numpy as np


def softmax(logits):
    return np.zeros(np.shape(logits))
