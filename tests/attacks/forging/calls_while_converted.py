# /// attack
# tries = "Calls the grader's function while its numbers are being converted."
#
# [outcomes]
# numerical_gradient = ["failed", "protocol violation"]
# ///
def numerical_gradient(loss, weights, step=1e-5):
    class Late(float):
        def __float__(self):
            loss(weights)
            return 4.0

    class Later(complex):
        def __complex__(self):
            loss(weights)
            return 3j

    return [Late(0.0), Later(0)]
