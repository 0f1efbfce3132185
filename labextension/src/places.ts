import { ILabShell } from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDocumentWidget } from '@jupyterlab/docregistry';
import { FileEditor, IEditorTracker } from '@jupyterlab/fileeditor';
import { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Course } from './course.js';
import { checkedIn, definitionAt, definitionLine, isSectionOf, sameLine } from './logic.js';
import { Exercise, Lesson } from './types.js';

type Module = IDocumentWidget<FileEditor>;

/** The width below which notebook and module are tabs of one area, and the map gives way. */
const NARROW = 1000;
/** A note for the next visit that it was us who chose one document at a time. */
const FOLDED = 'first-descent:folded';
/** Cells are drawn late, at heights that were guesses before: so look again and again (milliseconds). */
const LOOK_AGAIN = 200;
/** A cell that was in place at so many looks has been drawn, and so has what is above it. */
const STEADY = 50;
/** The last cells of a notebook cannot be scrolled up: so not for ever. */
const MAX_LOOKS = 150;
/** What says that the reader has taken over. */
const HANDS_ON = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

/** Where the learner is, and how they get to another place: notebook left, module right. */
export class Places {
  constructor(
    private course: Course,
    private documents: IDocumentManager,
    private notebooks: INotebookTracker,
    private editors: IEditorTracker,
    private shell: ILabShell,
    /** Until then the shell may still take the focus elsewhere. */
    private restored: Promise<unknown>
  ) {}

  get narrow(): boolean {
    return window.innerWidth < NARROW;
  }

  /** In a narrow window one document fills it, and the map gives way; in a wide one both come back. */
  fit(): void {
    const folded = localStorage.getItem(FOLDED) !== null;
    if (this.narrow && this.shell.mode === 'multiple-document') {
      this.shell.mode = 'single-document';
      this.shell.collapseLeft();
      localStorage.setItem(FOLDED, '');
    } else if (!this.narrow && folded) {
      this.shell.mode = 'multiple-document';
      this.shell.expandLeft();
      localStorage.removeItem(FOLDED);
    }
  }

  /** JupyterLab opens its list of files late: in a narrow window, not over what nobody has touched yet. */
  stayClear(): void {
    const over = untilHandsOn(document);
    const look = (): void => {
      if (this.narrow && !this.shell.leftCollapsed) {
        this.shell.collapseLeft();
      }
    };
    this.shell.layoutModified.connect(look);
    over.signal.addEventListener('abort', () => this.shell.layoutModified.disconnect(look));
  }

  /** The lesson whose notebook or module was used last. */
  get lesson(): Lesson | undefined {
    const widget = this.shell.currentWidget as Partial<IDocumentWidget> | null;
    const path = widget?.context?.path ?? '';
    return (
      this.course.lessonAt(path) ?? this.course.lessonAt(this.notebooks.currentWidget?.context.path ?? '')
    );
  }

  /** The exercise under the cursor: of the module by its line, of the notebook by the cell. */
  get exercise(): Exercise | undefined {
    const editor = this.editors.currentWidget;
    if (editor && editor === (this.shell.currentWidget as unknown)) {
      const text = editor.content.editor;
      const lines = text.model.sharedModel.getSource().split('\n');
      const { line } = text.getCursorPosition();
      return this.course.exercise(definitionAt(lines, line));
    }
    const cells = this.notebooks.currentWidget?.content;
    const sources = cells?.widgets.map(cell => cell.model.sharedModel.getSource()) ?? [];
    const from = Math.max(0, cells?.activeCellIndex ?? 0);
    return this.course.exercise(sources.slice(from).map(checkedIn).find(Boolean));
  }

  notebook(lesson: Lesson): NotebookPanel | undefined {
    return this.notebooks.find(panel => panel.context.path === this.course.path(lesson.notebook));
  }

  module(lesson: Lesson): Module | undefined {
    return this.editors.find(editor => editor.context.path === this.course.path(lesson.module));
  }

  /** Save a lesson's module if there is something to save; whether there was. */
  async saveModule(lesson: Lesson): Promise<boolean> {
    const context = this.module(lesson)?.context;
    const unsaved = !!context?.model.dirty;
    if (unsaved) {
      await context.save();
    }
    return unsaved;
  }

  /** Show what another program has saved, unless something was typed here since. */
  async reload({ context, content }: Module): Promise<void> {
    const { model } = context;
    const { contents } = this.documents.services;
    const saved = await contents.get(context.path, { content: false }).catch(() => undefined);
    const known = context.contentsModel;
    const newer = saved && known && Date.parse(saved.last_modified) > Date.parse(known.last_modified);
    if (!newer || model.dirty || context.isDisposed) {
      return;
    }
    const shared = content.editor.model.sharedModel;
    model.fromString = text => {
      const { line, column } = content.editor.getCursorPosition();
      const cursor = { line: sameLine(shared.getSource(), text, line), column };
      shared.setSource(text);
      content.editor.setCursorPosition(cursor, { scroll: false });
      model.dirty = false; // it is what the disk holds
    };
    try {
      await context.revert();
    } finally {
      Reflect.deleteProperty(model, 'fromString');
    }
  }

  /** Open a lesson, its module beside it; at an exercise, with the cursor on its function. */
  async show(lesson: Lesson, exercise?: string): Promise<void> {
    this._shows += 1;
    await this.restored;
    const notebook = this._openNotebook(lesson);
    const module = this._openModule(lesson, notebook);
    const scrolled = notebook && this._scroll(notebook, exercise);
    if (exercise) {
      void this.course.moveTo(exercise);
      await Promise.all([module.revealed, module.context.ready]);
      this._toDefinition(module, exercise);
      this._keepFocus(module, notebook, scrolled);
    } else if (notebook) {
      this.shell.activateById(notebook.id);
    }
    if (this.narrow) {
      this.shell.collapseLeft();
    }
  }

