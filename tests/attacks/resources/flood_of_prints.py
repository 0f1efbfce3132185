# /// attack
# tries = "Prints without end."
# representative = true
#
# [outcomes]
# softmax = ["raised", "timed out"]
# ///
def softmax(logits):
    while True:
        print("x" * 1000)
