# /// attack
# [outcomes]
# softmax = "protocol violation"
#
# [variants.answer_true_is_one]
# tries = "Answers with True for a number, which equals 1."
# put = 'send(["returned", True, [0.0, None, None, None]])'
# says = "an answer to no question"
#
# [variants.flood_of_answers]
# tries = "Sends frames without end, each within its bounds."
# put = '''
# while True:
#         send(["call", 1, 0, [], [b"x" * 900_000], {}])'''
#
# [variants.frame_cut_off]
# tries = "Ends in the middle of a frame."
# put = '''
# import os
#
#     os.write(3, b"\x10\0\0\0\0\0\0\0\x93")
#     os._exit(0)'''
# says = "exit status 0"
# outcomes = { softmax = "crashed" }
#
# [variants.frame_of_bad_header]
# tries = "Sends a header that is no message."
# put = '''send(b"\xc1\xc1\xc1")'''
# says = "malformed"
#
# [variants.frame_of_gigabytes]
# tries = "Announces a frame of four gigabytes."
# put = '''
# import os
#
#     os.write(3, b"\xff" * 8)'''
# says = "too large"
# representative = true
#
# [variants.frame_of_noise]
# tries = "Sends bytes that are no frame."
# put = '''
# import os
#
#     os.write(3, bytes(range(256)) * 4)'''
# representative = true
#
# [variants.frame_of_nothing]
# tries = "Sends an empty message."
# put = "send([])"
# says = "no known form"
#
# [variants.frame_that_is_no_list]
# tries = "Sends a number where a message belongs."
# put = "send(3.0)"
# says = "no known form"
#
# [variants.frame_too_large]
# tries = "Sends a header that is a little too large."
# put = '''send(b"\xc4" * (1 << 20) + b"x")'''
# says = "too large"
#
# [variants.greeting_again]
# tries = "Greets again, with a better report."
# put = 'send(["hello", 99])'
#
# [variants.peer_closes_while_asked]
# tries = "Closes its connection while a question is under way."
# put = '''
# import threading
#     import os
#
#     threading.Timer(0.05, os.close, [3]).start()
#     return None'''
# outcomes = { softmax = ["failed", "crashed"] }
# ///
from course.frames import send


def softmax(logits):
    @PUT@
