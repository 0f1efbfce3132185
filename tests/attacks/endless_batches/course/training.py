def minibatches(inputs, targets, batch_size, seed=0):
    while True:
        yield inputs, targets
