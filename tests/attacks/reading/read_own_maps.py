# /// attack
# tries = "Reads its own memory map, to find what the forked interpreter knew."
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
    assert open("/proc/self/maps").read()
    return prize(logits)
