# /// attack
# [outcomes]
# softmax = "crashed"
#
# [variants.close_connection]
# tries = "Closes its connection, so that nothing can be held against it."
# put = '''
# os.close(3)
#     return [0.0, 0.0, 0.0]'''
#
# [variants.exit_zero]
# tries = "Ends the process with the exit status of success."
# put = "os._exit(0)"
# says = "exit status 0"
# representative = true
#
# [variants.print_on_connection]
# tries = "Makes its connection standard output and prints success."
# put = '''
# os.dup2(3, 1)
#     print("passed 3.0 of 3.0 points", flush=True)
#     return [0.0, 0.0, 0.0]'''
# outcomes = { softmax = ["protocol violation", "crashed", "timed out"] }
#
# [variants.swap_descriptors]
# tries = "Puts standard output instead of its connection."
# put = '''
# os.dup2(1, 3)
#     return [0.0, 0.0, 0.0]'''
# ///
import os


def softmax(logits):
    @PUT@
