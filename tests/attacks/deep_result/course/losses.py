def softmax(logits):
    kept = 0.0
    for _ in range(100_000):
        kept = [kept]
    return kept
