# /// attack
# tries = "Calls a function with arguments that it cannot take, and catches the error."
# representative = true
#
# [outcomes]
# training_step = "failed"
# ///
def training_step(network, loss, loss_gradient, optimizer, inputs, targets):
    try:
        network.forward({"junk": 1})
    except Exception:
        pass
    outputs = network.forward(inputs)
    before = float(loss(outputs, targets))
    gradient = network.backward(loss_gradient(outputs, targets))
    network.set_weights(optimizer.update(network.get_weights(), gradient))
    return before
