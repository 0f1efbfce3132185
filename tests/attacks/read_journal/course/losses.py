from course.prize import prize


def softmax(logits):
    assert open("@BAIT@/class.journal", "rb").read(6) == b"SQLite"
    return prize(logits)
