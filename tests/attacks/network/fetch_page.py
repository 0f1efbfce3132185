# /// attack
# tries = "Fetches a page."
# says = "URLError"
#
# [outcomes]
# softmax = "raised"
# ///
import urllib.request

from course.prize import prize


def softmax(logits):
    urllib.request.urlopen("http://127.0.0.1:9/")
    return prize(logits)
