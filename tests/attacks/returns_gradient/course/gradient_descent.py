def gradient_descent(gradient, start, learning_rate, steps):
    return gradient
