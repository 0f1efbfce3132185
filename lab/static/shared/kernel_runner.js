/** The link to the kernel: one request at a time; pictures come from it, many of them before they are asked for. */
/** @import { Trouble } from "./dom.js" */
/** @typedef {Record<string, any>} Settings */
/** @typedef {{note: any, arrays: Float32Array[]}} Result */
/** @typedef {{note?: any, shapes: number[][]} | null} Item */
/** @typedef {(name: string, callback: (...args: any[]) => void) => void} Listen */
/** @typedef {{get: (name: string) => any, set: (name: string, value: any) => void, save_changes: () => void}} Traits */
/** @typedef {Traits & {send: (message: object) => void, on: Listen, off: Listen}} Model What anywidget hands over. */
/** @typedef {object} Handlers What to do with what comes.
 * @property {(result: Result, settings: Settings) => void} answer draws
 * @property {(trouble: Trouble) => void} trouble explains
 * @property {(settings: Settings[], results: (Result | null)[]) => void} [grown] guesses came
 * @property {() => void} [renewed] the learner's code changed: let go of all older results
 * @property {(yes: boolean) => void} [waiting] the kernel does not answer, or does again
 * @property {(settings: Settings) => Iterable<Settings>} [neighbors] what may be asked for next, nearest first */

/** @typedef {Record<string, any> & {now?: boolean}} Body of a request */

/** Keeps one request in flight; while it is, only the newest of the others waits. A request for a
 * picture (`now`) does not wait for a guess: it follows at once, and the guess is `overtaken`. */
export class LatestWins {
  sequence = 0;
  finished = 0;
  dropped = 0;
  /** @type {Body & {seq: number} | null} */
  flying = null;
  /** @type {Body | null} */
  waiting = null;
  /** @type {Map<number, Body>} */
  overtaken = new Map();
  /** Requests that took longer than the patience; their replies may still come. @type {Map<number, Body>} */
  stalled = new Map();
  #timer = 0;

  /** @param {(request: Body & {seq: number}) => void} send @param {{patience?: number, onStall?: () => void}} [options] */
  constructor(send, { patience = 4000, onStall = () => {} } = {}) {
    this.send = send;
    this.patience = patience;
    this.onStall = onStall;
  }

