/** How runners look, who leads, which goals a race meets, and a race in words and as code. */
import { number } from "../../shared/scale.js";

/** How each runner looks; a shape beside the color. */
export const RUNNER_LOOKS = {
  SGD: { shape: "disc", sign: "●", color: "blue" },
  Momentum: { shape: "square", sign: "■", color: "vermillion" },
  RMSprop: { shape: "triangle", sign: "▲", color: "green" },
  Adam: { shape: "diamond", sign: "◆", color: "purple" },
};

export const lossWords = (loss) => (loss >= 1e29 ? "beyond all bounds" : loss < 1e-29 ? "0" : number(loss));

/** The runners by their loss at a step, the lowest first. */
export const ranking = (runs, step) =>
  Object.entries(runs).map(([name, { losses }]) => ({ name, loss: losses[step] })).sort((a, b) => a.loss - b.loss);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const same = (a, b) => a.every((value, i) => Math.abs(value - b[i]) < 1e-9);

/** The goals that a finished race meets, as {name: the runner who did it}. */
export const raceGoals = ({ settings, runs }, land, { escape, calm }) => {
  const met = {};
  const { SGD, Adam } = runs;
  if (land.name === "ravine" && SGD && Adam && same(settings.start, land.start) && settings.rates.Adam === land.rates.Adam &&
    SGD.losses.at(-1) < Adam.losses.at(-1)) met["race.sgd"] = "SGD";
  if (land.name === "saddle" && SGD && Math.abs(settings.start[1]) <= escape.pass) {
    const out = SGD.losses.findIndex((loss) => loss <= escape.loss);
    if (out >= 0 && out <= escape.steps) met["race.saddle"] = "SGD";
  }
  if (land.name === "noisy bowl") {
    const quiet = Object.entries(runs).find(([, { losses }]) => mean([...losses.slice(-calm.steps)]) < calm.loss);
    if (quiet) met["race.noise"] = quiet[0];
  }
  return met;
};

/** A race as code for a cell of a notebook. */
export const raceCode = ({ landscape, start, rates, runners }) => [
  `from course.optimizers import ${runners.join(", ")}`,
  "from lab.data.landscapes import LANDSCAPES",
  "from lab.experiments.optimizer_race import STEPS, raced",
  "",
  `land = LANDSCAPES["${landscape}"]`,
  `start = [${start.join(", ")}]`,
  `rates = {${runners.map((name) => `${name}: ${rates[name]}`).join(", ")}}`,
  "paths = {",
  "    runner.__name__: raced(runner, runner.__name__, rate, land, start, land.noises(STEPS))",
  "    for runner, rate in rates.items()",
  "}",
].join("\n");
