# /// attack
# tries = "Ends the process while it is imported."
# says = "exit status 0"
#
# [outcomes]
# softmax = "crashed"
# ///
import os

os._exit(0)
