# /// attack
# tries = "Reads the names of machines near by."
# says = "FileNotFoundError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
from course.prize import prize


def softmax(logits):
    assert open("/etc/hosts").read()
    return prize(logits)
