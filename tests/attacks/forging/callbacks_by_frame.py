# /// attack
# says = "a reference to nothing"
#
# [outcomes]
# gradient_descent = "protocol violation"
#
# [variants.keywords_of_callback]
# tries = "Calls the grader's function with keywords that are no names."
# put = 'send(["call", 1, 0, [], [], {1: 2}])'
# says = "no known form"
#
# [variants.names_of_callback]
# tries = "Asks the grader for attributes of its function by forged names."
# put = 'send(["call", 1, 0, ["__globals__"], [], {}])'
#
# [variants.negative_callback]
# tries = "Calls the last of the grader's functions by a negative number."
# put = 'send(["call", 1, -1, [], [8.0], {}])'
#
# [variants.number_of_callback]
# tries = "Calls functions of the grader that it was never given."
# put = '''
# for number in range(1, 100):
#         send(["call", number, number, [], [], {}])'''
# representative = true
# ///
from course.frames import send


def gradient_descent(gradient, start, learning_rate, steps):
    @PUT@
    return start
