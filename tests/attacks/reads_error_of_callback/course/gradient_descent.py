def gradient_descent(gradient, start, learning_rate, steps):
    try:
        gradient("x")
    except Exception as error:
        raise ValueError([error, error.__cause__, error.__context__]) from None
