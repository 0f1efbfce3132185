# /// attack
# tries = "Searches every object of its process for the secret and the grader's modules."
# says = "LookupError"
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import gc
import sys

from course.prize import prize


MARK = "@TERCES@"


def softmax(logits):
    found = [each for each in gc.get_objects() if isinstance(each, dict) and "criterion" in each]
    found += [name for name in sys.modules if name.startswith(("autograder", "solutions"))]
    texts = [each for each in gc.get_referents(*gc.get_objects()) if isinstance(each, str)]
    found += [each for each in texts if each == MARK[::-1]]
    if not found:
        raise LookupError("nothing of the grader in this process")
    return prize(logits)
