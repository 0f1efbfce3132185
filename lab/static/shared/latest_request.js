/** One request at a time: the newest wins. */

/**
 * Keeps one request in flight; while it is, only the newest of the others waits. A request for a
 * picture (`now`) does not wait for a guess: it follows at once, and the guess is `overtaken`.
 */
export class LatestWins {
  constructor(send, { patience = 4000, onStall = () => {} } = {}) {
    Object.assign(this, { send, patience, onStall, sequence: 0, finished: 0, dropped: 0 });
    this.flying = null;
    this.waiting = null;
    this.overtaken = new Map();
  }

  push(body) {
    if (this.flying && body.now && this.flying.now === false) this.#overtake();
    else if (this.flying) {
      if (this.waiting) this.dropped += 1;
      this.waiting = body;
      return;
    }
    this.flying = { ...body, seq: ++this.sequence };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.flying = null; // the next request may go; a late reply is still welcome
      this.onStall();
    }, this.patience);
    this.send(this.flying);
  }

  #overtake() {
    this.overtaken.set(this.flying.seq, this.flying);
    if (this.overtaken.size > 8) this.overtaken.delete(this.overtaken.keys().next().value); // never answered
  }

  forget() {
    this.waiting = null;
  }

  /** The guess that a reply belongs to, if a picture has overtaken it: it comes before or after. */
  late(seq) {
    const body = this.overtaken.get(seq);
    this.overtaken.delete(seq);
    return body;
  }

  /** Whether the reply is news: neither answered before nor older than what was. */
  done(seq) {
    if (seq <= this.finished || seq > this.sequence) return false;
    this.finished = seq;
    if (!this.flying || this.flying.seq === seq) {
      clearTimeout(this.timer);
      this.flying = null;
      const next = this.waiting;
      this.waiting = null;
      if (next) this.push(next);
    }
    return true;
  }

  close() {
    clearTimeout(this.timer);
    this.waiting = null;
  }
}
