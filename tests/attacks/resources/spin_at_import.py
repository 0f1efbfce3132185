# /// attack
# tries = "Spins while it is imported."
#
# [outcomes]
# softmax = "timed out"
# ///
while True:
    pass
