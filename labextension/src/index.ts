import { ILabShell, ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, ToolbarButton } from '@jupyterlab/apputils';
import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDocumentWidget } from '@jupyterlab/docregistry';
import { FileEditor, IEditorTracker } from '@jupyterlab/fileeditor';
import { INotebookTracker, NotebookActions, NotebookPanel } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IStatusBar } from '@jupyterlab/statusbar';
import { liveCards, markCells } from './cards.js';
import { addCommands, Home, id } from './commands.js';
import { Course } from './course.js';
import { addEnd, noteSaved, unmarkWhenRun } from './lesson_frame.js';
import { icon } from './icon.js';
import { checkedIn } from './logic.js';
import { Actions, MapPanel, Status } from './map.js';
import { Places } from './places.js';
import { beginnings, executor } from './running.js';
import { Tab } from './tab.js';
import { furnishTab } from './tab_commands.js';

/** What the server part leaves in the page: where the course is, and how its notebooks are called. */
interface Presence {
  atRoot: boolean;
  lessons: string[];
  /** False on a site of files, where a worker of the page does what the server does elsewhere. */
  server?: boolean;
}

const home: JupyterFrontEndPlugin<void> = {
  id: 'first-descent:home',
  description: 'The course map, checks at each save, and the way through the lessons.',
  autoStart: true,
  requires: [IDocumentManager, INotebookTracker, IEditorTracker, IRenderMimeRegistry],
  optional: [ILabShell, ICommandPalette, IStatusBar, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    editors: IEditorTracker,
    rendermime: IRenderMimeRegistry,
    shell: ILabShell | null,
    palette: ICommandPalette | null,
    bar: IStatusBar | null,
    restorer: ILayoutRestorer | null
  ) => {
    const said = PageConfig.getOption('firstDescent');
    if (!said || !shell) {
      return; // without the server part, or outside JupyterLab: nothing is asked, nothing is shown
    }
    const presence = JSON.parse(said) as Presence;
    const tab = presence.server === false ? new Tab(app.serviceManager) : null;
    const course = new Course(tab?.manager ?? app.serviceManager);
    if (tab) {
      furnishTab({ app, tab, palette });
    }
    const places = new Places(course, documents, notebooks, editors, shell, app.restored);
    const actions: Actions = {
      lesson: () => places.lesson,
      open: (lesson, exercise) => void places.show(lesson, exercise),
      cards: lesson => places.showCards(lesson),
      run: (command, exercise) => void app.commands.execute(id(command), exercise ? { exercise } : {})
    };
    rendermime.addFactory(liveCards(course, rendermime, actions.open));
    const panel = new MapPanel(course, actions);
    const furniture = new Furniture({ app, shell, course, places, notebooks, mapId: panel.id }, editors, actions);
    const furnish = (late: boolean): void => {
      if (!panel.isAttached) {
        shell.add(panel, 'left', { rank: 50 });
        restorer?.add(panel, panel.id);
        bar?.registerStatusItem('first-descent:progress', {
          item: new Status(course, actions),
          align: 'left',
          rank: 1
        });
        addCommands(furniture.home, palette);
        furniture.attend(late);
      }
    };
    if (presence.atRoot) {
      furnish(false); // before the layout is restored: the panel keeps its place and its width
      void course.load();
    } else {
      const look = async ({ context: { path } }: NotebookPanel): Promise<void> => {
        const isLesson = presence.lessons.includes(PathExt.basename(path, '.ipynb'));
        if (isLesson && !course.lessonAt(path) && (await course.load(path))) {
          furnish(true);
        }
      };
      notebooks.widgetAdded.connect((_, notebook) => void look(notebook));
      notebooks.forEach(notebook => void look(notebook));
    }
  }
};

/** What is added to notebooks and modules of the course as they are opened. */
class Furniture {
  constructor(
    readonly home: Home,
    private editors: IEditorTracker,
    private actions: Actions
  ) {}

  attend(late: boolean): void {
    const { app, shell, course, notebooks, places } = this.home;
    const whenKnown = (): void => {
      notebooks.forEach(panel => this._attendNotebook(panel));
      this.editors.forEach(editor => this._attendModule(editor));
    };
    notebooks.widgetAdded.connect((_, panel) => {
      this._attendNotebook(panel);
      void places.accompany(panel);
    });
    this.editors.widgetAdded.connect((_, editor) => this._attendModule(editor));
    course.changed.connect(whenKnown);
    whenKnown();
    unmarkWhenRun();
    shell.currentChanged.connect(() => course.touch());
    NotebookActions.executed.connect((_, { cell }) => {
      if (checkedIn(cell.model.sharedModel.getSource())) {
        void course.refresh();
      }
    });
    void app.restored.then(() => {
      places.fit();
      places.stayClear();
      window.addEventListener('resize', () => places.fit());
      if (late && !places.narrow) {
        shell.activateById(this.home.mapId);
      }
    });
  }

  private _attendNotebook(panel: NotebookPanel): void {
    const { course } = this.home;
    const lesson = course.lessonAt(panel.context.path);
    if (!lesson || this._attended.has(panel)) {
      return;
    }
    this._attended.add(panel);
    panel.addClass('fd-notebook');
    const current = () => course.lessonAt(panel.context.path);
    markCells(course, panel);
    beginnings.attend(panel.sessionContext, lesson.start, () => void noteSaved(panel));
    addEnd(course, panel, current, next =>
      next === 'ending' ? this.actions.run('ending') : this.actions.open(next)
    );
    this._addButton(panel, PathExt.basename(lesson.module), 'Go to the function that this section asks for');
  }

  private _attendModule(editor: IDocumentWidget<FileEditor>): void {
    const { course } = this.home;
    const lesson = course.lessonAt(editor.context.path);
    if (!lesson || this._attended.has(editor)) {
      return;
    }
    this._attended.add(editor);
    this._addButton(editor, 'Text', 'Go to the section of the lesson that asks for this function');
    void Promise.all([editor.context.ready, editor.revealed]).then(() => {
      const { model } = editor.content.editor;
      const reload = (): void => void this.home.places.reload(editor);
      course.settled.connect(reload);
      editor.disposed.connect(() => course.settled.disconnect(reload));
      const moved = (): void => {
        if (this.home.shell.currentWidget === editor) {
          void course.moveTo(this.home.places.exercise?.name ?? '');
        }
      };
      model.selections.changed.connect(moved);
      editor.disposed.connect(() => model.selections.changed.disconnect(moved));
    });
  }

  private _addButton(widget: NotebookPanel | IDocumentWidget<FileEditor>, label: string, tooltip: string): void {
    const button = new ToolbarButton({
      label,
      tooltip,
      icon,
      onClick: () => {
        this.home.shell.activateById(widget.id);
        this.actions.run('change-sides');
      }
    });
    widget.toolbar.insertItem(0, 'first-descent:sides', button);
  }

  private _attended = new WeakSet<object>();
}

export default [executor, home];
