import { JupyterFrontEnd } from '@jupyterlab/application';
import { ICommandPalette, Notification, showErrorMessage } from '@jupyterlab/apputils';
import { PageConfig, PathExt, URLExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import { NotebookActions } from '@jupyterlab/notebook';
import { Widget } from '@lumino/widgets';
import { id } from './commands.js';
import { sayWhatIsMissing, Tab } from './tab.js';

const GIVEN = 'first-descent:given'; // the version of the files that this browser was given last
const SAID = 'first-descent:said'; // what is said after the page has loaded again

interface Parts {
  app: JupyterFrontEnd;
  tab: Tab;
  palette: ICommandPalette | null;
}

/** On a site without a server: the work leaves and enters as a file, and an update loses nothing. */
export function furnishTab(parts: Parts): void {
  const { app, tab, palette } = parts;
  const add = (name: string, label: string, execute: () => Promise<void>): HTMLElement => {
    app.commands.addCommand(id(name), { label, execute });
    palette?.addItem({ command: id(name), category: 'First Descent' });
    const button = document.createElement('button');
    button.textContent = label;
    button.onclick = () => void app.commands.execute(id(name));
    return button;
  };
  const bar = new Widget();
  bar.id = 'first-descent-take-away';
  bar.addClass('fd-take-away');
  bar.node.append(
    add('take-away', 'Take my course with me', () => takeAway(parts)),
    add('open-course', 'Open a course', () => openCourse(parts))
  );
  app.shell.add(bar, 'top', { rank: 900 });
  void sayWhatIsMissing();
  sayWhatHasChanged();
  void navigator.storage?.persist?.(); // asked for, so that the browser does not make room with it
  NotebookActions.executed.connect(() => tab.start());
  void app.restored.then(() => update(parts));
}

/** Bring what is new on the site into what the learner has changed. */
async function update({ app, tab }: Parts): Promise<void> {
  const given = await givenBySite().catch(() => undefined); // offline, nothing is new
  if (given && localStorage.getItem(GIVEN) !== given) {
    await saveAll(app);
    const said = await renewed(tab);
    if (said) {
      showAll(app, said);
    } else if (localStorage.getItem(GIVEN) !== given) {
      // the server was slow to answer, so this page is of an older site
      Notification.info('The course has a new version. Load this page again to get it.', { autoClose: false });
    }
  }
}

/** Have the files brought up to date; what has changed, in a sentence. */
async function renewed(tab: Tab): Promise<string> {
  const { done, given } = (await tab.ask('update')) as { done?: string[]; given?: string };
  if (given) {
    localStorage.setItem(GIVEN, given); // the worker's: it may be of an older site than the server
  }
  return done?.length ? `The course has a new version. ${done.join('. ')}.` : '';
}

async function givenBySite(): Promise<string> {
  const found = await fetch(URLExt.join(PageConfig.getBaseUrl(), 'first-descent-site.json'), {
    cache: 'no-store'
  });
  return ((await found.json()) as { given: string }).given;
}

async function takeAway({ app, tab }: Parts): Promise<void> {
  await saveAll(app);
  const { zip, refused } = (await tab.ask('take-away')) as { zip?: string; refused?: string };
  if (!zip) {
    return void showErrorMessage('First Descent', refused ?? 'The course cannot be packed.');
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytesOf(zip)], { type: 'application/zip' }));
  link.download = `first-descent-${new Date().toISOString().slice(0, 10)}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function openCourse({ app, tab }: Parts): Promise<void> {
  const zip = await chosenFile();
  await saveAll(app);
  const { kept, refused } = (await tab.ask('open', { zip })) as { kept?: string[]; refused?: string };
  if (!kept) {
    return void showErrorMessage('First Descent', refused ?? 'The file cannot be opened.');
  }
  const newer = await renewed(tab); // it may come from an older site
  const copies = kept.filter(path => !path.startsWith('.')).map(path => PathExt.basename(path));
  const said = copies.length ? ` What was here and is different is kept: ${copies.join(', ')}.` : '';
  showAll(app, `Your course is here.${said} ${newer}`.trim());
}

/** Load the page again, so that all that is open is what the files hold; then say what has changed. */
function showAll({ shell }: JupyterFrontEnd, said: string): void {
  sessionStorage.setItem(SAID, said);
  const address = new URL(location.href);
  if (shell.currentWidget instanceof DocumentWidget) {
    address.searchParams.set('path', shell.currentWidget.context.path);
  }
  location.replace(address);
}

function sayWhatHasChanged(): void {
  const said = sessionStorage.getItem(SAID);
  sessionStorage.removeItem(SAID);
  if (said) {
    Notification.success(said, { autoClose: false });
  }
}

async function saveAll(app: JupyterFrontEnd): Promise<void> {
  await Promise.allSettled(open(app).map(async ({ context }) => context.model.dirty && (await context.save())));
}

function open(app: JupyterFrontEnd): DocumentWidget[] {
  const isDocument = (widget: Widget): widget is DocumentWidget => widget instanceof DocumentWidget;
  return [...app.shell.widgets('main')].filter(isDocument);
}

function chosenFile(): Promise<string> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.zip,application/zip';
  return new Promise(resolve => {
    input.onchange = async () => {
      const bytes = new Uint8Array((await input.files?.[0]?.arrayBuffer()) ?? new ArrayBuffer(0));
      resolve(btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')));
    };
    input.click();
  });
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
