# /// attack
# tries = "Types a command into the terminal that the grader runs in."
# says = "PermissionError"
#
# [outcomes]
# softmax = "raised"
# ///
import fcntl
import termios

from course.prize import prize


def softmax(logits):
    for descriptor in (1, 2, 3):
        for letter in b"id\n":
            fcntl.ioctl(descriptor, termios.TIOCSTI, bytes([letter]))
    return prize(logits)
