# /// attack
# tries = "Writes one file of a gigabyte."
# says = "File too large"
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    with open("huge.bin", "wb") as file:
        for _ in range(1024):
            file.write(bytes(1 << 20))
    raise RuntimeError("a gigabyte was written")
