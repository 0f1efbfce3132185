"""What learners get wrong about layers, minibatches and the training step."""

from typing import Any

from autograder.checking.mistake import Given, Mistakes
from solutions import training as solution

FORWARD = "Lesson 5, “Forward, in numbers”"
WRITE_FORWARD = "Lesson 5, “Write it: dense_forward”"
SHAPES = "Lesson 5, “A batch, and its shapes”"
GATE = "Lesson 5, “The ReLU is a gate”"
EPOCHS = "Lesson 5, “Batches and epochs”"
WRITE_BATCHES = "Lesson 5, “Write it: minibatches”"
ORDER = "Lesson 5, “The order of the moves”"
WRITE_STEP = "Lesson 5, “Write it: training_step”"
LOOP = "Lesson 5, “The whole loop”"


dense_forward = Mistakes(solution.dense_forward, read=FORWARD)
dense_forward.slip(
    "dense_without_bias",
    {" + bias": ""},
    says="The bias is missing: add it to the weighted sums, inputs @ weights + bias.",
)
dense_forward.slip("dense_minus_bias", {"+ bias": "- bias"}, says="The bias is subtracted: add it.")
dense_forward.slip(
    "dense_with_transposed_weights",
    {"@ weights": "@ weights.T"},
    says="The weights are transposed, as in torch.nn.Linear. Here their shape is (n_in, n_out) "
    "already: inputs @ weights.",
    read=WRITE_FORWARD,
)
dense_forward.slip(
    "dense_of_means",
    {"@ weights": "@ weights / len(weights)"},
    says="The weighted inputs are averaged: a dense layer adds them up.",
)
dense_forward.slip(
    "dense_with_relu",
    {"inputs @ weights + bias": "np.maximum(0.0, inputs @ weights + bias)"},
    says="The layer ends in a ReLU here. The ReLU is a separate layer: return the sums as they "
    "are, negative ones too.",
    read=WRITE_FORWARD,
)
dense_forward.slip(
    "dense_with_a_column_of_biases",
    {"+ bias": "+ bias[:, np.newaxis]"},
    says="The bias is turned into a column, one for each example. It is one for each output: NumPy "
    "adds the (n_out,) array to every row by itself.",
    read=SHAPES,
)

dense_backward = Mistakes(solution.dense_backward, read=SHAPES)


@dense_backward.instead(
    says="The three gradients come in another order. It is that of the layer: inputs, weights, "
    "bias.",
    read="Lesson 5, “Write it: dense_backward”",
)
def dense_backward_in_another_order(given: Given) -> Any:
    inputs, weights, bias = given.right()
    return weights, bias, inputs


dense_backward.slip(
    "dense_backward_with_transposed_weights_gradient",
    {"inputs.T @ output_gradient": "output_gradient.T @ inputs"},
    says="The gradient of the weights is transposed: it has the shape of the weights, so it is "
    "inputs.T @ output_gradient.",
)
dense_backward.slip(
    "dense_backward_with_a_mean_for_the_weights",
    {"@ output_gradient": "@ output_gradient / len(inputs)"},
    says="The gradient of the weights is divided by the number of examples. It is a sum: the mean "
    "is in the output gradient already.",
)
dense_backward.slip(
    "dense_backward_with_a_mean_for_the_bias",
    {"sum(axis=0)": "mean(axis=0)"},
    says="The gradient of the bias is a mean over the examples. It is a sum: the mean is in the "
    "output gradient already.",
)
dense_backward.slip(
    "dense_backward_with_means",
    {"@ output_gradient": "@ output_gradient / len(inputs)", "sum(axis=0)": "mean(axis=0)"},
    says="The gradients of the weights and of the bias are both divided by the number of examples. "
    "They are sums: the mean is in the output gradient already.",
)
dense_backward.slip(
    "dense_backward_with_the_other_axis",
    {"axis=0": "axis=1"},
    says="The gradient of the bias is summed over the outputs. Sum over the examples, the rows: "
    "output_gradient.sum(axis=0).",
)
dense_backward.slip(
    "dense_backward_without_the_sum",
    {"sum(axis=0)": "copy()"},
    says="The gradient of the bias still has a row for each example: sum it over axis 0.",
)
dense_backward.slip(
    "dense_backward_with_mean_blame",
    {"@ weights.T": "@ weights.T / weights.shape[1]"},
    says="The blame passes each example's mean weight, not its own weights: the input gradient is "
    "output_gradient @ weights.T.",
    read="Lesson 5, “Backward: who is to blame?”",
)
dense_backward.slip(
    "dense_backward_with_a_bias_from_the_weights",
    {"output_gradient.sum(axis=0)": "weights_gradient.sum(axis=0)"},
    says="The gradient of the bias is the sum of the weights' gradient. It is that of "
    "output_gradient over the rows: output_gradient.sum(axis=0).",
)
dense_backward.slip(
    "dense_backward_with_one_bias",
    {"sum(axis=0)": "sum()"},
    says="The gradient of the bias is one number. Each output has its own: sum over the rows "
    "only, axis=0.",
)

