import { Notification } from '@jupyterlab/apputils';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { Contents, Event, ServerConnection, ServiceManager } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { driveAnswer, DriveRequest } from './tab_drive.js';
import { areAsSent, Files, filesOf, recorded, save } from './tab_files.js';
import { CourseMap, Exercise } from './types.js';

const EVENT = 'https://first-descent.invalid/check/v1';
/** Milliseconds beyond an operation's limit, for a page that is busy. */
const GRACE = 500;
/** Milliseconds before the worker is started if no kernel has begun until then. */
const LATEST = 20_000;
/** Milliseconds after which a kernel hears that its answer is not there yet, and asks again. */
const SOON = 15_000;
/** Milliseconds for which an answer is kept, in case its way back is lost. */
const KEPT = 60_000;
const NO_ROOM = // JupyterLab shows 140 characters
  'Your browser has no room left: nothing more is kept. Take your course with you, then make room here or go on elsewhere.';
/** The course of a learner who has done nothing yet. */
const BEGINNING = 'course-map.json';

interface Task {
  what: string;
  body: Record<string, unknown>;
  /** The operations that ended a worker, and their outcomes. */
  ended: Record<number, string>;
  /** The exercises that this check began with: a second try checks the same. */
  names?: string[];
  /** The learner's files as the worker has them. */
  files?: Files;
  resolve: (answer: unknown) => void;
}

/** What a kernel asks, by the service worker. */
type Question = { drive: DriveRequest } | { what: string; body: Record<string, unknown>; key: string };

/** What the worker says. */
interface Said {
  ready?: boolean;
  broken?: string;
  running?: number;
  seconds?: number;
  event?: Record<string, unknown>;
  answer?: unknown;
  changed?: Record<string, string>;
}

/**
 * A site without a server: what the server answers elsewhere, a worker of this page answers, with
 * Python and the same code. It runs checks, too, so it is ended where an operation takes longer than
 * it may, and the request is made of a new one that leaves this operation out.
 */
export class Tab {
  constructor(private services: ServiceManager.IManager) {
    sayWhereFull(services.contents);
    setTimeout(() => this.start(), LATEST);
    navigator.serviceWorker?.addEventListener('message', ({ data, ports: [port] }) => {
      if ((data as { firstDescent?: string } | null)?.firstDescent) {
        port.onmessage = ({ data: asked }) =>
          void this._answer(asked as Question).then(answer => port.postMessage(answer));
        port.postMessage({ here: true }); // of all pages, one that hears answers
      }
    });
    services.contents.fileChanged.connect((_, { type, newValue }) => {
      if (type === 'save' && newValue?.path?.match(/^course\/\w+\.py$/) && !this._saving) {
        void this._checkLater();
      }
    });
  }

  /** Check what has changed, unless that is going to happen anyway; in pieces, until all is checked. */
  private async _checkLater(): Promise<void> {
    if (!this._tasks.some(task => task !== this._busy && task.what === 'check')) {
      const { more } = (await this.ask('check', { names: [] })) as { more?: boolean };
      void (more && this._checkLater());
    }
  }

  /** The manager of services as the course map knows it: requests and events, but of this worker. */
  get manager(): ServiceManager.IManager {
    const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      const body = request.method === 'POST' ? ((await request.json()) as Record<string, unknown>) : {};
      const what = pathname.replace(/.*\/first-descent\//, '');
      if (what === 'course' && !this._hasStarted) {
        return new Response(JSON.stringify(await this._beginning())); // and it is asked for again
      }
      if (what === 'course') {
        setTimeout(() => this._tell({ folder: '', stage: 'here' })); // events arrive: there is no wire
      }
      const answer = (await this.ask(what, body)) as { more?: boolean };
      if (answer.more) {
        void this._checkLater();
      }
      return new Response(JSON.stringify(answer));
    };
    const settings = ServerConnection.makeSettings({ ...this.services.serverSettings, fetch });
    return { serverSettings: settings, events: { stream: this._events } } as unknown as ServiceManager.IManager;
  }

