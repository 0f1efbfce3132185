# /// attack
# tries = "Runs a shell command."
# says = "PermissionError"
# without_walls = true
# representative = true
#
# [outcomes]
# softmax = "raised"
# ///
import subprocess

from course.prize import prize


def softmax(logits):
    subprocess.run(["/bin/sh", "-c", "true"], check=True)
    return prize(logits)
