# /// attack
# [outcomes]
# softmax = ["raised", "timed out"]
#
# [variants.deep_folders]
# tries = "Makes folders inside folders without end."
# put = '''
# while True:
#         os.mkdir("f")
#         os.chdir("f")'''
#
# [variants.flood_of_errors]
# tries = "Writes to standard error without end."
# put = '''
# while True:
#         os.write(2, b"\x1b[2J" * 1000)'''
#
# [variants.many_pipes]
# tries = "Makes pipes, which the kernel keeps buffers for."
# put = "return [os.pipe() for _ in range(100_000)]"
# says = "Too many open files"
# outcomes = { softmax = "raised" }
#
# [variants.sparse_file]
# tries = "Makes a sparse file of a terabyte."
# put = '''
# with open("sparse.bin", "wb") as file:
#         os.truncate(file.fileno(), 1 << 40)
#     raise RuntimeError("a terabyte was made")'''
# says = "File too large"
# outcomes = { softmax = "raised" }
# ///
import os


def softmax(logits):
    @PUT@