relu_forward = Mistakes(solution.relu_forward, read=GATE)
relu_forward.slip(
    "relu_of_the_largest",
    {"np.maximum(0.0, np.asarray(inputs, dtype=float))": "max(0.0, float(np.max(inputs)))"},
    says="np.max looks for the largest element of the whole array. np.maximum(0.0, inputs) "
    "compares element by element.",
)
relu_forward.slip(
    "relu_of_absolute_values",
    {"np.maximum(0.0, ": "np.abs("},
    says="Negative inputs come out positive. They become 0: np.maximum(0.0, inputs).",
)
relu_forward.slip(
    "relu_that_leaks",
    {"np.maximum(0.0": "np.maximum(np.multiply(0.01, inputs)"},
    says="A hundredth of each negative input leaks through. The plain ReLU makes it 0.",
)
relu_forward.slip(
    "relu_of_signs",
    {"np.maximum(0.0": "np.sign(np.maximum(0.0", "float))": "float)))"},
    says="The result is where the inputs are positive, not how large they are: multiply by the "
    "inputs, or take np.maximum(0.0, inputs).",
)
relu_forward.slip(
    "relu_upside_down",
    {"np.maximum": "np.minimum"},
    says="np.minimum keeps the negative inputs. np.maximum(0.0, inputs) keeps the positive ones.",
)
relu_forward.slip(
    "relu_in_place",
    {
        "return": "inputs = np.asarray(inputs, dtype=float)\n    return",
        "np.asarray(inputs, dtype=float))": "inputs, out=inputs)",
    },
    says="Zeros are written into the caller's array: `inputs[inputs < 0] = 0`. Make a new one, "
    "np.maximum(0.0, inputs).",
    read="Lesson 5, “Write it: relu_forward”",
)

relu_backward = Mistakes(solution.relu_backward, read=GATE)
relu_backward.slip(
    "relu_backward_by_the_gradients_sign",
    {"np.where(inputs > 0, output_gradient, 0.0)": "np.maximum(0.0, output_gradient)"},
    says="The sign of the gradient decides here. That of the inputs does: negative gradients pass "
    "too.",
)
relu_backward.slip(
    "relu_backward_of_the_gate_alone",
    {"np.where(inputs > 0, output_gradient, 0.0)": "(inputs > 0).astype(float)"},
    says="The result is only the gate, ones and zeros: multiply it by output_gradient.",
)
relu_backward.slip(
    "relu_backward_times_inputs",
    {"np.where(inputs > 0, output_gradient, 0.0)": "output_gradient * np.maximum(0.0, inputs)"},
    says="The gradient is multiplied by the inputs. The slope of the ReLU is 1 where they are "
    "positive, so it passes unchanged.",
)
relu_backward.slip(
    "relu_backward_with_an_open_gate",
    {"np.where(inputs > 0, output_gradient, 0.0)": "output_gradient.copy()"},
    says="The gradient passes everywhere. Where the input was not positive the output was 0 "
    "anyway, so the gradient there is 0.",
)
relu_backward.slip(
    "relu_backward_open_at_zero",
    {"inputs > 0": "inputs >= 0"},
    says="At an input of exactly 0 the gate is open here. Take 0 there: inputs > 0, not >=.",
)
relu_backward.slip(
    "relu_backward_in_place",
    {
        "return": "output_gradient[inputs <= 0] = 0.0\n    return",
        "np.where(inputs > 0, output_gradient, 0.0)": "output_gradient",
    },
    says="Zeros are written into the caller's gradient. Make a new array: "
    "np.where(inputs > 0, output_gradient, 0.0).",
    read="Lesson 5, “Write it: relu_backward”",
)

