def softmax(logits):
    return "x" * (100 << 20)
