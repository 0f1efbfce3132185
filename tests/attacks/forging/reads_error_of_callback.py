# /// attack
# tries = "Makes the grader's function fail, to read what it knows from the error."
# representative = true
#
# [outcomes]
# gradient_descent = ["failed", "raised"]
# ///
def gradient_descent(gradient, start, learning_rate, steps):
    try:
        gradient("x")
    except Exception as error:
        raise ValueError([error, error.__cause__, error.__context__]) from None
