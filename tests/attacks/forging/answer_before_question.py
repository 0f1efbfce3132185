# /// attack
# tries = "Sends an answer before the question, with a guessed number."
# representative = true
#
# [outcomes]
# softmax = "protocol violation"
# ///
import course.frames

for number in range(100):
    course.frames.send(["returned", number, [True, None, None, None]])
from course.frames import send


def softmax(logits):
    return [0.0, 0.0, 0.0]
