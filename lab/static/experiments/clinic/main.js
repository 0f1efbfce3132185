/** The loss-curve clinic: name each curve, then see what the learner's `diagnose` says, and why. */
import { button, figure, imageCanvas, key, make } from "../../shared/dom.js";
import { experiment } from "../../shared/frame.js";
import { linearSlider, logSlider } from "../../shared/sliders.js";
import { described, differing, examine, share, shuffled, signOf, SIGNS, TOLERANCE, WINDOW } from "./diagnosis.js";
import { Drawing } from "./drawing.js";

/** @typedef {{name: string, story: string, losses: number[]}} Patient `losses` may hold nan */
/** @typedef {object} State
 * @property {number} window epochs to look back
 * @property {number} tolerance share of a loss that counts as flat
 * @property {{verdicts: string[], settings: {window: number, tolerance: number}} | null} run
 * @property {string[] | null} usual the verdicts at the usual window and tolerance
 * @property {number} current the bed at which the visit is
 * @property {number[]} order the patient in each bed
 * @property {(string | null)[]} answers the learner's, by patient: a verdict, or "skipped" */
/** @typedef {import("../../shared/frame.js").Parts<State, Panel, Drawing, Round>} Parts */

const CLOSED = "Once you have named all nine, window and tolerance open, and your diagnose answers at once.";

const opinion = (who, verdict, mark) => [make("dt", {}, who), make("dd", {}, `${mark} ${verdict}`)];

