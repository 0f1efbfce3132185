# /// attack
# says = "no known form"
#
# [outcomes]
# softmax = "protocol violation"
#
# [variants.answer_claims_grade]
# tries = "Sends an invented message that claims the points."
# put = 'send(["passed", question(), 3.0])'
#
# [variants.answer_with_all_flags]
# tries = "Answers with what a report of success might look like."
# put = 'send(["returned", question(), {"passed": True, "score": 3.0, "outcome": "passed"}])'
#
# [variants.answer_within_call]
# tries = "Answers the present question twice."
# put = 'send(["returned", question(), [True, None, None, None]])'
# says = "The result is a bool"
# outcomes = { softmax = "failed" }
# ///
from course.frames import question, send


def softmax(logits):
    @PUT@
    return [0.0, 0.0, 0.0]
