/** One request at a time: the newest wins. */

/** @typedef {Record<string, any> & {now?: boolean}} Body of a request */

/**
 * Keeps one request in flight; while it is, only the newest of the others waits. A request for a
 * picture (`now`) does not wait for a guess: it follows at once, and the guess is `overtaken`.
 */
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
  #timer = 0;

  /**
   * @param {(request: Body & {seq: number}) => void} send
   * @param {{patience?: number, onStall?: () => void}} [options]
   */
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
      this.flying = null; // the next request may go; a late reply is still welcome
      this.onStall();
    }, this.patience);
    this.send(this.flying);
  }

  #overtake(/** @type {Body & {seq: number}} */ guess) {
    this.overtaken.set(guess.seq, guess);
    if (this.overtaken.size > 8) this.overtaken.delete([...this.overtaken.keys()][0]); // never answered
  }

  forget() {
    this.waiting = null;
  }

  /** The guess that a reply belongs to, if a picture has overtaken it: it comes before or after. */
  late(/** @type {number} */ seq) {
    const body = this.overtaken.get(seq);
    this.overtaken.delete(seq);
    return body;
  }

  /** Whether the reply is news: neither answered before nor older than what was. */
  done(/** @type {number} */ seq) {
    if (seq <= this.finished || seq > this.sequence) return false;
    this.finished = seq;
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
