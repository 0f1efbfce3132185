# /// attack
# tries = "Raises an exception with hundreds of ancestors."
# says = "Heir"
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    kinds = [type(f"Error{number}", (Exception,), {}) for number in range(500)]
    raise type("Heir", tuple(kinds), {})("x")
