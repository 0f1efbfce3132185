/** The moves of a training step, in words: what is called, what comes out, what to see. */
import { number } from "../../shared/scale.js";

export const MOVES = ["example", "sums", "hidden", "output", "loss", "blame", "back2", "gate", "back1", "update"];

/** Step and move of a frame. */
export const momentOf = (frame) => ({ step: Math.floor(frame / MOVES.length), move: frame % MOVES.length });

/** The index of a move by its name. */
export const moveOf = (name) => MOVES.indexOf(name);

/** Numbers of one step under their names, from a row of all of them. */
export const partsOf = (row, parts) => {
  const out = {};
  let from = 0;
  for (const [name, size] of parts) {
    out[name] = row.subarray(from, from + size);
    from += size;
  }
  return out;
};

/** A number for reading: few decimals, a true minus. */
export const tidy = (value, decimals = 3) => {
  const size = Math.abs(value);
  if (size >= 1e4) return number(value, 2).replace(/^-/, "−");
  const text = String(Number(value.toFixed(size >= 100 ? Math.min(1, decimals) : size >= 10 ? Math.min(2, decimals) : decimals)));
  return text === "-0" ? "0" : text.replace("-", "−");
};

const row = (values) => `[[${[...values].map((v) => tidy(v)).join(", ")}]]`;
const flat = (values) => `[${[...values].map((v) => tidy(v)).join(", ")}]`;
const column = (values) => `[${[...values].map((v) => `[${tidy(v)}]`).join(", ")}]`;
const square = ([a, b, c, d]) => `[[${tidy(a)}, ${tidy(b)}], [${tidy(c)}, ${tidy(d)}]]`;
const units = (values, test) => {
  const [upper, lower] = [...values].map(test);
  return upper && lower ? "both units" : upper ? "the upper unit" : lower ? "the lower unit" : "";
};

/** What a move does: {title, code, results: [[name, value], …], see}. */
export const storyOf = (p, move, rate) => {
  const shut = units(p.sums, (sum) => !(sum > 0));
  const is = shut === "both units" ? "are" : "is";
  const [out, target, blame] = [p.output[0], p.target[0], p.output_gradient[0]];
  switch (MOVES[move]) {
    case "example": return {
      title: "An example arrives", code: "inputs, target", results: [["inputs", row(p.inputs)], ["target", tidy(target)]],
      see: "The numbers on the lines are the weights; dashed lines are negative.",
    };
    case "sums": return {
      title: "Forward: into the hidden layer", code: "dense_forward(inputs, weights_1, bias_1)", results: [["sums", row(p.sums)]],
      see: `Upper unit: ${[0, 1].map((i) => `${tidy(p.inputs[i])} · ${bracketed(p.weights_1[2 * i])}`).join(" + ")} + ${bracketed(p.bias_1[0])} = ${tidy(p.sums[0])}.`,
    };
    case "hidden": return {
      title: "Forward: through the ReLU", code: "relu_forward(sums)", results: [["hidden", row(p.hidden)]],
      see: shut ? `A sum of 0 or below puts out 0: ${shut} ${is} dark.` : "Both sums are above 0, so both pass unchanged.",
    };
    case "output": return {
      title: "Forward: to the output", code: "dense_forward(hidden, weights_2, bias_2)", results: [["output", row(p.output)]],
      see: `${[0, 1].map((j) => `${tidy(p.hidden[j])} · ${bracketed(p.weights_2[j])}`).join(" + ")} + ${bracketed(p.bias_2[0])} = ${tidy(out)}.`,
    };
    case "loss": return {
      title: "Loss: how far off?", code: "(output - target) ** 2", results: [["loss", tidy(p.loss[0])]],
      see: `The output is ${tidy(out)}, the target ${tidy(target)}: off by ${tidy(out - target)}.`,
    };
    case "blame": return {
      title: "Backward: the output's blame", code: "2 * (output - target)", results: [["output_gradient", row(p.output_gradient)]],
      see: blame === 0 ? "No error, no blame." : `Were the output higher, the loss would ${blame > 0 ? "rise" : "fall"}.`,
    };
    case "back2": return {
      title: "Backward: through the last layer", code: "dense_backward(output_gradient, hidden, weights_2)",
      results: [["hidden_gradient", row(p.hidden_gradient)], ["weights_2_gradient", column(p.weights_2_gradient)], ["bias_2_gradient", flat(p.bias_2_gradient)]],
      see: `A weight's slope: what came in times the blame of what went out, ${tidy(p.hidden[0])} · ${bracketed(blame)} = ${tidy(p.weights_2_gradient[0])} above.`,
    };
    case "gate": return {
      title: "Backward: through the ReLU", code: "relu_backward(hidden_gradient, sums)", results: [["sums_gradient", row(p.sums_gradient)]],
      see: shut ? `No blame passes a shut gate: ${shut} ${is} not to blame.` : "Both gates are open: all blame passes.",
    };
    case "back1": return {
      title: "Backward: through the first layer", code: "dense_backward(sums_gradient, inputs, weights_1)",
      results: [["weights_1_gradient", square(p.weights_1_gradient)], ["bias_1_gradient", flat(p.bias_1_gradient)]],
      see: "Again: what came in times the blame of what went out. Lines into a shut unit get 0.",
    };
    default: return {
      title: "Update: the weights move", code: `weights - ${number(rate)} * gradient`,
      results: [["weights_1", square(p.new_weights_1)], ["bias_1", flat(p.new_bias_1)], ["weights_2", column(p.new_weights_2)], ["bias_2", flat(p.new_bias_2)]],
      see: "Each against its own slope. Where the slope is 0, nothing moves.",
    };
  }
};

const bracketed = (value) => (value < 0 ? `(${tidy(value)})` : tidy(value));

/** Asked in turn, one a training step: which gradient, and at which move it is seen. */
export const QUESTIONS = [
  { part: "weights_2", index: 0, name: "the weight from the upper unit to the output" },
  { part: "weights_1", index: 3, name: "the weight from x₂ to the lower unit" },
  { part: "weights_1", index: 2, name: "the weight from x₂ to the upper unit" },
  { part: "weights_2", index: 1, name: "the weight from the lower unit to the output" },
  { part: "weights_1", index: 1, name: "the weight from x₁ to the lower unit" },
  { part: "weights_1", index: 0, name: "the weight from x₁ to the upper unit" },
  { part: "bias_2", index: 0, name: "the bias of the output" },
];

export const questionAt = (step) => QUESTIONS[step % QUESTIONS.length];

/** The move at which the answer to a question is on the stage. */
export const revealedAt = ({ part }) => moveOf(part.endsWith("_2") ? "back2" : "back1");

/** "negative", "zero" or "positive". */
export const signOf = (value) => (value > 0 ? "positive" : value < 0 ? "negative" : "zero");
