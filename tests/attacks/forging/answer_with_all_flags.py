# /// attack
# tries = "Answers with what a report of success might look like."
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
# ///
from course.frames import question, send


def softmax(logits):
    send(["returned", question(), {"passed": True, "score": 3.0, "outcome": "passed"}])
    return [0.0, 0.0, 0.0]
