# /// attack
# tries = "Hands the grader's function an object that stays behind."
#
# [outcomes]
# numerical_gradient = ["failed", "raised"]
# ///
class Weights:
    shape = (2,)

    def __getitem__(self, index):
        return 0.0


def numerical_gradient(loss, weights, step=1e-5):
    return loss(Weights())