minibatches = Mistakes(solution.minibatches, read=WRITE_BATCHES)
minibatches.slip(
    "batches_of_torn_pairs",
    {
        "order =": (
            "rng = np.random.default_rng(seed)\n"
            "    inputs, targets = rng.permutation(inputs), rng.permutation(targets)\n"
            "    order ="
        ),
        "np.random.default_rng(seed).permutation(len(inputs))": "np.arange(len(inputs))",
    },
    says="Inputs and targets are shuffled separately, so that examples lose their targets. Draw "
    "one order and use it for both.",
)
minibatches.slip(
    "batches_with_targets_left_behind",
    {
        "order =": "inputs = np.random.default_rng(seed).permutation(inputs)\n    order =",
        "np.random.default_rng(seed).permutation(len(inputs))": "np.arange(len(inputs))",
    },
    says="Only the inputs are shuffled, and their targets stay behind. Use the same order for "
    "both.",
)
minibatches.slip(
    "batches_without_the_rest",
    {"in batches": "in batches if len(rows) == batch_size"},
    says="The last batch is dropped where it is smaller. Keep it: slices stop at the end by "
    "themselves, so step through range(0, n, batch_size).",
    read=EPOCHS,
)
minibatches.slip(
    "batches_by_number",
    {"return": "batches = np.array_split(order, batch_size)\n    return"},
    says="batch_size is taken for the number of batches. It is the number of examples in each.",
    read=EPOCHS,
)
minibatches.slip(
    "batches_with_an_empty_one",
    {"len(order), batch_size": "len(order) + 1, batch_size"},
    says="An empty batch comes last where the examples divide evenly: let the range end at n, "
    "range(0, n, batch_size).",
)
minibatches.slip(
    "batches_in_the_tables_order",
    {"np.random.default_rng(seed).permutation(len(inputs))": "np.arange(len(inputs))"},
    says="The examples keep the order of the table: draw an order with "
    "np.random.default_rng(seed).permutation(n).",
    read=EPOCHS,
)
minibatches.slip(
    "batches_shuffled_as_blocks",
    {
        "np.random.default_rng(seed).permutation(len(inputs))": "np.arange(len(inputs))",
        "return": (
            "full = len(inputs) // batch_size\n"
            "    order = np.random.default_rng(seed).permutation(full)\n"
            "    batches[:full] = [batches[k] for k in order]\n"
            "    return"
        ),
    },
    says="Ready-made batches are shuffled, so that neighbors stay together. Shuffle the examples, "
    "then cut.",
)
minibatches.slip(
    "batches_without_a_seed",
    {"default_rng(seed)": "default_rng()"},
    says="The order does not follow from the seed: hand it on, np.random.default_rng(seed).",
)
minibatches.slip(
    "batches_of_one_seed",
    {"default_rng(seed)": "default_rng(0)"},
    says="All seeds give the same order: hand the argument on, np.random.default_rng(seed).",
)
minibatches.slip(
    "batches_that_shuffle_the_tables",
    {
        "order =": (
            "for table in (inputs, targets):\n"
            "        np.random.default_rng(seed).shuffle(table)\n"
            "    order ="
        ),
        "np.random.default_rng(seed).permutation(len(inputs))": "np.arange(len(inputs))",
    },
    says="The caller's tables are shuffled in place. Draw an order, and index with it: that makes "
    "new arrays.",
)
minibatches.slip(
    "batches_of_unequal_tables",
    {
        "len(inputs) != len(targets)": "False",
        "permutation(len(inputs))": "permutation(min(len(inputs), len(targets)))",
    },
    says="Tables of different lengths are let through. Compare the lengths first, and raise "
    "ValueError.",
)
minibatches.slip(
    "batches_of_no_size",
    {"batch_size < 1:": "batch_size < 1:\n        return []\n    if False:"},
    says="A batch_size of 0 or less is let through: raise ValueError if it is less than 1.",
)
minibatches.slip(
    "batches_with_replacement",
    {"permutation(len(inputs))": "integers(len(inputs), size=len(inputs))"},
    says="Examples are drawn with replacement: some come twice, others never. `permutation(n)` "
    "holds each number once.",
)