  /** Open a lesson at its flash cards. */
  showCards(lesson: Lesson): void {
    const notebook = this._openNotebook(lesson);
    if (notebook) {
      this.shell.activateById(notebook.id);
      void this._scrollTo(notebook, source => /\bflash_cards\(/.test(source));
    }
  }

  /** From the text to the function that it asks for, and back. */
  async changeSides(): Promise<void> {
    const lesson = this.lesson;
    if (!lesson) {
      return;
    }
    const exercise = this.exercise?.name;
    const inModule = this.shell.currentWidget === (this.module(lesson) as unknown);
    if (!inModule) {
      return this.show(lesson, exercise ?? lesson.exercises[0]?.name);
    }
    const notebook = this._openNotebook(lesson);
    if (notebook) {
      this.shell.activateById(notebook.id);
      void this._scroll(notebook, exercise);
    }
  }

  /** A lesson that was opened by other ways than ours gets its module beside it. */
  async accompany(notebook: NotebookPanel): Promise<void> {
    const shows = this._shows;
    await Promise.all([this.restored, notebook.context.ready]);
    const lesson = this.course.lessonAt(notebook.context.path);
    // who asked for a place meanwhile is not taken away from it
    if (lesson && shows === this._shows && !this.module(lesson)?.isVisible) {
      this._openModule(lesson, notebook);
      this.shell.activateById(notebook.id);
    }
  }

  /** How often a place was asked for. */
  private _shows = 0;

  private _openNotebook(lesson: Lesson): NotebookPanel | undefined {
    if (!lesson.notebook) {
      return undefined;
    }
    const other = this.notebooks.find(panel => panel.isVisible);
    const beside = other ? ({ mode: 'tab-after', ref: other.id } as const) : undefined;
    const path = this.course.path(lesson.notebook);
    return this.documents.openOrReveal(path, 'Notebook', undefined, beside) as unknown as NotebookPanel;
  }

  private _openModule(lesson: Lesson, notebook: NotebookPanel | undefined): Module {
    const modules = this.course.lessons.map(lesson => this.course.path(lesson.module));
    const other = this.editors.find(editor => modules.includes(editor.context.path) && editor.isVisible);
    const split = this.narrow ? 'tab-after' : 'split-right';
    const ref = (other ?? notebook)?.id;
    return this.documents.openOrReveal(this.course.path(lesson.module), 'Editor', undefined, {
      mode: ref ? (other ? 'tab-after' : split) : undefined,
      ref
    }) as unknown as Module;
  }

  private _toDefinition(module: Module, exercise: string): void {
    const editor = module.content.editor;
    const lines = editor.model.sharedModel.getSource().split('\n');
    const line = definitionLine(lines, exercise);
    if (line < 0) {
      return;
    }
    // a line is revealed at the nearer edge: from the end of the file, that is the top
    editor.revealPosition({ line: lines.length - 1, column: 0 });
    requestAnimationFrame(() => {
      this.shell.activateById(module.id);
      editor.setCursorPosition({ line, column: 0 });
      editor.revealPosition({ line, column: 0 });
      editor.focus();
    });
  }

  /** JupyterLab focuses a cell of an opened notebook as soon as it is drawn, however late. */
  private _keepFocus(module: Module, notebook?: NotebookPanel, scrolled?: Promise<void>): void {
    this._kept?.abort();
    const kept = (this._kept = untilHandsOn(document));
    void scrolled?.then(() => kept.abort());
    const giveBack = (): void => {
      this.shell.activateById(module.id);
      module.content.editor.focus();
    };
    notebook?.node.addEventListener('focusin', giveBack, { signal: kept.signal });
  }

  private _kept?: AbortController;

  private _scroll(panel: NotebookPanel, exercise?: string): Promise<void> {
    return this._scrollTo(panel, source => !!exercise && isSectionOf(source, exercise));
  }

  /** Scroll to a cell; until it is drawn and in place, or the reader takes over. */
  private async _scrollTo(panel: NotebookPanel, isIt: (source: string) => boolean): Promise<void> {
    await Promise.all([panel.revealed, panel.context.ready]);
    const { content } = panel;
    const index = content.widgets.findIndex(cell => isIt(cell.model.sharedModel.getSource()));
    if (index < 0) {
      return;
    }
    content.activeCellIndex = index;
    const cell = content.widgets[index];
    const over = untilHandsOn(panel.node);
    let steady = 0;
    for (let looks = 0; looks < MAX_LOOKS && steady < STEADY; looks += 1) {
      if (over.signal.aborted || panel.isDisposed || content.activeCell !== cell) {
        break;
      }
      steady = isSeen(panel, cell.node) ? steady + 1 : 0;
      if (!steady) {
        content.scrollToItem(index, 'start').catch(() => undefined); // it scrolled since
      }
      await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN));
    }
    over.abort();
  }
}

/** What is over as soon as the reader takes over. */
function untilHandsOn(node: EventTarget): AbortController {
  const over = new AbortController();
  for (const event of HANDS_ON) {
    node.addEventListener(event, () => over.abort(), { signal: over.signal, passive: true, capture: true });
  }
  return over;
}

/** Whether a cell begins in the upper half of what is seen of its notebook. */
function isSeen(panel: NotebookPanel, cell: HTMLElement): boolean {
  const view = panel.content.node.getBoundingClientRect();
  const { top } = cell.getBoundingClientRect();
  return cell.isConnected && top >= view.top && top < view.top + view.height / 2;
}
