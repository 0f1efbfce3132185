def softmax(logits):
    first, second = ValueError("first"), ValueError("second")
    first.__cause__ = first.__context__ = second
    second.__cause__ = second.__context__ = first
    raise ExceptionGroup("many", [first, second] * 1000)
