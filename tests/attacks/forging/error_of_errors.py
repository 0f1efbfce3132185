# /// attack
# tries = "Raises a chain of exceptions that leads back to itself."
# says = "ExceptionGroup"
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    first, second = ValueError("first"), ValueError("second")
    first.__cause__ = first.__context__ = second
    second.__cause__ = second.__context__ = first
    raise ExceptionGroup("many", [first, second] * 1000)
