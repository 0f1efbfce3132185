# /// attack
# tries = "Writes its own points into the results of the class."
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
    open("@BAIT@/results.json", "w").write("{\"score\": 100.0}")
    return prize(logits)
