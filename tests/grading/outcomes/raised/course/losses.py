def softmax(logits):
    largest = max(logits)
    return logits - larges