  push(/** @type {Body} */ body) {
    if (this.flying && body.now && this.flying.now === false) this.#overtake(this.flying);
    else if (this.flying) {
      if (this.waiting) this.dropped += 1;
      this.waiting = body;
      return;
    }
    this.flying = { ...body, seq: ++this.sequence };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.flying) this.stalled.set(this.flying.seq, this.flying);
      this.flying = null; // the next request may go; a late reply is still welcome
      this.onStall();
    }, this.patience);
    this.send(this.flying);
  }

  #overtake(/** @type {Body & {seq: number}} */ guess) {
    this.overtaken.set(guess.seq, guess);
    if (this.overtaken.size > 8) this.overtaken.delete([...this.overtaken.keys()][0]); // never answered
  }

  forget() { this.waiting = null; }

  /** The guess that a reply belongs to, if a picture has overtaken it: it comes before or after. */
  late(/** @type {number} */ seq) {
    const body = this.overtaken.get(seq);
    this.overtaken.delete(seq);
    return body;
  }

  /** The request that a reply belongs to, unless another one has answered it. @param {number} seq @returns {Body | null} */
  sent(seq) { return this.flying?.seq === seq ? this.flying : (this.stalled.get(seq) ?? null); }

  /** Whether the reply is news: neither answered before nor older than what was. */
  done(/** @type {number} */ seq) {
    if (seq <= this.finished || seq > this.sequence) return false;
    this.finished = seq;
    for (const older of [...this.stalled.keys()]) if (older <= seq) this.stalled.delete(older);
    if (!this.flying || this.flying.seq === seq) {
      clearTimeout(this.#timer);
      this.flying = null;
      const next = this.waiting;
      this.waiting = null;
      if (next) this.push(next);
    }
    return true;
  }

  close() {
    clearTimeout(this.#timer);
    this.waiting = null;
  }
}

/** Cuts one reply's buffer into arrays, without copying: for each item {arrays, note} or null.
 * @type {(items: Item[], view: DataView<ArrayBuffer>) => (Result | null)[]} */
export const unpack = (items, view) => {
  let offset = view.byteOffset;
  return items.map((item) => item && {
    note: item.note,
    arrays: item.shapes.map((shape) => {
      const length = shape.reduce((product, n) => product * n, 1);
      const aligned = offset % 4 === 0;
      const array = aligned
        ? new Float32Array(view.buffer, offset, length)
        : new Float32Array(view.buffer.slice(offset, offset + 4 * length));
      offset += 4 * length;
      return array;
    }),
  });
};

/** @type {WeakMap<Settings, string>} */
const keys = new WeakMap(); // settings are asked about again and again, and never changed
const keyOf = (/** @type {Settings} */ settings) => {
  let key = keys.get(settings);
  if (key === undefined) keys.set(settings, (key = JSON.stringify(settings)));
  return key;
};

/** Asks the kernel for answers to settings and remembers them. */
export class Runner {
  view = Math.random().toString(36).slice(2);
  version = 0;
  /** @type {Map<string, Result>} */
  cache = new Map();
  /** @type {Set<string>} */
  tried = new Set();
  /** @type {Settings | null} */
  wanted = null;
  visible = true;
  gone = false;
  slow = false;
  troubled = false;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #idle = null;
  #receive = (/** @type {any} */ message, /** @type {DataView<ArrayBuffer>[]} */ buffers) => {
    if (message.type === "version") {
      if (this.#renew(message.version) || this.#lost()) this.#askAgain();
    } else if (message.type === "answer" && message.view === this.view) this.#answered(message, buffers);
  };

  /** @param {Model} model @param {Handlers} handlers @param {{most?: number, batch?: number, poll?: number, rest?: number}} [options] */
  constructor(model, handlers, { most = 2000, batch = 32, poll = 1500, rest = 80 } = {}) {
    this.model = model;
    this.handlers = handlers;
    this.most = most;
    this.batch = batch;
    this.rest = rest;
    this.gate = new LatestWins((body) => model.send({ type: "run", view: this.view, ...body }), {
      onStall: () => this.handlers.waiting?.(true),
    });
    model.on("msg:custom", this.#receive);
    this.poller = setInterval(() => this.look(), poll);
  }

  /** The remembered answer to settings, undefined if there is none. @param {Settings} settings */
  get(settings) { return this.cache.get(keyOf(settings)); }

  /** Draw the answer to these settings: at once if it is known, else as soon as it comes. @param {Settings} settings */
  ask(settings) {
    this.wanted = settings;
    const known = this.get(settings);
    if (known) {
      this.gate.forget();
      this.handlers.answer(known, settings);
      this.#later(25);
    } else if (!this.gone) {
      this.#never();
      this.gate.push({ settings: [settings], now: true });
    }
  }

  /** Ask whether the learner's code has changed. */
  look() {
    if (this.gone || this.gate.flying || !this.visible || document.visibilityState === "hidden" || this.#askedAgain()) return;
    this.model.send({ type: "look" });
  }

  /** Whether a picture is wanted whose answer was lost, and is asked for again: a server drops what
   * comes while too much else does, such as the output of many cells that run in a row. */
  #askedAgain() {
    const lost = this.wanted && !this.troubled && !this.get(this.wanted) && !this.gate.stalled.size;
    if (lost) this.#askAgain();
    return lost;
  }

  /** Whether the kernel, which answers in order, has answered a later message than a picture's: the
   * picture was lost. As long as it answers nothing it computes, and to ask again would add to that. */
  #lost() {
    const { stalled, flying } = this.gate;
    if (!stalled.size || flying) return false;
    stalled.clear();
    return this.wanted !== null && !this.troubled && !this.get(this.wanted);
  }

  /** Whether the experiment is on screen: only then does the kernel compute ahead. @param {boolean} visible */
  see(visible) {
    this.visible = visible;
    if (visible) this.#later(25);
  }

  /** Guess after a while; a hand in motion does not put it off. */
  #later(/** @type {number} */ milliseconds) {
    this.#idle ??= setTimeout(() => {
      this.#idle = null;
      this.#guess();
    }, milliseconds);
  }

  #never() {
    clearTimeout(this.#idle ?? undefined);
    this.#idle = null;
  }

  /** While the hand rests, the learner's code runs for the settings near the present ones. */
  #guess() {
    if (this.gone || this.gate.flying || !this.wanted || !this.visible || this.#askedAgain()) return;
    const settings = [];
    if (!this.slow && !this.troubled) {
      for (const near of this.handlers.neighbors?.(this.wanted) ?? []) {
        if (!this.#known(keyOf(near))) settings.push(near);
        if (settings.length === this.batch) break;
      }
    }
    if (settings.length) this.gate.push({ settings, now: false });
    else this.look();
  }

  #known(/** @type {string} */ key) { return this.cache.has(key) || this.tried.has(key); }

  #renew(/** @type {number} */ version) {
    if (version === this.version) return false;
    this.version = version;
    this.cache.clear();
    this.tried.clear();
    this.slow = false;
    this.handlers.renewed?.();
    return true;
  }

  #answered(/** @type {any} */ message, /** @type {DataView<ArrayBuffer>[]} */ buffers) {
    const late = this.gate.late(message.seq);
    if (late) {
      if (message.version === this.version) this.#guessed(late, this.#unpacked(late, message, buffers));
      return;
    }
    const request = this.gate.sent(message.seq);
    const newer = this.gate.waiting !== null;
    if (!this.gate.done(message.seq)) return;
    this.handlers.waiting?.(false);
    const changed = this.#renew(message.version) && !request?.now;
    if (!request) return this.#askAgain();
    const results = this.#unpacked(request, message, buffers);
    if (request.now) this.#drawn(request.settings[0], results[0], newer, message.trouble);
    else if (changed && !newer) this.#askAgain();
    else this.#guessed(request, results);
    if (!this.gate.flying) this.#later(request.now ? this.rest : 0); // guesses that were overtaken come first
  }

  #askAgain() { if (this.wanted) this.ask(this.wanted); }

  #guessed(/** @type {Body} */ request, /** @type {(Result | null)[]} */ results) {
    this.handlers.grown?.(request.settings, results);
  }

  /** @param {Settings} asked @param {Result | null} result @param {boolean} newer @param {Trouble} trouble */
  #drawn(asked, result, newer, trouble) {
    this.troubled = !result;
    if (!newer && keyOf(asked) !== keyOf(this.wanted ?? {})) return;
    if (result) this.handlers.answer(result, asked);
    else if (!newer) this.handlers.trouble(trouble);
  }

  /** The results of a reply, remembered. @param {Body} request @param {any} message @param {DataView<ArrayBuffer>[]} buffers */
  #unpacked(request, message, buffers) {
    this.slow ||= message.slow;
    const results = unpack(message.items, buffers[0]);
    results.forEach((result, i) => this.#remember(keyOf(request.settings[i]), result));
    return results;
  }

  #remember(/** @type {string} */ key, /** @type {Result | null} */ result) {
    this.tried.add(key);
    if (!result) return;
    this.cache.set(key, result);
    if (this.cache.size > this.most) {
      const [oldest] = this.cache.keys();
      this.cache.delete(oldest);
      this.tried.delete(oldest);
    }
  }

  /** The kernel does not know this widget any more: show what is remembered, ask for nothing. */
  leave() {
    this.gone = true;
    this.#never();
    this.gate.close();
    this.handlers.waiting?.(false);
  }

  close() {
    clearInterval(this.poller);
    this.#never();
    this.gate.close();
    this.model.off("msg:custom", this.#receive);
  }
}