training_step = Mistakes(solution.training_step, read=WRITE_STEP)
training_step.slip(
    "step_that_sets_nothing",
    {"network.set_weights(weights)": "pass"},
    says="The new weights never reach the network: hand them to network.set_weights.",
    read=ORDER,
)
training_step.slip(
    "step_that_returns_the_later_loss",
    {
        "loss_before = float(loss(outputs, targets))\n    ": "",
        "return loss_before": "return float(loss(network.forward(inputs), targets))",
    },
    says="The loss is computed again after the update. Return the one from before it: keep it "
    "when it is computed.",
    read=ORDER,
)
training_step.slip(
    "step_with_two_forward_passes",
    {"loss_gradient(outputs": "loss_gradient(network.forward(inputs)"},
    says="The forward pass is made twice, once for the loss and once for its gradient. Keep the "
    "outputs of the first.",
    read=ORDER,
)
training_step.slip(
    "step_with_a_late_loss",
    {
        "loss_before = float(loss(outputs, targets))\n    ": "",
        "return loss_before": "return float(loss(outputs, targets))",
    },
    says="The loss is computed after the backward pass. Compute it right after the forward pass.",
    read=ORDER,
)
training_step.slip(
    "step_that_sends_outputs_back",
    {"loss_gradient(outputs, targets)": "outputs"},
    says="backward gets the outputs. It takes the gradient of the loss with respect to them: "
    "loss_gradient(outputs, targets).",
    read="Lesson 5, “Five moves”",
)
training_step.slip(
    "step_with_a_swapped_gradient",
    {"loss_gradient(outputs, targets)": "loss_gradient(targets, outputs)"},
    says="loss_gradient gets the targets first, which turns its sign: the order is outputs, "
    "targets.",
)
training_step.slip(
    "step_with_a_swapped_loss",
    {"loss(outputs, targets)": "loss(targets, outputs)"},
    says="loss gets the targets first: the order is outputs, targets. The squared error hides it, "
    "cross-entropy does not.",
)
training_step.slip(
    "step_with_a_swapped_update",
    {"network.get_weights(), gradient": "gradient, network.get_weights()"},
    says="update gets the gradient first: the order is weights, gradient.",
)
training_step.slip(
    "step_that_averages_again",
    {"return loss_before": "return loss_before / len(inputs)"},
    says="The loss is divided by the number of examples once more. It is a mean already: return "
    "what loss returned.",
)
training_step.slip(
    "step_that_returns_weights",
    {
        "return loss_before": "return weights",
    },
    says="The new weights are returned, not the loss: keep the loss, and return it at the end.",
)
training_step.slip(
    "step_without_the_optimizer",
    {"optimizer.update(network.get_weights(), gradient)": "network.get_weights() - gradient"},
    says="The optimizer is never asked: the new weights are optimizer.update(weights, gradient).",
)
training_step.slip(
    "step_that_sets_the_gradient",
    {"set_weights(weights)": "set_weights(gradient)"},
    says="The gradient itself is set as the weights. The new weights are what "
    "optimizer.update(weights, gradient) returns.",
)
training_step.slip(
    "step_that_sends_the_loss_back",
    {"loss_gradient(outputs, targets)": "np.asarray(loss_before)"},
    says="backward gets the loss itself, one number. It takes the slope for each output: "
    "loss_gradient(outputs, targets).",
)
training_step.slip(
    "step_without_the_way_back",
    {"network.backward(loss_gradient(outputs, targets))": "loss_gradient(outputs, targets)"},
    says="The gradient of the outputs goes straight to the optimizer. network.backward turns it "
    "into that of the weights.",
)

train = Mistakes(solution.train, read=LOOP)
train.slip(
    "train_with_plain_means",
    {
        "len(batch_inputs) * batch_loss": "batch_loss",
        "len(inputs)": "-(-len(inputs) // batch_size)",
    },
    says="All batches count the same, the small last one too. Weight each loss by its number of "
    "examples, and divide by n.",
)
train.slip(
    "train_with_sums",
    {" / len(inputs)": ""},
    says="The losses of an epoch are added up: divide the weighted sum by the number of examples.",
)
train.slip(
    "train_with_last_losses",
    {"total / len(inputs)": "batch_loss"},
    says="Only the loss of each epoch's last batch is kept. Add up all of them, weighted by size.",
)
train.slip(
    "train_with_a_loss_for_each_batch",
    {
        "total += len(batch_inputs) * batch_loss": "mean_losses.append(batch_loss)",
        "        mean_losses.append(total / len(inputs))\n": "",
    },
    says="A loss is kept for each batch. Keep one for each epoch: the mean over its batches.",
)
train.slip(
    "train_in_one_order",
    {"int(rng.integers(2**32))": "seed"},
    says="Every epoch has the same order, because minibatches gets the same seed each time. Draw "
    "a new seed for each epoch.",
)
train.slip(
    "train_with_numbered_epochs",
    {"for _": "for epoch", "int(rng.integers(2**32))": "epoch"},
    says="The seed is not used, so that all seeds give the same run. Make the generator of the "
    "epochs' seeds from it.",
)
train.slip(
    "train_on_the_whole_table",
    {"batch_size, order_seed": "len(inputs), order_seed"},
    says="Every epoch is a single step with the whole table: cut it into batches of batch_size.",
)
train.slip(
    "train_with_rounded_losses",
    {"total / len(inputs)": "round(total / len(inputs), 4)"},
    says="The mean losses are rounded. Return them as they are, and round where they are shown.",
)
train.slip(
    "train_with_a_division_for_each_batch",
    {
        "(total / len(inputs))": "(total)",
        "len(batch_inputs) * batch_loss": (
            "len(batch_inputs) * batch_loss\n            total /= len(inputs)"
        ),
    },
    says="The sum is divided by n after every batch. Divide once, after the loop over the batches.",
)
train.slip(
    "train_with_a_sum_that_goes_on",
    {"        total = 0.0\n": "", "    for _": "    total = 0.0\n    for _"},
    says="The sum goes on from epoch to epoch. Set it to 0 at the start of each.",
)