/** The elements of the clinic, and what they say. */
class Panel {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    const { lab, config, state } = parts;
    this.caption = make("strong");
    this.canvas = imageCanvas();
    this.opinions = make("dl", { class: "opinions" });
    this.ladder = make("ol", { class: "ladder", "aria-label": "The four questions" });
    this.story = make("p", { class: "story-line" });
    this.skip = button("show all verdicts", () => parts.round.showAll(), { class: "quiet" });
    this.again = button("visit again, in another order", () => parts.round.visitAgain());
    this.score = make("p", { class: "score", role: "status" });
    this.beds = state.order.map((_, bed) => {
      const picture = make("canvas", { "aria-hidden": "true" });
      const told = make("span", { class: "told" });
      return { picture, told, button: make("button", { type: "button", onclick: () => parts.round.visit(bed) }, picture, told) };
    });
    const onCommit = () => lab.keep();
    this.window = linearSlider({
      label: "Window", ...config.windows, value: WINDOW, jump: 5,
      onInput: (v) => parts.round.change({ window: v }), onCommit,
    });
    this.tolerance = logSlider({
      label: "Tolerance", ...config.tolerances, value: TOLERANCE, format: share,
      onInput: (v) => parts.round.change({ tolerance: Number(v.toPrecision(6)) }), onCommit,
    });
    this.settings = this.#settingsRow();
    this.closed = make("p", { class: "closed" }, CLOSED);
    const legend = key([["orange", "dot", "then"], ["blue", "dot", "now"], ["soft", "dashed thin", "target"]]);
    lab.root.append(
      this.score, lab.trouble.element,
      make("div", { class: "clinic" },
        figure(this.caption, this.canvas, legend),
        make("div", { class: "desk" },
          this.opinions, this.ladder, this.story, make("div", { class: "choices" }, this.skip, this.again))),
      make("div", { class: "ward", role: "group", "aria-label": "All patients" }, ...this.beds.map((bed) => bed.button)),
      this.settings, this.closed, lab.challenges.element, lab.status);
  }

  #settingsRow() {
    const named = (name, { input, output }) =>
      make("div", {}, make("div", { class: "slider-head" }, make("span", { class: "name" }, name), output), input);
    return make("div", { class: "settings-row" },
      named("window", this.window), named("tolerance", this.tolerance), button("back to 10 and 1%", () => this.parts.round.usual()));
  }

  tell() {
    const { lab, state: { current, order, window }, round } = this.parts;
    const report = round.examined();
    const patient = round.patient();
    const seen = round.given() !== null;
    const verdict = round.verdictOf(order[current]);
    this.caption.textContent = `Patient ${current + 1} of ${order.length}${seen ? `: ${patient.name}` : ""}`;
    this.#showDesk(seen, verdict, report);
    this.#showScore();
    this.beds.forEach((bed, i) => this.#showBed(bed, i));
    const { question, found } = report.rows[report.stop];
    const words = seen ? `${patient.name}. Your diagnose says ${verdict ?? "nothing yet"}. ${question} ${found}` : "Not named yet.";
    lab.say(`Patient ${current + 1}. ${words}`);
    this.canvas.setAttribute("aria-label", `Loss curve of patient ${current + 1}: ${described(patient.losses, window)} ${words}`);
  }

  #showDesk(seen, verdict, report) {
    const { round } = this.parts;
    const given = round.given();
    const done = round.allSeen();
    this.opinions.hidden = this.story.hidden = !seen;
    this.skip.hidden = this.closed.hidden = done;
    this.again.hidden = !done;
    this.settings.inert = !done;
    this.ladder.replaceChildren(...report.rows.map((row, i) => this.#rung(row, seen ? i - report.stop : 1)));
    if (!seen) return;
    const agrees = verdict === report.verdict;
    const mark = verdict === undefined ? "…" : agrees ? signOf(verdict) : "≠";
    this.opinions.replaceChildren(
      ...(given === "skipped" ? [] : opinion("you", given, round.isRight() ? "✓" : "✗")),
      ...opinion("your diagnose", verdict ?? "no answer yet", mark),
      ...(verdict !== undefined && !agrees ? opinion("the four questions", report.verdict, signOf(report.verdict)) : []));
    this.story.textContent = round.patient().story;
  }

  /** One of the four questions; `after` counts from the one that ended them. */
  #rung({ question, found, verdict }, after) {
    return make("li", { class: after === 0 ? "hit" : after > 0 ? "unasked" : "" },
      make("span", {}, question), make("span", {}, after < 0 ? "no" : after === 0 ? `yes: ${verdict}` : ""),
      after <= 0 && found ? make("span", { class: "found" }, found) : null);
  }

  #showScore() {
    const { round, state: { answers } } = this.parts;
    const named = answers.filter((answer) => answer !== null && answer !== "skipped").length;
    const right = answers.filter((answer, i) => answer === round.byRule(i)).length;
    const tally = named ? `Right at first try: ${right} of ${named}. ` : "";
    const rest = named ? `${answers.length - named} to go.` : "Nine patients wait. Name what you see, then hear what your diagnose says.";
    this.score.textContent = tally + (round.allSeen()
      ? "Now all verdicts are your own diagnose's: move window and tolerance, and watch which change." : rest);
  }

  #showBed({ told, button: bed }, i) {
    const { round, state: { answers, current, order, run, usual } } = this.parts;
    const who = order[i];
    const given = answers[who];
    const done = round.allSeen();
    const verdict = done ? round.verdictOf(who) : given;
    const changed = Boolean(done && run && usual && verdict !== usual[who]);
    const mark = done ? signOf(verdict) : given === round.byRule(who) ? "✓" : "✗";
    told.textContent = given === null ? "?" : `${mark} ${verdict ?? ""}`;
    bed.classList.toggle("changed", changed);
    bed.setAttribute("aria-current", String(i === current));
    const state = given === null ? ", not seen yet" : `, ${round.patients[who].name}: ${verdict ?? "no verdict"}${changed ? ", changed" : ""}`;
    bed.setAttribute("aria-label", `Patient ${i + 1}${state}`);
  }
}

/** The visit: who is in which bed, what was answered, what is asked of the kernel, which goals were met. */
class Round {
  constructor(/** @type {Parts} */ parts) {
    this.parts = parts;
    /** @type {Patient[]} */
    this.patients = parts.config.patients.map((patient) => ({ ...patient, losses: patient.losses.map((loss) => loss ?? NaN) }));
  }

  patient() {
    const { order, current } = this.parts.state;
    return this.patients[order[current]];
  }

  /** The learner's answer for the patient in a bed, null before it. */
  given(bed = this.parts.state.current) {
    const { order, answers } = this.parts.state;
    return answers[order[bed]];
  }

  allSeen() { return this.parts.state.answers.every((answer) => answer !== null); }

  /** What the four questions say at the usual settings. */
  byRule(who) {
    return examine(this.patients[who].losses, this.parts.config.target, WINDOW, TOLERANCE).verdict;
  }

  /** Whether the answer for the patient that is visited is right. */
  isRight() {
    const { order, current } = this.parts.state;
    return this.given() === this.byRule(order[current]);
  }

  /** What the learner's `diagnose` says, undefined while it is not known. */
  verdictOf(who) { return this.parts.state.run?.verdicts[who]; }

