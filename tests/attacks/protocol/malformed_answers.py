# /// attack
# [outcomes]
# softmax = "protocol violation"
#
# [variants.answer_of_other_length]
# tries = "Answers a call with more parts than a call has."
# put = 'send(["returned", question(), [0.0] * 9])'
# says = "no known form"
#
# [variants.answer_to_no_question]
# tries = "Answers a question that was not asked."
# put = 'send(["returned", question() + 1, [0.0, None, None, None]])'
# says = "an answer to no question"
#
# [variants.answer_too_long]
# tries = "Adds parts to an answer."
# put = 'send(["returned", question(), [0.0, None, None, None], "passed", 3.0])'
# says = "no known form"
# representative = true
#
# [variants.answer_too_short]
# tries = "Leaves the result out."
# put = 'send(["returned", question()])'
#
# [variants.endless_kinds]
# tries = "Names 100,000 classes for one exception."
# put = 'send(["raised", question(), ["x"] * 100_000, "text", []])'
#
# [variants.frame_with_bytes_left]
# tries = "Sends array bytes that belong to no array."
# put = 'send(["returned", question(), 0.0], bytes(64))'
# says = "unused array bytes"
#
# [variants.frames_of_exception]
# tries = "Sends an exception's frames in its own form."
# put = 'send(["raised", question(), ["ValueError"], "text", [["losses.py", "first", None, {}]]])'
# says = "no known form"
#
# [variants.millions_of_lists]
# tries = "Sends hundreds of thousands of empty lists."
# put = 'send(["returned", question(), [[[] for _ in range(200_000)], None, None, None]])'
# says = "too many containers"
#
# [variants.names_of_module]
# tries = "Lists 100,000 names of its module, some of them hostile."
# put = '''send(["missing", question(), ["softmax\x1b[31m", "sofmax\u202e"] * 5_000])'''
# says = "far larger than what was asked"
#
# [variants.nested_lists]
# tries = "Nests lists deeper than any reader goes."
# put = '''
# inner = 0.0
#     for _ in range(400):
#         inner = [inner]
#     send(["returned", question(), [inner, None, None, None]])'''
# says = "nested too deeply"
# representative = true
#
# [variants.no_kind_of_exception]
# tries = "Raises an exception of no class at all."
# put = 'send(["raised", question(), [], "", []])'
# says = "Exception"
# outcomes = { softmax = "raised" }
#
# [variants.numbers_as_exceptions]
# tries = "Names the classes of an exception by numbers."
# put = 'send(["raised", question(), [1, 2, 3], "text", []])'
# says = "no known form"
# ///
from course.frames import question, send


def softmax(logits):
    @PUT@
