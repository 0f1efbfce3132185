# /// attack
# tries = "Calls the grader's function while its answer is being written."
#
# [outcomes]
# numerical_gradient = "protocol violation"
# ///
def numerical_gradient(loss, weights, step=1e-5):
    class Late(list):
        def __iter__(self):
            loss(weights.astype("float32"))  # which the grader is asked about
            return iter([4.0, 3.0])

    return Late([4.0, 3.0])
