# /// attack
# tries = "Reads the list of the machine's users."
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
    assert open("/etc/passwd").read()
    return prize(logits)
