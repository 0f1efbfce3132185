import subprocess

from course.prize import prize


def softmax(logits):
    subprocess.run(["/bin/sh", "-c", "true"], check=True)
    return prize(logits)
