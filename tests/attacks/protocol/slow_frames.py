# /// attack
# [outcomes]
# softmax = "timed out"
#
# [variants.frame_byte_by_byte]
# tries = "Sends a frame so slowly that it is never whole."
# put = '''
# os.write(3, b"\xff\xff\0\0\0\0\0\0")
#     while True:
#         os.write(3, b"x")
#         time.sleep(0.01)'''
#
# [variants.frame_never_finished]
# tries = "Begins a frame and never ends it."
# put = '''
# os.write(3, b"\x10\0\0\0\0\0\0\0\x93")
#     time.sleep(3600)'''
# representative = true
# ///
from course.frames import send


def softmax(logits):
    import os
    import time

    @PUT@