largest_curvature = Mistakes(
    solution.largest_curvature, read="Lesson 5, “Write it: largest_curvature”"
)
largest_curvature.slip(
    "curvature_without_its_sign",
    {"curvature = float(np.sum(v * hv))": "curvature = float(length)"},
    says="The length of Hv is returned, which has no sign: a saddle that falls by −5 seems to rise "
    "by 5. The estimate is Σ v · Hv.",
)
largest_curvature.slip(
    "curvature_by_half_the_distance",
    {"(2 * nudge)": "nudge"},
    says="The two points are 2 · nudge apart, not nudge: the curvature comes out twice as large.",
)
largest_curvature.slip(
    "curvature_by_forward_differences",
    {"gradient(weights - nudge * v)": "gradient(weights)", "(2 * nudge)": "nudge"},
    says="The difference is taken to one side only, and bends with the loss. Ask for the gradient "
    "at weights + nudge · v and at weights − nudge · v.",
)
largest_curvature.slip(
    "curvature_of_growing_directions",
    {"v = hv / length": "v = hv"},
    says="v is not shortened to length 1 after a step, so it grows from step to step, and v · Hv "
    "with it. Divide Hv by its length.",
)
largest_curvature.slip(
    "curvature_along_one_direction",
    {"v = hv / length": "pass"},
    says="v stays as it was drawn, so each step measures the same random direction. Let Hv, "
    "shortened to length 1, be the next v.",
)
largest_curvature.slip(
    "curvature_from_a_start_that_is_too_long",
    {"    v = v / np.sqrt(np.sum(v**2))\n": ""},
    says="The first v is as long as it was drawn. Divide it by its length before the first step.",
)
largest_curvature.slip(
    "curvature_from_a_fixed_start",
    {"np.random.default_rng(seed).normal(size=weights.shape)": "np.ones(weights.shape)"},
    says="v starts as ones, which may be at right angles to the steepest direction, and then never "
    "turns. Draw it from np.random.default_rng(seed).",
)
largest_curvature.slip(
    "curvature_of_one_seed",
    {"default_rng(seed)": "default_rng(0)"},
    says="The start is the same for all seeds: hand the argument on, np.random.default_rng(seed).",
)
largest_curvature.slip(
    "curvature_with_a_fixed_nudge",
    {"above =": "nudge = 1e-4\n        above ="},
    says="The nudge is always 1e-4, whatever is asked for. Write the name, not the number.",
)
largest_curvature.slip(
    "curvature_of_vectors_only",
    {"float(np.sum(v * hv))": "float(v @ hv)"},
    says="`v @ hv` is a sum over all elements for vectors only. For weights of any shape it is "
    "np.sum(v * hv).",
)
largest_curvature.slip(
    "curvature_one_step_further",
    {"range(steps)": "range(steps + 1)"},
    says="One step too many is made. `for _ in range(steps)` makes as many as are asked for.",
)
largest_curvature.slip(
    "curvature_of_nothing_is_nan",
    {"if length == 0:": "if False:"},
    says="Where Hv is all zero its length is 0, and 0 / 0 is nan. Look at the length before you "
    "divide, and return 0.0.",
)
largest_curvature.slip(
    "curvature_of_arrays_alone",
    {"    weights = np.asarray(weights, dtype=float)\n": ""},
    says="A list has no shape: make an array of the weights first, np.asarray(weights, "
    "dtype=float).",
)
