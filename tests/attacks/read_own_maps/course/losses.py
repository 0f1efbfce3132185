from course.prize import prize


def softmax(logits):
    assert open("/proc/self/maps").read()
    return prize(logits)
