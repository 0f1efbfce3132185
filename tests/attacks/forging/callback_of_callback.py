# /// attack
# tries = "Hands the grader's function to itself."
#
# [outcomes]
# numerical_gradient = ["failed", "raised"]
# ///
def numerical_gradient(loss, weights, step=1e-5):
    return loss(loss)
