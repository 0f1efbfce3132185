def softmax(logits):
    return "\ud800\udfff" * 10
