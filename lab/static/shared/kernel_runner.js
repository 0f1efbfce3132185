/** The link to the kernel: pictures come from it, many of them before they are asked for. */
import { LatestWins } from "./latest_request.js";

/** Cuts one reply's buffer into arrays, without copying: for each item {arrays, note} or null. */
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

const keys = new WeakMap(); // settings are asked about again and again, and never changed
const keyOf = (settings) => {
  let key = keys.get(settings);
  if (key === undefined) keys.set(settings, (key = JSON.stringify(settings)));
  return key;
};

/**
 * Asks the kernel for answers to settings and remembers them.
 *
 * handlers: answer(result, settings) draws; trouble(trouble) explains; grown(settings, results)
 * after guesses came;
 * renewed() when the learner's code changed: let go of all older results;
 * waiting(boolean) while the kernel does not answer; neighbors(settings) lists, nearest first, the
 * settings that may be asked for next.
 */
export class Runner {
  constructor(model, handlers, { most = 2000, batch = 32, poll = 1500, rest = 80 } = {}) {
    Object.assign(this, { model, most, batch, rest });
    this.handlers = { renewed() {}, grown() {}, waiting() {}, neighbors: () => [], ...handlers };
    this.view = Math.random().toString(36).slice(2);
    this.version = 0;
    this.cache = new Map();
    this.tried = new Set();
    this.wanted = null;
    this.visible = true;
    this.hits = 0;
    this.misses = 0;
    this.gate = new LatestWins((body) => model.send({ type: "run", view: this.view, ...body }), {
      onStall: () => this.handlers.waiting(true),
    });
    this.receive = (message, buffers) => this.#receive(message, buffers);
    model.on("msg:custom", this.receive);
    this.poller = setInterval(() => this.look(), poll);
  }

  /** The remembered answer to settings, undefined if there is none. */
  get(settings) {
    return this.cache.get(keyOf(settings));
  }

  /** Draw the answer to these settings: at once if it is known, else as soon as it comes. */
  ask(settings) {
    this.wanted = settings;
    const known = this.get(settings);
    if (known) {
      this.hits += 1;
      this.gate.forget();
      this.handlers.answer(known, settings);
      this.#later(25);
    } else if (!this.gone) {
      this.misses += 1;
      this.#never();
      this.gate.push({ settings: [settings], now: true });
    }
  }

  /** Ask whether the learner's code has changed. */
  look() {
    if (this.gone || this.gate.flying || !this.visible || document.visibilityState === "hidden") return;
    this.model.send({ type: "look" });
  }

  /** Whether the experiment is on screen: only then does the kernel compute ahead. */
  see(visible) {
    this.visible = visible;
    if (visible) this.#later(25);
  }

  /** Guess after a while; a hand in motion does not put it off. */
  #later(milliseconds) {
    this.idle ??= setTimeout(() => {
      this.idle = null;
      this.#guess();
    }, milliseconds);
  }

  #never() {
    clearTimeout(this.idle);
    this.idle = null;
  }

  /** While the hand rests, the learner's code runs for the settings near the present ones. */
  #guess() {
    if (this.gone || this.gate.flying || !this.wanted || !this.visible) return;
    const settings = [];
    if (!this.slow && !this.troubled) {
      for (const near of this.handlers.neighbors(this.wanted)) {
        const key = keyOf(near);
        if (!this.cache.has(key) && !this.tried.has(key)) settings.push(near);
        if (settings.length === this.batch) break;
      }
    }
    if (settings.length) this.gate.push({ settings, now: false });
    else this.look();
  }

  #renew(version) {
    if (version === this.version) return false;
    this.version = version;
    this.cache.clear();
    this.tried.clear();
    this.slow = false;
    this.handlers.renewed();
    return true;
  }

  #receive(message, buffers) {
    if (message.type === "version") {
      if (this.#renew(message.version) && this.wanted) this.ask(this.wanted);
      return;
    }
    if (message.type !== "answer" || message.view !== this.view) return;
    const late = this.gate.late(message.seq);
    if (late) {
      if (message.version === this.version) this.handlers.grown(late.settings, this.#unpacked(late, message, buffers));
      return;
    }
    const { flying } = this.gate;
    const request = flying?.seq === message.seq ? flying : null;
    const newer = this.gate.waiting !== null;
    if (!this.gate.done(message.seq)) return;
    this.handlers.waiting(false);
    const changed = this.#renew(message.version) && !request?.now;
    if (!request) {
      if (this.wanted) this.ask(this.wanted);
      return;
    }
    const results = this.#unpacked(request, message, buffers);
    if (request.now) {
      this.troubled = !results[0];
      const asked = request.settings[0];
      if (newer || keyOf(asked) === keyOf(this.wanted)) {
        if (results[0]) this.handlers.answer(results[0], asked);
        else if (!newer) this.handlers.trouble(message.trouble);
      }
    } else if (changed && !newer) this.ask(this.wanted);
    else this.handlers.grown(request.settings, results);
    if (!this.gate.flying) this.#later(request.now ? this.rest : 0); // guesses that were overtaken come first
  }

  /** The results of a reply, remembered. */
  #unpacked(request, message, buffers) {
    this.slow ||= message.slow;
    const results = unpack(message.items, buffers[0]);
    results.forEach((result, i) => this.#remember(keyOf(request.settings[i]), result));
    return results;
  }

  #remember(key, result) {
    this.tried.add(key);
    if (!result) return;
    this.cache.set(key, result);
    if (this.cache.size > this.most) {
      const oldest = this.cache.keys().next().value;
      this.cache.delete(oldest);
      this.tried.delete(oldest);
    }
  }

  /** The kernel does not know this widget any more: show what is remembered, ask for nothing. */
  leave() {
    this.gone = true;
    this.#never();
    this.gate.close();
    this.handlers.waiting(false);
  }

  close() {
    clearInterval(this.poller);
    this.#never();
    this.gate.close();
    this.model.off("msg:custom", this.receive);
  }
}
