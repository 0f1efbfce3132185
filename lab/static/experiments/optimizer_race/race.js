/** Who leads, which goals a race meets, and a race as code. */

/** The runners by their loss at a step, the lowest first. */
export const ranking = (runs, step) =>
  Object.entries(runs).map(([name, { losses }]) => ({ name, loss: losses[step] })).sort((a, b) => a.loss - b.loss);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const same = (a, b) => a.every((value, i) => Math.abs(value - b[i]) < 1e-9);

/** The goals that a finished race meets, as {name: the runner who did it}. */
export const raceGoals = ({ settings: { rates, start }, runs }, land, { pass, calm }) => {
  const met = {};
  const { SGD, Adam } = runs;
  if (land.name === "ravine" && SGD && Adam && same(start, land.start) && rates.Adam === rates.SGD &&
    SGD.losses.at(-1) < Adam.losses.at(-1)) met["race.sgd"] = "SGD";
  const beside = Math.abs(start[1]);
  if (land.name === "saddle" && SGD && beside > 0 && beside <= pass.near && SGD.losses[pass.steps] >= pass.loss) met["race.saddle"] = "SGD";
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
