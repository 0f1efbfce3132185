# /// attack
# tries = "Spins forever."
# representative = true
#
# [outcomes]
# softmax = "timed out"
# ///
def softmax(logits):
    while True:
        pass