  /**
   * The map before the worker is there, which takes as long as the kernel: as the site was built with
   * it, with what is recorded. A lesson has to be known before its kernel runs a cell.
   */
  private async _beginning(): Promise<CourseMap> {
    const found = await fetch(URLExt.join(PageConfig.getBaseUrl(), BEGINNING));
    const course = (await found.json()) as CourseMap;
    const { contents } = this.services;
    const progress = await recorded<Record<string, Partial<Exercise>>>(contents, 'progress');
    const place = await recorded<{ exercise?: string }>(contents, 'place');
    course.place = place.exercise ?? '';
    for (const exercise of course.lessons.flatMap(lesson => lesson.exercises)) {
      const { outcome = exercise.outcome, holds = 0, of = 0 } = progress[exercise.name] ?? {};
      Object.assign(exercise, { outcome, holds, of });
    }
    return course;
  }

  /** Ask the worker, one thing after the other; what somebody waits for goes before checks of what was saved. */
  ask(what: string, body: Record<string, unknown> = {}): Promise<unknown> {
    return new Promise(resolve => {
      this._tasks.push({ what, body, ended: {}, resolve });
      this.start();
      this._next();
    });
  }

  /** The answer to a kernel, which waits for it: there always is one. */
  private async _answer(asked: Question): Promise<unknown> {
    if (!('drive' in asked)) {
      return this._soon(asked.key, () => this.ask(asked.what, asked.body));
    }
    try {
      return { found: (await driveAnswer(this.services.contents, asked.drive)) ?? null };
    } catch (error) {
      if (isFull(error)) {
        this._complain(NO_ROOM);
      }
      return { refused: String(error) };
    }
  }

  /** An answer that is there soon, or that it is waited for: then the same is asked again. */
  private _soon(key: string, ask: () => Promise<unknown>): Promise<unknown> {
    const answer = this._answers.get(key) ?? ask();
    if (!this._answers.has(key)) {
      this._answers.set(key, answer);
      void answer.then(() => setTimeout(() => this._answers.delete(key), KEPT));
    }
    return Promise.race([answer, new Promise(resolve => setTimeout(resolve, SOON, { waits: true }))]);
  }

  /** Start the worker unless it is there. The kernel's start goes before: a learner waits for it. */
  start(): void {
    if (this._worker) {
      return;
    }
    this._worker = new Worker(URLExt.join(PageConfig.getBaseUrl(), 'check-worker.js'));
    this._worker.onmessage = ({ data }) => this._hear(JSON.parse(data as string) as Said);
    this._worker.onerror = event => this._end('CRASHED', event.message);
  }

  private _next(): void {
    if (!this._busy && this._ready && this._tasks.length) {
      this._busy = this._tasks.find(({ what }) => what !== 'check') ?? this._tasks[0];
      void this._send(this._busy);
    }
  }

  private async _send(task: Task): Promise<void> {
    const body = task.names ? { ...task.body, names: task.names, again: true } : task.body;
    try {
      task.files = await filesOf(this.services.contents, task.what);
      const { what, files, ended } = task;
      this._worker?.postMessage(JSON.stringify({ what, body, files, ended }));
    } catch (error) {
      void this._finish({ answer: { refused: `Your files cannot be read: ${String(error)}` } });
    }
  }

  private _hear(said: Said): void {
    if (said.ready) {
      this._ready = this._hasStarted = true;
      if (this._busy) {
        void this._send(this._busy);
      } else {
        this._next();
      }
    } else if (said.running !== undefined) {
      this._watch(said.running, said.seconds ?? 0);
    } else if (said.event) {
      this._tell(said.event);
    } else if (said.broken !== undefined) {
      this._end('CRASHED', said.broken);
    } else {
      void this._finish(said);
    }
  }

