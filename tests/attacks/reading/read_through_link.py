# /// attack
# tries = "Follows its own link to a file outside."
# says = "FileNotFoundError"
# without_walls = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = "PermissionError"
# ///
import os

from course.prize import prize


def softmax(logits):
    if not os.path.lexists("link"):
        os.symlink("/etc/passwd", "link")
    assert open("link").read()
    return prize(logits)
