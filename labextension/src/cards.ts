import { Cell } from '@jupyterlab/cells';
import { NotebookPanel } from '@jupyterlab/notebook';
import { IRenderMime, IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import { Course } from './course.js';
import { checkedIn, lessonOf, stateInWords, stateOf } from './logic.js';
import { Lesson, Result } from './types.js';

const CARD = 'application/vnd.first-descent.card+json';

type Open = (lesson: Lesson, exercise: string) => void;

/**
 * Cards that stay true. What the notebook holds is shown as JupyterLab shows HTML, cleaned where
 * it is not trusted; once the server has a newer result of the exercises, its card is shown
 * instead. The notebook itself is not changed.
 */
export function liveCards(
  course: Course,
  registry: IRenderMimeRegistry,
  open: Open
): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [CARD],
    defaultRank: 10,
    createRenderer: () => new LiveCard(course, registry, open)
  };
}

class LiveCard extends Widget implements IRenderMime.IRenderer {
  constructor(
    private course: Course,
    private registry: IRenderMimeRegistry,
    private open: Open
  ) {
    super();
    this.addClass('fd-card');
    course.checked.connect(this._hear);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const data = model.data[CARD] as { exercises?: string[]; at?: number } | undefined;
    this._names = data?.exercises ?? [];
    this._at = data?.at ?? 0;
    if (!this._showNewer()) {
      const stored = this.registry.createRenderer('text/html');
      await stored.renderModel(model);
      this.node.replaceChildren(stored.node);
      this._addWay();
    }
  }

  dispose(): void {
    this.course.checked.disconnect(this._hear);
    super.dispose();
  }

  private _hear = (_: Course, result: Result): void => {
    if (this._names.includes(result.name)) {
      this._showNewer();
    }
  };

  /** Show the server's results if it has one of each exercise that is newer; whether it has. */
  private _showNewer(): boolean {
    const results = this._names.flatMap(name => this.course.results.get(name) ?? []);
    if (!results.length || results.length < this._names.length || results.some(({ at }) => at <= this._at)) {
      return false;
    }
    const opened = new Set(
      [...this.node.querySelectorAll('details[open] > summary')].map(summary => summary.textContent)
    );
    this.node.innerHTML = results.map(({ html }) => html).join('');
    for (const summary of this.node.querySelectorAll('details > summary')) {
      (summary.parentElement as HTMLDetailsElement).open ||= opened.has(summary.textContent);
    }
    this._addWay(`As saved at ${new Date(1000 * results[0].at).toLocaleTimeString()}. `);
    return true;
  }

  /** Below the card: since when it is true, and the way to the first function that fails. */
  private _addWay(since = ''): void {
    const below = document.createElement('p');
    below.className = 'fd-below';
    below.setAttribute('role', 'status');
    below.textContent = since;
    const failing = this._names
      .map(name => this.course.exercise(name))
      .find(exercise => exercise && stateOf(exercise) !== 'passed');
    const lesson = failing && lessonOf(this.course.lessons, failing.name);
    if (lesson) {
      const button = document.createElement('button');
      button.textContent = `Open ${failing.name}`;
      button.onclick = () => this.open(lesson, failing.name);
      below.append(button);
    }
    this.node.querySelector('.fd-below')?.remove();
    if (below.hasChildNodes()) {
      this.node.append(below);
    }
  }

  private _names: string[] = [];
  private _at = 0;
}

/** Beside each cell that checks an exercise, its state in words, whether the cell was run or not. */
export function markCells(course: Course, panel: NotebookPanel): void {
  const marks = new WeakMap<Cell, HTMLElement>();
  const draw = (): void => {
    for (const cell of panel.content.widgets) {
      const isCode = cell.model.type === 'code';
      const exercise = course.exercise(isCode ? checkedIn(cell.model.sharedModel.getSource()) : undefined);
      const mark = marks.get(cell) ?? document.createElement('div');
      if (!exercise) {
        mark.remove();
        continue;
      }
      marks.set(cell, mark);
      mark.className = `fd-cell-mark fd-${stateOf(exercise)}`;
      mark.textContent = stateInWords(exercise);
      if (mark.parentElement !== cell.node) {
        cell.node.append(mark);
      }
    }
  };
  void panel.context.ready.then(() => {
    draw();
    panel.content.model?.cells.changed.connect(draw);
    course.changed.connect(draw);
    panel.disposed.connect(() => course.changed.disconnect(draw));
  });
}
