def softmax(logits):
    kept = []
    kept.append(kept)
    return kept
