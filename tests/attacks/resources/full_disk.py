# /// attack
# tries = "Fills the disk with files of four megabytes."
# says = "No space left on device"
# representative = true
#
# [outcomes]
# softmax = "raised"
#
# [landlock]
# says = ""
#
# [landlock.outcomes]
# softmax = ["raised", "timed out"]
# ///
def softmax(logits):
    for number in range(1000):
        with open(f"{number}.bin", "wb") as file:
            file.write(bytes(4 << 20))
    raise RuntimeError("four gigabytes were written")
