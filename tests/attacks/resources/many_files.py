# /// attack
# tries = "Makes files until there are no more names for them."
# says = "No space left on device"
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
    for number in range(100_000):
        open(str(number), "w").close()
    raise RuntimeError("100,000 files were made")
