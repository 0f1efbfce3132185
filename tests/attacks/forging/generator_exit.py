# /// attack
# tries = "Raises GeneratorExit, which a clean-up may swallow."
# says = "GeneratorExit"
#
# [outcomes]
# softmax = "raised"
# ///
def softmax(logits):
    raise GeneratorExit
