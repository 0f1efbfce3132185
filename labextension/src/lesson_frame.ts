import { NotebookActions, NotebookPanel } from '@jupyterlab/notebook';
import { Cell, ICodeCellModel } from '@jupyterlab/cells';
import { Widget } from '@lumino/widgets';
import { Course } from './course.js';
import { mainOf, passedOf } from './logic.js';
import { Lesson } from './types.js';

/** Milliseconds after which “Restart and run all” has marked the cells that it runs. */
const RUN_ALL_BEGINS = 300;

/** The code cells that were run once: in this kernel, or in an earlier session. */
export function cellsRun(panel: NotebookPanel): Cell[] {
  return panel.content.widgets.filter(({ model }) => {
    const code = model as ICodeCellModel;
    return model.type === 'code' && (code.executionCount !== null || code.outputs.length > 0);
  });
}

/** Run again what was run once, in its order, and nothing more. */
export async function runAgain(panel: NotebookPanel): Promise<void> {
  await NotebookActions.runCells(panel.content, cellsRun(panel), panel.sessionContext);
}

/** Above a lesson whose outputs are of an earlier session: that they are, and what to do. */
export class SavedNote extends Widget {
  constructor(panel: NotebookPanel) {
    super();
    this.addClass('fd-saved-note');
    this.node.setAttribute('role', 'status');
    const cells = cellsRun(panel);
    const text = document.createElement('span');
    text.textContent = 'What you see was saved in an earlier session.';
    const run = document.createElement('button');
    run.className = 'fd-main';
    run.textContent = cells.length === 1 ? 'Run that cell again' : `Run those ${cells.length} cells again`;
    run.onclick = () => {
      this.dispose();
      void runAgain(panel);
    };
    const close = document.createElement('button');
    close.textContent = '×';
    close.setAttribute('aria-label', 'Leave it as it is');
    close.onclick = () => this.dispose();
    this.node.append(text, run, close);
    cells.forEach(cell => cell.addClass('fd-saved'));
  }
}

/** Cells whose output is of this kernel are no longer marked as saved. */
export function unmarkWhenRun(): void {
  NotebookActions.executed.connect((_, { cell }) => cell.removeClass('fd-saved'));
}

/** Show the note where a kernel has begun in which nothing runs, if there is something saved. */
export async function noteSaved(panel: NotebookPanel): Promise<void> {
  await panel.context.ready;
  await new Promise(done => setTimeout(done, RUN_ALL_BEGINS));
  if (panel.isDisposed) {
    return;
  }
  const header = panel.contentHeader;
  const shown = header.widgets.some(widget => widget instanceof SavedNote);
  const runs = panel.content.widgets.some(
    ({ model }) => model.type === 'code' && (model as ICodeCellModel).executionState === 'running'
  );
  if (!shown && !runs && cellsRun(panel).length) {
    header.addWidget(new SavedNote(panel));
  }
}

/** The lesson's end: how far the learner is, and the way on. */
export function addEnd(
  course: Course,
  panel: NotebookPanel,
  lesson: () => Lesson | undefined,
  go: (lesson: Lesson | 'ending') => void
): void {
  const end = document.createElement('section');
  end.className = 'fd-end';
  end.setAttribute('aria-label', 'End of the lesson');
  const draw = (): void => {
    const current = lesson();
    if (current) {
      fillEnd(end, course, current, go);
    }
    if (!end.isConnected) {
      panel.content.node.querySelector('.jp-Notebook-footer')?.after(end);
    }
  };
  void Promise.all([panel.context.ready, panel.revealed]).then(() => {
    draw();
    course.changed.connect(draw);
    panel.content.activeCellChanged.connect(draw);
    panel.disposed.connect(() => course.changed.disconnect(draw));
  });
}

function fillEnd(end: HTMLElement, course: Course, lesson: Lesson, go: (lesson: Lesson | 'ending') => void): void {
  const exercises = mainOf(lesson);
  const done = passedOf(exercises);
  const next = course.after(lesson);
  const says =
    done === exercises.length
      ? `End of lesson ${lesson.number}: every function holds.`
      : `End of lesson ${lesson.number}: ${done} of ${exercises.length} functions hold.`;
  const label = next ? `Next lesson: ${next.title}` : 'The end of the course';
  if (end.dataset.says === says + label) {
    return; // the focus stays where it is
  }
  end.dataset.says = says + label;
  const text = document.createElement('p');
  text.textContent = says;
  const button = document.createElement('button');
  button.className = done === exercises.length ? 'fd-main' : '';
  button.textContent = label;
  button.onclick = () => go(next ?? 'ending');
  end.replaceChildren(text, button);
}
