# /// attack
# tries = "Asks for gradients and reads no answer, so that the grader's own frames get stuck."
#
# [outcomes]
# gradient_descent = "timed out"
# ///
from course.frames import send


def gradient_descent(gradient, start, learning_rate, steps):
    number = 0
    while True:
        number += 1
        send(["call", number, 0, [], [8.0], {}])
