# /// attack
# tries = "Returns the grader's own network as its loss."
#
# [outcomes]
# training_step = "failed"
# ///
def training_step(network, loss, loss_gradient, optimizer, inputs, targets):
    return network
