/** The visit: who is in which bed, what was answered, what is asked of the kernel, which goals were met. */
import { differing, examine, share, shuffled, TOLERANCE, WINDOW } from "./diagnosis.js";

export class Round {
  constructor(/** @type {import("./main.js").Parts} */ parts) {
    this.parts = parts;
    /** @type {import("./main.js").Patient[]} */
    this.patients = parts.config.patients.map((patient) => ({ ...patient, losses: patient.losses.map((loss) => loss ?? NaN) }));
  }

  // ---- the visit ------------------------------------------------------------
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

  name(verdict) {
    const { lab, state, panel } = this.parts;
    if (this.given() !== null) return;
    state.answers[state.order[state.current]] = verdict;
    lab.show();
    panel.focusAfterAnswer();
  }

  visit(bed) {
    this.parts.state.current = bed;
    this.parts.lab.show();
  }

  /** The next patient without an answer, or simply the next. */
  visitNext() {
    const { current } = this.parts.state;
    const later = [...this.patients.keys()].map((i) => (current + 1 + i) % this.patients.length);
    this.visit(later.find((bed) => this.given(bed) === null) ?? later[0]);
  }

  showAll() {
    const { lab, state } = this.parts;
    state.answers = state.answers.map((answer) => answer ?? "skipped");
    lab.show();
  }

  visitAgain() {
    const { state } = this.parts;
    state.order = shuffled(this.patients.length);
    state.answers = this.patients.map(() => null);
    this.usual();
    this.visit(0);
  }

  // ---- requests -------------------------------------------------------------
  settings(changes = {}) {
    const { window, tolerance } = this.parts.state;
    return { window, tolerance, ...changes };
  }

  begin() { this.change({}); }

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
