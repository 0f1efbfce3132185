import { URLExt } from '@jupyterlab/coreutils';
import { Event, ServerConnection, ServiceManager } from '@jupyterlab/services';
import { ISignal, Signal } from '@lumino/signaling';
import { Answer, CheckEvent, CourseMap, Exercise, Hints, Lesson, Result, Row } from './types.js';

const EVENT = 'https://first-descent.invalid/check/v1';
/** Milliseconds after which the map is asked for again if no event has come, at first and at most. */
const FIRST = 1000;
const MOST = 60_000;

/** One course folder as the server knows it. Until `load` has found one, it has no lessons. */
export class Course {
  constructor(private services: ServiceManager.IManager) {}

  /** The folder below the server's root; '' for the root itself. */
  folder = '';
  lessons: Lesson[] = [];
  /** The exercise at which the learner is, and the one at which they were last time. */
  place = '';
  begunAt = '';
  /** The exercises that are being checked. */
  readonly checking = new Set<string>();
  problem = '';
  /** The newest result of each exercise, for the cards. */
  readonly results = new Map<string, Result>();
  /** The hints that were shown since the page was opened. */
  readonly hints = new Map<string, Hints>();

  /** Something that a page shows has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The result of one exercise has arrived. */
  get checked(): ISignal<this, Result> {
    return this._checked;
  }

  /** A check is over: somebody had saved. */
  get settled(): ISignal<this, void> {
    return this._settled;
  }

  /** Have everything drawn again: the learner has moved. */
  touch(): void {
    this._changed.emit();
  }

  exercise(name: string | undefined): Exercise | undefined {
    return this.lessons.flatMap(lesson => lesson.exercises).find(exercise => exercise.name === name);
  }

  /** The path of something inside the folder, as the contents manager knows it. */
  path(inside: string): string {
    return this.folder ? `${this.folder}/${inside}` : inside;
  }

  /** The lesson of a notebook or a module. */
  lessonAt(path: string): Lesson | undefined {
    return this.lessons.find(
      lesson => path === this.path(lesson.module) || (lesson.notebook && path === this.path(lesson.notebook))
    );
  }

  after(lesson: Lesson): Lesson | undefined {
    return this.lessons[this.lessons.indexOf(lesson) + 1];
  }

  /** Ask for the course of a notebook, or that of the root; false where there is none. */
  async load(notebook?: string): Promise<boolean> {
    this._listen();
    const since = Math.max(0, ...[...this.results.values()].map(({ at }) => at));
    const [heard, before] = [this._heard, new Map(this.results)];
    const query = new URLSearchParams({ ...(notebook ? { notebook } : {}), since: `${since}` });
    const found = await this._request<CourseMap | null>(`course?${query}`);
    if (!found) {
      return false;
    }
    if (!this.lessons.length || found.folder !== this.folder) {
      this.place = this.begunAt = found.place;
    }
    this.folder = found.folder;
    this.lessons = found.lessons;
    if (heard === this._heard) {
      this.checking.clear();
      found.checking.forEach(name => this.checking.add(name));
    }
    found.results
      .filter(({ name, at }) => at > (this.results.get(name)?.at ?? 0))
      .forEach(result => this._take(result));
    // an event can have come before this answer, and know more
    this.results.forEach(result => before.get(result.name) !== result && this._mark(result));
    this._changed.emit();
    return true;
  }

  /** Ask for the map again: challenges may have been met, or events may have been missed. */
  async refresh(): Promise<void> {
    if (this.lessons.length) {
      await this.load(this.path('lessons/any.ipynb'));
    }
  }

  /**
   * Hear of results. A page can miss them while it connects and while it is cut off, so the map is
   * asked for again until an event has arrived, and whenever the page is looked at again.
   */
  private _listen(): void {
    if (!this._listening) {
      this._listening = true;
      this.services.events.stream.connect((_, event) => this._hear(event));
      document.addEventListener('visibilitychange', () => document.hidden || void this.refresh());
    }
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this.refresh(), this._wait);
    this._wait = Math.min(2 * this._wait, MOST);
  }

  async check(names: string[]): Promise<void> {
    await this._request('check', { folder: this.folder, names });
  }

  /** Show one more hint of an exercise. */
  async hint(name: string): Promise<void> {
    const answer = await this._ask<Hints>('hint', name);
    if (answer && answer.refused === undefined) {
      this.hints.set(name, answer);
      this._changed.emit();
    }
  }

  freshFunction(name: string): Promise<Answer<{ text: string; kept: string }> | null> {
    return this._ask('fresh-function', name);
  }

  freshNotebook(lesson: Lesson): Promise<Answer<{ kept: string }> | null> {
    return this._ask('fresh-notebook', lesson.name);
  }

  comparison(name: string): Promise<Answer<{ rows: Row[] }> | null> {
    return this._ask('comparison', name);
  }

  /** Remember where the learner is, here and for the next time. */
  async moveTo(name: string): Promise<void> {
    if (this.place !== name && this.exercise(name)) {
      this.place = name;
      this._changed.emit();
      await this._ask('place', name);
    }
  }

  private _hear(event: Event.Emission): void {
    const said = event as unknown as CheckEvent;
    if (said.schema_id !== EVENT || said.folder !== this.folder) {
      return;
    }
    clearTimeout(this._timer);
    this._wait = FIRST;
    this._heard += 1;
    if (said.stage === 'here') {
      return;
    }
    this.problem = said.stage === 'failed' ? said.reason ?? '' : '';
    if (said.stage === 'checking') {
      said.names?.forEach(name => this.checking.add(name));
    } else if (said.stage === 'result' && said.exercise) {
      this._take(said.exercise);
    } else {
      this.checking.clear();
      this._settled.emit();
    }
    this._changed.emit();
  }

  private _take(result: Result): void {
    this.checking.delete(result.name);
    this.results.set(result.name, result);
    this._mark(result);
    this._checked.emit(result);
  }

  private _mark({ name, outcome, holds, of }: Result): void {
    Object.assign(this.exercise(name) ?? {}, { outcome, holds, of });
  }

  private _ask<T>(what: string, name: string): Promise<Answer<T> | null> {
    return this._request<Answer<T>>(what, { folder: this.folder, name });
  }

  /** Null where the server says no or cannot be reached; JupyterLab itself says the latter. */
  private async _request<T>(what: string, body?: object): Promise<T | null> {
    const settings = this.services.serverSettings;
    const url = URLExt.join(settings.baseUrl, 'first-descent', what);
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    try {
      const response = await ServerConnection.makeRequest(url, init, settings);
      return response.ok ? ((await response.json()) as T) : null;
    } catch {
      return null;
    }
  }

  private _listening = false;
  private _heard = 0;
  private _timer = 0;
  private _wait = FIRST;
  private _changed = new Signal<this, void>(this);
  private _settled = new Signal<this, void>(this);
  private _checked = new Signal<this, Result>(this);
}