  /** The four questions, asked of the patient that is visited. */
  examined() {
    const { config: { target }, state: { window, tolerance } } = this.parts;
    return examine(this.patient().losses, target, window, tolerance);
  }

  /** Ask about the patient that is visited, if it has not been named. */
  #ask(said = "") {
    const { lab: { prediction }, state: { current } } = this.parts;
    prediction.hide(this.given() !== null);
    if (this.given() !== null) return;
    const options = /** @type {[string, string][]} */ (Object.entries(SIGNS).map(([verdict, { sign }]) => [verdict, `${sign} ${verdict}`]));
    const question = `Patient ${current + 1}: what will the four questions say? Keys 1 to 4 answer, too.`;
    prediction.ask({ name: `clinic.${this.patient().name}`, kind: "choice", question, options }, (verdict) => this.#name(verdict), said);
  }

  /** The learner has named a patient: on to the next, with a word on this one. */
  #name(verdict) {
    const { lab, state } = this.parts;
    state.answers[state.order[state.current]] = verdict;
    const { name, story } = this.patient();
    const said = `${this.isRight() ? "✓ Right" : `✗ Not ${verdict}`}: patient ${state.current + 1}, ${name}, is ${this.byRule(state.order[state.current])}. ${story}`;
    if (this.allSeen()) {
      lab.show();
      lab.prediction.reply({ right: this.isRight(), text: said.slice(2) });
    } else {
      const later = [...this.patients.keys()].map((i) => (state.current + 1 + i) % this.patients.length);
      this.visit(later.find((bed) => this.given(bed) === null), said);
    }
  }

  visit(bed, said = "") {
    this.parts.state.current = bed;
    this.parts.lab.show();
    this.#ask(said);
  }

  showAll() {
    const { lab, state } = this.parts;
    state.answers = state.answers.map((answer) => answer ?? "skipped");
    lab.prediction.hide(true);
    lab.show();
  }

  visitAgain() {
    const { state } = this.parts;
    state.order = shuffled(this.patients.length);
    state.answers = this.patients.map(() => null);
    this.usual();
    this.visit(0);
  }

  settings(changes = {}) {
    const { window, tolerance } = this.parts.state;
    return { window, tolerance, ...changes };
  }

  begin() {
    this.change({});
    this.#ask();
  }

  change(changes) {
    const { lab, state } = this.parts;
    Object.assign(state, changes);
    lab.ask();
    lab.show();
  }

  usual() {
    const { panel } = this.parts;
    panel.window.value = WINDOW;
    panel.tolerance.value = TOLERANCE;
    this.change({ window: WINDOW, tolerance: TOLERANCE });
    this.parts.lab.keep();
  }

  answer({ note: { verdicts } }, settings) {
    const { state } = this.parts;
    state.run = { verdicts, settings };
    if (settings.window === WINDOW && settings.tolerance === TOLERANCE) state.usual = verdicts;
  }

  renewed() { this.parts.state.usual = null; }

  *neighbors() {
    const { panel: { window, tolerance } } = this.parts;
    yield { window: WINDOW, tolerance: TOLERANCE };
    const [windows, tolerances] = [[...window.nearby(12)], [...tolerance.nearby(12)]];
    for (let i = 0; i < 24; i++) {
      if (i < windows.length) yield this.settings({ window: windows[i] });
      if (i < tolerances.length) yield this.settings({ tolerance: Number(tolerances[i].toPrecision(6)) });
    }
  }

  judge() {
    const { lab: { challenges }, state: { answers, run, usual, window, tolerance } } = this.parts;
    if (answers.every((answer, who) => answer === this.byRule(who))) {
      challenges.achieve("clinic.first_try", "Nine of nine: the ward is yours.");
    }
    if (!this.allSeen() || !run || !usual) return;
    const changed = differing(run.verdicts, usual);
    if (changed >= 3) {
      challenges.achieve("clinic.second_opinion", `With window ${window} and tolerance ${share(tolerance)}, ${changed} verdicts are others.`);
    }
  }
}

export default experiment("clinic", "the loss-curve clinic", { Panel, Drawing, Round }, ({ config: { patients } }) => ({
  window: WINDOW, tolerance: TOLERANCE, run: null, usual: null, current: 0, order: [...patients.keys()], answers: patients.map(() => null),
}));
