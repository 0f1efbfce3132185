import { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import { IEditorTracker } from '@jupyterlab/fileeditor';
import { INotebookCellExecutor, runCell } from '@jupyterlab/notebook';
import { Beginnings } from './kernels.js';

export const beginnings = new Beginnings();

/**
 * Before a cell runs, the modules of its course are saved, because kernels read files and not
 * editors; and the kernel has begun. Notebooks elsewhere run as JupyterLab runs them.
 */
export const executor: JupyterFrontEndPlugin<INotebookCellExecutor> = {
  id: 'first-descent:cell-executor',
  description: 'Saves the modules of the course before a cell of a lesson runs.',
  autoStart: true,
  optional: [IEditorTracker],
  provides: INotebookCellExecutor,
  activate: (_, editors: IEditorTracker | null): INotebookCellExecutor =>
    Object.freeze({
      runCell: async (options: INotebookCellExecutor.IRunCellOptions) => {
        const session = options.sessionContext;
        if (session && options.cell.model.type === 'code') {
          await beginnings.before(session);
          await saveModules(editors, session.path);
        }
        return options.cell.isDisposed ? false : runCell(options);
      }
    })
};

/** Save what is not saved in the `course/` beside a notebook, or beside its folder. */
async function saveModules(editors: IEditorTracker | null, notebook: string): Promise<void> {
  const folder = PathExt.dirname(notebook);
  const places = [folder, PathExt.dirname(folder)].map(parent => PathExt.join(parent, 'course'));
  const unsaved = editors?.filter(({ context }) => {
    const ours = context.path.endsWith('.py') && places.includes(PathExt.dirname(context.path));
    return ours && context.model.dirty && !context.model.readOnly;
  });
  // a save that fails has said so itself; the cell runs all the same
  await Promise.allSettled((unsaved ?? []).map(({ context }) => context.save()));
}
