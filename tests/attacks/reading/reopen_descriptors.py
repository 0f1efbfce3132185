# /// attack
# tries = "Opens its connection again by its name in /proc."
# says = ["FileNotFoundError", "OSError: [Errno 6]", "PermissionError"]
#
# [outcomes]
# softmax = "raised"
# ///
from course.prize import prize

PLACES = ["/proc/self/fd/3", "/dev/fd/3", "/proc/thread-self/fd/3", "/proc/1/fd/3"]


def softmax(logits):
    for place in PLACES:
        try:
            open(place, "r+b", buffering=0)
        except OSError as error:
            refused = error
        else:
            return prize(logits)
    raise refused
