# /// attack
# tries = "Tells of calls of a function that only the grader can answer, to leave junk in its notes."
# says = "not answered on the learner's side"
#
# [outcomes]
# gradient_descent = "protocol violation"
# ///
from course.frames import send


def gradient_descent(gradient, start, learning_rate, steps):
    send(["told", [0, 0, 0], [[0, [], [["junk"] * 3]]]])
    return start