  private _watch(running: number, seconds: number): void {
    clearTimeout(this._timer);
    this._running = running;
    if (running) {
      // a page that was busy first hears what has arrived meanwhile
      const late = (): void => void (this._timer = setTimeout(() => this._end('TIMED_OUT', ''), GRACE));
      this._timer = setTimeout(late, 1000 * seconds);
    }
  }

  private _tell(event: Record<string, unknown>): void {
    if (event.stage === 'checking' && this._busy && !this._busy.names) {
      this._busy.names = event.names as string[];
    }
    this._events.emit({ schema_id: EVENT, ...event });
  }

  private async _finish({ answer, changed }: Said): Promise<void> {
    const task = this._busy;
    if (task?.files && !(await areAsSent(this.services.contents, Object.keys(changed ?? {}), task.files))) {
      return void this._send(task); // somebody has written in what the worker has changed: with that, again
    }
    this._tasks = this._tasks.filter(waiting => waiting !== task);
    this._busy = undefined;
    this._saving = true;
    try {
      await save(this.services.contents, changed ?? {});
    } catch (error) {
      this._complain(isFull(error) ? NO_ROOM : `Your files cannot be kept: ${String(error)}`);
    } finally {
      this._saving = false;
    }
    task?.resolve(answer);
    this._next();
  }

  /** End the worker; what ran is not tried again, all else is. */
  private _end(outcome: string, reason: string): void {
    clearTimeout(this._timer);
    this._worker?.terminate();
    this._worker = undefined;
    this._ready = false;
    const [task, running] = [this._busy, this._running];
    this._running = 0;
    if (task && running) {
      task.ended[running] = /memory/i.test(reason) ? 'OUT_OF_MEMORY' : outcome;
      this.start();
    } else {
      this._busy = undefined;
      this._tasks.splice(0).forEach(task => task.resolve({ refused: `The checks do not start: ${reason}` }));
      this._complain(`The checks do not start: ${reason}`);
    }
  }

  private _complain(text: string): void {
    if (!this._said.has(text)) {
      this._said.add(text);
      Notification.error(text, { autoClose: false });
    }
  }

  private _worker?: Worker;
  private _ready = false;
  private _hasStarted = false;
  private _saving = false;
  private _busy?: Task;
  private _running = 0;
  private _timer = 0;
  private _tasks: Task[] = [];
  private _answers = new Map<string, Promise<unknown>>();
  private _said = new Set<string>();
  private _events = new Signal<this, Event.Emission>(this);
}

/** JupyterLab shows why a save failed, and a browser's own words for a lack of room are none. */
function sayWhereFull(contents: Contents.IManager): void {
  const save = contents.save.bind(contents);
  contents.save = (...given) =>
    save(...given).catch((error: unknown) => {
      throw isFull(error) ? new Error(NO_ROOM) : error;
    });
}

function isFull(error: unknown): boolean {
  return /quota|no room/i.test(String((error as Error | null)?.name) + String(error));
}

/** Say what this browser does not allow. */
export async function sayWhatIsMissing(): Promise<void> {
  if (!navigator.serviceWorker) {
    const text = isSecureContext
      ? 'This window has no service worker, which the course needs. Open the course in an ordinary window, not a private one.'
      : 'The course needs an address that begins with https://. Ask whoever runs this site.';
    Notification.error(text, { autoClose: false });
  }
  if (!(await keepsFiles())) {
    const text =
      'This window keeps no files: what you write is lost as it closes. Take your course with you, or use an ordinary window.';
    Notification.error(text, { autoClose: false });
  }
}

/** Whether the browser gives this page a place for files; it may forbid it as a whole. */
function keepsFiles(): Promise<boolean> {
  return new Promise(resolve => {
    try {
      const opening = indexedDB.open('First Descent: a try');
      opening.onsuccess = () => {
        opening.result.close();
        resolve(true);
      };
      opening.onerror = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}
