import { ISessionContext } from '@jupyterlab/apputils';
import { Kernel } from '@jupyterlab/services';

/** After the first cell: what the first check needs is loaded while the learner reads. */
const WARM =
  'try:\n    __import__("importlib").import_module("autograder.learner.check").warm_backend()\n' +
  'except Exception:\n    pass';

/** A kernel begins with what the first cell of its lesson does, whichever cell is run first. */
export class Beginnings {
  /**
   * Have a kernel begin if it has not, and again whenever it is restarted.
   *
   * @param session the notebook's session
   * @param start the first cell
   * @param onFresh called when a kernel began that had run nothing before
   */
  attend(session: ISessionContext, start: string, onFresh: () => void): void {
    this._starts.set(session, { start, onFresh });
    void session.ready.then(() => this.begin(session));
    session.kernelChanged.connect(() => void this.begin(session));
    session.statusChanged.connect((_, status) => {
      if (status === 'restarting' || status === 'autorestarting') {
        this._begun.delete(session);
      } else if (status === 'idle') {
        this.begin(session);
      }
    });
  }

  /**
   * Wait for a lesson's kernel and have it begin. Without it, a cell that is run while the kernel
   * starts makes JupyterLab ask which kernel to take.
   */
  async before(session: ISessionContext): Promise<void> {
    if (this._starts.has(session)) {
      await session.ready;
      this.begin(session);
    }
  }

  /** Send the beginning, unless the kernel has it: what is sent afterwards runs afterwards. */
  begin(session: ISessionContext): void {
    const kernel = session.session?.kernel;
    const known = this._starts.get(session);
    if (!kernel || !known || this._begun.get(session) === kernel.id) {
      return;
    }
    this._begun.set(session, kernel.id);
    const first = kernel.requestExecute({ code: known.start, silent: true, store_history: false });
    const warm = kernel.requestExecute({ code: WARM, silent: true, store_history: false });
    first.done
      .then(reply => isFresh(reply) && known.onFresh())
      .catch(() => this._begun.delete(session)); // it went to a kernel that was ending
    warm.done.catch(() => undefined); // a kernel that ends says so itself
  }

  private _starts = new WeakMap<ISessionContext, { start: string; onFresh: () => void }>();
  private _begun = new WeakMap<ISessionContext, string>();
}

/** Whether nothing had been run when the reply was sent: silent requests do not count. */
function isFresh(reply: Awaited<Kernel.IShellFuture['done']>): boolean {
  const content = reply.content as { execution_count?: number | null };
  return !content.execution_count;
}
