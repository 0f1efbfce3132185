def softmax(logits):
    raise ValueError("x" * (100 << 20))
