def softmax(logits):
    raise GeneratorExit
