# /// attack
# tries = "Unpacks a small text into gigabytes."
#
# [outcomes]
# softmax = ["out of memory", "timed out"]
# ///
import zlib

SMALL = zlib.compress(bytes(200 << 20), 9)


def softmax(logits):
    return [zlib.decompress(SMALL) for _ in range(50)]
