# /// attack
# tries = "Starts another interpreter in its process, which writes onto the connection."
#
# [outcomes]
# softmax = ["protocol violation", "raised"]
# ///
from course.prize import prize


def softmax(logits):
    import _xxsubinterpreters as interpreters

    within = interpreters.create()
    interpreters.run_string(within, "import os; os.write(3, bytes([255]) * 16)")
    return prize(logits)
