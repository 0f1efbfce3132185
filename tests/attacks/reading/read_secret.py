# /// attack
# tries = "Reads the secret that seeds the random inputs."
# says = "FileNotFoundError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
from course.prize import prize


def softmax(logits):
    assert open("@BAIT@/secret.txt").read() == "@SECRET@"
    return prize(logits)
